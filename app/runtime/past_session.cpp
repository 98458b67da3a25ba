#include "app/runtime/past_session.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "app/runtime/past_survey.hpp"

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

}  // namespace

struct PastSession::Impl {
    struct Wish {
        std::optional<Instant> time;
        std::optional<Sequence> sequence;
        int steps = 0;
        bool second = false;
        Clock::time_point since;
    };

    Impl(std::filesystem::path path, std::vector<storage::RecordReader> readers, PastEngine engine,
         const PastOptions& options, Instant from);

    void wish(const Wish& next);
    Clock::time_point paceNow() const { return options.clock ? options.clock() : Clock::now(); }

    // The session's thread.
    void run();
    bool waitForWork();
    void grant(const Wish& wish);
    void playOn();
    void refine();
    Result<Sequence> goalOf(const Wish& wish);
    void step(int steps);
    Result<std::optional<Sequence>> stepGoal(int steps);
    // The survey stands aside meanwhile; a new wish breaks it off.
    void moveTo(Sequence goal, PastEngine::Need need);
    void photograph();
    void followSurvey();
    void say(std::string error);
    bool interrupted() const { return wishes != granted || stopping; }

    const std::filesystem::path path;
    const PastOptions options;
    std::vector<storage::RecordReader> readers;  // 0: this thread's; 1: the survey's, moved out; 2
    PastEngine engine;
    const std::vector<std::size_t> stepKinds = kindsOfStep();

    mutable std::mutex mutex;  // guards everything down to the blank line
    std::condition_variable wake;
    std::optional<Wish> waiting;
    PastSessionStatus shown;
    view::Board latest;
    bool paceChanged = true;
    bool surveyChanged = false;

    std::atomic<std::uint64_t> wishes{0};
    std::uint64_t granted = 0;  // session's thread: of the wish it works on
    std::atomic<bool> stopping{false};
    Instant baseVenue;
    Clock::time_point baseReal;

    std::unique_ptr<PastSurvey> survey;
    std::thread thread;
};

PastSession::Impl::Impl(std::filesystem::path file, std::vector<storage::RecordReader> all,
                        PastEngine moved, const PastOptions& chosen, Instant from)
    : path(std::move(file)), options(chosen), readers(std::move(all)), engine(std::move(moved)) {
    const storage::RecordReader& reader = readers[0];
    shown.path = path.string();
    shown.meta = reader.meta();
    shown.state = reader.tail().state;
    shown.wasBeingWritten = reader.wasBeingWritten();
    shown.sizeBytes = reader.sizeBytes();
    shown.from = from;
    shown.to = reader.tail().lastTime;
    shown.lastSequence = reader.lastSequence();
    shown.speed = options.speed;
    if (reader.lostCommits() > 0) {
        shown.damaged = true;
        shown.damage = "its write-ahead log is damaged: at least " +
                       std::to_string(reader.lostCommits()) +
                       " commits after the end cannot be read";
    }
}

