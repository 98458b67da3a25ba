#include "app/runtime/live_session.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <limits>
#include <mutex>
#include <thread>

#include "app/runtime/headless.hpp"
#include "core/view/projector.hpp"

namespace breakwater::runtime {
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr std::chrono::milliseconds kPhotographEvery{100};
constexpr std::chrono::milliseconds kLanesEvery{1'000};
constexpr std::chrono::seconds kCheckpointEveryReal{120};
constexpr Sequence kCheckpointAtLeast = 2'000;     // inputs since the last
constexpr std::chrono::seconds kGrowthMemory{60};  // what the recorder's forecast looks back on
constexpr double kNearLimitSeconds = 600;  // real time to the size limit that raises the alarm

}  // namespace

struct LiveSession::Impl : std::enable_shared_from_this<LiveSession::Impl> {
    Impl(sim::Venue venue, std::unique_ptr<storage::Recorder> sink, std::string path,
         std::unique_ptr<StepSource> source, const LiveOptions& options);

    // Engine thread.
    void run();
    bool takeUpRecord();
    bool turn();  // one round of the loop; false when the session is to end
    bool advanceOne(Instant notAfter);
    void afterInput();
    void record();
    void stopRecording(const std::string& why);
    void watch();
    void photograph(bool always);
    void watchRecord();
    Instant dueTime();
    Clock::time_point paceNow() const { return options.clock ? options.clock() : Clock::now(); }
    void rebase();
    static void onAssert(const AssertFailure& failure);

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
    Clock::time_point lastPhoto, lastCheckpoint, lastRate;
    CheckpointPace checkpoints;
    Sequence photoSequence = 0, checkpointSequence = 0, rateSequence = 0;
    bool recordStopped = false;

    static thread_local Impl* onThisThread;  // for the assertion handler

