// What the session's thread does: wishes granted, events stepped through, playing, photographs.
#include <algorithm>

#include "app/runtime/past_session_impl.hpp"

namespace breakwater::runtime {
namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

constexpr std::chrono::milliseconds kPhotographEvery{100};

// What a step goes to: neither a price nor a digest.
std::vector<std::size_t> kindsOfStep() {
    std::vector<std::size_t> kinds;
    const std::size_t price = Event(MarkChanged()).index(), digest = Event(StateDigested()).index();
    for (std::size_t kind = 0; kind < std::variant_size_v<Event>; ++kind) {
        if (kind != price && kind != digest) kinds.push_back(kind);
    }
    return kinds;
}

const std::vector<std::size_t> kStepKinds = kindsOfStep();

}  // namespace

bool PastSession::Impl::waitForWork() {
    std::unique_lock lock(mutex);
    const auto ready = [this] {
        return stopping || waiting.has_value() || paceChanged || surveyChanged;
    };
    if (shown.playing) {
        wake.wait_for(lock, kPhotographEvery, ready);
    } else {
        wake.wait(lock, ready);
    }
    return !stopping;
}

void PastSession::Impl::run() {
    while (waitForWork()) {
        std::optional<Wish> next;
        bool playing = false, changed = false;
        {
            const std::lock_guard lock(mutex);
            next.swap(waiting);
            granted = wishes;
            playing = shown.playing;
            changed = std::exchange(surveyChanged, false);
            if (next || std::exchange(paceChanged, false)) {
                paceChanged = false;
                baseVenue = engine.time();
                baseReal = paceNow();
            }
        }
        if (changed) followSurvey();
        if (next) {
            grant(*next);
        } else if (playing) {
            playOn();
        }
        if (!interrupted()) refine();
        const std::lock_guard lock(mutex);
        if (!waiting) shown.busy = false;
    }
}

Result<std::optional<Sequence>> PastSession::Impl::stepGoal(int steps) {
    storage::EventSearch search;
    search.kinds = kStepKinds;
    search.toward = steps > 0 ? storage::Toward::End : storage::Toward::Start;
    search.count = 1;
    Sequence at = engine.sequence();
    for (int n = 0; n < std::abs(steps); ++n) {
        if (steps < 0 && at <= 1) break;
        search.from = steps > 0 ? storage::EventPlace{at + 1, 0}
                                : storage::EventPlace{at - 1, storage::kLastIndex};
        while (true) {
            if (interrupted()) return std::optional<Sequence>();
            Result<storage::EventSlice> slice = readers[0].search(search);
            if (!slice) return Unexpected(slice.error());
            if (!slice->rows.empty()) {
                at = slice->rows.front().sequence;
                break;
            }
            if (!slice->next) return std::optional<Sequence>(at);
            search.from = *slice->next;
        }
    }
    return std::optional<Sequence>(at);
}

Result<Sequence> PastSession::Impl::goalOf(const Wish& wish) {
    if (wish.sequence) return std::max<Sequence>(*wish.sequence, 1);
    const Instant time = wish.second ? engine.time() + Duration::seconds(1) : *wish.time;
    const Result<Sequence> sequence = readers[0].sequenceAt(time);
    if (!sequence) return Unexpected(sequence.error());
    return std::max<Sequence>(*sequence, 1);
}

void PastSession::Impl::grant(const Wish& wish) {
    survey->standAside(true);
    if (wish.time || wish.sequence || wish.second) {
        const Result<Sequence> goal = goalOf(wish);
        if (goal) {
            moveTo(*goal, PastEngine::Need::Quick);
        } else {
            say(goal.error().message);
        }
    }
    if (wish.steps != 0 && !interrupted()) step(wish.steps);
    survey->standAside(false);
    const std::lock_guard lock(mutex);
    shown.moveMillis = Seconds(Clock::now() - wish.since).count() * 1e3;
    baseVenue = engine.time();
    baseReal = paceNow();
}

void PastSession::Impl::step(int steps) {
    survey->standAside(true);
    const Result<std::optional<Sequence>> goal = stepGoal(steps);
    if (!goal) return say(goal.error().message);
    if (!*goal) return;
    if (**goal == engine.sequence()) {
        return say(steps > 0 ? "There is no later event in this record."
                             : "There is no earlier event in this record.");
    }
    moveTo(**goal, PastEngine::Need::Quick);
}

void PastSession::Impl::playOn() {
    double speed = 1;
    {
        const std::lock_guard lock(mutex);
        speed = shown.speed;
    }
    const double venue = std::min(Seconds(paceNow() - baseReal).count() * speed, 1e9);
    const Instant due = baseVenue + Duration::microseconds(static_cast<std::int64_t>(venue * 1e6));
    const Result<Sequence> goal = readers[0].sequenceAt(due);
    if (!goal) return say(goal.error().message);
    if (*goal > engine.sequence()) moveTo(*goal, PastEngine::Need::Quick);
    const Sequence last = engine.limit().value_or(readers[0].lastSequence());
    const std::lock_guard lock(mutex);
    if (engine.sequence() >= last) shown.playing = false;
}

// Histories that began at a checkpoint are made those of a watch from the beginning.
void PastSession::Impl::refine() {
    if (engine.sequence() == 0 || !engine.canBeWhole()) return;
    moveTo(engine.sequence(), PastEngine::Need::Whole);
}

void PastSession::Impl::moveTo(Sequence goal, PastEngine::Need need) {
    survey->standAside(true);
    const Result<PastEngine::Arrival> arrived =
        engine.moveTo(goal, need, [this] { return !interrupted(); });
    survey->standAside(false);
    if (!arrived) return say(arrived.error().message);
    if (*arrived == PastEngine::Arrival::Interrupted) return;
    say(*arrived == PastEngine::Arrival::Limited
            ? "Nothing after input " + std::to_string(engine.sequence()) +
                  " is shown: " + engine.limitText()
            : std::string());
    photograph();
}

void PastSession::Impl::say(std::string error) {
    const std::lock_guard lock(mutex);
    shown.error = std::move(error);
}

void PastSession::Impl::photograph() {
    if (engine.sequence() == 0) return;
    std::shared_ptr<const view::Snapshot> snapshot = engine.photograph();
    auto scanned = std::make_shared<const view::VenueScan>(view::scan(*snapshot));
    const std::lock_guard lock(mutex);
    shown.sequence = snapshot->sequence;
    shown.time = snapshot->asOf;
    shown.digest = engine.digest();
    shown.whole = engine.isWhole();
    if (!engine.differenceText().empty()) shown.difference = engine.differenceText();
    if (engine.limit() && engine.differenceText().empty()) {
        shown.damaged = true;
        shown.damage = engine.limitText();
    }
    latest = view::Board{std::move(snapshot), std::move(scanned)};
}

// What the survey found bounds what is shown.
void PastSession::Impl::followSurvey() {
    const SurveyStatus found = survey->status();
    if (found.good) {
        const std::string why =
            found.difference.empty() ? found.damage : "computed again, " + found.difference;
        engine.setLimit(*found.good, why);
        if (engine.sequence() > *found.good) moveTo(*found.good, PastEngine::Need::Quick);
    }
    const std::lock_guard lock(mutex);
    if (!found.difference.empty()) shown.difference = found.difference;
    if (!found.damage.empty()) {
        shown.damaged = true;
        shown.damage = found.damage;
    }
}

}  // namespace breakwater::runtime
