// A shock: every underlying moves by a fraction of its price, at once. The shocked world is a
// photograph like any other, with the marks after the move.
//
// Marks move as their underlying's index does, so that a market's basis keeps its share of the
// price; a moved mark is rounded to the tick, as a fact is. Nobody trades, nothing else changes:
// breakers stand as they stand, and a blind underlying is moved from its last known index.
#pragma once

#include <string>
#include <vector>

#include "core/view/snapshot.hpp"

namespace breakwater::scenario {

inline constexpr Ratio kLargestFall = Ratio(Decimal::fromRaw(-900'000'000'000));  // -90 %
inline constexpr Ratio kLargestRise = Ratio::fromInteger(3);                      // +300 %

struct Shock {
    std::vector<Ratio> moves;  // by underlying; one past the end stands still

    Ratio of(UnderlyingId underlying) const {
        return underlying.value() < moves.size() ? moves[underlying.value()] : Ratio();
    }
    bool isNone() const;
    friend bool operator==(const Shock&, const Shock&) = default;
};

// Refuses moves outside the limits and moves of underlyings the venue does not have.
Result<void> validate(const Shock& shock, const view::Snapshot& snapshot);
bool isWithin(Ratio move);

// The mark after the move; unchanged, not even rounded, when the move is zero.
Price shockedMark(const Market& market, Ratio move);
// The same instant with the marks moved; all else is shared. The shock must be valid.
view::Snapshot shocked(const view::Snapshot& snapshot, const Shock& shock);

// How an underlying follows a leader: least squares on the returns of the last hour's minutes
// (display histories of the marks), rounded to 0.01 and kept within [0, 3]. Underlyings without
// enough history follow one to one, and say why.
struct Beta {
    static constexpr std::size_t kFewestReturns = 15;
    Ratio value = Ratio::fromInteger(1);
    std::size_t returns = 0;  // minutes it rests on; 0: not estimated
    bool bounded = false;     // the estimate lay outside [0, 3]
    std::string reason;       // why it is not an estimate, or was bounded; empty otherwise
};
// By underlying; the leader's own is 1.
std::vector<Beta> betasTo(const view::Snapshot& snapshot, UnderlyingId leader);
// The leader moves by `move` and the others by their beta times it, to 0.01 % and the limits.
Shock follow(const std::vector<Beta>& betas, UnderlyingId leader, Ratio move);

}  // namespace breakwater::scenario
