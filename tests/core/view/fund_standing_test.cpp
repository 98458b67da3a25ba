#include "core/view/fund_standing.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "core/view/test_venue.hpp"

namespace breakwater::view {
namespace {

using test::TestVenue;

double paysOf(const Waterfall& waterfall, LayerKind kind) {
    return waterfall.layers[static_cast<std::size_t>(kind)].pays;
}

class FundStandingTest : public ::testing::Test {
protected:
    QueueReport report() {
        Board board;
        board.snapshot = m_venue.project();
        board.scan = std::make_shared<const VenueScan>(scan(*board.snapshot));
        return queueReport(board);
    }
    TestVenue m_venue;
};

TEST_F(FundStandingTest, CalmFundIsAllAvailable) {
    m_venue.capital(1e6);
    m_venue.tick();
    const FundStanding fund = report().fund;
    EXPECT_EQ(fund.booked, 1e6);
    EXPECT_EQ(fund.available, 1e6);
    EXPECT_EQ(fund.committed, 0);
    EXPECT_EQ(fund.session.loss, 0);
    EXPECT_EQ(fund.now.loss, 0);
    ASSERT_EQ(fund.now.layers.size(), 6u);
    for (std::size_t i = 0; i < 6; ++i) {
        EXPECT_EQ(static_cast<std::size_t>(fund.now.layers[i].kind), i);
        EXPECT_FALSE(fund.now.layers[i].condition.empty());
        EXPECT_FALSE(fund.now.layers[i].isOpen);
    }
}

TEST_F(FundStandingTest, ALossGoesDownTheLayers) {
    m_venue.capital(100'000);
    m_venue.openEth(-600'000, 400'000);
    m_venue.openEth(2e6, 150'000);
    m_venue.ticks(2);
    m_venue.moveEth(-0.05);
    m_venue.ticks(2);
    m_venue.moveEth(-0.20);
    m_venue.ticks(2);
    const QueueReport now = report();
    const FundStanding& fund = now.fund;
    const Tally& tally = now.snapshot->tally;
    // 400,000 of loss: about 50,000 of margin were left when it began, 100,000 the fund had.
    EXPECT_NEAR(paysOf(fund.session, LayerKind::OwnMargin), 50'000, 1);
    EXPECT_EQ(paysOf(fund.session, LayerKind::Fund), 100'000);
    EXPECT_EQ(paysOf(fund.session, LayerKind::Adl), tally.adlContribution.toDouble());
    EXPECT_GT(tally.adlContribution, Money());
    EXPECT_EQ(paysOf(fund.session, LayerKind::Socialised), 0) << "winners could pay";
    EXPECT_NEAR(fund.session.loss, 300'000, 1) << "from -5 % to -20 % of 2 M";
    EXPECT_EQ(fund.available, 0);
    EXPECT_EQ(fund.session.layers[2].left(), 0.0);
    EXPECT_TRUE(fund.marginIsWhole);
}

TEST_F(FundStandingTest, OpenDefaultsCommitTheFund) {
    m_venue.capital(1e6);
    m_venue.openEth(2e6, 150'000);
    m_venue.ticks(2);
    m_venue.moveEth(-0.05);
    m_venue.tick();
    EXPECT_EQ(report().fund.openDefaults, 0u);
    EXPECT_EQ(report().fund.committed, 0);
    m_venue.moveEth(-0.10);
    m_venue.tick();
    BookObserved book;
    book.instrument = TestVenue::kEth;
    book.bidDepth = test::money(1e6);
    m_venue.feed(book);
    const FundStanding fund = report().fund;
    EXPECT_EQ(fund.openDefaults, 1u);
    // Equity is zero after the fund paid; 1.8 M into 1 M within 1 % costs 0.9 % on average.
    EXPECT_NEAR(fund.committed, 1.8e6 * 0.009, 1);
    EXPECT_NEAR(fund.available, fund.booked - fund.committed, 1e-6);
    EXPECT_NEAR(paysOf(fund.now, LayerKind::Fund), fund.committed, 1e-6);
    EXPECT_TRUE(fund.now.layers[2].isOpen);
}

TEST_F(FundStandingTest, NowAddsUpToTheCostOfClosing) {
    m_venue.capital(5'000);
    m_venue.openEth(2e6, 150'000);
    m_venue.ticks(2);
    m_venue.moveEth(-0.05);
    m_venue.tick();
    BookObserved book;
    book.instrument = TestVenue::kEth;
    book.bidDepth = test::money(200'000);
    m_venue.feed(book);
    const QueueReport now = report();
    const double cost = costOf(1.9e6, 200'000);
    EXPECT_NEAR(now.fund.now.loss, cost, 1);
    EXPECT_NEAR(paysOf(now.fund.now, LayerKind::OwnMargin), 50'000, 1);
    EXPECT_NEAR(paysOf(now.fund.now, LayerKind::Fund), 5'000, 1e-6);
    EXPECT_NEAR(paysOf(now.fund.now, LayerKind::Adl), cost - 55'000, 1) << "the maker's profit";
    EXPECT_EQ(paysOf(now.fund.now, LayerKind::Uncovered), 0);
}

TEST_F(FundStandingTest, TakersAreLiquidatorsAndWhoTook) {
    m_venue.open(50'000, {}, AccountTag::Liquidator, "liquidator-01");
    m_venue.openEth(1e6, 40'000);
    m_venue.ticks(2);
    m_venue.moveEth(-0.02);
    m_venue.tick();
    EXPECT_EQ(report().takers.size(), 1u);
    EXPECT_EQ(report().takers[0].free, 50'000);
    const Liquidation& running = m_venue.state().liquidations.begin()->second;
    m_venue.feed(LiquidationFill{running.id, TestVenue::kMaker, running.remaining,
                                 m_venue.state().markets[0].mark});
    const auto takers = report().takers;
    ASSERT_EQ(takers.size(), 2u);
    EXPECT_EQ(takers[0].account, TestVenue::kMaker);
    EXPECT_EQ(takers[0].tag, AccountTag::Maker);
    EXPECT_EQ(takers[0].flow.fills, 1u);
}

}  // namespace
}  // namespace breakwater::view
