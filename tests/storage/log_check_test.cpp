#include "storage/log_check.hpp"

#include <random>

#include <gtest/gtest.h>

#include "storage/verify.hpp"
#include "tests/storage/fixtures.hpp"

namespace breakwater::storage {
namespace {

constexpr std::size_t kFrame = 24 + 1024;

// A record whose writer died, with thirty commits in its log.
class LogCheck : public ::testing::Test {
protected:
    void SetUp() override {
        WriterOptions options;
        options.pageSize = 1024;
        Result<RecordWriter> writer =
            RecordWriter::create(m_folder / "live.bwr", testMeta(), options);
        ASSERT_TRUE(writer);
        for (Sequence last = 10; last <= 300; last += 10) {
            appendSteps(*writer, last);
            ASSERT_TRUE(writer->commit());
        }
        m_file = readFile(m_folder / "live.bwr");
        m_log = readFile(m_folder / "live.bwr-wal");
        ASSERT_GT(m_log.size(), 60 * kFrame);
    }
    std::filesystem::path hot(const std::string& log) {
        writeFile(m_folder / "r.bwr", m_file);
        writeFile(m_folder / "r.bwr-wal", log);
        return m_folder / "r.bwr";
    }
    std::uint64_t lostIn(const std::string& log) {
        hot(log);
        return commitsBehindDamage(m_folder / "r.bwr-wal").value();
    }

    TemporaryFolder m_folder;
    std::string m_file;
    std::string m_log;
};

TEST_F(LogCheck, AllIsWellWithoutALogAndWithAWholeOne) {
    EXPECT_EQ(commitsBehindDamage(m_folder / "none").value(), 0U);
    EXPECT_EQ(lostIn(""), 0U);
    EXPECT_EQ(lostIn(m_log), 0U);
    EXPECT_EQ(verify(m_folder / "r.bwr").tail.lastSequence, 300U);
}

TEST_F(LogCheck, ACrashInTheMiddleOfACommitIsNoDamage) {
    for (std::size_t cut = 0; cut < 12 * kFrame; cut += kFrame / 3) {
        const std::string log = m_log.substr(0, m_log.size() - cut);
        ASSERT_EQ(lostIn(log), 0U) << cut;
        ASSERT_EQ(verify(m_folder / "r.bwr").verdict, Verdict::IntactWithoutClose);
    }
}

TEST_F(LogCheck, AFlippedBitIsDamage) {
    std::string log = m_log;
    log[32 + 40 * kFrame + 500] = static_cast<char>(log[32 + 40 * kFrame + 500] ^ 1);
    EXPECT_GT(lostIn(log), 5U);
    const Verification verified = verify(m_folder / "r.bwr");
    EXPECT_EQ(verified.verdict, Verdict::Differs);
    EXPECT_NE(verified.why.find("write-ahead log is damaged"), std::string::npos) << verified.why;
    EXPECT_EQ(verified.differsAt, verified.tail.lastSequence + 1);
    EXPECT_EQ(RecordReader::open(m_folder / "r.bwr").value().lostCommits(), lostIn(log));
    const Result<RecordWriter> writer = RecordWriter::resume(m_folder / "r.bwr");
    ASSERT_FALSE(writer);
    EXPECT_EQ(writer.error().code, ErrorCode::Corrupt);
    EXPECT_EQ(readFile(m_folder / "r.bwr-wal"), log);  // what may be saved is still there
}

// Anywhere in file and log: found, or the answers are those of the end, or of one of the two
// commits before, which is what a loss of power during the last commit leaves. (With a reserve file
// every one is found: Flip.)
TEST_F(LogCheck, NoFlippedBitOfAHotRecordPassesUnseen) {
    std::mt19937 random(5);
    for (int i = 0; i < 300; ++i) {
        std::string log = m_log;
        const std::size_t at = random() % log.size();
        log[at] = static_cast<char>(static_cast<unsigned char>(log[at]) ^ 1U << random() % 8);
        const Verification verified = verify(hot(log));
        if (exitCode(verified.verdict) != 0) continue;
        ASSERT_GE(verified.tail.lastSequence, 280U) << "byte " << at;
        ASSERT_EQ(expectTestSteps(m_folder / "r.bwr"), verified.tail.lastSequence);
    }
}

}  // namespace
}  // namespace breakwater::storage
