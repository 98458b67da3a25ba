// Domain section 4 through the engine: each cell of the permission table as somebody meets it.
// The table itself is tested in breaker/permissions_test.cpp; cancels never reach the engine.
#include <gtest/gtest.h>

#include "tests/core/engine/desk.hpp"

namespace breakwater {
namespace {

using test::all;
using test::money;
using test::opening;
using test::price;
using test::quantity;
using test::rate;
using test::refusal;
using enum BreakerLevel;

constexpr std::uint16_t kEth = 0, kBtc = 1;

// ETH at 2,000 (initial margin 2 %, taker fee 0.05 %) and BTC at 60,000.
class AtLevel : public testing::TestWithParam<BreakerLevel> {
protected:
    AtLevel() {
        desk.openVenue(test::embeddedProfile(), {{"ETH", "2000"}, {"BTC", "60000"}});
        maker = desk.open("Kestrel", AccountTag::Maker, "1000000");
        holder = desk.open("Holder", AccountTag::Client, "5000", {opening(kEth, "10", "2000")});
        desk.put(FundTransfer{AssetId(0), money("1000")});
    }
    // The level under test on ETH, for as long as it may last.
    void raise(BreakerLevel level = GetParam()) {
        if (level == Normal) return;
        desk.command(level, test::embeddedProfile().termsOf(level)->longest, {InstrumentId(kEth)},
                     "test");
        ASSERT_EQ(desk.level(kEth), level);
    }
    BreakerLevel level() const { return GetParam(); }

