// The pass over a whole record while a person already looks at it: every input computed again and
// compared, a projector kept at each checkpoint, the lanes filled; then every row held against
// the chain and the tables against each other (verify). One thread of its own; it stands aside
// while somebody waits for a move.
#pragma once

#include <atomic>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "core/replay/replay.hpp"
#include "core/view/projector.hpp"
#include "core/view/record_lanes.hpp"
#include "storage/record_reader.hpp"

namespace breakwater::runtime {

struct SurveyStatus {
    Sequence watched = 0;  // computed again and found equal, up to here
    bool watchedAll = false;
    double verified = 0;     // share of the check against the chain
    std::string verdict;     // of verify, once it is done: "intact"
    std::string damage;      // what is not as it was written, one sentence
    std::string difference;  // the first event that is computed otherwise
    // The last input before the first damage or difference the pass met.
    std::optional<Sequence> good;
};

class PastSurvey {
public:
    // `changed` is called on the survey's thread when a watcher or an answer has come.
    PastSurvey(storage::RecordReader reader, Instant from, std::function<void()> changed);
    ~PastSurvey();
    PastSurvey(const PastSurvey&) = delete;
    PastSurvey& operator=(const PastSurvey&) = delete;

    std::shared_ptr<const view::Projector> watcherAt(Sequence checkpoint) const;
    std::shared_ptr<const view::RecordLanes> lanes() const;
    // All accounts and markets by name: of the record's end once the pass has come there, before
    // that of its last checkpoint. Null before the first.
    std::shared_ptr<const view::Snapshot> names() const;
    SurveyStatus status() const;
    void standAside(bool aside);

private:
    void run();
    bool nameFromLastCheckpoint();
    void watch();
    bool observe(Step& recorded);
    void check();
    bool waitsNoMore();  // stands aside as long as it must; false: the end
    void publishLanes();
    void finishWatch(std::string damage, std::string difference);

    storage::RecordReader m_reader;
    std::function<void()> m_changed;
    Engine m_engine;
    view::Projector m_projector;
    view::LanesBuilder m_lanesBuilder;
    std::vector<Sequence> m_checkpoints;
    std::vector<Event> m_events;
    Step m_again;

    mutable std::mutex m_mutex;  // guards everything down to the blank line
    std::condition_variable m_wake;
    std::map<Sequence, std::shared_ptr<const view::Projector>> m_watchers;
    std::shared_ptr<const view::RecordLanes> m_lanes;
    std::shared_ptr<const view::Snapshot> m_names;
    SurveyStatus m_status;

    std::atomic<bool> m_aside{true};  // until the first board is there
    std::atomic<bool> m_stopping{false};
    std::thread m_thread;
};

}  // namespace breakwater::runtime
