// The recorder's insides, shared by its two files. Internal.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "storage/opened_record.hpp"
#include "storage/recorder.hpp"

namespace breakwater::storage {

using RecorderClock = std::chrono::steady_clock;

struct RecorderSlot {
    Step step;
    std::unique_ptr<Checkpoint> checkpoint;  // in its place
    Urgency urgency = Urgency::Group;
    std::uint64_t storedAtMost = 0;

    std::size_t bytes() const { return checkpoint ? checkpoint->state.size() : step.bytes.size(); }
};

// The queue is a ring. A producer fills the slot behind the last under the mutex; the storage
// thread works on the slots from `head` on without it, because nobody else touches a filled slot.
struct Recorder::Impl final : EventLog {
    Impl(RecordWriter w, const RecorderOptions& o, std::atomic<Sequence>& d);

    // Producers, under the lock.
    Result<void> waitForRoom(std::size_t size, std::unique_lock<std::mutex>& lock);
    bool fits(std::uint64_t more) const {
        return usableBytes == 0 || committedSize + promisedSize + more <= usableBytes;
    }
    Result<bool> admit(std::size_t size, std::uint64_t storedAtMost,
                       std::unique_lock<std::mutex>& lock);
    RecorderSlot& takeSlot(std::size_t size, std::uint64_t storedAtMost);
    void wantFlush();
    bool recording() const { return state == RecorderState::Recording; }

    // EventLog: any thread, one after the other.
    Result<EventSlice> search(const EventSearch& search) override;
    Result<Step> stepAt(Sequence sequence) override;
    Result<Sequence> sequenceAt(Instant time) override;
    Result<RecordTail> end() override;
    Result<void> read(const std::function<void(OpenedRecord&)>& look);

    // The storage thread.
    void run();
    void serveReader();
    void waitForWork(std::unique_lock<std::mutex>& lock);
    void record(const RecorderSlot& slot);
    void commitAndPublish(bool markFull);
    void giveUp(const Error& why);
    void release(std::size_t slotCount, std::size_t slotBytes);
    void finish();

    const RecorderOptions options;
    std::atomic<Sequence>& durable;

    // Of the storage thread alone, once it runs:
    RecordWriter writer;
    std::optional<RecorderClock::time_point> groupEnds;  // set while rows are uncommitted
    std::uint64_t groupSize = 0;   // storedAtMost of what was taken since the last commit
    std::uint64_t takenTotal = 0;  // slots ever taken
    bool writerFailed = false;

    const std::uint64_t usableBytes;
    mutable std::mutex mutex;
    mutable std::condition_variable work;      // for the storage thread
    mutable std::condition_variable progress;  // for everybody else
    // Guarded by the mutex:
    std::vector<RecorderSlot> slots;  // the vector; a filled slot belongs to the storage thread
    std::size_t head = 0;
    std::size_t count = 0;
    std::size_t bytes = 0;
    int producersWaiting = 0;
    const std::function<void(OpenedRecord&)>* reading = nullptr;  // what a reader wants done
    std::optional<Result<void>> readAnswer;
    bool closeWanted = false;
    bool markFullWanted = false;
    bool ended = false;
    bool joined = false;
    RecorderState state = RecorderState::Recording;
    std::optional<Error> error;
    std::optional<Error> closeError;
    std::optional<Error> checkpointError;
    Sequence accepted = 0;
    Instant acceptedTime;
    std::uint64_t putTotal = 0;    // slots ever filled
    std::uint64_t flushTotal = 0;  // commit once so many are taken
    std::uint64_t committedTotal = 0;
    std::uint64_t committedSize = 0;
    std::uint64_t promisedSize = 0;  // storedAtMost of what is accepted and not yet committed
    Growth growth;

    std::mutex readers;  // held by the one whose turn it is, around the other
    std::thread thread;
};

}  // namespace breakwater::storage
