// The storage thread: takes steps from the queue, commits, and finds its way back after the disk
// has refused.
#include <algorithm>
#include <utility>

#include "storage/recorder_impl.hpp"

namespace breakwater::storage {
namespace {

// Steps taken from the queue between two looks at it.
constexpr std::size_t kBatch = 64;
// A buffer that one enormous step has grown is not kept for the small ones.
constexpr std::size_t kKeptCapacity = std::size_t{1} << 20;

}  // namespace

void Recorder::Impl::run() {
    std::unique_lock lock(mutex);
    for (;;) {
        waitForWork(lock);
        if (abandonWanted) break;
        if (interrupted) {
            lock.unlock();
            if (Clock::now() >= retryAt || closeWanted) tryAgain();
            serveReader();
            lock.lock();
            if (interrupted && closeWanted) break;
            continue;
        }
        const std::size_t batch = std::min(count, kBatch);
        if (batch == 0 && closeWanted) break;
        const std::size_t first = head;
        const std::uint64_t flushAt = flushTotal > committedTotal ? flushTotal : 0;
        lock.unlock();
        std::size_t size = 0;
        std::size_t taken = 0;
        bool commitNow = false;
        for (; taken < batch && !interrupted; ++taken) {
            Slot& slot = slots[(first + taken) % slots.size()];
            size += slot.bytes();
            commitNow = commitNow || slot.urgency == Urgency::Now;
            record(slot);
            slot.checkpoint.reset();
            slot.step.clear();
            if (slot.step.bytes.capacity() > kKeptCapacity) slot.step = Step();
        }
        // The slots are free before the commit: producers go on while the disk is waited for.
        lock.lock();
        release(taken, size);
        const bool flush = flushAt != 0 && takenTotal >= flushAt;
        if (markFullWanted && count == 0) {
            lock.unlock();
            commitAndPublish(true);
            lock.lock();
            markFullWanted = interrupted;
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
    if (interrupted) {
        work.wait_until(lock, retryAt, [this] { return closeWanted || reading != nullptr; });
        return;
    }
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

void Recorder::Impl::record(Slot& slot) {
    ++takenTotal;
    groupSize += slot.storedAtMost;
    if (writerFailed) return;
    if (slot.checkpoint) {
        const Result<void> stored = writer.appendCheckpoint(*slot.checkpoint);
        if (!stored && stored.error().code == ErrorCode::Io) return giveUp(stored.error());
        if (!stored) {
            const std::lock_guard lock(mutex);
            checkpointError = stored.error();
        }
    } else {
        const Result<void> appended =
            options.retryEvery.count() > 0 ? keep(slot.step) : writer.append(slot.step);
        if (!appended) return giveUp(appended.error());
    }
    if (!groupEnds) groupEnds = Clock::now() + options.groupTime;
    if (writer.uncommittedRows() == 0) commitAndPublish(false);  // the writer's group was full
}

// Appends a step and holds on to it until it is committed.
Result<void> Recorder::Impl::keep(Step& step) {
    if (keptCount == kept.size()) kept.emplace_back();
    std::swap(kept[keptCount], step);
    return writer.append(kept[keptCount++]);
}

void Recorder::Impl::commitAndPublish(bool markFull) {
    if (!writerFailed && !interrupted) {
        const Result<void> done = markFull ? writer.markFull() : writer.commit();
        if (!done) giveUp(done.error());
    }
    groupEnds.reset();
    if (!interrupted) publish();
}

// All that was taken is on the disk (or lost for good).
void Recorder::Impl::publish() {
    for (; keptCount > 0; --keptCount) {
        Step& step = kept[keptCount - 1];
        step.clear();
        if (step.bytes.capacity() > kKeptCapacity) step = Step();
    }
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

Error Recorder::Impl::told(const Error& why) const {
    return {why.code, why.message + "; step " + std::to_string(writer.durableSequence()) +
                          " is the last that is safe"};
}

void Recorder::Impl::giveUp(const Error& why) {
    interrupted = options.retryEvery.count() > 0;
    writerFailed = !interrupted;
    retryAt = Clock::now() + options.retryEvery;
    groupEnds.reset();
    const std::lock_guard lock(mutex);
    state = interrupted ? RecorderState::Interrupted : RecorderState::Failed;
    error = told(why);
    progress.notify_all();
}

// Opens the record again and writes what it does not hold of the steps that were kept.
void Recorder::Impl::tryAgain() {
    Result<void> done = writer.reopen();
    for (std::size_t i = 0; done && i < keptCount; ++i) {
        if (kept[i].sequence > writer.lastSequence()) done = writer.append(kept[i]);
    }
    if (done) done = writer.commit();
    if (!done) {
        retryAt = Clock::now() + options.retryEvery;
        const std::lock_guard lock(mutex);
        error = told(done.error());
        return;
    }
    interrupted = false;
    publish();
    const std::lock_guard lock(mutex);
    state = fullError ? RecorderState::Full : RecorderState::Recording;
    error = fullError;
    progress.notify_all();
}

void Recorder::Impl::release(std::size_t slotCount, std::size_t slotBytes) {
    head = (head + slotCount) % slots.size();
    count -= slotCount;
    bytes -= slotBytes;
    if (producersWaiting > 0) progress.notify_all();
}

void Recorder::Impl::serveReader() {
    const std::function<void(OpenedRecord&)>* look = nullptr;
    {
        const std::lock_guard lock(mutex);
        look = reading;
    }
    if (look == nullptr) return;
    const Result<void> done = interrupted
                                  ? Result<void>(fail(ErrorCode::Io,
                                                      "the record cannot be read while its disk "
                                                      "refuses to write"))
                                  : writer.read(*look);
    const std::lock_guard lock(mutex);
    reading = nullptr;
    readAnswer = done;
    progress.notify_all();
}

void Recorder::Impl::finish() {
    Result<void> closed;
    if (abandonWanted) {  // not changed any more
        writer.abandon();
    } else {
        closed = writer.close();
    }
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

}  // namespace breakwater::storage
