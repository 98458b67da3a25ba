#include "storage/event_log.hpp"

#include <algorithm>
#include <limits>
#include <thread>

#include <gtest/gtest.h>

#include "storage/recorder.hpp"
#include "storage/verify.hpp"
#include "tests/storage/fixtures.hpp"

namespace breakwater::storage {
namespace {

struct Row {
    EventPlace place;
    Instant time;
    ByteBuffer bytes;
    friend bool operator==(const Row&, const Row&) = default;
};

// What is in the steps, by walking over them.
std::vector<Row> rowsOf(Sequence first, Sequence last) {
    std::vector<Row> rows;
    for (Sequence s = first; s <= last; ++s) {
        const Step step = testStep(s);
        std::uint32_t index = 0;
        forEachEvent(step, [&](Bytes bytes) {
            rows.push_back({{s, index++}, step.time, {bytes.begin(), bytes.end()}});
        });
    }
    return rows;
}

// A search carried to its end, a few rows at a time.
std::vector<Row> found(EventLog& log, EventSearch search, std::size_t atOnce) {
    std::vector<Row> rows;
    search.count = atOnce;
    for (;;) {
        Result<EventSlice> slice = log.search(search);
        if (!slice) {
            ADD_FAILURE() << slice.error().message;
            return rows;
        }
        EXPECT_LE(slice->rows.size(), atOnce);
        for (EventRow& row : slice->rows)
            rows.push_back({{row.sequence, row.index}, row.time, std::move(row.bytes)});
        if (!slice->next) return rows;
        search.from = *slice->next;
    }
}

class EventLogTest : public testing::Test {
protected:
    void SetUp() override { writeRecord(folder / "r.bwr", kLast, 1'000); }
    RecordReader open() { return std::move(*RecordReader::open(folder / "r.bwr")); }

    static constexpr Sequence kLast = 5'000;
    const TemporaryFolder folder;
};

TEST_F(EventLogTest, OnwardAndBackwardGiveEveryEventOnce) {
    RecordReader reader = open();
    const std::vector<Row> all = rowsOf(1, kLast);
    EXPECT_EQ(found(reader, {}, 333), all);
    EventSearch backward;
    backward.toward = Toward::Start;
    backward.from = {kLast, kLastIndex};
    std::vector<Row> back = found(reader, backward, 1'000);
    std::reverse(back.begin(), back.end());
    EXPECT_EQ(back, all);
}

TEST_F(EventLogTest, BoundsAndPlacesAreKept) {
    RecordReader reader = open();
    EventSearch search;
    search.first = 100;
    search.last = 2'600;
    EXPECT_EQ(found(reader, search, 70), rowsOf(100, 2'600));
    const std::vector<Row> all = rowsOf(1, kLast);
    const Row& middle = all[all.size() / 2];
    search = {};
    search.from = middle.place;
    EXPECT_EQ(found(reader, search, 5'000'000).front(), middle);
    search.toward = Toward::Start;
    EXPECT_EQ(found(reader, search, 10).front(), middle);
    // An index beyond every event means the input's last one.
    search.from = {middle.place.sequence, std::numeric_limits<std::uint32_t>::max()};
    EXPECT_EQ(found(reader, search, 10).front().place,
              rowsOf(middle.place.sequence, middle.place.sequence).back().place);
    search.from = {kLast + 7, 0};
    EXPECT_EQ(found(reader, search, 10).front(), all.back());
    search.toward = Toward::End;
    EXPECT_TRUE(found(reader, search, 10).empty());
}

TEST_F(EventLogTest, KindsAndWishesAreWhatAWalkFinds) {
    RecordReader reader = open();
    const std::size_t digest = Event(StateDigested()).index();
    std::vector<Row> digests = rowsOf(1, kLast);
    std::erase_if(digests, [&](const Row& row) { return row.bytes[0] != digest; });
    ASSERT_FALSE(digests.empty());
    EventSearch search;
    search.kinds = {digest};
    EXPECT_EQ(found(reader, search, 17), digests);
    std::size_t asked = 0;
    search.wanted = [&](const Event&) { return ++asked % 2 == 0; };
    EXPECT_EQ(found(reader, search, 1'000).size(), digests.size() / 2);
}

TEST_F(EventLogTest, StepsAndTimes) {
    RecordReader reader = open();
    EXPECT_EQ(*reader.stepAt(1), testStep(1));
    EXPECT_EQ(*reader.stepAt(kLast), testStep(kLast));
    EXPECT_EQ(reader.stepAt(kLast + 1).error().code, ErrorCode::NotFound);
    EXPECT_EQ(reader.stepAt(0).error().code, ErrorCode::NotFound);
    EXPECT_EQ(*reader.sequenceAt(testTime(777)), 777U);
}

TEST_F(EventLogTest, SeveralReadersOfOnePhotograph) {
    Result<std::vector<RecordReader>> readers = RecordReader::open(folder / "r.bwr", 3);
    ASSERT_TRUE(readers);
    std::vector<std::thread> threads;
    for (RecordReader& reader : *readers) {
        threads.emplace_back([&reader] {
            EventLog& log = reader;
            EXPECT_EQ(found(log, {}, 500).size(), rowsOf(1, kLast).size());
        });
    }
    for (std::thread& thread : threads)
        thread.join();
}

// Every byte of the file, one bit of it: what a page hands out is what was written, or an error.
TEST_F(EventLogTest, AFlippedBitIsNeverHandedOut) {
    const TemporaryFolder scratch;
    writeRecord(scratch / "small.bwr", 60, 0);
    const std::string sound = readFile(scratch / "small.bwr");
    const std::vector<Row> all = rowsOf(1, 60);
    int refused = 0, shorter = 0;
    for (std::size_t at = 0; at < sound.size(); at += 37) {
        std::string bytes = sound;
        bytes[at] = static_cast<char>(bytes[at] ^ (1 << (at % 8)));
        writeFile(scratch / "flipped.bwr", bytes);
        Result<RecordReader> reader = RecordReader::open(scratch / "flipped.bwr");
        if (!reader) {
            ++refused;
            continue;
        }
        EventSearch search;
        search.count = 1'000;
        const Result<EventSlice> slice = reader->search(search);
        if (!slice) {
            ++refused;
            continue;
        }
        for (const EventRow& row : slice->rows) {
            const Row shown{{row.sequence, row.index}, row.time, row.bytes};
            ASSERT_NE(std::find(all.begin(), all.end(), shown), all.end()) << "byte " << at;
        }
        if (slice->rows.size() < all.size()) {
            ++shorter;
            EXPECT_EQ(verify(scratch / "flipped.bwr").verdict, Verdict::Differs) << "byte " << at;
        }
    }
    EXPECT_GT(refused, 10);
}

TEST(RecorderLog, ReadsWhatIsDurableWhileOthersWrite) {
    const TemporaryFolder folder;
    Result<RecordWriter> writer = RecordWriter::create(folder / "r.bwr", testMeta());
    ASSERT_TRUE(writer);
    Recorder recorder(std::move(*writer));
    constexpr Sequence kSteps = 20'000;
    std::thread producer([&] {
        for (Sequence s = 1; s <= kSteps; ++s) {
            Step step = testStep(s);
            ASSERT_TRUE(recorder.submit(step));
        }
    });
    EventLog& log = recorder.log();
    Sequence last = 0;
    while (last < kSteps) {
        const Result<RecordTail> end = log.end();
        ASSERT_TRUE(end);
        EXPECT_GE(end->lastSequence, last);
        last = end->lastSequence;
        if (last == 0) continue;
        EventSearch search;
        search.toward = Toward::Start;
        search.from = {last, kLastIndex};
        search.count = 20;
        const Result<EventSlice> slice = log.search(search);
        ASSERT_TRUE(slice) << slice.error().message;
        ASSERT_FALSE(slice->rows.empty());
        std::vector<Row> rows = rowsOf(slice->rows.back().sequence, last);
        const EventRow& newest = slice->rows.front();
        EXPECT_EQ(rows.back(), (Row{{newest.sequence, newest.index}, newest.time, newest.bytes}));
        EXPECT_EQ(*log.stepAt(last), testStep(last));
        if (last == kSteps) break;
        EXPECT_TRUE(recorder.status().error == std::nullopt);
    }
    producer.join();
    ASSERT_TRUE(recorder.close());
    EXPECT_EQ(log.search({}).error().code, ErrorCode::Refused);
    EXPECT_EQ(verify(folder / "r.bwr").verdict, Verdict::Intact);
    EXPECT_EQ(expectTestSteps(folder / "r.bwr"), kSteps);
}

TEST(VerifyOpened, TellsItsProgressAndCanBeGivenUp) {
    const TemporaryFolder folder;
    writeRecord(folder / "r.bwr", 20'000);
    Result<RecordReader> reader = RecordReader::open(folder / "r.bwr");
    ASSERT_TRUE(reader);
    double last = 0;
    int told = 0;
    const Verification whole = verify(*reader, [&](double share) {
        EXPECT_GE(share, last);
        last = share;
        ++told;
        return true;
    });
    EXPECT_EQ(whole.verdict, Verdict::Intact);
    EXPECT_GE(told, 4);
    const Verification given = verify(*reader, [](double) { return false; });
    EXPECT_EQ(given.verdict, Verdict::Unreadable);
    EXPECT_NE(given.why.find("given up"), std::string::npos);
}

}  // namespace
}  // namespace breakwater::storage
