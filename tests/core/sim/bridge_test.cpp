#include "core/sim/bridge.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/digest.hpp"
#include "core/sim/scenario_file.hpp"
#include "tests/core/sim/sim_input_helpers.hpp"

namespace breakwater::sim {
namespace {

using test::bar;
using test::instant;
using test::price;

constexpr std::array<TouchOrder, 3> kOrders{TouchOrder::Seeded, TouchOrder::LowFirst,
                                            TouchOrder::HighFirst};
const std::vector<std::string> kStems{"2020-03-12_black_thursday",     "2021-05-19_leverage_flush",
                                      "2022-05-09_luna_collapse",      "2022-06-13_credit_crunch",
                                      "2022-11-08_exchange_failure",   "2024-08-05_carry_unwind",
                                      "2025-10-10_liquidation_cascade"};

Scenario shipped(const std::string& stem) {
    const std::string path = BREAKWATER_SOURCE_DIR "/resources/scenarios/" + stem + ".scenario";
    return parseScenario(test::fileBytes(path), path).value();
}

// The bar of 10 October 2025 that fell 9 %.
const Bar kCrash = bar("2025-10-10T21:15Z", 5, "112137.6", "112539.5", "102193.6", "103441.3");

std::size_t firstAt(const std::vector<Price>& path, Price level) {
    return static_cast<std::size_t>(std::find(path.begin(), path.end(), level) - path.begin());
}

double logReturn(Price from, Price to) { return std::log(to.toDouble() / from.toDouble()); }

// Everything the header promises of one path.
void expectPromises(const Bar& one, const std::vector<Price>& path, Price tick, TouchOrder order) {
    ASSERT_EQ(path.size(), static_cast<std::size_t>(one.length.wholeSeconds()));
    ASSERT_EQ(path.front(), one.open);
    ASSERT_EQ(path.back(), one.close);
    const std::size_t low = firstAt(path, one.low);
    const std::size_t high = firstAt(path, one.high);
    ASSERT_LT(low, path.size());
    ASSERT_LT(high, path.size());
    const bool openDecides = one.open == one.low || one.open == one.high;
    if (order != TouchOrder::Seeded && !openDecides) {
        ASSERT_EQ(low < high, order == TouchOrder::LowFirst);
    }
    for (const Price at : path) {
        ASSERT_GE(at, one.low);
        ASSERT_LE(at, one.high);
        const bool isFigure = at == one.open || at == one.high || at == one.low || at == one.close;
        ASSERT_TRUE(isFigure || at.value().raw() % tick.value().raw() == 0) << at.toString();
    }
}

TEST(BarPath, KeepsItsPromisesOnEveryShippedBar) {
    for (const std::string& stem : kStems) {
        const Scenario scenario = shipped(stem);
        for (std::size_t u = 0; u < scenario.series.size(); ++u) {
            for (const Bar& one : scenario.series[u].bars) {
                SCOPED_TRACE(stem + " " + scenario.series[u].underlying + " " +
                             one.start.toString());
                const Price tick = price(one.high.toDouble() > 1000.0 ? "0.1" : "0.00001");
                for (const TouchOrder order : kOrders) {
                    expectPromises(one,
                                   barPath(one, static_cast<std::uint16_t>(u), tick,
                                           {.seed = 7, .order = order, .jumpShare = 0.2}),
                                   tick, order);
                }
            }
        }
    }
}

TEST(BarPath, KeepsItsPromisesForManySeedsJumpSharesAndCoarseTicks) {
    for (std::uint64_t seed = 0; seed < 200; ++seed) {
        for (const TouchOrder order : kOrders) {
            for (const double share : {0.0, 0.5, 1.0}) {
                for (const char* tick : {"0.1", "500", "1000000"}) {
                    SCOPED_TRACE(std::to_string(seed) + " tick " + tick);
                    expectPromises(kCrash,
                                   barPath(kCrash, 3, price(tick),
                                           {.seed = seed, .order = order, .jumpShare = share}),
                                   price(tick), order);
                }
            }
        }
    }
}

TEST(BarPath, SeedUnderlyingAndBarAreTheOnlySourcesOfChance) {
    const PathOptions options{.seed = 5, .order = TouchOrder::Seeded, .jumpShare = 0.2};
    const std::vector<Price> path = barPath(kCrash, 1, price("0.1"), options);
    EXPECT_EQ(path, barPath(kCrash, 1, price("0.1"), options));
    EXPECT_NE(path, barPath(kCrash, 2, price("0.1"), options));
    EXPECT_NE(path, barPath(kCrash, 1, price("0.1"), {.seed = 6}));
    Bar later = kCrash;
    later.start = later.start + Duration::minutes(5);
    EXPECT_NE(path, barPath(later, 1, price("0.1"), options));
}

// Frozen: a play is reproduced from its seed on every machine.
TEST(BarPath, KeepsItsBits) {
    std::string text;
    for (const Price at : barPath(kCrash, 0, price("0.1"), {.seed = 1}))
        text += at.toString() + "\n";
    EXPECT_EQ(digestOf(bytesOf(text)).toHex(),
              "327c27d1bc45a5939293a14fca44a9234760bb8355025b02fc696c19bb84e094");
}

TEST(BarPath, AnOpenThatIsAnExtremeCameFirst) {
    const Bar falls = bar("2025-01-01", 5, "110", "110", "100", "101");
    const Bar rises = bar("2025-01-01", 5, "100", "110", "100", "109");
    for (const TouchOrder order : kOrders) {
        const PathOptions options{.seed = 1, .order = order, .jumpShare = 0.2};
        EXPECT_EQ(firstAt(barPath(falls, 0, price("0.01"), options), price("110")), 0u);
        EXPECT_EQ(firstAt(barPath(rises, 0, price("0.01"), options), price("100")), 0u);
    }
}

TEST(BarPath, ACloseThatIsAnExtremeIsReachedAtTheLatestThere) {
    const Bar falls = bar("2025-01-01", 5, "105", "110", "100", "100");
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        const std::vector<Price> path =
            barPath(falls, 0, price("0.01"),
                    {.seed = seed, .order = TouchOrder::HighFirst, .jumpShare = 0.2});
        EXPECT_LT(firstAt(path, price("110")), firstAt(path, price("100")));
        EXPECT_EQ(path.back(), price("100"));
    }
}

TEST(BarPath, FlatAndNarrowBarsAndTinyTicksAreNoSpecialTrouble) {
    const Bar flat = bar("2025-01-01", 1, "5", "5", "5", "5");
    EXPECT_EQ(barPath(flat, 0, price("0.01"), {}), std::vector<Price>(60, price("5")));
    const Bar oneTick = bar("2025-01-01", 5, "5", "5.01", "5", "5.01");
    // Figures that differ only beyond a double's digits.
    const Bar narrow = bar("2025-01-01", 5, "100000.000000000001", "100000.000000000002", "100000",
                           "100000.000000000001");
    const Bar large = bar("2025-01-01", 5, "900000000000000", "999999999999999", "100000000000000",
                          "500000000000000");
    for (const TouchOrder order : kOrders) {
        const PathOptions options{.seed = 3, .order = order, .jumpShare = 0.2};
        expectPromises(oneTick, barPath(oneTick, 0, price("0.01"), options), price("0.01"), order);
        expectPromises(narrow, barPath(narrow, 0, price("0.000000000001"), options),
                       price("0.000000000001"), order);
        expectPromises(large, barPath(large, 0, price("0.000000000001"), options),
                       price("0.000000000001"), order);
    }
}

TEST(BarPath, SeededOrderFollowsTheDirectionOfTheBar) {
    const auto lowFirstShare = [](const Bar& one) {
        int count = 0;
        for (std::uint64_t seed = 0; seed < 1'000; ++seed) {
            const std::vector<Price> path = barPath(one, 0, price("0.01"), {.seed = seed});
            count += firstAt(path, one.low) < firstAt(path, one.high) ? 1 : 0;
        }
        return count / 1'000.0;
    };
    // (close - open) / (high - low) = 0.4, 0 and -0.4; real hours have 0.94, 0.5 and 0.1.
    EXPECT_NEAR(lowFirstShare(bar("2025-01-01", 5, "103", "110", "100", "107")), 0.93, 0.03);
    EXPECT_NEAR(lowFirstShare(bar("2025-01-01", 5, "105", "110", "100", "105")), 0.5, 0.05);
    EXPECT_NEAR(lowFirstShare(bar("2025-01-01", 5, "107", "110", "100", "103")), 0.07, 0.03);
}

// An hour of 3,600 seconds must have a market's roughness, not four straight lines.
TEST(BarPath, AnHourIsRough) {
    const Bar hour = bar("2024-08-05T06:00Z", 60, "52717.99", "52994.28", "49000", "51588");
    double reversals = 0.0, variance = 0.0, fourth = 0.0, count = 0.0;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        const std::vector<Price> path = barPath(hour, 0, price("0.01"), {.seed = seed});
        for (std::size_t k = 2; k < path.size(); ++k) {
            const double before = logReturn(path[k - 2], path[k - 1]);
            const double now = logReturn(path[k - 1], path[k]);
            reversals += before * now < 0.0 ? 1.0 : 0.0;
            variance += now * now;
            fourth += now * now * now * now;
            count += 1.0;
        }
    }
    EXPECT_NEAR(reversals / count, 0.5, 0.03);
    // Parkinson: the variance of the hour is (ln high/low)^2 / (4 ln 2).
    const double range = logReturn(hour.low, hour.high);
    EXPECT_NEAR(variance / 20.0 / (range * range / 2.7726), 1.0, 0.15);
    // A fifth of the variance in one jump a minute: fat tails.
    const double kurtosis = fourth / count / ((variance / count) * (variance / count));
    EXPECT_GT(kurtosis, 5.0);
    EXPECT_LT(kurtosis, 40.0);
}

