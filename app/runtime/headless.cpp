#include "app/runtime/headless.hpp"

#include <chrono>

namespace breakwater::runtime {
namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

// Records a step; false when the record is full. Other errors are returned.
Result<bool> record(sim::Lockstep& play, storage::Recorder& recorder, CheckpointPace& pace) {
    const Result<void> taken = recorder.submit(play.step());
    if (!taken && taken.error().code == ErrorCode::Full) return false;
    if (!taken) return Unexpected(taken.error());
    if (pace.isDue(play.state())) {
        pace.keep(play.state());
        const Result<void> kept = recorder.submitCheckpoint(checkpointOf(play.state()));
        if (!kept && kept.error().code != ErrorCode::Full) return Unexpected(kept.error());
    }
    return true;
}

}  // namespace

std::string wallClockText() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return Instant::fromMicroseconds(std::chrono::duration_cast<std::chrono::seconds>(now).count() *
                                     1'000'000)
        .toString();
}

Checkpoint checkpointOf(const EngineState& state) {
    Checkpoint checkpoint;
    checkpoint.sequence = state.sequence;
    checkpoint.time = state.time;
    checkpoint.stateDigest = state.digest();
    state.encode(checkpoint.state);
    return checkpoint;
}

Result<SimulateReport> simulate(sim::Lockstep& play, storage::Recorder* recorder,
                                const SimulateHooks& hooks) {
    SimulateReport report;
    report.scenario = play.venue().scenario().name;
    play.setEncoding(recorder != nullptr);
    CheckpointPace pace;
    const Clock::time_point start = Clock::now();
    Clock::time_point shown = start;
    std::uint64_t n = 0;
    bool running = true;
    while (running && play.advance()) {
        if (recorder != nullptr) {
            const Result<bool> kept = record(play, *recorder, pace);
            if (!kept) return Unexpected(kept.error());
            if (!*kept) {
                report.recordFull = true;
                running = false;
            }
        }
        if (++n % 1'024 == 0 && hooks.progress && secondsSince(shown) > 0.25) {
            shown = Clock::now();
            running = hooks.progress(play.state(), secondsSince(start)) && running;
        }
    }
    if (!report.recordFull) {
        play.end();
        if (recorder != nullptr) {
            const Result<bool> kept = record(play, *recorder, pace);
            if (!kept) return Unexpected(kept.error());
            report.recordFull = !*kept;
        }
    }
    if (recorder != nullptr) {
        const Result<void> closed = recorder->close();
        if (!closed && !report.recordFull) return Unexpected(closed.error());
    }
    report.wallSeconds = secondsSince(start);
    report.tally = play.state().tally;
    report.lastTime = play.state().time;
    report.finalDigest = play.state().digest();
    report.accounts = play.venue().clients();
    return report;
}

}  // namespace breakwater::runtime
