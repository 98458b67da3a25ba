#include "storage/record_writer.hpp"

#include <gtest/gtest.h>

#include "storage/verify.hpp"
#include "tests/storage/fixtures.hpp"

namespace breakwater::storage {
namespace {

RecordWriter created(const std::filesystem::path& path, const WriterOptions& options = {}) {
    Result<RecordWriter> writer = RecordWriter::create(path, testMeta(), options);
    EXPECT_TRUE(writer) << writer.error().message;
    return std::move(writer).value();
}

TEST(RecordWriter, WhatIsWrittenIsRead) {
    const TemporaryFolder folder;
    writeRecord(folder / "r.bwr", 1'000, 300);
    EXPECT_EQ(expectTestSteps(folder / "r.bwr"), 1'000U);

    Result<RecordReader> reader = RecordReader::open(folder / "r.bwr");
    ASSERT_TRUE(reader);
    EXPECT_EQ(reader->meta(), testMeta());
    EXPECT_TRUE(reader->closed());
    EXPECT_EQ(reader->tail().checkpoints, 3U);
    EXPECT_EQ(reader->tail().stateDigests, 100U);
    EXPECT_EQ(reader->tail().lastTime, testTime(1'000));
}

TEST(RecordWriter, AClosedRecordIsOneFile) {
    const TemporaryFolder folder;
    writeRecord(folder / "r.bwr", 100);
    EXPECT_EQ(folder.names(), std::vector<std::string>{"r.bwr"});
}

TEST(RecordWriter, AnEmptyRecordIsARecord) {
    const TemporaryFolder folder;
    writeRecord(folder / "r.bwr", 0);
    EXPECT_EQ(expectTestSteps(folder / "r.bwr"), 0U);
    EXPECT_EQ(verify(folder / "r.bwr").verdict, Verdict::Intact);
}

TEST(RecordWriter, NeverWritesOverAFile) {
    const TemporaryFolder folder;
    writeFile(folder / "r.bwr", "precious");
    const Result<RecordWriter> writer = RecordWriter::create(folder / "r.bwr", testMeta());
    ASSERT_FALSE(writer);
    EXPECT_EQ(writer.error().code, ErrorCode::Refused);
    EXPECT_NE(writer.error().message.find("exists already"), std::string::npos);
    EXPECT_EQ(readFile(folder / "r.bwr"), "precious");
}

TEST(RecordWriter, NamesAMissingFolder) {
    const TemporaryFolder folder;
    const Result<RecordWriter> writer = RecordWriter::create(folder / "no/r.bwr", testMeta());
    ASSERT_FALSE(writer);
    EXPECT_NE(writer.error().message.find("no folder"), std::string::npos);
}

TEST(RecordWriter, RefusesADescriptionGivenTwice) {
    const TemporaryFolder folder;
    RecordMeta meta = testMeta();
    meta.extra.emplace_back("venue", "another");
    const Result<RecordWriter> writer = RecordWriter::create(folder / "r.bwr", meta);
    ASSERT_FALSE(writer);
    EXPECT_EQ(writer.error().code, ErrorCode::InvalidArgument);
    EXPECT_TRUE(folder.names().empty());
}

TEST(RecordWriter, RefusesStepsOutOfOrder) {
    const TemporaryFolder folder;
    RecordWriter writer = created(folder / "r.bwr");
    appendSteps(writer, 5);
    EXPECT_FALSE(writer.append(testStep(7)));
    EXPECT_FALSE(writer.append(testStep(5)));
    Step late = testStep(6);
    late.time = testTime(1);
    EXPECT_FALSE(writer.append(late));
    Step empty;
    empty.sequence = 6;
    empty.time = testTime(6);
    EXPECT_FALSE(writer.append(empty));
    EXPECT_TRUE(writer.append(testStep(6)));  // none of them broke anything
    ASSERT_TRUE(writer.close());
    EXPECT_EQ(expectTestSteps(folder / "r.bwr"), 6U);
}

TEST(RecordWriter, CommitsByItselfWhenTheGroupIsFull) {
    const TemporaryFolder folder;
    WriterOptions options;
    options.groupRows = 10;
    RecordWriter writer = created(folder / "r.bwr", options);
    appendSteps(writer, 3);
    EXPECT_EQ(writer.durableSequence(), 0U);
    appendSteps(writer, 40);
    EXPECT_GE(writer.durableSequence(), 30U);
    EXPECT_LT(writer.uncommittedRows(), 10U);
}

TEST(RecordWriter, CheckpointsHaveTheirPlace) {
    const TemporaryFolder folder;
    RecordWriter writer = created(folder / "r.bwr");
    appendSteps(writer, 20);
    EXPECT_FALSE(writer.appendCheckpoint(testCheckpoint(21)));  // not recorded yet
    EXPECT_TRUE(writer.appendCheckpoint(testCheckpoint(10)));
    EXPECT_TRUE(writer.appendCheckpoint(testCheckpoint(10)));  // the same again
    Checkpoint other = testCheckpoint(10);
    other.stateDigest.bytes[0] ^= 1;
    EXPECT_FALSE(writer.appendCheckpoint(other));
    EXPECT_FALSE(writer.appendCheckpoint(testCheckpoint(9)));
    Checkpoint wrongTime = testCheckpoint(12);
    wrongTime.time = testTime(2);
    EXPECT_FALSE(writer.appendCheckpoint(wrongTime));
    EXPECT_EQ(writer.tail().checkpoints, 1U);
    EXPECT_EQ(writer.lastCheckpoint(), 10U);
}

TEST(RecordWriter, AnotherWriterIsKeptOut) {
    const TemporaryFolder folder;
    RecordWriter writer = created(folder / "r.bwr");
    appendSteps(writer, 3);
    ASSERT_TRUE(writer.commit());
    const Result<RecordWriter> second = RecordWriter::resume(folder / "r.bwr");
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::Locked);
    EXPECT_NE(second.error().message.find("being written"), std::string::npos);
    EXPECT_EQ(expectTestSteps(folder / "r.bwr"), 3U);  // readers are not
    appendSteps(writer, 6);
    ASSERT_TRUE(writer.close());
    EXPECT_EQ(expectTestSteps(folder / "r.bwr"), 6U);
}

TEST(RecordWriter, ARecordOpenForReadingIsNotGoneOnWith) {
    const TemporaryFolder folder;
    writeRecord(folder / "r.bwr", 5);
    {
        const Result<RecordReader> reader = RecordReader::open(folder / "r.bwr");
        ASSERT_TRUE(reader);
        const Result<RecordWriter> writer = RecordWriter::resume(folder / "r.bwr");
        ASSERT_FALSE(writer);
        EXPECT_EQ(writer.error().code, ErrorCode::Locked);
        EXPECT_NE(writer.error().message.find("open for reading"), std::string::npos);
    }
    EXPECT_TRUE(RecordWriter::resume(folder / "r.bwr"));
}

TEST(RecordWriter, GoesOnWithAClosedRecord) {
    const TemporaryFolder folder;
    writeRecord(folder / "r.bwr", 55, 20);
    {
        Result<RecordWriter> writer = RecordWriter::resume(folder / "r.bwr");
        ASSERT_TRUE(writer) << writer.error().message;
        EXPECT_EQ(writer->tail().state, RecordState::Closed);
        EXPECT_EQ(writer->lastSequence(), 55U);
        EXPECT_EQ(writer->durableSequence(), 55U);
        EXPECT_EQ(writer->lastCheckpoint(), 40U);
        EXPECT_EQ(writer->meta(), testMeta());
        appendSteps(*writer, 80);
        EXPECT_EQ(writer->tail().state, RecordState::Open);
        ASSERT_TRUE(writer->appendCheckpoint(testCheckpoint(80)));
        ASSERT_TRUE(writer->close());
    }
    EXPECT_EQ(verify(folder / "r.bwr").verdict, Verdict::Intact);
    EXPECT_EQ(expectTestSteps(folder / "r.bwr"), 80U);
}

TEST(RecordWriter, OpeningToGoOnAndLeavingChangesNothing) {
    const TemporaryFolder folder;
    writeRecord(folder / "r.bwr", 55, 20);
    ASSERT_TRUE(RecordWriter::resume(folder / "r.bwr"));
    EXPECT_EQ(folder.names(), std::vector<std::string>{"r.bwr"});
    EXPECT_EQ(verify(folder / "r.bwr").verdict, Verdict::Intact);
    EXPECT_EQ(expectTestSteps(folder / "r.bwr"), 55U);
}

TEST(RecordWriter, ADroppedWriterLosesOnlyWhatWasNotCommitted) {
    const TemporaryFolder folder;
    {
        RecordWriter writer = created(folder / "r.bwr");
        appendSteps(writer, 10);
        ASSERT_TRUE(writer.commit());
        appendSteps(writer, 15);
    }
    EXPECT_EQ(verify(folder / "r.bwr").verdict, Verdict::IntactWithoutClose);
    EXPECT_EQ(expectTestSteps(folder / "r.bwr"), 10U);
}

TEST(RecordWriter, DoesNotGoOnWithADamagedRecord) {
    const TemporaryFolder folder;
    writeRecord(folder / "r.bwr", 190, 100);
    std::string bytes = readFile(folder / "r.bwr");
    const Step damaged = testStep(150);
    const std::string payload(damaged.bytes.begin(), damaged.bytes.begin() + damaged.inputSize);
    const std::size_t at = bytes.find(payload);
    ASSERT_NE(at, std::string::npos);
    bytes[at + 5] = static_cast<char>(bytes[at + 5] ^ 1);
    writeFile(folder / "r.bwr", bytes);
    const Result<RecordWriter> writer = RecordWriter::resume(folder / "r.bwr");
    ASSERT_FALSE(writer);
    EXPECT_EQ(writer.error().code, ErrorCode::Corrupt);
    EXPECT_NE(writer.error().message.find("input 150"), std::string::npos)
        << writer.error().message;
    EXPECT_EQ(readFile(folder / "r.bwr"), bytes);
    EXPECT_EQ(folder.names(), std::vector<std::string>{"r.bwr"});
}

TEST(RecordWriter, StopsAtItsSizeLimitWithEverythingBeforeItSafe) {
    const TemporaryFolder folder;
    WriterOptions options;
    options.sizeLimitBytes = 1 << 20;
    Sequence last = 0;
    {
        RecordWriter writer = created(folder / "r.bwr", options);
        Result<void> done;
        do {
            last = writer.lastSequence();
            done = writer.append(testStep(last + 1));
        } while (done && last < 100'000);
        ASSERT_FALSE(done);
        EXPECT_EQ(done.error().code, ErrorCode::Full);
        EXPECT_NE(done.error().message.find("size limit"), std::string::npos);
        EXPECT_EQ(writer.durableSequence(), last);
        EXPECT_EQ(writer.tail().state, RecordState::Full);
        EXPECT_EQ(writer.append(testStep(last + 1)).error().code, ErrorCode::Full);
        const Result<void> checkpoint = writer.appendCheckpoint(testCheckpoint(last, 1 << 20));
        ASSERT_FALSE(checkpoint);
        EXPECT_EQ(checkpoint.error().code, ErrorCode::Full);
    }
    // It says itself that it stopped there: nothing of its end is missing.
    EXPECT_EQ(verify(folder / "r.bwr").verdict, Verdict::Intact);
    EXPECT_EQ(expectTestSteps(folder / "r.bwr"), last);
    {
        Result<RecordWriter> writer = RecordWriter::resume(folder / "r.bwr", options);
        ASSERT_TRUE(writer) << writer.error().message;
        ASSERT_TRUE(writer->close());
    }
    EXPECT_EQ(verify(folder / "r.bwr").tail.state, RecordState::Full) << "closing changed that";
    EXPECT_LE(std::filesystem::file_size(folder / "r.bwr"), options.sizeLimitBytes);
    EXPECT_GT(std::filesystem::file_size(folder / "r.bwr"), options.sizeLimitBytes * 3 / 4);

    options.sizeLimitBytes *= 2;
    Result<RecordWriter> writer = RecordWriter::resume(folder / "r.bwr", options);
    ASSERT_TRUE(writer) << writer.error().message;
    EXPECT_EQ(writer->tail().state, RecordState::Full);
    appendSteps(*writer, last + 10);
    ASSERT_TRUE(writer->close());
    EXPECT_EQ(verify(folder / "r.bwr").verdict, Verdict::Intact);
}

// The limit is kept by an estimate made before anything is written: it must be an upper bound.
TEST(RecordWriter, TheSizeEstimateIsNeverTooSmall) {
    for (const std::uint32_t payload : {1U, 40U, 300U, 900U, 2'000U, 4'100U, 8'200U, 100'000U}) {
        const TemporaryFolder folder;
        WriterOptions options;
        options.groupRows = 0;
        RecordWriter writer = created(folder / "r.bwr", options);
        const std::uint64_t before = writer.sizeBytes();
        std::uint64_t estimate = 0;
        for (Sequence i = 1; i <= 300; ++i) {
            Step step;
            step.sequence = i;
            step.time = testTime(i);
            step.bytes.assign(std::size_t{2} * payload, 9);
            step.inputSize = payload;
            step.eventSizes = {payload};
            estimate += storedSizeAtMost(step);
            ASSERT_TRUE(writer.append(step));
        }
        ASSERT_TRUE(writer.commit());
        EXPECT_LE(writer.sizeBytes() - before, estimate + 16 * 8192) << "payload " << payload;
    }
}

TEST(RecordWriter, ForecastsTheTimeToItsLimit) {
    const TemporaryFolder folder;
    WriterOptions options;
    options.sizeLimitBytes = 64 << 20;
    RecordWriter writer = created(folder / "r.bwr", options);
    EXPECT_FALSE(writer.growth().timeToLimit.has_value());
    appendSteps(writer, 5'000);
    ASSERT_TRUE(writer.commit());
    const Growth growth = writer.growth();
    EXPECT_EQ(growth.limitBytes, options.sizeLimitBytes);
    EXPECT_EQ(growth.sizeBytes, writer.sizeBytes());
    EXPECT_GT(growth.bytesPerSecond, 0);
    ASSERT_TRUE(growth.timeToLimit.has_value());
    const double expected =
        static_cast<double>(growth.limitBytes - growth.sizeBytes) / growth.bytesPerSecond;
    EXPECT_NEAR(growth.timeToLimit->toSeconds(), expected, 1.0);
}

TEST(RecordWriter, WithoutALimitTheDiskIsTheLimit) {
    const TemporaryFolder folder;
    const RecordWriter writer = created(folder / "r.bwr");
    EXPECT_GT(writer.growth().limitBytes, writer.sizeBytes());
}

TEST(RecordWriter, MovesItsLogIntoTheFileAsItGoes) {
    const TemporaryFolder folder;
    WriterOptions options;
    options.groupRows = 50;
    options.walBytes = 512 << 10;
    RecordWriter writer = created(folder / "r.bwr", options);
    appendSteps(writer, 6'000);
    EXPECT_LT(std::filesystem::file_size(folder / "r.bwr-wal"), std::uintmax_t{1} << 20);
    EXPECT_EQ(folder.names(), (std::vector<std::string>{"r.bwr", "r.bwr-wal"}));
    EXPECT_EQ(expectTestSteps(folder / "r.bwr"), writer.durableSequence());
    ASSERT_TRUE(writer.close());
    EXPECT_EQ(expectTestSteps(folder / "r.bwr"), 6'000U);
}

TEST(RecordWriter, AfterCloseItIsFinished) {
    const TemporaryFolder folder;
    RecordWriter writer = created(folder / "r.bwr");
    appendSteps(writer, 2);
    ASSERT_TRUE(writer.close());
    EXPECT_FALSE(writer.append(testStep(3)));
    EXPECT_FALSE(writer.commit());
    EXPECT_EQ(writer.lastSequence(), 2U);
    EXPECT_TRUE(RecordWriter::resume(folder / "r.bwr"));  // the lock is gone
}

}  // namespace
}  // namespace breakwater::storage
