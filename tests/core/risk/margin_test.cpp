#include "core/risk/margin.hpp"

#include <gtest/gtest.h>

#include "tests/core/market/sample_market.hpp"
#include "tests/core/num/oracle.hpp"

namespace breakwater {
namespace {

using test::Draw;
using test::leg;
using test::marketAt;
using test::money;
using test::ratioOf;

constexpr Decimal kUnit = Decimal::fromRaw(1);  // 1e-12

TEST(Requirement, FollowsItsTierAndIsContinuousAtEveryEdge) {
    struct Case {
        const char* size;
        const char* maintenance;
        const char* initial;
    };
    for (const Case& c : std::vector<Case>{
             {"0", "0", "0"},
             {"50000", "500", "1000"},    // 1 % and 2 %
             {"100000", "1000", "2000"},  // the edge belongs to the lower tier
             {"100001", "1000.025", "2000.05"},
             {"200000", "3500", "7000"},  // 2.5 % - 1,500; 5 % - 3,000
             {"1000000", "23500", "47000"},
             {"1000001", "23500.05", "47000.1"},
             {"2000000", "73500", "147000"},      // 5 % - 26,500; 10 % - 53,000
             {"50000000", "2473500", "4947000"},  // beyond the last edge: the last tier
         }) {
        const Requirement need = requirementOf(test::threeTiers(), money(c.size));
        EXPECT_EQ(need.maintenance, money(c.maintenance)) << c.size;
        EXPECT_EQ(need.initial, money(c.initial)) << c.size;
    }
}

TEST(Requirement, RoundsAwayFromZero) {
    // 1 % of one unit is a hundredth of a unit: it takes the whole one.
    const Requirement need = requirementOf(test::threeTiers(), Money(kUnit));
    EXPECT_EQ(need.maintenance, Money(kUnit));
    EXPECT_EQ(need.initial, Money(kUnit));
}

TEST(Requirement, NeverFallsAndNeverJumpsAsTheLegGrows) {
    const std::vector<MarginTier> tiers = test::threeTiers();
    Draw draw(20251010);
    for (int i = 0; i < 50'000; ++i) {
        const Money size(Decimal::fromRaw(draw.number(draw.between(1, 65))).abs());
        const Money more = size + Money(kUnit);
        const Requirement a = requirementOf(tiers, size), b = requirementOf(tiers, more);
        ASSERT_GE(b.maintenance, a.maintenance) << size.toString();
        ASSERT_LE(b.maintenance, a.maintenance + Money(Decimal::fromRaw(2))) << size.toString();
        ASSERT_GE(b.initial, a.initial);
        ASSERT_GE(a.initial.value(),
                  Decimal::multiply(a.maintenance.value(), test::dec("1.2"), Round::Floor));
    }
}

TEST(Margin, AddsUpALongAndAShortByHand) {
    const std::vector<Market> markets{marketAt(0, "2000"), marketAt(1, "50")};
    // 30 long bought at 2,100; 1,000 short sold at 48; 12,000 in cash.
    const std::vector<Leg> legs{leg(0, "30", "63000"), leg(1, "-1000", "-48000")};
    const Margin margin = evaluateMargin(money("12000"), legs, markets);
    EXPECT_EQ(margin.equity, money("7000"));       // 12,000 - 3,000 - 2,000
    EXPECT_EQ(margin.gross, money("110000"));      // 60,000 + 50,000
    EXPECT_EQ(margin.maintenance, money("1100"));  // 1 % of each
    EXPECT_EQ(margin.initial, money("2200"));
}

TEST(Margin, RoundsAgainstTheAccount) {
    const std::vector<Market> markets{marketAt(0, "0.3")};
    // One unit of contracts at 0.3: worth 0.3 units. A long owns 0, a short owes 1; each needs 1.
    const Margin isLong =
        evaluateMargin(Money(), std::vector{leg(0, "0.000000000001", "0")}, markets);
    const Margin isShort =
        evaluateMargin(Money(), std::vector{leg(0, "-0.000000000001", "0")}, markets);
    EXPECT_EQ(isLong.equity, Money());
    EXPECT_EQ(isLong.gross, Money(kUnit));
    EXPECT_EQ(isShort.equity, Money(-kUnit));
    EXPECT_EQ(isShort.gross, Money(kUnit));
    EXPECT_EQ(isShort.maintenance, Money(kUnit));
}

TEST(Collateral, HaircutsWhatIsOwnedAndNothingThatIsOwed) {
    AccountBook accounts;
    const AccountId id = accounts.open("a", AccountTag::Client);
    const std::vector<CollateralAsset> assets{
        {"USD", Ratio()}, {"USDC", ratioOf("0.02")}, {"ETH", ratioOf("0.1")}};
    accounts.edit(id).cash = money("100");
    accounts.addSideBalance(id, AssetId(1), money("50"));   // 49
    accounts.addSideBalance(id, AssetId(2), money("-10"));  // -10, not softened
    EXPECT_EQ(collateralValue(accounts, id, assets), money("139"));
    accounts.addSideBalance(id, AssetId(2), Money(Decimal::fromRaw(10'000'000'000'001)));
    EXPECT_EQ(collateralValue(accounts, id, assets), money("149")) << "0.9 of one unit is nothing";
}

TEST(Band, EachThresholdBelongsToTheBetterSide) {  // initial 200, maintenance 100, warning 1.1
    const auto judge = [](const char* equity) {
        return bandOf(Margin{money(equity), money("200"), money("100"), {}}, ratioOf("1.1"));
    };
    EXPECT_EQ(judge("200"), HealthBand::Healthy);
    EXPECT_EQ(judge("199.999999999999"), HealthBand::BelowInitial);
    EXPECT_EQ(judge("110"), HealthBand::BelowInitial);
    EXPECT_EQ(judge("109.999999999999"), HealthBand::Warning);
    EXPECT_EQ(judge("100"), HealthBand::Warning);
    EXPECT_EQ(judge("99.999999999999"), HealthBand::BelowMaintenance);
    EXPECT_EQ(judge("0"), HealthBand::BelowMaintenance);
    EXPECT_EQ(judge("-0.000000000001"), HealthBand::BelowZero);
}

TEST(Band, AnAccountWithoutLegsAndDebtIsHealthy) {
    EXPECT_EQ(bandOf(Margin{}, ratioOf("1.1")), HealthBand::Healthy);
    EXPECT_EQ(bandOf(Margin{money("-1"), {}, {}, {}}, ratioOf("1.1")), HealthBand::BelowZero);
}

TEST(Band, TheWarningThresholdRoundsTowardWarning) {
    // 1.1 x one unit is 1.1 units; equity of one unit is below it.
    const Margin margin{Money(kUnit), Money(kUnit), Money(kUnit), {}};
    EXPECT_EQ(bandOf(margin, ratioOf("1.1")), HealthBand::Warning);
}

}  // namespace
}  // namespace breakwater