TEST(BarPath, UnderlyingsFallTogether) {
    const Bar btc = bar("2025-10-10T21:20Z", 5, "103441.3", "109550", "101516.5", "108473");
    const Bar eth = bar("2025-10-10T21:20Z", 5, "3476.19", "3780", "3400", "3651.84");
    double product = 0.0, first = 0.0, second = 0.0, apart = 0.0;
    for (std::uint64_t seed = 0; seed < 100; ++seed) {
        const std::vector<Price> a = barPath(btc, 0, price("0.1"), {.seed = seed});
        const std::vector<Price> b = barPath(eth, 1, price("0.01"), {.seed = seed});
        for (std::size_t k = 1; k < a.size(); ++k) {
            const double x = logReturn(a[k - 1], a[k]), y = logReturn(b[k - 1], b[k]);
            product += x * y;
            first += x * x;
            second += y * y;
        }
        apart += std::fabs(static_cast<double>(firstAt(a, btc.low)) -
                           static_cast<double>(firstAt(b, eth.low)));
    }
    EXPECT_GT(product / std::sqrt(first * second), 0.65);
    EXPECT_LT(apart / 100.0, 30.0);  // seconds between the two lows, on average
}

TEST(OutsideMarket, GivesThePathsSecondBySecondAndNothingInAGap) {
    Scenario scenario;
    scenario.series = {{"BTC",
                        {bar("2025-01-01T00:00Z", 5, "100", "110", "90", "105"),
                         bar("2025-01-01T00:10Z", 5, "106", "108", "95", "96")}},
                       {"ETH", {bar("2025-01-01T00:00Z", 15, "10", "11", "9", "10")}}};
    const PathOptions options{.seed = 9, .order = TouchOrder::LowFirst, .jumpShare = 0.2};
    OutsideMarket market(scenario, {price("0.1"), price("0.01")}, options);
    EXPECT_EQ(market.begin(), instant("2025-01-01T00:00Z"));
    EXPECT_EQ(market.end(), instant("2025-01-01T00:15Z"));
    const std::vector<Price> first = barPath(scenario.series[0].bars[0], 0, price("0.1"), options);
    const std::vector<Price> second = barPath(scenario.series[0].bars[1], 0, price("0.1"), options);
    for (int k = 0; k < 900; ++k) {
        const Instant at = market.begin() + Duration::seconds(k);
        const std::optional<Price> btc = market.priceAt(0, at);
        const auto place = static_cast<std::size_t>(k);
        if (k < 300) {
            ASSERT_EQ(btc, first[place]);
        } else if (k < 600) {
            ASSERT_EQ(btc, std::nullopt);
            ASSERT_EQ(market.barAt(0, at), nullptr);
        } else {
            ASSERT_EQ(btc, second[place - 600]);
        }
        ASSERT_TRUE(market.priceAt(1, at + Duration::milliseconds(999)));
    }
    EXPECT_EQ(market.priceAt(0, market.begin() - Duration::seconds(1)), std::nullopt);
    EXPECT_EQ(market.priceAt(0, market.end()), std::nullopt);
    EXPECT_EQ(market.barAt(0, instant("2025-01-01T00:12Z"))->low, price("95"));
}

