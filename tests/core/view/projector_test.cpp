#include "core/view/projector.hpp"

#include <algorithm>

#include <gtest/gtest.h>

#include "core/view/history.hpp"
#include "core/view/test_venue.hpp"

namespace breakwater::view {
namespace {

using test::TestVenue;

std::vector<std::string> textsOf(const Snapshot& snapshot) {
    std::vector<std::string> texts;
    for (const TimelineEntry& entry : *snapshot.timeline)
        texts.push_back(entry.text);
    return texts;
}

bool has(const std::vector<std::string>& texts, const std::string& text) {
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

std::size_t countWith(const std::vector<std::string>& texts, std::string_view part) {
    return static_cast<std::size_t>(std::count_if(
        texts.begin(), texts.end(),
        [&](const std::string& text) { return text.find(part) != std::string::npos; }));
}

TEST(Projector, EmptyEngineHasACompleteSnapshot) {
    Engine engine;
    Projector projector;
    const auto s = projector.project(engine);
    EXPECT_TRUE(s->profile && s->accounts && s->underlyings && s->markets && s->breakers &&
                s->liquidations && s->withdrawals && s->marketHistory && s->flow && s->alarms &&
                s->timeline && s->commands && s->queue);
    EXPECT_EQ(s->accountCount, 0u);
}

TEST(Projector, SaysWhatIsPlayed) {
    TestVenue venue;
    const auto s = venue.project();
    EXPECT_EQ(s->venue, "embedded");
    EXPECT_EQ(s->scenario, "test");
    EXPECT_EQ(s->seed, 77u);
    EXPECT_EQ(s->asOf, venue.now());
    EXPECT_EQ(s->sequence, venue.state().sequence);
    EXPECT_EQ(s->profile->name, "breakwater");
    EXPECT_EQ(s->tally.inputs, venue.state().tally.inputs);
    EXPECT_TRUE(has(textsOf(*s), "Session on embedded, test"));
}

TEST(Projector, MarkHistoryHasOneValueASecond) {
    TestVenue venue;
    for (int i = 1; i <= 10; ++i) {
        venue.moveEth(0.001 * i);
        venue.tick();
    }
    const Series& eth = (*venue.project()->marketHistory)[0].mark;
    ASSERT_EQ(eth.values.size(), 11u);
    for (std::size_t i = 0; i < 11; ++i)
        EXPECT_NEAR(eth.values[i], 4000 + 4.0 * static_cast<double>(i), 1e-9);
    EXPECT_EQ(eth.last, venue.now());
}

TEST(Projector, ManyInputsWithinASecondAreOneValue) {
    TestVenue venue;
    for (int i = 0; i < 100; ++i) {
        venue.wait(Duration::milliseconds(10));
        venue.feed(BookObserved{TestVenue::kEth, test::price(i), Money(), Money()});
        venue.feed(ClockTick{});
    }
    // The hundred ticks end exactly at the next whole second.
    const Series& eth = (*venue.project()->marketHistory)[0].mark;
    EXPECT_EQ(eth.values, (std::vector<double>{4098, 4099}));
}

TEST(Projector, SilentSecondsRepeatTheLevelAndCountNothing) {
    TestVenue venue;
    venue.openEth(10'000, 50);
    const std::size_t before = venue.project()->flow->started.values.size();
    venue.wait(Duration::seconds(7));
    venue.feed(BookObserved{TestVenue::kEth, Price(), Money(), Money()});
    const auto s = venue.project();
    EXPECT_EQ(s->flow->started.values.size(), before + 7);
    EXPECT_EQ((*s->marketHistory)[0].mark.values, std::vector<double>(8, 4000.0));
    EXPECT_EQ(s->flow->started.values[before - 1], 1);
    for (std::size_t i = before; i < before + 7; ++i) {
        EXPECT_EQ(s->flow->started.values[i], 0);
        EXPECT_EQ(s->flow->running.values[i], 1);
    }
    EXPECT_EQ(s->fund.history.values.size(), before + 7);
}

TEST(Projector, HistoryKeepsAnHour) {
    TestVenue venue;
    venue.wait(Duration::hours(30));
    venue.moveEth(0.01);
    venue.tick();
    const auto s = venue.project();
    const Series& eth = (*s->marketHistory)[0].mark;
    ASSERT_EQ(eth.values.size(), 3600u);
    EXPECT_EQ(eth.values.front(), 4000);
    EXPECT_EQ(eth.values[3598], 4000);
    EXPECT_EQ(eth.values.back(), 4040);
    EXPECT_EQ(s->flow->running.values.size(), 3600u);
    for (int i = 0; i < 100; ++i)
        venue.tick();
    const Series& later = (*venue.project()->marketHistory)[0].mark;
    EXPECT_EQ(later.values.size(), 3600u);
    EXPECT_EQ(std::count(later.values.begin(), later.values.end(), 4040.0), 101);
    EXPECT_EQ(later.values[3498], 4000);
}

TEST(Projector, FlowsAddUpToTheTally) {
    TestVenue venue;
    venue.capital(1e7);
    venue.openRandom(500, 3);
    for (int i = 0; i < 60; ++i) {
        venue.setPrices(4000 - 6.0 * i, 100'000, 200 + 0.2 * i);
        venue.tick();
        // A buyer for every order, so that liquidations end.
        std::vector<LiquidationFill> fills;
        for (const auto& [id, l] : venue.state().liquidations) {
            if (l.hasOrder)
                fills.push_back({id, TestVenue::kMaker, l.remaining,
                                 venue.state().markets[l.instrument.value()].mark});
        }
        for (const LiquidationFill& fill : fills)
            venue.feed(fill);
    }
    const auto s = venue.project();
    const auto sum = [](const Series& x) {
        double total = 0;
        for (const double v : x.values)
            total += v;
        return total;
    };
    EXPECT_EQ(sum(s->flow->started), static_cast<double>(s->tally.liquidations));
    EXPECT_EQ(sum(s->flow->started) - sum(s->flow->ended),
              static_cast<double>(s->liquidations->size()));
    EXPECT_EQ(s->flow->running.values.back(), static_cast<double>(s->liquidations->size()));
    EXPECT_GT(sum(s->flow->ended), 10);
    EXPECT_TRUE(
        std::is_sorted(s->liquidations->begin(), s->liquidations->end(),
                       [](const Liquidation& a, const Liquidation& b) { return a.id < b.id; }));
}

TEST(Projector, FundIsCapitalPlusReceivedLessPaid) {
    TestVenue venue;
    venue.capital(1e6);
    venue.capital(-1e5);
    venue.openEth(10e6, 600'000);
    venue.ticks(2);
    venue.moveEth(-0.10);
    venue.ticks(2);
    const FundView fund = venue.project()->fund;
    EXPECT_EQ(fund.capital, test::money(9e5));
    EXPECT_EQ(fund.paid, test::money(4e5));
    EXPECT_EQ(fund.balance, fund.capital + fund.received - fund.paid);
    EXPECT_EQ(fund.low, test::money(5e5));
    EXPECT_EQ(fund.history.values.back(), 5e5);
}

TEST(Projector, LiquidationBurstIsOneEntry) {
    TestVenue venue;
    venue.capital(1e6);
    for (int i = 0; i < 300; ++i)
        venue.openEth(10'000, 500);
    venue.ticks(3);
    venue.moveEth(-0.045);
    venue.tick();
    auto texts = textsOf(*venue.project());
    EXPECT_TRUE(has(texts, "300 liquidations began"));
    EXPECT_EQ(countWith(texts, "liquidation"), 1u);
    for (int i = 0; i < 5; ++i) {
        venue.openEth(10'000, 50);
        venue.tick();
    }
    texts = textsOf(*venue.project());
    EXPECT_TRUE(has(texts, "305 liquidations began within 5 s"));
    venue.ticks(10);
    venue.openEth(10'000, 50);
    texts = textsOf(*venue.project());
    EXPECT_TRUE(has(texts, "1 liquidation began"));
    EXPECT_EQ(countWith(texts, "liquidation"), 2u);
}

TEST(Projector, TimelineTellsOfBreakers) {
    TestVenue venue;
    venue.ticks(3);
    venue.command(BreakerLevel::Restrict, Duration::seconds(30), {TestVenue::kBtc});
    venue.command(BreakerLevel::Tighten, Duration::minutes(10), {TestVenue::kEth, TestVenue::kSol});
    venue.ticks(31);
    venue.moveEth(-0.06);
    venue.ticks(3);
    const auto s = venue.project();
    const auto texts = textsOf(*s);
    EXPECT_TRUE(has(texts, "officer-1 set BTC-PERP to L2 until 20:00:34Z"));
    EXPECT_TRUE(has(texts, "officer-1 set 2 markets to L1 until 20:10:04Z"))
        << "one act, one entry";
    EXPECT_TRUE(has(texts, "BTC-PERP stepped down from L2 to L1 until 20:10:34Z"));
    EXPECT_TRUE(has(texts, "R-01 set ETHM-PERP to L1 until 20:10:37Z"));
    for (std::size_t i = 1; i < s->timeline->size(); ++i) {
        EXPECT_GE((*s->timeline)[i - 1].time, (*s->timeline)[i].time) << "newest first";
    }
}

TEST(Projector, TimelineCarriesAlarmsWithTheirPriority) {
    TestVenue venue;
    venue.ticks(3);
    venue.moveEth(-0.06);
    venue.tick();
    venue.acknowledge(1);
    const auto s = venue.project();
    const auto it = std::find_if(s->timeline->begin(), s->timeline->end(),
                                 [](const TimelineEntry& e) { return e.priority.has_value(); });
    ASSERT_NE(it, s->timeline->end());
    EXPECT_EQ(it->priority, AlarmPriority::P1);
    EXPECT_EQ(it->text, "ETH shock \u22126.0 % in 5 min");
    EXPECT_TRUE(has(textsOf(*s), "officer-1 acknowledged alarm 1"));
}

TEST(Projector, TimelineTellsOfSourcesAndSight) {
    TestVenue venue;
    venue.ticks(3);
    EXPECT_EQ(countWith(textsOf(*venue.project()), "Source"), 0u) << "first quotes are no news";
    venue.silence(3);
    venue.ticks(10);
    venue.silence(0);
    venue.ticks(2);
    const auto texts = textsOf(*venue.project());
    EXPECT_TRUE(has(texts, "Source alder is stale on 3 indices"));
    EXPECT_TRUE(has(texts, "Source alder is fresh again on 3 indices"));
    EXPECT_TRUE(has(texts, "ETH index is blind: 2 of 3 sources needed are fresh"));
    EXPECT_TRUE(has(texts, "ETH index sees: 5 sources are fresh"));
}

TEST(Projector, CommandsHaveTheirOutcome) {
    TestVenue venue;
    venue.ticks(3);
    venue.command(BreakerLevel::Tighten, Duration::minutes(10), {TestVenue::kEth});
    venue.command(BreakerLevel::Auction, Duration::minutes(10), {TestVenue::kEth});
    venue.command(BreakerLevel::Stop, Duration::hours(9), {TestVenue::kEth});
    venue.acknowledge(5);
    const auto s = venue.project();
    ASSERT_EQ(s->commands->size(), 4u);
    const auto& c = *s->commands;
    EXPECT_EQ(c[3].id, CommandId(1));
    EXPECT_TRUE(c[3].accepted);
    EXPECT_EQ(c[3].text, "1 market: single officer, embedded venue");
    EXPECT_EQ(c[2].id, CommandId(2));
    EXPECT_FALSE(c[2].accepted);
    EXPECT_EQ(c[2].text, "this venue has no level auction");
    EXPECT_FALSE(c[1].accepted);
    EXPECT_EQ(c[1].text, "level stop lasts at most 300 s");
    EXPECT_TRUE(c[0].accepted);
    EXPECT_TRUE(has(textsOf(*s), "Command of officer-1 refused: this venue has no level auction"));
    for (int i = 0; i < 60; ++i)
        venue.acknowledge(1);
    EXPECT_EQ(venue.project()->commands->size(), 50u);
}

TEST(Projector, TimelineKeepsTwoHundred) {
    TestVenue venue;
    for (int i = 0; i < 150; ++i) {
        venue.command(BreakerLevel::Tighten, Duration::minutes(10), {TestVenue::kEth});
        venue.command(BreakerLevel::Normal, {}, {TestVenue::kEth});
    }
    const auto s = venue.project();
    EXPECT_EQ(s->timeline->size(), 200u);
    EXPECT_EQ(s->timeline->front().text, "officer-1 set ETH-PERP to L0");
    EXPECT_EQ(s->timeline->front().sequence, s->sequence);
}

TEST(Projector, KeepsTheLastStateDigest) {
    TestVenue venue(EngineOptions{.digestEvery = 50, .checkEveryInput = false});
    venue.ticks(9);
    const auto s = venue.project();
    EXPECT_EQ(s->stateDigestAt, s->sequence / 50 * 50);
    EXPECT_NE(s->stateDigest, Digest());
}

// What no input touched is the same object, not an equal one.
TEST(Projector, SharesWhatDidNotChange) {
    TestVenue venue;
    venue.openEth(10'000, 5'000);
    venue.ticks(2);
    const auto a = venue.project();
    venue.feed(PriceObserved{UnderlyingId(0), SourceId(0), test::price(4001), venue.now()});
    const auto b = venue.project();
    EXPECT_EQ(a->accounts, b->accounts);
    EXPECT_EQ(a->markets, b->markets);
    EXPECT_EQ(a->marketHistory, b->marketHistory);
    EXPECT_EQ(a->timeline, b->timeline);
    EXPECT_NE(a->underlyings, b->underlyings);
    EXPECT_EQ((*b->underlyings)[0].sources[0].price, test::price(4001));
    venue.tick();
    const auto c = venue.project();
    EXPECT_EQ((*a->accounts)[0], (*c->accounts)[0])
        << "a chunk that no account of changed is shared";
}

// Every part of a snapshot equals the state at its moment, whatever the inputs were.
TEST(Projector, EveryPartFollowsTheState) {
    TestVenue venue;
    venue.capital(1e6);
    venue.openRandom(300, 11);
    for (int i = 0; i < 60; ++i) {
        venue.setPrices(4000 - 8.0 * i, 100'000 - 50.0 * i, 200);
        venue.tick();
        if (i == 5) venue.feed(BookObserved{TestVenue::kSol, test::price(0.07), Money(), Money()});
        if (i == 40) venue.wait(Duration::hours(1));  // funding is settled
        if (i == 10) venue.command(BreakerLevel::Stop, Duration::minutes(2), {TestVenue::kEth});
        if (i % 3 == 0) venue.feed(Transfer{AccountId(7), Books::kSettlement, test::money(-1)});
        if (i % 5 == 0) venue.feed(FeedGap{UnderlyingId(1), SourceId(2), venue.now(), venue.now()});
        if (i % 7 == 0) venue.obey();
        const auto s = venue.project();
        const EngineState& state = venue.state();
        for (std::size_t m = 0; m < state.markets.size(); ++m) {
            ASSERT_EQ((*s->markets)[m].mark, state.markets[m].mark);
            ASSERT_EQ((*s->breakers)[m].level, state.breakers[m].level);
            ASSERT_EQ((*s->breakers)[m].effective, state.breakers[m].effective);
            ASSERT_EQ((*s->marketHistory)[m].mark.values.back(), state.markets[m].mark.toDouble());
        }
        ASSERT_EQ((*s->underlyings)[1].sources[2].state, state.underlyings[1].sources[2].state);
        ASSERT_EQ(s->liquidations->size(), state.liquidations.size());
        std::size_t k = 0;
        for (const auto& [id, l] : state.liquidations) {
            ASSERT_EQ((*s->liquidations)[k].id, id);
            ASSERT_EQ((*s->liquidations)[k].hasOrder, l.hasOrder);
            ASSERT_EQ((*s->liquidations)[k++].remaining, l.remaining);
        }
        ASSERT_EQ(s->withdrawals->size(), state.withdrawals.size());
        ASSERT_EQ(s->fund.balance, state.books.fund());
        ASSERT_EQ(s->fund.history.values.back(), state.books.fund().toDouble());
        for (std::uint32_t a = 0; a < s->accountCount; ++a) {
            ASSERT_EQ(exactMargin(*s, AccountId(a)), venue.engine().marginOf(AccountId(a)));
            ASSERT_EQ(accountOf(*s, AccountId(a)).band,
                      state.books.accounts().at(AccountId(a)).band);
        }
    }
}

TEST(Projector, MayBeginInTheMiddle) {
    TestVenue venue;
    venue.capital(1e6);
    for (int i = 0; i < 5; ++i)
        venue.openEth(10'000, 50);
    venue.ticks(2);
    Engine engine(venue.state(), {});
    Projector projector;
    std::vector<Event> events;
    const Input input{venue.state().sequence + 1, venue.now() + Duration::seconds(1), ClockTick{}};
    engine.apply(input, events);
    projector.observe(input, events, engine.state());
    const auto s = projector.project(engine);
    EXPECT_EQ(s->accountCount, 6u);
    EXPECT_EQ(s->flow->running.values.back(), 5);
    EXPECT_EQ(s->fund.balance, test::money(1e6));
    EXPECT_EQ((*s->marketHistory)[0].mark.values, std::vector<double>{4000});
}

TEST(SecondRing, CountsStartAfreshEachSecond) {
    SecondRing ring(SecondRing::Kind::Count);
    EXPECT_TRUE(ring.series(5).values.empty());
    ring.add(2);
    ring.add(3);
    ring.close(1);
    ring.add(1);
    EXPECT_EQ(ring.series(9).values, (std::vector<double>{5, 1}));
    EXPECT_EQ(ring.series(9).last, Instant::fromMicroseconds(9'000'000));
    ring.close(3);
    EXPECT_EQ(ring.series(12).values, (std::vector<double>{5, 1, 0, 0, 0}));
}

TEST(SecondRing, NeverHoldsMoreThanAnHour) {
    SecondRing ring(SecondRing::Kind::Level);
    for (int i = 0; i < 10'000; ++i) {
        ring.set(i);
        ring.close(1);
    }
    const Series s = ring.series(0);
    ASSERT_EQ(s.values.size(), 3600u);
    EXPECT_EQ(s.values.back(), 9999);
    EXPECT_EQ(s.values[3598], 9999);
    EXPECT_EQ(s.values[0], 9999 - 3598);
}

}  // namespace
}  // namespace breakwater::view
