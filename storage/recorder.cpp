#include "storage/recorder.hpp"

#include <algorithm>
#include <utility>

#include "core/base/assert.hpp"
#include "storage/recorder_impl.hpp"

namespace breakwater::storage {

Recorder::Impl::Impl(RecordWriter w, const RecorderOptions& o, std::atomic<Sequence>& d)
    : options(o),
      durable(d),
      writer(std::move(w)),
      reserve(writer.reserve()),
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
        r.fullError = r.error;
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
        return durableSequence() >= sequence || r.ended || r.state == RecorderState::Failed ||
               r.state == RecorderState::Interrupted;
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
               r.state == RecorderState::Failed || r.state == RecorderState::Interrupted;
    });
    if (r.state == RecorderState::Failed || r.state == RecorderState::Interrupted)
        return Unexpected(*r.error);
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

void Recorder::abandon() {
    {
        const std::lock_guard lock(m_impl->mutex);
        m_impl->abandonWanted = true;
    }
    static_cast<void>(close());
}

const std::vector<ReservedInput>& Recorder::reserved() const {
    static const std::vector<ReservedInput> none;
    return m_impl->reserve != nullptr ? m_impl->reserve->entries() : none;
}

Result<void> Recorder::keepInReserve(ReservedInput input) {
    if (m_impl->reserve == nullptr) return fail(ErrorCode::Refused, "there is no reserve file");
    return m_impl->reserve->append(std::move(input));
}

Result<void> Recorder::emptyReserve() {
    if (m_impl->reserve == nullptr) return {};
    return m_impl->reserve->clear();
}

}  // namespace breakwater::storage
