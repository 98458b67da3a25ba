// The layers behind own margin and the book: fund, auto-deleveraging, socialised loss.
#include <gtest/gtest.h>

#include "core/mitigation/adl.hpp"
#include "core/mitigation/fund.hpp"
#include "core/mitigation/socialise.hpp"
#include "tests/core/num/exact.hpp"
#include "tests/core/num/oracle.hpp"

namespace breakwater {
namespace {

using test::Draw;
using test::money;
using test::quantity;
using test::ratioOf;

constexpr std::uint64_t kSeed = 20251010;
const Money kUnit(Decimal::fromRaw(1));

// ---- fund -------------------------------------------------------------------------------

TEST(Fund, PaysTheDeficitOrWhatItHas) {
    EXPECT_EQ(fundDraw(money("10"), money("100")), money("10"));
    EXPECT_EQ(fundDraw(money("100"), money("10")), money("10"));
    EXPECT_EQ(fundDraw(money("10"), money("0")), money("0"));
    EXPECT_EQ(fundDraw(money("10"), money("-3")), money("0")) << "an empty fund lends nothing";
}

// ---- auto-deleveraging ------------------------------------------------------------------

TEST(AdlScore, IsProfitTimesLeverage) {
    // Half the cost in profit, three times leveraged.
    EXPECT_EQ(adlScore(money("50"), money("-100"), money("300"), money("100")), ratioOf("1.5"));
    EXPECT_EQ(adlScore(money("10"), money("100"), money("300"), money("300")), ratioOf("0.1"));
}

TEST(AdlScore, StaysInRangeAtTheBorders) {
    const Money huge(Decimal::fromRaw(static_cast<Int128>((UInt128{1} << 126))));
    const Ratio most = ratioOf("1000000000000");
    EXPECT_EQ(adlScore(huge, Money(), huge, kUnit), most) << "no cost at all";
    EXPECT_EQ(adlScore(huge, kUnit, huge, kUnit), most);
    EXPECT_EQ(adlScore(kUnit, huge, kUnit, huge), Ratio());
    EXPECT_EQ(adlScore(money("1000000"), money("1"), money("1"), money("1")), ratioOf("1000000"))
        << "at the bound";
    EXPECT_EQ(adlScore(money("999999"), money("1"), money("1"), money("1")), ratioOf("999999"));
}

AdlCandidate winner(std::uint32_t account, const char* size, const char* profit,
                    const char* score) {
    return {AccountId(account), quantity(size), money(profit), ratioOf(score)};
}

TEST(Adl, ClosesTheHighestScoresFirstTiesByAccount) {
    std::vector<AdlCandidate> ranked{winner(4, "5", "100", "2"), winner(1, "5", "100", "1"),
                                     winner(2, "5", "100", "3"), winner(3, "5", "100", "2")};
    std::sort(ranked.begin(), ranked.end(), rankBefore);
    const AdlPlan plan = planAdl(ranked, quantity("12"), money("24"));
    ASSERT_EQ(plan.takes.size(), 3u);
    EXPECT_EQ(plan.takes[0].winner, AccountId(2));
    EXPECT_EQ(plan.takes[1].winner, AccountId(3)) << "before account 4: the lower number";
    EXPECT_EQ(plan.takes[2].winner, AccountId(4));
    EXPECT_EQ(plan.takes[2].quantity, quantity("2"));
    EXPECT_EQ(plan.closed, quantity("12"));
    // The same amount a contract: 2 each.
    EXPECT_EQ(plan.takes[0].contribution, money("10"));
    EXPECT_EQ(plan.takes[1].contribution, money("10"));
    EXPECT_EQ(plan.takes[2].contribution, money("4"));
    EXPECT_EQ(plan.covered, money("24"));
}

TEST(Adl, AWinnerGivesAtMostItsProfit) {
    std::vector<AdlCandidate> ranked{winner(1, "10", "3", "2"), winner(2, "10", "500", "1")};
    const AdlPlan plan = planAdl(ranked, quantity("20"), money("100"));
    EXPECT_EQ(plan.takes[0].contribution, money("3"));
    EXPECT_EQ(plan.takes[1].contribution, money("50")) << "its own share, not the other's too";
    EXPECT_EQ(plan.covered, money("53")) << "the rest passes to the next layer";
}

TEST(Adl, SplitsAnIndivisibleDeficitToTheLastUnit) {
    std::vector<AdlCandidate> ranked{winner(1, "1", "9", "3"), winner(2, "1", "9", "2"),
                                     winner(3, "1", "9", "1")};
    const AdlPlan plan = planAdl(ranked, quantity("3"), money("1"));
    EXPECT_EQ(plan.takes[0].contribution, money("0.333333333334"));
    EXPECT_EQ(plan.takes[1].contribution, money("0.333333333334"));
    EXPECT_EQ(plan.takes[2].contribution, money("0.333333333332"));
    EXPECT_EQ(plan.covered, money("1"));
}

TEST(Adl, UsesUpItsRankingSoThatTheNextBankruptFindsWhatIsLeft) {
    std::vector<AdlCandidate> ranked{winner(1, "10", "100", "2"), winner(2, "10", "100", "1")};
    planAdl(ranked, quantity("7"), money("7"));
    EXPECT_EQ(ranked[0].quantity, quantity("3"));
    EXPECT_EQ(ranked[0].profit, money("30"));
    const AdlPlan next = planAdl(ranked, quantity("5"), money("0"));
    EXPECT_EQ(next.takes[0].quantity, quantity("3"));
    EXPECT_EQ(next.takes[1].quantity, quantity("2"));
    const AdlPlan last = planAdl(ranked, quantity("99"), money("0"));
    EXPECT_EQ(last.closed, quantity("8")) << "no more than there is";
}

TEST(Adl, NobodyGoesBeyondFlatAndSumsAreExact) {
    SCOPED_TRACE(kSeed);
    Draw draw(kSeed);
    for (int i = 0; i < 20'000; ++i) {
        std::vector<AdlCandidate> ranked;
        Quantity open;
        for (int n = draw.between(0, 8); n > 0; --n) {
            AdlCandidate c;
            c.account = AccountId(static_cast<std::uint32_t>(n));
            c.quantity = Quantity(Decimal::fromRaw(draw.number(draw.between(1, 60))).abs());
            c.profit = Money(Decimal::fromRaw(draw.number(draw.between(1, 60))).abs());
            c.score = Ratio(Decimal::fromInteger(draw.between(1, 4)));
            open += c.quantity;
            ranked.push_back(c);
        }
        std::sort(ranked.begin(), ranked.end(), rankBefore);
        const std::vector<AdlCandidate> before = ranked;
        const Quantity wanted(Decimal::fromRaw(draw.number(draw.between(1, 62))).abs());
        const Money deficit(Decimal::fromRaw(draw.number(draw.between(1, 62))).abs());
        const AdlPlan plan = planAdl(ranked, wanted, deficit);
        Quantity closed;
        Money covered;
        for (std::size_t t = 0; t < plan.takes.size(); ++t) {
            ASSERT_EQ(plan.takes[t].winner, before[t].account) << "in order of score";
            ASSERT_TRUE(plan.takes[t].quantity.isPositive());
            ASSERT_LE(plan.takes[t].quantity, before[t].quantity) << "beyond flat";
            ASSERT_LE(plan.takes[t].contribution, before[t].profit);
            ASSERT_FALSE(plan.takes[t].contribution.isNegative());
            closed += plan.takes[t].quantity;
            covered += plan.takes[t].contribution;
        }
        ASSERT_EQ(closed, std::min(wanted, open));
        ASSERT_EQ(plan.closed, closed);
        ASSERT_EQ(plan.covered, covered);
        ASSERT_LE(plan.covered, deficit);
    }
}

// ---- socialised loss --------------------------------------------------------------------

TEST(SocialisedLoss, EverybodyGivesTheSameShareOfEquity) {
    const std::vector<Payer> payers{
        {AccountId(1), money("600")}, {AccountId(2), money("300")}, {AccountId(3), money("100")}};
    const SocialisedPlan plan = planSocialised(payers, money("50"));
    EXPECT_EQ(plan.payersEquity, money("1000"));
    EXPECT_EQ(plan.shares[0].amount, money("30"));
    EXPECT_EQ(plan.shares[1].amount, money("15"));
    EXPECT_EQ(plan.shares[2].amount, money("5"));
    EXPECT_EQ(plan.collected, money("50"));
    EXPECT_EQ(plan.covered, money("50"));
}

TEST(SocialisedLoss, TakesNoMoreThanThereIs) {
    const std::vector<Payer> payers{{AccountId(1), money("6")}, {AccountId(2), money("3")}};
    const SocialisedPlan plan = planSocialised(payers, money("50"));
    EXPECT_EQ(plan.covered, money("9"));
    EXPECT_EQ(plan.shares[0].amount, money("6"));
    EXPECT_EQ(plan.shares[1].amount, money("3"));
    EXPECT_EQ(planSocialised({}, money("50")).covered, Money());
    EXPECT_TRUE(planSocialised({}, money("50")).shares.empty());
}

TEST(SocialisedLoss, CollectsAtLeastTheLossAndLessThanAUnitAPayerMore) {
    SCOPED_TRACE(kSeed);
    Draw draw(kSeed);
    for (int i = 0; i < 20'000; ++i) {
        std::vector<Payer> payers;
        for (int n = draw.between(1, 12); n > 0; --n) {
            payers.push_back({AccountId(static_cast<std::uint32_t>(n)),
                              Money(Decimal::fromRaw(draw.number(draw.between(1, 70))).abs())});
        }
        const Money loss(Decimal::fromRaw(draw.number(draw.between(1, 72))).abs());
        const SocialisedPlan plan = planSocialised(payers, loss);
        Money collected;
        ASSERT_EQ(plan.shares.size(), payers.size());
        for (std::size_t p = 0; p < payers.size(); ++p) {
            ASSERT_EQ(plan.shares[p].account, payers[p].account);
            ASSERT_LE(plan.shares[p].amount, payers[p].equity);
            ASSERT_FALSE(plan.shares[p].amount.isNegative());
            collected += plan.shares[p].amount;
        }
        ASSERT_EQ(plan.collected, collected);
        ASSERT_EQ(plan.covered, std::min(loss, plan.payersEquity));
        ASSERT_GE(plan.collected, plan.covered);
        ASSERT_LT(plan.collected - plan.covered,
                  Money(Decimal::fromRaw(static_cast<Int128>(payers.size()))));
    }
}

}  // namespace
}  // namespace breakwater
