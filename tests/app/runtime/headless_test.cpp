// A play without a window, with and without a record.
#include "app/runtime/headless.hpp"

#include "tests/app/runtime/session_fixture.hpp"

namespace breakwater::runtime {
namespace {

using namespace test;
using storage::Verdict;

const PlayRequest kPlay = play(200, "5m");

TEST(Simulate, TheRecordChangesNothingAndReplaysToTheSameDigest) {
    const Scratch scratch;
    sim::Lockstep without(venueOf(kPlay));
    const Result<SimulateReport> plain = simulate(without, nullptr, {});
    ASSERT_TRUE(plain) << plain.error().message;
    EXPECT_EQ(plain->finalDigest, straightDigest(kPlay));

    sim::Lockstep with(venueOf(kPlay));
    const auto recorder = newRecorder(scratch / "r.bwr", kPlay);
    const Result<SimulateReport> recorded = simulate(with, recorder.get(), {});
    ASSERT_TRUE(recorded) << recorded.error().message;
    EXPECT_EQ(recorded->finalDigest, plain->finalDigest);
    EXPECT_EQ(recorded->tally.inputs, plain->tally.inputs);
    EXPECT_FALSE(recorded->recordFull);
    EXPECT_EQ(storage::verify(scratch / "r.bwr").verdict, Verdict::Intact);
    const Replayed again = replayed(scratch / "r.bwr");
    EXPECT_EQ(again.outcome.finalDigest, plain->finalDigest);
    EXPECT_EQ(again.outcome.inputs, plain->tally.inputs);
    EXPECT_EQ(again.outcome.events, plain->tally.events);
}

TEST(Simulate, AFullRecordEndsThePlayAndHoldsEverythingBefore) {
    const Scratch scratch;
    storage::WriterOptions writing;
    writing.sizeLimitBytes = 600'000;
    sim::Lockstep play(venueOf(kPlay));
    const auto recorder = newRecorder(scratch / "r.bwr", kPlay, writing);
    const Result<SimulateReport> report = simulate(play, recorder.get(), {});
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_TRUE(report->recordFull);
    EXPECT_LE(std::filesystem::file_size(scratch / "r.bwr"), writing.sizeLimitBytes);
    EXPECT_EQ(storage::exitCode(storage::verify(scratch / "r.bwr").verdict), 0);
    EXPECT_EQ(replayed(scratch / "r.bwr").tail.lastSequence + 1, report->tally.inputs)
        << "all but the one that did not fit";
}

TEST(Simulate, ACheckpointIsTheStateItWasMadeFrom) {
    sim::Lockstep play(venueOf(kPlay));
    while (play.advance(play.venue().from() + Duration::minutes(2))) {
    }
    const Checkpoint checkpoint = checkpointOf(play.state());
    EXPECT_EQ(checkpoint.sequence, play.state().sequence);
    EXPECT_EQ(checkpoint.time, play.state().time);
    const Result<EngineState> decoded = EngineState::decode(checkpoint.state);
    ASSERT_TRUE(decoded) << decoded.error().message;
    EXPECT_EQ(decoded->digest(), checkpoint.stateDigest);
    EXPECT_EQ(decoded->digest(), play.state().digest());
}

TEST(WallClock, IsAnInstant) { EXPECT_TRUE(Instant::parse(wallClockText())); }

}  // namespace
}  // namespace breakwater::runtime
