#include "core/view/impact_ladder.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "core/mitigation/liquidation.hpp"
#include "core/view/test_venue.hpp"

namespace breakwater::view {
namespace {

using test::TestVenue;

Snapshot withMark(const Snapshot& snapshot, double mark) {
    Snapshot moved = snapshot;
    auto markets = std::make_shared<std::vector<Market>>(*snapshot.markets);
    (*markets)[0].mark = test::price(mark);
    moved.markets = markets;
    return moved;
}

// What the engine's own arithmetic would close of every account that holds nothing but ETH.
double closedExactly(const Snapshot& snapshot, double move, bool longs) {
    const double mark = (*snapshot.markets)[0].mark.toDouble();
    const Snapshot moved = withMark(snapshot, mark * (1 + move));
    const Profile& profile = *snapshot.profile;
    double sum = 0;
    for (std::uint32_t i = 0; i < snapshot.accountCount; ++i) {
        const AccountId id(i);
        const auto legs = legsOf(moved, id);
        if (legs.size() != 1 || legs[0].instrument != TestVenue::kEth) continue;
        if (legs[0].quantity.isPositive() != longs) continue;
        const Margin margin = exactMargin(moved, id);
        if (margin.equity >= margin.maintenance) continue;
        const Market& market = (*moved.markets)[0];
        const double whole = std::fabs(legs[0].quantity.toDouble());
        const bool urgent = 3 * margin.equity.toDouble() < 2 * margin.maintenance.toDouble();
        const bool small = whole * market.mark.toDouble() <= profile.smallLeg.toDouble();
        const double closes = urgent || small
                                  ? whole
                                  : minimalClose(legs[0], margin, market, profile.targetHealth,
                                                 profile.liquidationFee)
                                        .toDouble();
        sum += closes * mark;
    }
    return sum;
}

class ImpactLadderTest : public ::testing::Test {
protected:
    void depth(double bids, double asks) {
        BookObserved book;
        book.instrument = TestVenue::kEth;
        book.bidDepth = test::money(bids);
        book.askDepth = test::money(asks);
        m_venue.feed(book);
        m_venue.tick();
    }
    TestVenue m_venue;
};

TEST_F(ImpactLadderTest, ForcedFlowIsWhatTheEngineWouldClose) {
    for (int i = 0; i < 200; ++i) {
        const double size = 400 + 977.0 * i * i / 10;
        m_venue.openEth(i % 3 == 0 ? -size : size, size * (0.03 + 0.0004 * i));
    }
    depth(1e6, 1e6);
    const auto snapshot = m_venue.project();
    const std::vector<MarketLadders> ladders = impactLadders(*snapshot);
    ASSERT_EQ(ladders.size(), 4u);
    double last = -1;
    for (std::size_t k = 0; k < ImpactLadder::kPoints; ++k) {
        const double move = ImpactLadder::moveAt(k);
        const double falls = closedExactly(*snapshot, -move, true);
        const double rises = closedExactly(*snapshot, move, false);
        // Lots round the exact figure up, by one lot an account at most.
        EXPECT_NEAR(ladders[0].falls.forced[k], falls, 200 * 0.5) << k;
        EXPECT_NEAR(ladders[0].rises.forced[k], rises, 200 * 0.5) << k;
        EXPECT_GE(ladders[0].falls.forced[k], last);
        last = ladders[0].falls.forced[k];
    }
    EXPECT_GT(last, 1e6);
    EXPECT_EQ(ladders[1].falls.forced.back(), 0) << "nobody holds BTC";
}

TEST_F(ImpactLadderTest, SelfFeedingBeginsWhereTheFlowExceedsTheBook) {
    // One long of 1 M, urgent from about -3.5 % on; maintenance 10,000 + tiers.
    m_venue.openEth(1e6, 60'000);
    depth(150'000, 1e9);
    const auto ladders = impactLadders(*m_venue.project());
    const ImpactLadder& falls = ladders[0].falls;
    EXPECT_EQ(falls.depthAt(4), 300'000);  // 2 %
    EXPECT_EQ(falls.absorbedAt, 0.0);
    ASSERT_TRUE(falls.selfFeedingFrom.has_value());
    std::size_t first = 0;
    while (falls.forced[first] <= falls.depthAt(first))
        ++first;
    EXPECT_LE(*falls.selfFeedingFrom, ImpactLadder::moveAt(first));
    EXPECT_GE(*falls.selfFeedingFrom, ImpactLadder::moveAt(first - 1));
    EXPECT_FALSE(ladders[0].rises.selfFeedingFrom);
    EXPECT_TRUE(ladders[0].fallsAreWorse());
    depth(1e9, 1e9);
    EXPECT_FALSE(impactLadders(*m_venue.project())[0].falls.selfFeedingFrom);
}

TEST_F(ImpactLadderTest, ABacklogLargerThanTheBookFeedsItselfFromHereOn) {
    m_venue.openEth(1e6, 60'000);
    m_venue.ticks(2);
    m_venue.moveEth(-0.05);
    m_venue.tick();
    ASSERT_EQ(m_venue.state().liquidations.size(), 1u);
    depth(1'000, 1'000);
    const ImpactLadder falls = impactLadders(*m_venue.project())[0].falls;
    EXPECT_GT(falls.forced[0], 900'000);
    EXPECT_EQ(falls.selfFeedingFrom, 0.0);
    EXPECT_FALSE(falls.absorbedAt);
    depth(500'000, 0);
    const ImpactLadder taken = impactLadders(*m_venue.project())[0].falls;
    ASSERT_TRUE(taken.absorbedAt.has_value());
    EXPECT_GT(*taken.absorbedAt, 0.015);
    EXPECT_LT(*taken.absorbedAt, 0.025);
}

TEST_F(ImpactLadderTest, LegsWithALargerRequirementGoFirst) {
    // The BTC leg's requirement is ten times ETH's: closing it restores the account alone.
    const AccountId id =
        m_venue.open(75'000, {{TestVenue::kEth, test::quantity(25), test::price(4000)},
                              {TestVenue::kBtc, test::quantity(10), test::price(100'000)}});
    m_venue.ticks(2);
    const auto snapshot = m_venue.project();
    const Margin margin = exactMargin(*snapshot, id);
    ASSERT_GT(margin.equity, margin.maintenance);
    const auto ladders = impactLadders(*snapshot);
    const ImpactLadder& btc = ladders[1].falls;
    std::size_t k = 0;
    while (k < ImpactLadder::kPoints && btc.forced[k] == 0)
        ++k;
    ASSERT_LT(k, ImpactLadder::kPoints);
    EXPECT_GT(btc.forced.back(), 900'000) << "urgent at the end";
    // A fall of ETH alone by 8 % costs 8,000 and does not reach maintenance.
    EXPECT_EQ(ladders[0].falls.forced.back(), 0);
}

}  // namespace
}  // namespace breakwater::view
