// The record being written, read by the storage thread between two commits.
#include "storage/event_search.hpp"
#include "storage/recorder_impl.hpp"

namespace breakwater::storage {

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

}  // namespace breakwater::storage
