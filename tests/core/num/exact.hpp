// Short forms for tests of the exact world: literals that must parse, and readable failures.
#pragma once

#include <ostream>
#include <string_view>

#include "core/num/units.hpp"

namespace breakwater {

// GoogleTest finds these by argument-dependent lookup.
inline void PrintTo(Decimal value, std::ostream* out) { *out << value.toString(); }
template <class Tag>
void PrintTo(Unit<Tag> value, std::ostream* out) {
    *out << value.toString();
}

namespace test {

// A figure that does not parse is a mistake in the test and aborts in value().
inline Decimal dec(std::string_view text) { return Decimal::parse(text).value(); }
inline Price price(std::string_view text) { return Price(dec(text)); }
inline Quantity quantity(std::string_view text) { return Quantity(dec(text)); }
inline Money money(std::string_view text) { return Money(dec(text)); }
inline Ratio ratioOf(std::string_view text) { return Ratio(dec(text)); }
inline Rate rate(std::string_view text) { return Rate(dec(text)); }

}  // namespace test
}  // namespace breakwater
