// An independent judge of rounding. It never divides: a quotient is right when
// quotient x divisor <= dividend < (quotient + 1) x divisor, and that takes only schoolbook
// multiplication and comparison of natural numbers. It shares no code with core/num.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>

#include "core/num/decimal.hpp"

namespace breakwater::test {

// 320 bits in limbs of 32, least significant first.
struct Natural {
    std::array<std::uint32_t, 10> limbs{};

    static Natural of(UInt128 value) {
        Natural n;
        for (std::size_t i = 0; i < 4; ++i) {
            n.limbs[i] = static_cast<std::uint32_t>(value & 0xffffffffU);
            value >>= 32;
        }
        return n;
    }
    static Natural sizeOf(Int128 value) {
        return of(value < 0 ? ~static_cast<UInt128>(value) + 1 : static_cast<UInt128>(value));
    }

    friend Natural operator*(const Natural& a, const Natural& b) {
        Natural product;
        for (std::size_t i = 0; i < a.limbs.size(); ++i) {
            std::uint64_t carry = 0;
            for (std::size_t j = 0; i + j < a.limbs.size(); ++j) {
                carry += std::uint64_t{a.limbs[i]} * b.limbs[j] + product.limbs[i + j];
                product.limbs[i + j] = static_cast<std::uint32_t>(carry & 0xffffffffU);
                carry >>= 32;
            }
        }
        return product;
    }
    friend Natural operator+(const Natural& a, const Natural& b) {
        Natural sum;
        std::uint64_t carry = 0;
        for (std::size_t i = 0; i < a.limbs.size(); ++i) {
            carry += std::uint64_t{a.limbs[i]} + b.limbs[i];
            sum.limbs[i] = static_cast<std::uint32_t>(carry & 0xffffffffU);
            carry >>= 32;
        }
        return sum;
    }
    friend bool operator==(const Natural&, const Natural&) = default;
    friend std::strong_ordering operator<=>(const Natural& a, const Natural& b) {
        for (std::size_t i = a.limbs.size(); i-- > 0;) {
            if (a.limbs[i] != b.limbs[i]) return a.limbs[i] <=> b.limbs[i];
        }
        return std::strong_ordering::equal;
    }
};

// Is `answer` the quotient dividend / divisor (both as sizes; the quotient has the given sign)
// in the given rounding?
inline bool roundsTo(Int128 answer, const Natural& dividend, const Natural& divisor, bool negative,
                     Round round) {
    if (answer != 0 && (answer < 0) != negative) return false;
    const Natural one = Natural::of(1);
    const Natural size = Natural::sizeOf(answer);
    const Natural here = size * divisor;
    const bool exact = here == dividend;
    // The two neighbours in size between which an inexact quotient lies.
    const bool below = here < dividend && dividend < (size + one) * divisor;
    const bool above = here > dividend && here < dividend + divisor;
    if (exact) return true;
    if (!below && !above) return false;
    switch (round) {
        case Round::TowardZero: return below;
        case Round::AwayFromZero: return above;
        case Round::Floor: return negative ? above : below;
        case Round::Ceiling: return negative ? below : above;
        case Round::HalfEven: {
            // Twice the distance between answer and quotient, against the divisor.
            const Natural twiceLarger = below ? dividend + dividend : here + here;
            const Natural twiceSmaller = below ? here + here : dividend + dividend;
            const Natural tie = twiceSmaller + divisor;
            return twiceLarger < tie || (twiceLarger == tie && (size.limbs[0] & 1) == 0);
        }
    }
    return false;
}

// Seeded draws; the same on every machine (SplitMix64).
class Draw {
public:
    explicit Draw(std::uint64_t seed) : m_state(seed) {}

    std::uint64_t word() {
        std::uint64_t z = (m_state += 0x9e3779b97f4a7c15U);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
        return z ^ (z >> 31);
    }
    int between(int low, int high) {
        return low + static_cast<int>(word() % static_cast<std::uint64_t>(high - low + 1));
    }
    // A number of exactly `bits` bits (1 to 127) with a random sign. One in four has the shape
    // that long division gets wrong: a power of two, all ones, or a half of ones.
    Int128 number(int bits) {
        const UInt128 top = UInt128{1} << (bits - 1);
        UInt128 size = top | (((static_cast<UInt128>(word()) << 64) | word()) & (top - 1));
        switch (word() % 12) {
            case 0: size = top; break;
            case 1: size = top | (top - 1); break;
            case 2: size |= ~std::uint64_t{0} & (top - 1); break;
            default: break;
        }
        const auto value = static_cast<Int128>(size);
        return (word() & 1) != 0 ? -value : value;
    }

private:
    std::uint64_t m_state;
};

}  // namespace breakwater::test
