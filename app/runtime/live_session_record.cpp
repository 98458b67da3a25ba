// What a live session records, and what it does while it cannot.
//
// The embedded venue is the market as well as the desk, so nothing of it happens unrecorded: when
// the record refuses, the venue stands still and venue time with it. Inputs that were applied and
// are not on the disk (one commit group, and the queue) are kept in memory and recorded first when
// the record can be written again; a crash meanwhile loses nothing, because the venue gives the
// same inputs when the record is taken up.
//
// An officer's command does not wait. It is written to the reserve with the sequence it takes,
// then applied; its effect is seen at once. When recording goes on it stands in the record in its
// place, and the reserve is emptied; after a crash, take-up plays up to its sequence and applies it
// there. So the record is the same whichever way it came about. When the reserve refuses too, a
// tightening act is applied all the same and counted as NOT RECORDED until the record holds it;
// any other act is refused.
#include <algorithm>
#include <utility>

#include "app/runtime/headless.hpp"
#include "app/runtime/live_session_impl.hpp"
#include "core/event/codec.hpp"

namespace breakwater::runtime {
namespace {

constexpr std::chrono::seconds kCheckpointEveryReal{120};
constexpr Sequence kCheckpointAtLeast = 2'000;     // inputs since the last
constexpr std::chrono::seconds kGrowthMemory{60};  // what the recorder's forecast looks back on
constexpr double kNearLimitSeconds = 600;  // real time to the size limit that raises the alarm
// A command whose commit takes longer goes to the reserve as well.
constexpr std::chrono::milliseconds kDecisionPatience{2'000};
constexpr int kLookEvery = 256;  // steps taken up between two looks at whether to stop

Instant wallNow() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return Instant::fromMicroseconds(
        std::chrono::duration_cast<std::chrono::microseconds>(now).count());
}

// What the disk said, without the record's path before it and its last step behind, which are shown
// elsewhere.
std::string reasonOf(const std::string& why, const std::string& path) {
    std::string reason = why;
    const std::size_t colon = reason.find(": ", path.size());
    if (!path.empty() && reason.starts_with(path) && colon != std::string::npos)
        reason.erase(0, colon + 2);
    if (const std::size_t behind = reason.find("; step "); behind != std::string::npos)
        reason.erase(behind);
    return reason;
}

// Whether a command leaves no market in its scope freer, or free sooner, than it is.
bool tightens(const OfficerCommand& command, const EngineState& state) {
    if (command.kind == CommandKind::Acknowledge) return false;
    const auto stricter = [&](const BreakerState& breaker) {
        const BreakerLevel level =
            command.kind == CommandKind::Renew ? breaker.level : command.level;
        if (level != breaker.level) return level > breaker.level;
        return level != BreakerLevel::Normal && state.time + command.duration > breaker.ends;
    };
    if (command.scope == ScopeKind::Venue)
        return std::all_of(state.breakers.begin(), state.breakers.end(), stricter);
    return std::all_of(command.instruments.begin(), command.instruments.end(),
                       [&](InstrumentId instrument) {
                           return instrument.value() < state.breakers.size() &&
                                  stricter(state.breakers[instrument.value()]);
                       });
}

}  // namespace

bool LiveSession::Impl::refuseTakeUp(const std::string& why) {
    recorder->abandon();
    hold(Hold::Ends, why);
    return false;
}

// The record's inputs again, through a venue of the same options: what it says now must be what
// it said then. Officers' commands are the record's own. A record that is refused stays as it was.
bool LiveSession::Impl::takeUpRecord() {
    takingUp = true;
    const std::vector<storage::ReservedInput> reserved = recorder->reserved();
    auto next = reserved.begin();
    Step recorded;
    for (int n = 0;; ++n) {
        if (n % kLookEvery == 0) {
            const std::lock_guard lock(mutex);
            if (stopping) {
                recorder->abandon();
                return false;
            }
        }
        const Result<bool> more = recovered->next(recorded);
        if (!more) return refuseTakeUp("the record cannot be taken up: " + more.error().message);
        if (!*more) break;
        if (next != reserved.end() && next->sequence == recorded.sequence) {
            if (!std::ranges::equal(next->input, recorded.input())) {
                return refuseTakeUp("the reserve holds a command at sequence " +
                                    std::to_string(recorded.sequence) +
                                    " where the record holds something else");
            }
            ++next;
        }
        if (!repeat(recorded)) {
            return refuseTakeUp("the record differs from this play at sequence " +
                                std::to_string(recorded.sequence) +
                                ": it was made with other options or another version");
        }
    }
    takingUp = false;
    recovered.reset();
    const Sequence recordedTo = play.state().sequence;
    checkpointSequence = recordedTo;
    mergeReserve();
    const std::lock_guard lock(mutex);
    const auto merged = reserved.end() - next;
    shown.resumed = "taken up at sequence " + std::to_string(recordedTo) +
                    (merged > 0 ? ", and " + std::to_string(merged) + " commands of its reserve"
                                : std::string());
    nextCommand = std::max(nextCommand, play.state().lastCommand.value() + 1);
    paceChanged = true;
    return true;
}

bool LiveSession::Impl::repeat(const Step& recorded) {
    Result<InputBody> body = decodeInput(recorded.input());
    if (!body) return false;
    if (options.beforeInput) options.beforeInput(play.state().sequence);
    if (auto* command = std::get_if<OfficerCommand>(&*body)) {
        play.command(std::move(*command));
    } else if (std::holds_alternative<SessionEnded>(*body)) {
        play.end();
    } else if (!play.advance()) {
        return false;
    }
    if (!(play.step() == recorded)) return false;
    afterInput();
    return true;
}

// Commands that were decided and did not reach the record: each at the sequence it had.
void LiveSession::Impl::mergeReserve() {
    const std::vector<storage::ReservedInput> reserved = recorder->reserved();
    for (const storage::ReservedInput& kept : reserved) {
        if (kept.sequence <= play.state().sequence) continue;
        Result<InputBody> body = decodeInput(kept.input);
        auto* command = body ? std::get_if<OfficerCommand>(&*body) : nullptr;
        BW_ASSERT(command != nullptr);  // its digest has been checked, and nothing else is kept
        // Not advanceOne(): what was decided is not held back by a disk that is still full.
        while (play.state().sequence + 1 < kept.sequence) {
            if (options.beforeInput) options.beforeInput(play.state().sequence);
            if (!play.advance()) break;
            afterInput();
        }
        play.command(std::move(*command));
        afterInput();
    }
}

void LiveSession::Impl::decide(OfficerCommand command) {
    storage::ReservedInput input{play.state().sequence + 1, play.state().time, {}};
    encode(InputBody(command), input.input);
    const bool wasHeld = holding != Hold::None;
    bool kept = false;
    if (wasHeld) {
        kept = keepInReserve(input);
        if (!kept && !tightens(command, play.state())) {
            projector.refuse(command,
                             "neither the record nor its reserve can be written: only tightening "
                             "acts go out",
                             play.state());
            recordChanged = true;
            return;
        }
    }
    const Sequence sequence = input.sequence;
    play.command(std::move(command));
    afterInput();
    if (!recorder) return;
    // Nobody is told of a decision before it is on a disk.
    if (holding == Hold::None) kept = recorder->waitDurable(sequence, kDecisionPatience);
    if (!wasHeld && !kept) kept = keepInReserve(std::move(input));
    if (!kept) notRecorded.insert(sequence);
    watchRecord();
}

bool LiveSession::Impl::keepInReserve(storage::ReservedInput input) {
    return recorder->keepInReserve(std::move(input)).has_value();
}

void LiveSession::Impl::record() {
    if (holding == Hold::None) {
        const bool decision = std::holds_alternative<OfficerCommand>(play.input().body);
        const Result<void> taken = recorder->submit(
            play.step(), decision ? storage::Urgency::Now : storage::Urgency::Group);
        if (taken) return checkpointIfDue();
        const bool resumes = recorder->status().state == storage::RecorderState::Interrupted;
        hold(resumes ? Hold::Waits : Hold::Ends, taken.error().message);
    }
    unrecorded.push_back(std::move(play.step()));
}

void LiveSession::Impl::checkpointIfDue() {
    const Sequence sequence = play.state().sequence;
    const auto sinceReal = Clock::now() - lastCheckpoint;
    const bool due =
        checkpoints.isDue(play.state()) ||
        (sequence - checkpointSequence >= kCheckpointAtLeast && sinceReal >= kCheckpointEveryReal);
    if (!due) return;
    checkpointSequence = sequence;
    checkpoints.keep(play.state());
    lastCheckpoint = Clock::now();
    // One that cannot be kept makes a later replay longer, no more; the next step tells the rest.
    static_cast<void>(recorder->submitCheckpoint(checkpointOf(play.state())));
}

void LiveSession::Impl::hold(Hold how, const std::string& why) {
    const bool begins = std::exchange(holding, how) == Hold::None;
    recordChanged = true;
    const std::string reason = how == Hold::Waits ? reasonOf(why, recordPath) : why;
    projector.report(view::AlarmKind::RecordStopped, true, reason, play.state().time);
    const std::lock_guard lock(mutex);
    shown.recording = false;
    shown.recordError = reason;
    shown.recordResumes = how == Hold::Waits;
    if (begins) shown.recordStoppedAt = wallNow();
}

// The record can be written again: first what happened meanwhile, in its order.
void LiveSession::Impl::goOn() {
    for (auto step = unrecorded.begin(); step != unrecorded.end(); ++step) {
        const Result<void> taken = recorder->submit(*step, storage::Urgency::Now);
        if (taken) continue;
        unrecorded.erase(unrecorded.begin(), step);
        if (recorder->status().state != storage::RecorderState::Interrupted)
            hold(Hold::Ends, taken.error().message);
        return;
    }
    unrecorded.clear();
    holding = Hold::None;
    recordChanged = true;
    rebase();
    projector.report(view::AlarmKind::RecordStopped, false, "", play.state().time);
    const std::lock_guard lock(mutex);
    shown.recording = true;
    shown.recordError.clear();
    shown.recordResumes = false;
}

void LiveSession::Impl::watchRecord() {
    lastWatch = Clock::now();
    storage::RecorderStatus status = recorder->status();
    const bool waits = status.state == storage::RecorderState::Interrupted;
    const bool failed = status.state == storage::RecorderState::Failed;
    const std::string why = status.error ? status.error->message : "the disk refuses";
    if (holding == Hold::None && (waits || failed)) {
        hold(waits ? Hold::Waits : Hold::Ends, why);
    } else if (holding == Hold::Waits && !waits) {
        goOn();
    } else if (holding == Hold::Waits) {
        const std::lock_guard lock(mutex);
        shown.recordError = reasonOf(why, recordPath);
    }
    tidyReserve(status.durable);
    // A forecast from the pace of opening the books, or of a fast start, would cry wolf for a
    // minute.
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

// What the record holds by now is needed nowhere else. A reserve that cannot be emptied does no
// harm: take-up finds its commands in the record and leaves them.
void LiveSession::Impl::tidyReserve(Sequence durable) {
    const std::vector<storage::ReservedInput>& reserved = recorder->reserved();
    const auto missing = static_cast<std::size_t>(
        std::ranges::count_if(reserved, [&](const auto& kept) { return kept.sequence > durable; }));
    if (!reserved.empty() && missing == 0) static_cast<void>(recorder->emptyReserve());
    notRecorded.erase(notRecorded.begin(), notRecorded.upper_bound(durable));
    const std::lock_guard lock(mutex);
    shown.reserved = missing;
    shown.notRecorded = notRecorded.size();
}

void LiveSession::Impl::endRecord() {
    if (recorder && holding != Hold::None) watchRecord();
    if (play.state().sequence > 0 && holding == Hold::None) {
        play.end();
        afterInput();
    }
    if (!recorder) return;
    if (recorder->flush() && holding == Hold::None) tidyReserve(recorder->durableSequence());
    const Result<void> closed = recorder->close();
    if (!closed && holding == Hold::None) hold(Hold::Ends, closed.error().message);
}

}  // namespace breakwater::runtime
