#include "storage/record_reader.hpp"

#include <algorithm>
#include <utility>

#include "storage/event_search.hpp"
#include "storage/opened_record.hpp"
#include "storage/step_cursor.hpp"

namespace breakwater::storage {

struct RecordReader::Impl {
    OpenedRecord record;
    std::optional<StepCursor> cursor;  // of next(); absent beyond the end
    std::optional<Error> failure;      // of next(); it does not read past a difference
};

RecordReader::RecordReader(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
RecordReader::RecordReader(RecordReader&&) noexcept = default;
RecordReader& RecordReader::operator=(RecordReader&&) noexcept = default;
RecordReader::~RecordReader() = default;

Result<RecordReader> RecordReader::open(const std::filesystem::path& path) {
    Result<std::vector<RecordReader>> readers = open(path, 1);
    if (!readers) return Unexpected(readers.error());
    return std::move(readers->front());
}

Result<std::vector<RecordReader>> RecordReader::open(const std::filesystem::path& path,
                                                     std::size_t count) {
    Result<std::vector<OpenedRecord>> records = openForReading(path, count);
    if (!records) return Unexpected(records.error());
    std::vector<RecordReader> readers;
    for (OpenedRecord& record : *records) {
        auto impl = std::make_unique<Impl>();
        impl->record = std::move(record);
        RecordReader reader(std::move(impl));
        const Result<void> atStart = reader.seek(1);
        if (!atStart) return Unexpected(atStart.error());
        readers.push_back(std::move(reader));
    }
    return readers;
}

OpenedRecord& RecordReader::opened() { return m_impl->record; }
const RecordMeta& RecordReader::meta() const { return m_impl->record.meta; }
const RecordTail& RecordReader::tail() const { return m_impl->record.tail; }
bool RecordReader::isPrivateCopy() const { return m_impl->record.isPrivateCopy; }
bool RecordReader::wasBeingWritten() const { return m_impl->record.wasBeingWritten; }
std::uint64_t RecordReader::lostCommits() const { return m_impl->record.lostCommits; }
std::uint64_t RecordReader::sizeBytes() const { return m_impl->record.sizeBytes; }

Result<bool> RecordReader::next(Step& step) {
    if (m_impl->failure) return Unexpected(*m_impl->failure);
    if (!m_impl->cursor) return false;
    Result<bool> row = m_impl->cursor->next(step);
    if (!row) m_impl->failure = row.error();
    return row;
}

Result<void> RecordReader::seek(Sequence sequence) {
    m_impl->failure.reset();
    m_impl->cursor.reset();
    if (sequence > lastSequence() + 1) return {};
    Result<StepCursor> cursor =
        StepCursor::after(m_impl->record, std::max<Sequence>(sequence, 1) - 1);
    if (!cursor) return Unexpected(cursor.error());
    m_impl->cursor = std::move(*cursor);
    return {};
}

Result<std::optional<Checkpoint>> RecordReader::checkpointBefore(Sequence sequence) {
    Result<Checkpoint> checkpoint = loadCheckpoint(m_impl->record, sequence);
    if (!checkpoint) return Unexpected(checkpoint.error());
    if (checkpoint->sequence == 0) return std::optional<Checkpoint>();
    return std::optional<Checkpoint>(std::move(*checkpoint));
}

Result<std::vector<Sequence>> RecordReader::checkpoints() {
    std::vector<Sequence> all;
    Result<Statement> rows =
        m_impl->record.database.prepare("SELECT seq FROM checkpoints ORDER BY seq");
    if (!rows) return Unexpected(rows.error());
    for (;;) {
        const Result<bool> row = rows->step();
        if (!row) return Unexpected(row.error());
        if (!*row) return all;
        all.push_back(rows->number(0));
    }
}

Result<Sequence> RecordReader::sequenceAt(Instant time) {
    return findSequence(m_impl->record, time);
}

Result<EventSlice> RecordReader::search(const EventSearch& search) {
    return searchEvents(m_impl->record, search);
}

Result<Step> RecordReader::stepAt(Sequence sequence) { return readStep(m_impl->record, sequence); }

Result<std::vector<EventRow>> RecordReader::eventsPage(Sequence from, std::size_t count) {
    std::vector<EventRow> page;
    if (from > lastSequence()) return page;
    Result<StepCursor> cursor = StepCursor::after(m_impl->record, std::max<Sequence>(from, 1) - 1);
    if (!cursor) return Unexpected(cursor.error());
    Step step;
    while (page.size() < count) {
        const Result<bool> row = cursor->next(step);
        if (!row) return Unexpected(row.error());
        if (!*row) break;
        std::uint32_t index = 0;
        forEachEvent(step, [&](Bytes event) {
            if (page.size() < count) {
                page.push_back({step.sequence, index, step.time, {event.begin(), event.end()}});
            }
            ++index;
        });
    }
    return page;
}

}  // namespace breakwater::storage
