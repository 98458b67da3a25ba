#include "core/breaker/move_rule.hpp"

#include <gtest/gtest.h>

#include "tests/core/market/sample_market.hpp"

namespace breakwater {
namespace {

using test::ratioOf;
using test::underlyingThatSaw;

constexpr Duration kStep = Duration::seconds(1);

// 5 % within three seconds.
MoveRule rule() {
    MoveRule rule;
    rule.id = "R-01";
    rule.window = Duration::seconds(3);
    rule.tripAt = ratioOf("0.05");
    rule.releaseBelow = ratioOf("0.03");
    return rule;
}

Ratio moveOf(std::initializer_list<const char*> values) {
    return evaluate(rule(), underlyingThatSaw(values), kStep).value().move;
}

TEST(MoveRule, MeasuresTheLargestMoveInEitherDirection) {
    EXPECT_EQ(moveOf({"100"}), ratioOf("0"));
    EXPECT_EQ(moveOf({"100", "95.1"}), ratioOf("0.049"));  // below the trip
    EXPECT_EQ(moveOf({"100", "95"}), ratioOf("0.05"));     // at
    EXPECT_EQ(moveOf({"100", "94"}), ratioOf("0.06"));     // above
    EXPECT_EQ(moveOf({"100", "105"}), ratioOf("0.05"));
    EXPECT_EQ(moveOf({"100", "110", "99"}), ratioOf("0.1"))
        << "from the top, not from the beginning";
    EXPECT_EQ(moveOf({"100", "80", "100"}), ratioOf("0.25")) << "up from the low";
}

TEST(MoveRule, RoundsTowardFiring) {
    // A fall from 3 to 2.85000...03 is 0.04999999999999: finer than a ratio can hold.
    EXPECT_EQ(moveOf({"3", "2.850000000001"}), ratioOf("0.05"));
}

TEST(MoveRule, RecoversWhenThePriceComesBack) {
    EXPECT_EQ(moveOf({"100", "94", "94", "94", "99", "100", "100", "100"}),
              ratioOf("0.010101010102"));
    EXPECT_EQ(moveOf({"100", "94", "94", "94", "94"}), ratioOf("0"))
        << "a fall that stays is no longer a move";
}

TEST(MoveRule, LooksBackExactlyOneWindow) {  // 3 s = 4 values, both ends included
    EXPECT_EQ(moveOf({"100", "94", "94", "94"}), ratioOf("0.06")) << "three seconds ago is inside";
    EXPECT_EQ(moveOf({"100", "94", "94", "94", "94"}), ratioOf("0"))
        << "four seconds ago is outside";
}

TEST(MoveRule, IsBlindWithoutAnIndex) {
    Underlying blind = underlyingThatSaw({"100", "50"});
    blind.blind = true;
    EXPECT_FALSE(evaluate(rule(), blind, kStep));
    EXPECT_FALSE(evaluate(rule(), Underlying(), kStep)) << "never saw a price";
    blind.blind = false;
    EXPECT_TRUE(evaluate(rule(), blind, kStep)) << "sees again, with its history";
}

TEST(MoveRule, SaysHowNearItIs) {
    EXPECT_EQ(evaluate(rule(), underlyingThatSaw({"100", "96"}), kStep)->share, ratioOf("0.8"));
    EXPECT_EQ(evaluate(rule(), underlyingThatSaw({"100", "90"}), kStep)->share, ratioOf("2"));
}

}  // namespace
}  // namespace breakwater
