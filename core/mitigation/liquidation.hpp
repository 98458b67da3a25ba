// Liquidation: which leg, how much, at what worst price, in this step.
//
// The policy is one function, planStep; later work replaces it.
#pragma once

#include <optional>
#include <span>

#include "core/risk/margin.hpp"

namespace breakwater {

// A running liquidation of one account.
struct Liquidation {
    LiquidationId id;
    AccountId account;
    Instant since;
    std::uint32_t steps = 0;  // orders placed so far
    bool hasOrder = false;    // the order of this step and what is left of it
    InstrumentId instrument;
    Quantity remaining;  // signed for the account
    bool hasLimit = false;
    Price limit;
    Quantity legAtStart;       // |leg| when this instrument's first order was placed
    bool deleveraged = false;  // ADL took part
    bool socialised = false;
    Money uncovered;  // of its deficit, already told that nobody paid

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("id", self.id);
        visit("account", self.account);
        visit("since", self.since);
        visit("steps", self.steps);
        visit("has_order", self.hasOrder);
        visit("instrument", self.instrument);
        visit("remaining", self.remaining);
        visit("has_limit", self.hasLimit);
        visit("limit", self.limit);
        visit("leg_at_start", self.legAtStart);
        visit("deleveraged", self.deleveraged);
        visit("socialised", self.socialised);
        visit("uncovered", self.uncovered);
    }
};

struct StepPlan {
    InstrumentId instrument;
    Quantity quantity;  // signed for the account: opposite to its leg
    bool hasLimit = false;
    Price limit;
    Quantity legAtStart;
};

// The price of one leg at which the account's equity is zero, all other marks unchanged,
// rounded to the tick in the account's favour (so that the whole leg never sells below zero).
Price bankruptcyPrice(const Leg& leg, Money equity, const Market& market);

// Smallest close (in lots, rounded up) of the leg that brings equity / maintenance back to
// target at the mark, paying feeRate of the notional; the whole leg when none does.
// Source: single-leg minimal close, delta = (H m p q - E) / (p (H m - phi)), on the account's sums.
Quantity minimalClose(const Leg& leg, const Margin& margin, const Market& market, Ratio target,
                      Ratio feeRate);

// The order of this step: the open leg with the largest maintenance requirement, at most the
// profile's share of it, whole when small, when the fund stands behind the account, or when
// equity is below two thirds of maintenance. Nothing when no leg may trade.
// `tradable` says per instrument whether an order may be placed.
std::optional<StepPlan> planStep(const Liquidation& running, std::span<const Leg> legs,
                                 const Margin& margin, bool fundBehind,
                                 std::span<const Market> markets, const std::vector<bool>& tradable,
                                 const Profile& profile);

}  // namespace breakwater
