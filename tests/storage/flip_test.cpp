// Flipped bits. SQLite itself does not notice most of them (88 % in a measurement of ours). Here
// each is found by verify, refused by the reader, or changes no answer the product ever asks for.
// More of them: BREAKWATER_FLIPS=100000 (half in a closed record, half in one whose writer died).
#include <cstdlib>
#include <fstream>
#include <random>

#include <gtest/gtest.h>

#include "storage/verify.hpp"
#include "tests/storage/fixtures.hpp"

namespace breakwater::storage {
namespace {

int flipsWanted(int otherwise) {
    const char* wanted = std::getenv("BREAKWATER_FLIPS");
    return (wanted != nullptr ? std::atoi(wanted) : otherwise) / 2;
}

std::mt19937_64 chance() {
    const bool more = std::getenv("BREAKWATER_FLIPS") != nullptr;
    const std::uint64_t seed = more ? std::random_device()() : 20'251'010U;
    std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
    return std::mt19937_64(seed);
}

// Everything the product asks a record for, as one text; an error where it refuses.
Result<std::string> answersOf(const std::filesystem::path& path) {
    Result<RecordReader> reader = RecordReader::open(path);
    if (!reader) return Unexpected(reader.error());
    const RecordTail& tail = reader->tail();
    std::string text = std::to_string(static_cast<int>(tail.state)) + " " +
                       std::to_string(tail.lastSequence) + " " +
                       std::to_string(tail.lastTime.microseconds()) + " " +
                       std::to_string(tail.events) + " " + std::to_string(tail.stateDigests) + " " +
                       std::to_string(tail.checkpoints) + " " + tail.chain.toHex() + " " +
                       tail.checkpointChain.toHex() + " " + std::to_string(reader->lostCommits());
    const Result<MetaEntries> entries = toEntries(reader->meta());
    if (!entries) return Unexpected(entries.error());
    for (const auto& [key, value] : *entries)
        text += key + "=" + value + ";";
    const auto add = [&text](Bytes bytes) { text += digestOf(bytes).toHex(); };
    Step step;
    for (;;) {
        const Result<bool> more = reader->next(step);
        if (!more) return Unexpected(more.error());
        if (!*more) break;
        text += std::to_string(step.sequence) + "@" + std::to_string(step.time.microseconds());
        add(step.bytes);
    }
    for (const Sequence from : {1U, 40U, 77U, 118U}) {
        const Result<std::vector<EventRow>> page = reader->eventsPage(from, 20);
        if (!page) return Unexpected(page.error());
        for (const EventRow& row : *page) {
            text += std::to_string(row.sequence) + "." + std::to_string(row.index) + "@" +
                    std::to_string(row.time.microseconds());
            add(row.bytes);
        }
        const Result<std::optional<Checkpoint>> checkpoint = reader->checkpointBefore(from);
        if (!checkpoint) return Unexpected(checkpoint.error());
        if (*checkpoint) {
            text += std::to_string((*checkpoint)->sequence) + (*checkpoint)->stateDigest.toHex();
            add((*checkpoint)->state);
        }
        const Result<Sequence> at = reader->sequenceAt(testTime(from));
        if (!at) return Unexpected(at.error());
        text += std::to_string(*at);
        Result<void> sought = reader->seek(from);
        const Result<bool> there = sought ? reader->next(step) : Unexpected(sought.error());
        if (!there) return Unexpected(there.error());
        add(step.bytes);
    }
    return text;
}

struct Count {
    int found = 0;     // by verify
    int refused = 0;   // verify saw nothing, the reader did
    int harmless = 0;  // no answer changed
    int silent = 0;
};

void flipBit(const std::filesystem::path& path, std::uint64_t byte, int bit) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(static_cast<std::streamoff>(byte));
    const int value = file.get();
    file.seekp(static_cast<std::streamoff>(byte));
    file.put(static_cast<char>(static_cast<unsigned>(value) ^ 1U << bit));
}

// Flips in the files of a record, each by its share of the bytes, one at a time.
Count flip(const std::filesystem::path& record, const std::vector<std::string>& suffixes,
           int flips) {
    Count count;
    const Result<std::string> answers = answersOf(record);
    EXPECT_TRUE(answers) << answers.error().message;
    const bool closed = suffixes.size() == 1;  // then every value any query can give, too
    const Result<std::string> dump = closed ? dumpOf(record) : Result<std::string>("");
    if (!answers || !dump) return count;
    std::vector<std::uint64_t> sizes;
    std::uint64_t total = 0;
    for (const std::string& suffix : suffixes) {
        sizes.push_back(std::filesystem::file_size(record.string() + suffix));
        total += sizes.back();
    }
    std::mt19937_64 random = chance();
    for (int i = 0; i < flips; ++i) {
        std::uint64_t byte = random() % total;
        std::size_t which = 0;
        while (byte >= sizes[which])
            byte -= sizes[which++];
        const int bit = static_cast<int>(random() % 8);
        const std::filesystem::path file = record.string() + suffixes[which];
        flipBit(file, byte, bit);
        const Verification verified = verify(record);
        if (exitCode(verified.verdict) != 0) {
            EXPECT_FALSE(verified.why.empty());
            ++count.found;
        } else {
            const Result<std::string> now = answersOf(record);
            const Result<std::string> dumped = closed ? dumpOf(record) : Result<std::string>("");
            if (!now) {
                ++count.refused;
            } else if (*now == *answers && (!dumped || *dumped == *dump)) {
                ++count.harmless;
            } else {
                ++count.silent;
                ADD_FAILURE() << "flip " << i << " of bit " << bit << " in byte " << byte << " of "
                              << file << " passed, and an answer changed";
            }
        }
        flipBit(file, byte, bit);
    }
    EXPECT_EQ(*answersOf(record), *answers);  // the test has put back what it flipped
    std::printf("%d flips: %d found by verify, %d refused by the reader, %d harmless, %d silent\n",
                flips, count.found, count.refused, count.harmless, count.silent);
    return count;
}

// Small pages give a small record inner pages, overflow pages and several tables of depth two.
WriterOptions smallPages() {
    WriterOptions options;
    options.pageSize = 512;
    return options;
}

TEST(Flip, InAClosedRecordNonePassesThatChangesAnAnswer) {
    const TemporaryFolder folder;
    writeRecord(folder / "r.bwr", 120, 50, smallPages());
    const int flips = flipsWanted(5'000);
    const Count count = flip(folder / "r.bwr", {""}, flips);
    EXPECT_EQ(count.silent, 0);
    EXPECT_GT(count.found, flips / 2);
}

// As a live session leaves it when it is killed: a file, a log that has begun anew at least once,
// and the reserve, which knows what was acknowledged.
TEST(Flip, InARecordWhoseWriterDiedNonePassesThatChangesAnAnswer) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "r.bwr";
    {
        WriterOptions options = smallPages();
        options.walBytes = 40 << 10;
        options.reserveBytes = 4 << 10;
        options.groupRows = 0;
        Result<RecordWriter> writer =
            RecordWriter::create(folder / "live.bwr", testMeta(), options);
        ASSERT_TRUE(writer) << writer.error().message;
        for (Sequence last = 6; last <= 120; last += 6) {
            appendSteps(*writer, last);
            if (last % 48 == 0) {
                ASSERT_TRUE(writer->appendCheckpoint(testCheckpoint(last)));
            }
            ASSERT_TRUE(writer->commit());
        }
        for (const char* suffix : {"", "-wal", ".reserve"})
            std::filesystem::copy_file((folder / "live.bwr").string() + suffix,
                                       path.string() + suffix);
    }
    ASSERT_EQ(verify(path).verdict, Verdict::IntactWithoutClose);
    ASSERT_EQ(verify(path).tail.lastSequence, 120U);
    const int flips = flipsWanted(5'000);
    const Count count = flip(path, {"", "-wal", ".reserve"}, flips);
    EXPECT_EQ(count.silent, 0);
    EXPECT_GT(count.found, flips / 4);
}

// The last commit of a log alone: without the reserve, a flip in it passes for a crash.
TEST(Flip, InTheLastCommitIsFoundByTheReserve) {
    const TemporaryFolder folder;
    const std::filesystem::path path = folder / "r.bwr";
    {
        WriterOptions options;
        options.reserveBytes = 4 << 10;
        Result<RecordWriter> writer =
            RecordWriter::create(folder / "live.bwr", testMeta(), options);
        ASSERT_TRUE(writer);
        for (const Sequence last : {50U, 100U}) {
            appendSteps(*writer, last);
            ASSERT_TRUE(writer->commit());
        }
        for (const char* suffix : {"", "-wal", ".reserve"})
            std::filesystem::copy_file((folder / "live.bwr").string() + suffix,
                                       path.string() + suffix);
    }
    const std::filesystem::path log = path.string() + "-wal";
    flipBit(log, std::filesystem::file_size(log) - 100, 3);
    const Verification verified = verify(path);
    EXPECT_EQ(verified.verdict, Verdict::Differs);
    EXPECT_EQ(verified.differsAt, 51U);
    EXPECT_NE(verified.why.find("up to input 100 was on the disk"), std::string::npos)
        << verified.why;
    EXPECT_EQ(RecordReader::open(path).value().lostCommits(), 1U);
    const Result<RecordWriter> writer = RecordWriter::resume(path);
    ASSERT_FALSE(writer);
    EXPECT_EQ(writer.error().code, ErrorCode::Corrupt);
    std::filesystem::remove(ReserveFile::beside(path));
    EXPECT_EQ(verify(path).verdict, Verdict::IntactWithoutClose);
}

}  // namespace
}  // namespace breakwater::storage
