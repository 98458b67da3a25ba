#include "core/view/queue_watch.hpp"

#include <map>

#include <gtest/gtest.h>

#include "core/view/queue_view.hpp"
#include "core/view/test_venue.hpp"

namespace breakwater::view {
namespace {

using test::TestVenue;
using Kind = QueueEntry::Kind;

class QueueWatchTest : public ::testing::Test {
protected:
    QueueWatchTest() { m_venue.capital(1e6); }
    // One long of a million that falls below maintenance.
    AccountId beginOne(double equity = 40'000) {
        const AccountId account = m_venue.openEth(1e6, equity);
        m_venue.ticks(2);
        m_venue.moveEth(-0.02);
        m_venue.tick();
        return account;
    }
    void fill(double share, double price) {
        const Liquidation& running = m_venue.state().liquidations.begin()->second;
        const Quantity part = test::quantity(running.remaining.toDouble() * share);
        const auto& events =
            m_venue.feed(LiquidationFill{running.id, TestVenue::kMaker, part, test::price(price)});
        ASSERT_FALSE(events.empty());
        ASSERT_FALSE(std::holds_alternative<Refused>(events[0]));
    }
    const QueueLog& log() {
        m_snapshot = m_venue.project();
        return *m_snapshot->queue;
    }
    const LiquidationTrace& trace() { return *log().running.at(0); }

