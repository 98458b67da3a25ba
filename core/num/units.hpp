// Strong units over Decimal. Mixing them does not compile; a product or quotient of two units
// is a named function with a named rounding.
//
//   Price     settlement units per contract unit
//   Quantity  contract units, signed (long > 0)
//   Money     settlement (or asset) units, signed
//   Ratio     a plain fraction (0.05 = 5 %)
//   Rate      a fraction per interval (funding per hour)
#pragma once

#include "core/num/decimal.hpp"

namespace breakwater {

template <class Tag>
class Unit {
public:
    constexpr Unit() = default;
    constexpr explicit Unit(Decimal value) : m_value(value) {}
    static Result<Unit> parse(std::string_view text) {
        Result<Decimal> value = Decimal::parse(text);
        if (!value) return Unexpected(value.error());
        return Unit(*value);
    }
    static constexpr Unit fromInteger(std::int64_t n) { return Unit(Decimal::fromInteger(n)); }

    constexpr Decimal value() const { return m_value; }
    std::string toString() const { return m_value.toString(); }
    double toDouble() const { return m_value.toDouble(); }
    constexpr bool isZero() const { return m_value.isZero(); }
    constexpr bool isNegative() const { return m_value.isNegative(); }
    constexpr bool isPositive() const { return m_value.isPositive(); }
    constexpr Unit abs() const { return Unit(m_value.abs()); }

    friend constexpr bool operator==(Unit a, Unit b) { return a.m_value == b.m_value; }
    friend constexpr auto operator<=>(Unit a, Unit b) { return a.m_value <=> b.m_value; }
    constexpr Unit operator-() const { return Unit(-m_value); }
    friend constexpr Unit operator+(Unit a, Unit b) { return Unit(a.m_value + b.m_value); }
    friend constexpr Unit operator-(Unit a, Unit b) { return Unit(a.m_value - b.m_value); }
    Unit& operator+=(Unit other) { return *this = *this + other; }
    Unit& operator-=(Unit other) { return *this = *this - other; }

private:
    Decimal m_value;
};

using Price = Unit<struct PriceTag>;
using Quantity = Unit<struct QuantityTag>;
using Money = Unit<struct MoneyTag>;
using Ratio = Unit<struct RatioTag>;
using Rate = Unit<struct RateTag>;

// Money = quantity x price, signed as the quantity.
inline Money notional(Quantity quantity, Price price, Round round) {
    return Money(Decimal::multiply(quantity.value(), price.value(), round));
}
inline Money scale(Money amount, Ratio by, Round round) {
    return Money(Decimal::multiply(amount.value(), by.value(), round));
}
inline Money scale(Money amount, Rate by, Round round) {
    return Money(Decimal::multiply(amount.value(), by.value(), round));
}
inline Price scale(Price price, Ratio by, Round round) {
    return Price(Decimal::multiply(price.value(), by.value(), round));
}
inline Quantity scale(Quantity quantity, Ratio by, Round round) {
    return Quantity(Decimal::multiply(quantity.value(), by.value(), round));
}
inline Ratio ratio(Money numerator, Money denominator, Round round) {
    return Ratio(Decimal::divide(numerator.value(), denominator.value(), round));
}
inline Ratio ratio(Price numerator, Price denominator, Round round) {
    return Ratio(Decimal::divide(numerator.value(), denominator.value(), round));
}
inline Price unitPrice(Money amount, Quantity quantity, Round round) {
    return Price(Decimal::divide(amount.value(), quantity.value(), round));
}
inline Quantity quantityFor(Money amount, Price price, Round round) {
    return Quantity(Decimal::divide(amount.value(), price.value(), round));
}
// amount x part / whole with one rounding: the share of a sum that goes with a part.
inline Money share(Money amount, Quantity part, Quantity whole, Round round) {
    return Money(Decimal::mulDiv(amount.value(), part.value(), whole.value(), round));
}
inline Money share(Money amount, Money part, Money whole, Round round) {
    return Money(Decimal::mulDiv(amount.value(), part.value(), whole.value(), round));
}

}  // namespace breakwater