Result<std::unique_ptr<PastSession>> PastSession::open(const std::filesystem::path& path,
                                                       const PastOptions& options) {
    Result<std::vector<storage::RecordReader>> readers = storage::RecordReader::open(path, 3);
    if (!readers) return Unexpected(readers.error());
    storage::RecordReader& first = readers->front();
    if (first.lastSequence() == 0) {
        return fail(ErrorCode::Refused,
                    path.string() + " holds no input: there is nothing to show");
    }
    const Result<Step> beginning = first.stepAt(1);
    if (!beginning) return Unexpected(beginning.error());
    const Instant from = beginning->time;
    if (options.at && (*options.at < from || *options.at > first.tail().lastTime)) {
        return fail(ErrorCode::OutOfRange, options.at->toString() + " is outside the record (" +
                                               from.toString() + " to " +
                                               first.tail().lastTime.toString() + ")");
    }
    // The engine's reader moves with the vector: it is addressed once it has come to rest.
    Result<PastEngine> engine = PastEngine::open(first);
    if (!engine) return Unexpected(engine.error());
    auto impl =
        std::make_unique<Impl>(path, std::move(*readers), std::move(*engine), options, from);
    Impl& i = *impl;
    i.survey = std::make_unique<PastSurvey>(std::move(i.readers[1]), from, [&i] {
        const std::lock_guard lock(i.mutex);
        i.surveyChanged = true;
        i.wake.notify_all();
    });
    i.engine.use(i.readers[0], [survey = i.survey.get()](Sequence checkpoint) {
        return survey->watcherAt(checkpoint);
    });
    Impl::Wish wish;
    wish.time = options.at.value_or(i.shown.to);
    if (!options.at) wish.sequence = i.shown.lastSequence;
    i.wish(wish);
    i.thread = std::thread([&i] { i.run(); });
    return std::unique_ptr<PastSession>(new PastSession(std::move(impl)));
}

PastSession::PastSession(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}

PastSession::~PastSession() {
    {
        const std::lock_guard lock(m_impl->mutex);
        m_impl->stopping = true;
        m_impl->wake.notify_all();
    }
    m_impl->thread.join();
    m_impl->survey.reset();
}

void PastSession::Impl::wish(const Wish& next) {
    const std::lock_guard lock(mutex);
    shown.busy = true;
    wake.notify_all();
    // Steps add up and wait for what is under way; whatever else is wished replaces and breaks off.
    if (next.steps != 0 && waiting) {
        waiting->steps += next.steps;
        return;
    }
    waiting = next;
    waiting->since = Clock::now();
    if (next.steps == 0) ++wishes;
}

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
    search.kinds = stepKinds;
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

view::Board PastSession::board() const {
    const std::lock_guard lock(m_impl->mutex);
    return m_impl->latest;
}

PastSessionStatus PastSession::status() const {
    const SurveyStatus survey = m_impl->survey->status();
    const std::lock_guard lock(m_impl->mutex);
    PastSessionStatus status = m_impl->shown;
    status.surveyed = survey.watchedAll ? 1
                                        : static_cast<double>(survey.watched) /
                                              static_cast<double>(status.lastSequence);
    status.verified = survey.verified;
    status.verdict = survey.verdict;
    return status;
}

std::shared_ptr<const view::RecordLanes> PastSession::lanes() const {
    return m_impl->survey->lanes();
}
std::shared_ptr<const view::Snapshot> PastSession::names() const {
    std::shared_ptr<const view::Snapshot> names = m_impl->survey->names();
    return names != nullptr ? names : board().snapshot;
}

void PastSession::seek(Instant time) {
    Impl::Wish wish;
    wish.time = time;
    m_impl->wish(wish);
}
void PastSession::seekTo(Sequence sequence) {
    Impl::Wish wish;
    wish.sequence = sequence;
    m_impl->wish(wish);
}
void PastSession::stepEvent(int count) {
    if (count == 0) return;
    Impl::Wish wish;
    wish.steps = count;
    m_impl->wish(wish);
}
void PastSession::stepSecond() {
    setPlaying(false);
    Impl::Wish wish;
    wish.second = true;
    m_impl->wish(wish);
}
void PastSession::setPlaying(bool playing) {
    const std::lock_guard lock(m_impl->mutex);
    m_impl->shown.playing = playing;
    m_impl->paceChanged = true;
    m_impl->wake.notify_all();
}
void PastSession::setSpeed(double factor) {
    BW_ASSERT(factor > 0 && factor <= 1e6);
    const std::lock_guard lock(m_impl->mutex);
    m_impl->shown.speed = factor;
    m_impl->paceChanged = true;
    m_impl->wake.notify_all();
}

storage::RecordReader PastSession::takeReader() { return std::move(m_impl->readers[2]); }

}  // namespace breakwater::runtime