    test::Desk desk;
    AccountId maker, holder;
};

// ---- new risk ---------------------------------------------------------------------------

TEST_P(AtLevel, NewRiskOfATaker) {
    // 10 ETH: initial margin 400, at level 1 half as much again; the fee is 10.
    const AccountId rich = desk.open("Rich", AccountTag::Client, "610");
    const AccountId thin = desk.open("Thin", AccountTag::Client, "609.999999999999");
    const AccountId thinner = desk.open("Thinner", AccountTag::Client, "409.999999999999");
    raise();
    const auto buys = [&](AccountId taker) {
        return refusal(desk.fill(kEth, taker, maker, "10", "2000"));
    };
    switch (level()) {
        case Normal:
            EXPECT_EQ(buys(rich), std::nullopt);
            EXPECT_EQ(buys(thin), std::nullopt);
            EXPECT_EQ(buys(thinner), Refusal::InitialMargin);
            break;
        case Tighten:
            EXPECT_EQ(buys(rich), std::nullopt);
            EXPECT_EQ(buys(thin), Refusal::InitialMargin);
            break;
        default:
            EXPECT_EQ(buys(rich), Refusal::BreakerLevel);
            EXPECT_EQ(desk.held(rich, kEth), Quantity());
    }
}

TEST_P(AtLevel, NewRiskOfAMakerInsideTheBand) {
    raise();
    // Holder sells what it has; the maker's side is new risk, 1 % from the mark and no further.
    const auto sells = [&](AccountId to, const char* at) {
        return refusal(desk.fill(kEth, holder, to, "-1", at));
    };
    const AccountId liquidator = desk.open("Otto", AccountTag::Liquidator, "5000");
    const AccountId client = desk.open("Client", AccountTag::Client, "5000");
    const AccountId newMaker = desk.open("Osprey", AccountTag::Maker, "5000");
    switch (level()) {
        case Normal:
        case Tighten:
            for (const AccountId to : {newMaker, liquidator, client})
                EXPECT_EQ(sells(to, "1900"), std::nullopt);
            break;
        case Restrict:
            EXPECT_EQ(sells(newMaker, "1980"), std::nullopt) << "the edge of the band";
            EXPECT_EQ(sells(newMaker, "1979.99"), Refusal::BreakerLevel);
            EXPECT_EQ(sells(liquidator, "2020"), std::nullopt);
            EXPECT_EQ(sells(liquidator, "2020.01"), Refusal::BreakerLevel);
            EXPECT_EQ(sells(client, "2000"), Refusal::BreakerLevel) << "no exemption for clients";
            // The exemption is the post-only side's; a maker that takes is a taker.
            EXPECT_EQ(refusal(desk.fill(kEth, newMaker, holder, "1", "2000")),
                      Refusal::BreakerLevel);
            break;
        default: EXPECT_EQ(sells(newMaker, "2000"), Refusal::BreakerLevel);
    }
}

TEST_P(AtLevel, NewRiskOfAMakerCostsRaisedMarginAtLevel1) {
    const AccountId thin = desk.open("Osprey", AccountTag::Maker, "599.999999999999");
    raise();
    const auto told =
        refusal(desk.fill(kEth, holder, thin, "-10", "2000"));  // 400, or 600 at level 1
    EXPECT_EQ(told, level() == Tighten ? std::optional(Refusal::InitialMargin)
                    : level() == Stop  ? std::optional(Refusal::BreakerLevel)
                                       : std::nullopt);
}

TEST_P(AtLevel, AFlipIsNewRisk) {
    raise();
    const auto told = refusal(desk.fill(kEth, holder, maker, "-10.001", "2000"));
    EXPECT_EQ(told, level() >= Restrict ? std::optional(Refusal::BreakerLevel) : std::nullopt);
}

// ---- leaving ----------------------------------------------------------------------------

TEST_P(AtLevel, ReducingOrder) {
    desk.setPrice(kEth, "1600");  // below zero: even now it may reduce
    raise();
    const auto told = refusal(desk.fill(kEth, holder, maker, "-4", "1990"));
    EXPECT_EQ(told, level() == Stop ? std::optional(Refusal::BreakerLevel) : std::nullopt);
    EXPECT_EQ(desk.held(holder, kEth), quantity(level() == Stop ? "10" : "6"));
    const auto ratio = desk.state().markets[kEth].sellExits.ratio(desk.now());
    EXPECT_EQ(ratio, level() == Stop ? Ratio() : Ratio::fromInteger(1))
        << "refused exits count as unfilled";
}

TEST_P(AtLevel, Deposit) {
    raise();
    EXPECT_EQ(refusal(desk.put(Transfer{holder, AssetId(0), money("1")})), std::nullopt);
    EXPECT_EQ(refusal(desk.put(Transfer{holder, AssetId(1), money("1")})), std::nullopt);
    EXPECT_EQ(desk.cash(holder), money("5001"));
}

TEST_P(AtLevel, Withdrawal) {  // initial margin of the 10 ETH is 400, raised 600
    raise();
    const auto& told = desk.put(Transfer{holder, AssetId(0), money("-4600")});
    switch (level()) {
        case Normal:
        case Restrict:
            EXPECT_EQ(refusal(told), std::nullopt) << "leaves 400";
            EXPECT_EQ(desk.cash(holder), money("400"));
            EXPECT_EQ(refusal(desk.put(Transfer{holder, AssetId(0), money("-0.000000000001")})),
                      Refusal::InitialMargin);
            break;
        case Tighten:
            EXPECT_EQ(refusal(told), Refusal::InitialMargin) << "must leave 600";
            EXPECT_EQ(refusal(desk.put(Transfer{holder, AssetId(0), money("-4400")})),
                      std::nullopt);
            break;
        default:
            ASSERT_EQ(all<WithdrawalQueued>(told).size(), 1u);
            EXPECT_EQ(desk.cash(holder), money("5000"));
            EXPECT_EQ(desk.state().withdrawals.size(), 1u);
    }
}

// ---- liquidation and what follows -------------------------------------------------------

TEST_P(AtLevel, Liquidation) {
    raise();
    desk.setPrice(kEth, "1515");  // 150 of equity, 151.5 of maintenance
    desk.tick();
    ASSERT_NE(desk.liquidationOf(holder), nullptr) << "the case is always opened";
    EXPECT_EQ(desk.liquidationOf(holder)->hasOrder, level() != Stop);
    if (level() == Stop) {
        desk.tick();
        EXPECT_TRUE(all<LiquidationOrdered>(desk.last()).empty());
        ASSERT_NE(desk.liquidationOf(holder), nullptr) << "the list is kept";
        EXPECT_LT(desk.liquidationOf(holder)->since, desk.now()) << "the clock runs";
        return;
    }
    EXPECT_EQ(refusal(desk.takeOrder(holder, maker, "1515")), std::nullopt);
    EXPECT_LT(desk.held(holder, kEth), quantity("10"));
}

TEST_P(AtLevel, LiquidationBelowTwoThirdsIsNotDelayed) {
    raise();
    desk.setPrice(kEth, "1509");  // 90 of 150.9
    desk.tick();
    if (level() == Stop) {
        EXPECT_FALSE(desk.liquidationOf(holder)->hasOrder);
        return;
    }
    EXPECT_EQ(desk.liquidationOf(holder)->remaining, quantity("-10")) << "whole, at once";
}

TEST_P(AtLevel, AnOrderThatStandsWhenTheLevelRises) {
    desk.setPrice(kEth, "1515");
    desk.tick();
    ASSERT_TRUE(desk.liquidationOf(holder)->hasOrder);
    raise();
    const auto told = refusal(desk.takeOrder(holder, maker, "1515"));
    EXPECT_EQ(told, level() == Stop ? std::optional(Refusal::BreakerLevel) : std::nullopt);
}

TEST_P(AtLevel, AutoDeleveraging) {  // a fund of 1,000 against a deficit of 2,000
    const AccountId winner =
        desk.open("Winner", AccountTag::Client, "20000", {opening(kEth, "-30", "2000")});
    raise();
    desk.setPrice(kEth, "1300");
    desk.tick();
    if (level() == Stop) {
        EXPECT_TRUE(all<AdlExecuted>(desk.last()).empty());
        EXPECT_EQ(desk.books().fund(), money("1000"))
            << "no layer pays while the market is stopped";
        desk.command(Restrict, Duration::minutes(5), {InstrumentId(kEth)}, "over");
        desk.tick();
    }
    const auto adl = all<AdlExecuted>(desk.last());
    ASSERT_EQ(adl.size(), 1u);
    EXPECT_EQ(adl[0].winner, winner);
    EXPECT_EQ(adl[0].quantity, quantity("-10"));
    EXPECT_EQ(adl[0].contribution, money("1000"));
    EXPECT_EQ(desk.books().fund(), Money());
    EXPECT_EQ(desk.held(winner, kEth), quantity("-20"));
}

// ---- funding and mark -------------------------------------------------------------------

TEST_P(AtLevel, Funding) {  // a premium of 0.1 % an hour; the cap is 0.05 %, at level 2 0.01 %
    desk.put(BookObserved{InstrumentId(kEth), price("2"), {}, {}});
    desk.put(BookObserved{InstrumentId(kBtc), price("60"), {}, {}});
    const AccountId btc =
        desk.open("Btc", AccountTag::Client, "9000", {opening(kBtc, "1", "60000")});
    (void)btc;
    desk.tick(Duration::minutes(58));
    raise();
    desk.tick(Duration::minutes(1));
    desk.tick(Duration::minutes(1));  // past 22:00
    std::optional<Rate> eth, other;
    for (const FundingSettled& f : all<FundingSettled>(desk.last())) {
        (f.instrument == InstrumentId(kEth) ? eth : other) = f.rate;
        EXPECT_GE(f.paid, f.received);
    }
    EXPECT_EQ(other, rate("0.0005")) << "BTC is not in scope";
    EXPECT_EQ(eth, level() == Stop       ? std::nullopt
                   : level() == Restrict ? std::optional(rate("0.0001"))
                                         : std::optional(rate("0.0005")));
}

TEST_P(AtLevel, Mark) {
    desk.put(BookObserved{InstrumentId(kEth), price("-7"), {}, {}});
    desk.tick();
    EXPECT_EQ(desk.state().markets[kEth].mark, price("1993"));
    raise();
    desk.tick();
    EXPECT_EQ(desk.state().markets[kEth].mark, price(level() == Stop ? "2000" : "1993"));
    if (level() != Stop) return;
    desk.command(Restrict, Duration::minutes(5), {InstrumentId(kEth)}, "over");
    desk.tick();
    EXPECT_EQ(desk.state().markets[kEth].mark, price("1993"));
}

INSTANTIATE_TEST_SUITE_P(Ladder, AtLevel, testing::Values(Normal, Tighten, Restrict, Stop),
                         [](const auto& level) { return std::string(word(level.param)); });

// ---- between levels ---------------------------------------------------------------------

TEST_F(AtLevel, AQueuedWithdrawalIsPaidWithItsAgeWhenTheLevelFalls) {
    raise(Stop);
    desk.put(Transfer{holder, AssetId(0), money("-100")});
    desk.put(Transfer{holder, AssetId(0), money("-4950")});  // both cannot be covered
    desk.tick(Duration::seconds(4));
    EXPECT_TRUE(all<WithdrawalReleased>(desk.last()).empty());
    desk.command(Restrict, Duration::minutes(5), {InstrumentId(kEth)}, "over");
    desk.tick();
    const auto released = all<WithdrawalReleased>(desk.last());
    ASSERT_EQ(released.size(), 2u);
    EXPECT_TRUE(released[0].paid);
    EXPECT_EQ(released[0].waited, Duration::seconds(5));
    EXPECT_FALSE(released[1].paid) << "judged again, at what is there now";
    EXPECT_EQ(desk.cash(holder), money("4900"));
    EXPECT_TRUE(desk.state().withdrawals.empty());
}

TEST_F(AtLevel, TheStrictestMarketOfAnAccountRulesItsWithdrawals) {
    const AccountId both = desk.open("Both", AccountTag::Client, "9000",
                                     {opening(kEth, "1", "2000"), opening(kBtc, "0.1", "60000")});
    raise(Stop);
    EXPECT_EQ(all<WithdrawalQueued>(desk.put(Transfer{both, AssetId(0), money("-10")})).size(), 1u);
    const AccountId btcOnly =
        desk.open("Btc", AccountTag::Client, "9000", {opening(kBtc, "0.1", "60000")});
    EXPECT_TRUE(desk.put(Transfer{btcOnly, AssetId(0), money("-10")}).empty());
}

// The permission table: a stop queues withdrawals. Without a position there is no market to look
// at; the whole venue stands or it does not.
TEST_F(AtLevel, AnAccountWithoutAPositionIsHeldOnlyWhenTheWholeVenueStands) {
    const AccountId flat = desk.open("Flat", AccountTag::Client, "9000");
    raise(Stop);
    EXPECT_TRUE(desk.put(Transfer{flat, AssetId(0), money("-10")}).empty());
    desk.command(Stop, Duration::minutes(5), {InstrumentId(kBtc)}, "both now");
    EXPECT_EQ(all<WithdrawalQueued>(desk.put(Transfer{flat, AssetId(0), money("-10")})).size(), 1u);
    desk.command(Restrict, Duration::minutes(5), {InstrumentId(kBtc)}, "over");
    desk.tick();
    const auto released = all<WithdrawalReleased>(desk.last());
    ASSERT_EQ(released.size(), 1u);
    EXPECT_TRUE(released[0].paid);
    EXPECT_EQ(desk.cash(flat), money("8980"));
}

TEST_F(AtLevel, ALiquidationGoesOnInTheMarketsThatTrade) {
    const AccountId both = desk.open("Both", AccountTag::Client, "1000",
                                     {opening(kEth, "10", "2000"), opening(kBtc, "0.1", "60000")});
    raise(Stop);
    desk.setPrice(kEth, "1924");  // 240 of equity, 252.4 of maintenance
    desk.tick();
    ASSERT_NE(desk.liquidationOf(both), nullptr);
    EXPECT_TRUE(desk.liquidationOf(both)->hasOrder);
    EXPECT_EQ(desk.liquidationOf(both)->instrument, InstrumentId(kBtc))
        << "ETH is heavier, and stopped";
}

TEST_F(AtLevel, LevelsThatThisVenueDoesNotHaveAreRefused) {
    EXPECT_EQ(refusal(desk.command(Auction, Duration::minutes(5), {InstrumentId(kEth)}, "call")),
              Refusal::UnsupportedLevel);
    EXPECT_EQ(desk.level(kEth), Normal);
}

}  // namespace
}  // namespace breakwater
