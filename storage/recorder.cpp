#include "storage/recorder.hpp"

#include <algorithm>
#include <utility>

#include "core/base/assert.hpp"
#include "storage/recorder_impl.hpp"

namespace breakwater::storage {
namespace {

using Clock = RecorderClock;
using Slot = RecorderSlot;

// Steps taken from the queue between two looks at it.
constexpr std::size_t kBatch = 64;
// A buffer that one enormous step has grown is not kept for the small ones.
constexpr std::size_t kKeptCapacity = std::size_t{1} << 20;

}  // namespace

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
