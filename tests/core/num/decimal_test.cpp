#include "core/num/decimal.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "tests/core/num/exact.hpp"
#include "tests/core/num/oracle.hpp"

namespace breakwater {
namespace {

using test::dec;
using test::Draw;
using test::Natural;

constexpr std::array kRoundings{Round::TowardZero, Round::AwayFromZero, Round::Floor,
                                Round::Ceiling, Round::HalfEven};
constexpr std::uint64_t kSeed = 20251010;

constexpr Int128 kLargest = static_cast<Int128>((UInt128{1} << 127) - 1);
constexpr Decimal kUnit = Decimal::fromRaw(1);  // 1e-12
constexpr Decimal kMost = Decimal::fromRaw(kLargest);
constexpr Decimal kLeast = Decimal::fromRaw(-kLargest - 1);

static_assert(sizeof(Decimal) == 16);
static_assert(Decimal::fromInteger(2) + Decimal::fromInteger(3) == Decimal::fromInteger(5));
static_assert(Decimal::fromInteger(2) - Decimal::fromInteger(3) < Decimal());
static_assert((-Decimal::fromInteger(7)).abs() == Decimal::fromInteger(7));

// ---- text -------------------------------------------------------------------------------

TEST(Decimal, PrintsTheShortestExactText) {
    struct Case {
        const char* text;
        const char* printed;
    };
    for (const Case& c : std::to_array<Case>({
             {"0", "0"},
             {"-0", "0"},
             {"+7", "7"},
             {"007.500", "7.5"},
             {"-0.05", "-0.05"},
             {".5", "0.5"},
             {"5.", "5"},
             {"0.000000000001", "0.000000000001"},
             {"-0.000000000001", "-0.000000000001"},
             {"120", "120"},
             {"64123.5", "64123.5"},
             {"0.1000000000000000", "0.1"},  // noughts beyond 12 decimals lose nothing
             {"999999999999999.999999999999", "999999999999999.999999999999"},
             {"1000000000000000", "1000000000000000"},
             {"-1000000000000000.000", "-1000000000000000"},
         })) {
        const Result<Decimal> parsed = Decimal::parse(c.text);
        ASSERT_TRUE(parsed) << c.text << ": " << parsed.error().message;
        EXPECT_EQ(parsed->toString(), c.printed) << c.text;
    }
}

TEST(Decimal, RefusesWhatIsNotAPlainFigure) {
    for (const char* text : {"",      " ",   "+",   "-",    ".",     "-.",    "1e5", "1E-3",
                             "nan",   "NaN", "inf", "-inf", "1,5",   "1 000", " 1",  "1 ",
                             "1.2.3", "--1", "+-1", "0x10", "1_000", "1'000", "12a", "\xd9\xa1"}) {
        const Result<Decimal> parsed = Decimal::parse(text);
        ASSERT_FALSE(parsed) << '"' << text << '"';
        EXPECT_EQ(parsed.error().code, ErrorCode::Malformed) << text;
        EXPECT_NE(parsed.error().message.find(text), std::string::npos) << parsed.error().message;
    }
    EXPECT_FALSE(Decimal::parse(std::string_view("1\0", 2)));
}

TEST(Decimal, RefusesWhatIsFinerThanItCanHold) {
    for (const char* text :
         {"0.0000000000001", "1.1234567890123", "0.00000000000000000000000001"}) {
        const Result<Decimal> parsed = Decimal::parse(text);
        ASSERT_FALSE(parsed) << text;
        EXPECT_EQ(parsed.error().code, ErrorCode::Malformed);
    }
}

TEST(Decimal, RefusesFiguresBeyondTheBorder) {
    for (const char* text :
         {"1000000000000001", "-1000000000000001", "1000000000000000.000000000001",
          "-1000000000000000.5", "99999999999999999999999999999999999999999999"}) {
        const Result<Decimal> parsed = Decimal::parse(text);
        ASSERT_FALSE(parsed) << text;
        EXPECT_EQ(parsed.error().code, ErrorCode::OutOfRange) << text;
    }
}

TEST(Decimal, TextGoesRoundWithoutLoss) {
    SCOPED_TRACE(kSeed);
    Draw draw(kSeed);
    for (int i = 0; i < 20'000; ++i) {
        const Decimal value = Decimal::fromRaw(draw.number(draw.between(1, 89)));
        const Result<Decimal> again = Decimal::parse(value.toString());
        ASSERT_TRUE(again) << value.toString();
        ASSERT_EQ(*again, value);
    }
}

TEST(Decimal, PrintsTheWholeRange) {
    EXPECT_EQ(kMost.toString(), "170141183460469231731687303.715884105727");
    EXPECT_EQ(kLeast.toString(), "-170141183460469231731687303.715884105728");
}

// ---- order and sums ---------------------------------------------------------------------

TEST(Decimal, OrdersAcrossTheWholeRange) {
    const std::array ordered{kLeast, dec("-1"), -kUnit, Decimal(), kUnit, dec("1"), kMost};
    for (std::size_t i = 0; i < ordered.size(); ++i) {
        for (std::size_t j = 0; j < ordered.size(); ++j) {
            EXPECT_EQ(ordered[i] <=> ordered[j], i <=> j);
            EXPECT_EQ(ordered[i] == ordered[j], i == j);
        }
    }
    EXPECT_TRUE(kUnit.isPositive() && (-kUnit).isNegative() && Decimal().isZero());
    EXPECT_FALSE(Decimal().isPositive() || Decimal().isNegative());
}

TEST(Decimal, SumsAreExact) {
    Decimal sum;
    for (int i = 0; i < 10; ++i) {
        sum += dec("0.1");
    }
    EXPECT_EQ(sum, dec("1"));
    sum -= dec("1.000000000001");
    EXPECT_EQ(sum, -kUnit);
    EXPECT_EQ(kMost + kLeast, -kUnit);
}

// ---- rounding ---------------------------------------------------------------------------

struct Rounded {
    const char* value;
    const char* towardZero;
    const char* awayFromZero;
    const char* floor;
    const char* ceiling;
    const char* halfEven;

