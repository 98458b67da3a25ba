#include <gtest/gtest.h>

#include "core/view/alarm_board.hpp"
#include "core/view/alarm_fixture.hpp"

namespace breakwater::view {
namespace {

using AlarmConditionsTest = test::AlarmBoardTest;
using test::TestVenue;

TEST_F(AlarmConditionsTest, BlindIndexRaisesOneAlarmForAllIndices) {
    step(3);
    m_venue.silence(3);
    step(10);
    const auto blind = of(AlarmKind::IndexBlind);
    ASSERT_EQ(blind.size(), 1u);
    EXPECT_EQ(blind[0].priority, AlarmPriority::P1);
    EXPECT_EQ(blind[0].headline, "ETH index blind and 2 more");
    EXPECT_EQ(blind[0].effect, "2 of 5 sources fresh, 3 needed; index stands at 4000.00");
    EXPECT_TRUE(of(AlarmKind::OracleLate).empty()) << "lateness is what made it blind";
    m_venue.silence(0);
    step(9);
    EXPECT_EQ(of(AlarmKind::IndexBlind)[0].state, AlarmState::Unacknowledged)
        << "sight must be steady";
    step(3);
    EXPECT_EQ(of(AlarmKind::IndexBlind)[0].state, AlarmState::ReturnedUnacknowledged);
}

TEST_F(AlarmConditionsTest, LateSourceIsALowAlarm) {
    step(3);
    m_venue.silence(1);
    step(7);
    EXPECT_TRUE(of(AlarmKind::OracleLate).empty()) << "its delay runs";
    step(3);
    const auto late = of(AlarmKind::OracleLate);
    ASSERT_EQ(late.size(), 1u);
    EXPECT_EQ(late[0].priority, AlarmPriority::P3);
    EXPECT_EQ(late[0].headline, "ETH price sources late and 2 more");
    EXPECT_EQ(late[0].effect, "alder 10 s old");
    EXPECT_EQ(m_venue.alarms().lastTenMinutes, 0u) << "only P1 and P2 count";
}

TEST_F(AlarmConditionsTest, IndexThatNeverSawIsNotBlindYet) {
    TestVenue venue;
    venue.silence(5);
    venue.ticks(2);
    EXPECT_TRUE(venue.alarmsOf(AlarmKind::IndexBlind).empty());
}

TEST_F(AlarmConditionsTest, BacklogThatGrowsRaisesOne) {
    for (int i = 0; i < 30; ++i)
        m_venue.openEth(10'000, 500);
    step(3);
    m_venue.moveEth(-0.045);  // below maintenance, and nobody takes the orders
    step(5);
    EXPECT_TRUE(of(AlarmKind::BacklogGrowing).empty()) << "its delay runs";
    step(7);
    const auto backlog = of(AlarmKind::BacklogGrowing);
    ASSERT_EQ(backlog.size(), 1u);
    EXPECT_EQ(backlog[0].effect, "30 running; last minute 30 began, 0 ended");
    EXPECT_EQ(raised(), 1u);
    step(90);
    EXPECT_EQ(of(AlarmKind::BacklogGrowing)[0].state, AlarmState::Unacknowledged)
        << "stuck is not over";
    EXPECT_EQ(of(AlarmKind::BacklogGrowing)[0].effect, "30 running; last minute 0 began, 0 ended");
    m_venue.moveEth(-0.01);
    step(305);
    EXPECT_EQ(of(AlarmKind::BacklogGrowing)[0].state, AlarmState::ReturnedUnacknowledged);
}

TEST_F(AlarmConditionsTest, OrdersWithoutATakerForAMinuteAreAnAlarm) {
    m_venue.openEth(1e6, 40'000);
    step(3);
    m_venue.moveEth(-0.02);
    step();
    ASSERT_EQ(m_venue.state().liquidations.size(), 1u);
    step(59);
    EXPECT_TRUE(of(AlarmKind::LiquidationStuck).empty());
    step();
    auto stuck = of(AlarmKind::LiquidationStuck);
    ASSERT_EQ(stuck.size(), 1u);
    EXPECT_EQ(stuck[0].priority, AlarmPriority::P2);
    EXPECT_EQ(stuck[0].effect, "1 liquidation of 1 without a fill, the longest for 60 s");
    // A taker ends it, after the episode.
    const auto& running = m_venue.state().liquidations.begin()->second;
    m_venue.feed(LiquidationFill{running.id, TestVenue::kMaker, running.remaining,
                                 m_venue.state().markets[0].mark});
    step(299);
    EXPECT_EQ(of(AlarmKind::LiquidationStuck)[0].state, AlarmState::Unacknowledged);
}

TEST_F(AlarmConditionsTest, WhatMayNotBeWorkedIsNotWithoutATaker) {
    m_venue.openEth(1e6, 40'000);
    step(3);
    m_venue.moveEth(-0.02);
    step();
    m_venue.command(BreakerLevel::Stop, Duration::minutes(3), {TestVenue::kEth});
    step(100);
    EXPECT_TRUE(of(AlarmKind::LiquidationStuck).empty());
    m_venue.silence(5);
    step(200);
    EXPECT_TRUE(of(AlarmKind::LiquidationStuck).empty());
}

TEST_F(AlarmConditionsTest, ABacklogNobodyTakesIsOneAlarm) {
    for (int i = 0; i < 30; ++i)
        m_venue.openEth(100'000, 2'500);
    step(3);
    m_venue.moveEth(-0.02);
    step(90);
    EXPECT_EQ(of(AlarmKind::BacklogGrowing).size(), 1u);
    EXPECT_TRUE(of(AlarmKind::LiquidationStuck).empty());
}

TEST_F(AlarmConditionsTest, FundGoesLowThenEmptyThenAdl) {
    // Two losers of 600,000 and then 2,000,000 beyond their margin.
    m_venue.openEth(10e6, 600'000);
    step(3);
    m_venue.moveEth(-0.12);
    step();
    auto low = of(AlarmKind::FundLow);
    ASSERT_EQ(low.size(), 1u);
    EXPECT_EQ(low[0].priority, AlarmPriority::P2);
    EXPECT_EQ(low[0].effect, "400.0k left of 1.0M capital (40 %)");
    EXPECT_TRUE(of(AlarmKind::FundEmpty).empty());
    m_venue.moveEth(-0.24);
    step();
    ASSERT_EQ(of(AlarmKind::FundEmpty).size(), 1u);
    EXPECT_EQ(of(AlarmKind::FundLow)[0].number, low[0].number);
    const auto adl = of(AlarmKind::AutoDeleveraging);
    ASSERT_EQ(adl.size(), 1u);
    EXPECT_EQ(adl[0].effect, "1 position closed, 7.6M notional, last at 20:00:06Z");
    step(299);
    EXPECT_EQ(of(AlarmKind::AutoDeleveraging)[0].state, AlarmState::Unacknowledged);
    step(5);
    EXPECT_EQ(of(AlarmKind::AutoDeleveraging)[0].state, AlarmState::ReturnedUnacknowledged);
    EXPECT_EQ(of(AlarmKind::FundEmpty)[0].state, AlarmState::Unacknowledged) << "it still is";
}

TEST_F(AlarmConditionsTest, FundThatEmptiesAtOnceIsOneAlarm) {
    m_venue.openEth(10e6, 600'000);
    step(3);
    m_venue.moveEth(-0.30);
    step(2);
    EXPECT_EQ(of(AlarmKind::FundEmpty).size(), 1u);
    EXPECT_TRUE(of(AlarmKind::FundLow).empty());
    m_venue.capital(5e6);
    step(70);
    EXPECT_EQ(of(AlarmKind::FundEmpty)[0].state, AlarmState::ReturnedUnacknowledged);
    EXPECT_TRUE(of(AlarmKind::FundLow).empty()) << "5 M of 6 M";
}

TEST_F(AlarmConditionsTest, VenueWithoutFundCapitalHasNoFundAlarm) {
    TestVenue venue;
    venue.ticks(5);
    EXPECT_EQ(venue.alarms().raised, 0u);
}

TEST_F(AlarmConditionsTest, BreakerEndingIsRaisedAtTwoMinutes) {
    step(3);
    m_venue.command(BreakerLevel::Tighten, Duration::minutes(10),
                    {TestVenue::kEth, TestVenue::kBtc});
    m_venue.obey();
    step(479);
    EXPECT_TRUE(of(AlarmKind::BreakerEnding).empty());
    step();
    const auto ending = of(AlarmKind::BreakerEnding);
    ASSERT_EQ(ending.size(), 1u);
    EXPECT_EQ(ending[0].priority, AlarmPriority::P2);
    EXPECT_EQ(ending[0].headline, "ETH-PERP L1 ends 20:10:04Z and 1 more");
    EXPECT_EQ(ending[0].effect, "120 s left; exit condition met");
    m_venue.acknowledge(ending[0].number);
    m_venue.command({}, Duration::minutes(10), {TestVenue::kEth, TestVenue::kBtc},
                    CommandKind::Renew);
    EXPECT_TRUE(of(AlarmKind::BreakerEnding).empty()) << "renewed by one hold";
    step(485);
    EXPECT_EQ(of(AlarmKind::BreakerEnding).size(), 1u) << "and it ends again";
    m_venue.command(BreakerLevel::Normal, {}, {TestVenue::kEth, TestVenue::kBtc});
    ASSERT_EQ(of(AlarmKind::BreakerEnding).size(), 1u);
    EXPECT_EQ(of(AlarmKind::BreakerEnding)[0].state, AlarmState::ReturnedUnacknowledged);
    EXPECT_TRUE(of(AlarmKind::BreakerEnding)[0].headline.starts_with("ETH-PERP L1 ends 20:18:0"));
}

TEST_F(AlarmConditionsTest, ShortLevelIsNotEndingFromItsFirstSecond) {
    step(3);
    m_venue.command(BreakerLevel::Tighten, Duration::seconds(60), {TestVenue::kEth});
    m_venue.obey();
    step(29);
    EXPECT_TRUE(of(AlarmKind::BreakerEnding).empty());
    step();
    EXPECT_EQ(of(AlarmKind::BreakerEnding).size(), 1u);
    step(31);
    EXPECT_EQ(of(AlarmKind::BreakerEnding)[0].state, AlarmState::ReturnedUnacknowledged);
}

TEST_F(AlarmConditionsTest, RenewalByTheVenueIsAnAlarmEachTime) {
    step(3);
    m_venue.command(BreakerLevel::Tighten, Duration::minutes(2), {TestVenue::kSol});
    m_venue.obey();
    m_venue.silence(5);  // blind: the exit condition fails at every end
    step(121);
    auto renewed = of(AlarmKind::BreakerRenewed);
    ASSERT_EQ(renewed.size(), 1u);
    EXPECT_EQ(renewed[0].priority, AlarmPriority::P1);
    EXPECT_EQ(renewed[0].headline, "SOL-PERP breaker renewed by the venue");
    EXPECT_EQ(renewed[0].effect, "renewal 1 of 3, ends 20:12:04Z; exit condition not met");
    m_venue.acknowledge(renewed[0].number);
    step(600);
    const auto again = of(AlarmKind::BreakerRenewed);
    ASSERT_EQ(again.size(), 1u);
    EXPECT_EQ(again[0].state, AlarmState::Unacknowledged);
    EXPECT_TRUE(again[0].effect.starts_with("renewal 2 of 3")) << again[0].effect;
}

TEST_F(AlarmConditionsTest, CommandThatTheVenueDoesNotObeyIsLate) {
    step(3);
    m_venue.command(BreakerLevel::Restrict, Duration::minutes(10), {TestVenue::kEth});
    m_venue.ticks(2);
    EXPECT_TRUE(of(AlarmKind::BreakerLate).empty());
    m_venue.tick();
    const auto late = of(AlarmKind::BreakerLate);
    ASSERT_EQ(late.size(), 1u);
    EXPECT_EQ(late[0].priority, AlarmPriority::P1);
    EXPECT_EQ(late[0].headline, "ETH-PERP L2 not in effect");
    EXPECT_EQ(late[0].effect, "commanded 3 s ago, seen L0");
    m_venue.obey();
    EXPECT_EQ(of(AlarmKind::BreakerLate)[0].state, AlarmState::ReturnedUnacknowledged);
}

TEST_F(AlarmConditionsTest, BlockedExitIsRaisedAfterThirtySeconds) {
    const AccountId seller = m_venue.openEth(1e6, 800'000);
    step(3);
    m_venue.command(BreakerLevel::Restrict, Duration::minutes(30), {TestVenue::kEth});
    m_venue.obey();
    const auto askToLeave = [&](double filled) {
        m_venue.feed(Fill{TestVenue::kEth, seller, TestVenue::kMaker, test::quantity(-filled),
                          test::quantity(-1), test::price(4000)});
        step();
    };
    for (int i = 0; i < 30; ++i)
        askToLeave(0.1);
    EXPECT_TRUE(of(AlarmKind::ExitBlocked).empty());
    for (int i = 0; i < 3; ++i)
        askToLeave(0.1);
    const auto blocked = of(AlarmKind::ExitBlocked);
    ASSERT_EQ(blocked.size(), 1u);
    EXPECT_EQ(blocked[0].priority, AlarmPriority::P1);
    EXPECT_EQ(blocked[0].market, TestVenue::kEth);
    EXPECT_EQ(blocked[0].headline, "ETH-PERP exits blocked");
    EXPECT_EQ(blocked[0].effect, "filled of reducing volume in 60 s: sells 10 %, buys none asked");
    for (int i = 0; i < 90; ++i)
        askToLeave(1);
    EXPECT_EQ(of(AlarmKind::ExitBlocked)[0].state, AlarmState::ReturnedUnacknowledged);
}

TEST_F(AlarmConditionsTest, BlockedExitsAtLevelOneAreNoAlarm) {
    const AccountId seller = m_venue.openEth(1e6, 800'000);
    step(3);
    for (int i = 0; i < 60; ++i) {
        m_venue.feed(Fill{TestVenue::kEth, seller, TestVenue::kMaker, Quantity(),
                          test::quantity(-1), test::price(4000)});
        step();
    }
    EXPECT_EQ(raised(), 0u);
}

}  // namespace
}  // namespace breakwater::view
