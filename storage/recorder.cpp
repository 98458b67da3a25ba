#include "storage/recorder.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "core/base/assert.hpp"
#include "storage/event_search.hpp"

namespace breakwater::storage {
namespace {

using Clock = std::chrono::steady_clock;

// Steps taken from the queue between two looks at it.
constexpr std::size_t kBatch = 64;
// A buffer that one enormous step has grown is not kept for the small ones.
constexpr std::size_t kKeptCapacity = std::size_t{1} << 20;

struct Slot {
    Step step;
    std::unique_ptr<Checkpoint> checkpoint;  // in its place
    Urgency urgency = Urgency::Group;
    std::uint64_t storedAtMost = 0;

    std::size_t bytes() const { return checkpoint ? checkpoint->state.size() : step.bytes.size(); }
};

}  // namespace

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
    Slot& takeSlot(std::size_t size, std::uint64_t storedAtMost);
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
    void record(const Slot& slot);
    void commitAndPublish(bool markFull);
    void giveUp(const Error& why);
    void release(std::size_t slotCount, std::size_t slotBytes);
    void finish();

    const RecorderOptions options;
    std::atomic<Sequence>& durable;

    // Of the storage thread alone, once it runs:
    RecordWriter writer;
    std::optional<Clock::time_point> groupEnds;  // set while rows are uncommitted
    std::uint64_t groupSize = 0;   // storedAtMost of what was taken since the last commit
    std::uint64_t takenTotal = 0;  // slots ever taken
    bool writerFailed = false;

