#include "core/view/alarm_board.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "core/view/alarm_fixture.hpp"

namespace breakwater::view {
namespace {

using test::AlarmBoardTest;
using test::TestVenue;

TEST_F(AlarmBoardTest, CalmVenueHasNoAlarm) {
    m_venue.openRandom(200, 1);
    m_venue.capital(1e9);
    step(5);
    m_venue.moveEth(-0.02);
    step(400);
    const AlarmView view = m_venue.alarms();
    for (const Alarm& alarm : view.open)
        EXPECT_EQ(alarm.kind, AlarmKind::BacklogGrowing) << alarm.headline;
}

TEST_F(AlarmBoardTest, ShockRaisesOneAlarmWithChildren) {
    for (int i = 0; i < 12; ++i)
        m_venue.openEth(10'000, 600);
    m_venue.openEth(10'000, 5'000);
    m_venue.open(1'000, {{TestVenue::kBtc, test::quantity(0.1), test::price(100'000)}});
    step(3);
    m_venue.moveEth(-0.069);
    step();
    const auto shocks = of(AlarmKind::PriceShock);
    ASSERT_EQ(shocks.size(), 1u);
    EXPECT_EQ(shocks[0].priority, AlarmPriority::P1);
    EXPECT_EQ(shocks[0].state, AlarmState::Unacknowledged);
    EXPECT_EQ(shocks[0].headline, "ETH shock \u22126.9 % in 5 min");
    EXPECT_EQ(shocks[0].market, TestVenue::kEth);
    EXPECT_EQ(shocks[0].children, 12u);
    EXPECT_EQ(shocks[0].effect,
              "12 accounts below maintenance, 12 in liquidation, now \u22126.9 %");
    EXPECT_EQ(raised(), 1u) << "both ETH markets and twelve accounts are one cause";
    EXPECT_EQ(m_venue.alarms().counts, (std::array<std::uint32_t, 3>{1, 0, 0}));
}

