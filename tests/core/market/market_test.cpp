#include "core/market/market.hpp"

#include <deque>

#include <gtest/gtest.h>

#include "tests/core/market/sample_market.hpp"
#include "tests/core/num/oracle.hpp"

namespace breakwater {
namespace {

using test::price;
using test::quantity;
using test::quoteOf;
using test::rate;
using test::ratioOf;
using enum SourceState;

// ---- index ------------------------------------------------------------------------------

TEST(Index, IsTheMedianOfTheFreshSources) {
    struct Case {
        std::vector<SourceQuote> sources;
        const char* index;
    };
    for (const Case& c : std::vector<Case>{
             {{quoteOf("101"), quoteOf("99"), quoteOf("100")}, "100"},
             {{quoteOf("100"), quoteOf("100"), quoteOf("1000000")},
              "100"},  // one liar moves nothing
             {{quoteOf("100"), quoteOf("102"), quoteOf("104"), quoteOf("90")},
              "101"},  // mean of the middle two
             {{quoteOf("100"), quoteOf("1", Stale), quoteOf("102"), quoteOf("1", Gapped),
               quoteOf("104")},
              "102"},
             {{quoteOf("0.000000000001"), quoteOf("0.000000000002"), quoteOf("0.000000000003"),
               quoteOf("0.000000000002")},
              "0.000000000002"},
             // (1 + 2) / 2 units: the half unit does not exist.
             {{quoteOf("0.000000000001"), quoteOf("0.000000000001"), quoteOf("0.000000000002"),
               quoteOf("0.000000000002")},
              "0.000000000001"},
         }) {
        EXPECT_EQ(aggregateIndex(c.sources, 3), price(c.index)) << c.index;
    }
}

TEST(Index, NeedsItsQuorumOfFreshSources) {
    const std::vector<SourceQuote> two{quoteOf("100"), quoteOf("101"), quoteOf("102", Stale),
                                       quoteOf("103", Gapped)};
    EXPECT_EQ(freshCount(two), 2u);
    EXPECT_FALSE(aggregateIndex(two, 3));
    EXPECT_TRUE(aggregateIndex(two, 2));
    EXPECT_FALSE(aggregateIndex({}, 1));
    EXPECT_FALSE(aggregateIndex(std::vector<SourceQuote>(5), 1)) << "sources that never spoke";
}

TEST(Index, ReadsThirtyTwoSources) {
    std::vector<SourceQuote> all;
    for (int i = 1; i <= 32; ++i)
        all.push_back(quoteOf(std::to_string(i).c_str()));
    EXPECT_EQ(aggregateIndex(all, 32), price("16.5"));
}

// ---- mark and funding -------------------------------------------------------------------

TEST(Mark, IsIndexPlusOwnBasisAndNeverBelowOneTick) {
    Market market = test::marketAt(0, "100");
    market.basis = price("-0.5");
    EXPECT_EQ(markFrom(market, price("100"), false), price("99.5"));
    EXPECT_EQ(markFrom(market, price("100"), true), price("100")) << "level 4 leaves the basis out";
    market.basis = price("-200");
    EXPECT_EQ(markFrom(market, price("100"), false), price("0.01"));
}

TEST(Funding, IsTheMeanPremiumClampedOnBothSides) {
    struct Case {
        const char* premiumSum;
        std::uint32_t samples;
        const char* rate;
    };
    for (const Case& c : std::vector<Case>{
             {"0", 0, "0"},  // no samples, no rate
             {"0.009", 30, "0.0003"},
             {"-0.009", 30, "-0.0003"},
             {"0.015", 30, "0.0005"},  // at the cap
             {"0.0150000003", 30, "0.0005"},
             {"3", 30, "0.0005"},
             {"-3", 30, "-0.0005"},
             {"0.00000000001", 3, "0.000000000003"},  // rounded toward zero
             {"-0.00000000001", 3, "-0.000000000003"},
         }) {
        Market market = test::marketAt(0, "100");
        market.premiumSum = ratioOf(c.premiumSum);
        market.premiumCount = c.samples;
        EXPECT_EQ(fundingRate(market, rate("0.0005")), rate(c.rate)) << c.premiumSum;
    }
}

// ---- window -----------------------------------------------------------------------------

TEST(PriceWindow, KnowsTheExtremesOfItsNewestSteps) {
    PriceWindow window(4);
    EXPECT_FALSE(window.range(3));
    for (const char* p : {"5", "1", "4"})
        window.push(price(p));
    EXPECT_EQ(window.range(1)->low, price("4"));
    EXPECT_EQ(window.range(2)->low, price("1"));
    EXPECT_EQ(window.range(2)->high, price("4"));
    EXPECT_EQ(window.range(99)->high, price("5")) << "more than there is: all there is";
    window.push(price("3"));
    window.push(price("2"));  // 5 leaves
    EXPECT_EQ(window.range(99)->high, price("4"));
    EXPECT_EQ(window.size(), 4u);
    window.clear();
    EXPECT_FALSE(window.range(1));
}

TEST(PriceWindow, AgreesWithAPlainListOverRandomPushes) {
    test::Draw draw(20251010);
    PriceWindow window(37);
    std::deque<Price> plain;
    for (int i = 0; i < 5'000; ++i) {
        const Price p(Decimal::fromInteger(draw.between(1, 1'000)));
        window.push(p);
        plain.push_back(p);
        if (plain.size() > 37) plain.pop_front();
        const auto steps = static_cast<std::size_t>(draw.between(1, 40));
        const auto first = plain.end() - static_cast<std::ptrdiff_t>(std::min(steps, plain.size()));
        const auto [low, high] = std::minmax_element(first, plain.end());
        ASSERT_EQ(window.range(steps)->low, *low);
        ASSERT_EQ(window.range(steps)->high, *high);
    }
}

// ---- exit fill ratio --------------------------------------------------------------------

TEST(ExitFlow, CountsTheLastSixtySeconds) {
    const auto second = [](std::int64_t s) {
        return Instant::fromMicroseconds(1'760'131'080'000'000) + Duration::seconds(s);
    };
    ExitFlow flow;
    EXPECT_FALSE(flow.ratio(second(0))) << "nobody asked";
    flow.add(second(0), quantity("10"), quantity("10"));
    flow.add(second(30), quantity("10"), quantity("0"));
    EXPECT_EQ(flow.ratio(second(30)), ratioOf("0.5"));
    EXPECT_EQ(flow.ratio(second(59)), ratioOf("0.5"));
    EXPECT_EQ(flow.ratio(second(60)), ratioOf("0")) << "the first second has left";
    flow.add(second(60), quantity("20"), quantity("10"));  // takes the place of second 0
    EXPECT_EQ(flow.ratio(second(60)), ratioOf("0.333333333333"));
    EXPECT_FALSE(flow.ratio(second(120)));
}

}  // namespace
}  // namespace breakwater
