// The loader against real files and the data set's list of known facts.
#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/sim/bridge.hpp"
#include "core/sim/kline_file.hpp"
#include "core/sim/scenario_file.hpp"
#include "tests/core/sim/sim_input_helpers.hpp"

namespace breakwater::sim {
namespace {

using test::instant;
using test::price;

const std::string kFolder = BREAKWATER_DATA "/ohlcv/";

PriceSeries load(const std::string& stem) {
    const std::string path = kFolder + stem + ".csv.gz";
    Result<PriceSeries> series = parseKlines(test::fileBytes(path), path);
    EXPECT_TRUE(series) << series.error().message;
    return *std::move(series);
}

const Bar& lowestOf(const PriceSeries& series, const char* from, const char* to) {
    const auto inside = [&](const Bar& one) {
        return one.start >= instant(from) && one.start < instant(to);
    };
    const Bar* lowest = nullptr;
    for (const Bar& one : series.bars) {
        if (inside(one) && (lowest == nullptr || one.low < lowest->low)) lowest = &one;
    }
    return *lowest;
}

int gapsOf(const PriceSeries& series) {
    int gaps = 0;
    for (std::size_t i = 1; i < series.bars.size(); ++i) {
        gaps += series.bars[i - 1].end() < series.bars[i].start ? 1 : 0;
    }
    return gaps;
}

TEST(KlineData, KnownLowsOfTheHourlyPerpetuals) {
    const PriceSeries btc = load("BTCUSDT_binance_perp_1h_20200101_20240418");
    EXPECT_EQ(btc.underlying, "BTC");
    EXPECT_EQ(btc.bars.front().length, Duration::hours(1));
    EXPECT_EQ(gapsOf(btc), 0);
    const Bar& pandemic = lowestOf(btc, "2020-03-01", "2020-04-01");
    EXPECT_EQ(pandemic.low, price("3621.81"));
    EXPECT_EQ(pandemic.start, instant("2020-03-13T02:00Z"));
    const Bar& failure = lowestOf(btc, "2022-11-08", "2022-11-11");
    EXPECT_EQ(failure.low, price("15462.6"));
    EXPECT_EQ(failure.start, instant("2022-11-09T22:00Z"));
}

TEST(KlineData, KnownLowsOfTheFiveMinuteFiles) {
    const PriceSeries flush = load("BTCUSDT_binance_spot_5m_20210415_20210624");
    const Bar& low = lowestOf(flush, "2021-05-19", "2021-05-20");
    EXPECT_EQ(low.low, price("30000"));
    EXPECT_EQ(low.start, instant("2021-05-19T13:10Z"));
    EXPECT_EQ(
        lowestOf(load("BTCUSDT_binance_spot_5m_20240725_20240815"), "2024-08-05", "2024-08-06").low,
        price("49000"));
    EXPECT_EQ(
        lowestOf(load("ETHUSDT_binance_spot_5m_20240725_20240815"), "2024-08-05", "2024-08-06").low,
        price("2111"));
    struct Fact {
        const char* symbol;
        const char* low;
    };
    for (const Fact& fact : {Fact{"BTC", "101516.5"}, Fact{"ETH", "3400"}, Fact{"SOL", "141.28"}}) {
        const PriceSeries series =
            load(std::string(fact.symbol) + "USDT_binance_perp_5m_20250925_20251025");
        EXPECT_EQ(series.underlying, fact.symbol);
        const Bar& lowest = lowestOf(series, "2025-10-10", "2025-10-11");
        EXPECT_EQ(lowest.low, price(fact.low));
        EXPECT_EQ(lowest.start, instant("2025-10-10T21:20Z"));
        EXPECT_EQ(lowest.length, Duration::minutes(5));
    }
}

TEST(KlineData, OutagesStayGaps) {
    // 86 bars of 5 minutes are missing in two outages.
    const PriceSeries flush = load("BTCUSDT_binance_spot_5m_20210415_20210624");
    EXPECT_EQ(gapsOf(flush), 2);
    EXPECT_EQ((flush.end() - flush.begin()).wholeSeconds() / 300,
              static_cast<std::int64_t>(flush.bars.size()) + 86);
    const PriceSeries spot = load("BTCUSDT_binance_spot_1h_20170817_20221011");
    EXPECT_EQ((spot.end() - spot.begin()).wholeSeconds() / 3'600,
              static_cast<std::int64_t>(spot.bars.size()) + 127);
    // The index file lacks the whole of 4 October.
    const PriceSeries index = load("BTCUSDT_binance_indexprice_5m_202510");
    EXPECT_EQ(gapsOf(index), 1);
    Scenario play = mergeKlines({index}).value();
    OutsideMarket market(std::move(play), {price("0.1")}, {});
    EXPECT_TRUE(market.priceAt(0, instant("2025-10-03T23:59:59Z")));
    EXPECT_FALSE(market.priceAt(0, instant("2025-10-04T12:00Z")));
    EXPECT_TRUE(market.priceAt(0, instant("2025-10-05T00:00Z")));
}

TEST(KlineData, EveryPriceFileIsReadAndTheTableOfClosesIsRefused) {
    for (const char* stem :
         {"BTCUSDT_binance_spot_5m_20250925_20251025", "ETHUSDT_binance_perp_1h_20200101_20240418",
          "ETHUSDT_binance_spot_1h_20170817_20221011", "ETHUSDT_binance_spot_5m_20210415_20210624",
          "ETHUSDT_binance_spot_5m_20250925_20251025", "LUNAUSDT_binance_spot_5m_20210415_20210624",
          "SOLUSDT_binance_perp_1h_20200914_20240418",
          "SOLUSDT_binance_spot_5m_20250925_20251025"}) {
        EXPECT_FALSE(load(stem).bars.empty());
    }
    const std::string path =
        kFolder + "hourly_closes_BTC_ETH_LUNA_FTT_USTC_20210101_20250613.csv.gz";
    const Result<PriceSeries> closes = parseKlines(test::fileBytes(path), path, "BTC");
    ASSERT_FALSE(closes);
    EXPECT_TRUE(closes.error().message.starts_with(
        path + ":1:10: column 'BTCUSDT_close' is not known here"))
        << closes.error().message;
}

TEST(KlineData, ThreePerpetualsMakeOnePlay) {
    const Result<Scenario> play = mergeKlines({load("BTCUSDT_binance_perp_5m_20250925_20251025"),
                                               load("ETHUSDT_binance_perp_5m_20250925_20251025"),
                                               load("SOLUSDT_binance_perp_5m_20250925_20251025")});
    ASSERT_TRUE(play) << play.error().message;
    EXPECT_EQ(play->series.size(), 3u);
    EXPECT_EQ(play->begin(), instant("2025-09-25"));
    EXPECT_EQ(play->end(), instant("2025-10-26"));
    // Years that do not meet.
    EXPECT_FALSE(mergeKlines({load("BTCUSDT_binance_perp_5m_20250925_20251025"),
                              load("ETHUSDT_binance_spot_5m_20240725_20240815")}));
}

// The shipped bars are the same figures, some of them in longer bars.
TEST(KlineData, ShippedScenarioAgreesWithTheFiveMinuteFile) {
    const std::string path =
        BREAKWATER_SOURCE_DIR "/resources/scenarios/2025-10-10_liquidation_cascade.scenario";
    const Scenario shipped = parseScenario(test::fileBytes(path), path).value();
    for (const PriceSeries& series : shipped.series) {
        const PriceSeries real = load(series.underlying + "USDT_binance_perp_5m_20250925_20251025");
        for (const Bar& one : series.bars) {
            Price high = one.low, low = one.high, open, close;
            for (const Bar& part : real.bars) {
                if (part.start < one.start || part.start >= one.end()) continue;
                if (part.start == one.start) open = part.open;
                high = std::max(high, part.high);
                low = std::min(low, part.low);
                close = part.close;
            }
            EXPECT_EQ(open, one.open);
            EXPECT_EQ(high, one.high);
            EXPECT_EQ(low, one.low);
            EXPECT_EQ(close, one.close);
        }
    }
}

}  // namespace
}  // namespace breakwater::sim
