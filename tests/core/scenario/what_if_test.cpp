// Every figure of a shock against the engine's own arithmetic on every account, and the layers
// against the engine's own first step.
#include "core/scenario/what_if.hpp"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "core/view/test_venue.hpp"

namespace breakwater::scenario {
namespace {

using view::Snapshot;
using view::test::money;
using view::test::price;
using view::test::quantity;
using view::test::TestVenue;

Shock shockOf(const char* eth, const char* btc, const char* sol) {
    return Shock{{*Ratio::parse(eth), *Ratio::parse(btc), *Ratio::parse(sol)}};
}

AccountId idOf(std::size_t i) { return AccountId(static_cast<std::uint32_t>(i)); }

struct Brute {
    std::array<std::uint32_t, kDepths> now{}, then{}, fallen{};
    Money shortfallNow, shortfallThen, own, ownHeld;
    std::vector<Money> belowThen;
    std::vector<HealthBand> bands;
};

Brute brute(const Snapshot& snapshot, const Shock& shock) {
    const Snapshot moved = shocked(snapshot, shock);
    const Ratio warning = snapshot.profile->warningFactor;
    Brute out;
    out.belowThen.resize(snapshot.markets->size());
    for (std::size_t i = 0; i < snapshot.accountCount; ++i) {
        const Margin a = exactMargin(snapshot, idOf(i)), b = exactMargin(moved, idOf(i));
        const auto now = static_cast<std::size_t>(bandOf(a, warning));
        const auto then = static_cast<std::size_t>(bandOf(b, warning));
        out.bands.push_back(bandOf(b, warning));
        for (std::size_t d = 0; d < kDepths; ++d) {
            out.now[d] += now > d;
            out.then[d] += then > d;
            out.fallen[d] += now <= d && then > d;
        }
        out.shortfallNow += std::max(-a.equity, Money());
        out.shortfallThen += std::max(-b.equity, Money());
        if (out.bands.back() < HealthBand::BelowMaintenance) continue;
        out.ownHeld += std::max(a.equity, Money());
        out.own += std::max(std::max(a.equity, Money()) - std::max(b.equity, Money()), Money());
        for (const Leg& leg : legsOf(snapshot, idOf(i)))
            out.belowThen[leg.instrument.value()] += notional(
                leg.quantity.abs(), (*moved.markets)[leg.instrument.value()].mark, Round::Ceiling);
    }
    return out;
}

class WhatIfTest : public ::testing::Test {
protected:
    WhatIfTest() {
        m_venue.capital(3e6);
        m_venue.openRandom(3000, 4711);
        m_snapshot = m_venue.project();
    }
    TestVenue m_venue;
    std::shared_ptr<const Snapshot> m_snapshot;
};

TEST_F(WhatIfTest, EveryFigureIsThatOfEveryAccount) {
    for (const Shock& shock :
         {shockOf("-0.2", "0", "0"), shockOf("-0.2", "-0.16", "-0.3"),
          shockOf("0.35", "0.1", "1.4"), shockOf("-0.9", "-0.9", "-0.9"), shockOf("3", "3", "3"),
          shockOf("0", "0", "0"), shockOf("-0.0001", "0.0001", "0")}) {
        const Outcome outcome = evaluate(*m_snapshot, shock);
        const Brute b = brute(*m_snapshot, shock);
        EXPECT_EQ(outcome.now.accounts, b.now);
        EXPECT_EQ(outcome.then.accounts, b.then);
        EXPECT_EQ(outcome.fallen, b.fallen);
        EXPECT_EQ(outcome.now.shortfall, b.shortfallNow);
        EXPECT_EQ(outcome.then.shortfall, b.shortfallThen);
        EXPECT_EQ(outcome.layers.ownHeld, b.ownHeld);
        EXPECT_EQ(outcome.layers.ownConsumed, b.own);
        for (std::size_t m = 0; m < b.belowThen.size(); ++m)
            EXPECT_EQ(outcome.markets[m].belowThen, b.belowThen[m]);
        for (std::size_t d = 0; d < kDepths; ++d)
            EXPECT_EQ(outcome.now.accounts[d] + outcome.fallen[d] - outcome.recovered[d],
                      outcome.then.accounts[d]);
        EXPECT_GT(outcome.then.accounts[3], 50u);
    }
}

TEST_F(WhatIfTest, ZeroShockIsToday) {
    const Outcome outcome = evaluate(*m_snapshot, Shock());
    const view::VenueScan today = scan(*m_snapshot);
    EXPECT_EQ(outcome.now, outcome.then);
    EXPECT_EQ(outcome.then.accounts[3], today.bands[4]);
    EXPECT_EQ(outcome.then.accounts[2], today.bands[4] + today.bands[3]);
    EXPECT_EQ(outcome.then.accounts[1], today.bands[4] + today.bands[3] + today.bands[2]);
    EXPECT_NEAR(outcome.then.shortfall.toDouble(), today.shortfall, 1e-6);
    EXPECT_EQ(outcome.layers.ownConsumed, Money());
    for (std::size_t m = 0; m < today.markets.size(); ++m) {
        EXPECT_EQ(outcome.markets[m].belowNow, outcome.markets[m].belowThen);
        EXPECT_NEAR(outcome.markets[m].belowNow.toDouble(), today.markets[m].belowMaintenance,
                    1e-6 * today.markets[m].belowMaintenance);
    }
    EXPECT_EQ(outcome.sequence, m_snapshot->sequence);
}

TEST_F(WhatIfTest, LayersAddUpToTheShortfall) {
    for (const Shock& shock : {Shock(), shockOf("-0.1", "-0.1", "-0.1"),
                               shockOf("-0.5", "-0.4", "-0.6"), shockOf("0.8", "0.3", "2")}) {
        const Outcome outcome = evaluate(*m_snapshot, shock);
        const Layers& l = outcome.layers;
        EXPECT_EQ(l.asked + l.waiting, outcome.then.shortfall);
        EXPECT_EQ(l.fundPaid + l.adlPaid + l.socialised + l.uncovered, l.asked);
        EXPECT_EQ(l.fundHeld, m_snapshot->fund.balance);
        EXPECT_EQ(l.adlAsked, l.asked - l.fundPaid);
        EXPECT_LE(l.adlPaid, l.adlHeld);
        EXPECT_EQ(l.waiting, Money());
    }
    EXPECT_GT(evaluate(*m_snapshot, shockOf("-0.5", "-0.4", "-0.6")).layers.adlPaid, Money());
}

TEST_F(WhatIfTest, ListsTheAccountsBehindAShock) {
    const Shock shock = shockOf("-0.2", "-0.1", "0.1");
    const Brute b = brute(*m_snapshot, shock);
    for (std::size_t d = 0; d < kDepths; ++d) {
        const auto depth = static_cast<Depth>(d);
        const std::vector<Struck> list = accountsBehind(*m_snapshot, shock, depth);
        ASSERT_EQ(list.size(), b.then[d]);
        Money shortfall;
        for (std::size_t i = 0; i < list.size(); ++i) {
            const Struck& s = list[i];
            EXPECT_EQ(s.bandThen, b.bands[s.account.value()]);
            EXPECT_GE(s.bandThen, bandAt(depth));
            EXPECT_EQ(s.equityNow, exactMargin(*m_snapshot, s.account).equity);
            shortfall += s.shortfall();
            if (i > 0) {
                EXPECT_GE(list[i - 1].shortfall(), s.shortfall());
            }
        }
        EXPECT_EQ(shortfall, b.shortfallThen);
    }
    const std::vector<Struck> list = accountsBehind(*m_snapshot, shock, Depth::BelowMaintenance);
    for (std::size_t i = b.then[3] + 1; i < list.size(); ++i)
        EXPECT_LE(list[i - 1].equityThen - list[i - 1].maintenanceThen,
                  list[i].equityThen - list[i].maintenanceThen);
}

TEST_F(WhatIfTest, IsTheSameEveryTime) {
    const Shock shock = shockOf("-0.37", "-0.21", "-0.5");
    EXPECT_EQ(evaluate(*m_snapshot, shock), evaluate(*m_snapshot, shock));
}

TEST_F(WhatIfTest, StopsWhenAsked) {
    std::stop_source source;
    EXPECT_TRUE(evaluate(*m_snapshot, Shock(), source.get_token()).has_value());
    source.request_stop();
    EXPECT_FALSE(evaluate(*m_snapshot, Shock(), source.get_token()).has_value());
    EXPECT_TRUE(
        accountsBehind(*m_snapshot, Shock(), Depth::BelowInitial, source.get_token()).empty());
}

// Healthy accounts, longs and shorts with entries away from the mark, so that a fall leaves
// debtors, winners and bystanders. `markets`: how many of them an account may hold.
void openCrowd(TestVenue& venue, std::size_t count, std::uint32_t seed, bool oneMarket) {
    std::uint64_t state = seed;
    const auto draw = [&](double low, double high) {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        return low + (high - low) * static_cast<double>(state >> 11) * 0x1p-53;
    };
    const std::array<double, 3> marks{TestVenue::kEthPrice, TestVenue::kBtcPrice,
                                      TestVenue::kSolPrice};
    for (std::size_t i = 0; i < count; ++i) {
        std::vector<OpeningLeg> legs;
        double gross = 0;
        for (std::uint16_t m = 0; m < (oneMarket ? 1 : 3); ++m) {
            if (!oneMarket && draw(0, 1) < 0.4) continue;
            const double size = draw(1'000, 90'000);
            const double q = std::max(1.0, std::round(size / marks[m] * 1e3)) / 1e3;
            legs.push_back({InstrumentId(m), quantity(draw(0, 1) < 0.7 ? q : -q), price(marks[m])});
            gross += size;
        }
        if (legs.empty()) continue;
        venue.open(std::round(gross * draw(0.04, 0.3)), legs);
    }
}

void expectTheEnginesFirstStep(bool oneMarket, double fund, double tolerance) {
    TestVenue venue;
    venue.capital(fund);
    openCrowd(venue, 800, 99, oneMarket);
    const auto snapshot = venue.project();
    ASSERT_TRUE(snapshot->liquidations->empty());
    const Shock shock = oneMarket ? shockOf("-0.25", "0", "0") : shockOf("-0.25", "-0.15", "-0.3");
    const Outcome outcome = evaluate(*snapshot, shock);

    const Tally before = venue.state().tally;
    venue.setPrices(TestVenue::kEthPrice * 0.75, TestVenue::kBtcPrice * (oneMarket ? 1 : 0.85),
                    TestVenue::kSolPrice * (oneMarket ? 1 : 0.7));
    venue.tick();
    const Tally& after = venue.state().tally;
    for (std::size_t m = 0; m < 4; ++m)
        ASSERT_EQ(venue.state().markets[m].mark, outcome.markets[m].shockedMark);
    const Layers& l = outcome.layers;
    // ADL may take a winner's hedge and let it fall in the same step: that is the second round.
    EXPECT_GE(after.liquidations - before.liquidations, outcome.then.accounts[2]);
    if (oneMarket) {
        EXPECT_EQ(after.liquidations - before.liquidations, outcome.then.accounts[2]);
    }
    EXPECT_NEAR((after.fundPaid - before.fundPaid).toDouble(), l.fundPaid.toDouble(), 1e-6);
    EXPECT_NEAR(after.adlContribution.toDouble(), l.adlPaid.toDouble(),
                1e-6 + tolerance * l.adlAsked.toDouble());
    EXPECT_NEAR(after.adlNotional.toDouble(), l.adlClosed.toDouble(),
                1e-6 + tolerance * l.adlClosed.toDouble());
    EXPECT_NEAR(after.socialised.toDouble(), l.socialised.toDouble(),
                1e-6 + tolerance * l.adlAsked.toDouble());
    EXPECT_NEAR(after.uncovered.toDouble(), l.uncovered.toDouble(), 1e-6);
    EXPECT_GT(l.adlPaid, Money());
}

TEST(WhatIfLayers, AreTheEnginesFirstStepInOneMarket) {
    expectTheEnginesFirstStep(true, 100'000, 0);
}

// Where losses are socialised the engine ranks the winners again, by what they own afterwards; here
// they are ranked once. The sums differ by a fraction of what was asked of them.
TEST(WhatIfLayers, AreNearlyTheEnginesFirstStepInThreeMarkets) {
    expectTheEnginesFirstStep(false, 400'000, 0.005);
}

TEST(WhatIfLayers, AreNearlyTheEnginesFirstStepWithoutAFund) {
    expectTheEnginesFirstStep(false, 0, 0.02);
}

TEST(WhatIfLayers, FundPaysFirstAndWhole) {
    TestVenue venue;
    venue.capital(500);
    venue.openEth(10'000, 1'000);
    const Layers l = evaluate(*venue.project(), shockOf("-0.2", "0", "0")).layers;
    EXPECT_EQ(l.asked, money(1'000));
    EXPECT_EQ(l.fundPaid, money(500));
    EXPECT_EQ(l.adlAsked, money(500));
    // The maker took the other side: short 2.5 ETH from 4,000, it gives 500 of its 2,000.
    EXPECT_EQ(l.adlHeld, money(2'000));
    EXPECT_EQ(l.adlPaid, money(500));
    EXPECT_EQ(l.adlClosed, money(8'000));
    EXPECT_EQ(l.socialised, Money());
}

TEST(WhatIfLayers, StoppedMarketsWait) {
    TestVenue venue;
    venue.capital(5'000);
    venue.openEth(10'000, 1'000);
    venue.open(100, {{TestVenue::kSol, quantity(10), price(200)}});
    venue.command(BreakerLevel::Stop, Duration::minutes(5), {TestVenue::kEth});
    venue.tick();
    const Outcome outcome = evaluate(*venue.project(), shockOf("-0.2", "0", "-0.2"));
    EXPECT_EQ(outcome.stopped, 1u);
    EXPECT_EQ(outcome.layers.waiting, money(1'000));
    EXPECT_EQ(outcome.layers.asked, money(300));
    EXPECT_EQ(outcome.layers.fundPaid, money(300));
}

TEST(WhatIfLayers, BlindMarketsAreRevaluedAndWait) {
    TestVenue venue;
    venue.capital(5'000);
    venue.openEth(10'000, 1'000);
    venue.silence(5);
    venue.ticks(30);
    const auto snapshot = venue.project();
    ASSERT_TRUE((*snapshot->underlyings)[0].blind);
    const Outcome outcome = evaluate(*snapshot, shockOf("-0.2", "0", "0"));
    EXPECT_EQ(outcome.blind, 3u);
    EXPECT_EQ(outcome.then.accounts[3], 1u);
    EXPECT_EQ(outcome.then.shortfall, money(1'000));
    EXPECT_EQ(outcome.layers.waiting, money(1'000));
    EXPECT_EQ(outcome.layers.fundPaid, Money());
}

TEST(WhatIf, ExactlyAtMaintenanceIsNotBelow) {
    TestVenue venue;
    // 10,000 long: at -10 % worth 9,000, maintenance 1 % = 90; equity must be 90 then.
    venue.openEth(10'000, 1'090);
    venue.openEth(10'000, 1'089.99);
    const Outcome outcome = evaluate(*venue.project(), shockOf("-0.1", "0", "0"));
    EXPECT_EQ(outcome.then.accounts[2], 1u);
    EXPECT_EQ(outcome.then.accounts[1], 2u);
}

TEST(WhatIf, DeeperFallsNeverHelpLongs) {
    TestVenue venue;
    for (int i = 0; i < 200; ++i)
        venue.openEth(1'000 + 731 * i, 100 + (1'000 + 731 * i) * 0.002 * (i % 150 + 10));
    const auto snapshot = venue.project();
    Outcome before = evaluate(*snapshot, Shock());
    for (int percent = 1; percent <= 90; ++percent) {
        const Ratio move(Decimal::fromRaw(-10'000'000'000LL * percent));
        const Outcome now = evaluate(*snapshot, Shock{{move}});
        for (std::size_t d = 0; d < kDepths; ++d)
            EXPECT_GE(now.then.accounts[d], before.then.accounts[d]) << percent;
        EXPECT_GE(now.then.shortfall, before.then.shortfall) << percent;
        before = now;
    }
    EXPECT_EQ(before.then.accounts[3], 200u);
}

TEST(WhatIf, DebtWithoutPositionsIsOwedWhateverMoves) {
    TestVenue venue;
    const AccountId debtor = venue.open(0, {});
    auto snapshot = std::make_shared<Snapshot>(*venue.project());
    auto chunks = std::make_shared<AccountChunks>(*snapshot->accounts);
    auto chunk = std::make_shared<AccountChunk>(*chunks->front());
    chunk->accounts[debtor.value()].cash = money(-40);
    chunk->accounts[debtor.value()].band = HealthBand::BelowZero;
    chunks->front() = chunk;
    snapshot->accounts = chunks;
    const Outcome outcome = evaluate(*snapshot, shockOf("-0.5", "0", "0"));
    EXPECT_EQ(outcome.now.shortfall, money(40));
    EXPECT_EQ(outcome.then.shortfall, money(40));
    EXPECT_EQ(outcome.fallen[3], 0u);
    EXPECT_EQ(outcome.layers.adlPaid, Money()) << "nothing to close";
    EXPECT_EQ(outcome.layers.socialised, money(40));
}

TEST(WhatIf, EmptyVenueHasNothingToLose) {
    Engine engine;
    view::Projector projector;
    const auto snapshot = projector.project(engine);
    const Outcome outcome = evaluate(*snapshot, Shock());
    EXPECT_EQ(outcome.accounts, 0u);
    EXPECT_EQ(outcome.then, Tallies());
    EXPECT_TRUE(accountsBehind(*snapshot, Shock(), Depth::BelowInitial).empty());
    EXPECT_EQ(evaluate(Snapshot(), Shock()).then, Tallies()) << "before the first photograph";
}

}  // namespace
}  // namespace breakwater::scenario
