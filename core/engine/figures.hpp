// Which figures an input may carry. Within these limits every product and sum of the engine stays
// in the range of a Decimal: a leg is worth at most 1e12 x 1e10 = 1e22, an account's 255 legs
// 2.6e24, against 1.7e26.
#pragma once

#include "core/num/units.hpp"

namespace breakwater {

inline constexpr Price kLargestPrice = Price::fromInteger(10'000'000'000);
inline constexpr Quantity kLargestLeg = Quantity::fromInteger(1'000'000'000'000);
inline constexpr Money kLargestAmount = Money::fromInteger(Decimal::kBorderLimit);

// Compared on both sides: the least Decimal has no absolute value.
inline bool sane(Price price) { return price.isPositive() && price <= kLargestPrice; }
inline bool sane(Quantity quantity) { return quantity <= kLargestLeg && quantity >= -kLargestLeg; }
inline bool sane(Money amount) { return amount <= kLargestAmount && amount >= -kLargestAmount; }
inline bool sane(Quantity quantity, Price price) {
    return sane(quantity) && sane(price) && sane(notional(quantity, price, Round::Floor));
}

}  // namespace breakwater
