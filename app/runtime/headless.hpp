// A play without a window, as fast as it goes.
#pragma once

#include <algorithm>
#include <functional>
#include <string>

#include "core/sim/lockstep.hpp"
#include "storage/recorder.hpp"

namespace breakwater::runtime {

struct SimulateReport {
    std::string scenario;
    std::uint64_t seed = 0;
    std::size_t accounts = 0;
    Tally tally;
    Instant lastTime;
    Digest finalDigest;
    double wallSeconds = 0;
    double recordWaitSeconds = 0;  // the engine waited for the record's queue
    bool recordFull = false;       // the size limit ended the play early
    double inputsPerSecond() const {
        return wallSeconds > 0 ? static_cast<double>(tally.inputs) / wallSeconds : 0;
    }
};

struct SimulateHooks {
    // About four times a second of real time; false stops the play (it still ends properly).
    std::function<bool(const EngineState&, double wallSeconds)> progress;
};

// Plays to the end; with a recorder every step is recorded, checkpoints included, and the record
// is closed. A record at its size limit ends the play there, with everything before it kept.
Result<SimulateReport> simulate(sim::Lockstep& play, storage::Recorder* recorder,
                                const SimulateHooks& hooks);

// A checkpoint of the engine's present state.
Checkpoint checkpointOf(const EngineState& state);

std::string wallClockText();  // "2026-11-23T08:47:00Z"

// When a record is due its next checkpoint: after so much work, counted in inputs and events, as
// a reader can compute again while a person waits; later where the state is large, so that
// checkpoints stay a small part of the record.
class CheckpointPace {
public:
    static constexpr std::uint64_t kWork = 100'000;
    static constexpr std::uint64_t kWorkPerAccount = 2;

    bool isDue(const EngineState& state) const {
        const std::uint64_t accounts = state.books.accounts().size();
        return workOf(state) - m_kept >= std::max(kWork, kWorkPerAccount * accounts);
    }
    void keep(const EngineState& state) { m_kept = workOf(state); }

private:
    static std::uint64_t workOf(const EngineState& state) {
        return state.tally.inputs + state.tally.events;
    }
    std::uint64_t m_kept = 0;
};

}  // namespace breakwater::runtime
