// One account taken apart: every term of its margin, to the last unit, and how far each market is
// from liquidating it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/view/snapshot.hpp"

namespace breakwater::view {

struct CollateralLine {
    AssetId asset;
    Money amount;   // balance; negative is a debt and is not softened by the haircut
    Ratio haircut;  // 0 of a debt
    Money value;    // what it counts for
};

// Relative moves of one market's mark, all others unchanged, at which equity = maintenance. An
// account above maintenance falls below it there; one below comes back. Absent where there is none.
struct MoveToLine {
    std::optional<double> down;  // -1..0
    std::optional<double> up;    // > 0
};

struct LegDetail {
    InstrumentId instrument;
    Quantity quantity;
    Price entry;  // cost / quantity, rounded toward zero
    Price mark;
    Money cost;
    Money value;       // quantity x mark, rounded down
    Money unrealised;  // value - cost
    Money size;        // |quantity| x mark, rounded away from zero
    std::size_t tier = 0;
    Ratio maintenanceRate, initialRate;
    Money maintenanceTimesRate;  // size x rate, rounded away from zero
    Money maintenanceDeduction, initialDeduction;
    Money maintenance, initial;
    bool raised = false;  // its market's breaker asks more initial margin of new risk
    bool blind = false;   // its index has no quorum: the mark stands still
    MoveToLine line;
};

struct AccountDetail {
    Margin margin;     // exactMargin() itself
    Money freeMargin;  // equity - maintenance
    std::vector<CollateralLine> collateral;
    Money collateralValue;
    std::vector<LegDetail> legs;
    Money unrealised;
    MoveToLine together;  // every mark by the same relative move
    bool blind = false;   // some leg is
};

AccountDetail explainAccount(const Snapshot& snapshot, AccountId account);

// The same as lines that add up: within a part the amounts sum to its total exactly.
enum class MarginPart : std::uint8_t { Equity, Maintenance, Initial };
struct MarginTerm {
    MarginPart part = MarginPart::Equity;
    bool total = false;  // the sum of the part's lines
    std::string name;    // "ETH-PERP size x rate"
    std::string how;     // the figures it is made of, exact
    Money amount;        // as it enters the sum
};
std::vector<MarginTerm> marginTerms(const Snapshot& snapshot, const AccountDetail& detail);

}  // namespace breakwater::view
