// The embedded venue, running: an engine thread paced by a clock, a scanning thread beside it,
// the recorder behind it, and a mailbox before it. No Qt.
//
// Threads: the engine thread owns Lockstep and Projector; the scan thread turns each photograph
// into a Board; the storage thread is the Recorder's own. Callers talk through the mailbox
// (board), the command queue (submit) and three switches (speed, pause, step). The command queue
// is short and never drops; the mailbox keeps the newest board only.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/event/inputs.hpp"
#include "core/sim/lockstep.hpp"
#include "core/view/record_lanes.hpp"
#include "core/view/snapshot.hpp"
#include "storage/recorder.hpp"

namespace breakwater::runtime {

struct LiveOptions {
    double speed = 1;  // venue seconds per second, > 0
    bool paused = false;
    std::optional<Instant> fastTo;  // played as fast as it goes up to here, then paced
    bool pauseAtFastTo = false;
    Sequence takenUpTo = 0;  // last sequence of the record that is taken up
    // What pacing calls now; empty: the steady clock. Tests pass their own.
    std::function<std::chrono::steady_clock::time_point()> clock;
};

struct LiveStatus {
    double chosenSpeed = 1;
    bool paused = false;
    bool finished = false;
    bool halted = false;
    std::string haltText;
    Instant playFrom, playTo;
    bool recording = false;
    std::string recordPath;
    std::string recordError;
    Sequence durable = 0;
    storage::Growth growth;
    bool hasLimit = false;
    double inputsPerSecond = 0;
    double projectMillis = 0;
    std::string resumed;  // what was taken up again, empty for a new record
};

class LiveSession {
public:
    // `recorder` may be null: the play is then not recorded, and says so. `recovered` (may be
    // null) gives the steps of a record that is taken up again: they are computed anew, compared,
    // and not recorded twice.
    LiveSession(sim::Venue venue, std::unique_ptr<storage::Recorder> recorder,
                std::string recordPath, std::unique_ptr<StepSource> recovered,
                const LiveOptions& options);
    ~LiveSession();  // ends the session: SessionEnded, flush, close
    LiveSession(const LiveSession&) = delete;
    LiveSession& operator=(const LiveSession&) = delete;

    view::Board board() const;
    LiveStatus status() const;
    void setSpeed(double factor);
    void setPaused(bool paused);
    void step();  // one venue second; pauses first
    CommandId submit(OfficerCommand command);
    // Of the whole play, as far as it has come.
    std::shared_ptr<const view::RecordLanes> lanes() const;
    // The events on disk; null when nothing is recorded. Its answers end with stop().
    storage::EventLog* log() const;
    // The state digest after the last input applied; the session must be stopped or paused.
    void stop();  // as the destructor, but status() and finalDigest() stay readable
    std::optional<Digest> finalDigest() const;  // after stop()

private:
    struct Impl;
    std::shared_ptr<Impl> m_impl;
};

}  // namespace breakwater::runtime
