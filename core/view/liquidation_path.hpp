// What the liquidation of one account would do next, order by order, at the marks of a snapshot.
//
// The policy is the product's own (planStep, the books and the fee rule of the engine); what is
// assumed is the venue's answer: every order fills whole, at the mark or at its limit, and no mark
// moves meanwhile. It ends where another layer would have to pay.
#pragma once

#include <optional>
#include <vector>

#include "core/view/snapshot.hpp"

namespace breakwater::view {

enum class FillAt : std::uint8_t { Mark, Limit };

struct PathStep {
    std::uint32_t order = 0;  // counted from the liquidation's beginning
    InstrumentId instrument;
    Quantity quantity;      // signed for the account
    Price price;            // it fills at
    Price limit;            // the worst it may fill at
    bool hasLimit = false;  // false: the fund stands behind the account
    Money fee;
    Money equity, maintenance;  // after it
    std::size_t legs = 0;       // left after it
};

enum class PathEnd : std::uint8_t {
    Restored,   // equity / maintenance is back at the profile's target
    Flat,       // nothing is left to close
    BelowZero,  // the fund would be asked; `shortfall` says for how much
    Waits,      // an index is blind, or no leg may trade: the case is kept and the clock runs
    NoLine,     // no move of one of its markets brings it to maintenance
};

struct LiquidationPath {
    bool now = false;  // it runs, or the account is below maintenance at these marks
    // Otherwise: the account's mark of `market` at which it falls below maintenance, to the tick.
    std::optional<InstrumentId> market;
    Price mark;
    double move = 0;            // of that mark, relative
    Money equity, maintenance;  // before the first order
    std::vector<PathStep> steps;
    PathEnd end = PathEnd::NoLine;
    Money equityAfter, maintenanceAfter;
    Money fees;
    Money shortfall;  // of an account below zero
};

LiquidationPath liquidationPath(const Snapshot& snapshot, AccountId account, FillAt fill);

}  // namespace breakwater::view
