// The seven shipped scenarios are what they say they are.
#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/sim/scenario_file.hpp"
#include "tests/core/sim/sim_input_helpers.hpp"

namespace breakwater::sim {
namespace {

using test::instant;
using test::price;

const std::string kFolder = BREAKWATER_SOURCE_DIR "/resources/scenarios/";

struct Fact {
    const char* stem;
    const char* underlying;
    const char* low;
    const char* lowBar;
    const char* watchFrom;
};

// Lows from the data set's list of known facts, and of the other underlyings from the figures.
const std::vector<Fact> kFacts{
    {"2020-03-12_black_thursday", "BTC", "3621.81", "2020-03-13T02:00Z", "2020-03-12T09:30Z"},
    {"2020-03-12_black_thursday", "ETH", "84.23", "2020-03-13T02:00Z", "2020-03-12T09:30Z"},
    {"2021-05-19_leverage_flush", "BTC", "30000", "2021-05-19T13:10Z", "2021-05-19T12:30Z"},
    {"2021-05-19_leverage_flush", "LUNA", "8.088", "2021-05-20T00:00Z", "2021-05-19T12:30Z"},
    {"2022-05-09_luna_collapse", "LUNA", "0.00032", "2022-05-12T23:00Z", "2022-05-09T15:00Z"},
    {"2022-06-13_credit_crunch", "BTC", "17593.2", "2022-06-18T20:00Z", "2022-06-13T00:00Z"},
    {"2022-11-08_exchange_failure", "BTC", "15462.6", "2022-11-09T22:00Z", "2022-11-08T16:30Z"},
    {"2022-11-08_exchange_failure", "FTT", "2.2299", "2022-11-09T22:00Z", "2022-11-08T16:30Z"},
    {"2024-08-05_carry_unwind", "BTC", "49000", "2024-08-05T06:00Z", "2024-08-05T00:30Z"},
    {"2024-08-05_carry_unwind", "ETH", "2111", "2024-08-05T01:00Z", "2024-08-05T00:30Z"},
    {"2025-10-10_liquidation_cascade", "BTC", "101516.5", "2025-10-10T21:20Z", "2025-10-10T20:30Z"},
    {"2025-10-10_liquidation_cascade", "ETH", "3400", "2025-10-10T21:20Z", "2025-10-10T20:30Z"},
    {"2025-10-10_liquidation_cascade", "SOL", "141.28", "2025-10-10T21:20Z", "2025-10-10T20:30Z"},
};

TEST(ScenarioResources, KnownLowsAreInTheirBars) {
    for (const Fact& fact : kFacts) {
        SCOPED_TRACE(std::string(fact.stem) + " " + fact.underlying);
        const std::string path = kFolder + fact.stem + ".scenario";
        const Result<Scenario> scenario = parseScenario(test::fileBytes(path), path);
        ASSERT_TRUE(scenario) << scenario.error().message;
        EXPECT_EQ(scenario->watchFrom, instant(fact.watchFrom));
        const auto series =
            std::find_if(scenario->series.begin(), scenario->series.end(),
                         [&](const PriceSeries& one) { return one.underlying == fact.underlying; });
        ASSERT_NE(series, scenario->series.end());
        const auto lowest =
            std::min_element(series->bars.begin(), series->bars.end(),
                             [](const Bar& a, const Bar& b) { return a.low < b.low; });
        EXPECT_EQ(lowest->low, price(fact.low));
        EXPECT_EQ(lowest->start, instant(fact.lowBar));
    }
}

TEST(ScenarioResources, AllSevenParseAndHaveNoGap) {
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
        if (entry.path().extension() != ".scenario") continue;
        ++files;
        SCOPED_TRACE(entry.path().string());
        const Result<Scenario> scenario =
            parseScenario(test::fileBytes(entry.path().string()), entry.path().string());
        ASSERT_TRUE(scenario) << scenario.error().message;
        EXPECT_EQ(scenario->name, entry.path().stem().string());
        EXPECT_NE(scenario->source.find("Binance"), std::string::npos);
        for (const PriceSeries& series : scenario->series) {
            EXPECT_EQ(series.begin(), scenario->begin());
            EXPECT_EQ(series.end(), scenario->end());
            for (std::size_t i = 1; i < series.bars.size(); ++i) {
                EXPECT_EQ(series.bars[i - 1].end(), series.bars[i].start);
            }
        }
    }
    EXPECT_EQ(files, 7u);
}

}  // namespace
}  // namespace breakwater::sim
