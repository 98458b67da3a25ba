#include "storage/reserve_file.hpp"

#include <csignal>
#include <sys/resource.h>
#include <sys/stat.h>

#include <gtest/gtest.h>

#include "tests/storage/fixtures.hpp"

namespace breakwater::storage {
namespace {

const Digest kGenesis = digestOf(bytesOf("a record"));
constexpr std::uint64_t kBytes = 64 << 10;

ReservedInput input(Sequence sequence) {
    const Step step = testStep(sequence);
    return {sequence, step.time, {step.input().begin(), step.input().end()}};
}

std::unique_ptr<ReserveFile> opened(const std::filesystem::path& record,
                                    const Digest& genesis = kGenesis) {
    Result<std::unique_ptr<ReserveFile>> file = ReserveFile::open(record, genesis, kBytes);
    EXPECT_TRUE(file) << file.error().message;
    return file ? std::move(*file) : nullptr;
}

TEST(ReserveFile, HasItsSpaceBeforeItIsNeeded) {
    const TemporaryFolder folder;
    const auto file = opened(folder / "r.bwr");
    EXPECT_TRUE(file->isNew());
    EXPECT_TRUE(file->entries().empty());
    EXPECT_EQ(folder.names(), std::vector<std::string>{"r.bwr.reserve"});
    EXPECT_EQ(std::filesystem::file_size(folder / "r.bwr.reserve"), kBytes);
    struct stat seen {};
    ASSERT_EQ(::stat((folder / "r.bwr.reserve").c_str(), &seen), 0);
    EXPECT_GE(static_cast<std::uint64_t>(seen.st_blocks) * 512, kBytes) << "a hole is no space";
    EXPECT_EQ(seen.st_mode & 0777, 0600U);
}

TEST(ReserveFile, KeepsWhatItTookInItsOrder) {
    const TemporaryFolder folder;
    std::vector<ReservedInput> kept;
    for (const Sequence sequence : {11U, 22U, 33U, 495U}) {  // 495: longer than a sector
        const auto file = opened(folder / "r.bwr");
        EXPECT_EQ(file->entries(), kept);
        EXPECT_EQ(file->isNew(), kept.empty());
        kept.push_back(input(sequence));
        ASSERT_TRUE(file->append(kept.back()));
        EXPECT_EQ(file->entries(), kept);
    }
    ASSERT_TRUE(opened(folder / "r.bwr")->clear());
    const auto file = opened(folder / "r.bwr");
    EXPECT_TRUE(file->entries().empty());
    ASSERT_TRUE(file->append(input(7)));
    EXPECT_EQ(opened(folder / "r.bwr")->entries(), std::vector<ReservedInput>{input(7)});
}

TEST(ReserveFile, FullIsSaidAndChangesNothing) {
    const TemporaryFolder folder;
    const auto file = opened(folder / "r.bwr");
    Sequence last = 0;
    Result<void> done;
    while (done) {
        done = file->append(input(last + 1));
        if (done) ++last;
    }
    EXPECT_EQ(done.error().code, ErrorCode::Full);
    EXPECT_GT(last, 50U);
    const auto again = opened(folder / "r.bwr");
    ASSERT_EQ(again->entries().size(), last);
    for (Sequence i = 0; i < last; ++i)
        EXPECT_EQ(again->entries()[i], input(i + 1));
}

// The kernel refuses: what was acknowledged stays, and the next goes where the refused one was to.
TEST(ReserveFile, ARefusedWriteIsSaidAndTheNextGoesOn) {
    const TemporaryFolder folder;
    const auto file = opened(folder / "r.bwr");
    ASSERT_TRUE(file->append(input(1)));
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    const rlimit none{512, before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &none), 0);
    const Result<void> refused = file->append(input(2));
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::Io);
    EXPECT_EQ(file->entries().size(), 1U);
    EXPECT_EQ(opened(folder / "r.bwr")->entries().size(), 1U);
    ASSERT_TRUE(file->append(input(3)));
    EXPECT_EQ(opened(folder / "r.bwr")->entries(),
              (std::vector<ReservedInput>{input(1), input(3)}));
}

TEST(ReserveFile, OfAnotherRecordIsRefusedWhileItHoldsSomething) {
    const TemporaryFolder folder;
    const Digest other = digestOf(bytesOf("another record"));
    ASSERT_TRUE(opened(folder / "r.bwr")->append(input(1)));
    const auto refused = ReserveFile::open(folder / "r.bwr", other, kBytes);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::Refused);
    EXPECT_NE(refused.error().message.find("1 commands of another record"), std::string::npos);
    EXPECT_EQ(opened(folder / "r.bwr")->entries().size(), 1U);
    ASSERT_TRUE(opened(folder / "r.bwr")->clear());
    opened(folder / "r.bwr")->noteDurable(9, kGenesis);
    EXPECT_TRUE(opened(folder / "r.bwr", other)->isNew());
    EXPECT_FALSE(ReserveFile::durableOf(folder / "r.bwr", other));
}

TEST(ReserveFile, TellsWhatWasAcknowledged) {
    const TemporaryFolder folder;
    EXPECT_FALSE(ReserveFile::durableOf(folder / "r.bwr", kGenesis));
    const Digest chain = digestOf(bytesOf("chain"));
    {
        const auto file = opened(folder / "r.bwr");
        EXPECT_FALSE(ReserveFile::durableOf(folder / "r.bwr", kGenesis));
        file->noteDurable(41, kGenesis);
        file->noteDurable(42, chain);
        ASSERT_TRUE(file->append(input(43)));
    }
    const auto told = ReserveFile::durableOf(folder / "r.bwr", kGenesis);
    ASSERT_TRUE(told);
    EXPECT_EQ(told->sequence, 42U);
    EXPECT_EQ(told->chain, chain);
    EXPECT_FALSE(ReserveFile::durableOf(folder / "r.bwr", chain));
}

// Every bit of what it uses: a command is never read differently, and never silently lost.
TEST(ReserveFile, NoFlippedBitPassesThatChangesWhatItSays) {
    const TemporaryFolder folder;
    const std::filesystem::path path = ReserveFile::beside(folder / "r.bwr");
    std::vector<ReservedInput> kept;
    {
        const auto file = opened(folder / "r.bwr");
        for (const Sequence sequence : {11U, 198U}) {
            kept.push_back(input(sequence));
            ASSERT_TRUE(file->append(kept.back()));
        }
        file->noteDurable(200, kGenesis);
    }
    const std::string good = readFile(path).substr(0, 4 * 512);
    int refused = 0, harmless = 0;
    for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
        std::string bytes = good;
        bytes[bit / 8] =
            static_cast<char>(static_cast<unsigned char>(bytes[bit / 8]) ^ 1U << bit % 8);
        writeFile(path, bytes);
        const auto told = ReserveFile::durableOf(folder / "r.bwr", kGenesis);
        EXPECT_TRUE(!told || (told->sequence == 200 && told->chain == kGenesis));
        const auto file = ReserveFile::open(folder / "r.bwr", kGenesis, 4 * 512);
        if (!file) {
            EXPECT_EQ(file.error().code, ErrorCode::Corrupt);
            ++refused;
        } else {
            EXPECT_EQ((*file)->entries(), kept) << "bit " << bit;
            ++harmless;
        }
    }
    EXPECT_GT(refused, 1'000);
    EXPECT_GT(harmless, 1'000);  // padding, and the sector of what was acknowledged
}

}  // namespace
}  // namespace breakwater::storage
