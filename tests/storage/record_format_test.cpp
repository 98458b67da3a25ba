// Format version 1 to the byte. golden/record_v1.bwr was written by the first version; its digests
// in golden/record_v1.txt were computed from its rows by golden/digests.py, which shares nothing
// with this program. A later version must read that file and still write those digests.
#include "storage/record_format.hpp"

#include <sstream>

#include <gtest/gtest.h>

#include "storage/sqlite.hpp"
#include "storage/verify.hpp"
#include "tests/storage/fixtures.hpp"

namespace breakwater::storage {
namespace {

const std::filesystem::path kGolden =
    std::filesystem::path(BREAKWATER_SOURCE_DIR) / "tests/storage/golden";

RecordMeta goldenMeta() {
    RecordMeta meta;
    meta.program = "breakwater 0.1.0";
    meta.venue = "breakwater";
    meta.scenario = "golden";
    meta.seed = 42;
    meta.created = "2026-01-01T00:00:00Z";
    meta.codec = 1;
    meta.extra = {{"market_share", "0.1"}};
    return meta;
}

// Bytes of no codec: the format does not depend on what a step says.
Step goldenStep(Sequence sequence) {
    Step step;
    step.sequence = sequence;
    step.time =
        Instant::fromMicroseconds(1'760'130'000'000'000 + static_cast<std::int64_t>(sequence));
    const auto part = [&step](std::size_t size, std::uint8_t kind) {
        for (std::size_t i = 0; i < size; ++i) {
            step.bytes.push_back(static_cast<std::uint8_t>(i == 0 ? kind : i * 7 + size));
        }
        return static_cast<std::uint32_t>(size);
    };
    step.inputSize = part(sequence == 3 ? 700 : 10 + sequence, 6);
    if (sequence == 2) step.eventSizes = {part(20, 3), part(1, 5)};
    if (sequence == 4) step.eventSizes = {part(33, 200)};
    return step;
}

void writeGolden(const std::filesystem::path& path) {
    WriterOptions options;
    options.pageSize = 512;
    Result<RecordWriter> writer = RecordWriter::create(path, goldenMeta(), options);
    ASSERT_TRUE(writer) << writer.error().message;
    for (Sequence next = 1; next <= 5; ++next) {
        ASSERT_TRUE(writer->append(goldenStep(next)));
        if (next % 2 != 0) continue;
        Checkpoint checkpoint;
        checkpoint.sequence = next;
        checkpoint.time = goldenStep(next).time;
        checkpoint.stateDigest.bytes.fill(static_cast<std::uint8_t>(next));
        checkpoint.state.assign(900, static_cast<std::uint8_t>(0xa0 + next));
        ASSERT_TRUE(writer->appendCheckpoint(checkpoint));
    }
    ASSERT_TRUE(writer->close());
}

std::string digestsIn(const std::filesystem::path& path) {
    std::string text;
    Result<Database> database = Database::open(path, OpenMode::Immutable);
    EXPECT_TRUE(database);
    for (const char* sql :
         {"SELECT 'input ' || seq || ' ' || lower(hex(chain)) FROM inputs ORDER BY seq",
          "SELECT 'event ' || id || ' ' || lower(hex(chain)) FROM events ORDER BY id",
          "SELECT 'state digest ' || id || ' ' || lower(hex(chain)) FROM state_digests",
          "SELECT 'checkpoint ' || seq || ' ' || lower(hex(digest)) FROM checkpoints "
          "ORDER BY seq",
          "SELECT 'tail ' || lower(hex(digest)) FROM tail"}) {
        Result<Statement> rows = database->prepare(sql);
        EXPECT_TRUE(rows);
        while (rows->step().value())
            text += std::string(rows->text(0)) + "\n";
    }
    return text;
}

TEST(RecordFormat, WritesTheGoldenDigests) {
    const TemporaryFolder folder;
    writeGolden(folder / "r.bwr");
    const std::string golden = readFile(kGolden / "record_v1.txt");
    EXPECT_EQ(digestsIn(folder / "r.bwr"), golden);
    EXPECT_EQ(dumpOf(folder / "r.bwr").value(), dumpOf(kGolden / "record_v1.bwr").value());
}

TEST(RecordFormat, ReadsTheFirstVersion) {
    EXPECT_EQ(digestsIn(kGolden / "record_v1.bwr"), readFile(kGolden / "record_v1.txt"));
    const Verification verified = verify(kGolden / "record_v1.bwr");
    EXPECT_EQ(verified.verdict, Verdict::Intact) << verified.why;
    Result<RecordReader> reader = RecordReader::open(kGolden / "record_v1.bwr");
    ASSERT_TRUE(reader);
    EXPECT_EQ(reader->meta(), goldenMeta());
    Step step;
    for (Sequence i = 1; i <= 5; ++i) {
        ASSERT_TRUE(reader->next(step).value());
        EXPECT_EQ(step, goldenStep(i));
    }
    EXPECT_EQ(reader->checkpointBefore(5).value()->sequence, 4U);
}

TEST(RecordFormat, EventIdsHoldPlaceAndIndex) {
    const std::uint64_t id = eventId(123'456'789, 1'048'575);
    EXPECT_EQ(sequenceOf(id), 123'456'789U);
    EXPECT_EQ(indexOf(id), 1'048'575U);
    EXPECT_EQ(eventId(1, 0), 1U << 20);
}

TEST(RecordFormat, EveryFieldIsUnderTheTailsDigest) {
    const RecordTail tail{RecordState::Open, 7, testTime(7), 3, 1, 2, Digest(), Digest()};
    const Digest reference = tailDigest(Digest(), tail);
    const auto differs = [&](auto change) {
        RecordTail other = tail;
        change(other);
        return tailDigest(Digest(), other) != reference;
    };
    EXPECT_TRUE(differs([](RecordTail& t) { t.state = RecordState::Closed; }));
    EXPECT_TRUE(differs([](RecordTail& t) { ++t.lastSequence; }));
    EXPECT_TRUE(differs([](RecordTail& t) { t.lastTime = testTime(9); }));
    EXPECT_TRUE(differs([](RecordTail& t) { ++t.events; }));
    EXPECT_TRUE(differs([](RecordTail& t) { ++t.stateDigests; }));
    EXPECT_TRUE(differs([](RecordTail& t) { ++t.checkpoints; }));
    EXPECT_TRUE(differs([](RecordTail& t) { t.chain.bytes[31] = 1; }));
    EXPECT_TRUE(differs([](RecordTail& t) { t.checkpointChain.bytes[0] = 1; }));
    Digest genesis;
    genesis.bytes[4] = 1;
    EXPECT_NE(tailDigest(genesis, tail), reference);
}

TEST(RecordFormat, MetaSurvivesItsEntries) {
    const Result<MetaEntries> entries = toEntries(goldenMeta());
    ASSERT_TRUE(entries);
    EXPECT_TRUE(std::is_sorted(entries->begin(), entries->end()));
    EXPECT_EQ(fromEntries(*entries).value(), goldenMeta());
    MetaEntries incomplete = *entries;
    incomplete.pop_back();
    EXPECT_FALSE(fromEntries(incomplete));
    // Names and values cannot run into one another.
    EXPECT_NE(genesisOf({{"ab", "c"}}), genesisOf({{"a", "bc"}}));
    EXPECT_NE(genesisOf({{"a", "b"}, {"c", "d"}}), genesisOf({{"a", "b"}}));
}

TEST(RecordFormat, KnowsAStateDigestByItsKindAndSize) {
    ByteBuffer bytes;
    encode(Event(StateDigested{digestOf(bytesOf("x"))}), bytes);
    EXPECT_TRUE(isStateDigest(bytes));
    bytes.pop_back();
    EXPECT_FALSE(isStateDigest(bytes));
    bytes.clear();
    encode(Event(MarkChanged{}), bytes);
    EXPECT_FALSE(isStateDigest(bytes));
}

}  // namespace
}  // namespace breakwater::storage
