#include "core/num/math.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

#include <gtest/gtest.h>

#include "tests/core/num/oracle.hpp"

namespace breakwater {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr int kPoints = 100'000;
constexpr std::uint64_t kSeed = 1988;

// The yardstick is the C library in long double, which is finer than a double by eleven bits
// or more; where it is not, the bounds below could not be judged.
static_assert(std::numeric_limits<long double>::digits >= 64);

long double exactCdf(double x) { return 0.5L * std::erfc(-x * std::sqrt(0.5L)); }
long double exactPdf(double x) {
    const long double square = static_cast<long double>(x) * x;
    return std::exp(-0.5L * square) / std::sqrt(6.283185307179586476925286766559006L);
}

double errorInUlps(double value, long double exact) {
    const double near = std::fabs(static_cast<double>(exact));
    const double ulp = std::nextafter(near, kInfinity) - near;
    return static_cast<double>(std::fabs(static_cast<long double>(value) - exact) / ulp);
}

// Largest bound-relative error of f over a range; 1 is the bound.
template <class Function, class Exact, class Bound>
void expectWithin(double low, double high, Function f, Exact exact, Bound boundInUlps) {
    test::Draw draw(kSeed);
    double worst = 0, where = low;
    for (int i = 0; i < kPoints; ++i) {
        const double x = low + (high - low) * (static_cast<double>(draw.word() >> 11) * 0x1p-53);
        const double error = errorInUlps(f(x), exact(x)) / boundInUlps(x);
        if (!(error <= worst)) {
            worst = error;
            where = x;
        }
    }
    EXPECT_LE(worst, 1.0) << "at " << where << " in [" << low << ", " << high << "]";
}

auto ulps(double bound) {
    return [bound](double) { return bound; };
}

TEST(Math, ExpAndLogAreWithinOneUlp) {
    const auto exact = [](double x) { return std::exp(static_cast<long double>(x)); };
    expectWithin(-1, 1, math::exp, exact, ulps(1));
    expectWithin(-708, 709, math::exp, exact, ulps(1));
    expectWithin(-745, -708, math::exp, exact, ulps(1));  // subnormal results

    const auto exactLog = [](double x) { return std::log(static_cast<long double>(x)); };
    expectWithin(0.5, 2, math::log, exactLog, ulps(1));
    expectWithin(1e-3, 1e6, math::log, exactLog, ulps(1));
    // Every binade, subnormals included.
    expectWithin(
        -1074, 1023, [](double x) { return math::log(std::exp2(x)); },
        [](double x) { return std::log(static_cast<long double>(std::exp2(x))); }, ulps(1));
}

TEST(Math, ErfcIsWithinOneAndAHalfUlps) {
    const auto exact = [](double x) { return std::erfc(static_cast<long double>(x)); };
    expectWithin(-6, 6, math::erfc, exact, ulps(1.5));
    expectWithin(6, 26, math::erfc, exact, ulps(1.5));
    expectWithin(26, 27.2, math::erfc, exact, ulps(3));  // subnormal results
}

TEST(Math, NormalPdfAndCdfKeepTheirTails) {
    const auto bound = [](double x) { return 2 * x * x + 2; };
    expectWithin(-3, 3, math::normalPdf, exactPdf, bound);
    expectWithin(-37, 37, math::normalPdf, exactPdf, bound);
    expectWithin(-3, 0, math::normalCdf, exactCdf, bound);
    expectWithin(-37, -3, math::normalCdf, exactCdf, bound);
    expectWithin(0, 9, math::normalCdf, exactCdf, ulps(2));
}

TEST(Math, AgreesWithPublishedFigures) {
    EXPECT_EQ(math::exp(0), 1);
    EXPECT_EQ(math::log(1), 0);
    EXPECT_EQ(math::erfc(0), 1);
    EXPECT_EQ(math::normalCdf(0), 0.5);
    EXPECT_EQ(math::normalQuantile(0.5), 0);
    EXPECT_DOUBLE_EQ(math::exp(1), 2.71828182845904523536);
    EXPECT_DOUBLE_EQ(math::log(10), 2.30258509299404568402);
    EXPECT_DOUBLE_EQ(math::normalPdf(0), 0.39894228040143267794);
    // Abramowitz and Stegun, table 26.1 and the usual two-sided limits.
    EXPECT_NEAR(math::normalCdf(1), 0.841344746068543, 1e-15);
    EXPECT_NEAR(math::normalCdf(-2), 0.022750131948179, 1e-15);
    EXPECT_NEAR(math::normalCdf(-5), 2.866515718791939e-7, 1e-21);
    EXPECT_NEAR(math::normalQuantile(0.975), 1.959963984540054, 1e-15);
    EXPECT_NEAR(math::normalQuantile(0.99), 2.326347874040841, 1e-15);
    // Wichura's own checks of PPND16.
    EXPECT_NEAR(math::normalQuantile(0.25), -0.6744897501960817, 1e-15);
    EXPECT_NEAR(math::normalQuantile(0.001), -3.090232306167814, 4e-15);
    EXPECT_NEAR(math::normalQuantile(1e-20), -9.262340089798408, 1e-14);
}

TEST(Math, QuantileUndoesTheCdf) {
    for (int i = -3700; i <= 0; ++i) {
        const double x = i * 0.01;
        EXPECT_NEAR(math::normalQuantile(math::normalCdf(x)), x, 4e-14) << x;
    }
    // On the upper side 1 - p has few digits left: one ulp of p near 1 is 1.1e-16 / pdf(x).
    for (int i = 1; i <= 800; ++i) {
        const double x = i * 0.01;
        EXPECT_NEAR(math::normalQuantile(math::normalCdf(x)), x,
                    1e-15 * x + 1.2e-16 / math::normalPdf(x))
            << x;
    }
}

TEST(Math, QuantileIsOddAndNeverFalls) {
    double last = -kInfinity;
    for (int i = 1; i < 4096; ++i) {  // exact binary fractions, so 1 - p is exact
        const double p = i / 4096.0;
        const double q = math::normalQuantile(p);
        EXPECT_GT(q, last) << p;
        EXPECT_EQ(q, -math::normalQuantile(1 - p)) << p;
        last = q;
    }
    // Across the seams of the three approximations.
    for (const double seam : {0.075, 0.925, 1.3887943864964021e-11 /* exp(-25) */}) {
        const double before = math::normalQuantile(seam * (1 - 1e-12));
        const double after = math::normalQuantile(seam * (1 + 1e-12));
        EXPECT_LT(before, after);
        EXPECT_LT(after - before, 1e-10);
    }
}

TEST(Math, EndsAreDefined) {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    EXPECT_EQ(math::exp(kInfinity), kInfinity);
    EXPECT_EQ(math::exp(-kInfinity), 0);
    EXPECT_EQ(math::exp(710), kInfinity);
    EXPECT_EQ(math::exp(-746), 0);
    EXPECT_EQ(math::log(0), -kInfinity);
    EXPECT_EQ(math::log(kInfinity), kInfinity);
    EXPECT_TRUE(std::isnan(math::log(-1)));
    EXPECT_EQ(math::erfc(kInfinity), 0);
    EXPECT_EQ(math::erfc(-kInfinity), 2);
    EXPECT_EQ(math::normalCdf(-kInfinity), 0);
    EXPECT_EQ(math::normalCdf(kInfinity), 1);
    EXPECT_EQ(math::normalCdf(-40), 0);
    EXPECT_GT(math::normalCdf(-38), 0);
    EXPECT_EQ(math::normalCdf(9), 1);
    EXPECT_EQ(math::normalPdf(kInfinity), 0);
    EXPECT_EQ(math::normalQuantile(0), -kInfinity);
    EXPECT_EQ(math::normalQuantile(1), kInfinity);
    EXPECT_EQ(math::normalQuantile(-0.1), -kInfinity);
    EXPECT_EQ(math::normalQuantile(1.1), kInfinity);
    EXPECT_NEAR(math::normalQuantile(std::numeric_limits<double>::denorm_min()), -38.4674, 1e-4);
    for (double (*f)(double) : {math::exp, math::log, math::erfc, math::normalPdf, math::normalCdf,
                                math::normalQuantile, math::sin2pi, math::cos2pi}) {
        EXPECT_TRUE(std::isnan(f(nan)));
    }
}

TEST(Math, CirclesCloseExactly) {
    struct Case {
        double turns;
        double sine;
        double cosine;
    };
    for (const Case& c : std::to_array<Case>({
             {0, 0, 1},
             {0.25, 1, 0},
             {0.5, 0, -1},
             {0.75, -1, 0},
             {1, 0, 1},
             {-0.25, -1, 0},
             {3.25, 1, 0},
             {1e9 + 0.25, 1, 0},
             {1e15 + 0.25, 1, 0},
         })) {
        EXPECT_EQ(math::sin2pi(c.turns), c.sine) << c.turns;
        EXPECT_EQ(math::cos2pi(c.turns), c.cosine) << c.turns;
    }
    test::Draw draw(kSeed);
    constexpr long double kTwoPi = 6.283185307179586476925286766559006L;
    for (const double span : {1.0, 1e6, 1e12}) {
        for (int i = 0; i < kPoints / 10; ++i) {
            const double turns = span * (static_cast<double>(draw.word() >> 11) * 0x1p-52 - 1.0);
            const long double angle = kTwoPi * (turns - std::floor(turns));
            ASSERT_NEAR(math::sin2pi(turns), static_cast<double>(std::sin(angle)), 1e-15) << turns;
            ASSERT_NEAR(math::cos2pi(turns), static_cast<double>(std::cos(angle)), 1e-15) << turns;
        }
    }
}

TEST(Math, PowIsGoodToAFewUlps) {
    for (const double base : {0.01, 0.5, 0.97, 1.0, 1.05, 2.0, 1000.0}) {
        for (const double exponent : {-3.0, -0.5, 0.0, 1.0 / 3, 1.0, 2.5, 10.0}) {
            const long double exact =
                std::pow(static_cast<long double>(base), static_cast<long double>(exponent));
            const double bound = 2 + 2 * std::fabs(exponent * std::log(base));
            EXPECT_LE(errorInUlps(math::pow(base, exponent), exact), bound)
                << base << " ^ " << exponent;
        }
    }
}

struct Golden {
    const char* what;
    double value;
    std::uint64_t bits;
};

// Frozen bits. A compiler that contracts, a libm that answers by CPU, or a SLEEF that rounds
// otherwise changes digests of records already written: this is where it is noticed first.
TEST(Math, BitsAreTheSameOnEveryMachine) {
    for (const Golden& g : std::to_array<Golden>({
             {"exp(1.0)", math::exp(1.0), 0x4005bf0a8b14576aU},
             {"exp(-0.05)", math::exp(-0.05), 0x3fee7078b0a726a6U},
             {"exp(10.1)", math::exp(10.1), 0x40d7c5c09a68d572U},
             {"exp(-700.3)", math::exp(-700.3), 0x00c9a5615b10648aU},
             {"log(2.0)", math::log(2.0), 0x3fe62e42fefa39efU},
             {"log(0.97)", math::log(0.97), 0xbf9f30b2d0091d8aU},
             {"log(64123.5)", math::log(64123.5), 0x4026231b1b92a4c4U},
             {"log(1e-300)", math::log(1e-300), 0xc085963447f87fb5U},
             {"erfc(0.3)", math::erfc(0.3), 0x3fe57be3bbf10af8U},
             {"erfc(-1.7)", math::erfc(-1.7), 0x3fffbd9b105c3a3eU},
             {"erfc(5.5)", math::erfc(5.5), 0x3d009182b326b229U},
             {"sin2pi(0.1)", math::sin2pi(0.1), 0x3fe2cf2304755a5eU},
             {"cos2pi(0.7)", math::cos2pi(0.7), 0xbfd3c6ef372fe954U},
             {"normalPdf(1.3)", math::normalPdf(1.3), 0x3fc5ef67f134153eU},
             {"normalCdf(-0.25)", math::normalCdf(-0.25), 0x3fd9aecba9d22527U},
             {"normalCdf(-6.5)", math::normalCdf(-6.5), 0x3dc61404b2da0168U},
             {"normalQuantile(0.3)", math::normalQuantile(0.3), 0xbfe0c7e39582c5faU},
             {"normalQuantile(0.99)", math::normalQuantile(0.99), 0x40029c5c4630ff0eU},
             {"normalQuantile(1e-12)", math::normalQuantile(1e-12), 0xc01c234fba57a32aU},
             {"pow(1.0718, 0.3)", math::pow(1.0718, 0.3), 0x3ff05618c363ff62U},
         })) {
        EXPECT_EQ(std::bit_cast<std::uint64_t>(g.value), g.bits)
            << g.what << " = " << std::hexfloat << g.value;
    }
}

}  // namespace
}  // namespace breakwater
