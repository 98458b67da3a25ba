// Auto-deleveraging: winners' contracts are closed against the bankrupt's, one for one.
//
// Entry condition: the fund is empty and a deficit is left. Policy here: the queue of profit x
// leverage. Each winner gives up the same amount per contract, at most its own profit; what
// profits cannot pay passes to the next layer.
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <vector>

#include "core/risk/margin.hpp"

namespace breakwater {

// Somebody on the other side of the bankrupt's leg.
struct AdlCandidate {
    AccountId account;
    Quantity quantity;  // |open| on the paying side
    Money profit;       // unrealised, > 0
    Ratio score;        // profit / |cost| x notional / equity
};

// score = (profit / |cost|) x (notional / equity); equity > 0.
Ratio adlScore(Money profit, Money cost, Money size, Money equity);

// The queue's rule for one holder of the paying side; nothing without a profit or without equity.
// `equityOf()` is asked only of winners: it may cost a pass over the account's legs.
template <class EquityOf>
std::optional<AdlCandidate> adlCandidate(AccountId account, const Leg& leg, Price mark,
                                         EquityOf equityOf) {
    const Money profit = notional(leg.quantity, mark, Round::Floor) - leg.cost;
    if (!profit.isPositive()) return std::nullopt;
    const Money equity = equityOf();
    if (!equity.isPositive()) return std::nullopt;
    const Money size = notional(leg.quantity.abs(), mark, Round::Floor);
    return AdlCandidate{account, leg.quantity.abs(), std::min(profit, equity),
                        adlScore(profit, leg.cost, size, equity)};
}

struct AdlTake {
    AccountId winner;
    Quantity quantity;   // > 0 contracts closed
    Money contribution;  // what the winner gives of the deficit
    Ratio score;
};

struct AdlPlan {
    std::vector<AdlTake> takes;
    Quantity closed;  // sum of takes
    Money covered;    // sum of contributions
};

// Highest score first, ties by account. Closes at most `quantity` contracts; the contributions
// add up to min(deficit, what the takers' profits allow), to the last unit.
// `ranked` must be sorted by rankBefore; its quantities and profits are used up as taken.
AdlPlan planAdl(std::vector<AdlCandidate>& ranked, Quantity quantity, Money deficit);
bool rankBefore(const AdlCandidate& a, const AdlCandidate& b);

}  // namespace breakwater
