// Reading ahead changes nothing but when.
#include "app/runtime/prefetch.hpp"

#include <optional>

#include <gtest/gtest.h>

namespace breakwater::runtime {
namespace {

// `last` numbered steps, then the end or an error.
class Numbers final : public StepSource {
public:
    explicit Numbers(Sequence last, bool breaks = false) : m_last(last), m_breaks(breaks) {}

    Result<bool> next(Step& step) override {
        if (m_at == m_last) {
            if (m_breaks) return fail(ErrorCode::Corrupt, "broken after the last");
            return false;
        }
        step.clear();
        step.sequence = ++m_at;
        step.bytes.assign(step.sequence % 300, static_cast<std::uint8_t>(step.sequence));
        step.inputSize = static_cast<std::uint32_t>(step.bytes.size());
        return true;
    }

private:
    Sequence m_last;
    bool m_breaks;
    Sequence m_at = 0;
};

// Batches hold 512: below, at and above one, and more than are read ahead.
TEST(Prefetch, HandsOutEveryStepInOrderAndTheEndForEver) {
    for (const Sequence last : {0U, 1U, 511U, 512U, 513U, 2'048U, 5'000U}) {
        SCOPED_TRACE(last);
        Numbers numbers(last), same(last);
        PrefetchSource ahead(numbers);
        Step step, expected;
        for (Sequence n = 1; n <= last; ++n) {
            ASSERT_TRUE(*ahead.next(step));
            ASSERT_TRUE(*same.next(expected));
            ASSERT_EQ(step, expected);
        }
        EXPECT_FALSE(*ahead.next(step));
        EXPECT_FALSE(*ahead.next(step));
    }
}

TEST(Prefetch, AnErrorComesAfterTheStepsBeforeItAndStays) {
    for (const Sequence last : {0U, 100U, 512U, 1'700U}) {
        SCOPED_TRACE(last);
        Numbers numbers(last, true);
        PrefetchSource ahead(numbers);
        Step step;
        for (Sequence n = 1; n <= last; ++n)
            ASSERT_TRUE(*ahead.next(step));
        for (int again = 0; again < 2; ++again) {
            const Result<bool> more = ahead.next(step);
            ASSERT_FALSE(more);
            EXPECT_EQ(more.error().code, ErrorCode::Corrupt);
        }
    }
}

TEST(Prefetch, MayBeLeftAtAnyMoment) {
    for (const int taken : {0, 1, 600, 3'000}) {
        Numbers numbers(100'000);
        PrefetchSource ahead(numbers);
        Step step;
        for (int i = 0; i < taken; ++i)
            ASSERT_TRUE(*ahead.next(step));
    }
}

}  // namespace
}  // namespace breakwater::runtime
