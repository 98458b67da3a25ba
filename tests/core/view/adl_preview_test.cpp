#include "core/view/adl_preview.hpp"

#include <map>

#include <gtest/gtest.h>

#include "core/view/test_venue.hpp"

namespace breakwater::view {
namespace {

using test::TestVenue;

class AdlPreviewTest : public ::testing::Test {
protected:
    // The snapshot as the engine will see it at the next tick, its mark moved.
    Snapshot atPrice(double eth) {
        Snapshot moved = *m_venue.project();
        auto markets = std::make_shared<std::vector<Market>>(*moved.markets);
        (*markets)[0].mark = test::price(eth);
        moved.markets = markets;
        return moved;
    }
    TestVenue m_venue;
};

TEST_F(AdlPreviewTest, TakesWhatTheEngineTakes) {
    m_venue.capital(30'000);
    for (int i = 0; i < 30; ++i)
        m_venue.openEth(-40'000 - 1'000 * i, 6'000 + 700 * i);
    const AccountId bankrupt = m_venue.openEth(2e6, 150'000);
    m_venue.ticks(2);
    m_venue.moveEth(-0.045);
    m_venue.tick();
    ASSERT_EQ(m_venue.state().liquidations.size(), 1u);
    const double next = TestVenue::kEthPrice * 0.90;
    const Snapshot moved = atPrice(next);
    const QueueView queue = queueOf(moved);
    const AdlPreview preview = adlPreview(moved, queue);
    const AdlSide& shorts = preview.side(TestVenue::kEth, false);
    EXPECT_GT(preview.missingNow, 0);

    m_venue.moveEth(-0.10);
    std::map<AccountId, double> given, closed;
    double gives = 0;
    for (const Event& event : m_venue.tick()) {
        const auto* adl = std::get_if<AdlExecuted>(&event);
        if (adl == nullptr) continue;
        EXPECT_EQ(adl->bankrupt, bankrupt);
        given[adl->winner] = adl->contribution.toDouble();
        closed[adl->winner] = notional(adl->quantity.abs(), adl->mark, Round::Floor).toDouble();
        gives += adl->contribution.toDouble();
    }
    ASSERT_GE(given.size(), 5u);
    EXPECT_NEAR(shorts.now.gives, gives, 1e-6);
    std::size_t seen = 0;
    for (const AdlRank& rank : shorts.ranks) {
        if (!given.contains(rank.account)) continue;
        ++seen;
        EXPECT_NEAR(rank.now.gives, given[rank.account], 1e-6);
        EXPECT_NEAR(rank.now.closes, closed[rank.account], 1e-6);
    }
    EXPECT_EQ(seen, given.size());
    EXPECT_TRUE(preview.side(TestVenue::kEth, true).ranks.empty()) << "no long wins";
}

TEST_F(AdlPreviewTest, RanksByProfitTimesLeverage) {
    m_venue.openEth(-100'000, 5'000);
    const AccountId first = m_venue.openEth(-100'000, 2'500);
    m_venue.openEth(-100'000, 50'000);
    m_venue.ticks(2);
    m_venue.moveEth(-0.05);
    m_venue.tick();
    const auto snapshot = m_venue.project();
    const AdlPreview preview = adlPreview(*snapshot, queueOf(*snapshot));
    const AdlSide& side = preview.side(TestVenue::kEth, false);
    EXPECT_EQ(side.ranked, 3u);
    EXPECT_EQ(side.ranks[0].account, first);
    EXPECT_NEAR(side.ranks[0].profit, 0.05, 1e-9);
    EXPECT_NEAR(side.ranks[0].leverage, 95'000 / 7'500.0, 1e-6);
    EXPECT_NEAR(side.ranks[0].score, 0.05 * 95'000 / 7'500, 1e-6);
    EXPECT_EQ(side.now.gives, 0) << "no deficit, nothing taken";
    EXPECT_EQ(side.ifEmpty.gives, 0);
}

TEST_F(AdlPreviewTest, TheFundComesFirst) {
    m_venue.capital(1e6);
    m_venue.openEth(-2e6, 400'000);
    m_venue.openEth(1e6, 60'000);
    m_venue.ticks(2);
    m_venue.moveEth(-0.055);
    m_venue.tick();
    ASSERT_EQ(m_venue.state().liquidations.size(), 1u);
    BookObserved book;
    book.instrument = TestVenue::kEth;
    book.bidDepth = test::money(50'000);
    m_venue.feed(book);
    const auto snapshot = m_venue.project();
    const QueueView queue = queueOf(*snapshot);
    ASSERT_GT(queue.shortfall, 10'000);
    const AdlPreview preview = adlPreview(*snapshot, queue);
    EXPECT_EQ(preview.missingNow, 0);
    EXPECT_NEAR(preview.fundPays, queue.shortfall, 1e-6);
    EXPECT_EQ(preview.adlPays, 0);
    EXPECT_GT(preview.adlPaysIfEmpty, 10'000);
    EXPECT_NEAR(preview.side(TestVenue::kEth, false).ifEmpty.gives, preview.adlPaysIfEmpty, 1e-6);
}

}  // namespace
}  // namespace breakwater::view
