#include "core/view/snapshot.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "core/event/binary.hpp"
#include "core/view/test_venue.hpp"

namespace breakwater::view {
namespace {

using test::TestVenue;

AccountId idOf(std::size_t i) { return AccountId(static_cast<std::uint32_t>(i)); }

// Everything a screen can learn of accounts, as one digest.
Digest digestOfMargins(const Snapshot& snapshot) {
    DigestBuilder builder;
    for (std::size_t i = 0; i < snapshot.accountCount; ++i) {
        const Margin m = exactMargin(snapshot, idOf(i));
        const std::string text = std::string(nameOf(snapshot, idOf(i))) + " " +
                                 m.equity.toString() + " " + m.initial.toString() + " " +
                                 m.maintenance.toString() + " " + m.gross.toString() + " " +
                                 std::to_string(legsOf(snapshot, idOf(i)).size()) + "\n";
        builder.add(bytesOf(text));
    }
    return builder.finish();
}

// The same snapshot with one mark at another place.
Snapshot withMark(const Snapshot& snapshot, InstrumentId market, double mark) {
    Snapshot moved = snapshot;
    auto markets = std::make_shared<std::vector<Market>>(*snapshot.markets);
    (*markets)[market.value()].mark = test::price(mark);
    moved.markets = markets;
    return moved;
}

class RandomBook : public ::testing::Test {
protected:
    RandomBook() {
        m_venue.capital(1e6);
        m_venue.openRandom(3000, 20251010);
    }
    TestVenue m_venue;
};

TEST_F(RandomBook, MarginsAreTheEnginesOwn) {
    m_venue.setPrices(4100, 96'000, 205);
    m_venue.ticks(3);
    const auto snapshot = m_venue.project();
    ASSERT_EQ(snapshot->accountCount, 3001u);
    for (std::size_t i = 0; i < snapshot->accountCount; ++i) {
        ASSERT_EQ(exactMargin(*snapshot, idOf(i)), m_venue.engine().marginOf(idOf(i)))
            << "account " << i;
    }
}

TEST_F(RandomBook, DisplayFiguresAgreeWithTheExactOnes) {
    const auto snapshot = m_venue.project();
    for (std::size_t i = 0; i < snapshot->accountCount; ++i) {
        const Margin exact = exactMargin(*snapshot, idOf(i));
        const AccountFigures f = figuresOf(*snapshot, idOf(i));
        const double scale = exact.gross.toDouble() + std::fabs(f.cash) + 1;
        ASSERT_NEAR(f.equity, exact.equity.toDouble(), scale * 1e-9) << "account " << i;
        ASSERT_NEAR(f.initial, exact.initial.toDouble(), scale * 1e-9);
        ASSERT_NEAR(f.maintenance, exact.maintenance.toDouble(), scale * 1e-9);
        ASSERT_NEAR(f.gross, exact.gross.toDouble(), scale * 1e-9);
        ASSERT_EQ(f.hasLegs, !legsOf(*snapshot, idOf(i)).empty());
        ASSERT_EQ(f.band, bandOf(exact, snapshot->profile->warningFactor)) << "account " << i;
    }
}

TEST_F(RandomBook, EnginesBandIsThatOfTheExactMargin) {
    for (const double eth : {4000.0, 3900.0, 4010.0}) {
        m_venue.setPrices(eth, 100'000, 200);
        m_venue.tick();
        const auto snapshot = m_venue.project();
        for (std::size_t i = 0; i < snapshot->accountCount; ++i) {
            ASSERT_EQ(accountOf(*snapshot, idOf(i)).band,
                      bandOf(exactMargin(*snapshot, idOf(i)), snapshot->profile->warningFactor))
                << "account " << i << " at " << eth;
        }
    }
}

TEST_F(RandomBook, DistanceLeadsToMaintenance) {
    const auto snapshot = m_venue.project();
    std::size_t found = 0, none = 0;
    for (std::size_t i = 0; i < snapshot->accountCount; ++i) {
        const AccountFigures f = figuresOf(*snapshot, idOf(i));
        if (!f.hasLegs) {
            EXPECT_FALSE(f.distance);
            continue;
        }
        const double mark = (*snapshot->markets)[f.binding.value()].mark.toDouble();
        if (!f.distance) {
            ++none;
            // All the way down a long stays above maintenance (or a short below it).
            const Margin m = exactMargin(withMark(*snapshot, f.binding, 1e-6), idOf(i));
            const Margin now = exactMargin(*snapshot, idOf(i));
            EXPECT_EQ(m.equity < m.maintenance, now.equity < now.maintenance);
            continue;
        }
        // Beyond a hundredfold price the moved mark leaves the exact world's range.
        if (*f.distance > 100) continue;
        ++found;
        const Margin m =
            exactMargin(withMark(*snapshot, f.binding, mark * (1 + *f.distance)), idOf(i));
        ASSERT_NEAR(m.equity.toDouble(), m.maintenance.toDouble(),
                    1e-7 * (m.gross.toDouble() + f.gross))
            << "account " << i << " moves " << *f.distance;
    }
    EXPECT_GT(found, 1000u);
    EXPECT_GT(none, 10u);
}

TEST_F(RandomBook, BindingLegHasTheLargestRequirement) {
    const auto snapshot = m_venue.project();
    for (std::size_t i = 0; i < snapshot->accountCount; ++i) {
        const AccountFigures f = figuresOf(*snapshot, idOf(i));
        if (!f.hasLegs) continue;
        Money largest;
        InstrumentId binding;
        for (const Leg& leg : legsOf(*snapshot, idOf(i))) {
            const Market& market = (*snapshot->markets)[leg.instrument.value()];
            const Money need =
                requirementOf(market.instrument.tiers,
                              notional(leg.quantity.abs(), market.mark, Round::Ceiling))
                    .maintenance;
            if (need > largest) {
                largest = need;
                binding = leg.instrument;
            }
        }
        ASSERT_EQ(f.binding, binding) << "account " << i;
    }
}

TEST_F(RandomBook, KeptSnapshotNeverChanges) {
    const auto kept = m_venue.project();
    const Digest margins = digestOfMargins(*kept);
    const Sequence sequence = kept->sequence;
    const std::size_t running = kept->liquidations->size();
    const std::string name(nameOf(*kept, AccountId(5)));
    m_venue.setPrices(3600, 90'000, 150);
    m_venue.ticks(5);
    m_venue.open(5000, {});
    m_venue.feed(Transfer{AccountId(5), Books::kSettlement, test::money(123)});
    m_venue.project();
    m_venue.ticks(5);
    EXPECT_EQ(digestOfMargins(*kept), margins);
    EXPECT_EQ(kept->sequence, sequence);
    EXPECT_EQ(kept->liquidations->size(), running);
    EXPECT_EQ(nameOf(*kept, AccountId(5)), name);
    EXPECT_EQ(kept->accountCount, 3001u);
    EXPECT_NE(digestOfMargins(*m_venue.project()), margins);
}

TEST(Snapshot, AccountWithoutLegsHasInfiniteHealth) {
    TestVenue venue;
    const AccountId id = venue.open(500, {});
    const AccountFigures f = figuresOf(*venue.project(), id);
    EXPECT_TRUE(std::isinf(f.health));
    EXPECT_EQ(f.leverage, 0);
    EXPECT_FALSE(f.hasLegs);
    EXPECT_FALSE(f.distance);
    EXPECT_EQ(f.equity, 500);
    EXPECT_EQ(f.cash, 500);
    EXPECT_EQ(f.band, HealthBand::Healthy);
}

TEST(Snapshot, LeverageIsInfiniteWithoutEquity) {
    TestVenue venue;
    const AccountId id =
        venue.open(1000, {{TestVenue::kEth, test::quantity(10), test::price(4200)}});
    const AccountFigures f = figuresOf(*venue.project(), id);
    EXPECT_LT(f.equity, 0);
    EXPECT_TRUE(std::isinf(f.leverage));
    EXPECT_EQ(f.band, HealthBand::BelowZero);
    EXPECT_NEAR(f.unrealised, -2000, 1e-9);
}

TEST(Snapshot, LongsDistanceIsAFallAndShortsARise) {
    TestVenue venue;
    const AccountId longs = venue.openEth(10'000, 1'000);
    const AccountId shorts = venue.openEth(-10'000, 1'000);
    const auto snapshot = venue.project();
    // 1000 - 10000 x = 0.01 x 10000 (1 - x)  and  1000 - 10000 x = 0.01 x 10000 (1 + x)
    EXPECT_NEAR(*figuresOf(*snapshot, longs).distance, -900.0 / 9900, 1e-12);
    EXPECT_NEAR(*figuresOf(*snapshot, shorts).distance, 900.0 / 10100, 1e-12);
}

TEST(Snapshot, CollateralCountsAfterItsHaircut) {
    TestVenue venue;
    const AccountId id = venue.openEth(10'000, 1'000);
    venue.feed(Transfer{id, AssetId(1), test::money(1000)});
    const auto snapshot = venue.project();
    EXPECT_NEAR(figuresOf(*snapshot, id).equity, 1980, 1e-9);
    EXPECT_EQ(exactMargin(*snapshot, id).equity, Money::fromInteger(1980));
    EXPECT_EQ(figuresOf(*snapshot, id).cash, 1000);
}

TEST(Snapshot, RuleReadingIsTheRulesOwn) {
    TestVenue venue;
    venue.ticks(5);
    venue.moveEth(-0.04);
    venue.tick();
    const auto snapshot = venue.project();
    const auto reading = ruleReading(*snapshot, 0, 0);
    ASSERT_TRUE(reading);
    EXPECT_NEAR(reading->move.toDouble(), 0.04, 1e-9);
    EXPECT_NEAR(reading->share.toDouble(), 0.8, 1e-9);
    EXPECT_NEAR(ruleReading(*snapshot, 3, 1)->share.toDouble(), 0.4, 1e-9)
        << "the mini market has the same index";
    EXPECT_EQ(ruleReading(*snapshot, 1, 0)->move, Ratio());
    EXPECT_FALSE(ruleReading(*snapshot, 9, 0));
    EXPECT_FALSE(ruleReading(*snapshot, 0, 9));
}

}  // namespace
}  // namespace breakwater::view
