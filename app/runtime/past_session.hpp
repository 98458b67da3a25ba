// A record opened to be read: the venue as it stood after any input, shown like a live one. No Qt.
//
// Threads: the session's own moves an engine through the record (past_engine.hpp) and photographs
// it; the survey's passes over the whole record behind it (past_survey.hpp). Callers leave one
// wish, which replaces a waiting one and breaks off a move under way, and read a mailbox.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "app/runtime/past_engine.hpp"
#include "core/view/record_lanes.hpp"
#include "core/view/snapshot.hpp"
#include "storage/record_reader.hpp"

namespace breakwater::runtime {

struct PastOptions {
    std::optional<Instant> at;  // where to begin; absent: the record's end
    double speed = 1;           // of playing: venue seconds per second
    // What pacing calls now; empty: the steady clock. Tests pass their own.
    std::function<std::chrono::steady_clock::time_point()> clock;
};

struct PastSessionStatus {
    std::string path;
    storage::RecordMeta meta;
    storage::RecordState state = storage::RecordState::Open;  // how the record ended
    bool wasBeingWritten = false;  // by another: this is a photograph of it
    std::uint64_t sizeBytes = 0;
    Instant from, to;
    Sequence lastSequence = 0;
    Sequence sequence = 0;  // shown
    Instant time;
    bool busy = false;
    bool playing = false;
    double speed = 1;
    DigestCheck digest;
    // Histories, timeline and alarms are those of a watch from the record's beginning; while the
    // survey has not come so far they begin at the checkpoint before.
    bool whole = false;
    double surveyed = 0;  // share of the inputs the survey has computed again
    std::string difference;
    double verified = 0;
    std::string verdict;
    bool damaged = false;
    std::string damage;     // what is not as it was written, one sentence
    std::string error;      // why the last wish could not be done, one sentence
    double moveMillis = 0;  // the last move, from the wish to its board
};

class PastSession {
public:
    // Refused with one sentence: missing, empty, cut short, not a record, of a later version.
    static Result<std::unique_ptr<PastSession>> open(const std::filesystem::path& path,
                                                     const PastOptions& options);
    ~PastSession();
    PastSession(const PastSession&) = delete;
    PastSession& operator=(const PastSession&) = delete;

    view::Board board() const;
    PastSessionStatus status() const;
    std::shared_ptr<const view::RecordLanes> lanes() const;
    // Snapshot of all accounts by name; null before the first.
    std::shared_ptr<const view::Snapshot> names() const;

    void seek(Instant time);         // after the last input at or before it
    void seekTo(Sequence sequence);  // after that input
    // By so many inputs that gave an event other than a price or a digest.
    void stepEvent(int count);
    void stepSecond();  // pauses first
    void setPlaying(bool playing);
    void setSpeed(double factor);

    // A reader of the same photograph, for one other thread; once.
    storage::RecordReader takeReader();

private:
    struct Impl;
    explicit PastSession(std::unique_ptr<Impl> impl);

    std::unique_ptr<Impl> m_impl;
};

}  // namespace breakwater::runtime
