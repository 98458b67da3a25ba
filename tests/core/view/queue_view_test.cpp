#include "core/view/queue_view.hpp"

#include <gtest/gtest.h>

#include "core/view/test_venue.hpp"

namespace breakwater::view {
namespace {

using test::TestVenue;

class QueueViewTest : public ::testing::Test {
protected:
    QueueViewTest() { m_venue.capital(1e6); }
    AccountId begin(double size, double equity, double move = -0.02) {
        const AccountId account = m_venue.openEth(size, equity);
        m_venue.ticks(2);
        m_venue.moveEth(move);
        m_venue.tick();
        return account;
    }
    void book(double bids, double asks) {
        BookObserved book;
        book.instrument = TestVenue::kEth;
        book.bidDepth = test::money(bids);
        book.askDepth = test::money(asks);
        m_venue.feed(book);
    }
    void fill(double share) {
        const Liquidation& running = m_venue.state().liquidations.begin()->second;
        m_venue.feed(LiquidationFill{running.id, TestVenue::kMaker,
                                     test::quantity(running.remaining.toDouble() * share),
                                     m_venue.state().markets[0].mark});
    }
    QueueView queue() {
        m_snapshot = m_venue.project();
        return queueOf(*m_snapshot);
    }
    QueueRow row() {
        const QueueView view = queue();
        EXPECT_EQ(view.rows.size(), 1u);
        return view.rows.empty() ? QueueRow() : view.rows[0];
    }

