// The venue at any pace: what is shown, recorded and computed does not depend on when.
#include <numeric>

#include "core/event/codec.hpp"
#include "tests/app/runtime/session_fixture.hpp"

namespace breakwater::runtime {
namespace {

using namespace test;
using storage::Verdict;

// The crash of 10 October 2025 is in its second half.
const PlayRequest kHour = play(1'500, "60m");
const PlayRequest kShort = play(300, "20m");
const Instant kShortFrom = *Instant::parse("2025-10-10T20:30:00Z");

const Digest& hourDigest() {
    static const Digest digest = straightDigest(kHour);
    return digest;
}
const Digest& shortDigest() {
    static const Digest digest = straightDigest(kShort);
    return digest;
}

// Every look finds it between nothing and a minute later.
std::function<std::chrono::steady_clock::time_point()> jumpingClock() {
    return [now = std::chrono::steady_clock::time_point(), state = std::uint32_t{7}]() mutable {
        state = state * 1'664'525U + 1'013'904'223U;
        const std::uint32_t kind = state >> 30;
        const std::uint32_t jump = kind == 0 ? 0 : (state >> 8) % (kind == 1 ? 900 : 60'000);
        now += std::chrono::milliseconds(jump);
        return now;
    };
}

OfficerCommand trip(BreakerLevel level, std::int64_t seconds, std::string reason = "test") {
    OfficerCommand command;
    command.officer = "m.reyes";
    command.scope = ScopeKind::Market;
    command.instruments = {InstrumentId(0)};
    command.level = level;
    command.duration = Duration::seconds(seconds);
    command.reason = std::move(reason);
    return command;
}

std::optional<view::CommandOutcome> outcomeOf(const LiveSession& session, CommandId id) {
    std::optional<view::CommandOutcome> found;
    const bool seen = waitUntil([&] {
        const view::Board board = session.board();
        if (!board.snapshot) return false;
        for (const view::CommandOutcome& outcome : *board.snapshot->commands) {
            if (outcome.id == id) found = outcome;
        }
        return found.has_value();
    });
    EXPECT_TRUE(seen);
    return found;
}

// Everything shown is on the disk, and the venue stands still.
bool settles(const LiveSession& session) {
    Sequence before = 0;
    return waitUntil([&] {
        const view::Board board = session.board();
        const LiveStatus status = session.status();
        const bool same = board.snapshot && board.snapshot->sequence == before;
        if (board.snapshot) before = board.snapshot->sequence;
        std::this_thread::sleep_for(std::chrono::milliseconds(150));
        return same && status.paused && status.durable == before && before > 0;
    });
}

// What a crash leaves behind: the file and its write-ahead log.
void copyAsCrashed(const std::filesystem::path& from, const std::filesystem::path& to) {
    std::filesystem::copy_file(from, to);
    const std::filesystem::path log = from.string() + "-wal";
    ASSERT_TRUE(std::filesystem::exists(log));
    std::filesystem::copy_file(log, to.string() + "-wal");
}

struct TakenUp {
    std::unique_ptr<storage::Recorder> recorder;
    std::unique_ptr<StepSource> recovered;
};

TakenUp takeUp(const std::filesystem::path& path) {
    TakenUp record;
    Result<storage::RecordWriter> writer = storage::RecordWriter::resume(path);
    if (!writer) ADD_FAILURE() << writer.error().message;
    Result<storage::RecordReader> reader = storage::RecordReader::open(path);
    if (!reader) ADD_FAILURE() << reader.error().message;
    record.recovered = std::make_unique<storage::RecordReader>(std::move(*reader));
    record.recorder = std::make_unique<storage::Recorder>(std::move(*writer));
    return record;
}

TEST(LiveSessionDigest, IsThatOfTheStraightPlayWhenTheClockJumps) {
    LiveOptions options;
    options.clock = jumpingClock();
    LiveSession session(venueOf(kHour), nullptr, "", nullptr, options);
    EXPECT_EQ(playedOut(session), hourDigest());
}

TEST(LiveSessionDigest, IsThatOfTheStraightPlayAtAThousandfoldAndTheRecordAgrees) {
    const Scratch scratch;
    LiveOptions options;
    options.speed = 1'000;
    LiveSession session(venueOf(kHour), newRecorder(scratch / "r.bwr", kHour), "r.bwr", nullptr,
                        options);
    EXPECT_EQ(playedOut(session), hourDigest());
    EXPECT_EQ(session.status().recordError, "");
    EXPECT_EQ(storage::verify(scratch / "r.bwr").verdict, Verdict::Intact);
    const Replayed record = replayed(scratch / "r.bwr");
    EXPECT_EQ(record.outcome.finalDigest, hourDigest());
    EXPECT_EQ(record.tail.lastSequence, session.status().durable);
}

TEST(LiveSessionDigest, IsThatOfTheStraightPlayWhenItIsStepped) {
    LiveOptions options;
    options.paused = true;
    LiveSession session(venueOf(kHour), nullptr, "", nullptr, options);
    ASSERT_TRUE(waitForBoard(session));
    Instant to = kShortFrom;
    for (int i = 0; to < session.status().playTo; ++i) {
        const int bunch = i % 4 == 0 ? 1 : 97 * (i % 7 + 1);
        for (int k = 0; k < bunch; ++k)
            session.step();
        to = std::min(to + Duration::seconds(bunch), session.status().playTo);
        ASSERT_TRUE(waitForTime(session, to));
        EXPECT_EQ(session.board().snapshot->asOf, to) << "a step is one venue second";
        EXPECT_TRUE(session.status().paused);
    }
    session.step();  // beyond the end: nothing is left, and the session knows it
    EXPECT_EQ(playedOut(session), hourDigest());
}

TEST(LiveSessionDigest, IsThatOfTheStraightPlayWhenThePaceIsChangedOnTheWay) {
    const Scratch scratch;
    LiveOptions options;
    options.speed = 400;
    options.fastTo = kShortFrom + Duration::minutes(3);
    LiveSession session(venueOf(kHour), newRecorder(scratch / "r.bwr", kHour), "r.bwr", nullptr,
                        options);
    const double speeds[] = {50, 3'000, 0.5, 700, 12'345};
    for (int i = 0; i < 5; ++i) {
        ASSERT_TRUE(waitForTime(session, kShortFrom + Duration::minutes(4 + 3 * i)));
        session.setPaused(true);
        if (i % 2 == 0) session.step();
        session.setSpeed(speeds[i]);
        session.setPaused(i == 1);
        session.setPaused(false);
        if (speeds[i] < 100) session.setSpeed(2'000);
    }
    EXPECT_EQ(playedOut(session), hourDigest());
    EXPECT_EQ(storage::verify(scratch / "r.bwr").verdict, Verdict::Intact);
    EXPECT_EQ(replayed(scratch / "r.bwr").outcome.finalDigest, hourDigest());
}

// Steps asked for while the accounts are still coming in are not forgotten.
TEST(LiveSessionPace, StepsAskedForBeforeTheVenueIsOpenAreTaken) {
    LiveOptions options;
    options.paused = true;
    LiveSession session(venueOf(kShort), nullptr, "", nullptr, options);
    for (int i = 0; i < 30; ++i)
        session.step();
    ASSERT_TRUE(waitForTime(session, kShortFrom + Duration::seconds(30)));
    EXPECT_EQ(session.board().snapshot->asOf, kShortFrom + Duration::seconds(30));
}

TEST(LiveSessionPace, PlaysFastToAnInstantAndPausesThere) {
    LiveOptions options;
    options.fastTo = kShortFrom + Duration::minutes(5);
    options.pauseAtFastTo = true;
    LiveSession session(venueOf(kShort), nullptr, "", nullptr, options);
    ASSERT_TRUE(waitUntil([&] { return session.status().paused; }));
    ASSERT_TRUE(waitForTime(session, *options.fastTo));
    EXPECT_EQ(session.board().snapshot->asOf, *options.fastTo);
    EXPECT_FALSE(session.status().finished);
    session.stop();
    EXPECT_TRUE(session.finalDigest());
}

TEST(LiveSessionCommand, ATripIsAcceptedRecordedAndSeenToTakeEffect) {
    const Scratch scratch;
    LiveOptions options;
    options.paused = true;
    options.speed = 1e6;
    LiveSession session(venueOf(kShort), newRecorder(scratch / "r.bwr", kShort), "r.bwr", nullptr,
                        options);
    ASSERT_TRUE(waitForBoard(session));
    for (int i = 0; i < 60; ++i)
        session.step();
    ASSERT_TRUE(waitForTime(session, kShortFrom + Duration::seconds(60)));
    const CommandId unreasoned = session.submit(trip(BreakerLevel::Restrict, 600, ""));
    const CommandId given = session.submit(trip(BreakerLevel::Restrict, 600));
    EXPECT_LT(unreasoned, given);
    const std::optional<view::CommandOutcome> refused = outcomeOf(session, unreasoned);
    const std::optional<view::CommandOutcome> accepted = outcomeOf(session, given);
    ASSERT_TRUE(refused && accepted);
    EXPECT_FALSE(refused->accepted);
    EXPECT_TRUE(accepted->accepted);
    EXPECT_EQ(session.board().snapshot->breakers->at(0).level, BreakerLevel::Restrict);
    // A decision is on the disk at once, without anything else to push it there.
    EXPECT_TRUE(
        waitUntil([&] { return session.status().durable >= session.board().snapshot->sequence; }));
    session.setPaused(false);
    const Digest final = playedOut(session);
    EXPECT_NE(final, shortDigest());
    EXPECT_EQ(storage::verify(scratch / "r.bwr").verdict, Verdict::Intact);
    EXPECT_EQ(replayed(scratch / "r.bwr").outcome.finalDigest, final);

    Result<storage::RecordReader> reader = storage::RecordReader::open(scratch / "r.bwr");
    ASSERT_TRUE(reader);
    int commands = 0, acceptances = 0, changes = 0, effects = 0;
    Step step;
    while (true) {
        const Result<bool> more = reader->next(step);
        ASSERT_TRUE(more) << more.error().message;
        if (!*more) break;
        const Result<InputBody> body = decodeInput(step.input());
        ASSERT_TRUE(body);
        commands += std::holds_alternative<OfficerCommand>(*body) ? 1 : 0;
        forEachEvent(step, [&](Bytes bytes) {
            const Result<Event> event = decodeEvent(bytes);
            ASSERT_TRUE(event);
            acceptances += std::holds_alternative<CommandAccepted>(*event) ? 1 : 0;
            if (const auto* changed = std::get_if<BreakerChanged>(&*event)) {
                changes += changed->cause == BreakerCause::Officer ? 1 : 0;
            } else if (const auto* effective = std::get_if<BreakerEffective>(&*event)) {
                if (effects++ == 0) {
                    EXPECT_EQ(effective->instrument, InstrumentId(0));
                    EXPECT_EQ(effective->level, BreakerLevel::Restrict);
                    EXPECT_TRUE(effective->asCommanded);
                    EXPECT_GT(effective->after, Duration());
                }
            }
        });
    }
    EXPECT_EQ(commands, 2) << "the refused one is recorded as well";
    EXPECT_EQ(acceptances, 1);
    EXPECT_EQ(changes, 1);
    EXPECT_GE(effects, 1);
}

TEST(LiveSessionRecord, AtItsSizeLimitStopsThePlayAndKeepsEverythingBefore) {
    const Scratch scratch;
    storage::WriterOptions writing;
    writing.sizeLimitBytes = 1'500'000;
    LiveOptions options;
    options.speed = 1e6;
    LiveSession session(venueOf(kShort), newRecorder(scratch / "r.bwr", kShort, writing), "r.bwr",
                        nullptr, options);
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
        LiveSession session(venueOf(kShort), newRecorder(scratch / "r.bwr", kShort), "r.bwr",
                            nullptr, options);
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
    TakenUp record = takeUp(scratch / "crashed.bwr");
    LiveSession again(venueOf(kShort), std::move(record.recorder), "crashed.bwr",
                      std::move(record.recovered), options);
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
        LiveSession session(venueOf(kShort), newRecorder(scratch / "r.bwr", kShort), "r.bwr",
                            nullptr, options);
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
        TakenUp record = takeUp(scratch / "crashed.bwr");
        LiveSession session(venueOf(other), std::move(record.recorder), "crashed.bwr",
                            std::move(record.recovered), options);
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

TEST(LiveSessionBoard, ShowsOneInstantAndItsCountsAddUp) {
    LiveOptions options;
    options.speed = 400;
    LiveSession session(venueOf(play(1'500, "10m")), nullptr, "", nullptr, options);
    Sequence last = 0;
    int boards = 0;
    ASSERT_TRUE(waitUntil([&] {
        const view::Board board = session.board();
        if (!board.snapshot) return false;
        if (board.snapshot->sequence == last)
            return board.snapshot->asOf == session.status().playTo;
        EXPECT_GT(board.snapshot->sequence, last) << "a board never goes back";
        last = board.snapshot->sequence;
        ++boards;
        EXPECT_TRUE(board.scan);
        const view::VenueScan& shown = *board.scan;
        const view::VenueScan anew = view::scan(*board.snapshot);
        EXPECT_EQ(shown.histogram, anew.histogram);
        EXPECT_EQ(shown.bands, anew.bands);
        EXPECT_EQ(shown.equity, anew.equity);
        EXPECT_EQ(shown.maintenance, anew.maintenance);
        EXPECT_EQ(shown.shortfall, anew.shortfall);
        EXPECT_EQ(shown.moveToFirstAdl, anew.moveToFirstAdl);
        const auto accounts = static_cast<std::uint32_t>(board.snapshot->accountCount);
        EXPECT_EQ(std::accumulate(shown.bands.begin(), shown.bands.end(), 0U), accounts);
        EXPECT_EQ(std::accumulate(shown.histogram.begin(), shown.histogram.end(), shown.above),
                  accounts);
        EXPECT_EQ(board.snapshot->accountCount, 1'517U) << "clients and the venue's 17 own";
        EXPECT_EQ(board.snapshot->tally.inputs, board.snapshot->sequence);
        EXPECT_EQ(shown.markets.size(), board.snapshot->markets->size());
        EXPECT_EQ(board.snapshot->breakers->size(), board.snapshot->markets->size());
        return false;
    }));
    EXPECT_GT(boards, 0);
}

}  // namespace
}  // namespace breakwater::runtime
