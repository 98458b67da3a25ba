#include "core/base/result.hpp"

#include <memory>
#include <string>
#include <type_traits>
#include <utility>

#include <gtest/gtest.h>

namespace breakwater {
namespace {

static_assert(!std::is_convertible_v<Result<int>, bool>, "a test for success is written out");
static_assert(!std::is_convertible_v<Result<int>, int>, "a value is asked for by name");
static_assert(!std::is_convertible_v<Error, Result<int>>, "an error is wrapped by fail()");

Result<int> half(int n) {
    if (n % 2 != 0) return fail(ErrorCode::InvalidArgument, std::to_string(n) + " is odd");
    return n / 2;
}

TEST(Result, HoldsEitherAValueOrAReason) {
    const Result<int> good = half(8);
    EXPECT_TRUE(good);
    EXPECT_TRUE(good.has_value());
    EXPECT_EQ(*good, 4);
    EXPECT_EQ(good.value(), 4);

    const Result<int> bad = half(7);
    EXPECT_FALSE(bad);
    EXPECT_FALSE(bad.has_value());
    EXPECT_EQ(bad.error(), (Error{ErrorCode::InvalidArgument, "7 is odd"}));
}

TEST(Result, HoldsAnErrorAsAValueWithoutConfusion) {
    const Result<Error> value(Error{ErrorCode::Io, "seen last night"});
    ASSERT_TRUE(value);
    EXPECT_EQ(value->message, "seen last night");
    const Result<Error> failed = fail(ErrorCode::Full, "no room");
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().code, ErrorCode::Full);
}

TEST(Result, CarriesWhatCanOnlyBeMoved) {
    Result<std::unique_ptr<int>> made(std::make_unique<int>(5));
    ASSERT_TRUE(made);
    EXPECT_EQ(**made, 5);
    const std::unique_ptr<int> taken = *std::move(made);
    EXPECT_EQ(*taken, 5);
}

TEST(Result, GivesAccessInPlace) {
    Result<std::string> text(std::string("venue"));
    text->append(" one");
    *text += "!";
    EXPECT_EQ(text.value(), "venue one!");
    text = fail(ErrorCode::NotFound, "gone");
    EXPECT_FALSE(text);
}

TEST(Result, OfNothingSaysOnlyWhetherItWorked) {
    const auto close = [](bool works) -> Result<void> {
        if (!works) return fail(ErrorCode::Locked, "another program writes this record");
        return {};
    };
    EXPECT_TRUE(close(true));
    const Result<void> refused = close(false);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, ErrorCode::Locked);
    EXPECT_EQ(refused.error().message, "another program writes this record");
}

TEST(ResultDeathTest, AskingForWhatIsNotThereIsABug) {
    EXPECT_DEATH(static_cast<void>(half(7).value()), "assertion failed: has_value");
    EXPECT_DEATH(static_cast<void>(*half(7)), "assertion failed: has_value");
    EXPECT_DEATH(static_cast<void>(half(8).error()), "assertion failed: !has_value");
    EXPECT_DEATH(static_cast<void>(Result<void>().error()), "assertion failed");
}

}  // namespace
}  // namespace breakwater
