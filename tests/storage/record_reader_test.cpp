#include "storage/record_reader.hpp"

#include <atomic>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include <gtest/gtest.h>

#include "storage/verify.hpp"
#include "tests/storage/fixtures.hpp"

namespace breakwater::storage {
namespace {

Error refusalOf(const std::filesystem::path& path) {
    const Result<RecordReader> reader = RecordReader::open(path);
    EXPECT_FALSE(reader);
    return reader ? Error{} : reader.error();
}

bool mentions(const Error& error, const std::string& words) {
    return error.message.find(words) != std::string::npos;
}

// A record whose writer is gone without a word: the file and its log, as a crash leaves them.
void leaveHot(const std::filesystem::path& path, Sequence last, const TemporaryFolder& scratch) {
    Result<RecordWriter> writer = RecordWriter::create(scratch / "live.bwr", testMeta());
    ASSERT_TRUE(writer);
    appendSteps(*writer, last);
    ASSERT_TRUE(writer->commit());
    std::filesystem::copy_file(scratch / "live.bwr", path);
    std::filesystem::copy_file(scratch / "live.bwr-wal", path.string() + "-wal");
}

TEST(RecordReader, ReadingChangesNoByteAndLeavesNothing) {
    const TemporaryFolder folder;
    writeRecord(folder / "r.bwr", 300, 100);
    const std::string before = readFile(folder / "r.bwr");
    const auto touched = std::filesystem::last_write_time(folder / "r.bwr");
    EXPECT_EQ(expectTestSteps(folder / "r.bwr"), 300U);
    EXPECT_EQ(verify(folder / "r.bwr").verdict, Verdict::Intact);
    EXPECT_EQ(readFile(folder / "r.bwr"), before);
    EXPECT_EQ(std::filesystem::last_write_time(folder / "r.bwr"), touched);
    EXPECT_EQ(folder.names(), std::vector<std::string>{"r.bwr"});
}

TEST(RecordReader, ReadsFromAReadOnlyFolder) {
    const TemporaryFolder folder;
    const TemporaryFolder scratch;
    std::filesystem::create_directory(folder / "ro");
    writeRecord(folder / "ro/closed.bwr", 50);
    leaveHot(folder / "ro/hot.bwr", 60, scratch);
    for (const auto& entry : std::filesystem::directory_iterator(folder / "ro")) {
        ::chmod(entry.path().c_str(), 0444);
    }
    ::chmod((folder / "ro").c_str(), 0555);
    ::chmod(folder.path().c_str(), 0755);
    // Permissions mean nothing to root, so somebody else has to read.
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        if (::geteuid() == 0 && ::setresuid(65'534, 65'534, 65'534) != 0) ::_exit(2);
        if (::access((folder / "ro").c_str(), W_OK) == 0) ::_exit(3);
        EXPECT_EQ(expectTestSteps(folder / "ro/closed.bwr"), 50U);
        EXPECT_EQ(expectTestSteps(folder / "ro/hot.bwr"), 60U);
        EXPECT_EQ(verify(folder / "ro/hot.bwr").verdict, Verdict::IntactWithoutClose);
        ::_exit(::testing::Test::HasFailure() ? 1 : 0);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0);
    ::chmod((folder / "ro").c_str(), 0700);
}

TEST(RecordReader, ReadsAHotRecordFromAPrivateCopy) {
    const TemporaryFolder folder;
    const TemporaryFolder scratch;
    const TemporaryFolder temporary;
    leaveHot(folder / "r.bwr", 120, scratch);
    const std::string file = readFile(folder / "r.bwr");
    const std::string log = readFile(folder / "r.bwr-wal");
    ASSERT_EQ(::setenv("TMPDIR", temporary.path().c_str(), 1), 0);
    {
        const Result<RecordReader> reader = RecordReader::open(folder / "r.bwr");
        ASSERT_TRUE(reader) << reader.error().message;
        EXPECT_TRUE(reader->isPrivateCopy());
        EXPECT_FALSE(reader->closed());
        EXPECT_EQ(reader->lastSequence(), 120U);
        EXPECT_TRUE(temporary.names().empty());  // gone already: a crash leaves nothing either
    }
    EXPECT_EQ(expectTestSteps(folder / "r.bwr"), 120U);
    EXPECT_EQ(verify(folder / "r.bwr").verdict, Verdict::IntactWithoutClose);
    ::unsetenv("TMPDIR");
    EXPECT_EQ(readFile(folder / "r.bwr"), file);
    EXPECT_EQ(readFile(folder / "r.bwr-wal"), log);
    EXPECT_EQ(folder.names(), (std::vector<std::string>{"r.bwr", "r.bwr-wal"}));
}

// The copy of a record that is being written is one commit of it, never a mixture.
TEST(RecordReader, ReadsALiveRecordAgainAndAgain) {
    const TemporaryFolder folder;
    WriterOptions options;
    options.groupRows = 100;
    options.walBytes = 256 << 10;
    Result<RecordWriter> writer = RecordWriter::create(folder / "r.bwr", testMeta(), options);
    ASSERT_TRUE(writer);
    std::atomic<bool> stop{false};
    std::thread writing([&] {
        for (Sequence next = 1; !stop; ++next) {
            if (!writer->append(testStep(next))) break;
            if (next % 50 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    });
    Sequence last = 0;
    int read = 0;
    for (int i = 0; i < 40 && read < 10; ++i) {
        const Result<RecordReader> reader = RecordReader::open(folder / "r.bwr");
        if (!reader) {
            EXPECT_EQ(reader.error().code, ErrorCode::Locked) << reader.error().message;
            continue;
        }
        ++read;
        EXPECT_GE(reader->lastSequence(), last);
        last = reader->lastSequence();
        const Verification verified = verify(folder / "r.bwr");
        EXPECT_TRUE(verified.verdict == Verdict::IntactWithoutClose ||
                    verified.why.find("faster than") != std::string::npos)
            << verified.why;
    }
    stop = true;
    writing.join();
    EXPECT_GT(read, 0);
    ASSERT_TRUE(writer->close());
    EXPECT_EQ(verify(folder / "r.bwr").verdict, Verdict::Intact);
}

TEST(RecordReader, RefusesWhatIsMissingOrNoFile) {
    const TemporaryFolder folder;
    const Error missing = refusalOf(folder / "none.bwr");
    EXPECT_EQ(missing.code, ErrorCode::NotFound);
    EXPECT_TRUE(mentions(missing, "there is no record at")) << missing.message;
    const Error directory = refusalOf(folder.path());
    EXPECT_EQ(directory.code, ErrorCode::Refused);
    EXPECT_TRUE(mentions(directory, "is not a file")) << directory.message;
    EXPECT_TRUE(folder.names().empty());
}

TEST(RecordReader, RefusesAnEmptyFile) {
    const TemporaryFolder folder;
    writeFile(folder / "r.bwr", "");
    const Error error = refusalOf(folder / "r.bwr");
    EXPECT_EQ(error.code, ErrorCode::Malformed);
    EXPECT_TRUE(mentions(error, "is empty")) << error.message;
}

TEST(RecordReader, RefusesAFileCutShort) {
    const TemporaryFolder folder;
    writeRecord(folder / "r.bwr", 500);
    const std::string whole = readFile(folder / "r.bwr");
    for (const std::size_t size : {std::size_t{1}, std::size_t{50}, std::size_t{100},
                                   std::size_t{5'000}, whole.size() / 2, whole.size() - 1}) {
        writeFile(folder / "cut.bwr", whole.substr(0, size));
        const Error error = refusalOf(folder / "cut.bwr");
        EXPECT_EQ(error.code, ErrorCode::Malformed);
        EXPECT_TRUE(mentions(error, "is cut short")) << error.message;
    }
}

TEST(RecordReader, RefusesForeignFiles) {
    const TemporaryFolder folder;
    writeFile(folder / "text.bwr", "sequence,time\r\n1,2\r\n");
    const Error text = refusalOf(folder / "text.bwr");
    EXPECT_EQ(text.code, ErrorCode::Malformed);
    EXPECT_TRUE(mentions(text, "is not a Breakwater record")) << text.message;

    writeRecord(folder / "r.bwr", 3);
    std::string bytes = readFile(folder / "r.bwr");
    bytes.replace(68, 4, std::string("\0\0\0\0", 4));  // SQLite's application id
    writeFile(folder / "other.bwr", bytes);
    const Error other = refusalOf(folder / "other.bwr");
    EXPECT_EQ(other.code, ErrorCode::Malformed);
    EXPECT_TRUE(mentions(other, "an SQLite database, but not")) << other.message;
}

TEST(RecordReader, RefusesALaterFormat) {
    const TemporaryFolder folder;
    writeRecord(folder / "r.bwr", 3);
    std::string bytes = readFile(folder / "r.bwr");
    bytes[63] = 9;  // SQLite's user version
    writeFile(folder / "r.bwr", bytes);
    const Error error = refusalOf(folder / "r.bwr");
    EXPECT_EQ(error.code, ErrorCode::NewerVersion);
    EXPECT_TRUE(mentions(error, "written by a later Breakwater (record format 9")) << error.message;
    EXPECT_EQ(verify(folder / "r.bwr").verdict, Verdict::Unreadable);
}

TEST(RecordReader, RefusesALaterCodec) {
    const TemporaryFolder folder;
    RecordMeta meta = testMeta();
    meta.codec = kCodecVersion + 1;
    {
        Result<RecordWriter> writer = RecordWriter::create(folder / "r.bwr", meta);
        ASSERT_TRUE(writer);
        ASSERT_TRUE(writer->close());
    }
    const Error error = refusalOf(folder / "r.bwr");
    EXPECT_EQ(error.code, ErrorCode::NewerVersion);
    EXPECT_TRUE(mentions(error, "codec")) << error.message;
}

TEST(RecordReader, APathMayHoldAnyCharacter) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "50% of ?mode=memory#1 \xc3\xa9.bwr";
    writeRecord(path, 20);
    EXPECT_EQ(expectTestSteps(path), 20U);
}

TEST(RecordReader, StartsAnywhere) {
    const TemporaryFolder folder;
    writeRecord(folder / "r.bwr", 100);
    Result<RecordReader> reader = RecordReader::open(folder / "r.bwr");
    ASSERT_TRUE(reader);
    Step step;
    for (const Sequence from : {1U, 2U, 51U, 99U, 100U}) {
        ASSERT_TRUE(reader->seek(from));
        for (Sequence expected = from; expected <= 100; ++expected) {
            const Result<bool> more = reader->next(step);
            ASSERT_TRUE(more && *more);
            ASSERT_EQ(step, testStep(expected));
        }
        const Result<bool> end = reader->next(step);
        ASSERT_TRUE(end);
        EXPECT_FALSE(*end);
    }
    for (const Sequence beyond : {101U, 102U, 5'000U}) {
        ASSERT_TRUE(reader->seek(beyond));
        const Result<bool> end = reader->next(step);
        ASSERT_TRUE(end) << end.error().message;
        EXPECT_FALSE(*end);
    }
}

TEST(RecordReader, FindsTheCheckpointBefore) {
    const TemporaryFolder folder;
    writeRecord(folder / "r.bwr", 100, 40);
    Result<RecordReader> reader = RecordReader::open(folder / "r.bwr");
    ASSERT_TRUE(reader);
    const auto at = [&](Sequence sequence) {
        const Result<std::optional<Checkpoint>> found = reader->checkpointBefore(sequence);
        EXPECT_TRUE(found);
        return found && *found ? (*found)->sequence : 0;
    };
    EXPECT_EQ(at(0), 0U);
    EXPECT_EQ(at(39), 0U);
    EXPECT_EQ(at(40), 40U);
    EXPECT_EQ(at(79), 40U);
    EXPECT_EQ(at(~Sequence{0}), 80U);
    const Result<std::optional<Checkpoint>> found = reader->checkpointBefore(100);
    ASSERT_TRUE(found && *found);
    EXPECT_EQ((*found)->state, testCheckpoint(80).state);
    EXPECT_EQ((*found)->stateDigest, testCheckpoint(80).stateDigest);
    EXPECT_EQ((*found)->time, testTime(80));
}

TEST(RecordReader, FindsTheStepAtAnInstant) {
    const TemporaryFolder folder;
    writeRecord(folder / "r.bwr", 100);
    Result<RecordReader> reader = RecordReader::open(folder / "r.bwr");
    ASSERT_TRUE(reader);
    const auto at = [&](Instant time) { return reader->sequenceAt(time).value(); };
    EXPECT_EQ(at(testTime(1) - Duration::microseconds(1)), 0U);
    EXPECT_EQ(at(testTime(1)), 1U);
    EXPECT_EQ(at(testTime(2)), 3U);  // 2 and 3 share it
    EXPECT_EQ(at(testTime(4) - Duration::microseconds(1)), 3U);
    EXPECT_EQ(at(testTime(100) + Duration::hours(1)), 100U);
}

TEST(RecordReader, GivesEventsByThePage) {
    const TemporaryFolder folder;
    writeRecord(folder / "r.bwr", 100);
    Result<RecordReader> reader = RecordReader::open(folder / "r.bwr");
    ASSERT_TRUE(reader);
    const Result<std::vector<EventRow>> page = reader->eventsPage(50, 7);
    ASSERT_TRUE(page);
    ASSERT_EQ(page->size(), 7U);
    EXPECT_EQ((*page)[0].sequence, 50U);
    EXPECT_EQ((*page)[0].index, 0U);
    EXPECT_EQ((*page)[2].index, 2U);  // step 50: two marks and a digest
    EXPECT_TRUE(isStateDigest((*page)[2].bytes));
    EXPECT_EQ((*page)[3].sequence, 52U);  // step 51 has none
    EXPECT_EQ((*page)[3].time, testTime(52));
    EXPECT_TRUE(reader->eventsPage(101, 7).value().empty());
    Step step;
    ASSERT_TRUE(reader->next(step).value());
    EXPECT_EQ(step.sequence, 1U);
}

TEST(RecordReader, HandsOutNothingFromADifferenceOn) {
    const TemporaryFolder folder;
    writeRecord(folder / "r.bwr", 100);
    std::string bytes = readFile(folder / "r.bwr");
    const Step damaged = testStep(60);
    const std::size_t at =
        bytes.find(std::string(damaged.bytes.begin(), damaged.bytes.begin() + damaged.inputSize));
    ASSERT_NE(at, std::string::npos);
    bytes[at + 9] = static_cast<char>(bytes[at + 9] ^ 4);
    writeFile(folder / "r.bwr", bytes);
    Result<RecordReader> reader = RecordReader::open(folder / "r.bwr");
    ASSERT_TRUE(reader);
    Step step;
    for (Sequence i = 1; i < 60; ++i)
        ASSERT_TRUE(reader->next(step).value());
    for (int again = 0; again < 2; ++again) {
        const Result<bool> more = reader->next(step);
        ASSERT_FALSE(more);
        EXPECT_EQ(more.error().code, ErrorCode::Corrupt);
        EXPECT_TRUE(mentions(more.error(), "differs at input 60")) << more.error().message;
    }
}

}  // namespace
}  // namespace breakwater::storage
