#include "app/runtime/past_survey.hpp"

#include <algorithm>
#include <chrono>

#include "app/runtime/prefetch.hpp"
#include "storage/verify.hpp"

namespace breakwater::runtime {
namespace {

using Clock = std::chrono::steady_clock;

constexpr Sequence kLookEvery = 256;    // inputs between two looks at who waits
constexpr std::size_t kWatchers = 128;  // kept at most; of more checkpoints every second, ...
constexpr std::chrono::milliseconds kLanesEvery{250};

}  // namespace

PastSurvey::PastSurvey(storage::RecordReader reader, Instant from, std::function<void()> changed)
    : m_reader(std::move(reader)),
      m_changed(std::move(changed)),
      m_lanesBuilder(from, m_reader.tail().lastTime),
      m_lanes(m_lanesBuilder.lanes()) {
    m_thread = std::thread([this] { run(); });
}

PastSurvey::~PastSurvey() {
    m_stopping = true;
    m_wake.notify_all();
    m_thread.join();
}

std::shared_ptr<const view::Projector> PastSurvey::watcherAt(Sequence checkpoint) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_watchers.find(checkpoint);
    return found == m_watchers.end() ? nullptr : found->second;
}

std::shared_ptr<const view::RecordLanes> PastSurvey::lanes() const {
    const std::lock_guard lock(m_mutex);
    return m_lanes;
}

std::shared_ptr<const view::Snapshot> PastSurvey::names() const {
    const std::lock_guard lock(m_mutex);
    return m_names;
}

SurveyStatus PastSurvey::status() const {
    const std::lock_guard lock(m_mutex);
    return m_status;
}

void PastSurvey::standAside(bool aside) {
    m_aside = aside;
    if (!aside) m_wake.notify_all();
}

bool PastSurvey::waitsNoMore() {
    while (m_aside && !m_stopping) {
        std::unique_lock lock(m_mutex);
        m_wake.wait_for(lock, std::chrono::milliseconds(50));
    }
    return !m_stopping;
}

void PastSurvey::run() {
    if (!waitsNoMore()) return;
    nameFromLastCheckpoint();
    watch();
    if (!m_stopping) check();
}

// Names are wanted before the pass is through; a checkpoint that is not sound gives none.
bool PastSurvey::nameFromLastCheckpoint() {
    Result<std::vector<Sequence>> checkpoints = m_reader.checkpoints();
    if (checkpoints) m_checkpoints = std::move(*checkpoints);
    Result<std::optional<Checkpoint>> last = m_reader.checkpointBefore(m_reader.lastSequence());
    if (!last || !*last) return false;
    Result<EngineState> state = EngineState::decode((*last)->state);
    if (!state) return false;
    Engine engine(std::move(*state), EngineOptions());
    view::Projector projector;
    projector.beginAt(engine.state());
    const std::lock_guard lock(m_mutex);
    m_names = projector.project(engine);
    return true;
}

void PastSurvey::watch() {
    // Evenly thinned where there are very many.
    const std::size_t every = m_checkpoints.size() / kWatchers + 1;
    auto next = m_checkpoints.begin();
    m_projector.listen();
    Result<void> sought = m_reader.seek(1);
    if (!sought) return finishWatch(sought.error().message, {});
    PrefetchSource ahead(m_reader);
    Step recorded;
    auto shown = Clock::now();
    for (Sequence n = 0;; ++n) {
        if (n % kLookEvery == 0) {
            if (!waitsNoMore()) return;
            if (Clock::now() - shown >= kLanesEvery) {
                shown = Clock::now();
                publishLanes();
            }
        }
        const Result<bool> more = ahead.next(recorded);
        if (!more) return finishWatch(more.error().message, {});
        if (!*more) break;
        if (!observe(recorded)) return;
        while (next != m_checkpoints.end() && *next < recorded.sequence)
            ++next;
        if (next == m_checkpoints.end() || *next != recorded.sequence) continue;
        const auto place = static_cast<std::size_t>(next - m_checkpoints.begin());
        if (place % every != 0) continue;
        auto watcher = std::make_shared<const view::Projector>(m_projector.clone());
        {
            const std::lock_guard lock(m_mutex);
            m_watchers.emplace(recorded.sequence, std::move(watcher));
            m_status.watched = recorded.sequence;
        }
        m_changed();
    }
    finishWatch({}, {});
}

bool PastSurvey::observe(Step& recorded) {
    Result<InputBody> body = decodeInput(recorded.input());
    if (!body) {
        finishWatch("the record differs at input " + std::to_string(recorded.sequence) + ": " +
                        body.error().message,
                    {});
        return false;
    }
    const Input input{recorded.sequence, recorded.time, std::move(*body)};
    applyAndEncode(m_engine, input, m_events, m_again);
    if (!(m_again == recorded)) {
        m_engine = Engine();  // it has gone beyond what the record vouches for
        const std::string how = "input " + std::to_string(recorded.sequence) + ": " +
                                describeDifference(recorded, m_again);
        {
            const std::lock_guard lock(m_mutex);
            m_status.good = recorded.sequence - 1;
        }
        finishWatch({}, how);
        return false;
    }
    m_projector.observe(input, m_events, m_engine.state());
    m_lanesBuilder.observe(input, m_events, m_engine.state(), &view::openInterestOf);
    for (const view::TimelineEntry& raised : m_projector.takeRaised())
        m_lanesBuilder.addAlarm(raised);
    return true;
}

void PastSurvey::publishLanes() {
    std::shared_ptr<const view::RecordLanes> lanes = m_lanesBuilder.lanes();
    const std::lock_guard lock(m_mutex);
    m_lanes = std::move(lanes);
    m_status.watched = std::max(m_status.watched, m_engine.state().sequence);
}

void PastSurvey::finishWatch(std::string damage, std::string difference) {
    publishLanes();
    {
        const std::lock_guard lock(m_mutex);
        const bool whole = damage.empty() && difference.empty();
        if (whole) {
            m_names = m_projector.project(m_engine);
        } else if (!m_status.good) {
            m_status.good = m_engine.state().sequence;
        }
        m_status.watchedAll = whole;
        m_status.damage = std::move(damage);
        m_status.difference = std::move(difference);
    }
    // Its account chunks need not live on.
    m_engine = Engine();
    m_projector = view::Projector();
    m_changed();
}

void PastSurvey::check() {
    const storage::Verification answer = storage::verify(m_reader, [this](double share) {
        {
            const std::lock_guard lock(m_mutex);
            m_status.verified = share;
        }
        return waitsNoMore();
    });
    if (m_stopping) return;
    {
        const std::lock_guard lock(m_mutex);
        m_status.verified = 1;
        switch (answer.verdict) {
            case storage::Verdict::Intact: m_status.verdict = "intact"; break;
            case storage::Verdict::IntactWithoutClose:
                m_status.verdict = "intact, without its end";
                break;
            case storage::Verdict::Differs:
            case storage::Verdict::Unreadable:
                m_status.verdict = "damaged";
                if (m_status.damage.empty()) m_status.damage = answer.why;
                break;
        }
    }
    m_changed();
}

}  // namespace breakwater::runtime