    const std::uint64_t usableBytes;
    mutable std::mutex mutex;
    mutable std::condition_variable work;      // for the storage thread
    mutable std::condition_variable progress;  // for everybody else
    // Guarded by the mutex:
    std::vector<Slot> slots;  // the vector; a filled slot belongs to the storage thread
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

Recorder::Impl::Impl(RecordWriter w, const RecorderOptions& o, std::atomic<Sequence>& d)
    : options(o),
      durable(d),
      writer(std::move(w)),
      usableBytes(writer.usableBytes()),
      slots(o.queueSteps) {
    BW_ASSERT(options.queueSteps > 0);
    accepted = writer.lastSequence();
    acceptedTime = writer.tail().lastTime;
    committedSize = writer.sizeBytes();
    growth = writer.growth();
    durable.store(writer.durableSequence(), std::memory_order_release);
}

Result<void> Recorder::Impl::waitForRoom(std::size_t size, std::unique_lock<std::mutex>& lock) {
    ++producersWaiting;
    progress.wait(lock, [&] {
        return !recording() || closeWanted ||
               (count < slots.size() && (count == 0 || bytes + size <= options.queueBytes));
    });
    --producersWaiting;
    if (error) return Unexpected(*error);
    if (closeWanted) return fail(ErrorCode::Refused, "the record is being closed");
    return {};
}

// True: there is a slot and room below the size limit. What is on its way counts by an upper
// estimate; near the limit it is written and measured before anything is refused.
Result<bool> Recorder::Impl::admit(std::size_t size, std::uint64_t storedAtMost,
                                   std::unique_lock<std::mutex>& lock) {
    for (;;) {
        const Result<void> room = waitForRoom(size, lock);
        if (!room) return Unexpected(room.error());
        if (fits(storedAtMost)) return true;
        if (promisedSize == 0) return false;
        wantFlush();
        progress.wait(lock, [&] { return fits(storedAtMost) || promisedSize == 0 || error; });
    }
}

Slot& Recorder::Impl::takeSlot(std::size_t size, std::uint64_t storedAtMost) {
    Slot& slot = slots[(head + count) % slots.size()];
    ++count;
    ++putTotal;
    bytes += size;
    promisedSize += storedAtMost;
    slot.storedAtMost = storedAtMost;
    // The storage thread sleeps only on an empty queue or until its group ends.
    if (count == 1) work.notify_one();
    return slot;
}

void Recorder::Impl::wantFlush() {
    flushTotal = std::max(flushTotal, putTotal);
    work.notify_one();
}

void Recorder::Impl::run() {
    std::unique_lock lock(mutex);
    for (;;) {
        waitForWork(lock);
        const std::size_t batch = std::min(count, kBatch);
        if (batch == 0 && closeWanted) break;
        const std::size_t first = head;
        const std::uint64_t flushAt = flushTotal > committedTotal ? flushTotal : 0;
        lock.unlock();
        std::size_t size = 0;
        bool commitNow = false;
        for (std::size_t i = 0; i < batch; ++i) {
            Slot& slot = slots[(first + i) % slots.size()];
            size += slot.bytes();
            commitNow = commitNow || slot.urgency == Urgency::Now;
            record(slot);
            slot.checkpoint.reset();
            slot.step.clear();
            if (slot.step.bytes.capacity() > kKeptCapacity) slot.step = Step();
        }
        // The slots are free before the commit: producers go on while the disk is waited for.
        lock.lock();
        release(batch, size);
        const bool flush = flushAt != 0 && takenTotal >= flushAt;
        if (markFullWanted && count == 0) {
            lock.unlock();
            commitAndPublish(true);
            lock.lock();
            markFullWanted = false;
            progress.notify_all();
        } else if (commitNow || flush || reading != nullptr ||
                   (groupEnds && Clock::now() >= *groupEnds)) {
            lock.unlock();
            commitAndPublish(false);
            lock.lock();
        }
        if (reading != nullptr) {
            lock.unlock();
            serveReader();
            lock.lock();
        }
    }
    lock.unlock();
    finish();
}

void Recorder::Impl::waitForWork(std::unique_lock<std::mutex>& lock) {
    const auto ready = [this] {
        return count > 0 || closeWanted || markFullWanted || reading != nullptr ||
               flushTotal > committedTotal;
    };
    if (groupEnds) {
        work.wait_until(lock, *groupEnds, ready);
    } else {
        work.wait(lock, ready);
    }
}

void Recorder::Impl::record(const Slot& slot) {
    ++takenTotal;
    groupSize += slot.storedAtMost;
    if (writerFailed) return;
    if (slot.checkpoint) {
        const Result<void> kept = writer.appendCheckpoint(*slot.checkpoint);
        if (!kept && kept.error().code == ErrorCode::Io) return giveUp(kept.error());
        if (!kept) {
            const std::lock_guard lock(mutex);
            checkpointError = kept.error();
        }
    } else {
        const Result<void> appended = writer.append(slot.step);
        if (!appended) return giveUp(appended.error());
    }
    if (!groupEnds) groupEnds = Clock::now() + options.groupTime;
    if (writer.uncommittedRows() == 0) commitAndPublish(false);  // the writer's group was full
}

void Recorder::Impl::commitAndPublish(bool markFull) {
    if (!writerFailed) {
        const Result<void> done = markFull ? writer.markFull() : writer.commit();
        if (!done) giveUp(done.error());
    }
    groupEnds.reset();
    const Growth measured = writer.growth();
    const std::lock_guard lock(mutex);
    durable.store(writer.durableSequence(), std::memory_order_release);
    committedTotal = takenTotal;
    committedSize = writer.sizeBytes();
    promisedSize -= groupSize;
    groupSize = 0;
    growth = measured;
    progress.notify_all();
}

void Recorder::Impl::giveUp(const Error& why) {
    writerFailed = true;
    const std::lock_guard lock(mutex);
    state = RecorderState::Failed;
    error = Error{why.code, why.message + "; step " + std::to_string(writer.durableSequence()) +
                                " is the last that is safe"};
    progress.notify_all();
}

void Recorder::Impl::release(std::size_t slotCount, std::size_t slotBytes) {
    head = (head + slotCount) % slots.size();
    count -= slotCount;
    bytes -= slotBytes;
    if (producersWaiting > 0) progress.notify_all();
}

void Recorder::Impl::finish() {
    const Result<void> closed = writer.close();
    const std::lock_guard lock(mutex);
    durable.store(writer.durableSequence(), std::memory_order_release);
    committedTotal = putTotal;
    if (!closed) {
        closeError = error ? error : closed.error();
        if (recording()) state = RecorderState::Failed;
    } else if (recording()) {
        state = RecorderState::Closed;
    }
    if (reading != nullptr) readAnswer = fail(ErrorCode::Refused, "the record is closed");
    reading = nullptr;
    if (!error) error = closeError.value_or(Error{ErrorCode::Refused, "the record is closed"});
    ended = true;
    progress.notify_all();
}

void Recorder::Impl::serveReader() {
    const Result<void> done = writer.read(*reading);
    const std::lock_guard lock(mutex);
    reading = nullptr;
    readAnswer = done;
    progress.notify_all();
}

Result<void> Recorder::Impl::read(const std::function<void(OpenedRecord&)>& look) {
    const std::lock_guard turn(readers);
    std::unique_lock lock(mutex);
    if (ended || closeWanted) return fail(ErrorCode::Refused, "the record is closed");
    readAnswer.reset();
    reading = &look;
    work.notify_one();
    progress.wait(lock, [&] { return readAnswer.has_value(); });
    return *readAnswer;
}

Result<EventSlice> Recorder::Impl::search(const EventSearch& search) {
    Result<EventSlice> slice = EventSlice();
    const Result<void> done =
        read([&](OpenedRecord& record) { slice = searchEvents(record, search); });
    if (!done) return Unexpected(done.error());
    return slice;
}

Result<Step> Recorder::Impl::stepAt(Sequence sequence) {
    Result<Step> step = Step();
    const Result<void> done =
        read([&](OpenedRecord& record) { step = readStep(record, sequence); });
    if (!done) return Unexpected(done.error());
    return step;
}

Result<Sequence> Recorder::Impl::sequenceAt(Instant time) {
    Result<Sequence> sequence = Sequence{0};
    const Result<void> done =
        read([&](OpenedRecord& record) { sequence = findSequence(record, time); });
    if (!done) return Unexpected(done.error());
    return sequence;
}

Result<RecordTail> Recorder::Impl::end() {
    RecordTail tail;
    const Result<void> done = read([&](OpenedRecord& record) { tail = record.tail; });
    if (!done) return Unexpected(done.error());
    return tail;
}

EventLog& Recorder::log() { return *m_impl; }

Recorder::Recorder(RecordWriter writer, const RecorderOptions& options)
    : m_impl(std::make_unique<Impl>(std::move(writer), options, m_durable)) {
    m_impl->thread = std::thread([impl = m_impl.get()] { impl->run(); });
}

Recorder::~Recorder() {
    const Result<void> ignored = close();
    static_cast<void>(ignored);
}

Result<void> Recorder::submit(Step& step, Urgency urgency) {
    Impl& r = *m_impl;
    const std::uint64_t stored = storedSizeAtMost(step);
    const std::size_t size = step.bytes.size();
    std::unique_lock lock(r.mutex);
    const Result<bool> admitted = r.admit(size, stored, lock);
    if (!admitted) return Unexpected(admitted.error());
    const Result<void> follows = checkFollows(step, r.accepted, r.acceptedTime);
    if (!follows) return follows;
    if (!*admitted) {
        r.state = RecorderState::Full;
        r.error =
            Error{ErrorCode::Full, "the record has reached its size limit; it ends with step " +
                                       std::to_string(r.accepted)};
        r.markFullWanted = true;
        r.work.notify_one();
        r.progress.notify_all();
        return Unexpected(*r.error);
    }
    r.accepted = step.sequence;
    r.acceptedTime = step.time;
    Slot& slot = r.takeSlot(size, stored);
    std::swap(slot.step, step);
    slot.urgency = urgency;
    return {};
}

Result<void> Recorder::submitCheckpoint(Checkpoint checkpoint) {
    Impl& r = *m_impl;
    const std::uint64_t stored = storedSizeAtMost(checkpoint);
    const std::size_t size = checkpoint.state.size();
    auto moved = std::make_unique<Checkpoint>(std::move(checkpoint));
    std::unique_lock lock(r.mutex);
    const Result<bool> admitted = r.admit(size, stored, lock);
    if (!admitted) return Unexpected(admitted.error());
    if (!*admitted) {
        return fail(ErrorCode::Full, "the checkpoint of step " + std::to_string(moved->sequence) +
                                         " does not fit into the record's size limit");
    }
    Slot& slot = r.takeSlot(size, stored);
    slot.checkpoint = std::move(moved);
    slot.urgency = Urgency::Group;
    return {};
}

bool Recorder::waitDurable(Sequence sequence, std::chrono::milliseconds timeout) const {
    const Impl& r = *m_impl;
    std::unique_lock lock(r.mutex);
    r.progress.wait_for(lock, timeout, [&] {
        return durableSequence() >= sequence || r.ended || r.state == RecorderState::Failed;
    });
    return durableSequence() >= sequence;
}

RecorderStatus Recorder::status() const {
    const Impl& r = *m_impl;
    const std::lock_guard lock(r.mutex);
    RecorderStatus status;
    status.state = r.state;
    status.error = r.state == RecorderState::Recording || r.state == RecorderState::Closed
                       ? std::nullopt
                       : r.error;
    status.checkpointError = r.checkpointError;
    status.accepted = r.accepted;
    status.durable = durableSequence();
    status.queued = r.count;
    status.growth = r.growth;
    return status;
}

Result<void> Recorder::flush() {
    Impl& r = *m_impl;
    std::unique_lock lock(r.mutex);
    const std::uint64_t target = r.putTotal;
    if (!r.ended) r.wantFlush();
    r.progress.wait(lock, [&] {
        return (r.committedTotal >= target && !r.markFullWanted) || r.ended ||
               r.state == RecorderState::Failed;
    });
    if (r.state == RecorderState::Failed) return Unexpected(*r.error);
    return {};
}

Result<void> Recorder::close() {
    Impl& r = *m_impl;
    std::unique_lock lock(r.mutex);
    r.closeWanted = true;
    r.work.notify_one();
    r.progress.notify_all();
    r.progress.wait(lock, [&] { return r.ended; });
    if (!std::exchange(r.joined, true)) {
        lock.unlock();
        r.thread.join();
        lock.lock();
    }
    if (r.closeError) return Unexpected(*r.closeError);
    return {};
}

}  // namespace breakwater::storage
