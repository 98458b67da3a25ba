// A disk that fills up or fails, at every single write and sync: what was acknowledged stays.
#include <csignal>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "storage/record_writer.hpp"
#include "storage/verify.hpp"
#include "tests/storage/fault_vfs.hpp"
#include "tests/storage/fixtures.hpp"

namespace breakwater::storage {
namespace {

constexpr Sequence kSteps = 72;

struct Outcome {
    bool made = false;
    bool failed = false;
    Sequence acknowledged = 0;
};

// Commits in groups of six steps with a checkpoint now and then, until an error or the end.
Outcome recordOn(const FaultVfs& disk, const std::filesystem::path& path) {
    WriterOptions options;
    options.vfs = disk.name();
    options.groupRows = 0;
    options.pageSize = 1024;
    options.walBytes = 24 << 10;
    Outcome outcome;
    Result<RecordWriter> writer = RecordWriter::create(path, testMeta(), options);
    outcome.made = writer.has_value();
    if (!writer) return outcome;
    Result<void> done;
    for (Sequence next = 1; done && next <= kSteps; ++next) {
        done = writer->append(testStep(next));
        if (done && next % 30 == 0) done = writer->appendCheckpoint(testCheckpoint(next));
        if (done && next % 6 == 0) done = writer->commit();
    }
    outcome.acknowledged = writer->durableSequence();
    if (done) done = writer->close();
    outcome.failed = !done;
    if (outcome.failed) {
        EXPECT_EQ(done.error().code, ErrorCode::Io) << done.error().message;
        EXPECT_FALSE(writer->append(testStep(writer->lastSequence() + 1)));  // no second hope
        EXPECT_FALSE(writer->commit());
    }
    return outcome;
}

void expectSafe(const std::filesystem::path& path, const Outcome& outcome) {
    const Verification verified = verify(path);
    ASSERT_EQ(exitCode(verified.verdict), 0) << verified.why;
    EXPECT_GE(verified.tail.lastSequence, outcome.acknowledged);
    EXPECT_EQ(expectTestSteps(path), verified.tail.lastSequence);
    Result<RecordWriter> writer = RecordWriter::resume(path);
    ASSERT_TRUE(writer) << writer.error().message;
    appendSteps(*writer, verified.tail.lastSequence + 10);
    ASSERT_TRUE(writer->close());
    EXPECT_EQ(verify(path).verdict, Verdict::Intact);
}

int callsWithoutFault(FileCall call) {
    const TemporaryFolder folder;
    const FaultVfs disk([](FileCall, int) { return 0; });
    const Outcome outcome = recordOn(disk, folder / "r.bwr");
    EXPECT_TRUE(outcome.made);
    EXPECT_FALSE(outcome.failed);
    EXPECT_EQ(outcome.acknowledged, kSteps);
    return disk.calls(call);
}

TEST(DiskFault, FullFromAnyWriteOn) {
    const int writes = callsWithoutFault(FileCall::Write);
    ASSERT_GT(writes, 50);
    int failed = 0;
    for (int from = 1; from <= writes; ++from) {
        SCOPED_TRACE("full from write " + std::to_string(from));
        const TemporaryFolder folder;
        const FaultVfs disk([from](FileCall call, int number) {
            return call == FileCall::Write && number >= from ? FaultVfs::diskFull() : 0;
        });
        const Outcome outcome = recordOn(disk, folder / "r.bwr");
        if (!outcome.made) {
            EXPECT_TRUE(folder.names().empty());  // no half-made record stays behind
            continue;
        }
        failed += outcome.failed ? 1 : 0;
        expectSafe(folder / "r.bwr", outcome);
    }
    EXPECT_GT(failed, 10);
}

TEST(DiskFault, OneFailedSyncEndsTheWriter) {
    const int syncs = callsWithoutFault(FileCall::Sync);
    ASSERT_GT(syncs, 10);
    int failed = 0;
    for (int at = 1; at <= syncs; ++at) {
        SCOPED_TRACE("sync " + std::to_string(at) + " fails");
        const TemporaryFolder folder;
        const FaultVfs disk([at](FileCall call, int number) {
            return call == FileCall::Sync && number == at ? FaultVfs::syncError() : 0;
        });
        const Outcome outcome = recordOn(disk, folder / "r.bwr");
        if (!outcome.made) continue;
        failed += outcome.failed ? 1 : 0;
        expectSafe(folder / "r.bwr", outcome);
    }
    EXPECT_GT(failed, 10);
}

// One call that fails, or writes only half of what it was given, at every place.
TEST(DiskFault, OneFailedCallEndsTheWriter) {
    struct Case {
        FileCall call;
        int fault;
        int least;  // of the calls that matter
    };
    for (const auto& [call, fault, least] :
         {Case{FileCall::Write, FaultVfs::writeError(), 50},
          Case{FileCall::Write, FaultVfs::halfWrite(), 50},
          Case{FileCall::Truncate, FaultVfs::truncateError(), 0}}) {
        const int calls = callsWithoutFault(call);
        ASSERT_GE(calls, std::max(least, 1));
        int failed = 0;
        for (int at = 1; at <= calls; ++at) {
            SCOPED_TRACE("call " + std::to_string(at) + " fails with " + std::to_string(fault));
            const TemporaryFolder folder;
            const FaultVfs disk([at, called = call, code = fault](FileCall made, int number) {
                return made == called && number == at ? code : 0;
            });
            const Outcome outcome = recordOn(disk, folder / "r.bwr");
            if (!outcome.made) {
                EXPECT_TRUE(folder.names().empty());
                continue;
            }
            failed += outcome.failed ? 1 : 0;
            expectSafe(folder / "r.bwr", outcome);
        }
        EXPECT_GE(failed, least / 2);
    }
}

// The kernel's own refusal instead of SQLite's: a limit on the size of files.
TEST(DiskFault, TheKernelRefusesToGrowTheFile) {
    const TemporaryFolder folder;
    int channel[2];
    ASSERT_EQ(::pipe(channel), 0);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{1'000'000, 1'000'000};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        Result<RecordWriter> writer = RecordWriter::create(folder / "r.bwr", testMeta());
        if (!writer) ::_exit(2);
        Result<void> done;
        for (Sequence next = 1; done && next < 1'000'000; ++next) {
            done = writer->append(testStep(next));
            if (done && next % 10 == 0) done = writer->commit();
        }
        const Sequence acknowledged = writer->durableSequence();
        const bool told = ::write(channel[1], &acknowledged, sizeof acknowledged) > 0;
        ::_exit(told && !done && done.error().code == ErrorCode::Io ? 0 : 3);
    }
    ::close(channel[1]);
    Outcome outcome;
    EXPECT_GT(::read(channel[0], &outcome.acknowledged, sizeof outcome.acknowledged), 0);
    ::close(channel[0]);
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    EXPECT_GT(outcome.acknowledged, 100U);
    expectSafe(folder / "r.bwr", outcome);
}

}  // namespace
}  // namespace breakwater::storage