TEST_F(AlarmBoardTest, AccountsThatHaveNoLegInTheShockedMarketAreNotItsChildren) {
    const AccountId other =
        m_venue.open(550, {{TestVenue::kBtc, test::quantity(0.1), test::price(100'000)}});
    step(3);
    m_venue.setPrices(3700, 100'000, 200);
    step();
    m_venue.setPrices(3700, 95'200, 200);  // 4.8 %: no shock of its own
    step();
    ASSERT_GE(m_venue.state().books.accounts().at(other).band, HealthBand::BelowMaintenance);
    ASSERT_EQ(of(AlarmKind::PriceShock).size(), 1u);
    EXPECT_EQ(of(AlarmKind::PriceShock)[0].children, 0u);
}

TEST_F(AlarmBoardTest, SecondMarketJoinsTheShock) {
    step(3);
    m_venue.setPrices(3720, 100'000, 200);
    step();
    m_venue.setPrices(3720, 94'000, 180);
    step();
    const auto shocks = of(AlarmKind::PriceShock);
    ASSERT_EQ(shocks.size(), 1u);
    EXPECT_EQ(shocks[0].headline, "SOL shock \u221210.0 % in 5 min and 2 more")
        << "the worst is named";
    EXPECT_EQ(raised(), 1u);
}

TEST_F(AlarmBoardTest, MarketThatFollowsAnAcknowledgedShockIsTheShock) {
    step(3);
    m_venue.moveEth(-0.06);
    step();
    m_venue.acknowledge(1);
    EXPECT_EQ(of(AlarmKind::PriceShock)[0].state, AlarmState::Acknowledged);
    m_venue.setPrices(3760, 90'000, 200);
    step();
    const auto shocks = of(AlarmKind::PriceShock);
    ASSERT_EQ(shocks.size(), 1u);
    EXPECT_EQ(shocks[0].state, AlarmState::Acknowledged);
    EXPECT_EQ(shocks[0].headline, "BTC shock \u221210.0 % in 5 min and 1 more");
    EXPECT_EQ(m_venue.alarms().lastTenMinutes, 1u);
    // A market that is shocked when the episode is over asks for itself.
    step(310);
    m_venue.setPrices(3760, 90'000, 180);
    step();
    EXPECT_EQ(of(AlarmKind::PriceShock)[0].number, 1u);
    EXPECT_EQ(of(AlarmKind::PriceShock)[0].state, AlarmState::Unacknowledged);
    EXPECT_EQ(m_venue.alarms().lastTenMinutes, 2u) << "it asked the officer twice";
    m_venue.acknowledge(1);
    m_venue.setPrices(3700, 89'000, 170);
    step();
    EXPECT_EQ(of(AlarmKind::PriceShock)[0].state, AlarmState::Acknowledged);
}

TEST_F(AlarmBoardTest, MarketThatJoinsAnotherAcknowledgedAlarmAsksAgain) {
    step(3);
    m_venue.command(BreakerLevel::Restrict, Duration::minutes(10), {TestVenue::kEth});
    m_venue.ticks(3);
    m_venue.acknowledge(1);
    m_venue.command(BreakerLevel::Restrict, Duration::minutes(10), {TestVenue::kSol});
    m_venue.ticks(3);
    const auto late = of(AlarmKind::BreakerLate);
    ASSERT_EQ(late.size(), 1u);
    EXPECT_EQ(late[0].number, 1u);
    EXPECT_EQ(late[0].state, AlarmState::Unacknowledged) << "it needs an act of its own";
    EXPECT_EQ(late[0].headline, "ETH-PERP L2 not in effect and 1 more");
    EXPECT_EQ(m_venue.alarms().lastTenMinutes, 2u);
}

TEST_F(AlarmBoardTest, RiseAndFallAreTwoShocks) {
    step(3);
    m_venue.setPrices(3720, 106'000, 200);
    step();
    const auto shocks = of(AlarmKind::PriceShock);
    ASSERT_EQ(shocks.size(), 2u);
    EXPECT_EQ(shocks[0].headline, "ETH shock \u22127.0 % in 5 min");
    EXPECT_EQ(shocks[1].headline, "BTC shock +6.0 % in 5 min");
}

TEST_F(AlarmBoardTest, ChatterAroundTheThresholdRaisesOne) {
    step(3);
    for (int i = 0; i < 300; ++i) {
        m_venue.moveEth(i % 2 == 0 ? -0.051 : -0.049);
        step();
    }
    ASSERT_EQ(of(AlarmKind::PriceShock).size(), 1u);
    EXPECT_EQ(m_venue.alarms().raised, 1u);
    EXPECT_EQ(of(AlarmKind::PriceShock)[0].state, AlarmState::Unacknowledged);
}

TEST_F(AlarmBoardTest, JustBelowTheThresholdRaisesNone) {
    step(3);
    m_venue.moveEth(-0.0499);
    step(5);
    EXPECT_EQ(raised(), 0u);
    m_venue.moveEth(-0.05);
    step();
    EXPECT_EQ(of(AlarmKind::PriceShock).size(), 1u);
}

TEST_F(AlarmBoardTest, ReturnsAfterItsDelayAndClearsWhenAcknowledged) {
    step(3);
    m_venue.moveEth(-0.06);
    step(290);
    EXPECT_EQ(of(AlarmKind::PriceShock)[0].state, AlarmState::Unacknowledged);
    step(320);  // the fall has left the window and the delay has run
    ASSERT_EQ(of(AlarmKind::PriceShock).size(), 1u);
    const Alarm returned = of(AlarmKind::PriceShock)[0];
    EXPECT_EQ(returned.state, AlarmState::ReturnedUnacknowledged);
    EXPECT_EQ(returned.headline, "ETH shock \u22126.0 % in 5 min");
    EXPECT_TRUE(returned.effect.starts_with("no longer so since 20:10:")) << returned.effect;
    m_venue.acknowledge(returned.number);
    EXPECT_TRUE(of(AlarmKind::PriceShock).empty());
}

TEST_F(AlarmBoardTest, AcknowledgedAlarmDisappearsWhenItReturns) {
    step(3);
    m_venue.moveEth(-0.06);
    step();
    m_venue.acknowledge(of(AlarmKind::PriceShock)[0].number);
    EXPECT_EQ(of(AlarmKind::PriceShock)[0].state, AlarmState::Acknowledged);
    step(620);
    EXPECT_TRUE(of(AlarmKind::PriceShock).empty());
    m_venue.moveEth(-0.15);
    step();
    ASSERT_EQ(of(AlarmKind::PriceShock).size(), 1u);
    EXPECT_GT(of(AlarmKind::PriceShock)[0].number, 1u) << "a new shock is a new alarm";
}

TEST_F(AlarmBoardTest, ReturnedAlarmThatComesBackIsTheSameAndAsksAgain) {
    const auto told = [&] {
        const auto snapshot = m_venue.project();
        return std::count_if(
            snapshot->timeline->begin(), snapshot->timeline->end(), [](const TimelineEntry& e) {
                return e.priority == AlarmPriority::P1 && e.text.starts_with("ETH shock");
            });
    };
    step(3);
    m_venue.moveEth(-0.06);
    step(620);
    ASSERT_EQ(of(AlarmKind::PriceShock)[0].state, AlarmState::ReturnedUnacknowledged);
    const std::uint64_t before = raised();
    m_venue.moveEth(-0.13);
    step();
    EXPECT_EQ(of(AlarmKind::PriceShock)[0].state, AlarmState::Unacknowledged);
    EXPECT_EQ(told(), 1) << "within five minutes it is the same episode";
    step(1000);
    ASSERT_EQ(of(AlarmKind::PriceShock)[0].state, AlarmState::ReturnedUnacknowledged);
    m_venue.moveEth(-0.30);
    step();
    EXPECT_EQ(of(AlarmKind::PriceShock)[0].state, AlarmState::Unacknowledged);
    EXPECT_EQ(of(AlarmKind::PriceShock)[0].number, 1u);
    EXPECT_EQ(told(), 2) << "a shock after calm is news, though the alarm is the same";
    const auto newer = m_venue.alarms().open;
    EXPECT_TRUE(std::none_of(newer.begin(), newer.end(), [&](const Alarm& a) {
        return a.kind == AlarmKind::PriceShock && a.number > before;
    }));
}

TEST_F(AlarmBoardTest, UnknownNumberIsNotAcknowledged) {
    step(3);
    m_venue.moveEth(-0.06);
    step();
    m_venue.acknowledge(77);
    EXPECT_EQ(of(AlarmKind::PriceShock)[0].state, AlarmState::Unacknowledged);
}

TEST_F(AlarmBoardTest, WorstFirstThenFirstOut) {
    step(3);
    m_venue.silence(1);
    step(10);  // P3
    m_venue.openEth(10e6, 600'000);
    m_venue.moveEth(-0.12);
    step();  // P1, then P2
    m_venue.setPrices(3520, 106'000, 200);
    step();  // P1
    std::vector<AlarmKind> kinds;
    std::vector<std::uint64_t> numbers;
    for (const Alarm& alarm : m_venue.alarms().open) {
        kinds.push_back(alarm.kind);
        numbers.push_back(alarm.number);
    }
    EXPECT_EQ(kinds, (std::vector{AlarmKind::PriceShock, AlarmKind::PriceShock, AlarmKind::FundLow,
                                  AlarmKind::OracleLate}));
    EXPECT_LT(numbers[0], numbers[1]);
    EXPECT_GT(numbers[2], numbers[3]);
}

TEST_F(AlarmBoardTest, DeskReportsAndClears) {
    Projector& projector = m_venue.projector();
    projector.report(AlarmKind::RecordNearLimit, true, "1.9 of 2.0 GB", m_venue.now());
    projector.report(AlarmKind::RecordNearLimit, true, "1.95 of 2.0 GB", m_venue.now());
    auto near = of(AlarmKind::RecordNearLimit);
    ASSERT_EQ(near.size(), 1u);
    EXPECT_EQ(near[0].headline, "Record near its limit");
    EXPECT_EQ(near[0].effect, "1.95 of 2.0 GB");
    EXPECT_EQ(near[0].market, std::nullopt);
    m_venue.acknowledge(near[0].number);
    projector.report(AlarmKind::RecordNearLimit, false, "", m_venue.now());
    EXPECT_TRUE(of(AlarmKind::RecordNearLimit).empty());
}

TEST_F(AlarmBoardTest, CountsItsOwnLoadByTenMinutes) {
    step(3);
    m_venue.silence(1);
    step(20);
    m_venue.silence(3);
    step(20);
    m_venue.silence(0);
    step(380);
    EXPECT_EQ(m_venue.alarms().lastTenMinutes, 1u) << "the blind index; the late source is a P3";
    EXPECT_EQ(m_venue.alarms().perTenMinutes, (std::vector<std::uint32_t>{1}));
    step(600);
    EXPECT_EQ(m_venue.alarms().lastTenMinutes, 0u);
    EXPECT_EQ(m_venue.alarms().perTenMinutes, (std::vector<std::uint32_t>{1, 0}));
}

// The same inputs with another rhythm of looking: the board does not depend on the viewer.
TEST_F(AlarmBoardTest, LookingDoesNotChangeTheBoard) {
    TestVenue watched, alone;
    for (TestVenue* venue : {&watched, &alone}) {
        venue->capital(1e6);
        venue->openRandom(200, 5);
        for (int i = 0; i < 200; ++i) {
            venue->setPrices(4000.0 - 10 * i, 100'000 + 30.0 * i, 200);
            venue->tick();
            if (venue == &watched) venue->project();
        }
    }
    const AlarmView a = watched.alarms(), b = alone.alarms();
    ASSERT_EQ(a.open.size(), b.open.size());
    EXPECT_GT(a.open.size(), 2u);
    for (std::size_t i = 0; i < a.open.size(); ++i) {
        EXPECT_EQ(a.open[i].number, b.open[i].number);
        EXPECT_EQ(a.open[i].headline, b.open[i].headline);
        EXPECT_EQ(a.open[i].effect, b.open[i].effect);
        EXPECT_EQ(a.open[i].children, b.open[i].children);
    }
}

// Domain check D8: an upset over all markets must stay readable for one officer.
TEST_F(AlarmBoardTest, WideCrashStaysWithinTenAlarms) {
    m_venue.openRandom(1000, 6);
    step(3);
    for (int i = 0; i < 600; ++i) {
        const double fall = 1 - 0.2 * std::min(1.0, i / 300.0);
        m_venue.setPrices(4000 * fall, 100'000 * fall, 200 * fall);
        step();
    }
    EXPECT_LE(m_venue.alarms().lastTenMinutes, 10u);
    EXPECT_GE(m_venue.alarms().lastTenMinutes, 3u);
}

}  // namespace
}  // namespace breakwater::view
