#include "core/base/assert.hpp"

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <string>
#include <thread>

#include <gtest/gtest.h>

namespace breakwater {
namespace {

struct Stopped {
    std::string by;
    AssertFailure failure;
};

[[noreturn]] void outer(const AssertFailure& failure) { throw Stopped{"outer", failure}; }
[[noreturn]] void inner(const AssertFailure& failure) { throw Stopped{"inner", failure}; }
[[noreturn]] void worker(const AssertFailure& failure) { throw Stopped{"worker", failure}; }

// Breaks a promise and says which handler was called.
std::string whoAnswers() {
    try {
        BW_ASSERT(2 + 2 == 5);
    } catch (const Stopped& stopped) {
        return stopped.by;
    }
    return "nobody";
}

constexpr int checked(int n) {
    BW_ASSERT(n > 0);
    return n;
}
static_assert(checked(1) == 1, "a promise that is kept can be kept at compile time");

TEST(Assert, LooksOnceAtAPromiseThatIsKept) {
    int looks = 0;
    BW_ASSERT(++looks == 1);
    EXPECT_EQ(looks, 1);
}

TEST(Assert, TellsTheHandlerWhatAndWhere) {
    const AssertHandlerScope scope(outer);
    const int line = __LINE__ + 2;
    try {
        BW_ASSERT(1 > 2);
        FAIL() << "the assertion let it pass";
    } catch (const Stopped& stopped) {
        EXPECT_STREQ(stopped.failure.expression, "1 > 2");
        EXPECT_NE(std::strstr(stopped.failure.file, "assert_test.cpp"), nullptr);
        EXPECT_EQ(stopped.failure.line, line);
    }
}

TEST(Assert, ScopesNestAndGiveBack) {
    const AssertHandlerScope first(outer);
    EXPECT_EQ(whoAnswers(), "outer");
    {
        const AssertHandlerScope second(inner);
        EXPECT_EQ(whoAnswers(), "inner");
        EXPECT_EQ(whoAnswers(), "inner") << "a handler outlives its first call";
    }
    EXPECT_EQ(whoAnswers(), "outer");
}

TEST(Assert, AHandlerBelongsToItsThread) {
    const AssertHandlerScope here(outer);
    std::string there;
    std::thread other([&] {
        const AssertHandlerScope scope(worker);
        there = whoAnswers();
    });
    other.join();
    EXPECT_EQ(there, "worker");
    EXPECT_EQ(whoAnswers(), "outer");
}

TEST(AssertDeathTest, WithoutAHandlerAbortsAndNamesThePlace) {
    EXPECT_DEATH(BW_ASSERT(1 > 2), "assertion failed: 1 > 2 .*assert_test.cpp:[0-9]+");
}

TEST(AssertDeathTest, AnotherThreadsHandlerDoesNotHelp) {
    EXPECT_DEATH(
        {
            const AssertHandlerScope here(outer);
            std::thread([] { BW_ASSERT(1 > 2); }).join();
        },
        "assertion failed: 1 > 2");
}

TEST(AssertDeathTest, AHandlerThatReturnsDoesNotLetTheBugThrough) {
    EXPECT_EXIT(
        {
            const AssertHandlerScope here([](const AssertFailure&) {});
            BW_ASSERT(1 > 2);
            std::_Exit(0);
        },
        testing::KilledBySignal(SIGABRT), "");
}

}  // namespace
}  // namespace breakwater
