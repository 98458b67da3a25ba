#include "core/view/words.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace breakwater::view {
namespace {

TEST(Words, Figures) {
    EXPECT_EQ(grouped(0), "0");
    EXPECT_EQ(grouped(812), "812");
    EXPECT_EQ(grouped(4112), "4,112");
    EXPECT_EQ(grouped(1'000'000), "1,000,000");
    EXPECT_EQ(amount(0), "0");
    EXPECT_EQ(amount(0.42), "0.42");
    EXPECT_EQ(amount(0.996), "1");
    EXPECT_EQ(amount(999.4), "999");
    EXPECT_EQ(amount(999.6), "1.0k");
    EXPECT_EQ(amount(12'345), "12.3k");
    EXPECT_EQ(amount(999'960), "1.0M");
    EXPECT_EQ(amount(-1'200'000), "\u22121.2M");
    EXPECT_EQ(amount(41.2e9), "41.20B");
    EXPECT_EQ(fixed(-0.001, 2), "0.00");
    EXPECT_EQ(fixed(std::numeric_limits<double>::infinity(), 1), "\u221e");
    EXPECT_EQ(counted(1, "account", "accounts"), "1 account");
    EXPECT_EQ(counted(2000, "account", "accounts"), "2,000 accounts");
}

TEST(Words, PercentHasItsSign) {
    EXPECT_EQ(signedPercent(-0.069), "\u22126.9 %");
    EXPECT_EQ(signedPercent(0.05), "+5.0 %");
    EXPECT_EQ(signedPercent(0.0001), "0.0 %");
    EXPECT_EQ(percent(0.45, 0), "45 %");
}

TEST(Words, Times) {
    EXPECT_EQ(seconds(Duration::milliseconds(4200)), "4.2 s");
    EXPECT_EQ(seconds(Duration::seconds(4)), "4 s");
    EXPECT_EQ(seconds(Duration::milliseconds(118'400)), "118 s");
    EXPECT_EQ(clockTime(*Instant::parse("2025-10-10T21:18:07.250Z")), "21:18:07Z");
    EXPECT_EQ(levelName(BreakerLevel::Restrict), "L2");
}

}  // namespace
}  // namespace breakwater::view
