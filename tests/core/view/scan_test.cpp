#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "core/view/shortfall_curve.hpp"
#include "core/view/snapshot.hpp"
#include "core/view/test_venue.hpp"

namespace breakwater::view {
namespace {

using test::TestVenue;

AccountId idOf(std::size_t i) { return AccountId(static_cast<std::uint32_t>(i)); }

Snapshot moved(const Snapshot& snapshot, std::size_t market, double relative) {
    Snapshot copy = snapshot;
    auto markets = std::make_shared<std::vector<Market>>(*snapshot.markets);
    (*markets)[market].mark = test::price((*markets)[market].mark.toDouble() * (1 + relative));
    copy.markets = markets;
    return copy;
}

double shortfallOf(const Snapshot& snapshot) {
    double sum = 0;
    for (std::size_t i = 0; i < snapshot.accountCount; ++i)
        sum += std::max(0.0, -figuresOf(snapshot, idOf(i)).equity);
    return sum;
}

const Leg* legIn(const Snapshot& snapshot, AccountId account, std::size_t market) {
    for (const Leg& leg : legsOf(snapshot, account)) {
        if (leg.instrument.value() == market) return &leg;
    }
    return nullptr;
}

double sizeIn(const Snapshot& snapshot, AccountId account, std::size_t market) {
    const Leg* leg = legIn(snapshot, account, market);
    return leg == nullptr
               ? 0
               : std::fabs(leg->quantity.toDouble() * (*snapshot.markets)[market].mark.toDouble());
}

// Notional at today's mark that accounts hold who are below maintenance after the move.
double belowAfter(const Snapshot& snapshot, std::size_t market, double relative) {
    const Snapshot then = moved(snapshot, market, relative);
    double sum = 0;
    for (std::size_t i = 0; i < snapshot.accountCount; ++i) {
        const AccountFigures f = figuresOf(then, idOf(i));
        if (f.hasLegs && f.equity < f.maintenance) sum += sizeIn(snapshot, idOf(i), market);
    }
    return sum;
}

class ScanTest : public ::testing::Test {
protected:
    ScanTest() {
        m_venue.capital(3e6);
        m_venue.openRandom(3000, 4711);
        m_snapshot = m_venue.project();
        m_scan = scan(*m_snapshot);
    }
    TestVenue m_venue;
    std::shared_ptr<const Snapshot> m_snapshot;
    VenueScan m_scan;
};

TEST_F(ScanTest, HistogramAndBandsCountEveryAccount) {
    std::array<std::uint32_t, VenueScan::kBins> histogram{};
    std::array<std::uint32_t, 5> bands{};
    std::uint32_t above = 0;
    for (std::size_t i = 0; i < m_snapshot->accountCount; ++i) {
        const double health = figuresOf(*m_snapshot, idOf(i)).health;
        ++bands[static_cast<std::size_t>(
            bandOf(exactMargin(*m_snapshot, idOf(i)), m_snapshot->profile->warningFactor))];
        if (health >= VenueScan::kHealthHigh) {
            ++above;
            continue;
        }
        std::size_t bin = 0;
        while (bin + 1 < VenueScan::kBins &&
               health >= static_cast<double>(80 + 5 * (bin + 1)) / 100)
            ++bin;
        ++histogram[bin];
    }
    EXPECT_EQ(m_scan.histogram, histogram);
    EXPECT_EQ(m_scan.above, above);
    EXPECT_EQ(m_scan.bands, bands);
    EXPECT_GT(bands[4], 50u);
    EXPECT_GT(bands[2], 20u);
}

TEST_F(ScanTest, SumsAreThoseOfTheAccounts) {
    double equity = 0, maintenance = 0;
    for (std::size_t i = 0; i < m_snapshot->accountCount; ++i) {
        equity += figuresOf(*m_snapshot, idOf(i)).equity;
        maintenance += figuresOf(*m_snapshot, idOf(i)).maintenance;
    }
    EXPECT_NEAR(m_scan.equity, equity, 1e-9 * std::fabs(equity));
    EXPECT_NEAR(m_scan.maintenance, maintenance, 1e-9 * maintenance);
    EXPECT_NEAR(m_scan.shortfall, shortfallOf(*m_snapshot), 1e-6);
    EXPECT_GT(m_scan.shortfall, 1000);
}

TEST_F(ScanTest, MarketFiguresAddUp) {
    for (std::size_t m = 0; m < 4; ++m) {
        double longs = 0, shorts = 0, interest = 0, clientLong = 0, clientShort = 0, below = 0;
        std::uint32_t liquidating = 0;
        for (std::size_t i = 0; i < m_snapshot->accountCount; ++i) {
            const Leg* leg = legIn(*m_snapshot, idOf(i), m);
            if (leg == nullptr) continue;
            const double size = sizeIn(*m_snapshot, idOf(i), m);
            const Account& account = accountOf(*m_snapshot, idOf(i));
            const bool isLong = leg->quantity.isPositive();
            (isLong ? longs : shorts) += 1;
            if (isLong) interest += size;
            if (account.tag == AccountTag::Client) (isLong ? clientLong : clientShort) += size;
            if (account.band >= HealthBand::BelowMaintenance) below += size;
            if (account.liquidation.value() != 0) ++liquidating;
        }
        const MarketScan& market = m_scan.markets[m];
        EXPECT_EQ(market.longs, longs);
        EXPECT_EQ(market.shorts, shorts);
        EXPECT_EQ(market.liquidating, liquidating);
        EXPECT_NEAR(market.openInterest, interest, 1e-9 * interest);
        EXPECT_NEAR(market.belowMaintenance, below, 1e-9 * below);
        EXPECT_NEAR(market.clientSkew, (clientLong - clientShort) / (clientLong + clientShort),
                    1e-12);
        EXPECT_GT(liquidating, 10u);
    }
}

TEST_F(ScanTest, BelowMaintenanceAfterAMoveIsThatOfTheMovedBook) {
    for (std::size_t m = 0; m < 4; ++m) {
        const MarketScan& market = m_scan.markets[m];
        const double sign = market.clientSkew >= 0 ? -1 : 1;
        EXPECT_NEAR(market.belowMaintenanceAt5, belowAfter(*m_snapshot, m, sign * 0.05),
                    1e-6 * market.belowMaintenanceAt5);
        EXPECT_NEAR(market.belowMaintenanceAt10, belowAfter(*m_snapshot, m, sign * 0.10),
                    1e-6 * market.belowMaintenanceAt10);
    }
}

TEST_F(ScanTest, FirstAdlIsWhereTheShortfallPassesTheFund) {
    const double fund = m_snapshot->fund.balance.toDouble();
    ASSERT_LT(m_scan.shortfall, fund);
    std::size_t found = 0;
    for (std::size_t m = 0; m < 4; ++m) {
        const double sign = m_scan.markets[m].clientSkew >= 0 ? -1 : 1;
        const std::optional<double> move = m_scan.moveToFirstAdl[m];
        if (!move) {
            EXPECT_LE(shortfallOf(moved(*m_snapshot, m, sign * 0.5999)), fund);
            continue;
        }
        ++found;
        EXPECT_EQ(*move < 0, sign < 0);
        EXPECT_LE(shortfallOf(moved(*m_snapshot, m, *move - sign * 1e-4)), fund);
        EXPECT_GE(shortfallOf(moved(*m_snapshot, m, *move + sign * 1e-4)), fund);
        for (double x = 0; x < std::fabs(*move) - 1e-3; x += 2e-3) {
            ASSERT_LE(shortfallOf(moved(*m_snapshot, m, sign * x)), fund)
                << "market " << m << " at " << x;
        }
    }
    EXPECT_GT(found, 0u);
}

TEST(Scan, AccountExactlyAtMaintenanceIsNotBelowTheLine) {
    TestVenue venue;
    venue.openEth(10'000, 100);
    const VenueScan s = scan(*venue.project());
    EXPECT_EQ(s.histogram[4], 1u) << "1.00 opens the fifth bin";
    EXPECT_EQ(s.bands[static_cast<std::size_t>(HealthBand::Warning)], 1u);
}

TEST(Scan, EmptyFundWithShortfallsIsAdlNow) {
    TestVenue venue;
    venue.open(1000, {{TestVenue::kEth, test::quantity(10), test::price(4200)}});
    const VenueScan s = scan(*venue.project());
    EXPECT_NEAR(s.shortfall, 1000, 1e-6);
    EXPECT_EQ(s.moveToFirstAdl[0], 0.0);
}

TEST(Scan, NoMoveReachesAVastFund) {
    TestVenue venue;
    venue.capital(1e12);
    venue.openEth(10'000, 1'000);
    EXPECT_FALSE(scan(*venue.project()).moveToFirstAdl[0]);
}

TEST(Scan, OneLongIsExhaustedWhereArithmeticSays) {
    TestVenue venue;
    venue.capital(500);
    venue.openEth(10'000, 1'000);
    // 10000 x - 1000 = 500
    EXPECT_NEAR(*scan(*venue.project()).moveToFirstAdl[0], -0.15, 1e-4);
}

TEST(Scan, VenueWithoutMarketsIsEmpty) {
    Engine engine;
    Projector projector;
    const VenueScan s = scan(*projector.project(engine));
    EXPECT_TRUE(s.markets.empty());
    EXPECT_EQ(s.above, 0u);
}

TEST(ShortfallCurve, SeesAShortfallThatAMoveCures) {
    ShortfallCurve curve;
    curve.add(-10, 1000, false);  // cured at 1 %
    curve.add(100, 1000, true);   // lost from 10 % on
    EXPECT_NEAR(*curve.firstAbove(10, 50), 0.15, 1e-4);
    EXPECT_EQ(curve.firstAbove(10, 9), 0.0);
    EXPECT_FALSE(curve.firstAbove(10, 1000));
}

}  // namespace
}  // namespace breakwater::view
