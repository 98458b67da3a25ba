// A live session's insides. Internal.
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "app/runtime/headless.hpp"
#include "app/runtime/live_session.hpp"
#include "core/view/projector.hpp"

namespace breakwater::runtime {

inline constexpr std::chrono::milliseconds kPhotographEvery{100};
inline constexpr std::chrono::milliseconds kLanesEvery{1'000};
// Of the whole play, most of which is still to come: finer than a record's own.
inline constexpr std::size_t kLaneColumns = 4'000;

struct LiveSession::Impl : std::enable_shared_from_this<LiveSession::Impl> {
    using Clock = std::chrono::steady_clock;

    // Why the venue stands still.
    enum class Hold {
        None,
        Waits,  // the record cannot be written; goes on by itself when it can
        Ends,   // at its size limit, or refused for good: not in this session
    };

    Impl(sim::Venue venue, LiveRecord record, const LiveOptions& options);

    // Engine thread: live_session_engine.cpp
    void run();
    bool turn();  // one round of the loop; false when the session is to end
    void advance(std::uint32_t secondsToStep, bool isPaused);
    bool advanceOne(Instant notAfter);
    void afterInput();
    void watch();
    void photograph(bool always);
    Instant dueTime();
    Clock::time_point paceNow() const { return options.clock ? options.clock() : Clock::now(); }
    void rebase();
    static void onAssert(const AssertFailure& failure);
    std::string haltText(const AssertFailure& failure) const;

    // Engine thread: live_session_record.cpp
    bool takeUpRecord();
    bool repeat(const Step& recorded);
    bool refuseTakeUp(const std::string& why);
    void mergeReserve();
    void decide(OfficerCommand command);
    bool keepInReserve(storage::ReservedInput input);
    void record();
    void checkpointIfDue();
    void hold(Hold how, const std::string& why);
    void goOn();
    void watchRecord();
    void tidyReserve(Sequence durable);
    void endRecord();

    // Scan thread.
    void scanLoop();

    sim::Lockstep play;
    view::Projector projector;
    std::unique_ptr<storage::Recorder> recorder;
    const std::string recordPath;
    std::unique_ptr<StepSource> recovered;
    const LiveOptions options;

    mutable std::mutex mutex;  // guards everything down to the blank line
    std::condition_variable wake;
    std::deque<OfficerCommand> commands;
    // Above every number of a record that is taken up: each command took a sequence there.
    std::uint64_t nextCommand;
    double speed = 1;
    bool paused = false;
    bool paceChanged = true;
    std::uint32_t steps = 0;  // seconds to step
    bool stopping = false;
    bool haltHandled = false;  // the record of a halted engine is closed
    LiveStatus shown;
    view::Board latest;
    std::shared_ptr<const view::Snapshot> unscanned;
    bool scanStopping = false;
    std::condition_variable scanWake;
    std::optional<Digest> digest;
    std::shared_ptr<const view::RecordLanes> lanes;

    // Engine thread only.
    view::LanesBuilder lanesBuilder;
    Clock::time_point lastLanes;
    Sequence lanesSequence = 0;  // the lanes shown know this input
    Instant baseVenue;
    Clock::time_point baseReal;
    bool loaded = false;  // all accounts are in; before that nothing is paced
    bool fast = false;
    Clock::time_point fastEnded{};
    bool behind = false;  // the machine cannot keep the chosen pace
    double pace = 1;      // speed, as of this turn
    Clock::time_point lastPhoto, lastCheckpoint, lastRate, lastWatch;
    CheckpointPace checkpoints;
    Sequence photoSequence = 0, checkpointSequence = 0, rateSequence = 0;
    Sequence completed = 0;  // last input that was applied and handed to the record
    bool takingUp = false;
    Hold holding = Hold::None;
    bool recordChanged = false;      // what is shown of the record, since the last photograph
    std::vector<Step> unrecorded;    // while holding, in order
    std::set<Sequence> notRecorded;  // commands in neither the record nor the reserve

    static thread_local Impl* onThisThread;  // for the assertion handler

    std::thread engineThread;
    std::thread scanThread;
};

}  // namespace breakwater::runtime
