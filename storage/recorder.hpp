// The writer on a thread of its own, behind a bounded queue.
//
// Group commit: a commit ends with the first of groupTime since its oldest row, groupRows rows, a
// step submitted with Urgency::Now, or flush(). Queue full: the producer waits; nothing is ever
// dropped. A step that submit() accepted is recorded unless the disk fails; the size limit is
// kept at submit(), so that Full refuses before the caller has let go of anything.
#pragma once

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>

#include "storage/event_log.hpp"
#include "storage/record_writer.hpp"

namespace breakwater::storage {

struct RecorderOptions {
    std::size_t queueSteps = 8192;
    std::size_t queueBytes = std::size_t{64} << 20;  // one step may pass it when the queue is empty
    std::chrono::milliseconds groupTime{50};
};

enum class Urgency { Group, Now };  // Now: an officer's command; its commit does not wait

enum class RecorderState {
    Recording,
    Full,    // at the size limit; everything accepted is recorded or about to be
    Failed,  // the disk; steps above durableSequence() are not recorded
    Closed,
};

struct RecorderStatus {
    RecorderState state = RecorderState::Recording;
    std::optional<Error> error;            // why Full or Failed
    std::optional<Error> checkpointError;  // of the last checkpoint that could not be kept
    Sequence accepted = 0;                 // last step that submit() took
    Sequence durable = 0;
    std::size_t queued = 0;
    Growth growth;  // as of the last commit
};

class Recorder {
public:
    explicit Recorder(RecordWriter writer, const RecorderOptions& options = {});
    ~Recorder();  // as close(), its error unread
    Recorder(const Recorder&) = delete;
    Recorder& operator=(const Recorder&) = delete;

    // Takes the step's content and leaves an empty step with used buffers, so that a steady flow
    // allocates nothing. On an error the step is untouched. Any thread, steps in order.
    Result<void> submit(Step& step, Urgency urgency = Urgency::Group);
    // A checkpoint is a shortcut for a later replay: one that cannot be kept (Full here, or
    // checkpointError in the status) stops nothing.
    Result<void> submitCheckpoint(Checkpoint checkpoint);

    // Last step that is on the disk.
    Sequence durableSequence() const { return m_durable.load(std::memory_order_acquire); }
    // True once `sequence` is durable; false after the timeout or when it never will be.
    bool waitDurable(Sequence sequence, std::chrono::milliseconds timeout) const;
    RecorderStatus status() const;

    // What is durable, read by the storage thread between two commits; a search there is as short
    // as a slice. Any thread. Refused once the record is closed: a RecordReader reads it then.
    EventLog& log();

    Result<void> flush();  // everything accepted before is durable
    // Drains, writes the end, leaves one file. Later calls return the first one's answer.
    Result<void> close();

private:
    struct Impl;

    std::atomic<Sequence> m_durable{0};
    std::unique_ptr<Impl> m_impl;
};

}  // namespace breakwater::storage
