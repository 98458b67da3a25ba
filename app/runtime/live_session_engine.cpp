// The engine thread: pacing, photographs, and what a failed assertion leaves behind.
#include <algorithm>
#include <limits>
#include <utility>

#include "app/runtime/live_session_impl.hpp"

namespace breakwater::runtime {
namespace {

using Seconds = std::chrono::duration<double>;

}  // namespace

thread_local LiveSession::Impl* LiveSession::Impl::onThisThread = nullptr;

// A bug in the engine: the arithmetic stops here and the thread never runs on. The window stays
// with what was known; the record is drained and closed at once, ending with the last input that
// was complete. The input that failed is not in it, because an input is recorded together with
// its events and this one has none: taken up again, the venue gives it again, and an officer's
// command has to be given again.
void LiveSession::Impl::onAssert(const AssertFailure& failure) {
    Impl& self = *onThisThread;
    {
        const std::lock_guard lock(self.mutex);
        self.shown.halted = true;
        self.shown.haltText = self.haltText(failure);
        self.commands.clear();
        self.wake.notify_all();
    }
    if (self.recorder && self.takingUp) {
        self.recorder->abandon();  // nothing was added to it
    } else if (self.recorder) {
        const Result<void> closed = self.recorder->close();
        const std::lock_guard lock(self.mutex);
        self.shown.durable = self.recorder->durableSequence();
        if (!closed && self.shown.recordError.empty()) {
            self.shown.recordError = closed.error().message;
            self.shown.recording = false;
        }
    }
    std::unique_lock lock(self.mutex);
    self.haltHandled = true;
    self.wake.notify_all();
    while (true)
        self.wake.wait(lock, [] { return false; });
}

std::string LiveSession::Impl::haltText(const AssertFailure& failure) const {
    const Input& input = play.input();
    const std::string place = input.sequence > completed
                                  ? " in input " + std::to_string(input.sequence) + " (" +
                                        std::string(nameOf(input.body)) + ")"
                                  : " after input " + std::to_string(completed);
    return std::string(failure.expression) + " (" + failure.file + ":" +
           std::to_string(failure.line) + ")" + place;
}

void LiveSession::Impl::run() {
    onThisThread = this;
    const AssertHandlerScope scope(&Impl::onAssert);
    baseVenue = play.venue().from();
    baseReal = paceNow();
    lastPhoto = lastCheckpoint = lastRate = lastWatch = Clock::now();
    if (!recovered || takeUpRecord()) {
        while (turn()) {
        }
        endRecord();
    }
    photograph(true);
    const Digest final = play.state().digest();
    const std::lock_guard lock(mutex);
    shown.finished = true;
    if (recorder) shown.durable = recorder->durableSequence();
    digest = final;
    wake.notify_all();
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
    if (holding != Hold::None) return false;
    if (options.beforeInput) options.beforeInput(play.state().sequence);
    if (!play.advance(notAfter)) return false;
    afterInput();
    return true;
}

void LiveSession::Impl::afterInput() {
    if (recorder && !takingUp) record();
    watch();
    completed = play.state().sequence;
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

bool LiveSession::Impl::turn() {
    std::deque<OfficerCommand> taken;
    bool isPaused = false;
    std::uint32_t stepNow = 0;
    {
        std::unique_lock lock(mutex);
        const bool still = paused || holding != Hold::None;
        const auto next = Clock::now() + std::chrono::milliseconds(still ? 50 : 1);
        const bool busy = fast || !loaded || behind;
        if (!busy || still) {
            wake.wait_until(lock, next, [&] {
                const bool stepped = steps > 0 && holding == Hold::None;
                return stopping || !commands.empty() || paceChanged || stepped;
            });
        }
        if (stopping) return false;
        taken.swap(commands);
        pace = speed;
        isPaused = paused && loaded;
        if (loaded && holding == Hold::None) stepNow = std::exchange(steps, 0);
        if (std::exchange(paceChanged, false)) rebase();
    }
    for (OfficerCommand& command : taken)
        decide(std::move(command));
    if (holding == Hold::None) advance(stepNow, isPaused);
    if (recorder && Clock::now() - lastWatch >= kPhotographEvery) watchRecord();
    photograph(false);
    return true;
}

void LiveSession::Impl::advance(std::uint32_t secondsToStep, bool isPaused) {
    if (!loaded) {
        // The books open in one piece: nobody wants to watch half a venue.
        for (int i = 0; i < 4'096 && !loaded && holding == Hold::None; ++i) {
            if (!advanceOne(play.venue().from()) && holding == Hold::None) loaded = true;
        }
        if (loaded) {
            fastEnded = Clock::now();
            rebase();
        }
    } else if (secondsToStep > 0) {
        const Instant to = play.state().time + Duration::seconds(secondsToStep);
        while (advanceOne(to)) {
        }
        rebase();
    } else if (fast && !isPaused) {
        const auto until = Clock::now() + kPhotographEvery;
        while (Clock::now() < until) {
            if (advanceOne(*options.fastTo)) continue;
            if (holding != Hold::None) break;
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
}

void LiveSession::Impl::photograph(bool always) {
    const auto now = Clock::now();
    // While the books are still opening there is nothing to see, unless it cannot go on.
    const bool ready = loaded || (holding != Hold::None && play.state().sequence > 0);
    if (!always && (now - lastPhoto < kPhotographEvery || !ready)) return;
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
    if (!changed && !always && !recordChanged) return;
    recordChanged = false;
    photoSequence = play.state().sequence;
    std::shared_ptr<const view::Snapshot> snapshot = projector.project(play.engine());
    const std::lock_guard lock(mutex);
    shown.projectMillis = Seconds(Clock::now() - now).count() * 1e3;
    unscanned = std::move(snapshot);
    scanWake.notify_one();
}

}  // namespace breakwater::runtime
