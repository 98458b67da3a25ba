// Moves, their limits, the marks they give, and how one underlying follows another.
#include "core/scenario/shock.hpp"

#include <gtest/gtest.h>

#include "core/view/test_venue.hpp"

namespace breakwater::scenario {
namespace {

using view::Snapshot;
using view::test::TestVenue;

Ratio move(const char* text) { return *Ratio::parse(text); }

Market marketAt(const char* mark, const char* tick) {
    Market market;
    market.hasMark = true;
    market.mark = *Price::parse(mark);
    market.instrument.tick = *Price::parse(tick);
    return market;
}

TEST(ShockedMark, MovesByTheFractionAndEndsOnATick) {
    EXPECT_EQ(shockedMark(marketAt("4000", "0.05"), move("-0.2")), *Price::parse("3200"));
    EXPECT_EQ(shockedMark(marketAt("4000.05", "0.05"), move("-0.2")), *Price::parse("3200.05"));
    EXPECT_EQ(shockedMark(marketAt("0.05", "0.05"), move("-0.9")), *Price::parse("0.05"))
        << "never below one tick";
    EXPECT_EQ(shockedMark(marketAt("100", "0.01"), move("3")), *Price::parse("400"));
}

TEST(ShockedMark, StaysAsItIsWithoutAMove) {
    EXPECT_EQ(shockedMark(marketAt("3999.123456789", "0.05"), Ratio()),
              *Price::parse("3999.123456789"));
}

TEST(Shock, LimitsAreInclusive) {
    TestVenue venue;
    const auto snapshot = venue.project();
    EXPECT_TRUE(validate(Shock{{move("-0.9"), move("3")}}, *snapshot).has_value());
    EXPECT_FALSE(validate(Shock{{move("-0.900000000001")}}, *snapshot).has_value());
    EXPECT_FALSE(validate(Shock{{Ratio(), move("3.000000000001")}}, *snapshot).has_value());
    EXPECT_FALSE(validate(Shock{{{}, {}, {}, move("0.1")}}, *snapshot).has_value())
        << "three underlyings";
    EXPECT_TRUE(validate(Shock{{{}, {}, {}, {}}}, *snapshot).has_value());
}

TEST(Shock, MovesEveryMarketOfTheUnderlyingAndNoOther) {
    TestVenue venue;
    venue.openEth(10'000, 1'000);
    const auto snapshot = venue.project();
    const Snapshot then = shocked(*snapshot, Shock{{move("-0.25")}});
    EXPECT_EQ((*then.markets)[TestVenue::kEth.value()].mark, *Price::parse("3000"));
    EXPECT_EQ((*then.markets)[TestVenue::kEthMini.value()].mark, *Price::parse("3000"));
    EXPECT_EQ((*then.markets)[TestVenue::kBtc.value()].mark,
              (*snapshot->markets)[TestVenue::kBtc.value()].mark);
    EXPECT_EQ(then.accounts, snapshot->accounts) << "shared";
    EXPECT_EQ((*snapshot->markets)[0].mark, *Price::parse("4000")) << "the photograph stands";
}

// Marks by second: the leader alternates by minute, the others move `beta` times as much.
class BetasTest : public ::testing::Test {
protected:
    std::shared_ptr<Snapshot> snapshotOf(std::size_t minutes, std::vector<double> betas) {
        auto out = std::make_shared<Snapshot>(*m_venue.project());
        auto histories = std::make_shared<std::vector<view::MarketHistory>>(3);
        for (std::size_t m = 0; m < 3; ++m) {
            view::Series& series = (*histories)[m].mark;
            series.last = out->asOf;
            double price = 100;
            for (std::size_t minute = 0; minute <= minutes; ++minute) {
                const double step = minute % 2 == 0 ? 0.01 : -0.004;
                if (minute > 0) price *= 1 + betas[m] * step;
                series.values.insert(series.values.end(), minute == 0 ? 1 : 60, price);
            }
        }
        out->marketHistory = histories;
        return out;
    }
    TestVenue m_venue;
};

TEST_F(BetasTest, FindWhatTheHistoryWasMadeOf) {
    const auto snapshot = snapshotOf(59, {1, 0.8, 1.37});
    const std::vector<Beta> betas = betasTo(*snapshot, UnderlyingId(0));
    ASSERT_EQ(betas.size(), 3u);
    EXPECT_EQ(betas[0].value, Ratio::fromInteger(1));
    EXPECT_EQ(betas[1].value, move("0.8"));
    EXPECT_EQ(betas[2].value, move("1.37"));
    EXPECT_EQ(betas[2].returns, 59u);
    EXPECT_TRUE(betas[2].reason.empty());
    const std::vector<Beta> other = betasTo(*snapshot, UnderlyingId(1));
    EXPECT_EQ(other[0].value, move("1.25"));
}

TEST_F(BetasTest, KeepWithinBoundsAndSayIt) {
    const std::vector<Beta> betas = betasTo(*snapshotOf(40, {1, -0.5, 4}), UnderlyingId(0));
    EXPECT_EQ(betas[1].value, Ratio());
    EXPECT_TRUE(betas[1].bounded);
    EXPECT_EQ(betas[2].value, Ratio::fromInteger(3));
    EXPECT_TRUE(betas[2].bounded);
    EXPECT_FALSE(betas[2].reason.empty());
}

TEST_F(BetasTest, FollowOneToOneWithoutEnoughHistory) {
    const std::vector<Beta> few = betasTo(*snapshotOf(14, {1, 2, 2}), UnderlyingId(0));
    EXPECT_EQ(few[1].value, Ratio::fromInteger(1));
    EXPECT_EQ(few[1].returns, 0u);
    EXPECT_NE(few[1].reason.find("14 minutes"), std::string::npos) << few[1].reason;
    EXPECT_EQ(betasTo(*snapshotOf(15, {1, 2, 2}), UnderlyingId(0))[1].value, move("2"));
    EXPECT_FALSE(betasTo(*snapshotOf(40, {0, 2, 2}), UnderlyingId(0))[1].reason.empty())
        << "the leader stood still";
    auto late = snapshotOf(40, {1, 2, 2});
    auto histories = std::make_shared<std::vector<view::MarketHistory>>(*late->marketHistory);
    (*histories)[1].mark.values.clear();
    late->marketHistory = histories;
    EXPECT_FALSE(betasTo(*late, UnderlyingId(0))[1].reason.empty());
    EXPECT_EQ(betasTo(*late, UnderlyingId(0))[2].value, move("2"));
}

TEST_F(BetasTest, FollowersStayWithinTheLimits) {
    const std::vector<Beta> betas = betasTo(*snapshotOf(59, {1, 0.8, 2}), UnderlyingId(0));
    EXPECT_EQ(follow(betas, UnderlyingId(0), move("-0.2")).moves,
              (std::vector<Ratio>{move("-0.2"), move("-0.16"), move("-0.4")}));
    EXPECT_EQ(follow(betas, UnderlyingId(0), move("-0.6")).moves[2], move("-0.9"));
    EXPECT_EQ(follow(betas, UnderlyingId(0), move("2")).moves[2], move("3"));
}

}  // namespace
}  // namespace breakwater::scenario
