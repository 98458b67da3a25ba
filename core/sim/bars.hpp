// Recorded prices: bars, series of bars, and the scenario a play is made of.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/num/units.hpp"

namespace breakwater::sim {

// No bar is shorter (a path through it needs seconds for its open, low, high and close) or longer.
inline constexpr Duration kShortestBar = Duration::minutes(1);
inline constexpr Duration kLongestBar = Duration::hours(24);

// One bar of an outside price. Whoever built it (the parsers here) has checked: start on a whole
// second, length a whole number of seconds in [kShortestBar, kLongestBar],
// 0 < low <= open, close <= high.
struct Bar {
    Instant start;
    Duration length;
    Price open;
    Price high;
    Price low;
    Price close;

    Instant end() const { return start + length; }  // the first instant that is not in the bar
    friend bool operator==(const Bar&, const Bar&) = default;
};

// Bars strictly ordered and not overlapping; never empty. A hole between two bars is a gap:
// there is no price in it.
struct PriceSeries {
    std::string underlying;  // "BTC"
    std::vector<Bar> bars;

    Instant begin() const { return bars.front().start; }
    Instant end() const { return bars.back().end(); }
    friend bool operator==(const PriceSeries&, const PriceSeries&) = default;
};

// At least one series, each underlying once; the place of a series is the underlying's index
// everywhere in the venue. begin() < end(), and watchFrom lies in [begin(), end()).
struct Scenario {
    std::string name;    // "2025-10-10_liquidation_cascade": letters, digits, '_', '-', '.'
    std::string title;   // one line for a person
    std::string source;  // where the figures come from, one line
    Instant watchFrom;   // where playing at a watchable speed begins
    std::vector<PriceSeries> series;

    // The play lasts while every underlying has begun and none has ended.
    Instant begin() const {
        Instant latest = series.front().begin();
        for (const PriceSeries& one : series)
            latest = std::max(latest, one.begin());
        return latest;
    }
    Instant end() const {
        Instant earliest = series.front().end();
        for (const PriceSeries& one : series)
            earliest = std::min(earliest, one.end());
        return earliest;
    }
};

}  // namespace breakwater::sim
