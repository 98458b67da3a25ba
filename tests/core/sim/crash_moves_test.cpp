// The yardsticks of core/view/crashes are the shipped scenarios' own figures.
#include <algorithm>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "core/sim/scenario_file.hpp"
#include "core/view/crashes.hpp"
#include "tests/core/sim/sim_input_helpers.hpp"

namespace breakwater::sim {
namespace {

const std::string kFolder = BREAKWATER_SOURCE_DIR "/resources/scenarios/";

struct Moves {
    double fall = 0, rise = 0;
};

Moves largestWithinADay(const PriceSeries& series) {
    Moves out;
    for (std::size_t j = 0; j < series.bars.size(); ++j) {
        const Bar& last = series.bars[j];
        // Within a bar only its open is known to come before its extremes.
        double high = last.open.toDouble(), low = high;
        for (std::size_t k = j;
             k-- > 0 && last.end() - series.bars[k].start <= Duration::hours(24);) {
            high = std::max(high, series.bars[k].high.toDouble());
            low = std::min(low, series.bars[k].low.toDouble());
        }
        out.fall = std::max(out.fall, 1 - last.low.toDouble() / high);
        out.rise = std::max(out.rise, last.high.toDouble() / low - 1);
    }
    return out;
}

TEST(CrashMoves, AreComputedFromTheShippedScenarios) {
    std::set<std::string> stems;
    std::size_t series = 0;
    for (const view::CrashMove& crash : view::crashMoves()) {
        const std::string stem(crash.scenario);
        const std::string path = kFolder + stem + ".scenario";
        const Result<Scenario> scenario = parseScenario(test::fileBytes(path), path);
        ASSERT_TRUE(scenario.has_value()) << scenario.error().message;
        if (stems.insert(stem).second) series += scenario->series.size();
        const auto found = std::find_if(
            scenario->series.begin(), scenario->series.end(),
            [&](const PriceSeries& one) { return one.underlying == crash.underlying; });
        ASSERT_NE(found, scenario->series.end()) << stem << " " << crash.underlying;
        const Moves moves = largestWithinADay(*found);
        EXPECT_NEAR(moves.fall, crash.fall, 1e-4) << stem << " " << crash.underlying;
        EXPECT_NEAR(moves.rise, crash.rise, 1e-4) << stem << " " << crash.underlying;
    }
    EXPECT_EQ(stems.size(), view::kCrashes);
    EXPECT_EQ(view::crashMoves().size(), series) << "every underlying of every scenario";
}

TEST(CrashMoves, CompareAMoveWithTheNewestCrash) {
    const auto eth = view::comparatorFor("ETH", -0.119);
    ASSERT_TRUE(eth.has_value());
    EXPECT_EQ(eth->newest->date, "10 Oct 2025");
    EXPECT_NEAR(eth->multiple, 0.119 / 0.2252, 1e-9);
    EXPECT_EQ(eth->recorded, 7u);
    EXPECT_EQ(eth->further, 7u);
    EXPECT_EQ(view::shortText(*eth), "10 Oct 2025 ×0.5");
    EXPECT_EQ(view::comparatorFor("ETH", -0.50)->further, 1u);
    EXPECT_EQ(view::comparatorFor("SOL", 0.40)->further, 2u);
    EXPECT_EQ(view::comparatorFor("FTT", -0.1)->newest->date, "8 Nov 2022");
    EXPECT_FALSE(view::comparatorFor("DOGE", -0.1).has_value());
}

}  // namespace
}  // namespace breakwater::sim
