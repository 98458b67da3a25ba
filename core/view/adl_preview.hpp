// Who would be closed by ADL: the engine's own ranking and plan (core/mitigation/adl.hpp) on a
// snapshot, for the deficits that stand now and for those that would come.
#pragma once

#include <vector>

#include "core/view/queue_view.hpp"
#include "core/view/snapshot.hpp"

namespace breakwater::view {

// What a plan would take of one winner, or of one side.
struct AdlTaken {
    double closes = 0;  // notional at the mark
    double gives = 0;   // of the winner's profit, to the deficit
};

struct AdlRank {
    AccountId account;
    double profit = 0;    // of the position, relative to its cost
    double leverage = 0;  // notional of the position / equity
    double score = 0;
    double size = 0;  // notional of the position
    AdlTaken now, ifEmpty;
};

struct AdlSide {
    static constexpr std::size_t kShown = 100;

    InstrumentId market;
    bool longs = false;          // the winners' side
    std::size_t ranked = 0;      // winners with equity
    std::vector<AdlRank> ranks;  // best first, at most kShown
    AdlTaken now, ifEmpty;       // over all ranks
};

// A deficit as a layer meets it: of an account, in the order the liquidations began.
struct Deficit {
    AccountId account;
    Money amount;  // > 0
};

struct AdlPreview {
    std::vector<AdlSide> sides;  // by market: shorts, longs
    const AdlSide& side(InstrumentId market, bool longs) const {
        return sides[market.value() * 2u + (longs ? 1u : 0u)];
    }
    // Accounts below zero now, after what the fund can pay.
    double missingNow = 0;
    // Every running liquidation closed into the book now (QueueRow::shortfall), fund first.
    double shortfall = 0;
    double fundPays = 0;
    double adlPays = 0;  // of what the fund leaves
    // ... and with no fund at all.
    double adlPaysIfEmpty = 0;
};

// One pass over all accounts; safe on any thread.
AdlPreview adlPreview(const Snapshot& snapshot, const QueueView& queue);

}  // namespace breakwater::view
