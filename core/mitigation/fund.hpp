// Insurance fund: what it pays of a deficit.
#pragma once

#include <algorithm>

#include "core/num/units.hpp"

namespace breakwater {

// The fund pays while it has cash: the deficit, or what is left of the fund.
inline Money fundDraw(Money deficit, Money available) {
    return std::clamp(deficit, Money(), std::max(available, Money()));
}

}  // namespace breakwater
