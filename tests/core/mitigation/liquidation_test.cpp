#include "core/mitigation/liquidation.hpp"

#include <gtest/gtest.h>

#include "tests/core/market/sample_market.hpp"
#include "tests/core/num/oracle.hpp"

namespace breakwater {
namespace {

using test::Draw;
using test::leg;
using test::marketAt;
using test::money;
using test::price;
using test::quantity;
using test::ratioOf;

constexpr std::uint64_t kSeed = 20251010;

Profile terms() {
    Profile profile;
    profile.targetHealth = ratioOf("1.25");
    profile.stepFraction = ratioOf("0.2");
    profile.smallLeg = money("1000");
    profile.liquidationFee = ratioOf("0.005");
    return profile;
}

// ---- bankruptcy price -------------------------------------------------------------------

TEST(BankruptcyPrice, IsWhereEquityEndsRoundedToTheTickInTheAccountsFavour) {
    const Market market = marketAt(0, "100");  // tick 0.01
    struct Case {
        const char* quantity;
        const char* equity;
        const char* price;
    };
    for (const Case& c : std::vector<Case>{
             {"10", "50", "95"},      // a long may lose 5 a contract
             {"-10", "50", "105"},    // so may a short
             {"3", "10", "96.67"},    // 96.666...: sells no lower
             {"-3", "10", "103.33"},  // buys no higher
             {"10", "0", "100"},
             {"10", "2000", "0.01"},                         // cannot lose it all: one tick
             {"0.000000000001", "900000000000000", "0.01"},  // dust beside a fortune
             {"-0.000000000001", "900000000000000", "1000000000100"},
         }) {
        EXPECT_EQ(bankruptcyPrice(leg(0, c.quantity, "0"), money(c.equity), market), price(c.price))
            << c.quantity;
    }
}

TEST(BankruptcyPrice, TheWholeLegSoldThereLeavesNoDebt) {
    SCOPED_TRACE(kSeed);
    Draw draw(kSeed);
    const std::vector<Market> markets{marketAt(0, "1234.56")};
    for (int i = 0; i < 20'000; ++i) {
        const Quantity size(Decimal::fromRaw(draw.number(draw.between(30, 52))));
        const Leg held{InstrumentId(0), size, notional(size, price("1234.56"), Round::TowardZero)};
        const Money equity(Decimal::fromRaw(draw.number(draw.between(1, 60))).abs());
        const Price limit = bankruptcyPrice(held, equity, markets[0]);
        if (limit == price("0.01")) continue;
        const Money proceeds = notional(size, limit, Round::TowardZero) -
                               notional(size, markets[0].mark, Round::Floor);
        ASSERT_GE(equity + proceeds, Money(Decimal::fromRaw(-1)))
            << size.toString() << " at " << limit.toString();
        // And it is no more careful than a tick asks for.
        const Price worse = size.isPositive() ? limit - price("0.01") : limit + price("0.01");
        const Money there =
            notional(size, worse, Round::Floor) - notional(size, markets[0].mark, Round::Floor);
        ASSERT_LE(equity + there, Money(Decimal::fromRaw(2)));
    }
}

// ---- minimal close ----------------------------------------------------------------------

struct Case {
    std::vector<Market> markets;
    std::vector<Leg> legs;
    Money collateral;
};

// An account below its target health with equity left, its first leg anywhere in the tiers.
Case drawn(Draw& draw) {
    Case c;
    c.markets = {marketAt(0, "2000"), marketAt(1, "50")};
    for (std::uint16_t m = 0; m < 2; ++m) {
        const Quantity size(Decimal::toMultiple(Decimal::fromRaw(draw.number(draw.between(40, 50))),
                                                test::dec("0.001"), Round::AwayFromZero));
        c.legs.push_back(
            {InstrumentId(m), size, notional(size, c.markets[m].mark, Round::TowardZero)});
    }
    const Margin margin = evaluateMargin(Money(), c.legs, c.markets);
    const Ratio health(Decimal::fromInteger(draw.between(0, 1'249)));
    const Money equity(Decimal::mulDiv(margin.maintenance.value(), health.value(),
                                       Decimal::fromInteger(1'000), Round::Ceiling));
    c.collateral = equity - margin.equity;
    return c;
}

Margin afterClose(const Case& c, Quantity closing, Money fee) {  // at the mark
    std::vector<Leg> legs = c.legs;
    Leg& first = legs[0];
    const Quantity rest =
        first.quantity.isPositive() ? first.quantity - closing : first.quantity + closing;
    first.cost = notional(rest, c.markets[0].mark, Round::TowardZero);
    first.quantity = rest;
    if (rest.isZero()) legs.erase(legs.begin());
    return evaluateMargin(c.collateral - fee, legs, c.markets);
}

TEST(MinimalClose, RestoresTheTargetHealthWhenFilledAtTheMarkFeesIncluded) {
    SCOPED_TRACE(kSeed);
    Draw draw(kSeed);
    const Profile profile = terms();
    int partial = 0;
    for (int i = 0; i < 20'000; ++i) {
        const Case c = drawn(draw);
        const Margin before = evaluateMargin(c.collateral, c.legs, c.markets);
        const Quantity closing = minimalClose(c.legs[0], before, c.markets[0], profile.targetHealth,
                                              profile.liquidationFee);
        ASSERT_LE(closing, c.legs[0].quantity.abs());
        if (closing == c.legs[0].quantity.abs()) continue;  // nothing less would do
        ++partial;
        const Money fee = scale(notional(closing, c.markets[0].mark, Round::Ceiling),
                                profile.liquidationFee, Round::AwayFromZero);
        const Margin after = afterClose(c, closing, fee);
        ASSERT_GE(after.equity, scale(after.maintenance, profile.targetHealth, Round::Floor))
            << "case " << i;
    }
    EXPECT_GT(partial, 2'000);
}

TEST(MinimalClose, ByHandInTheFirstTier) {
    // 40 long at 2,000 = 80,000: maintenance 800. Equity 790, target 1.25: missing 210.
    // A contract frees 1.25 x 1 % - 0.5 % = 0.75 % of 2,000 = 15: 14 contracts.
    const Margin margin{money("790"), money("1600"), money("800"), money("80000")};
    EXPECT_EQ(minimalClose(leg(0, "40", "80000"), margin, marketAt(0, "2000"), ratioOf("1.25"),
                           ratioOf("0.005")),
              quantity("14"));
}

TEST(MinimalClose, RoundsUpToTheLotAndKnowsItsLimits) {
    const Market market = marketAt(0, "2000");  // lot 0.001
    const auto close = [&](const char* equity, const char* fee) {
        return minimalClose(leg(0, "40", "80000"),
                            Margin{money(equity), money("1600"), money("800"), money("80000")},
                            market, ratioOf("1.25"), ratioOf(fee));
    };
    EXPECT_EQ(close("790.001", "0.005"), quantity("14")) << "13.99993 contracts are 14.000 lots";
    EXPECT_EQ(close("999.999", "0.005"), quantity("0.001"));
    EXPECT_EQ(close("1000", "0.005"), quantity("0")) << "already at target";
    EXPECT_EQ(close("0", "0.005"), quantity("40")) << "nothing less than the whole leg";
    EXPECT_EQ(close("790", "0.0125"), quantity("40")) << "every close costs what it frees";
}

// ---- the step ---------------------------------------------------------------------------

const std::vector<bool> kAllTrade{true, true, true};

TEST(LiquidationStep, TakesTheLegWithTheLargestMaintenance) {
    const std::vector<Market> markets{marketAt(0, "2000"), marketAt(1, "50"), marketAt(2, "1")};
    // 20,000 at 1 %; 150,000 in the second tier (2,250); 90,000 at 1 %.
    const std::vector<Leg> legs{leg(0, "10", "20000"), leg(1, "-3000", "-150000"),
                                leg(2, "90000", "90000")};
    const Margin margin{money("3300"), money("6000"), money("3350"), money("260000")};
    auto plan = planStep({}, legs, margin, false, markets, kAllTrade, terms());
    ASSERT_TRUE(plan);
    EXPECT_EQ(plan->instrument, InstrumentId(1));
    EXPECT_TRUE(plan->quantity.isPositive()) << "a short is bought back";

    plan = planStep({}, legs, margin, false, markets, {true, false, true}, terms());
    EXPECT_EQ(plan->instrument, InstrumentId(2)) << "of the legs that may trade";
    EXPECT_FALSE(planStep({}, legs, margin, false, markets, {false, false, false}, terms()));
}

// 100 contracts at 2,000 = 200,000 in the second tier: maintenance 3,500.
struct Pace {
    std::vector<Market> markets{marketAt(0, "2000")};
    std::vector<Leg> legs{leg(0, "100", "200000")};
    Liquidation running;

    StepPlan plan(const char* equity, bool fundBehind = false, const Profile& profile = terms()) {
        const Margin margin = evaluateMargin(money(equity), legs, markets);
        return planStep(running, legs, margin, fundBehind, markets, kAllTrade, profile).value();
    }
};

TEST(LiquidationStep, ClosesAtMostTheProfilesShareOfTheLegAsItWas) {
    Pace pace;
    EXPECT_EQ(pace.plan("3000").quantity, quantity("-20"));
    EXPECT_EQ(pace.plan("3000").legAtStart, quantity("100"));
    // Later steps measure the share on the leg as it was when its first order was placed.
    pace.running.steps = 2;
    pace.running.legAtStart = quantity("100");
    pace.legs = {leg(0, "60", "120000")};  // maintenance 1,500
    EXPECT_EQ(pace.plan("1200").quantity, quantity("-20"));
    EXPECT_EQ(pace.plan("1200").legAtStart, quantity("100"));
}

TEST(LiquidationStep, ClosesNoMoreThanRestoresTheTarget) {
    Pace pace;
    // Target 4,375; missing 10; a contract frees 1.25 x 1.75 % - 0.5 % of 2,000 = 33.75.
    EXPECT_EQ(pace.plan("4365").quantity, quantity("-0.297"));
}

TEST(LiquidationStep, TakesASmallLegWhole) {
    Pace pace;
    pace.legs = {leg(0, "0.5", "1000")};  // notional 1,000, maintenance 10
    EXPECT_EQ(pace.plan("9").quantity, quantity("-0.5"));
    pace.legs = {leg(0, "0.501", "1002")};
    EXPECT_LT(pace.plan("9").quantity.abs(), quantity("0.5")) << "just above the small leg";
}

TEST(LiquidationStep, IsUrgentBelowTwoThirdsOfMaintenance) {
    Pace pace;
    EXPECT_EQ(pace.plan("2333.333333333334").quantity, quantity("-20")) << "two thirds: in steps";
    EXPECT_EQ(pace.plan("2333.333333333333").quantity, quantity("-100")) << "below: at once";
}

TEST(LiquidationStep, HasTheBankruptcyPriceAsLimitUntilTheFundStandsBehind) {
    Pace pace;
    const StepPlan own = pace.plan("3000");
    EXPECT_TRUE(own.hasLimit);
    EXPECT_EQ(own.limit, price("1970"));  // 3,000 / 100 contracts
    const StepPlan funds = pace.plan("3000", true);
    EXPECT_FALSE(funds.hasLimit);
    EXPECT_EQ(funds.quantity, quantity("-100")) << "the fund's risk is closed at once";
}

TEST(LiquidationStep, NeverOrdersLessThanALotOrMoreThanTheLeg) {
    SCOPED_TRACE(kSeed);
    Draw draw(kSeed);
    for (int i = 0; i < 20'000; ++i) {
        Case c = drawn(draw);
        const Margin margin = evaluateMargin(c.collateral, c.legs, c.markets);
        Profile profile = terms();
        profile.stepFraction = Ratio(Decimal::fromRaw(draw.number(draw.between(1, 39))).abs());
        const auto plan = planStep({}, c.legs, margin, false, c.markets, kAllTrade, profile);
        ASSERT_TRUE(plan);
        const Leg& ordered = c.legs[plan->instrument.value()];
        ASSERT_NE(plan->quantity.isNegative(), ordered.quantity.isNegative());
        ASSERT_LE(plan->quantity.abs(), ordered.quantity.abs());
        ASSERT_GE(plan->quantity.abs(), std::min(quantity("0.001"), ordered.quantity.abs()));
    }
}

}  // namespace
}  // namespace breakwater
