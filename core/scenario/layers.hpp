// Who pays the shortfall of a shocked world: the fund, the winners by the venue's own ADL policy,
// everybody else, nobody.
//
// This is the engine's first step after the move (core/engine/engine_liquidation.cpp): accounts
// below zero are covered at once in the engine's own order, running liquidations first, then by
// account. No order trades, no mark moves a second time. Two simplifications, both toward less
// work and the same sums: winners are ranked once at the shocked marks, before any layer pays;
// losses that reach everybody are shared once, for all debtors together.
#pragma once

#include <vector>

#include "core/scenario/screen.hpp"

namespace breakwater::scenario {

struct Layers {
    // Accounts that fall below maintenance: what they own now, and what of it the move takes.
    Money ownHeld;
    Money ownConsumed;
    // Deficits the venue covers at once = fund + ADL + socialised + uncovered.
    Money asked;
    // Deficits that wait: a blind market, or one whose breaker suspends liquidations, is held.
    Money waiting;
    Money fundHeld;
    Money fundPaid;
    Money adlAsked;  // what is left for winners, and for those after them
    Money adlHeld;   // profits of the ranked winners opposite the debtors; 0 when not reached
    Money adlPaid;
    Money adlClosed;             // notional closed against winners at the mark
    std::uint32_t adlTakes = 0;  // one winner closed against one debtor's leg
    Money socialised;
    Money uncovered;

    friend bool operator==(const Layers&, const Layers&) = default;
};

struct Debtor {
    LiquidationId liquidation;  // 0: it begins with the shock
    AccountId account;
    Money deficit;  // > 0
};

// `looks`: every account after the move, its band the exact one. Fills what lies behind the own
// margin; `debtors` must all be ones the venue covers at once, and are put into the order in which
// it does.
void payDeficits(const Screen& screen, const MarketGates& gates, const std::vector<Screened>& looks,
                 std::vector<Debtor>& debtors, Layers& out);

}  // namespace breakwater::scenario
