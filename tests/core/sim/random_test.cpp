#include "core/sim/random.hpp"

#include <array>
#include <cmath>
#include <set>
#include <vector>

#include <gtest/gtest.h>

namespace breakwater::sim {
namespace {

// Source: Random123, kat_vectors, "philox4x32 10" for counter 0 and key 0.
TEST(Random, IsPhilox4x32WithTenRounds) {
    Random random(0, 0, 0);
    EXPECT_EQ(random.bits32(), 0x6627e8d5u);
    EXPECT_EQ(random.bits32(), 0xe169c58du);
    EXPECT_EQ(random.bits32(), 0xbc57ac4cu);
    EXPECT_EQ(random.bits32(), 0x9b00dbd8u);
}

// Frozen: a recorded session is replayed from its seed for as long as Breakwater exists.
TEST(Random, KeepsItsBitsAcrossCompilersAndVersions) {
    Random random(20251010, 7, 123456789012345);
    EXPECT_EQ(random.bits64(), 0xa2d96e7f6a8e58aau);
    EXPECT_EQ(random.uniform01(), 0x1.24f9e1fa6b39p-5);
    EXPECT_EQ(random.normal(), -0x1.594e75023ade1p-2);
    EXPECT_EQ(random.exponential(3.0), 0x1.2fc878cba6a58p-3);
    EXPECT_EQ(random.pareto(2.0, 0.7), 0x1.930ff87d9b9a8p+3);
    EXPECT_EQ(random.lognormal(1.0, 2.0), 0x1.bd5cdfb6e86bcp+0);
    EXPECT_EQ(random.uniformInt(1'000'003), 395939u);
}

TEST(Random, SameKeyGivesTheSameSequenceAndAnyOtherKeyAnother) {
    const auto first = [](std::uint64_t seed, std::uint32_t stream, std::uint64_t index) {
        Random random(seed, stream, index);
        return std::array<std::uint64_t, 3>{random.bits64(), random.bits64(), random.bits64()};
    };
    EXPECT_EQ(first(1, 2, 3), first(1, 2, 3));
    std::set<std::array<std::uint64_t, 3>> seen;
    constexpr std::uint64_t kHigh = std::uint64_t{1} << 32;
    for (const std::uint64_t seed : {std::uint64_t{0}, std::uint64_t{1}, kHigh}) {
        for (const std::uint32_t stream : {0u, 1u, 2u}) {
            for (const std::uint64_t index : {std::uint64_t{0}, std::uint64_t{1}, kHigh}) {
                seen.insert(first(seed, stream, index));
            }
        }
    }
    EXPECT_EQ(seen.size(), 27u);
}

TEST(Random, UniformLiesStrictlyBetweenZeroAndOneAndIsFlat) {
    Random random(1, 1);
    std::array<int, 10> counts{};
    constexpr int kDraws = 100'000;
    for (int i = 0; i < kDraws; ++i) {
        const double u = random.uniform01();
        ASSERT_GT(u, 0.0);
        ASSERT_LT(u, 1.0);
        ++counts[static_cast<std::size_t>(u * 10.0)];
    }
    double chiSquare = 0.0;
    for (const int count : counts)
        chiSquare += (count - 10'000.0) * (count - 10'000.0) / 10'000.0;
    EXPECT_LT(chiSquare, 27.9);  // 9 degrees of freedom, p = 0.001
}

TEST(Random, UniformIntStaysBelowItsBoundAndReachesEveryValue) {
    Random random(5, 1);
    std::array<int, 7> counts{};
    for (int i = 0; i < 70'000; ++i)
        ++counts[random.uniformInt(7)];
    for (const int count : counts)
        EXPECT_NEAR(count, 10'000, 400);
    for (int i = 0; i < 100; ++i)
        EXPECT_EQ(random.uniformInt(1), 0u);
    // A bound above half of 2^64 rejects nearly half of the draws: the unbiased branch.
    constexpr std::uint64_t kHuge = (std::uint64_t{1} << 63) + 1;
    int upper = 0;
    for (int i = 0; i < 10'000; ++i) {
        const std::uint64_t drawn = random.uniformInt(kHuge);
        ASSERT_LT(drawn, kHuge);
        upper += drawn >= kHuge / 2 ? 1 : 0;
    }
    EXPECT_NEAR(upper, 5'000, 200);
}

TEST(Random, NormalHasTheMomentsOfANormal) {
    Random random(2, 1);
    constexpr int kDraws = 400'000;
    double sum = 0.0, square = 0.0, cube = 0.0, fourth = 0.0;
    for (int i = 0; i < kDraws; ++i) {
        const double z = random.normal();
        sum += z;
        square += z * z;
        cube += z * z * z;
        fourth += z * z * z * z;
    }
    EXPECT_NEAR(sum / kDraws, 0.0, 0.007);
    EXPECT_NEAR(square / kDraws, 1.0, 0.01);
    EXPECT_NEAR(cube / kDraws, 0.0, 0.03);
    EXPECT_NEAR(fourth / kDraws, 3.0, 0.07);
}

TEST(Random, ExponentialLognormalAndParetoFollowTheirClosedForms) {
    Random random(3, 1);
    constexpr int kDraws = 200'000;
    double exponential = 0.0;
    int belowMedian = 0, tail = 0;
    for (int i = 0; i < kDraws; ++i) {
        const double waited = random.exponential(60.0);
        ASSERT_GT(waited, 0.0);
        exponential += waited;
        belowMedian += random.lognormal(2.0, 3.0) < std::exp(2.0) ? 1 : 0;
        const double large = random.pareto(5.0, 0.715);
        ASSERT_GE(large, 5.0);
        tail += large > 500.0 ? 1 : 0;
    }
    EXPECT_NEAR(exponential / kDraws, 60.0, 0.7);
    EXPECT_NEAR(belowMedian, kDraws / 2, 1'000);
    EXPECT_NEAR(static_cast<double>(tail) / kDraws, std::pow(100.0, -0.715), 0.002);
}

}  // namespace
}  // namespace breakwater::sim
