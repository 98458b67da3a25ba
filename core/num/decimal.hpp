// Decimal: the exact world's number, a 128-bit count of 1e-12.
//
// Sums and differences are exact. Products and quotients name their rounding. The range is
// about +-1.7e26; leaving it inside the engine is a bug and asserts, so every border (parser,
// decoder, profile) refuses figures that could get there (see kBorderLimit).
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/assert.hpp"
#include "core/base/result.hpp"
#include "core/num/round.hpp"

namespace breakwater {

__extension__ using Int128 = __int128;
__extension__ using UInt128 = unsigned __int128;

class Decimal {
public:
    static constexpr int kDigits = 12;
    static constexpr std::int64_t kScale = 1'000'000'000'000;
    // No figure that crosses a border may exceed this many whole units (1e15): products of a
    // price and a quantity are checked again where they are formed.
    static constexpr std::int64_t kBorderLimit = 1'000'000'000'000'000;

    constexpr Decimal() = default;
    static constexpr Decimal fromRaw(Int128 raw) { return Decimal(raw); }
    static constexpr Decimal fromInteger(std::int64_t n) {
        return Decimal(static_cast<Int128>(n) * kScale);
    }
    // Plain decimal notation, optional sign, at most 12 decimals, at most kBorderLimit.
    // Refuses exponents, NaN, infinity, blanks and anything finer than 1e-12.
    static Result<Decimal> parse(std::string_view text);
    // The gate from the double world: rounds half to even; refuses NaN, infinity, |x| > limit.
    static Result<Decimal> fromDouble(double value);

    constexpr Int128 raw() const { return m_raw; }
    std::string toString() const;  // shortest exact text, "-0.05", "12"
    double toDouble() const;       // nearest double to within 1 ulp

    constexpr bool isZero() const { return m_raw == 0; }
    constexpr bool isNegative() const { return m_raw < 0; }
    constexpr bool isPositive() const { return m_raw > 0; }

    friend constexpr bool operator==(Decimal a, Decimal b) { return a.m_raw == b.m_raw; }
    friend constexpr std::strong_ordering operator<=>(Decimal a, Decimal b) {
        return a.m_raw < b.m_raw   ? std::strong_ordering::less
               : a.m_raw > b.m_raw ? std::strong_ordering::greater
                                   : std::strong_ordering::equal;
    }
    constexpr Decimal operator-() const { return Decimal() - *this; }
    friend constexpr Decimal operator+(Decimal a, Decimal b) {
        Int128 sum = 0;
        BW_ASSERT(!__builtin_add_overflow(a.m_raw, b.m_raw, &sum));
        return Decimal(sum);
    }
    friend constexpr Decimal operator-(Decimal a, Decimal b) {
        Int128 difference = 0;
        BW_ASSERT(!__builtin_sub_overflow(a.m_raw, b.m_raw, &difference));
        return Decimal(difference);
    }
    Decimal& operator+=(Decimal other) { return *this = *this + other; }
    Decimal& operator-=(Decimal other) { return *this = *this - other; }
    constexpr Decimal abs() const { return m_raw < 0 ? -*this : *this; }

    static Decimal multiply(Decimal a, Decimal b, Round round);  // a b
    static Decimal divide(Decimal a, Decimal b, Round round);    // a / b, b != 0
    static Decimal mulDiv(Decimal a, Decimal b, Decimal c,
                          Round round);  // a b / c, c != 0, one rounding
    // Largest multiple of step that is <= value in the direction of the rounding; step > 0.
    static Decimal toMultiple(Decimal value, Decimal step, Round round);

private:
    constexpr explicit Decimal(Int128 raw) : m_raw(raw) {}
    Int128 m_raw = 0;
};

}  // namespace breakwater
