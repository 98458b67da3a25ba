// From a bar to a price for every second: a seeded path through open, low, high and close.
//
// A bar says where a price was, not when. The path answers with one possibility that keeps all
// four figures: it starts at open, touches low and high exactly, ends exactly at close and never
// leaves [low, high]. Between those points it is a Brownian bridge in log price with jumps, held
// inside the borders. Which of low and high comes first is the largest freedom, so it can
// be forced (paired results are given for both, domain section 10).
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/time.hpp"
#include "core/num/units.hpp"
#include "core/sim/bars.hpp"

namespace breakwater::sim {

enum class TouchOrder {
    Seeded,  // by the seed, weighted as in real bars: a bar that rose had its low first more often
    LowFirst,
    HighFirst,
};

struct PathOptions {
    std::uint64_t seed = 1;
    TouchOrder order = TouchOrder::Seeded;
    double jumpShare = 0.2;  // of the variance, in [0, 1]: arrives as jumps, about one a minute
};

// The price at every second of the bar: element k holds from start + k s to start + k + 1 s, so
// there are length / 1 s of them; the first is open and the last is close.
// Promised:
//   - a pure function of (bar, underlying, tick, options), the same on every machine;
//   - every element in [low, high]; low and high both occur, and in a forced order the one is
//     first touched before the other (an open that is itself an extreme came first all the same);
//   - an element that is none of open, high, low and close is a multiple of the tick, except in a
//     bar without a multiple; a tick below high / 2^50 is coarsened by tens until it is not;
//   - underlyings of one seed share the draw of the order, the touch times, the jumps and 85 % of
//     the variance of the noise, because in a crash they fall together.
// The bar is at least kShortestBar long, tick > 0. Costs under 100 ns an element.
std::vector<Price> barPath(const Bar& bar, std::uint16_t underlying, Price tick,
                           const PathOptions& options);

// The outside market of a play: a price per underlying and instant, or none in a gap.
// Copies are cheap (the scenario is shared, only the current bars' paths are copied) and go on
// independently, for a baseline beside its counterfactual.
class OutsideMarket {
public:
    // One tick per series of the scenario, each > 0.
    OutsideMarket(Scenario scenario, std::vector<Price> ticks, PathOptions options);

    const Scenario& scenario() const { return *m_scenario; }
    Instant begin() const { return m_begin; }
    Instant end() const { return m_end; }

    // The outside price of series `underlying` at the instant (whole seconds; a fraction belongs
    // to its second). None in a gap and outside of the series. Cheap when instants move forward;
    // any order is allowed and gives the same answers.
    std::optional<Price> priceAt(std::uint16_t underlying, Instant at);

    // The bar the instant lies in, none in a gap. For what needs no path: lows, ranges.
    const Bar* barAt(std::uint16_t underlying, Instant at) const;

private:
    struct Cursor {
        std::size_t bar = 0;
        std::vector<Price> path;  // of that bar; empty before the first use
    };

    std::shared_ptr<const Scenario> m_scenario;
    std::vector<Price> m_ticks;
    PathOptions m_options;
    Instant m_begin;
    Instant m_end;
    std::vector<Cursor> m_cursors;
};

}  // namespace breakwater::sim