    TestVenue m_venue;
    std::shared_ptr<const Snapshot> m_snapshot;
};

TEST_F(QueueWatchTest, OrdersWithoutAFillAreOneEntry) {
    const AccountId account = beginOne();
    const Instant began = m_venue.now();
    m_venue.ticks(5);
    const LiquidationTrace& one = trace();
    EXPECT_EQ(one.account, account);
    EXPECT_TRUE(one.whole);
    ASSERT_EQ(one.entries.size(), 2u);
    EXPECT_EQ(one.entries[0].kind, Kind::Started);
    EXPECT_EQ(one.entries[1].kind, Kind::Ordered);
    EXPECT_EQ(one.entries[1].count, 6u);
    EXPECT_EQ(one.entries[1].time, began);
    EXPECT_EQ(one.entries[1].last, m_venue.now());
    EXPECT_EQ(one.unfilledSince, began);
    EXPECT_FALSE(one.lastFill);
}

TEST_F(QueueWatchTest, AFillEndsTheWaitAndFillsOfAMomentAreOneEntry) {
    beginOne();
    m_venue.ticks(5);
    fill(0.5, 3915);
    fill(0.5, 3914);
    {
        const LiquidationTrace& one = trace();
        EXPECT_EQ(one.fills, 2u);
        EXPECT_EQ(one.lastFill, m_venue.now());
        EXPECT_FALSE(one.unfilledSince);
        ASSERT_EQ(one.entries.back().kind, Kind::Filled);
        EXPECT_EQ(one.entries.back().count, 2u);
        EXPECT_EQ(one.entries.back().price, test::price(3914));
    }
    m_venue.tick();
    const LiquidationTrace& next = trace();
    EXPECT_EQ(next.unfilledSince, m_venue.now());
    EXPECT_EQ(next.entries.back().kind, Kind::Ordered);
    EXPECT_EQ(next.entries.back().count, 1u);
}

TEST_F(QueueWatchTest, ALogThatWasGivenOutDoesNotChange) {
    beginOne();
    const auto before = m_venue.project();
    const LiquidationTrace copy = *before->queue->running.at(0);
    m_venue.ticks(3);
    fill(1, 3915);
    EXPECT_EQ(before->queue->running.at(0)->entries.size(), copy.entries.size());
    EXPECT_EQ(before->queue->running.at(0)->fills, 0u);
    EXPECT_EQ(trace().fills, 1u);
}

TEST_F(QueueWatchTest, EntriesAreBoundedAndTheFirstIsKept) {
    beginOne();
    for (int i = 0; i < 40 && !m_venue.state().liquidations.empty(); ++i) {
        fill(0.001, 3915);
        m_venue.tick();
    }
    const LiquidationTrace& one = trace();
    EXPECT_EQ(one.entries.size(), LiquidationTrace::kEntries);
    EXPECT_EQ(one.entries.front().kind, Kind::Started);
    EXPECT_EQ(one.dropped + one.entries.size(), 81u + 1u);
}

TEST_F(QueueWatchTest, BlindAndStoppedAreToldToThoseTheyHold) {
    beginOne();
    m_venue.command(BreakerLevel::Stop, Duration::minutes(2), {TestVenue::kBtc});
    m_venue.command(BreakerLevel::Stop, Duration::minutes(2), {TestVenue::kEth});
    m_venue.tick();
    EXPECT_EQ(trace().entries.back().kind, Kind::Stopped);
    EXPECT_EQ(trace().entries.back().by, "officer-1");
    EXPECT_EQ(trace().entries.back().market, TestVenue::kEth);
    m_venue.silence(5);
    m_venue.ticks(7);
    EXPECT_EQ(trace().entries.back().kind, Kind::Blind);
    ASSERT_TRUE(log().blindSince.at(0).has_value());
    const Instant blind = *m_snapshot->queue->blindSince[0];
    EXPECT_EQ(blind, trace().entries.back().time);
    m_venue.silence(0);
    m_venue.tick();
    EXPECT_EQ(trace().entries.back().kind, Kind::Sees);
    EXPECT_FALSE(log().blindSince.at(0).has_value());
}

TEST_F(QueueWatchTest, AWaitBeginsAnewAfterOrdersWereSuspended) {
    beginOne();
    m_venue.ticks(20);
    m_venue.silence(5);
    m_venue.ticks(20);
    m_venue.silence(0);
    m_venue.tick();
    EXPECT_EQ(trace().unfilledSince, m_venue.now());
}

TEST_F(QueueWatchTest, FlowsAddUpToTheFund) {
    beginOne();
    fill(1, 3915);
    m_venue.openEth(2e6, 150'000);
    m_venue.ticks(2);
    m_venue.moveEth(-0.15);
    m_venue.ticks(2);
    Money sum;
    std::map<std::string, Money> byCause;
    for (const FundFlow& flow : log().flows) {
        sum += flow.session;
        byCause[flow.cause] = flow.session;
        EXPECT_EQ(flow.session, flow.lastHour) << flow.cause;
    }
    EXPECT_EQ(sum, m_snapshot->fund.balance);
    EXPECT_EQ(byCause["capital"], test::money(1e6));
    EXPECT_TRUE(byCause["liquidation fee"].isPositive());
    EXPECT_EQ(byCause["deficit"], -m_snapshot->fund.paid);
    m_venue.wait(Duration::minutes(61));
    m_venue.tick();
    for (const FundFlow& flow : log().flows) {
        if (flow.cause == "capital" || flow.cause == "liquidation fee") {
            EXPECT_TRUE(flow.lastHour.isZero()) << flow.cause;
        }
    }
}

TEST_F(QueueWatchTest, TotalsHoldWhatLiquidationsBeganWithAndKept) {
    beginOne();
    EXPECT_TRUE(log().totals.whole);
    EXPECT_EQ(m_snapshot->queue->totals.marginHeld, trace().equityAtStart);
    while (!m_venue.state().liquidations.empty()) {
        fill(1, 3900);
        m_venue.tick();
    }
    const QueueTotals& totals = log().totals;
    ASSERT_TRUE(m_snapshot->queue->lastEnded.has_value());
    EXPECT_EQ(m_snapshot->queue->lastEnded->end, LiquidationEnd::Restored);
    EXPECT_EQ(totals.ends[0], 1u);
    EXPECT_LT(totals.marginLeft, totals.marginHeld);
    EXPECT_TRUE(totals.marginLeft.isPositive());
    EXPECT_TRUE(m_snapshot->queue->running.empty());
}

TEST_F(QueueWatchTest, TakersWinWhatTheMarkIsBetterThanTheirPrice) {
    beginOne();
    fill(0.5, 3900);  // the mark is 3,920
    const TakerFlow taker = log().takers.at(0);
    EXPECT_EQ(taker.account, TestVenue::kMaker);
    EXPECT_EQ(taker.fills, 1u);
    EXPECT_NEAR(taker.edge / taker.notional, 20.0 / 3900, 1e-9);
    m_venue.wait(Duration::minutes(11));
    m_venue.tick();
    EXPECT_TRUE(log().takers.empty());
}

TEST_F(QueueWatchTest, AWatchThatBeginsInTheMiddleSaysSo) {
    beginOne();
    Projector late;
    std::vector<Event> events;
    const Input next{m_venue.state().sequence, m_venue.now(), ClockTick{}};
    late.observe(next, events, m_venue.state());
    const auto snapshot = late.project(m_venue.engine());
    ASSERT_EQ(snapshot->queue->running.size(), 1u);
    EXPECT_FALSE(snapshot->queue->running[0]->whole);
    EXPECT_FALSE(snapshot->queue->totals.whole);
    EXPECT_EQ(queueOf(*snapshot).rows.size(), 1u);
}

}  // namespace
}  // namespace breakwater::view
