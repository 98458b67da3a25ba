// An engine that is moved about in a record: to the state after any input, every event on the way
// computed again and compared with the recorded one. One thread.
//
// A move begins at the nearest state known before the goal: where the engine stands, one kept in
// memory from an earlier move, or a checkpoint of the record. The board's histories and alarms
// need a projector that has watched from the beginning; a survey (past_survey.hpp) gives one for
// each checkpoint it has passed. A move that finds none shows the state exactly and says that its
// histories begin at the checkpoint.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/view/projector.hpp"
#include "storage/record_reader.hpp"

namespace breakwater::runtime {

// The digest of the whole state where the record keeps one, and ours of the same input.
struct DigestCheck {
    Sequence at = 0;
    Digest computed;
    std::optional<Digest> recorded;
};

class PastEngine {
public:
    // What a survey knows: the projector as it was after the checkpoint's input; null as long as
    // it has not come there.
    using WatcherAt = std::function<std::shared_ptr<const view::Projector>(Sequence checkpoint)>;
    // Asked every few inputs; false leaves the move where it is.
    using GoOn = std::function<bool()>;

    static Result<PastEngine> open(storage::RecordReader& reader);
    // `reader` outlives the engine from now on and stays where it is.
    void use(storage::RecordReader& reader, WatcherAt watcherAt);

    enum class Arrival {
        There,
        Interrupted,  // at a whole input on the way
        Limited,      // at the last good input: what lies behind it is damaged or differs
    };
    // Quick: whichever start is the nearest; Whole: one with whole histories, however far.
    enum class Need { Quick, Whole };
    Result<Arrival> moveTo(Sequence goal, Need need, const GoOn& goOn);

    Sequence sequence() const { return m_engine ? m_engine->state().sequence : 0; }
    Instant time() const { return m_engine ? m_engine->state().time : Instant(); }
    // Histories and alarms are those of a watch from the record's beginning.
    bool isWhole() const { return m_whole; }
    // The survey has come far enough to make them so.
    bool canBeWhole() const {
        return !m_whole && m_engine && m_watcherAt(m_watchedFrom) != nullptr;
    }
    const DigestCheck& digest() const { return m_digest; }
    // Nothing beyond this input is shown; absent while all is well.
    std::optional<Sequence> limit() const { return m_limit; }
    const std::string& limitText() const { return m_limitText; }        // one sentence
    const std::string& differenceText() const { return m_difference; }  // of the engine's events
    void setLimit(Sequence last, std::string text);

    std::shared_ptr<const view::Snapshot> photograph() { return m_projector.project(*m_engine); }

private:
    struct Kept {  // a state in memory; its account chunks are shared until the engine writes them
        EngineState state;
        view::Projector projector;
        DigestCheck digest;
        bool whole = false;
        Sequence watchedFrom = 0;
    };
    struct Start {
        enum class Kind { Here, Kept, Checkpoint, Beginning } kind = Kind::Here;
        std::size_t kept = 0;
        Sequence sequence = 0;
        bool whole = false;
        std::shared_ptr<const view::Projector> watcher;  // of a checkpoint
    };
    static constexpr std::size_t kKept = 6;
    static constexpr Sequence kCheckpointCost = 20'000;  // inputs computed while one is loaded
    static constexpr Sequence kWholeWorth = 60'000;      // inputs more for whole histories
    static constexpr Sequence kLongWay = 4'000;  // from here on reading ahead pays for its thread

    PastEngine(storage::RecordReader& reader, std::vector<Sequence> checkpoints);

    Start chooseStart(Sequence goal, Need need) const;
    Sequence costOf(const Start& start, Sequence goal) const;
    Result<bool> begin(Start start);  // false: the checkpoint is damaged, choose again
    Result<Arrival> play(Sequence goal, const GoOn& goOn);
    Result<Arrival> playFrom(StepSource& source, Sequence goal, const GoOn& goOn);
    // False at the first difference, which becomes the limit.
    Result<bool> apply(Step& recorded);
    void keep();
    void keepOnTheWay(Sequence goal);

    storage::RecordReader* m_reader;
    WatcherAt m_watcherAt;
    std::vector<Sequence> m_checkpoints;
    std::unique_ptr<Engine> m_engine;
    view::Projector m_projector;
    bool m_whole = false;
    Sequence m_watchedFrom = 0;
    DigestCheck m_digest;
    std::deque<Kept> m_kept;  // oldest first
    Sequence m_readerAt = 0;  // next() gives this one; 0: unknown
    std::optional<Sequence> m_limit;
    std::string m_limitText, m_difference;
    std::vector<Event> m_events;
    Step m_recorded, m_again;
};

}  // namespace breakwater::runtime
