// Rounding is always named where a product or quotient is formed.
#pragma once

namespace breakwater {

enum class Round {
    TowardZero,    // credits: nobody is paid a fraction that does not exist
    AwayFromZero,  // requirements: nobody owes a fraction less
    Floor,
    Ceiling,
    HalfEven,  // display and statistics only
};

}  // namespace breakwater
