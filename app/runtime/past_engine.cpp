#include "app/runtime/past_engine.hpp"

#include <algorithm>
#include <array>

#include "app/runtime/prefetch.hpp"
#include "core/replay/replay.hpp"

namespace breakwater::runtime {
namespace {

// States kept on the way to a goal, so many inputs before it: the steps backward that follow a
// move begin there.
constexpr std::array<Sequence, 3> kBeforeGoal{20'000, 3'000, 300};
constexpr Sequence kAskEvery = 128;
constexpr Sequence kKeptApart = 256;  // a walk of small steps leaves what was kept before it

std::optional<Digest> stateDigestIn(const Step& step, std::size_t index) {
    std::optional<Digest> found;
    std::size_t at = 0;
    forEachEvent(step, [&](Bytes bytes) {
        if (at++ != index) return;
        const Result<Event> event = decodeEvent(bytes);
        if (!event) return;
        if (const auto* digested = std::get_if<StateDigested>(&*event)) found = digested->digest;
    });
    return found;
}

}  // namespace

PastEngine::PastEngine(storage::RecordReader& reader, std::vector<Sequence> checkpoints)
    : m_checkpoints(std::move(checkpoints)) {
    use(reader, [](Sequence) { return nullptr; });
}

Result<PastEngine> PastEngine::open(storage::RecordReader& reader) {
    Result<std::vector<Sequence>> checkpoints = reader.checkpoints();
    if (!checkpoints) return Unexpected(checkpoints.error());
    return PastEngine(reader, std::move(*checkpoints));
}

void PastEngine::use(storage::RecordReader& reader, WatcherAt watcherAt) {
    m_reader = &reader;
    m_watcherAt = std::move(watcherAt);
    m_readerAt = 0;
}

void PastEngine::setLimit(Sequence last, std::string text) {
    if (m_limit && *m_limit <= last) return;
    m_limit = last;
    m_limitText = std::move(text);
    std::erase_if(m_kept, [last](const Kept& kept) { return kept.state.sequence > last; });
}

Sequence PastEngine::costOf(const Start& start, Sequence goal) const {
    return goal - start.sequence + (start.kind == Start::Kind::Checkpoint ? kCheckpointCost : 0) +
           (start.whole ? 0 : kWholeWorth);
}

PastEngine::Start PastEngine::chooseStart(Sequence goal, Need need) const {
    Start best{Start::Kind::Beginning, 0, 0, true, nullptr};
    const auto offer = [&](Start other) {
        if (other.sequence > goal || (need == Need::Whole && !other.whole)) return;
        const Sequence cost = costOf(other, goal), least = costOf(best, goal);
        if (cost < least) best = std::move(other);
    };
    if (m_engine) offer({Start::Kind::Here, 0, sequence(), m_whole, nullptr});
    for (std::size_t i = 0; i < m_kept.size(); ++i)
        offer({Start::Kind::Kept, i, m_kept[i].state.sequence, m_kept[i].whole, nullptr});
    // The nearest checkpoint, and the nearest of which the survey has a watcher.
    bool isNearest = true;
    for (auto at = m_checkpoints.rbegin(); at != m_checkpoints.rend(); ++at) {
        if (*at > goal || (m_limit && *at > *m_limit)) continue;
        std::shared_ptr<const view::Projector> watcher = m_watcherAt(*at);
        const bool whole = watcher != nullptr;
        if (whole || isNearest) offer({Start::Kind::Checkpoint, 0, *at, whole, std::move(watcher)});
        isNearest = false;
        if (whole) break;
    }
    return best;
}

Result<bool> PastEngine::begin(Start start) {
    switch (start.kind) {
        case Start::Kind::Here: return true;
        case Start::Kind::Beginning:
            m_engine = std::make_unique<Engine>();
            m_projector = view::Projector();
            m_whole = true;
            m_watchedFrom = 0;
            m_digest = {};
            return true;
        case Start::Kind::Kept: {
            const Kept& kept = m_kept[start.kept];
            m_engine = std::make_unique<Engine>(kept.state, EngineOptions());
            m_projector = kept.projector.clone();
            m_whole = kept.whole;
            m_watchedFrom = kept.watchedFrom;
            m_digest = kept.digest;
            return true;
        }
        case Start::Kind::Checkpoint: break;
    }
    Result<std::optional<Checkpoint>> checkpoint = m_reader->checkpointBefore(start.sequence);
    if (!checkpoint && checkpoint.error().code != ErrorCode::Corrupt)
        return Unexpected(checkpoint.error());
    std::optional<EngineState> state;
    if (checkpoint && *checkpoint && (*checkpoint)->sequence == start.sequence) {
        Result<EngineState> decoded = EngineState::decode((*checkpoint)->state);
        if (decoded) state = std::move(*decoded);
    }
    if (!state || state->sequence != start.sequence) {
        // The steps are the authority; a checkpoint that is not sound is gone round.
        std::erase(m_checkpoints, start.sequence);
        return false;
    }
    m_digest = {start.sequence, state->digest(), (*checkpoint)->stateDigest};
    m_engine = std::make_unique<Engine>(std::move(*state), EngineOptions());
    m_whole = start.whole;
    m_watchedFrom = start.sequence;
    m_projector = start.watcher ? start.watcher->clone() : view::Projector();
    if (!start.watcher) m_projector.beginAt(m_engine->state());
    return true;
}

Result<PastEngine::Arrival> PastEngine::moveTo(Sequence goal, Need need, const GoOn& goOn) {
    goal = std::min(goal, m_reader->lastSequence());
    for (;;) {
        const bool limited = m_limit && goal > *m_limit;
        const Sequence to = limited ? *m_limit : goal;
        const Result<bool> begun = begin(chooseStart(to, need));
        if (!begun) return Unexpected(begun.error());
        if (!*begun) continue;
        const Result<Arrival> arrived = play(to, goOn);
        if (!arrived) return arrived;
        // A difference was found on the way: the state is already beyond it.
        if (*arrived == Arrival::Limited && m_limit && sequence() > *m_limit) {
            m_engine.reset();
            continue;
        }
        return limited && *arrived == Arrival::There ? Arrival::Limited : *arrived;
    }
}

Result<PastEngine::Arrival> PastEngine::play(Sequence goal, const GoOn& goOn) {
    if (sequence() >= goal) return Arrival::There;
    const Sequence next = sequence() + 1;
    if (m_readerAt != next) {
        const Result<void> sought = m_reader->seek(next);
        if (!sought) {
            if (sought.error().code != ErrorCode::Corrupt) return Unexpected(sought.error());
            setLimit(sequence(), sought.error().message);
            return Arrival::Limited;
        }
        m_readerAt = next;
    }
    if (goal - sequence() < kLongWay) return playFrom(*m_reader, goal, goOn);
    m_readerAt = 0;  // it reads past the goal
    PrefetchSource ahead(*m_reader);
    return playFrom(ahead, goal, goOn);
}

Result<PastEngine::Arrival> PastEngine::playFrom(StepSource& source, Sequence goal,
                                                 const GoOn& goOn) {
    for (Sequence n = 0; sequence() < goal; ++n) {
        if (n % kAskEvery == 0 && !goOn()) return Arrival::Interrupted;
        const Result<bool> more = source.next(m_recorded);
        if (!more && more.error().code != ErrorCode::Corrupt) {
            m_readerAt = 0;
            return Unexpected(more.error());
        }
        if (!more || !*more) {
            m_readerAt = 0;
            setLimit(sequence(), more ? "the record ends before its end" : more.error().message);
            return Arrival::Limited;
        }
        if (m_readerAt != 0) ++m_readerAt;
        const Result<bool> same = apply(m_recorded);
        if (!same) return Unexpected(same.error());
        if (!*same) {
            m_readerAt = 0;
            return Arrival::Limited;
        }
        keepOnTheWay(goal);
    }
    keep();
    return Arrival::There;
}

Result<bool> PastEngine::apply(Step& recorded) {
    Result<InputBody> body = decodeInput(recorded.input());
    if (!body) {
        setLimit(sequence(), "the record differs at input " + std::to_string(recorded.sequence) +
                                 ": " + body.error().message);
        return false;
    }
    const Input input{recorded.sequence, recorded.time, std::move(*body)};
    applyAndEncode(*m_engine, input, m_events, m_again);
    if (!(m_again == recorded)) {
        m_difference = "input " + std::to_string(recorded.sequence) + ": " +
                       describeDifference(recorded, m_again);
        setLimit(recorded.sequence - 1, "computed again, " + m_difference);
        return false;
    }
    for (std::size_t i = 0; i < m_events.size(); ++i) {
        if (const auto* digested = std::get_if<StateDigested>(&m_events[i]))
            m_digest = {input.sequence, digested->digest, stateDigestIn(recorded, i)};
    }
    m_projector.observe(input, m_events, m_engine->state());
    return true;
}

void PastEngine::keepOnTheWay(Sequence goal) {
    const Sequence left = goal - sequence();
    if (std::find(kBeforeGoal.begin(), kBeforeGoal.end(), left) != kBeforeGoal.end()) keep();
}

void PastEngine::keep() {
    const Sequence here = sequence();
    const bool isNear = std::any_of(m_kept.begin(), m_kept.end(), [&](const Kept& kept) {
        return kept.state.sequence <= here && here - kept.state.sequence < kKeptApart &&
               kept.whole == m_whole;
    });
    if (isNear) return;
    m_kept.push_back({m_engine->state(), m_projector.clone(), m_digest, m_whole, m_watchedFrom});
    while (m_kept.size() > kKept)
        m_kept.pop_front();
}

}  // namespace breakwater::runtime
