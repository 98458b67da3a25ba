#include "app/runtime/past_session.hpp"

#include "app/runtime/past_session_impl.hpp"

namespace breakwater::runtime {
namespace {

using Clock = std::chrono::steady_clock;

}  // namespace

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
