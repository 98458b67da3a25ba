// Decimal's products, quotients and gate against the oracle, over seeded draws that reach every
// width up to the largest figure.
#include <algorithm>
#include <array>
#include <cmath>

#include <gtest/gtest.h>

#include "core/num/decimal.hpp"
#include "tests/core/num/oracle.hpp"

namespace breakwater {
namespace {

using test::Draw;
using test::Natural;
using test::roundsTo;

constexpr std::array kRoundings{Round::TowardZero, Round::AwayFromZero, Round::Floor,
                                Round::Ceiling, Round::HalfEven};
constexpr int kCases = 200'000;
constexpr std::uint64_t kSeed = 20251010;

// Draws a, b and c so that a b / c just about fits: half of them need more than 128 bits on
// the way. A `fixed` figure stands for the scale, which multiply and divide bring themselves.
class Triple {
public:
    Triple(Draw& draw, Int128 fixedB, Int128 fixedC) {
        for (;;) {
            const int bitsA = draw.between(1, 127);
            const int bitsB = fixedB != 0 ? width(fixedB) : draw.between(1, 127);
            const int least = std::max(1, bitsA + bitsB - 125);
            const int bitsC = fixedC != 0 ? width(fixedC) : draw.between(std::min(least, 127), 127);
            if (bitsC < least) continue;
            a = draw.number(bitsA);
            b = fixedB != 0 ? fixedB : draw.number(bitsB);
            c = fixedC != 0 ? fixedC : draw.number(bitsC);
            wide = bitsA + bitsB > 129;
            return;
        }
    }

    Int128 a = 0;
    Int128 b = 0;
    Int128 c = 0;
    bool wide = false;

private:
    static int width(Int128 value) {
        int bits = 0;
        for (; value != 0; value >>= 1)
            ++bits;
        return bits;
    }
};

template <class Operation>
void compareWithOracle(Int128 fixedB, Int128 fixedC, int atLeastWide, Operation operation) {
    SCOPED_TRACE(kSeed);
    Draw draw(kSeed);
    int wide = 0;
    for (int i = 0; i < kCases; ++i) {
        const Triple t(draw, fixedB, fixedC);
        wide += t.wide ? 1 : 0;
        const Natural dividend = Natural::sizeOf(t.a) * Natural::sizeOf(t.b);
        const Natural divisor = Natural::sizeOf(t.c);
        const bool negative = ((t.a < 0) != (t.b < 0)) != (t.c < 0);
        for (const Round round : kRoundings) {
            const Decimal answer = operation(t, round);
            ASSERT_TRUE(roundsTo(answer.raw(), dividend, divisor, negative, round))
                << "case " << i << ", rule " << static_cast<int>(round)
                << ": a = " << Decimal::fromRaw(t.a).toString()
                << ", b = " << Decimal::fromRaw(t.b).toString()
                << ", c = " << Decimal::fromRaw(t.c).toString() << " gave " << answer.toString();
        }
    }
    EXPECT_GE(wide, atLeastWide) << "the draws no longer reach the 256-bit path";
}

TEST(DecimalOracle, JudgesItself) {  // 7 / 2, and 8 / 2
    const auto judge = [](Int128 answer, unsigned dividend, bool negative, Round round) {
        return roundsTo(answer, Natural::of(dividend), Natural::of(2), negative, round);
    };
    EXPECT_TRUE(judge(3, 7, false, Round::Floor) && !judge(4, 7, false, Round::Floor));
    EXPECT_TRUE(judge(-4, 7, true, Round::Floor) && !judge(-3, 7, true, Round::Floor));
    EXPECT_TRUE(judge(4, 7, false, Round::HalfEven) && !judge(3, 7, false, Round::HalfEven));
    EXPECT_TRUE(judge(4, 7, false, Round::Ceiling) && !judge(5, 7, false, Round::Ceiling));
    EXPECT_TRUE(judge(3, 7, false, Round::TowardZero) && !judge(2, 7, false, Round::TowardZero));
    EXPECT_TRUE(judge(-4, 7, true, Round::AwayFromZero) && !judge(4, 7, true, Round::AwayFromZero));
    for (const Round round : kRoundings) {
        EXPECT_TRUE(judge(4, 8, false, round));
        EXPECT_FALSE(judge(3, 8, false, round) || judge(5, 8, false, round));
    }
}

TEST(DecimalOracle, ConfirmsProducts) {
    compareWithOracle(0, Decimal::kScale, kCases / 10, [](const Triple& t, Round round) {
        return Decimal::multiply(Decimal::fromRaw(t.a), Decimal::fromRaw(t.b), round);
    });
}

TEST(DecimalOracle, ConfirmsQuotients) {
    compareWithOracle(Decimal::kScale, 0, kCases / 10, [](const Triple& t, Round round) {
        return Decimal::divide(Decimal::fromRaw(t.a), Decimal::fromRaw(t.c), round);
    });
}

TEST(DecimalOracle, ConfirmsMulDiv) {
    compareWithOracle(0, 0, kCases / 3, [](const Triple& t, Round round) {
        return Decimal::mulDiv(Decimal::fromRaw(t.a), Decimal::fromRaw(t.b), Decimal::fromRaw(t.c),
                               round);
    });
}

TEST(DecimalOracle, ConfirmsMultiples) {
    SCOPED_TRACE(kSeed);
    Draw draw(kSeed);
    for (int i = 0; i < kCases; ++i) {
        const Decimal value = Decimal::fromRaw(draw.number(draw.between(1, 125)));
        const Decimal step = Decimal::fromRaw(draw.number(draw.between(1, 125))).abs();
        for (const Round round : kRoundings) {
            const Int128 multiple = Decimal::toMultiple(value, step, round).raw();
            ASSERT_EQ(multiple % step.raw(), 0);
            ASSERT_TRUE(roundsTo(multiple / step.raw(), Natural::sizeOf(value.raw()),
                                 Natural::sizeOf(step.raw()), value.isNegative(), round))
                << value.toString() << " to a multiple of " << step.toString();
        }
    }
}

TEST(DecimalOracle, ConfirmsTheGate) {
    SCOPED_TRACE(kSeed);
    Draw draw(kSeed);
    for (int i = 0; i < kCases; ++i) {
        const int exponent = draw.between(-60, 48);  // of the leading bit
        const std::uint64_t significand = (std::uint64_t{1} << 52) | (draw.word() >> 12);
        const double size = std::ldexp(static_cast<double>(significand), exponent - 52);
        const bool negative = (draw.word() & 1) != 0;
        const Result<Decimal> entered = Decimal::fromDouble(negative ? -size : size);
        ASSERT_TRUE(entered) << size;
        const Natural dividend =
            Natural::of(significand) * Natural::of(static_cast<UInt128>(Decimal::kScale));
        const Natural divisor = Natural::of(UInt128{1} << (52 - exponent));
        ASSERT_TRUE(roundsTo(entered->raw(), dividend, divisor, negative, Round::HalfEven))
            << (negative ? -size : size) << " gave " << entered->toString();
    }
}

}  // namespace
}  // namespace breakwater
