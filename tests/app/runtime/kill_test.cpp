// kill -9 of a live session at random and at chosen moments: the record is taken up by the normal
// way, nothing that the dead process had called durable is missing, nothing is there twice, and
// every event computed again is the recorded one. BREAKWATER_KILLS says how often (200).
#include <csignal>
#include <cstdlib>
#include <poll.h>
#include <random>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/app/runtime/session_fixture.hpp"
#include "tests/storage/fault_vfs.hpp"

namespace breakwater::runtime {
namespace {

using namespace test;
using storage::FaultVfs;
using storage::FileCall;
using storage::Verdict;

constexpr int kLives = 4;  // of one record, each killed

constexpr int kKills = 200;

const PlayRequest kPlay = play(200, "40m");

// Dies by its own hand at the nth call of that kind to the file system; 0: by its parent's.
struct Plan {
    FileCall call = FileCall::Write;
    int at = 0;
    bool half = false;  // in the middle of the write
    int delayMicros = 0;
};

storage::WriterOptions smallLog() {
    storage::WriterOptions writing;
    writing.walBytes = 128 << 10;  // moved into the file and begun anew often
    writing.pageSize = 1'024;
    return writing;
}

// As the program does it, in a process of its own; tells through the pipe what is durable.
[[noreturn]] void live(const std::filesystem::path& path, const Plan& plan, int out) {
    const FaultVfs disk([plan](FileCall call, int number) {
        const bool now = plan.at > 0 && number == plan.at && call == plan.call;
        if (now && plan.half) return FaultVfs::halfWrite();
        if (now || call == FileCall::HalfWritten) ::kill(::getpid(), SIGKILL);
        return 0;
    });
    storage::WriterOptions writing = smallLog();
    writing.vfs = disk.name();
    LiveOptions options;
    options.speed = 1e6;
    LiveSession session(venueOf(kPlay), newRecord(path, kPlay, writing), options);
    Sequence told = 0;
    for (int n = 0;; ++n) {
        const LiveStatus status = session.status();
        if (!status.recordError.empty()) ::_exit(3);
        if (status.durable != told) {
            told = status.durable;
            if (::write(out, &told, sizeof told) < 0) ::_exit(5);
        }
        if (n % 16 == 8) {
            OfficerCommand command = trip(
                n % 32 == 8 ? BreakerLevel::Tighten : BreakerLevel::Normal, n % 32 == 8 ? 600 : 0);
            session.submit(std::move(command));
        }
        ::usleep(1'000);
    }
}

// What the process had called durable when it died.
Sequence killOne(const std::filesystem::path& path, const Plan& plan) {
    int channel[2];
    BW_ASSERT(::pipe(channel) == 0);
    const pid_t child = ::fork();
    BW_ASSERT(child >= 0);
    if (child == 0) {
        ::close(channel[0]);
        live(path, plan, channel[1]);
    }
    ::close(channel[1]);
    if (plan.at == 0) {
        // Once it records; a record that is taken up is first computed again.
        pollfd records{channel[0], POLLIN, 0};
        ::poll(&records, 1, plan.delayMicros % 4 == 0 ? 0 : 20'000);
        ::usleep(static_cast<useconds_t>(plan.delayMicros));
        ::kill(child, SIGKILL);
    } else {
        // The call may never come: the play ends, or the count is beyond it.
        pollfd ended{channel[0], POLLIN, 0};
        for (int i = 0; i < 60 && ::waitpid(child, nullptr, WNOHANG) == 0; ++i) {
            ::poll(&ended, 0, 10);
        }
        ::kill(child, SIGKILL);
    }
    int status = 0;
    if (::waitpid(child, &status, 0) == child) {
        EXPECT_TRUE(WIFSIGNALED(status)) << "it ended by itself with " << WEXITSTATUS(status);
    }
    Sequence acknowledged = 0;
    Sequence value = 0;
    while (::read(channel[0], &value, sizeof value) == sizeof value)
        acknowledged = value;
    ::close(channel[0]);
    return acknowledged;
}

Plan planOf(std::mt19937& random) {
    Plan plan;
    const auto upTo = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    switch (upTo(6)) {
        case 0: plan = {FileCall::Sync, 1 + upTo(40), false, 0}; break;
        case 1: plan = {FileCall::Write, 1 + upTo(900), false, 0}; break;
        case 2: plan = {FileCall::Write, 1 + upTo(900), true, 0}; break;
        default: plan.delayMicros = upTo(80'000); break;
    }
    return plan;
}

TEST(Kill, AnywhereInALiveSessionLosesNothingThatWasDurable) {
    const char* wanted = std::getenv("BREAKWATER_KILLS");
    const int kills = wanted != nullptr ? std::atoi(wanted) : kKills;
    const unsigned seed = wanted != nullptr ? std::random_device()() : 20'251'010U;
    std::mt19937 random(seed);
    std::uint64_t inputs = 0;
    int recorded = 0, unmade = 0, atCalls = 0;
    for (int kill = 0; kill < kills;) {
        const Scratch scratch;
        const std::filesystem::path path = scratch / "r.bwr";
        Sequence last = 0;
        for (int life = 0; life < kLives && kill < kills; ++life, ++kill) {
            SCOPED_TRACE("seed " + std::to_string(seed) + ", kill " + std::to_string(kill));
            const Plan plan = planOf(random);
            atCalls += plan.at > 0 ? 1 : 0;
            const Sequence acknowledged = killOne(path, plan);
            if (!std::filesystem::exists(path)) {
                ASSERT_EQ(acknowledged, 0U);  // killed while it was being made
                ++unmade;
                continue;
            }
            const storage::Verification verified = storage::verify(path);
            ASSERT_EQ(storage::exitCode(verified.verdict), 0) << verified.why;
            ASSERT_GE(verified.tail.lastSequence, std::max(acknowledged, last));
            const Replayed again = replayed(path);
            ASSERT_FALSE(again.outcome.differsAt);
            ASSERT_EQ(again.outcome.inputs, verified.tail.lastSequence);
            last = verified.tail.lastSequence;
            inputs += again.outcome.inputs;
            recorded += last > 0 ? 1 : 0;
        }
        if (!std::filesystem::exists(path)) continue;
        LiveOptions options;
        options.paused = true;
        {
            LiveSession session(venueOf(kPlay), newRecord(path, kPlay), options);
            ASSERT_TRUE(waitForBoard(session));
            EXPECT_EQ(session.status().recordError, "");
        }
        ASSERT_EQ(storage::verify(path).verdict, Verdict::Intact);
        ASSERT_GT(storage::verify(path).tail.lastSequence, last);
    }
    EXPECT_GT(recorded, kills / 2);  // else most died before they wrote
    std::printf(
        "%d kills (%d at a chosen call, %d before there was a record), %llu inputs held "
        "against the replay\n",
        kills, atCalls, unmade, static_cast<unsigned long long>(inputs));
}

}  // namespace
}  // namespace breakwater::runtime