    TestVenue m_venue;
    std::shared_ptr<const Snapshot> m_snapshot;
};

TEST_F(QueueViewTest, NothingRuns) {
    const QueueView view = queue();
    EXPECT_TRUE(view.rows.empty());
    EXPECT_EQ(view.trend, BacklogTrend::Empty);
    EXPECT_FALSE(view.minutesToClear);
    EXPECT_FALSE(view.oldestStuck);
}

TEST_F(QueueViewTest, AnOrderStandsThenHasNoBidThenIsStuck) {
    begin(1e6, 40'000);
    QueueRow fresh = row();
    EXPECT_EQ(fresh.state, QueueState::OrderStands);
    EXPECT_FALSE(fresh.isStuck);
    EXPECT_TRUE(fresh.hasLimit);
    EXPECT_EQ(fresh.steps, 1u);
    // 20,000 of equity under 980,000 of notional.
    EXPECT_NEAR(fresh.limitGap, -20'000 / 980'000.0, 1e-4);
    m_venue.ticks(2);
    EXPECT_EQ(row().state, QueueState::NoBid);
    EXPECT_FALSE(row().isStuck);
    m_venue.ticks(7);
    EXPECT_FALSE(row().isStuck);
    m_venue.tick();
    const QueueRow stuck = row();
    EXPECT_TRUE(stuck.isStuck);
    EXPECT_EQ(stuck.why, "no bid at 3,840.00 or better");
    EXPECT_FALSE(stuck.advice.empty());
    EXPECT_EQ(queue().oldestStuck, QueueView::kStuckAfter);
    fill(0.5);
    EXPECT_EQ(row().state, QueueState::OrderStands);
    EXPECT_EQ(queue().stuck, 0u);
    fill(1);
    EXPECT_EQ(row().state, QueueState::NextStep);
    EXPECT_EQ(row().stateSince, m_venue.now());
}

TEST_F(QueueViewTest, AShortIsOfferedNothing) {
    begin(-1e6, 40'000, 0.02);
    m_venue.ticks(3);
    EXPECT_NE(row().why.find("no offer at "), std::string::npos) << row().why;
    EXPECT_GT(row().limitGap, 0);
    EXPECT_GT(row().impact, 0);
}

TEST_F(QueueViewTest, ABlindIndexAndAStoppedMarketAreStuckAtOnce) {
    begin(1e6, 40'000);
    m_venue.command(BreakerLevel::Stop, Duration::minutes(4), {TestVenue::kEth});
    m_venue.tick();
    const QueueRow stopped = row();
    EXPECT_EQ(stopped.state, QueueState::Stopped);
    EXPECT_TRUE(stopped.isStuck);
    EXPECT_TRUE(stopped.why.starts_with("ETH-PERP stopped by officer-1 until 20:0")) << stopped.why;
    const Instant before = m_venue.now();
    m_venue.silence(5);
    m_venue.ticks(7);
    const QueueRow blind = row();
    EXPECT_EQ(blind.state, QueueState::Blind) << "the engine looks at the index first";
    EXPECT_EQ(blind.why, "ETH index blind, 0 of 3 sources");
    EXPECT_GT(blind.stateSince, before);
    EXPECT_LT(blind.stateSince, m_venue.now());
}

TEST_F(QueueViewTest, ADeficitWaitsWhileItsMarketIsStopped) {
    begin(1e6, 40'000);
    m_venue.command(BreakerLevel::Stop, Duration::minutes(4), {TestVenue::kEth});
    m_venue.moveEth(-0.10);
    m_venue.ticks(2);
    const QueueRow waits = row();
    EXPECT_EQ(waits.state, QueueState::Stopped);
    EXPECT_LT(waits.equity, 0);
    EXPECT_TRUE(waits.isUnderwater);
    EXPECT_TRUE(waits.why.ends_with("the deficit waits")) << waits.why;
    EXPECT_EQ(queue().underwater, 1u);
}

TEST_F(QueueViewTest, TheFundStandsBehindAndNobodyTakesIt) {
    begin(1e6, 40'000);
    m_venue.moveEth(-0.10);
    m_venue.tick();
    const QueueRow behind = row();
    EXPECT_EQ(behind.state, QueueState::FundBehind);
    EXPECT_TRUE(behind.isUnderwater);
    EXPECT_FALSE(behind.hasLimit);
    EXPECT_EQ(behind.stateSince, m_venue.now());
    EXPECT_FALSE(behind.isStuck);
    m_venue.ticks(11);
    EXPECT_TRUE(row().isStuck);
}

TEST_F(QueueViewTest, ShortfallIsTheBooksCostBeyondEquity) {
    book(1e6, 1e6);
    begin(1e6, 40'000);
    // 980,000 against 1 M within 1 %: the price moves 0.98 %, 0.49 % on average.
    const QueueRow shallow = row();
    EXPECT_NEAR(shallow.impact, -0.0098, 1e-9);
    EXPECT_EQ(shallow.shortfall, 0);
    book(100'000, 1e6);
    const QueueRow deep = row();
    EXPECT_NEAR(deep.impact, -0.098, 1e-9);
    EXPECT_NEAR(deep.shortfall, 980'000 * 0.049 - 20'000, 1);
    const QueueView view = queue();
    EXPECT_NEAR(view.shortfall, deep.shortfall, 1e-9);
    EXPECT_EQ(view.committed, 0) << "not an open default yet";
    EXPECT_EQ(committedNow(*m_snapshot), 0);
    book(0, 0);
    EXPECT_NEAR(row().impact, -0.5, 1e-12) << "no book: half the price, no more";
    EXPECT_FALSE(row().hasDepth);
    m_venue.moveEth(-0.10);
    m_venue.tick();
    EXPECT_GT(queue().committed, 0);
    EXPECT_EQ(committedNow(*m_snapshot), queue().committed);
}

TEST_F(QueueViewTest, RatesSayWhenTheBacklogIsGone) {
    for (int i = 0; i < 12; ++i)
        m_venue.openEth(100'000, 2'500);
    m_venue.ticks(2);
    m_venue.moveEth(-0.016);
    m_venue.tick();
    QueueView view = queue();
    EXPECT_EQ(view.arriving, 12);
    EXPECT_EQ(view.cleared, 0);
    EXPECT_EQ(view.trend, BacklogTrend::Growing);
    EXPECT_FALSE(view.minutesToClear);
    m_venue.ticks(70);
    m_venue.moveEth(0);
    m_venue.tick();
    EXPECT_EQ(queue().trend, BacklogTrend::Empty);
}

TEST_F(QueueViewTest, StuckFirstThenOldest) {
    begin(1e6, 40'000);
    m_venue.ticks(12);
    m_venue.open(40'000, {{TestVenue::kBtc, test::quantity(10), test::price(100'000)}});
    m_venue.setPrices(3920, 98'000, 200);
    m_venue.ticks(2);
    const QueueView view = queue();
    ASSERT_EQ(view.rows.size(), 2u);
    EXPECT_TRUE(view.rows[0].isStuck);
    EXPECT_FALSE(view.rows[1].isStuck);
    EXPECT_EQ(view.rows[1].market, TestVenue::kBtc);
}

}  // namespace
}  // namespace breakwater::view
