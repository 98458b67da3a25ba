#include "core/num/units.hpp"

#include <array>
#include <cstdint>
#include <type_traits>

#include <gtest/gtest.h>

#include "tests/core/num/exact.hpp"

namespace breakwater {
namespace {

using test::money;
using test::price;
using test::quantity;
using test::rate;
using test::ratioOf;

template <class A, class B>
concept CanAdd = requires(A a, B b) {
    a + b;
};
template <class A, class B>
concept CanSubtract = requires(A a, B b) {
    a - b;
};
template <class A, class B>
concept CanAccumulate = requires(A a, B b) {
    a += b;
}
|| requires(A a, B b) { a -= b; };
template <class A, class B>
concept CanMultiply = requires(A a, B b) {
    a* b;
};
template <class A, class B>
concept CanDivide = requires(A a, B b) {
    a / b;
};
template <class A, class B>
concept CanOrder = requires(A a, B b) {
    a < b;
};
template <class A, class B>
concept CanEqual = requires(A a, B b) {
    a == b;
};
template <class A, class B>
concept CanNotional = requires(A a, B b) {
    notional(a, b, Round::Floor);
};
template <class A, class B>
concept CanScale = requires(A a, B b) {
    scale(a, b, Round::Floor);
};
template <class A, class B>
concept CanRatio = requires(A a, B b) {
    ratio(a, b, Round::Floor);
};

template <class A, class B>
constexpr bool kStrangers =
    !CanAdd<A, B> && !CanSubtract<A, B> && !CanAccumulate<A, B> && !CanMultiply<A, B> &&
    !CanDivide<A, B> && !CanOrder<A, B> && !CanEqual<A, B> && !std::is_constructible_v<A, B> &&
    !std::is_convertible_v<B, A> && !std::is_assignable_v<A&, B>;

template <class A, class... Others>
constexpr bool kStrangerToAll = (kStrangers<A, Others> && ...) && (kStrangers<Others, A> && ...);

// Each pair of units, both ways round.
static_assert(kStrangerToAll<Price, Quantity, Money, Ratio, Rate>);
static_assert(kStrangerToAll<Quantity, Money, Ratio, Rate>);
static_assert(kStrangerToAll<Money, Ratio, Rate>);
static_assert(kStrangerToAll<Ratio, Rate>, "5 % and 5 % an hour are different things");
// Bare numbers carry no unit.
static_assert(kStrangers<Money, double> && kStrangers<Money, int> &&
              kStrangers<Money, std::int64_t> && kStrangers<Price, Int128>);

template <class U>
constexpr bool kOnlyByName =
    std::is_constructible_v<U, Decimal> && !std::is_convertible_v<Decimal, U> &&
    !std::is_convertible_v<U, Decimal> && !CanAdd<U, Decimal> && !CanOrder<U, Decimal> &&
    !CanEqual<U, Decimal> && !CanMultiply<U, Decimal> && !std::is_assignable_v<U&, Decimal>;
static_assert(kOnlyByName<Price> && kOnlyByName<Quantity> && kOnlyByName<Money> &&
              kOnlyByName<Ratio> && kOnlyByName<Rate>);

// A unit adds and compares with itself; a product names its rounding, so there is no operator.
template <class U>
constexpr bool kSum =
    CanAdd<U, U>&& CanSubtract<U, U>&& CanAccumulate<U, U>&& CanOrder<U, U>&& CanEqual<U, U> &&
    !CanMultiply<U, U> && !CanDivide<U, U> && !CanMultiply<U, int> && !CanMultiply<U, double>;
static_assert(kSum<Price> && kSum<Quantity> && kSum<Money> && kSum<Ratio> && kSum<Rate>);
static_assert(!CanMultiply<Decimal, Decimal> && !CanDivide<Decimal, Decimal> &&
              !CanAdd<Decimal, double> && !std::is_constructible_v<Decimal, double> &&
              !std::is_constructible_v<Decimal, int>);

static_assert(CanNotional<Quantity, Price> && !CanNotional<Price, Quantity> &&
              !CanNotional<Money, Price> && !CanNotional<Quantity, Ratio>);
static_assert(CanScale<Money, Ratio> && CanScale<Money, Rate> && !CanScale<Ratio, Money> &&
              !CanScale<Money, Money> && !CanScale<Money, Decimal> && !CanScale<Money, double> &&
              !CanScale<Price, Rate>);
static_assert(CanRatio<Money, Money> && CanRatio<Price, Price> && !CanRatio<Money, Price> &&
              !CanRatio<Price, Quantity>);

// A position array is a plain array of counts.
static_assert(sizeof(Money) == sizeof(Decimal) && std::is_trivially_copyable_v<Money>);
static_assert(Money::fromInteger(2) + Money::fromInteger(3) == Money::fromInteger(5));

TEST(Units, SumsAndOrderFollowTheFigures) {
    Money balance = money("100");
    balance -= money("100.000000000001");
    EXPECT_EQ(balance, money("-0.000000000001"));
    EXPECT_TRUE(balance.isNegative() && !balance.isZero() && !balance.isPositive());
    EXPECT_EQ(-balance, balance.abs());
    balance += money("0.000000000001");
    EXPECT_TRUE(balance.isZero());
    EXPECT_LT(price("64123.5"), price("64124"));
    EXPECT_EQ(price("64123.50").toString(), "64123.5");
    EXPECT_EQ(rate("-0.0001").toDouble(), -0.0001);
}

TEST(Units, RefuseTheTextThatDecimalRefuses) {
    const Result<Price> good = Price::parse("64123.5");
    ASSERT_TRUE(good);
    EXPECT_EQ(*good, price("64123.5"));
    const Result<Price> bad = Price::parse("64,123.5");
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error(), Decimal::parse("64,123.5").error());
    EXPECT_EQ(Quantity::parse("1e3").error().code, ErrorCode::Malformed);
    EXPECT_EQ(Money::parse("1000000000000001").error().code, ErrorCode::OutOfRange);
}

TEST(Units, NotionalIsSignedAsTheQuantity) {
    EXPECT_EQ(notional(quantity("2"), price("64123.5"), Round::TowardZero), money("128247"));
    EXPECT_EQ(notional(quantity("-0.5"), price("100"), Round::TowardZero), money("-50"));
    EXPECT_EQ(notional(quantity("-0.5"), price("-37.63"), Round::TowardZero), money("18.815"))
        << "negative prices exist: crude oil, 20 April 2020";
}

// Requirements round away from zero, credits toward zero: 1e-12 never goes missing unnoticed.
TEST(Units, RequirementsRoundUpAndCreditsDown) {
    struct Case {
        const char* quantity;
        const char* price;
        const char* credit;
        const char* requirement;
    };
    for (const Case& c : std::to_array<Case>({
             {"0.000001", "0.000001", "0.000000000001", "0.000000000001"},  // exact
             {"0.000001", "0.0000015", "0.000000000001", "0.000000000002"},
             {"-0.000001", "0.0000015", "-0.000000000001", "-0.000000000002"},
             {"0.0000001", "0.000001", "0", "0.000000000001"},
             {"-0.0000001", "0.000001", "0", "-0.000000000001"},
             {"0.333333333333", "3.000000000001", "0.999999999999", "1"},
         })) {
        EXPECT_EQ(notional(quantity(c.quantity), price(c.price), Round::TowardZero),
                  money(c.credit))
            << c.quantity << " at " << c.price;
        EXPECT_EQ(notional(quantity(c.quantity), price(c.price), Round::AwayFromZero),
                  money(c.requirement))
            << c.quantity << " at " << c.price;
    }
}

TEST(Units, ScalesByRatioAndByRate) {
    EXPECT_EQ(scale(money("128247"), ratioOf("0.005"), Round::AwayFromZero), money("641.235"));
    EXPECT_EQ(scale(money("-128247"), rate("0.0001"), Round::TowardZero), money("-12.8247"));
    EXPECT_EQ(scale(price("64123.5"), ratioOf("1.05"), Round::Floor), price("67329.675"));
    EXPECT_EQ(scale(quantity("-3"), ratioOf("0.25"), Round::Floor), quantity("-0.75"));
    EXPECT_EQ(scale(money("0.000000000001"), ratioOf("0.05"), Round::AwayFromZero),
              money("0.000000000001"));
    EXPECT_EQ(scale(money("0.000000000001"), ratioOf("0.05"), Round::TowardZero), Money());
    EXPECT_EQ(scale(money("-0.000000000001"), ratioOf("0.05"), Round::Floor),
              money("-0.000000000001"));
    EXPECT_EQ(scale(money("-0.000000000001"), ratioOf("0.05"), Round::Ceiling), Money());
}

TEST(Units, QuotientsNameTheirUnit) {
    EXPECT_EQ(ratio(money("1"), money("3"), Round::TowardZero), ratioOf("0.333333333333"));
    EXPECT_EQ(ratio(money("1"), money("3"), Round::AwayFromZero), ratioOf("0.333333333334"));
    EXPECT_EQ(ratio(price("104.999999999999"), price("100"), Round::AwayFromZero), ratioOf("1.05"));
    EXPECT_EQ(unitPrice(money("-50"), quantity("-0.5"), Round::TowardZero), price("100"));
    EXPECT_EQ(quantityFor(money("100"), price("64123.5"), Round::TowardZero),
              quantity("0.001559490670"));
    EXPECT_EQ(quantityFor(money("100"), price("64123.5"), Round::AwayFromZero),
              quantity("0.001559490671"));
}

TEST(Units, SharesNeverPayOutMoreThanTheSum) {
    const Money sum = money("100");
    const std::array parts{quantity("1"), quantity("1"), quantity("1")};
    Money paid, asked;
    for (const Quantity part : parts) {
        paid += share(sum, part, quantity("3"), Round::TowardZero);
        asked += share(sum, part, quantity("3"), Round::AwayFromZero);
    }
    EXPECT_EQ(paid, money("99.999999999999"));
    EXPECT_EQ(asked, money("100.000000000002"));
    EXPECT_EQ(share(sum, quantity("-2"), quantity("-2"), Round::Floor), sum);
    EXPECT_EQ(share(-sum, quantity("1"), quantity("8"), Round::Floor), money("-12.5"));
    EXPECT_EQ(share(sum, Money(), money("7"), Round::AwayFromZero), Money());
}

TEST(Units, SharesOfLargeSumsRoundOnce) {
    // The product on the way, 6.3e29, would not fit a Decimal.
    EXPECT_EQ(share(money("900000000000000"), money("700000000000000"), money("900000000000000"),
                    Round::TowardZero),
              money("700000000000000"));
    EXPECT_EQ(share(money("1"), money("1"), money("3"), Round::TowardZero),
              money("0.333333333333"));
    // Quotient first and product second would say 0.999999999999.
    EXPECT_EQ(share(money("3"), money("1"), money("3"), Round::TowardZero), money("1"));
}

}  // namespace
}  // namespace breakwater
