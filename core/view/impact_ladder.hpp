// What would have to be sold (or bought) if a mark moved, against what the book can take.
//
// Instant revaluation, one market at a time, all else unchanged: at each move the notional that
// the venue's own rules would close in this market (minimal close to the target health; the
// whole leg where it is small or the account is below two thirds of maintenance; legs with a
// larger requirement first). Beside it the book's depth within that move: the venue publishes
// what lies within 1 %, the rest is extended in proportion.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "core/view/snapshot.hpp"

namespace breakwater::view {

struct ImpactLadder {
    static constexpr std::size_t kPoints = 17;
    static constexpr double kStep = 0.005;
    static constexpr double moveAt(std::size_t i) { return static_cast<double>(i) * kStep; }

    double depth = 0;                      // within 1 %, on the side that takes the flow
    std::array<double, kPoints> forced{};  // notional at today's mark, cumulative
    double depthAt(std::size_t i) const { return depth * moveAt(i) / 0.01; }

    // The move within which the book takes what is forced; absent when nothing up to 8 % does.
    std::optional<double> absorbedAt;
    // Beyond this move the flow exceeds the book and moves the price itself; 0: at every move.
    std::optional<double> selfFeedingFrom;
};

struct MarketLadders {
    ImpactLadder falls;  // longs sell into the bids
    ImpactLadder rises;  // shorts buy from the offers
    // The one that feeds itself sooner; else the one that forces more.
    bool fallsAreWorse() const;
};

// By market. One pass over all accounts; safe on any thread.
std::vector<MarketLadders> impactLadders(const Snapshot& snapshot);

}  // namespace breakwater::view