TEST(OutsideMarket, AnswersAreTheSameInAnyOrderAndInCopies) {
    const Scenario scenario = shipped("2025-10-10_liquidation_cascade");
    OutsideMarket forward(scenario, {price("0.1"), price("0.01"), price("0.01")}, {.seed = 4});
    OutsideMarket backward = forward;
    std::vector<std::optional<Price>> seen;
    for (Instant at = forward.begin(); at < forward.end(); at = at + Duration::seconds(61)) {
        for (std::uint16_t u = 0; u < 3; ++u)
            seen.push_back(forward.priceAt(u, at));
    }
    OutsideMarket late = forward;  // a copy in the middle of a play
    std::size_t place = seen.size();
    const Duration span = Duration::seconds(61) * static_cast<std::int64_t>(seen.size() / 3 - 1);
    for (Instant at = forward.begin() + span; at >= forward.begin();
         at = at - Duration::seconds(61)) {
        for (std::uint16_t u = 3; u-- > 0;) {
            --place;
            ASSERT_EQ(backward.priceAt(u, at), seen[place]);
            ASSERT_EQ(late.priceAt(u, at), seen[place]);
        }
    }
}

TEST(OutsideMarket, ReachesTheRecordedLowsExactly) {
    const Scenario scenario = shipped("2025-10-10_liquidation_cascade");
    OutsideMarket market(scenario, {price("0.1"), price("0.01"), price("0.01")}, {.seed = 11});
    std::array<Price, 3> lowest{price("1000000"), price("1000000"), price("1000000")};
    for (Instant at = market.begin(); at < market.end(); at = at + Duration::seconds(1)) {
        for (std::uint16_t u = 0; u < 3; ++u) {
            lowest[u] = std::min(lowest[u], market.priceAt(u, at).value());
        }
    }
    EXPECT_EQ(lowest[0], price("101516.5"));
    EXPECT_EQ(lowest[1], price("3400"));
    EXPECT_EQ(lowest[2], price("141.28"));
}

}  // namespace
}  // namespace breakwater::sim