    const char* at(Round round) const {
        switch (round) {
            case Round::TowardZero: return towardZero;
            case Round::AwayFromZero: return awayFromZero;
            case Round::Floor: return floor;
            case Round::Ceiling: return ceiling;
            case Round::HalfEven: return halfEven;
        }
        return nullptr;
    }
};

constexpr std::array<Rounded, 15> kToOne{{
    // value          zero  away  floor ceil  even
    {"0", "0", "0", "0", "0", "0"},
    {"2", "2", "2", "2", "2", "2"},
    {"-2", "-2", "-2", "-2", "-2", "-2"},
    {"0.5", "0", "1", "0", "1", "0"},
    {"1.5", "1", "2", "1", "2", "2"},
    {"2.5", "2", "3", "2", "3", "2"},
    {"-0.5", "0", "-1", "-1", "0", "0"},
    {"-1.5", "-1", "-2", "-2", "-1", "-2"},
    {"-2.5", "-2", "-3", "-3", "-2", "-2"},
    {"2.499999999999", "2", "3", "2", "3", "2"},
    {"2.500000000001", "2", "3", "2", "3", "3"},
    {"-2.499999999999", "-2", "-3", "-3", "-2", "-2"},
    {"-2.500000000001", "-2", "-3", "-3", "-2", "-3"},
    {"0.000000000001", "0", "1", "0", "1", "0"},
    {"-0.000000000001", "0", "-1", "-1", "0", "0"},
}};

TEST(Decimal, RoundsToAMultipleByTheNamedRule) {
    for (const Rounded& c : kToOne) {
        for (const Round round : kRoundings) {
            EXPECT_EQ(Decimal::toMultiple(dec(c.value), dec("1"), round), dec(c.at(round)))
                << c.value << " rule " << static_cast<int>(round);
        }
    }
}

// The same table one unit (1e-12) lower, where products and quotients are cut.
TEST(Decimal, RoundsProductsAndQuotientsByTheNamedRule) {
    for (const Rounded& c : kToOne) {
        const Decimal value = dec(c.value);
        for (const Round round : kRoundings) {
            const Decimal expected = Decimal::fromRaw(dec(c.at(round)).raw() / Decimal::kScale);
            EXPECT_EQ(Decimal::multiply(value, kUnit, round), expected) << c.value;
            EXPECT_EQ(Decimal::multiply(-kUnit, -value, round), expected) << c.value;
            EXPECT_EQ(Decimal::divide(value, dec("1000000000000"), round), expected) << c.value;
            EXPECT_EQ(Decimal::divide(-value, dec("-1000000000000"), round), expected) << c.value;
            EXPECT_EQ(Decimal::mulDiv(value, dec("0.000001"), dec("1000000"), round), expected);
            EXPECT_EQ(Decimal::mulDiv(-value, dec("0.000001"), dec("-1000000"), round), expected);
        }
    }
}

TEST(Decimal, MulDivRoundsOnce) {
    const Decimal third = Decimal::divide(dec("1"), dec("3"), Round::TowardZero);
    EXPECT_EQ(Decimal::multiply(third, dec("3"), Round::TowardZero), dec("0.999999999999"));
    EXPECT_EQ(Decimal::mulDiv(dec("1"), dec("3"), dec("3"), Round::TowardZero), dec("1"));
}

TEST(Decimal, ToMultipleKeepsTicks) {
    struct Case {
        const char* value;
        const char* step;
        const char* down;
        const char* up;
    };
    for (const Case& c : std::to_array<Case>({
             {"64123.57", "0.5", "64123.5", "64124"},
             {"64123.5", "0.5", "64123.5", "64123.5"},
             {"0.3", "0.7", "0", "0.7"},
             {"-0.3", "0.7", "-0.7", "0"},
             {"1000000000000000", "0.000000000001", "1000000000000000", "1000000000000000"},
             {"7", "1000000000000000", "0", "1000000000000000"},
         })) {
        EXPECT_EQ(Decimal::toMultiple(dec(c.value), dec(c.step), Round::Floor), dec(c.down));
        EXPECT_EQ(Decimal::toMultiple(dec(c.value), dec(c.step), Round::Ceiling), dec(c.up));
    }
}

// ---- the gate ---------------------------------------------------------------------------

TEST(Decimal, TheGateRefusesWhatIsNotAFigure) {
    using Limits = std::numeric_limits<double>;
    for (const double value :
         {Limits::quiet_NaN(), -Limits::quiet_NaN(), Limits::infinity(), -Limits::infinity(),
          Limits::max(), -1e300, 1e16, std::nextafter(1e15, 2e15), -std::nextafter(1e15, 2e15)}) {
        const Result<Decimal> entered = Decimal::fromDouble(value);
        ASSERT_FALSE(entered) << value;
        EXPECT_EQ(entered.error().code, ErrorCode::OutOfRange);
    }
}

TEST(Decimal, TheGateRoundsHalfToEven) {
    struct Case {
        double value;
        const char* entered;
    };
    for (const Case& c : std::to_array<Case>({
             {0.0, "0"},
             {-0.0, "0"},
             {0.1, "0.1"},
             {-0.3, "-0.3"},
             {1e-12, "0.000000000001"},
             {4.9e-13, "0"},
             {5.1e-13, "0.000000000001"},
             {-5.1e-13, "-0.000000000001"},
             {std::numeric_limits<double>::denorm_min(), "0"},
             {0x1p-13, "0.000122070312"},  // 2^-13 = 0.000122070312|5, a true tie
             {0x3p-13, "0.000366210938"},  // 0.000366210937|5
             {-0x3p-13, "-0.000366210938"},
             {0x1p-13 + 0x1p-60, "0.000122070313"},  // a hair above the tie
             // 1.752890405012|50004: multiplied by 1e12 in double it would look like a tie.
             {0x1.c0bd6cf30039dp+0, "1.752890405013"},
             {1e15, "1000000000000000"},
             {-1e15, "-1000000000000000"},
             {64123.5, "64123.5"},
             {999999999999999.875, "999999999999999.875"},
         })) {
        const Result<Decimal> entered = Decimal::fromDouble(c.value);
        ASSERT_TRUE(entered) << c.value << ": " << entered.error().message;
        EXPECT_EQ(entered->toString(), dec(c.entered).toString()) << c.value;
    }
}

TEST(Decimal, LeavesForTheDoubleWorldWithinOneUlp) {
    EXPECT_EQ(dec("0.1").toDouble(), 0.1);
    EXPECT_EQ(dec("-64123.5").toDouble(), -64123.5);
    EXPECT_EQ(Decimal().toDouble(), 0.0);
    SCOPED_TRACE(kSeed);
    Draw draw(kSeed);
    for (int i = 0; i < 20'000; ++i) {
        const Decimal value = Decimal::fromRaw(draw.number(draw.between(1, 127)));
        const double nearest = std::stod(value.toString());
        const double left = value.toDouble();
        ASSERT_TRUE(left == nearest || left == std::nextafter(nearest, 1e300) ||
                    left == std::nextafter(nearest, -1e300))
            << value.toString();
    }
}

// ---- what must stop the program ---------------------------------------------------------

constexpr const char* kStops = "assertion failed";

TEST(DecimalDeathTest, SumsThatLeaveTheRange) {
    EXPECT_DEATH(static_cast<void>(kMost + kUnit), kStops);
    EXPECT_DEATH(static_cast<void>(kLeast - kUnit), kStops);
    EXPECT_DEATH(static_cast<void>(Decimal() - kLeast), kStops);
    EXPECT_DEATH(static_cast<void>(-kLeast), kStops);
    EXPECT_DEATH(static_cast<void>(kLeast.abs()), kStops);
}

TEST(DecimalDeathTest, ProductsThatLeaveTheRange) {
    EXPECT_DEATH(Decimal::multiply(kMost, dec("1.000000000001"), Round::TowardZero), kStops);
    EXPECT_DEATH(Decimal::multiply(kMost, kMost, Round::TowardZero), kStops);
    EXPECT_DEATH(Decimal::divide(kMost, dec("0.9"), Round::TowardZero), kStops);
    EXPECT_DEATH(Decimal::mulDiv(kMost, dec("3"), dec("2"), Round::TowardZero), kStops);
    // Half a unit more than the largest figure: only the rounding leaves the range.
    const Decimal odd = Decimal::fromRaw(kLargest / 2);
    EXPECT_EQ(Decimal::mulDiv(odd, dec("2"), dec("1"), Round::AwayFromZero),
              Decimal::fromRaw(kLargest - 1));
    EXPECT_DEATH(Decimal::mulDiv(kMost, Decimal::fromRaw(3), Decimal::fromRaw(2), Round::Floor),
                 kStops);
}

// a b / c = (2^129 - 1) / 2 = (2^128 - 1) + 1/2: in 128 bits the quotient is all ones, and
// rounding it up before asking whether it fits would hand back zero.
TEST(DecimalDeathTest, RoundingUpFromAllOnesDoesNotComeBackAsZero) {
    const UInt128 seventh = 2 * (~UInt128{0} / 7) + 1;  // (2^129 - 1) / 7
    const Decimal a = Decimal::fromRaw(static_cast<Int128>(seventh));
    ASSERT_EQ(Natural::sizeOf(a.raw()) * Natural::of(7),
              Natural::of(~UInt128{0}) * Natural::of(2) + Natural::of(1));
    for (const Round round : kRoundings) {
        EXPECT_DEATH(Decimal::mulDiv(a, Decimal::fromRaw(7), Decimal::fromRaw(2), round), kStops);
    }
}

TEST(DecimalDeathTest, DivisionByZeroAndStepsThatAreNone) {
    EXPECT_DEATH(Decimal::divide(dec("1"), Decimal(), Round::Floor), kStops);
    EXPECT_DEATH(Decimal::mulDiv(dec("1"), dec("1"), Decimal(), Round::Floor), kStops);
    EXPECT_DEATH(Decimal::toMultiple(dec("1"), Decimal(), Round::Floor), kStops);
    EXPECT_DEATH(Decimal::toMultiple(dec("1"), dec("-0.5"), Round::Floor), kStops);
    EXPECT_DEATH(Decimal::toMultiple(kMost, dec("100000000000000"), Round::Ceiling), kStops);
}

}  // namespace
}  // namespace breakwater
