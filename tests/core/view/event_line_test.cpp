#include "core/view/event_line.hpp"

#include <set>

#include <gtest/gtest.h>

#include "core/view/test_venue.hpp"

namespace breakwater::view {
namespace {

using test::TestVenue;

const Instant kTime = *Instant::parse("2025-10-10T21:15:04Z");

Money money(const char* text) { return *Money::parse(text); }
Price price(const char* text) { return *Price::parse(text); }
Quantity quantity(const char* text) { return *Quantity::parse(text); }

class EventLines : public testing::Test {
protected:
    EventLines() {
        m_alice = m_venue.open(1000, {}, AccountTag::Client, "0x7a3f..e1");
        m_bob = m_venue.open(1000, {}, AccountTag::Client, "0x0b0b..22");
        m_names = m_venue.project();
    }

    EventLine line(const Event& event) const { return lineOf(event, 812, 3, kTime, *m_names); }
    std::string text(const Event& event) const { return line(event).text; }
    bool match(const EventFilter& filter, const Event& event) const {
        return matches(filter, event, *m_names);
    }

    TestVenue m_venue;
    AccountId m_alice, m_bob;
    std::shared_ptr<const Snapshot> m_names;
};

TEST_F(EventLines, EveryAlternativeHasAKindAndATitleOfItsOwn) {
    ASSERT_EQ(eventKinds().size(), std::variant_size_v<Event>);
    EXPECT_EQ(eventKinds()[0], Refused::kName);
    EXPECT_EQ(eventKinds()[Event(LiquidationStarted{}).index()], "liquidation_started");
    std::set<std::string_view> kinds, titles;
    for (std::size_t i = 0; i < eventKinds().size(); ++i) {
        kinds.insert(eventKinds()[i]);
        titles.insert(titleOfKind(i));
        EXPECT_FALSE(titleOfKind(i).empty());
    }
    EXPECT_EQ(kinds.size(), eventKinds().size());
    EXPECT_EQ(titles.size(), eventKinds().size());
    EXPECT_EQ(titleOfKind(Event(LiquidationStarted{}).index()), "Liquidation started");
    EXPECT_EQ(titleOfKind(Event(StateDigested{}).index()), "State digest");
}

TEST_F(EventLines, ALineCarriesItsPlace) {
    const EventLine l = line(LiquidationStarted{LiquidationId(7), m_alice, money("1"), money("2")});
    EXPECT_EQ(l.sequence, 812u);
    EXPECT_EQ(l.index, 3u);
    EXPECT_EQ(l.time, kTime);
    EXPECT_EQ(eventKinds()[l.kind], "liquidation_started");
    EXPECT_EQ(l.account, m_alice);
    EXPECT_FALSE(l.market);
    EXPECT_EQ(l.text, "Liquidation 7 of 0x7a3f..e1 began: equity 1, maintenance 2");
}

TEST_F(EventLines, HealthBandsSayTheFiguresTheyWereJudgedBy) {
    HealthBandChanged e{m_alice,
                        HealthBand::Warning,
                        HealthBand::BelowMaintenance,
                        money("2771234.567"),
                        money("5820000.25"),
                        money("2911234.567")};
    EXPECT_EQ(text(e), "0x7a3f..e1 fell below maintenance: equity 2.77M, maintenance 2.91M");
    e.from = HealthBand::BelowMaintenance;
    e.to = HealthBand::Warning;
    EXPECT_EQ(text(e), "0x7a3f..e1 rose above maintenance: equity 2.77M, maintenance 2.91M");
    e.to = HealthBand::BelowInitial;
    EXPECT_EQ(text(e),
              "0x7a3f..e1 rose above warning: equity 2.77M, initial 5.82M, maintenance 2.91M");
    e.from = HealthBand::Healthy;
    EXPECT_EQ(
        text(e),
        "0x7a3f..e1 fell below initial margin: equity 2.77M, initial 5.82M, maintenance 2.91M");
    e.to = HealthBand::Healthy;
    EXPECT_EQ(text(e), "0x7a3f..e1 is healthy again: equity 2.77M, initial 5.82M");
    e.to = HealthBand::BelowZero;
    e.equity = money("-12.5");
    EXPECT_EQ(text(e), "0x7a3f..e1 fell below zero: equity \u221212.5, maintenance 2.91M");
}

TEST_F(EventLines, FiguresStayExactWhereTheyAreShort) {
    const auto equity = [&](const char* value) {
        return text(LiquidationStarted{LiquidationId(7), m_alice, money(value), money("1")});
    };
    EXPECT_EQ(equity("1234.56"),
              "Liquidation 7 of 0x7a3f..e1 began: equity 1,234.56, maintenance 1");
    EXPECT_NE(equity("-1234.56").find("equity \u22121,234.56,"), std::string::npos);
    EXPECT_NE(equity("123456.789").find("equity 123.46k,"), std::string::npos);
    EXPECT_NE(equity("1234.567891").find("equity 1,234.57,"), std::string::npos);
    EXPECT_NE(equity("92232.5299871").find("equity 92,232.53,"), std::string::npos);
    EXPECT_NE(equity("0.0000000001").find("equity 0.0000000001,"), std::string::npos);
    EXPECT_NE(equity("99999.9951").find("equity 100.00k,"), std::string::npos);
    EXPECT_NE(equity("999995.123").find("equity 1.00M,"), std::string::npos);
    EXPECT_NE(equity("41200000000.5").find("equity 41.20B,"), std::string::npos);
}

TEST_F(EventLines, TwoFiguresThatDifferNeverReadTheSame) {
    EXPECT_EQ(text(HealthBandChanged{m_alice, HealthBand::Warning, HealthBand::BelowMaintenance,
                                     money("2771234.567"), money("0"), money("2771234.568")}),
              "0x7a3f..e1 fell below maintenance: equity 2,771,234.567, maintenance 2,771,234.568");
}

TEST_F(EventLines, MarksSourcesAndSight) {
    EXPECT_EQ(text(MarkChanged{TestVenue::kEth, price("3786.9"), price("3787.2")}),
              "ETH-PERP mark 3,787.2, index 3,786.9");
    EXPECT_EQ(
        text(MarkChanged{TestVenue::kEth, price("113786.912345678"), price("0.000012345678")}),
        "ETH-PERP mark 0.00001234, index 113,786.9123");
    const std::string source = m_names->profile->sources[1];
    EXPECT_EQ(text(SourceChanged{UnderlyingId(1), SourceId(1), SourceState::Stale,
                                 Duration::milliseconds(4200)}),
              "Source " + source + " is stale on BTC, 4.2 s old");
    EXPECT_EQ(text(SourceChanged{UnderlyingId(1), SourceId(1), SourceState::Fresh, Duration()}),
              "Source " + source + " is fresh on BTC, 0 s old");
    EXPECT_EQ(text(SourceChanged{UnderlyingId(1), SourceId(1), SourceState::Gapped,
                                 Duration::seconds(2)}),
              "Source " + source + " has a gap on BTC, last quote 2 s old");
    EXPECT_EQ(text(IndexSight{UnderlyingId(1), true, 1, 3}),
              "BTC index is blind: 1 source fresh, 3 needed");
    EXPECT_EQ(text(IndexSight{UnderlyingId(1), false, 4, 3}),
              "BTC index sees: 4 sources fresh, 3 needed");
}

TEST_F(EventLines, ALiquidationFromOrderToEnd) {
    LiquidationOrdered order{
        LiquidationId(7), m_alice, TestVenue::kEth, 2,           quantity("-1234.5"),
        price("3787.2"),  true,    price("3701"),   money("10"), money("20")};
    EXPECT_EQ(text(order),
              "Step 2 of liquidation 7, 0x7a3f..e1: order \u22121,234.5 ETH-PERP at mark 3,787.2, "
              "bankruptcy price 3,701, equity 10, maintenance 20");
    order.hasLimit = false;
    EXPECT_NE(text(order).find("mark 3,787.2, no limit, equity"), std::string::npos);
    LiquidationFilled fill{LiquidationId(7), m_alice,       m_bob,         TestVenue::kEth,
                           quantity("-3.5"), price("3786"), price("3787"), money("1.25"),
                           money("10"),      money("20")};
    EXPECT_EQ(text(fill),
              "0x7a3f..e1 sold 3.5 ETH-PERP at 3,786, mark 3,787, to 0x0b0b..22, fee 1.25: "
              "equity 10, maintenance 20");
    fill.quantity = quantity("3.5");
    EXPECT_NE(text(fill).find("0x7a3f..e1 bought 3.5 ETH-PERP at 3,786, mark 3,787, from 0x0b0b"),
              std::string::npos);
    EXPECT_EQ(text(LiquidationEnded{LiquidationId(7), m_alice, LiquidationEnd::CoveredByFund, 1,
                                    money("0"), money("0")}),
              "Liquidation 7 of 0x7a3f..e1 ended after 1 step, covered by the fund: equity 0, "
              "maintenance 0");
}

TEST_F(EventLines, TheWaterfall) {
    FundMoved fund{AssetId(0), true, m_alice, money("-812.5"), money("1000000"), "deficit"};
    const std::string& asset = m_names->profile->assets[0].symbol;
    EXPECT_EQ(text(fund),
              "Fund paid 812.5 " + asset + " for 0x7a3f..e1, deficit, balance 1,000,000");
    fund.hasAccount = false;
    fund.amount = money("5");
    fund.cause = "capital";
    EXPECT_EQ(text(fund), "Fund received 5 " + asset + ", capital, balance 1,000,000");
    EXPECT_FALSE(line(fund).account);
    EXPECT_EQ(text(AdlExecuted{m_alice, m_bob, TestVenue::kEth, quantity("-3"), price("3787"),
                               price("3790"), money("9"), *Ratio::parse("2.125"), "fund empty"}),
              "0x0b0b..22 deleveraged against 0x7a3f..e1: 3 ETH-PERP closed at mark 3,787, gave 9 "
              "(close price 3,790), score 2.12: fund empty");
    EXPECT_EQ(text(LossSocialised{m_alice, money("40"), 1812, money("5000"), "fund empty"}),
              "40 of 0x7a3f..e1's loss taken from 1,812 accounts with equity 5,000: fund empty");
    EXPECT_EQ(text(LossUncovered{m_alice, money("40")}),
              "40 of 0x7a3f..e1's loss uncovered: nobody was left to pay");
}

TEST_F(EventLines, BreakersAndCommands) {
    const Instant ends = *Instant::parse("2025-10-10T21:25:00Z");
    BreakerChanged e{TestVenue::kEth,
                     BreakerLevel::Normal,
                     BreakerLevel::Tighten,
                     BreakerCause::Rule,
                     "R-01",
                     ends,
                     "index moved",
                     0};
    EXPECT_EQ(text(e), "R-01 set ETH-PERP from L0 to L1 until 21:25:00Z: index moved");
    e.from = BreakerLevel::Tighten;
    EXPECT_EQ(text(e), "R-01 renewed L1 on ETH-PERP until 21:25:00Z: index moved");
    e.cause = BreakerCause::Renewal;
    e.renewals = 2;
    EXPECT_EQ(text(e), "The venue renewed L1 on ETH-PERP, 2 of 3 until 21:25:00Z: index moved");
    e.cause = BreakerCause::Expiry;
    e.to = BreakerLevel::Normal;
    EXPECT_EQ(text(e), "ETH-PERP stepped down from L1 to L0: index moved");
    EXPECT_EQ(text(BreakerEffective{TestVenue::kEth, BreakerLevel::Stop, true,
                                    Duration::milliseconds(200)}),
              "ETH-PERP seen at L4 0.2 s after the command");
    EXPECT_EQ(text(BreakerEffective{TestVenue::kEth, BreakerLevel::Stop, false,
                                    Duration::milliseconds(200)}),
              "ETH-PERP seen at L4 0.2 s after the command, not as commanded");
    EXPECT_EQ(text(CommandAccepted{CommandId(4), "officer-1", 1, true, "single officer"}),
              "Command 4 of officer-1 accepted on 1 market, BLIND: single officer");
    EXPECT_EQ(text(AlarmAcknowledged{12, "officer-1"}), "officer-1 acknowledged alarm 12");
}

TEST_F(EventLines, FundingWithdrawalsAndDigests) {
    EXPECT_EQ(
        text(FundingSettled{TestVenue::kEth, *Rate::parse("-0.00012"), money("10"), money("9.99")}),
        "ETH-PERP funding \u22120.0120 %: shorts paid 10, received 9.99");
    EXPECT_EQ(
        text(FundingSettled{TestVenue::kEth, *Rate::parse("0.00012"), money("10"), money("9.99")}),
        "ETH-PERP funding +0.0120 %: longs paid 10, received 9.99");
    const std::string& asset = m_names->profile->assets[1].symbol;
    EXPECT_EQ(text(WithdrawalQueued{m_alice, AssetId(1), money("5")}),
              "0x7a3f..e1's withdrawal of 5 " + asset + " held back by a breaker");
    EXPECT_EQ(
        text(WithdrawalReleased{m_alice, AssetId(1), money("5"), true, Duration::seconds(60)}),
        "0x7a3f..e1's withdrawal of 5 " + asset + " paid after 60 s");
    EXPECT_NE(text(WithdrawalReleased{m_alice, AssetId(1), money("5"), false, Duration()})
                  .find("refused"),
              std::string::npos);
    Digest digest;
    digest.bytes[0] = 0x9f;
    EXPECT_EQ(text(StateDigested{digest}), "State digest " + digest.toShortHex());
}

TEST_F(EventLines, RefusalsSayOfWhat) {
    EXPECT_EQ(
        text(Refused{"fill", Refusal::BreakerLevel, m_alice.value(), "new risk at level stop"}),
        "Fill for 0x7a3f..e1 refused, breaker level: new risk at level stop");
    EXPECT_EQ(text(Refused{"fill", Refusal::Blind, 0, "the market has no mark yet"}),
              "Fill on ETH-PERP refused, blind: the market has no mark yet");
    EXPECT_EQ(text(Refused{"officer_command", Refusal::NoReason, 44, "a reason is mandatory"}),
              "Officer command 44 refused, no reason: a reason is mandatory");
    EXPECT_EQ(text(Refused{"liquidation_fill", Refusal::NotLiquidating, 9, "no order stands"}),
              "Liquidation fill of liquidation 9 refused, not liquidating: no order stands");
    EXPECT_FALSE(line(Refused{"liquidation_fill", Refusal::NotLiquidating, 1, ""}).account);
    EXPECT_EQ(line(Refused{"liquidation_fill", Refusal::InitialMargin, 1, ""}).account, m_alice);
    EXPECT_EQ(text(Refused{"liquidation_fill", Refusal::BreakerLevel, m_alice.value(),
                           "new risk at level restrict"}),
              "Liquidation fill for 0x7a3f..e1 refused, breaker level: new risk at level restrict");
    EXPECT_EQ(
        text(Refused{"liquidation_fill", Refusal::BreakerLevel, 9, "liquidations are suspended"}),
        "Liquidation fill of liquidation 9 refused, breaker level: liquidations are "
        "suspended");
    EXPECT_FALSE(line(Refused{"liquidation_fill", Refusal::BadFigure, 1, "3 at 5"}).account);
    EXPECT_EQ(line(Refused{"liquidation_fill", Refusal::BadFigure, 1, "a leg of 9"}).account,
              m_alice);
    EXPECT_FALSE(line(Refused{"transfer", Refusal::UnknownAsset, 1, ""}).account);
    EXPECT_EQ(line(Refused{"transfer", Refusal::Overdrawn, 1, ""}).account, m_alice);
}

TEST_F(EventLines, WhatTheSnapshotDoesNotKnowHasANumber) {
    EXPECT_EQ(text(LiquidationFilled{LiquidationId(7), AccountId(90'000), AccountId(90'001),
                                     InstrumentId(77), quantity("-3.5"), price("1"), price("1"),
                                     money("0"), money("1"), money("2")}),
              "account 90000 sold 3.5 market 77 at 1, mark 1, to account 90001, fee 0: equity 1, "
              "maintenance 2");
    EXPECT_EQ(text(IndexSight{UnderlyingId(77), true, 1, 3}),
              "underlying 77 index is blind: 1 source fresh, 3 needed");
    EXPECT_EQ(text(WithdrawalQueued{m_alice, AssetId(99), money("5")}),
              "0x7a3f..e1's withdrawal of 5 of asset 99 held back by a breaker");
}

// Every alternative, as it is born, against a snapshot that knows nothing at all.
template <std::size_t I = 0>
void tellEach(const Snapshot& names) {
    if constexpr (I < std::variant_size_v<Event>) {
        const Event event{std::in_place_index<I>};
        const EventLine line = lineOf(event, 1, 0, kTime, names);
        EXPECT_EQ(line.kind, I);
        EXPECT_FALSE(line.text.empty()) << eventKinds()[I];
        EXPECT_TRUE(matches({}, event, names));
        tellEach<I + 1>(names);
    }
}

TEST(EventLinesOfNothing, EveryAlternativeIsToldWithoutASnapshot) { tellEach(Snapshot{}); }

TEST_F(EventLines, FilterByKind) {
    const EventFilter filter{
        {}, {}, {Event(FundMoved{}).index(), Event(MarkChanged{}).index()}, {}, {}};
    EXPECT_TRUE(match(filter, MarkChanged{}));
    EXPECT_TRUE(match(filter, FundMoved{}));
    EXPECT_FALSE(match(filter, Refused{}));
}

TEST_F(EventLines, FilterByAccountFindsBothSides) {
    EventFilter filter;
    filter.account = m_bob;
    LiquidationFilled fill;
    fill.account = m_alice;
    EXPECT_FALSE(match(filter, fill));
    fill.counterparty = m_bob;
    EXPECT_TRUE(match(filter, fill));
    AdlExecuted adl;
    adl.bankrupt = m_alice;
    adl.winner = m_bob;
    EXPECT_TRUE(match(filter, adl));
    std::swap(adl.bankrupt, adl.winner);
    EXPECT_TRUE(match(filter, adl));
    FundMoved fund;
    fund.account = m_bob;
    EXPECT_FALSE(match(filter, fund)) << "an account that is not meant";
    fund.hasAccount = true;
    EXPECT_TRUE(match(filter, fund));
    EXPECT_TRUE(match(filter, Refused{"fill", Refusal::InitialMargin, m_bob.value(), ""}));
    EXPECT_FALSE(match(filter, Refused{"fill", Refusal::Blind, m_bob.value(), ""}));
    EXPECT_FALSE(match(filter, StateDigested{}));
}

TEST_F(EventLines, FilterByMarketTakesItsUnderlyingAlong) {
    EventFilter filter;
    filter.market = TestVenue::kEthMini;
    MarkChanged mark;
    mark.instrument = TestVenue::kEth;
    EXPECT_FALSE(match(filter, mark));
    mark.instrument = TestVenue::kEthMini;
    EXPECT_TRUE(match(filter, mark));
    EXPECT_TRUE(match(filter, IndexSight{UnderlyingId(0), true, 1, 3}));
    EXPECT_FALSE(match(filter, IndexSight{UnderlyingId(1), true, 1, 3}));
    EXPECT_FALSE(match(filter, StateDigested{}));
    // Two markets stand on ETH: the line names neither. One stands on BTC.
    EXPECT_FALSE(line(IndexSight{UnderlyingId(0), true, 1, 3}).market);
    EXPECT_EQ(line(IndexSight{UnderlyingId(1), true, 1, 3}).market, TestVenue::kBtc);
}

TEST_F(EventLines, WhatARealEngineDecidesIsToldWithItsNames) {
    const AccountId broke = m_venue.openEth(1'000'000, 40'000);
    m_venue.moveEth(-0.035);
    m_venue.ticks(1);
    m_names = m_venue.project();
    bool seen = false;
    m_venue.moveEth(-0.036);
    for (const Event& event : m_venue.tick()) {
        const EventLine l = line(event);
        EXPECT_EQ(l.text.find("account "), std::string::npos) << l.text;
        if (const auto* order = std::get_if<LiquidationOrdered>(&event)) {
            seen = seen || order->account == broke;
            EXPECT_NE(l.text.find(nameOf(*m_names, broke)), std::string::npos);
            EXPECT_EQ(l.market, TestVenue::kEth);
        }
    }
    EXPECT_TRUE(seen);
}

}  // namespace
}  // namespace breakwater::view
