// Loss of power at every single operation of a trace of some 2,000: whatever the disk kept of
// what was not synced, what was acknowledged is there, without a gap, and verify says so. More
// chances at each: BREAKWATER_POWER_SEEDS=20.
#include <cstdlib>
#include <random>

#include <gtest/gtest.h>

#include "storage/sqlite.hpp"
#include "storage/verify.hpp"
#include "tests/storage/fixtures.hpp"
#include "tests/storage/power_vfs.hpp"

namespace breakwater::storage {
namespace {

constexpr int kTrace = 2'000;  // operations

struct Found {
    int losses = 0;
    int without = 0;     // not intact: the close was not reached
    Sequence ahead = 0;  // most inputs found beyond what was acknowledged
};

// What is found after one loss of power.
void examine(const std::filesystem::path& path, Sequence acknowledged, bool closing, bool goOn,
             Found& found) {
    const Verification verified = verify(path);
    ASSERT_EQ(exitCode(verified.verdict), 0) << verified.why;
    const Sequence last = verified.tail.lastSequence;
    ASSERT_GE(last, acknowledged);
    ASSERT_EQ(expectTestSteps(path), last);
    if (!closing) {
        ASSERT_EQ(verified.verdict, Verdict::IntactWithoutClose);
    }
    ++found.losses;
    found.without += verified.verdict == Verdict::Intact ? 0 : 1;
    found.ahead = std::max(found.ahead, last - acknowledged);
    if (!goOn) return;
    const PowerVfs calm([](int) {});  // whose syncs cost nothing
    WriterOptions options;
    options.vfs = calm.name();
    Result<RecordWriter> writer = RecordWriter::resume(path, options);
    ASSERT_TRUE(writer) << writer.error().message;
    ASSERT_EQ(writer->lastSequence(), last);
    appendSteps(*writer, last + 3);
    ASSERT_TRUE(writer->close());
    ASSERT_EQ(verify(path).verdict, Verdict::Intact);
}

// Records until the trace is long enough, closes, and loses power after every operation.
void tracePower(unsigned seed, Found& found) {
    const TemporaryFolder folder;
    const TemporaryFolder lost;
    std::mt19937 random(seed);
    Sequence acknowledged = 0;
    bool watching = false;
    bool closing = false;
    const PowerVfs* disk = nullptr;
    const PowerVfs watched([&](int operation) {
        if (!watching || testing::Test::HasFatalFailure()) return;
        SCOPED_TRACE("seed " + std::to_string(seed) + ", operation " + std::to_string(operation));
        disk->losePower(lost.path(), random);
        examine(lost / "r.bwr", acknowledged, closing, operation % 8 == 0, found);
    });
    disk = &watched;
    WriterOptions options;
    options.vfs = watched.name();
    options.groupRows = 0;
    options.pageSize = 1'024;
    options.walBytes = 96 << 10;
    Result<RecordWriter> writer = RecordWriter::create(folder / "r.bwr", testMeta(), options);
    ASSERT_TRUE(writer) << writer.error().message;
    watching = true;
    const int begun = watched.operations();
    for (Sequence next = 1; watched.operations() - begun < kTrace; ++next) {
        ASSERT_TRUE(writer->append(testStep(next)));
        if (next % 200 == 0) {
            ASSERT_TRUE(writer->appendCheckpoint(testCheckpoint(next)));
        }
        if (next % 6 != 0) continue;
        ASSERT_TRUE(writer->commit());
        acknowledged = writer->durableSequence();
        ASSERT_EQ(acknowledged, next);
        ASSERT_FALSE(testing::Test::HasFatalFailure());
    }
    closing = true;
    ASSERT_TRUE(writer->close());
    disk->losePower(lost.path(), random);
    ASSERT_EQ(verify(lost / "r.bwr").verdict, Verdict::Intact) << "closed, and yet not on the disk";
}

TEST(PowerLoss, AtEveryOperationLosesNothingAcknowledged) {
    const char* wanted = std::getenv("BREAKWATER_POWER_SEEDS");
    const int seeds = wanted != nullptr ? std::atoi(wanted) : 1;
    Found found;
    for (int i = 0; i < seeds; ++i) {
        tracePower(static_cast<unsigned>(20'251'010 + i), found);
        ASSERT_FALSE(testing::Test::HasFatalFailure());
    }
    EXPECT_GE(found.losses, seeds * kTrace);
    EXPECT_GT(found.ahead, 0U) << "nothing unsynced was ever kept: the disk is too forgetful";
    std::printf(
        "%d losses of power, %d before the close; up to %llu inputs more than acknowledged\n",
        found.losses, found.without, static_cast<unsigned long long>(found.ahead));
}

// The instrument itself: a writer that does not sync is caught.
TEST(PowerLoss, IsNoticedWhereNothingIsSynced) {
    const TemporaryFolder folder;
    const TemporaryFolder lost;
    std::mt19937 random(7);
    const PowerVfs disk([](int) {});
    WriterOptions options;
    options.vfs = disk.name();
    {
        Result<RecordWriter> writer = RecordWriter::create(folder / "r.bwr", testMeta(), options);
        ASSERT_TRUE(writer) << writer.error().message;
        appendSteps(*writer, 50);
        ASSERT_TRUE(writer->commit());
    }
    Result<Database> database = Database::open(folder / "r.bwr", OpenMode::ReadWrite, disk.name());
    ASSERT_TRUE(database);
    ASSERT_TRUE(
        database->exec("PRAGMA locking_mode=EXCLUSIVE; PRAGMA synchronous=OFF; "
                       "UPDATE inputs SET time = time + 1"));
    int noticed = 0;
    for (int i = 0; i < 40; ++i) {
        disk.losePower(lost.path(), random);
        noticed += exitCode(verify(lost / "r.bwr").verdict) != 0 ? 1 : 0;
    }
    EXPECT_GT(noticed, 0);
}

}  // namespace
}  // namespace breakwater::storage
