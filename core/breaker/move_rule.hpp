// Automatic rule: the index has moved too far within a window.
//
// The rule only judges; the ladder trips, renews and steps down.
#pragma once

#include <optional>

#include "core/market/market.hpp"
#include "core/profile/profile.hpp"

namespace breakwater {

struct MoveReading {
    Ratio move;   // largest move within the window, up or down; rounded away from zero
    Ratio share;  // move / tripAt: how near the rule is to its trip
};

// Nothing while the index is blind or has no history: the officer must see that the rule does
// not look, not that it is calm.
std::optional<MoveReading> evaluate(const MoveRule& rule, const Underlying& underlying,
                                    Duration step);

}  // namespace breakwater
