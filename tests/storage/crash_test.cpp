// kill -9 of a process that records, at random points. More of them: BREAKWATER_KILLS=1000.
#include <csignal>
#include <cstdlib>
#include <random>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "storage/recorder.hpp"
#include "storage/verify.hpp"
#include "tests/storage/fixtures.hpp"

namespace breakwater::storage {
namespace {

// Records for ever and tells through the pipe what it was told is safe.
[[noreturn]] void recordUntilKilled(const std::filesystem::path& path, int out) {
    WriterOptions options;
    options.walBytes = 512 << 10;  // moved into the file often, so that a kill meets that as well
    RecorderOptions recorderOptions;
    recorderOptions.groupTime = std::chrono::milliseconds(3);
    const bool exists = std::filesystem::exists(path);
    Result<RecordWriter> writer = exists ? RecordWriter::resume(path, options)
                                         : RecordWriter::create(path, testMeta(), options);
    if (!writer) {
        std::fprintf(stderr, "%s\n", writer.error().message.c_str());
        ::_exit(2);
    }
    Sequence next = writer->lastSequence() + 1;
    Recorder recorder(std::move(*writer), recorderOptions);
    Sequence told = 0;
    for (;; ++next) {
        Step step = testStep(next);
        if (!recorder.submit(step, next % 97 == 0 ? Urgency::Now : Urgency::Group)) ::_exit(3);
        if (next % 1'000 == 0 && !recorder.submitCheckpoint(testCheckpoint(next))) ::_exit(4);
        const Sequence durable = recorder.durableSequence();
        if (durable != told && ::write(out, &durable, sizeof durable) < 0) ::_exit(5);
        told = durable;
    }
}

Sequence killAfter(const std::filesystem::path& path, std::chrono::microseconds delay) {
    int channel[2];
    BW_ASSERT(::pipe(channel) == 0);
    const pid_t child = ::fork();
    BW_ASSERT(child >= 0);
    if (child == 0) {
        ::close(channel[0]);
        recordUntilKilled(path, channel[1]);
    }
    ::close(channel[1]);
    ::usleep(static_cast<useconds_t>(delay.count()));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status)) << "the child ended by itself with " << WEXITSTATUS(status);
    Sequence acknowledged = 0;
    Sequence value = 0;
    while (::read(channel[0], &value, sizeof value) == sizeof value)
        acknowledged = value;
    ::close(channel[0]);
    return acknowledged;
}

TEST(Crash, NothingAcknowledgedIsLost) {
    const char* wanted = std::getenv("BREAKWATER_KILLS");
    const int kills = wanted != nullptr ? std::atoi(wanted) : 20;
    const unsigned seed = wanted != nullptr ? std::random_device()() : 7U;
    std::mt19937 random(seed);
    std::uniform_int_distribution<int> microseconds(2'000, 90'000);
    Sequence total = 0;
    for (int i = 0; i < kills; ++i) {
        SCOPED_TRACE("seed " + std::to_string(seed) + ", kill " + std::to_string(i));
        const TemporaryFolder folder;
        const std::filesystem::path path = folder / "r.bwr";
        Sequence last = 0;
        // Twice over: the second child goes on where the first was killed.
        for (int life = 0; life < 2; ++life) {
            const Sequence acknowledged =
                killAfter(path, std::chrono::microseconds(microseconds(random)));
            if (!std::filesystem::exists(path)) {
                ASSERT_EQ(acknowledged, 0U);  // killed while it was being made
                continue;
            }
            const Verification verified = verify(path);
            ASSERT_EQ(verified.verdict, Verdict::IntactWithoutClose) << verified.why;
            ASSERT_GE(verified.tail.lastSequence, std::max(acknowledged, last));
            ASSERT_EQ(expectTestSteps(path), verified.tail.lastSequence);
            last = verified.tail.lastSequence;
        }
        if (last == 0) continue;
        total += last;
        Result<RecordWriter> writer = RecordWriter::resume(path);
        ASSERT_TRUE(writer) << writer.error().message;
        ASSERT_EQ(writer->lastSequence(), last);
        appendSteps(*writer, last + 5);
        ASSERT_TRUE(writer->close());
        ASSERT_EQ(verify(path).verdict, Verdict::Intact);
    }
    EXPECT_GT(total, 100U);  // else every child was killed before it wrote
    RecordProperty("steps", static_cast<int>(total));
}

// The lock of a writer that was killed dies with it, and another process's lock holds.
TEST(Crash, TheLockBelongsToTheProcess) {
    const TemporaryFolder folder;
    int channel[2];
    ASSERT_EQ(::pipe(channel), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) recordUntilKilled(folder / "r.bwr", channel[1]);
    Sequence durable = 0;
    ASSERT_GT(::read(channel[0], &durable, sizeof durable), 0);
    const Result<RecordWriter> second = RecordWriter::resume(folder / "r.bwr");
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::Locked);
    EXPECT_NE(second.error().message.find("another Breakwater"), std::string::npos);
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    ::close(channel[0]);
    ::close(channel[1]);
    EXPECT_TRUE(RecordWriter::resume(folder / "r.bwr"));
}

}  // namespace
}  // namespace breakwater::storage
