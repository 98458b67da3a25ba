#include "core/engine/engine.hpp"

#include <gtest/gtest.h>

#include "core/event/codec.hpp"
#include "tests/core/engine/chaos.hpp"
#include "tests/core/engine/desk.hpp"

namespace breakwater {
namespace {

using test::all;
using test::Desk;
using test::embeddedProfile;
using test::money;
using test::opening;
using test::price;
using test::quantity;
using test::refusal;
using test::substanceOf;
using enum BreakerLevel;

const InstrumentId kEth{0};

class OpenVenue : public testing::Test {
protected:
    OpenVenue() {
        desk.openVenue(embeddedProfile(), {{"ETH", "2000"}});
        maker = desk.open("Kestrel", AccountTag::Maker, "1000000");
        holder = desk.open("Holder", AccountTag::Client, "5000", {opening(0, "10", "2000")});
    }
    Desk desk;
    AccountId maker, holder;
};

// ---- refusals ---------------------------------------------------------------------------

TEST_F(OpenVenue, RefusesWithAReasonAndChangesNothing) {
    desk.put(FundTransfer{AssetId(0), money("100")});
    const Instant now = desk.now();
    const Decimal most = Decimal::fromRaw(static_cast<Int128>((UInt128{1} << 127) - 1));
    const Decimal least = Decimal::fromRaw(static_cast<Int128>(UInt128{1} << 127));
    const AccountId nobody(99);
    const InstrumentId nowhere(9);
    const auto facts = [&](std::uint32_t id, const char* deposit, std::vector<OpeningLeg> legs,
                           AccountId other) {
        return AccountFacts{AccountId(id),  "x",   AccountTag::Client,
                            money(deposit), other, std::move(legs)};
    };
    const auto order = [](BreakerLevel level, Duration duration, std::vector<InstrumentId> scope,
                          const char* reason) {
        OfficerCommand c;
        c.id = CommandId(50);
        c.scope = ScopeKind::List;
        c.level = level;
        c.duration = duration;
        c.instruments = std::move(scope);
        c.reason = reason;
        return c;
    };
    OfficerCommand renew = order(Normal, Duration::minutes(1), {kEth}, "x");
    renew.kind = CommandKind::Renew;
    struct Case {
        InputBody input;
        Refusal reason;
    };
    const auto fill = [&](AccountId taker, AccountId other, Decimal size, Decimal asked,
                          Decimal at) {
        return Fill{kEth, taker, other, Quantity(size), Quantity(asked), Price(at)};
    };
    const Decimal one = Decimal::fromInteger(1), two = Decimal::fromInteger(2),
                  mark = Decimal::fromInteger(2'000);
    for (const Case& c : std::vector<Case>{
             {facts(1, "5", {}, maker), Refusal::DuplicateAccount},
             {facts(7, "5", {}, maker), Refusal::UnknownAccount},
             {facts(2, "-5", {}, maker), Refusal::BadFigure},
             {facts(2, "5", {opening(0, "1", "2000")}, nobody), Refusal::UnknownAccount},
             {facts(2, "5", {opening(9, "1", "2000")}, maker), Refusal::UnknownInstrument},
             {facts(2, "5", {opening(0, "0", "2000")}, maker), Refusal::BadFigure},
             {facts(2, "5", {opening(0, "1", "0")}, maker), Refusal::BadFigure},
             {facts(2, "5", {opening(0, "1000000000000", "1"), opening(0, "1", "1")}, maker),
              Refusal::BadFigure},
             {Transfer{nobody, AssetId(0), money("1")}, Refusal::UnknownAccount},
             {Transfer{holder, AssetId(2), money("1")}, Refusal::UnknownAsset},
             {Transfer{holder, AssetId(0), Money()}, Refusal::BadFigure},
             {Transfer{holder, AssetId(0), Money(least)}, Refusal::BadFigure},
             {Transfer{holder, AssetId(0), money("1000000000000000")}, Refusal::BadFigure},
             {Transfer{holder, AssetId(0), money("-5000.01")}, Refusal::Overdrawn},
             {Transfer{holder, AssetId(1), money("-1")}, Refusal::Overdrawn},
             {Transfer{holder, AssetId(0), money("-4600.01")}, Refusal::InitialMargin},
             {FundTransfer{AssetId(7), money("1")}, Refusal::UnknownAsset},
             {FundTransfer{AssetId(0), money("-100.01")}, Refusal::BadFigure},
             {FundTransfer{AssetId(0), Money(least)}, Refusal::BadFigure},
             {PriceObserved{UnderlyingId(3), SourceId(0), price("1"), now},
              Refusal::UnknownUnderlying},
             {PriceObserved{UnderlyingId(0), SourceId(5), price("1"), now}, Refusal::UnknownSource},
             {PriceObserved{UnderlyingId(0), SourceId(0), price("0"), now}, Refusal::BadFigure},
             {PriceObserved{UnderlyingId(0), SourceId(0), Price(most), now}, Refusal::BadFigure},
             {PriceObserved{UnderlyingId(0), SourceId(0), price("1"), now + Duration::seconds(1)},
              Refusal::BackwardTime},
             {PriceObserved{UnderlyingId(0), SourceId(0), price("1"), now - Duration::seconds(1)},
              Refusal::BackwardTime},
             {PriceObserved{UnderlyingId(0), SourceId(4), price("1"),
                            Instant::fromMicroseconds(std::numeric_limits<std::int64_t>::min())},
              Refusal::BackwardTime},
             {FeedGap{UnderlyingId(1), SourceId(0), now, now}, Refusal::UnknownUnderlying},
             {FeedGap{UnderlyingId(0), SourceId(9), now, now}, Refusal::UnknownSource},
             {BookObserved{nowhere, price("1"), {}, {}}, Refusal::UnknownInstrument},
             {BookObserved{kEth, Price(least), {}, {}}, Refusal::BadFigure},
             {BookObserved{kEth, price("1"), money("-1"), {}}, Refusal::BadFigure},
             {BookObserved{kEth, price("1"), {}, Money(most)}, Refusal::BadFigure},
             {BreakerObserved{nowhere, Stop}, Refusal::UnknownInstrument},
             {Fill{nowhere, holder, maker, quantity("1"), quantity("1"), price("1")},
              Refusal::UnknownInstrument},
             {fill(holder, nobody, one, one, mark), Refusal::UnknownAccount},
             {fill(holder, holder, one, one, mark), Refusal::UnknownAccount},
             {fill(holder, maker, two, one, mark), Refusal::BadFigure},
             {fill(holder, maker, one, -one, mark), Refusal::BadFigure},
             {fill(holder, maker, Decimal(), Decimal(), mark), Refusal::BadFigure},
             {fill(holder, maker, least, least, mark), Refusal::BadFigure},
             {fill(holder, maker, one, least, mark), Refusal::BadFigure},
             {fill(holder, maker, one, one, -mark), Refusal::BadFigure},
             {fill(holder, maker, Decimal::fromInteger(1'000'000'000),
                   Decimal::fromInteger(1'000'000'000), Decimal::fromInteger(10'000'000)),
              Refusal::BadFigure},
             {fill(holder, maker, Decimal::fromInteger(1'000), Decimal::fromInteger(1'000), mark),
              Refusal::InitialMargin},
             {LiquidationFill{LiquidationId(1), maker, quantity("-1"), price("2000")},
              Refusal::NotLiquidating},
             {order(Restrict, Duration::minutes(1), {}, "x"), Refusal::EmptyScope},
             {order(Restrict, Duration::minutes(1), {nowhere}, "x"), Refusal::UnknownInstrument},
             {order(Restrict, Duration::minutes(1), {kEth}, ""), Refusal::NoReason},
             {order(Restrict, Duration(), {kEth}, "x"), Refusal::BadDuration},
             {order(Restrict, Duration::seconds(7'201), {kEth}, "x"), Refusal::BadDuration},
             {order(Auction, Duration::minutes(1), {kEth}, "x"), Refusal::UnsupportedLevel},
             {renew, Refusal::NothingToRenew},
         }) {
        SCOPED_TRACE(toText(c.input));
        const Digest before = substanceOf(desk.state());
        const std::uint64_t refused = desk.state().tally.refused;
        const auto& told = desk.put(c.input);
        ASSERT_EQ(told.size(), 1u);
        EXPECT_EQ(refusal(told), c.reason) << all<Refused>(told)[0].detail;
        EXPECT_EQ(all<Refused>(told)[0].what, nameOf(c.input));
        EXPECT_EQ(desk.state().tally.refused, refused + 1);
        EXPECT_EQ(substanceOf(desk.state()), before);
    }
}

TEST(Engine, RefusesEverythingThatNeedsAProfileBeforeThereIsOne) {
    Desk desk;
    EXPECT_EQ(refusal(desk.put(InstrumentListed{test::instrument(0, "ETH", 0), "ETH"})),
              Refusal::NoProfile);
    EXPECT_EQ(refusal(desk.put(AccountFacts{})), Refusal::NoProfile);
    EXPECT_EQ(refusal(desk.put(OfficerCommand{})), Refusal::NoProfile);
    EXPECT_TRUE(desk.put(ClockTick{}).empty());
}

TEST_F(OpenVenue, RefusesACommandNumberTwice) {
    desk.command(Tighten, Duration::minutes(1), {kEth}, "x");
    OfficerCommand again;
    again.id = CommandId(1);
    again.reason = "y";
    EXPECT_EQ(refusal(desk.put(again)), Refusal::DuplicateCommand);
}

// ---- time -------------------------------------------------------------------------------

TEST(EngineTime, NeverGoesBackwardAndCannotBePoisoned) {
    Engine engine;
    std::vector<Event> events;
    const Instant now = Instant::parse("2025-10-10T21:00:00Z").value();
    const auto at = [&](Instant time) {
        events.clear();
        engine.apply({engine.state().sequence + 1, time, ClockTick{}}, events);
        return refusal(events);
    };
    EXPECT_EQ(at(now), std::nullopt);
    EXPECT_EQ(at(now), std::nullopt) << "the same instant is not backward";
    EXPECT_EQ(at(now - Duration::microseconds(1)), Refusal::BackwardTime);
    EXPECT_EQ(at(Instant::fromMicroseconds(std::numeric_limits<std::int64_t>::max())),
              Refusal::BadFigure);
    EXPECT_EQ(engine.state().time, now);
    EXPECT_EQ(at(now + Duration::seconds(1)), std::nullopt) << "time goes on";
}

TEST_F(OpenVenue, AQuoteFromBeforeTimeIsNotFresh) {
    // Its age would not fit in 64 bits.
    desk.put(
        PriceObserved{UnderlyingId(0), SourceId(3), price("2000"),
                      Instant::fromMicroseconds(std::numeric_limits<std::int64_t>::min() + 1)});
    desk.tick();
    EXPECT_NE(desk.state().underlyings[0].sources[3].state, SourceState::Fresh);
}

TEST_F(OpenVenue, AThousandYearsOfSilenceAreOneFundingAndNoWait) {
    desk.put(BookObserved{kEth, price("1"), {}, {}});
    desk.tick(Duration::hours(24 * 365 * 1'000));
    EXPECT_LE(all<FundingSettled>(desk.last()).size(), 1u);
    EXPECT_GT(desk.state().nextFunding, desk.now());
    EXPECT_LE(desk.state().nextFunding, desk.now() + Duration::hours(1));
}

// ---- session and digest -----------------------------------------------------------------

TEST_F(OpenVenue, TheLastDigestIsTheDigestOfTheStateThatStays) {
    const auto& told = desk.put(SessionEnded{});
    ASSERT_EQ(told.size(), 1u);
    EXPECT_EQ(all<StateDigested>(told)[0].digest, desk.state().digest());
    EXPECT_EQ(desk.state().tally.events, desk.told().size());
    EXPECT_EQ(desk.state().tally.inputs, desk.inputs().size());
}

TEST(Engine, DigestsEveryNthInput) {
    Desk desk({.digestEvery = 10, .checkEveryInput = true});
    for (int i = 0; i < 25; ++i) {
        const bool due = desk.state().sequence % 10 == 9;
        const auto digests = all<StateDigested>(desk.put(ClockTick{}));
        ASSERT_EQ(digests.size(), due ? 1u : 0u);
        if (due) {
            EXPECT_EQ(digests[0].digest, desk.state().digest());
        }
    }
    EXPECT_EQ(desk.state().tally.events, desk.told().size());
}

// ---- profile ----------------------------------------------------------------------------

TEST_F(OpenVenue, ARunningVenueKeepsWhatItsStateRestsOn) {
    const auto load = [&](auto change) {
        Profile profile = embeddedProfile();
        change(profile);
        return refusal(desk.put(ProfileLoaded{profile, digestOf(profile)}));
    };
    EXPECT_EQ(load([](Profile& p) { p.sources.push_back("fir"); }), Refusal::BadFigure);
    EXPECT_EQ(load([](Profile& p) { p.assets.pop_back(); }), Refusal::BadFigure);
    EXPECT_EQ(load([](Profile& p) { p.step = Duration::seconds(2); }), Refusal::BadFigure);
    EXPECT_EQ(load([](Profile& p) { p.levels[2].level = Auction; }), Refusal::BadFigure);
    EXPECT_EQ(load([](Profile& p) { p.stepFraction = test::ratioOf("0.25"); }), std::nullopt);
    EXPECT_EQ(refusal(desk.put(ProfileLoaded{embeddedProfile(), Digest{}})), Refusal::BadFigure);
    desk.command(Stop, Duration::minutes(1), {kEth}, "x");
    EXPECT_EQ(load([](Profile& p) { p.levels.pop_back(); }), Refusal::UnsupportedLevel)
        << "a market stands at the level that would vanish";
}

TEST_F(OpenVenue, AnotherWarningFactorMovesBandsAtOnce) {
    desk.setPrice(0, "1516.8");  // equity 168, maintenance 151.68: 1.1076
    desk.tick();
    EXPECT_EQ(desk.books().accounts().at(holder).band, HealthBand::BelowInitial);
    Profile profile = embeddedProfile();
    profile.warningFactor = test::ratioOf("1.15");
    desk.put(ProfileLoaded{profile, digestOf(profile)});
    EXPECT_EQ(desk.books().accounts().at(holder).band, HealthBand::Warning);
}

// ---- borders ----------------------------------------------------------------------------

TEST(Engine, ACounterpartyHoldsNoMoreLegsThanItMay) {
    Desk desk;
    desk.openVenue(embeddedProfile(), {{"ETH", "2000"}});
    for (std::uint16_t m = 1; m < 300; ++m) {
        desk.put(InstrumentListed{test::instrument(m, "E" + std::to_string(m), 0), "ETH"});
    }
    desk.tick();
    const AccountId maker = desk.open("Kestrel", AccountTag::Maker, "1000000000");
    std::vector<OpeningLeg> first, second;
    for (std::uint16_t m = 0; m < 200; ++m)
        first.push_back(opening(m, "1", "2000"));
    for (std::uint16_t m = 200; m < 256; ++m)
        second.push_back(opening(m, "1", "2000"));
    desk.open("First", AccountTag::Client, "100000", first);
    desk.open("Second", AccountTag::Client, "100000", second);
    EXPECT_EQ(refusal(desk.last()), Refusal::BadFigure);
    second.pop_back();
    desk.open("Second", AccountTag::Client, "100000", second);
    EXPECT_EQ(refusal(desk.last()), std::nullopt);
    EXPECT_EQ(desk.books().accounts().legs(maker).size(), AccountBook::kMaxLegs);
}

TEST_F(OpenVenue, ASideDepositIsJudgedByItsOwnBalance) {
    desk.put(Transfer{maker, AssetId(0), money("999999998000000")});  // cash close to the border
    EXPECT_EQ(refusal(desk.put(Transfer{maker, AssetId(1), money("5000000")})), std::nullopt);
    EXPECT_EQ(refusal(desk.put(Transfer{holder, AssetId(1), money("1000000000000000")})),
              std::nullopt);
    EXPECT_EQ(refusal(desk.put(Transfer{holder, AssetId(1), money("1")})), Refusal::BadFigure);
}

// ---- the waterfall ----------------------------------------------------------------------

TEST_F(OpenVenue, WhatTheFundAdvancedCannotBeWithdrawn) {
    desk.put(FundTransfer{AssetId(0), money("10000")});
    desk.setPrice(0, "1400");  // a deficit of 1,000
    desk.tick();
    EXPECT_EQ(desk.books().fund(), money("9000"));
    // Sold 80 above the mark: 800 less the fee are left of the fund's money.
    desk.takeOrder(holder, maker, "1480");
    ASSERT_EQ(desk.held(holder, 0), Quantity());
    ASSERT_EQ(desk.cash(holder), money("726"));
    EXPECT_EQ(refusal(desk.put(Transfer{holder, AssetId(0), money("-726")})),
              Refusal::InitialMargin);
    EXPECT_EQ(refusal(desk.fill(0, holder, maker, "1", "1400")), Refusal::InitialMargin)
        << "nor staked";
    desk.tick();
    EXPECT_EQ(desk.cash(holder), Money()) << "the fund takes it back";
    EXPECT_EQ(desk.books().fund(), money("9800"));
}

TEST(Waterfall, NoWinnerIsMadeADebtorByItsContributions) {
    Desk desk;
    desk.openVenue(embeddedProfile(), {{"ETH", "2000"}, {"SOL", "100"}, {"BTC", "60000"}});
    const AccountId maker = desk.open("Kestrel", AccountTag::Maker, "9000000");
    // Hedda wins on ETH and on SOL and loses most of it on BTC.
    const AccountId hedda = desk.open(
        "Hedda", AccountTag::Client, "20000",
        {opening(0, "-100", "2000"), opening(1, "-2000", "100"), opening(2, "5", "60000")});
    // Dora is served first and has SOL's winners ranked before ETH's ADL takes from Hedda.
    desk.open("Dora", AccountTag::Client, "100", {opening(1, "20", "100")});
    desk.open("Ellery", AccountTag::Client, "9000", {opening(0, "100", "2000")});
    desk.open("Fenella", AccountTag::Client, "9000", {opening(1, "1980", "100")});
    desk.setPrice(0, "1500");   // + 50,000, a deficit of 41,000
    desk.setPrice(1, "75");     // + 50,000, deficits of 400 and 40,500
    desk.setPrice(2, "46000");  // - 70,000
    desk.tick();
    ASSERT_EQ(all<AdlExecuted>(desk.last()).size(), 3u);
    Money given;
    for (const AdlExecuted& a : all<AdlExecuted>(desk.last()))
        given += a.contribution;
    EXPECT_LE(given, money("50000")) << "20,000 + 100,000 - 70,000 is all there is";
    EXPECT_GE(desk.engine().marginOf(hedda).equity, Money());
    (void)maker;
}

TEST(Waterfall, AnUncoveredLossIsToldOnce) {
    Desk desk;
    desk.openVenue(embeddedProfile(), {{"ETH", "2000"}});
    const AccountId maker = desk.open("Kestrel", AccountTag::Maker, "0");
    const AccountId ellery =
        desk.open("Ellery", AccountTag::Client, "100", {opening(0, "10", "2000")});
    desk.fill(0, ellery, maker, "-10", "1000");  // sold far below: owes 9,900 and the fee
    desk.put(Transfer{maker, AssetId(0), money("-10000")});  // and the gain has left the venue
    ASSERT_EQ(refusal(desk.last()), std::nullopt);
    Money told;
    for (int i = 0; i < 5; ++i) {
        desk.tick();
        for (const LossUncovered& u : all<LossUncovered>(desk.last()))
            told += u.amount;
    }
    EXPECT_EQ(told, money("9905"));
    EXPECT_EQ(desk.state().tally.uncovered, money("9905"));
}

TEST_F(OpenVenue, ALiquidationFillIsHeldToItsOrder) {
    desk.setPrice(0, "1515");
    desk.tick();
    const Liquidation* running = desk.liquidationOf(holder);
    ASSERT_NE(running, nullptr);
    ASSERT_TRUE(running->hasOrder && running->hasLimit);
    const auto offer = [&](AccountId by, Quantity size, Price at) {
        return refusal(desk.put(LiquidationFill{running->id, by, size, at}));
    };
    const Quantity ordered = running->remaining;
    EXPECT_EQ(offer(holder, ordered, price("1515")), Refusal::UnknownAccount) << "by itself";
    EXPECT_EQ(offer(AccountId(99), ordered, price("1515")), Refusal::UnknownAccount);
    EXPECT_EQ(offer(maker, -ordered, price("1515")), Refusal::BadFigure) << "the wrong way";
    EXPECT_EQ(offer(maker, ordered - quantity("0.001"), price("1515")), Refusal::BadFigure)
        << "more than ordered";
    EXPECT_EQ(offer(maker, Quantity(), price("1515")), Refusal::BadFigure);
    EXPECT_EQ(offer(maker, ordered, running->limit - price("0.01")), Refusal::WorseThanBankruptcy);
    EXPECT_EQ(offer(maker,
                    Quantity(Decimal::divide(ordered.value(), Decimal::fromInteger(2),
                                             Round::TowardZero)),
                    running->limit),
              std::nullopt)
        << "half of it, at the limit";
    ASSERT_TRUE(running->hasOrder);
    EXPECT_EQ(offer(maker, running->remaining, price("1515")), std::nullopt);
    EXPECT_EQ(offer(maker, ordered, price("1515")), Refusal::NotLiquidating)
        << "the order is filled";
}

}  // namespace
}  // namespace breakwater
