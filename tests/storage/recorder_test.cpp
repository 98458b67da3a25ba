#include "storage/recorder.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

#include "storage/verify.hpp"
#include "tests/storage/fault_vfs.hpp"
#include "tests/storage/fixtures.hpp"

namespace breakwater::storage {
namespace {

using namespace std::chrono_literals;

RecordWriter created(const std::filesystem::path& path, const WriterOptions& options = {}) {
    Result<RecordWriter> writer = RecordWriter::create(path, testMeta(), options);
    EXPECT_TRUE(writer) << writer.error().message;
    return std::move(writer).value();
}

Result<void> submit(Recorder& recorder, Sequence sequence, Urgency urgency = Urgency::Group) {
    Step step = testStep(sequence);
    return recorder.submit(step, urgency);
}

// A disk whose syncs wait for a word.
class Gate {
public:
    void pass() {
        std::unique_lock lock(m_mutex);
        m_waiting = !m_open;
        m_changed.notify_all();
        m_changed.wait(lock, [this] { return m_open; });
        m_waiting = false;
    }
    void waitForVisitor() {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_waiting; });
    }
    void set(bool open) {
        const std::lock_guard lock(m_mutex);
        m_open = open;
        m_changed.notify_all();
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_open = true;
    bool m_waiting = false;
};

TEST(Recorder, RecordsEverythingInOrder) {
    const TemporaryFolder folder;
    {
        Recorder recorder(created(folder / "r.bwr"));
        for (Sequence next = 1; next <= 20'000; ++next) {
            ASSERT_TRUE(submit(recorder, next));
            if (next % 5'000 == 0) {
                ASSERT_TRUE(recorder.submitCheckpoint(testCheckpoint(next)));
            }
        }
        ASSERT_TRUE(recorder.close());
        EXPECT_EQ(recorder.durableSequence(), 20'000U);
        EXPECT_EQ(recorder.status().state, RecorderState::Closed);
        EXPECT_FALSE(recorder.status().error.has_value());
        EXPECT_FALSE(submit(recorder, 20'001));
        EXPECT_TRUE(recorder.close());
        EXPECT_TRUE(recorder.flush());
    }
    EXPECT_EQ(expectTestSteps(folder / "r.bwr"), 20'000U);
    const Verification verified = verify(folder / "r.bwr");
    EXPECT_EQ(verified.verdict, Verdict::Intact);
    EXPECT_EQ(verified.tail.checkpoints, 4U);
}

TEST(Recorder, GivesBackEmptyBuffersThatWereUsed) {
    const TemporaryFolder folder;
    RecorderOptions options;
    options.queueSteps = 4;
    Recorder recorder(created(folder / "r.bwr"), options);
    Step step;
    bool reused = false;
    for (Sequence next = 1; next <= 200; ++next) {
        step = Step();
        const Step content = testStep(next);
        step = content;
        ASSERT_TRUE(recorder.submit(step));
        EXPECT_TRUE(step.bytes.empty());
        EXPECT_TRUE(step.eventSizes.empty());
        reused = reused || step.bytes.capacity() > 0;
    }
    EXPECT_TRUE(reused);
}

TEST(Recorder, ACommandClosesItsGroupAtOnce) {
    const TemporaryFolder folder;
    RecorderOptions options;
    options.groupTime = 1h;
    Recorder recorder(created(folder / "r.bwr"), options);
    ASSERT_TRUE(submit(recorder, 1));
    EXPECT_FALSE(recorder.waitDurable(1, 100ms));
    EXPECT_EQ(recorder.durableSequence(), 0U);
    ASSERT_TRUE(submit(recorder, 2, Urgency::Now));
    EXPECT_TRUE(recorder.waitDurable(2, 10s));
    ASSERT_TRUE(submit(recorder, 3));
    ASSERT_TRUE(recorder.flush());
    EXPECT_EQ(recorder.durableSequence(), 3U);
}

TEST(Recorder, AGroupEndsByItsTime) {
    const TemporaryFolder folder;
    RecorderOptions options;
    options.groupTime = 20ms;
    Recorder recorder(created(folder / "r.bwr"), options);
    for (Sequence next = 1; next <= 3; ++next) {
        ASSERT_TRUE(submit(recorder, next));
        EXPECT_TRUE(recorder.waitDurable(next, 10s));
    }
}

TEST(Recorder, AFullQueueMakesTheProducerWaitAndDropsNothing) {
    const TemporaryFolder folder;
    Gate gate;
    const FaultVfs disk([&gate](FileCall call, int) {
        if (call == FileCall::Sync) gate.pass();
        return 0;
    });
    WriterOptions writerOptions;
    writerOptions.vfs = disk.name();
    RecorderOptions options;
    options.queueSteps = 8;
    options.groupTime = 1ms;
    std::atomic<Sequence> submitted{0};
    {
        Recorder recorder(created(folder / "r.bwr", writerOptions), options);
        gate.set(false);
        ASSERT_TRUE(submit(recorder, 1, Urgency::Now));
        gate.waitForVisitor();
        std::thread producer([&] {
            for (Sequence next = 2; next <= 500; ++next) {
                if (!submit(recorder, next)) return;
                submitted = next;
            }
        });
        while (recorder.status().queued < 8)
            std::this_thread::sleep_for(1ms);
        std::this_thread::sleep_for(100ms);
        EXPECT_EQ(submitted, 9U);
        EXPECT_EQ(recorder.status().queued, 8U);
        EXPECT_EQ(recorder.durableSequence(), 0U);
        EXPECT_EQ(recorder.status().state, RecorderState::Recording);
        gate.set(true);
        producer.join();
        EXPECT_EQ(submitted, 500U);
        ASSERT_TRUE(recorder.close());
    }
    EXPECT_EQ(expectTestSteps(folder / "r.bwr"), 500U);
}

TEST(Recorder, TheQueueIsBoundedInBytesToo) {
    const TemporaryFolder folder;
    Gate gate;
    const FaultVfs disk([&gate](FileCall call, int) {
        if (call == FileCall::Sync) gate.pass();
        return 0;
    });
    WriterOptions writerOptions;
    writerOptions.vfs = disk.name();
    RecorderOptions options;
    options.queueBytes = 100'000;
    options.groupTime = 0ms;
    {
        Recorder recorder(created(folder / "r.bwr", writerOptions), options);
        gate.set(false);
        ASSERT_TRUE(submit(recorder, 1, Urgency::Now));
        gate.waitForVisitor();
        ASSERT_TRUE(recorder.submitCheckpoint(testCheckpoint(1, 1'000'000)));
        std::atomic<bool> through{false};
        std::thread producer([&] {
            EXPECT_TRUE(submit(recorder, 2));
            through = true;
        });
        std::this_thread::sleep_for(100ms);
        EXPECT_FALSE(through);
        gate.set(true);
        producer.join();
        ASSERT_TRUE(recorder.close());
    }
    EXPECT_EQ(verify(folder / "r.bwr").tail.checkpoints, 1U);
}

TEST(Recorder, StepsFromOneThreadAndCheckpointsFromAnother) {
    const TemporaryFolder folder;
    {
        RecorderOptions options;
        options.queueSteps = 16;
        options.groupTime = 2ms;
        Recorder recorder(created(folder / "r.bwr"), options);
        std::atomic<Sequence> done{0};
        std::thread checkpoints([&] {
            Sequence last = 0;
            while (done < 3'000) {
                const Sequence now = done;
                if (now > last) {
                    EXPECT_TRUE(recorder.submitCheckpoint(testCheckpoint(now)));
                    last = now;
                }
                EXPECT_LE(recorder.status().durable, 3'000U);
                std::this_thread::sleep_for(1ms);
            }
        });
        for (Sequence next = 1; next <= 3'000; ++next) {
            ASSERT_TRUE(submit(recorder, next, next % 50 == 0 ? Urgency::Now : Urgency::Group));
            done = next;
        }
        checkpoints.join();
        ASSERT_TRUE(recorder.flush());
        EXPECT_EQ(recorder.durableSequence(), 3'000U);
    }
    const Verification verified = verify(folder / "r.bwr");
    EXPECT_EQ(verified.verdict, Verdict::Intact) << verified.why;
    EXPECT_GT(verified.tail.checkpoints, 1U);
}

TEST(Recorder, RefusesAStepOutOfOrderAndKeepsIt) {
    const TemporaryFolder folder;
    Recorder recorder(created(folder / "r.bwr"));
    ASSERT_TRUE(submit(recorder, 1));
    Step step = testStep(3);
    const Result<void> refused = recorder.submit(step);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::InvalidArgument);
    EXPECT_EQ(step, testStep(3));
    EXPECT_TRUE(submit(recorder, 2));
}

TEST(Recorder, AtTheSizeLimitItRefusesBeforeItAccepts) {
    const TemporaryFolder folder;
    WriterOptions writerOptions;
    writerOptions.sizeLimitBytes = 1 << 20;
    Sequence accepted = 0;
    {
        Recorder recorder(created(folder / "r.bwr", writerOptions));
        Result<void> done;
        Step step;
        while (done) {
            step = testStep(accepted + 1);
            done = recorder.submit(step);
            if (done) ++accepted;
        }
        EXPECT_EQ(done.error().code, ErrorCode::Full);
        EXPECT_NE(done.error().message.find("size limit"), std::string::npos);
        EXPECT_EQ(step, testStep(accepted + 1));  // still the caller's
        EXPECT_TRUE(recorder.waitDurable(accepted, 10s));
        EXPECT_EQ(recorder.status().state, RecorderState::Full);
        EXPECT_EQ(recorder.status().accepted, accepted);
        EXPECT_TRUE(recorder.flush());
        EXPECT_EQ(verify(folder / "r.bwr").tail.state, RecordState::Full);
        EXPECT_TRUE(recorder.close());
    }
    EXPECT_EQ(verify(folder / "r.bwr").tail.state, RecordState::Full);
    EXPECT_EQ(expectTestSteps(folder / "r.bwr"), accepted);
    EXPECT_LE(std::filesystem::file_size(folder / "r.bwr"), writerOptions.sizeLimitBytes);
    EXPECT_GT(std::filesystem::file_size(folder / "r.bwr"), writerOptions.sizeLimitBytes * 3 / 4);
}

TEST(Recorder, ACheckpointTooLargeForTheLimitIsRefusedAlone) {
    const TemporaryFolder folder;
    WriterOptions writerOptions;
    writerOptions.sizeLimitBytes = 1 << 20;
    Recorder recorder(created(folder / "r.bwr", writerOptions));
    ASSERT_TRUE(submit(recorder, 1));
    const Result<void> refused = recorder.submitCheckpoint(testCheckpoint(1, 2 << 20));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::Full);
    EXPECT_TRUE(submit(recorder, 2));
    EXPECT_EQ(recorder.status().state, RecorderState::Recording);
    EXPECT_TRUE(recorder.close());
}

TEST(Recorder, ACheckpointOfNoStepIsSaidAndStopsNothing) {
    const TemporaryFolder folder;
    Recorder recorder(created(folder / "r.bwr"));
    ASSERT_TRUE(submit(recorder, 1));
    ASSERT_TRUE(recorder.submitCheckpoint(testCheckpoint(9)));
    ASSERT_TRUE(submit(recorder, 2));
    ASSERT_TRUE(recorder.flush());
    const RecorderStatus status = recorder.status();
    EXPECT_EQ(status.state, RecorderState::Recording);
    EXPECT_EQ(status.durable, 2U);
    ASSERT_TRUE(status.checkpointError.has_value());
    EXPECT_NE(status.checkpointError->message.find("step 9"), std::string::npos);
}

TEST(Recorder, AFailingDiskIsSaidAndBlocksNobody) {
    const TemporaryFolder folder;
    std::atomic<bool> broken{false};
    const FaultVfs disk([&broken](FileCall call, int) {
        return broken && call == FileCall::Write ? FaultVfs::diskFull() : 0;
    });
    WriterOptions writerOptions;
    writerOptions.vfs = disk.name();
    RecorderOptions options;
    options.queueSteps = 16;
    options.groupTime = 1ms;
    {
        Recorder recorder(created(folder / "r.bwr", writerOptions), options);
        for (Sequence next = 1; next <= 100; ++next)
            ASSERT_TRUE(submit(recorder, next));
        ASSERT_TRUE(recorder.flush());
        broken = true;
        Result<void> done;
        Sequence next = 101;
        while (done)
            done = submit(recorder, next++);
        EXPECT_EQ(done.error().code, ErrorCode::Io);
        EXPECT_NE(done.error().message.find("disk is full"), std::string::npos)
            << done.error().message;
        EXPECT_NE(done.error().message.find("step 100 is the last"), std::string::npos)
            << done.error().message;
        const RecorderStatus status = recorder.status();
        EXPECT_EQ(status.state, RecorderState::Failed);
        EXPECT_EQ(status.durable, 100U);
        EXPECT_FALSE(recorder.waitDurable(101, 1h));  // at once: it never will be
        EXPECT_FALSE(recorder.flush());
        EXPECT_FALSE(recorder.close());
    }
    EXPECT_EQ(verify(folder / "r.bwr").verdict, Verdict::IntactWithoutClose);
    EXPECT_EQ(expectTestSteps(folder / "r.bwr"), 100U);
}

// A producer that is refused keeps its step and offers it again, as a live session does.
void submitPatiently(Recorder& recorder, Sequence sequence, int& refusals) {
    Step step = testStep(sequence);
    for (;;) {
        const Result<void> taken = recorder.submit(step, Urgency::Now);
        if (taken || testing::Test::HasFailure()) return;
        ASSERT_EQ(step, testStep(sequence));
        ASSERT_EQ(taken.error().code, ErrorCode::Io) << taken.error().message;
        ++refusals;
        std::this_thread::sleep_for(1ms);
    }
}

struct Trouble {
    FileCall call;
    int fault;
    int lasts;  // calls
};

// Trouble from the given call on; 0: none. The calls a whole run makes.
int recordThrough(const Trouble& trouble, int from) {
    const TemporaryFolder folder;
    const FaultVfs disk([&](FileCall call, int number) {
        const bool bad = call == trouble.call && number >= from && number < from + trouble.lasts;
        return from > 0 && bad ? trouble.fault : 0;
    });
    WriterOptions writing;
    writing.vfs = disk.name();
    writing.pageSize = 1024;
    writing.walBytes = 24 << 10;
    RecorderOptions options;
    options.retryEvery = 1ms;
    options.queueSteps = 8;
    Result<RecordWriter> writer = RecordWriter::create(folder / "r.bwr", testMeta(), writing);
    if (!writer) return disk.calls(trouble.call);
    int refusals = 0;
    bool closed = false;
    {
        Recorder recorder(std::move(*writer), options);
        for (Sequence next = 1; next <= 48; ++next) {
            submitPatiently(recorder, next, refusals);
            if (next % 20 == 0 && recorder.status().state == RecorderState::Recording) {
                static_cast<void>(recorder.submitCheckpoint(testCheckpoint(next)));
            }
            if (next % 8 == 0 && !recorder.flush()) {
                // Nothing is called durable that another program could not read now.
                const Sequence durable = recorder.durableSequence();
                EXPECT_GE(verify(folder / "r.bwr").tail.lastSequence, durable);
            }
        }
        while (!recorder.flush() && !testing::Test::HasFailure())
            std::this_thread::sleep_for(1ms);
        EXPECT_EQ(recorder.durableSequence(), 48U);
        EXPECT_EQ(recorder.status().state, RecorderState::Recording);
        EXPECT_FALSE(recorder.status().error.has_value());
        closed = recorder.close().has_value();
    }
    const Verification verified = verify(folder / "r.bwr");
    EXPECT_EQ(exitCode(verified.verdict), 0) << verified.why;
    if (closed) {
        EXPECT_EQ(verified.verdict, Verdict::Intact);
    }
    EXPECT_EQ(expectTestSteps(folder / "r.bwr"), 48U);
    return disk.calls(trouble.call);
}

TEST(Recorder, GoesOnByItselfWhateverTheDiskRefusedAndWhenever) {
    for (const Trouble& trouble : {Trouble{FileCall::Write, FaultVfs::diskFull(), 7},
                                   Trouble{FileCall::Write, FaultVfs::halfWrite(), 1},
                                   Trouble{FileCall::Sync, FaultVfs::syncError(), 1},
                                   Trouble{FileCall::Sync, FaultVfs::syncError(), 3},
                                   Trouble{FileCall::Truncate, FaultVfs::truncateError(), 2}}) {
        const int calls = recordThrough(trouble, 0);
        ASSERT_GT(calls, 0);
        for (int from = 1; from <= calls; ++from) {
            SCOPED_TRACE("call " + std::to_string(from) + ", fault " +
                         std::to_string(trouble.fault) + " for " + std::to_string(trouble.lasts));
            recordThrough(trouble, from);
            if (HasFailure()) return;
        }
    }
}

TEST(Recorder, KeepsItsPlaceAndItsLockWhileItWaits) {
    const TemporaryFolder folder;
    std::atomic<bool> broken{false};
    const FaultVfs disk([&broken](FileCall call, int) {
        return broken && call == FileCall::Sync ? FaultVfs::syncError() : 0;
    });
    WriterOptions writing;
    writing.vfs = disk.name();
    RecorderOptions options;
    options.groupTime = 1ms;
    options.retryEvery = 2ms;
    Recorder recorder(created(folder / "r.bwr", writing), options);
    for (Sequence next = 1; next <= 100; ++next)
        ASSERT_TRUE(submit(recorder, next));
    ASSERT_TRUE(recorder.flush());
    broken = true;
    Sequence next = 101;
    while (submit(recorder, next))
        ++next;
    const RecorderStatus waiting = recorder.status();
    EXPECT_EQ(waiting.state, RecorderState::Interrupted);
    EXPECT_EQ(waiting.durable, 100U);
    EXPECT_EQ(waiting.accepted, next - 1);
    ASSERT_TRUE(waiting.error);
    EXPECT_NE(waiting.error->message.find("step 100 is the last"), std::string::npos);
    EXPECT_FALSE(recorder.waitDurable(next - 1, 1h));  // at once
    EXPECT_FALSE(recorder.flush());
    const Result<RecordWriter> other = RecordWriter::resume(folder / "r.bwr");
    ASSERT_FALSE(other);
    EXPECT_EQ(other.error().code, ErrorCode::Locked);
    EXPECT_GE(verify(folder / "r.bwr").tail.lastSequence, 100U);

    // Somebody has put another file in its place: it is never written to.
    std::filesystem::rename(folder / "r.bwr", folder / "away.bwr");
    writeFile(folder / "r.bwr", "precious");
    broken = false;
    std::this_thread::sleep_for(20ms);
    EXPECT_EQ(recorder.status().state, RecorderState::Interrupted);
    EXPECT_EQ(readFile(folder / "r.bwr"), "precious");
    std::filesystem::rename(folder / "away.bwr", folder / "r.bwr");
    while (recorder.status().state == RecorderState::Interrupted)
        std::this_thread::sleep_for(1ms);
    ASSERT_TRUE(submit(recorder, next));
    ASSERT_TRUE(recorder.close());
    EXPECT_EQ(expectTestSteps(folder / "r.bwr"), next);
    EXPECT_EQ(verify(folder / "r.bwr").verdict, Verdict::Intact);
}

TEST(Recorder, TheReserveIsThereFromTheStartAndGoneWhenItIsNotNeeded) {
    const TemporaryFolder folder;
    WriterOptions writing;
    writing.reserveBytes = 16 << 10;
    {
        Recorder recorder(created(folder / "r.bwr", writing));
        EXPECT_TRUE(std::filesystem::exists(folder / "r.bwr.reserve"));
        ASSERT_TRUE(submit(recorder, 1, Urgency::Now));
        ASSERT_TRUE(recorder.keepInReserve({2, testTime(2), {1, 2, 3}}));
        ASSERT_TRUE(recorder.close());
    }
    EXPECT_EQ(folder.names(), (std::vector<std::string>{"r.bwr", "r.bwr.reserve"}));
    {
        Result<RecordWriter> writer = RecordWriter::resume(folder / "r.bwr", writing);
        ASSERT_TRUE(writer) << writer.error().message;
        Recorder recorder(std::move(*writer));
        ASSERT_EQ(recorder.reserved().size(), 1U);
        EXPECT_EQ(recorder.reserved()[0].sequence, 2U);
        ASSERT_TRUE(recorder.emptyReserve());
        ASSERT_TRUE(recorder.close());
    }
    EXPECT_EQ(folder.names(), std::vector<std::string>{"r.bwr"});
    Recorder without(created(folder / "other.bwr"));
    EXPECT_FALSE(without.keepInReserve({1, testTime(1), {}}));
    EXPECT_TRUE(without.reserved().empty());
}

TEST(Recorder, AbandonedLeavesTheRecordAsItWas) {
    const TemporaryFolder folder;
    {
        RecordWriter writer = created(folder / "r.bwr");
        appendSteps(writer, 50);
        ASSERT_TRUE(writer.commit());
        for (const char* suffix : {"", "-wal"})
            writeFile((folder / "crashed.bwr").string() + suffix,
                      readFile((folder / "r.bwr").string() + suffix));
        ASSERT_TRUE(writer.close());
    }
    for (const char* name : {"r.bwr", "crashed.bwr"}) {
        const std::filesystem::path path = folder / name;
        const std::string before = readFile(path) + readFile(path.string() + "-wal");
        WriterOptions writing;
        writing.reserveBytes = 16 << 10;
        Result<RecordWriter> writer = RecordWriter::resume(path, writing);
        ASSERT_TRUE(writer) << writer.error().message;
        Recorder recorder(std::move(*writer));
        recorder.abandon();
        EXPECT_FALSE(submit(recorder, 51));
        EXPECT_EQ(readFile(path) + readFile(path.string() + "-wal"), before);
        EXPECT_FALSE(std::filesystem::exists(ReserveFile::beside(path)));
        EXPECT_EQ(expectTestSteps(path), 50U);
    }
}

TEST(Recorder, StatusTellsTheGrowth) {
    const TemporaryFolder folder;
    WriterOptions writerOptions;
    writerOptions.sizeLimitBytes = 256 << 20;
    Recorder recorder(created(folder / "r.bwr", writerOptions));
    for (Sequence next = 1; next <= 3'000; ++next)
        ASSERT_TRUE(submit(recorder, next));
    ASSERT_TRUE(recorder.flush());
    const RecorderStatus status = recorder.status();
    EXPECT_EQ(status.accepted, 3'000U);
    EXPECT_EQ(status.durable, 3'000U);
    EXPECT_EQ(status.queued, 0U);
    EXPECT_GT(status.growth.sizeBytes, 100'000U);
    EXPECT_EQ(status.growth.limitBytes, writerOptions.sizeLimitBytes);
}

}  // namespace
}  // namespace breakwater::storage