    std::thread engineThread;
    std::thread scanThread;
};

thread_local LiveSession::Impl* LiveSession::Impl::onThisThread = nullptr;

LiveSession::Impl::Impl(sim::Venue venue, std::unique_ptr<storage::Recorder> sink, std::string path,
                        std::unique_ptr<StepSource> source, const LiveOptions& chosen)
    : play(std::move(venue)),
      recorder(std::move(sink)),
      recordPath(std::move(path)),
      recovered(std::move(source)),
      options(chosen),
      nextCommand(chosen.takenUpTo + 1),
      speed(chosen.speed),
      paused(chosen.paused),
      lanesBuilder(play.venue().from(), play.venue().until()) {
    lanes = lanesBuilder.lanes();
    projector.listen();
    play.setEncoding(recorder != nullptr || recovered != nullptr);
    shown.playFrom = play.venue().from();
    shown.playTo = play.venue().until();
    shown.recording = recorder != nullptr;
    shown.recordPath = recordPath;
    fast = options.fastTo.has_value();
}

// A bug in the engine: the arithmetic stops here, the window stays with what was known, the
// record is drained and closed by whoever ends the session. The thread never runs on.
void LiveSession::Impl::onAssert(const AssertFailure& failure) {
    Impl& self = *onThisThread;
    {
        const std::lock_guard lock(self.mutex);
        self.shown.halted = true;
        self.shown.haltText = std::string(failure.expression) + " (" + failure.file + ":" +
                              std::to_string(failure.line) + ") after input " +
                              std::to_string(self.play.input().sequence);
    }
    std::unique_lock lock(self.mutex);
    while (true)
        self.wake.wait(lock, [] { return false; });
}

void LiveSession::Impl::run() {
    onThisThread = this;
    const AssertHandlerScope scope(&Impl::onAssert);
    baseVenue = play.venue().from();
    baseReal = paceNow();
    lastPhoto = lastCheckpoint = lastRate = Clock::now();
    if (!recovered || takeUpRecord()) {
        while (turn()) {
        }
    }
    if (play.state().sequence > 0 && !recordStopped) {
        play.end();
        afterInput();
    }
    photograph(true);
    if (recorder) {
        const Result<void> closed = recorder->close();
        if (!closed && !recordStopped) stopRecording(closed.error().message);
    }
    const std::lock_guard lock(mutex);
    shown.finished = true;
    if (recorder) shown.durable = recorder->durableSequence();
    digest = play.state().digest();
}

// The record's inputs again, through a venue of the same options: what it says now must be what
// it said then. Officers' commands are the record's own.
bool LiveSession::Impl::takeUpRecord() {
    Step recorded;
    while (true) {
        Result<bool> more = recovered->next(recorded);
        if (!more) {
            stopRecording("the record cannot be taken up: " + more.error().message);
            return false;
        }
        if (!*more) break;
        Result<InputBody> body = decodeInput(recorded.input());
        bool applied = body.has_value();
        if (body) {
            if (auto* command = std::get_if<OfficerCommand>(&*body)) {
                play.command(std::move(*command));
            } else if (std::holds_alternative<SessionEnded>(*body)) {
                play.end();
            } else {
                applied = play.advance();
            }
        }
        if (!applied || !(play.step() == recorded)) {
            stopRecording("the record differs from this play at sequence " +
                          std::to_string(recorded.sequence) +
                          ": it was made with other options or another version");
            return false;
        }
        watch();
    }
    const std::lock_guard lock(mutex);
    shown.resumed = "taken up at sequence " + std::to_string(play.state().sequence);
    recovered.reset();
    paceChanged = true;
    return true;
}

void LiveSession::Impl::rebase() {
    baseVenue = play.state().time;
    baseReal = paceNow();
}

// The venue time that is due by the clock.
Instant LiveSession::Impl::dueTime() {
    const double real = Seconds(paceNow() - baseReal).count();
    const double venue = std::min(real * pace, 1e9);
    return baseVenue + Duration::microseconds(static_cast<std::int64_t>(venue * 1e6));
}

bool LiveSession::Impl::advanceOne(Instant notAfter) {
    if (recordStopped || !play.advance(notAfter)) return false;
    afterInput();
    return true;
}

void LiveSession::Impl::afterInput() {
    if (recorder && !recordStopped) record();
    watch();
}

void LiveSession::Impl::watch() {
    projector.observe(play.input(), play.events(), play.state());
    // The last scan has added the open interest up; a pass of our own would hold the venue up.
    lanesBuilder.observe(play.input(), play.events(), play.state(), [this](const EngineState&) {
        const std::lock_guard lock(mutex);
        double sum = 0;
        if (!latest.scan) return std::numeric_limits<double>::quiet_NaN();
        for (const view::MarketScan& market : latest.scan->markets)
            sum += market.openInterest;
        return sum;
    });
    for (const view::TimelineEntry& raised : projector.takeRaised())
        lanesBuilder.addAlarm(raised);
}

void LiveSession::Impl::record() {
    const bool decision = std::holds_alternative<OfficerCommand>(play.input().body);
    const Result<void> taken =
        recorder->submit(play.step(), decision ? storage::Urgency::Now : storage::Urgency::Group);
    if (!taken) {
        stopRecording(taken.error().message);
        return;
    }
    const Sequence sequence = play.state().sequence;
    const auto sinceReal = Clock::now() - lastCheckpoint;
    const bool due =
        checkpoints.isDue(play.state()) ||
        (sequence - checkpointSequence >= kCheckpointAtLeast && sinceReal >= kCheckpointEveryReal);
    if (!due) return;
    checkpointSequence = sequence;
    checkpoints.keep(play.state());
    lastCheckpoint = Clock::now();
    const Result<void> kept = recorder->submitCheckpoint(checkpointOf(play.state()));
    if (!kept && kept.error().code != ErrorCode::Full) stopRecording(kept.error().message);
}

// Nothing happens unrecorded on this venue: when the record cannot go on, the play stands still,
// everything recorded stays, and the window says why.
void LiveSession::Impl::stopRecording(const std::string& why) {
    recordStopped = true;
    projector.report(view::AlarmKind::RecordStopped, true, why, play.state().time);
    const std::lock_guard lock(mutex);
    shown.recording = false;
    shown.recordError = why;
}

bool LiveSession::Impl::turn() {
    std::deque<OfficerCommand> taken;
    bool isPaused = false;
    std::uint32_t stepNow = 0;
    {
        std::unique_lock lock(mutex);
        const auto next = Clock::now() + std::chrono::milliseconds(paused ? 50 : 1);
        const bool busy = fast || !loaded || behind;
        if (!busy || paused) {
            wake.wait_until(lock, next, [&] {
                return stopping || !commands.empty() || paceChanged || steps > 0;
            });
        }
        if (stopping) return false;
        taken.swap(commands);
        pace = speed;
        isPaused = paused && loaded;
        if (loaded) stepNow = std::exchange(steps, 0);
        if (std::exchange(paceChanged, false)) rebase();
    }
    for (OfficerCommand& command : taken) {
        if (recordStopped) break;
        play.command(std::move(command));
        afterInput();
    }
    if (!loaded) {
        // The books open in one piece: nobody wants to watch half a venue.
        for (int i = 0; i < 4'096 && !loaded; ++i) {
            if (!advanceOne(play.venue().from())) loaded = true;
        }
        if (loaded) rebase();
    } else if (stepNow > 0) {
        const Instant to = play.state().time + Duration::seconds(stepNow);
        while (advanceOne(to)) {
        }
        rebase();
    } else if (fast && !isPaused) {
        const auto until = Clock::now() + kPhotographEvery;
        while (Clock::now() < until) {
            if (advanceOne(*options.fastTo)) continue;
            fast = false;
            fastEnded = Clock::now();
            rebase();
            const std::lock_guard lock(mutex);
            paused = paused || options.pauseAtFastTo;
            break;
        }
    } else if (!isPaused) {
        const auto start = Clock::now();
        const Instant due = dueTime();
        behind = false;
        while (advanceOne(due)) {
            if (Clock::now() - start < kPhotographEvery) continue;
            behind = true;  // no catching up later: go on from where we are
            rebase();
            break;
        }
    }
    photograph(false);
    const std::lock_guard lock(mutex);
    return !(play.ended() && stopping);
}

void LiveSession::Impl::photograph(bool always) {
    const auto now = Clock::now();
    if (!always && (now - lastPhoto < kPhotographEvery || !loaded)) return;
    if (recorder) watchRecord();
    const bool changed = play.state().sequence != photoSequence;
    lastPhoto = now;
    {
        const std::lock_guard lock(mutex);
        shown.finished = play.ended();
        if (recorder) shown.durable = recorder->durableSequence();
        const double seconds = Seconds(now - lastRate).count();
        if (seconds >= 1) {
            shown.inputsPerSecond =
                static_cast<double>(play.state().sequence - rateSequence) / seconds;
            rateSequence = play.state().sequence;
            lastRate = now;
        }
    }
    // Not by `changed`: the last piece before a pause is shown too, a second late.
    if (play.state().sequence != lanesSequence && (always || now - lastLanes >= kLanesEvery)) {
        lastLanes = now;
        lanesSequence = play.state().sequence;
        std::shared_ptr<const view::RecordLanes> next = lanesBuilder.lanes();
        const std::lock_guard lock(mutex);
        lanes = std::move(next);
    }
    if (!changed && !always && !recordStopped) return;
    photoSequence = play.state().sequence;
    std::shared_ptr<const view::Snapshot> snapshot = projector.project(play.engine());
    const std::lock_guard lock(mutex);
    shown.projectMillis = Seconds(Clock::now() - now).count() * 1e3;
    unscanned = std::move(snapshot);
    scanWake.notify_one();
}

void LiveSession::Impl::watchRecord() {
    storage::RecorderStatus status = recorder->status();
    if (status.state == storage::RecorderState::Failed && !recordStopped) {
        stopRecording(status.error ? status.error->message : "the record cannot be written");
    }
    // A forecast from the pace of a fast start would cry wolf for a minute.
    if (fast || Clock::now() - fastEnded < kGrowthMemory) status.growth.timeToLimit.reset();
    const bool near =
        status.growth.timeToLimit && status.growth.timeToLimit->toSeconds() < kNearLimitSeconds;
    const std::string effect =
        near ? "at this pace full in " +
                   std::to_string(status.growth.timeToLimit->wholeSeconds() / 60) + " min"
             : "";
    projector.report(view::AlarmKind::RecordNearLimit, near, effect, play.state().time);
    const std::lock_guard lock(mutex);
    shown.growth = status.growth;
    shown.hasLimit = status.growth.limitBytes > 0;
}

void LiveSession::Impl::scanLoop() {
    while (true) {
        std::shared_ptr<const view::Snapshot> snapshot;
        {
            std::unique_lock lock(mutex);
            scanWake.wait(lock, [&] { return scanStopping || unscanned; });
            if (!unscanned) return;
            snapshot = std::move(unscanned);
            unscanned = nullptr;
        }
        auto scanned = std::make_shared<const view::VenueScan>(view::scan(*snapshot));
        const std::lock_guard lock(mutex);
        latest = view::Board{std::move(snapshot), std::move(scanned)};
    }
}

LiveSession::LiveSession(sim::Venue venue, std::unique_ptr<storage::Recorder> recorder,
                         std::string recordPath, std::unique_ptr<StepSource> recovered,
                         const LiveOptions& options)
    : m_impl(std::make_shared<Impl>(std::move(venue), std::move(recorder), std::move(recordPath),
                                    std::move(recovered), options)) {
    // The threads keep the session's insides alive: a halted engine thread is never joined.
    m_impl->engineThread = std::thread([impl = m_impl] { impl->run(); });
    m_impl->scanThread = std::thread([impl = m_impl] { impl->scanLoop(); });
}

LiveSession::~LiveSession() { stop(); }

void LiveSession::stop() {
    Impl& impl = *m_impl;
    bool halted = false;
    {
        const std::lock_guard lock(impl.mutex);
        impl.stopping = true;
        halted = impl.shown.halted;
        impl.wake.notify_all();
    }
    if (impl.engineThread.joinable()) {
        if (halted) {
            impl.engineThread.detach();
            if (impl.recorder) (void)impl.recorder->close();
        } else {
            impl.engineThread.join();
        }
    }
    {
        const std::lock_guard lock(impl.mutex);
        impl.scanStopping = true;
        impl.scanWake.notify_all();
    }
    if (impl.scanThread.joinable()) impl.scanThread.join();
}

view::Board LiveSession::board() const {
    const std::lock_guard lock(m_impl->mutex);
    return m_impl->latest;
}

LiveStatus LiveSession::status() const {
    const std::lock_guard lock(m_impl->mutex);
    LiveStatus status = m_impl->shown;
    status.paused = m_impl->paused;
    status.chosenSpeed = m_impl->speed;
    return status;
}

std::shared_ptr<const view::RecordLanes> LiveSession::lanes() const {
    const std::lock_guard lock(m_impl->mutex);
    return m_impl->lanes;
}

storage::EventLog* LiveSession::log() const {
    return m_impl->recorder ? &m_impl->recorder->log() : nullptr;
}

void LiveSession::setSpeed(double factor) {
    BW_ASSERT(factor > 0 && factor <= 1e6);
    const std::lock_guard lock(m_impl->mutex);
    m_impl->speed = factor;
    m_impl->paceChanged = true;
    m_impl->wake.notify_all();
}

void LiveSession::setPaused(bool paused) {
    const std::lock_guard lock(m_impl->mutex);
    m_impl->paused = paused;
    m_impl->paceChanged = true;
    m_impl->wake.notify_all();
}

void LiveSession::step() {
    const std::lock_guard lock(m_impl->mutex);
    m_impl->paused = true;
    ++m_impl->steps;
    m_impl->wake.notify_all();
}

CommandId LiveSession::submit(OfficerCommand command) {
    const std::lock_guard lock(m_impl->mutex);
    command.id = CommandId(m_impl->nextCommand++);
    const CommandId id = command.id;
    m_impl->commands.push_back(std::move(command));
    m_impl->wake.notify_all();
    return id;
}

std::optional<Digest> LiveSession::finalDigest() const {
    const std::lock_guard lock(m_impl->mutex);
    return m_impl->digest;
}

}  // namespace breakwater::runtime
