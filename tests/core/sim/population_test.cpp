#include "core/sim/population.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/digest.hpp"
#include "tests/core/sim/sim_input_helpers.hpp"

namespace breakwater::sim {
namespace {

using test::money;
using test::plainRatio;
using test::price;
using test::quantity;

const std::vector<LeverageTier> kTiers{{money("0"), plainRatio("50")},
                                       {money("1000000"), plainRatio("25")},
                                       {money("10000000"), plainRatio("10")}};

PopulationOptions optionsFor(std::size_t accounts, std::uint64_t seed = 1) {
    PopulationOptions options;
    options.seed = seed;
    options.accounts = accounts;
    options.markets = {{"BTC", price("116863.4"), price("0.1"), quantity("0.00001"), kTiers, 0.0},
                       {"ETH", price("4012.53"), price("0.01"), quantity("0.0001"), kTiers, 0.0},
                       {"SOL", price("207.17"), price("0.01"), quantity("0.01"), kTiers, 0.0}};
    return options;
}

std::vector<SimAccount> generate(const PopulationOptions& options) {
    Result<std::vector<SimAccount>> accounts = generatePopulation(options);
    EXPECT_TRUE(accounts);
    return *std::move(accounts);
}

double quantileOf(std::vector<double> values, double p) {
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(p * static_cast<double>(values.size() - 1))];
}

struct Worth {
    double gross = 0.0;
    double equity = 0.0;
    double initial = 0.0;
    double net = 0.0;
};

Worth worthOf(const SimAccount& account, const PopulationOptions& options) {
    Worth worth{0.0, account.deposit.toDouble(), 0.0, 0.0};
    for (const SimLeg& leg : account.legs) {
        const double at = options.markets[leg.underlying].price.toDouble();
        const double notional = leg.quantity.abs().toDouble() * at;
        double leverage = 50.0;
        for (const LeverageTier& tier : options.markets[leg.underlying].tiers) {
            if (notional >= tier.from.toDouble()) leverage = tier.maxLeverage.toDouble();
        }
        worth.gross += notional;
        worth.net += leg.quantity.toDouble() * at;
        worth.initial += notional / leverage;
        worth.equity += leg.quantity.toDouble() * (at - leg.entry.toDouble());
    }
    return worth;
}

std::vector<double> positionsOf(const std::vector<SimAccount>& accounts,
                                const PopulationOptions& options) {
    std::vector<double> positions;
    for (const SimAccount& account : accounts) {
        for (const SimLeg& leg : account.legs) {
            positions.push_back(leg.quantity.abs().toDouble() *
                                options.markets[leg.underlying].price.toDouble());
        }
    }
    std::sort(positions.rbegin(), positions.rend());
    return positions;
}

double sum(const std::vector<double>& values, std::size_t first) {
    double total = 0.0;
    for (std::size_t i = 0; i < std::min(first, values.size()); ++i)
        total += values[i];
    return total;
}

// 1 / mean of log(x / x_k) over the k largest.
double hill(const std::vector<double>& descending, std::size_t k) {
    double total = 0.0;
    for (std::size_t i = 0; i < k; ++i)
        total += std::log(descending[i] / descending[k]);
    return static_cast<double>(k) / total;
}

class PopulationOf20k : public ::testing::TestWithParam<std::uint64_t> {
protected:
    const PopulationOptions m_options = optionsFor(20'000, GetParam());
    const std::vector<SimAccount> m_accounts = generate(m_options);
};

// The bands of the calibrated figures.
TEST_P(PopulationOf20k, PositionsHaveTheCalibratedDistribution) {
    const std::vector<double> positions = positionsOf(m_accounts, m_options);
    EXPECT_NEAR(quantileOf(positions, 0.50), 481.0, 60.0);
    EXPECT_NEAR(quantileOf(positions, 0.99), 1.0e6, 0.2e6);
    EXPECT_NEAR(sum(positions, positions.size() / 100) / sum(positions, positions.size()), 0.80,
                0.05);
    EXPECT_NEAR(hill(positions, positions.size() / 20), 0.73, 0.12);
    EXPECT_NEAR(hill(positions, positions.size() / 100), 0.80, 0.18);
}

TEST_P(PopulationOf20k, NoAccountIsMoreThanAFewPercentOfTheVenue) {
    double total = 0.0, largest = 0.0;
    for (const SimAccount& account : m_accounts) {
        const double gross = worthOf(account, m_options).gross;
        total += gross;
        largest = std::max(largest, gross);
    }
    EXPECT_LT(largest / total, 0.045);
}

TEST_P(PopulationOf20k, EffectiveLeverageHasTheCalibratedQuantiles) {
    std::vector<double> effective;
    for (const SimAccount& account : m_accounts) {
        const Worth worth = worthOf(account, m_options);
        effective.push_back(worth.gross /
                            (worth.equity + account.behaviour.freeBalance.toDouble()));
    }
    EXPECT_NEAR(quantileOf(effective, 0.50), 0.44, 0.04);
    EXPECT_NEAR(quantileOf(effective, 0.90), 3.3, 0.4);
    EXPECT_NEAR(quantileOf(effective, 0.95), 6.6, 0.8);
}

TEST_P(PopulationOf20k, KindsAndTheirLeverageAreTheStatedMixture) {
    std::array<double, 4> counts{};
    for (const SimAccount& account : m_accounts) {
        ++counts[static_cast<std::size_t>(account.kind)];
        const Worth worth = worthOf(account, m_options);
        const double leverage = worth.gross / worth.equity;
        if (account.kind == ClientKind::Isolated) {
            EXPECT_LT(leverage, 50.0);
        }
        if (account.kind == ClientKind::Cross) {
            EXPECT_LT(leverage, 10.0001);
        }
        if (account.kind == ClientKind::Hedged) {
            EXPECT_LT(leverage, 8.0001);
        }
        if (account.kind == ClientKind::Conservative) {
            EXPECT_LT(leverage, 1.5001);
        }
    }
    const std::array<double, 4> expected{0.60, 0.25, 0.10, 0.05};
    for (std::size_t kind = 0; kind < 4; ++kind) {
        EXPECT_NEAR(counts[kind] / 20'000.0, expected[kind], 0.012);
    }
}

TEST_P(PopulationOf20k, UnderlyingsAreWeightedAndSmallAccountsAreLong) {
    std::array<double, 3> legs{};
    double all = 0.0, small = 0.0, smallLong = 0.0;
    for (const SimAccount& account : m_accounts) {
        for (const SimLeg& leg : account.legs) {
            const double notional =
                leg.quantity.abs().toDouble() * m_options.markets[leg.underlying].price.toDouble();
            legs[leg.underlying] += 1.0;
            all += 1.0;
            if (notional > 1'000.0) continue;
            small += 1.0;
            smallLong += leg.quantity.isPositive() ? 1.0 : 0.0;
        }
    }
    EXPECT_NEAR(all / 20'000.0, 2.80, 0.03);
    EXPECT_GT(legs[0], legs[1]);
    EXPECT_GT(legs[1], legs[2]);
    EXPECT_NEAR(smallLong / small, 0.66, 0.03);
}

TEST_P(PopulationOf20k, EveryAccountStartsHealthyAndManyAreNotFarFromTrouble) {
    std::array<double, 3> inTrouble{};
    for (const SimAccount& account : m_accounts) {
        const Worth worth = worthOf(account, m_options);
        ASSERT_TRUE(account.deposit.isPositive());
        ASSERT_GE(worth.equity, worth.initial / 0.95 * (1.0 - 1e-9)) << account.name;
        const std::array<double, 3> falls{0.05, 0.10, 0.15};
        for (std::size_t i = 0; i < 3; ++i) {
            const double maintenance = 0.5 * worth.initial * (1.0 - falls[i]);
            inTrouble[i] += worth.equity - worth.net * falls[i] < maintenance ? 1.0 : 0.0;
        }
    }
    EXPECT_NEAR(inTrouble[0] / 20'000.0, 0.17, 0.03);
    EXPECT_NEAR(inTrouble[1] / 20'000.0, 0.28, 0.04);
    EXPECT_NEAR(inTrouble[2] / 20'000.0, 0.38, 0.04);
}

TEST_P(PopulationOf20k, LongEqualsShortExactly) {
    for (const Quantity net : netQuantities(m_accounts, 3))
        EXPECT_EQ(net, Quantity());
}

TEST_P(PopulationOf20k, AccountsAreWellFormed) {
    std::set<std::string> names;
    for (const SimAccount& account : m_accounts) {
        names.insert(account.name);
        ASSERT_EQ(account.name.size(), 12u);
        ASSERT_TRUE(account.name.starts_with("0x"));
        ASSERT_EQ(account.name.find_first_not_of("0123456789abcdef", 2), std::string::npos);
        ASSERT_FALSE(account.legs.empty());
        for (std::size_t k = 0; k < account.legs.size(); ++k) {
            const SimLeg& leg = account.legs[k];
            ASSERT_TRUE(k == 0 || account.legs[k - 1].underlying < leg.underlying);
            ASSERT_FALSE(leg.quantity.isZero());
            ASSERT_TRUE(leg.entry.isPositive());
            ASSERT_EQ(
                leg.quantity.value().raw() % m_options.markets[leg.underlying].lot.value().raw(),
                0);
        }
        ASSERT_LE(account.behaviour.topUpReserve, account.behaviour.freeBalance);
        ASSERT_FALSE(account.behaviour.topUpReserve.isNegative());
        ASSERT_EQ(account.behaviour.topUpDelay > Duration(),
                  account.behaviour.topUpDelay >= Duration::seconds(10));
    }
    EXPECT_EQ(names.size(), m_accounts.size());
}

INSTANTIATE_TEST_SUITE_P(Seeds, PopulationOf20k, ::testing::Values(1, 2, 3));

TEST(Population, HedgedAccountsAreNearlyFlat) {
    const PopulationOptions options = optionsFor(5'000);
    for (const SimAccount& account : generate(options)) {
        // Below a few lots rounding decides.
        const Worth worth = worthOf(account, options);
        if (account.kind != ClientKind::Hedged || worth.gross < 1'000.0) continue;
        EXPECT_LT(std::fabs(worth.net) / worth.gross, 0.01) << account.name;
    }
}

TEST(Population, EqualOptionsGiveEqualAccountsAndSeedsOtherOnes) {
    const std::vector<SimAccount> accounts = generate(optionsFor(300));
    EXPECT_EQ(accounts, generate(optionsFor(300)));
    EXPECT_NE(accounts, generate(optionsFor(300, 2)));
    EXPECT_NE(accounts.front().name, generate(optionsFor(300, 2)).front().name);
}

// Frozen: the same bits on every machine.
TEST(Population, KeepsItsBits) {
    const std::vector<std::string> names{"BTC", "ETH", "SOL"};
    const std::string text = formatPopulation(generate(optionsFor(500, 20251010)), names);
    EXPECT_EQ(digestOf(bytesOf(text)).toHex(),
              "46992e082b2165f2e1bbb1ce5c62071e479da24ce3d93fb5de00b42e9d80e6e2");
}

TEST(Population, WorksForTwoToFourUnderlyingsOneAndFewAccounts) {
    PopulationOptions options = optionsFor(2'000);
    options.markets.push_back(
        {"LUNA", price("0.00032"), price("0.00001"), quantity("1"), kTiers, 0.0});
    for (std::size_t markets = 4; markets > 0; --markets) {
        options.markets.resize(markets);
        for (const std::size_t count : {2'000u, 50u, 2u, 1u, 0u}) {
            options.accounts = count;
            const std::vector<SimAccount> accounts = generate(options);
            ASSERT_EQ(accounts.size(), count);
            for (const Quantity net : netQuantities(accounts, markets))
                EXPECT_EQ(net, Quantity());
            for (const SimAccount& account : accounts) {
                const Worth worth = worthOf(account, options);
                EXPECT_TRUE(account.deposit.isPositive());
                EXPECT_GE(worth.equity, worth.initial / 0.95 * (1.0 - 1e-9));
            }
            if (count != 2'000) continue;
            std::size_t legs = 0;
            for (const SimAccount& account : accounts)
                legs += account.legs.size();
            const std::array<double, 4> expected{1.0, 1.87, 2.80, 3.0};
            EXPECT_NEAR(static_cast<double>(legs) / 2'000.0, expected[markets - 1], 0.1);
        }
    }
}

TEST(Population, CoarseLotsAreNeverUndercut) {
    PopulationOptions options = optionsFor(500);
    for (PopulationMarket& market : options.markets)
        market.lot = quantity("1");
    for (const SimAccount& account : generate(options)) {
        for (const SimLeg& leg : account.legs)
            EXPECT_GE(leg.quantity.abs(), quantity("1"));
    }
}

TEST(Population, RefusesMarketsThatAreNone) {
    const auto refusal = [](auto change) {
        PopulationOptions options = optionsFor(10);
        change(options);
        const Result<std::vector<SimAccount>> result = generatePopulation(options);
        return result ? std::string("accepted") : result.error().message;
    };
    using Options = PopulationOptions&;
    EXPECT_EQ(refusal([](Options o) { o.markets.clear(); }), "a population needs 1 to 256 markets");
    EXPECT_EQ(refusal([](Options o) { o.markets[1].price = Price(); }),
              "market 'ETH': price, tick and lot must be above 0");
    EXPECT_EQ(refusal([](Options o) { o.markets[0].lot = quantity("-1"); }),
              "market 'BTC': price, tick and lot must be above 0");
    EXPECT_EQ(refusal([](Options o) { o.markets[0].lot = quantity("100"); }),
              "market 'BTC': a lot is worth over $1,000,000");
    EXPECT_EQ(refusal([](Options o) { o.markets[2].tiers.clear(); }),
              "market 'SOL': the first leverage tier must begin at 0");
    EXPECT_EQ(refusal([](Options o) { o.markets[2].tiers[2].from = money("1000000"); }),
              "market 'SOL': leverage tiers must ascend");
    EXPECT_EQ(refusal([](Options o) { o.markets[2].tiers[2].maxLeverage = plainRatio("0.9"); }),
              "market 'SOL': a leverage must be at least 1");
    EXPECT_EQ(refusal([](Options o) { o.markets[0].weight = -1.0; }),
              "market 'BTC': the weight must not be below 0");
    EXPECT_EQ(refusal([](Options o) { o.largestShare = 0.0; }),
              "the largest share must be above 0 and at most 1");
}

}  // namespace
}  // namespace breakwater::sim
