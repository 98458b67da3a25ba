// A live session and its record when things go wrong: the size limit, a crash, a full disk, a
// failed assertion.
#include <atomic>
#include <fstream>

#include "storage/reserve_file.hpp"
#include "tests/app/runtime/session_fixture.hpp"
#include "tests/storage/fault_vfs.hpp"

namespace breakwater::runtime {
namespace {

using namespace test;
using storage::FaultVfs;
using storage::FileCall;
using storage::Verdict;

const PlayRequest kShort = play(300, "20m");
const Instant kShortFrom = *Instant::parse("2025-10-10T20:30:00Z");

const Digest& shortDigest() {
    static const Digest digest = straightDigest(kShort);
    return digest;
}

std::string fileBytes(const std::filesystem::path& path) { return breakwater::test::bytesOf(path); }

bool sixtySecondsIn(LiveSession& session) {
    if (!waitForBoard(session)) return false;
    for (int i = 0; i < 60; ++i)
        session.step();
    return waitForTime(session, kShortFrom + Duration::seconds(60)) && settles(session);
}

bool holds(const LiveSession& session) {
    return waitUntil([&] { return !session.status().recordError.empty(); });
}

bool goesOn(const LiveSession& session) {
    return waitUntil([&] {
        const LiveStatus status = session.status();
        return status.recordError.empty() && status.reserved == 0 && status.notRecorded == 0;
    });
}

// What the reserve beside a record holds, read by itself.
std::vector<storage::ReservedInput> reservedBeside(const std::filesystem::path& record,
                                                   const std::filesystem::path& scratch) {
    const std::filesystem::path copy = scratch / "looked-at.bwr";
    std::filesystem::copy_file(storage::ReserveFile::beside(record),
                               storage::ReserveFile::beside(copy),
                               std::filesystem::copy_options::overwrite_existing);
    // The header names the record it belongs to.
    std::ifstream in(storage::ReserveFile::beside(copy), std::ios::binary);
    Digest genesis;
    in.seekg(12);
    in.read(reinterpret_cast<char*>(genesis.bytes.data()), 32);
    Result<std::unique_ptr<storage::ReserveFile>> file =
        storage::ReserveFile::open(copy, genesis, 1'024);
    EXPECT_TRUE(file) << file.error().message;
    return file ? (*file)->entries() : std::vector<storage::ReservedInput>();
}

bool alarmOf(const LiveSession& session, view::AlarmKind kind) {
    const view::Board board = session.board();
    return std::ranges::any_of(board.snapshot->alarms->open, [&](const view::Alarm& alarm) {
        return alarm.kind == kind && alarm.state != view::AlarmState::ReturnedUnacknowledged;
    });
}

TEST(LiveSessionRecord, AtItsSizeLimitStopsThePlayAndKeepsEverythingBefore) {
    const Scratch scratch;
    storage::WriterOptions writing;
    writing.sizeLimitBytes = 1'500'000;
    LiveOptions options;
    options.speed = 1e6;
    LiveSession session(venueOf(kShort), newRecord(scratch / "r.bwr", kShort, writing), options);
    ASSERT_TRUE(waitUntil([&] { return !session.status().recordError.empty(); }));
    EXPECT_FALSE(session.status().recording);
    EXPECT_FALSE(session.status().halted);
    const Sequence durable = session.status().durable;
    session.stop();
    const LiveStatus last = session.status();
    EXPECT_NE(last.recordError.find("limit"), std::string::npos) << last.recordError;
    const storage::Verification verification = storage::verify(scratch / "r.bwr");
    EXPECT_EQ(verification.verdict, Verdict::Intact) << verification.why;
    EXPECT_GE(verification.tail.lastSequence, durable);
    EXPECT_EQ(verification.tail.lastSequence, last.durable);
    EXPECT_LE(verification.sizeBytes, writing.sizeLimitBytes);
    EXPECT_GT(replayed(scratch / "r.bwr").outcome.inputs, 0U);
    const std::shared_ptr<const view::Snapshot> shown = session.board().snapshot;
    ASSERT_TRUE(shown);
    EXPECT_LE(shown->sequence, last.durable + 1) << "the play went on unrecorded";
}

TEST(LiveSessionRecord, OfACrashedSessionIsTakenUpAndEndsAsIfNothingHadHappened) {
    const Scratch scratch;
    LiveOptions options;
    options.paused = true;
    options.speed = 1e6;
    Digest uninterrupted;
    Sequence at = 0;
    {
        LiveSession session(venueOf(kShort), newRecord(scratch / "r.bwr", kShort), options);
        ASSERT_TRUE(waitForBoard(session));
        for (int i = 0; i < 200; ++i)
            session.step();
        ASSERT_TRUE(waitForTime(session, kShortFrom + Duration::seconds(200)));
        ASSERT_TRUE(outcomeOf(session, session.submit(trip(BreakerLevel::Tighten, 900))));
        for (int i = 0; i < 100; ++i)
            session.step();
        ASSERT_TRUE(waitForTime(session, kShortFrom + Duration::seconds(300)));
        ASSERT_TRUE(settles(session));
        at = session.board().snapshot->sequence;
        copyAsCrashed(scratch / "r.bwr", scratch / "crashed.bwr");
        session.setPaused(false);
        uninterrupted = playedOut(session);
    }
    EXPECT_EQ(storage::verify(scratch / "crashed.bwr").verdict, Verdict::IntactWithoutClose);
    EXPECT_EQ(storage::verify(scratch / "crashed.bwr").tail.lastSequence, at);

    options.paused = false;
    LiveSession again(venueOf(kShort), newRecord(scratch / "crashed.bwr", kShort), options);
    EXPECT_EQ(playedOut(again), uninterrupted);
    EXPECT_NE(uninterrupted, shortDigest()) << "the officer's command was lost";
    EXPECT_EQ(again.status().recordError, "");
    EXPECT_EQ(again.status().resumed, "taken up at sequence " + std::to_string(at));
    EXPECT_EQ(storage::verify(scratch / "crashed.bwr").verdict, Verdict::Intact);
    EXPECT_EQ(replayed(scratch / "crashed.bwr").outcome.finalDigest, uninterrupted);
    // Byte for byte the record of the session that did not crash.
    EXPECT_EQ(storage::verify(scratch / "crashed.bwr").tail.chain,
              storage::verify(scratch / "r.bwr").tail.chain);
}

TEST(LiveSessionRecord, TakenUpWithOtherOptionsIsRefusedAndKept) {
    const Scratch scratch;
    LiveOptions options;
    options.paused = true;
    {
        LiveSession session(venueOf(kShort), newRecord(scratch / "r.bwr", kShort), options);
        ASSERT_TRUE(waitForBoard(session));
        for (int i = 0; i < 20; ++i)
            session.step();
        ASSERT_TRUE(waitForTime(session, kShortFrom + Duration::seconds(20)));
        ASSERT_TRUE(settles(session));
        copyAsCrashed(scratch / "r.bwr", scratch / "crashed.bwr");
    }
    const storage::RecordTail before = storage::verify(scratch / "crashed.bwr").tail;
    for (const PlayRequest& other : {play(300, "20m", 2), play(301, "20m")}) {
        SCOPED_TRACE(std::to_string(other.seed) + " " + std::to_string(other.accounts));
        LiveSession session(venueOf(other), newRecord(scratch / "crashed.bwr", kShort), options);
        ASSERT_TRUE(waitUntil([&] { return session.status().finished; }));
        session.stop();
        EXPECT_NE(session.status().recordError.find("other options"), std::string::npos)
            << session.status().recordError;
        EXPECT_FALSE(session.status().recording);
        const storage::Verification after = storage::verify(scratch / "crashed.bwr");
        EXPECT_EQ(storage::exitCode(after.verdict), 0) << after.why;
        EXPECT_EQ(after.tail.chain, before.chain);
        EXPECT_EQ(after.tail.lastSequence, before.lastSequence);
    }
}

TEST(LiveSessionRecord, OfAnotherMakingIsRefusedAndStaysByteForByte) {
    const Scratch scratch;
    LiveOptions options;
    options.paused = true;
    {
        LiveSession session(venueOf(kShort), newRecord(scratch / "closed.bwr", kShort), options);
        ASSERT_TRUE(sixtySecondsIn(session));
        copyAsCrashed(scratch / "closed.bwr", scratch / "crashed.bwr");
    }
    ASSERT_EQ(storage::verify(scratch / "closed.bwr").verdict, Verdict::Intact);
    for (const char* name : {"closed.bwr", "crashed.bwr"}) {
        SCOPED_TRACE(name);
        const std::filesystem::path path = scratch / name;
        const std::string before = fileBytes(path);
        const std::string log = fileBytes(path.string() + "-wal");
        {
            // The record is of this play by its description; the venue then behaves differently.
            LiveSession session(venueOf(play(301, "20m")), newRecord(path, kShort), options);
            ASSERT_TRUE(waitUntil([&] { return session.status().finished; }));
            EXPECT_NE(session.status().recordError.find("other options"), std::string::npos);
            session.submit(trip(BreakerLevel::Stop, 60));
        }
        EXPECT_EQ(fileBytes(path), before);
        EXPECT_EQ(fileBytes(path.string() + "-wal"), log);
    }
    EXPECT_FALSE(std::filesystem::exists(scratch / "closed.bwr.reserve"));
}

TEST(LiveSessionFullDisk, TheVenueStandsStillCommandsGoToTheReserveAndAllGoesOnByItself) {
    const Scratch scratch;
    std::atomic<bool> full{false};
    const FaultVfs disk([&full](FileCall call, int) {
        return full && call == FileCall::Write ? FaultVfs::diskFull() : 0;
    });
    storage::WriterOptions writing;
    writing.vfs = disk.name();
    LiveOptions options;
    options.paused = true;
    options.speed = 1e6;
    const std::filesystem::path path = scratch / "r.bwr";
    Digest whole;
    CommandId id;
    Sequence place = 0;
    {
        LiveSession session(venueOf(kShort), newRecord(path, kShort, writing), options);
        ASSERT_TRUE(sixtySecondsIn(session));
        full = true;
        session.setPaused(false);
        ASSERT_TRUE(holds(session));
        ASSERT_TRUE(waitUntil([&] { return alarmOf(session, view::AlarmKind::RecordStopped); }));
        const LiveStatus held = session.status();
        EXPECT_TRUE(held.recordResumes);
        EXPECT_FALSE(held.recording);
        EXPECT_NE(held.recordError.find("disk is full"), std::string::npos) << held.recordError;
        EXPECT_GT(held.recordStoppedAt, Instant());
        EXPECT_EQ(held.reserved, 0U);

        id = session.submit(trip(BreakerLevel::Restrict, 600));
        const std::optional<view::CommandOutcome> outcome = outcomeOf(session, id);
        ASSERT_TRUE(outcome);
        EXPECT_TRUE(outcome->accepted);
        EXPECT_EQ(session.board().snapshot->breakers->at(0).level, BreakerLevel::Restrict);
        EXPECT_EQ(session.status().reserved, 1U);
        EXPECT_EQ(session.status().notRecorded, 0U);
        const auto reserved = reservedBeside(path, scratch.path());
        ASSERT_EQ(reserved.size(), 1U);
        place = reserved[0].sequence;
        // The command is the last input: the venue gave none since it stands still.
        EXPECT_EQ(session.board().snapshot->sequence, place);
        EXPECT_LT(session.status().durable, place) << "acknowledged by a disk that is full";
        copyAsCrashed(path, scratch / "crashed.bwr");

        full = false;
        ASSERT_TRUE(goesOn(session));
        EXPECT_TRUE(session.status().recording);
        whole = playedOut(session);
        EXPECT_EQ(session.status().recordError, "");
        EXPECT_FALSE(alarmOf(session, view::AlarmKind::RecordStopped));
    }
    EXPECT_EQ(storage::verify(path).verdict, Verdict::Intact);
    EXPECT_EQ(replayed(path).outcome.finalDigest, whole);
    const auto commands = commandsOf(path);
    ASSERT_EQ(commands.size(), 1U);
    EXPECT_EQ(commands[0].first, place);
    EXPECT_EQ(commands[0].second.id, id);
    EXPECT_FALSE(std::filesystem::exists(storage::ReserveFile::beside(path)));

    // Killed while it stood still: the same record comes about, command and all.
    options.paused = false;
    {
        LiveSession again(venueOf(kShort), newRecord(scratch / "crashed.bwr", kShort), options);
        EXPECT_EQ(playedOut(again), whole);
        EXPECT_NE(again.status().resumed.find("1 commands of its reserve"), std::string::npos)
            << again.status().resumed;
        EXPECT_GT(again.submit(trip(BreakerLevel::Stop, 60)), id);
    }
    EXPECT_EQ(storage::verify(scratch / "crashed.bwr").verdict, Verdict::Intact);
    EXPECT_EQ(storage::verify(scratch / "crashed.bwr").tail.chain,
              storage::verify(path).tail.chain);
    EXPECT_FALSE(std::filesystem::exists(scratch / "crashed.bwr.reserve"));
}

// One commit fails, whatever the officer is doing: his command is what it was about.
TEST(LiveSessionFullDisk, ACommandWhoseOwnCommitFailsIsInTheReserveBeforeItIsSeen) {
    for (const FileCall which : {FileCall::Write, FileCall::Sync}) {
        const Scratch scratch;
        std::atomic<int> failures{0};
        const FaultVfs disk([&](FileCall call, int) {
            if (call != which || failures.fetch_sub(1) <= 0) return 0;
            return which == FileCall::Write ? FaultVfs::writeError() : FaultVfs::syncError();
        });
        storage::WriterOptions writing;
        writing.vfs = disk.name();
        LiveOptions options;
        options.paused = true;
        options.speed = 1e6;
        LiveSession session(venueOf(kShort), newRecord(scratch / "r.bwr", kShort, writing),
                            options);
        ASSERT_TRUE(sixtySecondsIn(session));
        failures = 1'000'000'000;
        const CommandId id = session.submit(trip(BreakerLevel::Restrict, 600));
        ASSERT_TRUE(outcomeOf(session, id));
        const auto reserved = reservedBeside(scratch / "r.bwr", scratch.path());
        ASSERT_EQ(reserved.size(), 1U);
        EXPECT_LT(session.status().durable, reserved[0].sequence);
        failures = 0;
        ASSERT_TRUE(goesOn(session));
        session.setPaused(false);
        const Digest whole = playedOut(session);
        EXPECT_EQ(storage::verify(scratch / "r.bwr").verdict, Verdict::Intact);
        EXPECT_EQ(replayed(scratch / "r.bwr").outcome.finalDigest, whole);
        EXPECT_EQ(commandsOf(scratch / "r.bwr").size(), 1U);
    }
}

TEST(LiveSessionFullDisk, WithoutTheReserveOnlyTighteningActsGoOutNotRecorded) {
    const Scratch scratch;
    std::atomic<bool> full{false};
    const FaultVfs disk([&full](FileCall call, int) {
        return full && call == FileCall::Write ? FaultVfs::diskFull() : 0;
    });
    storage::WriterOptions writing;
    writing.vfs = disk.name();
    writing.reserveBytes = 3 * 512;  // one command, no more
    LiveOptions options;
    options.paused = true;
    options.speed = 1e6;
    LiveSession session(venueOf(kShort), newRecord(scratch / "r.bwr", kShort, writing), options);
    ASSERT_TRUE(sixtySecondsIn(session));
    full = true;
    const CommandId kept = session.submit(trip(BreakerLevel::Restrict, 600));
    const CommandId loosening = session.submit(trip(BreakerLevel::Tighten, 600));
    const CommandId shorter = session.submit(trip(BreakerLevel::Restrict, 60));
    const CommandId tightening = session.submit(trip(BreakerLevel::Stop, 300));
    const CommandId release = session.submit(trip(BreakerLevel::Normal, 0));
    const auto accepted = [&](CommandId id) {
        const std::optional<view::CommandOutcome> outcome = outcomeOf(session, id);
        return outcome && outcome->accepted;
    };
    EXPECT_TRUE(accepted(kept));
    EXPECT_FALSE(accepted(loosening));
    EXPECT_FALSE(accepted(shorter));
    EXPECT_TRUE(accepted(tightening));
    EXPECT_FALSE(accepted(release));
    EXPECT_NE(outcomeOf(session, release)->text.find("only tightening"), std::string::npos);
    EXPECT_EQ(session.board().snapshot->breakers->at(0).level, BreakerLevel::Stop);
    EXPECT_EQ(session.status().reserved, 1U);
    EXPECT_EQ(session.status().notRecorded, 1U);
    full = false;
    ASSERT_TRUE(goesOn(session));
    session.setPaused(false);
    const Digest whole = playedOut(session);
    EXPECT_EQ(replayed(scratch / "r.bwr").outcome.finalDigest, whole);
    const auto commands = commandsOf(scratch / "r.bwr");
    ASSERT_EQ(commands.size(), 2U);
    EXPECT_EQ(commands[0].second.id, kept);
    EXPECT_EQ(commands[1].second.id, tightening);
}

// Full while the books still open, and again and again later: nothing is lost or done twice.
TEST(LiveSessionFullDisk, AnyNumberOfTimesLeavesTheRecordOfTheStraightPlay) {
    const Scratch scratch;
    const FaultVfs disk([](FileCall call, int number) {
        const bool bad = call == FileCall::Write && number > 40 && number < 900 && number % 90 < 3;
        return bad ? FaultVfs::diskFull() : 0;
    });
    storage::WriterOptions writing;
    writing.vfs = disk.name();
    writing.walBytes = 256 << 10;
    LiveOptions options;
    options.speed = 2'000;
    LiveSession session(venueOf(kShort), newRecord(scratch / "r.bwr", kShort, writing), options);
    EXPECT_EQ(playedOut(session), shortDigest());
    EXPECT_GT(disk.calls(FileCall::Write), 900);
    EXPECT_EQ(storage::verify(scratch / "r.bwr").verdict, Verdict::Intact);
    EXPECT_EQ(replayed(scratch / "r.bwr").outcome.finalDigest, shortDigest());
}

TEST(LiveSessionRecord, AtItsSizeLimitCommandsGoToTheReserveAndALargerOneTakesThemUp) {
    const Scratch scratch;
    storage::WriterOptions writing;
    writing.sizeLimitBytes = 1'500'000;
    LiveOptions options;
    options.speed = 1e6;
    const std::filesystem::path path = scratch / "r.bwr";
    CommandId id;
    Digest stood;
    {
        LiveSession session(venueOf(kShort), newRecord(path, kShort, writing), options);
        ASSERT_TRUE(holds(session));
        EXPECT_FALSE(session.status().recordResumes);
        id = session.submit(trip(BreakerLevel::Restrict, 600));
        ASSERT_TRUE(outcomeOf(session, id));
        EXPECT_EQ(session.status().reserved, 1U);
        session.stop();
        EXPECT_EQ(session.status().reserved, 1U);
        stood = *session.finalDigest();
    }
    EXPECT_EQ(storage::verify(path).tail.state, storage::RecordState::Full);
    EXPECT_EQ(storage::verify(path).verdict, Verdict::Intact);
    EXPECT_EQ(commandsOf(path).size(), 0U);
    ASSERT_TRUE(std::filesystem::exists(storage::ReserveFile::beside(path)));

    options.paused = true;
    LiveSession again(venueOf(kShort), newRecord(path, kShort), options);
    ASSERT_TRUE(waitForBoard(again));
    ASSERT_TRUE(goesOn(again));
    EXPECT_EQ(again.board().snapshot->breakers->at(0).level, BreakerLevel::Restrict);
    again.setPaused(false);
    const Digest whole = playedOut(again);
    EXPECT_NE(whole, stood);
    EXPECT_EQ(replayed(path).outcome.finalDigest, whole);
    ASSERT_EQ(commandsOf(path).size(), 1U);
    EXPECT_EQ(commandsOf(path)[0].second.id, id);
    EXPECT_FALSE(std::filesystem::exists(storage::ReserveFile::beside(path)));
}

// Somebody has changed what the record says after the reserve took its command.
TEST(LiveSessionRecord, AReserveThatContradictsTheRecordIsRefused) {
    const Scratch scratch;
    LiveOptions options;
    options.paused = true;
    const std::filesystem::path path = scratch / "r.bwr";
    {
        LiveSession session(venueOf(kShort), newRecord(path, kShort), options);
        ASSERT_TRUE(sixtySecondsIn(session));
    }
    {
        LiveRecord record = newRecord(path, kShort);
        storage::ReservedInput input{500, kShortFrom, {}};
        encode(InputBody(trip(BreakerLevel::Stop, 60)), input.input);
        ASSERT_TRUE(record.recorder->keepInReserve(input));
        record.recorder->abandon();
    }
    const std::string before = fileBytes(path);
    {
        LiveSession session(venueOf(kShort), newRecord(path, kShort), options);
        ASSERT_TRUE(waitUntil([&] { return session.status().finished; }));
        EXPECT_NE(session.status().recordError.find("sequence 500"), std::string::npos)
            << session.status().recordError;
    }
    EXPECT_EQ(fileBytes(path), before);
}

// A bug: the arithmetic stops, the window keeps what was known, the record is closed at once.
TEST(LiveSessionHalt, LeavesTheBoardAndTheRecordClosedIntactAndReadyToBeTakenUp) {
    const Scratch scratch;
    const std::filesystem::path path = scratch / "r.bwr";
    constexpr Sequence kBug = 9'000;
    LiveOptions options;
    options.speed = 1e6;
    options.beforeInput = [](Sequence last) { BW_ASSERT(last != kBug); };
    {
        LiveSession session(venueOf(kShort), newRecord(path, kShort), options);
        ASSERT_TRUE(waitUntil([&] { return session.status().halted; }));
        // The record is closed by the halt itself, not by whoever ends the session.
        ASSERT_TRUE(waitUntil([&] { return storage::verify(path).verdict == Verdict::Intact; }));
        EXPECT_EQ(storage::verify(path).tail.lastSequence, kBug) << "up to the last whole input";
        const LiveStatus status = session.status();
        EXPECT_NE(status.haltText.find("last != kBug"), std::string::npos) << status.haltText;
        EXPECT_NE(status.haltText.find("after input 9000"), std::string::npos) << status.haltText;
        EXPECT_EQ(status.recordError, "");
        EXPECT_FALSE(status.finished);
        const view::Board board = session.board();
        session.submit(trip(BreakerLevel::Stop, 60));
        session.setPaused(true);
        session.step();
        EXPECT_EQ(session.board().snapshot, board.snapshot);
    }
    EXPECT_FALSE(std::filesystem::exists(storage::ReserveFile::beside(path)));
    EXPECT_EQ(replayed(path).outcome.lastSequence, kBug);

    // The same bug again: nothing is added, and nothing is lost.
    for (int restart = 0; restart < 3; ++restart) {
        options.beforeInput = [](Sequence last) { BW_ASSERT(last != kBug - 2'000); };
        const std::string before = fileBytes(path);
        LiveSession session(venueOf(kShort), newRecord(path, kShort), options);
        ASSERT_TRUE(waitUntil([&] { return session.status().halted; }));
        session.stop();
        EXPECT_EQ(fileBytes(path), before);
    }
    // A version without it goes on as if nothing had happened.
    options.beforeInput = nullptr;
    LiveSession session(venueOf(kShort), newRecord(path, kShort), options);
    EXPECT_EQ(playedOut(session), shortDigest());
    EXPECT_EQ(session.status().resumed, "taken up at sequence 9000");
    EXPECT_EQ(storage::verify(path).verdict, Verdict::Intact);
    EXPECT_EQ(replayed(path).outcome.finalDigest, shortDigest());
}

// Without a record there is nothing to close, and a full disk does not keep the window open.
TEST(LiveSessionHalt, WithoutARecordOrWithADiskThatIsFull) {
    LiveOptions options;
    options.speed = 1e6;
    options.beforeInput = [](Sequence last) { BW_ASSERT(last != 5'000); };
    {
        LiveSession session(venueOf(kShort), {}, options);
        ASSERT_TRUE(waitUntil([&] { return session.status().halted; }));
    }
    const Scratch scratch;
    std::atomic<bool> full{false};
    const FaultVfs disk([&full](FileCall call, int) {
        return full && call == FileCall::Write ? FaultVfs::diskFull() : 0;
    });
    storage::WriterOptions writing;
    writing.vfs = disk.name();
    options.beforeInput = [&full](Sequence last) {
        if (last == 4'000) full = true;
        BW_ASSERT(last != 4'001);
    };
    LiveSession session(venueOf(kShort), newRecord(scratch / "r.bwr", kShort, writing), options);
    ASSERT_TRUE(waitUntil([&] { return session.status().halted; }));
    session.stop();
    EXPECT_NE(session.status().recordError.find("disk is full"), std::string::npos)
        << session.status().recordError;
    EXPECT_EQ(storage::exitCode(storage::verify(scratch / "r.bwr").verdict), 0);
}

}  // namespace
}  // namespace breakwater::runtime
