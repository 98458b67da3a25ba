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

TEST(LiveSessionDigest, IsThatOfTheStraightPlayWhenTheClockJumps) {
    LiveOptions options;
    options.clock = jumpingClock();
    LiveSession session(venueOf(kHour), {}, options);
    EXPECT_EQ(playedOut(session), hourDigest());
}

TEST(LiveSessionDigest, IsThatOfTheStraightPlayAtAThousandfoldAndTheRecordAgrees) {
    const Scratch scratch;
    LiveOptions options;
    options.speed = 1'000;
    LiveSession session(venueOf(kHour), newRecord(scratch / "r.bwr", kHour), options);
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
    LiveSession session(venueOf(kHour), {}, options);
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
    LiveSession session(venueOf(kHour), newRecord(scratch / "r.bwr", kHour), options);
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
    LiveSession session(venueOf(kShort), {}, options);
    for (int i = 0; i < 30; ++i)
        session.step();
    ASSERT_TRUE(waitForTime(session, kShortFrom + Duration::seconds(30)));
    EXPECT_EQ(session.board().snapshot->asOf, kShortFrom + Duration::seconds(30));
}

TEST(LiveSessionPace, PlaysFastToAnInstantAndPausesThere) {
    LiveOptions options;
    options.fastTo = kShortFrom + Duration::minutes(5);
    options.pauseAtFastTo = true;
    LiveSession session(venueOf(kShort), {}, options);
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
    LiveSession session(venueOf(kShort), newRecord(scratch / "r.bwr", kShort), options);
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

TEST(LiveSessionBoard, ShowsOneInstantAndItsCountsAddUp) {
    LiveOptions options;
    options.speed = 400;
    LiveSession session(venueOf(play(1'500, "10m")), {}, options);
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
