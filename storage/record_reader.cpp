#include "storage/record_reader.hpp"

#include <algorithm>
#include <utility>

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
    Result<OpenedRecord> record = openForReading(path);
    if (!record) return Unexpected(record.error());
    auto impl = std::make_unique<Impl>();
    impl->record = std::move(*record);
    RecordReader reader(std::move(impl));
    const Result<void> atStart = reader.seek(1);
    if (!atStart) return Unexpected(atStart.error());
    return reader;
}

const RecordMeta& RecordReader::meta() const { return m_impl->record.meta; }
const RecordTail& RecordReader::tail() const { return m_impl->record.tail; }
bool RecordReader::isPrivateCopy() const { return m_impl->record.isPrivateCopy; }
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

// Sequences have no gap and times never go backward, so halving needs no index.
Result<Sequence> RecordReader::sequenceAt(Instant time) {
    Result<Statement> probe =
        m_impl->record.database.prepare("SELECT time FROM inputs WHERE seq = ?1");
    if (!probe) return Unexpected(probe.error());
    Sequence low = 0;
    Sequence high = lastSequence();
    while (low < high) {
        const Sequence middle = high - (high - low) / 2;
        probe->bind(1, middle);
        const Result<bool> row = probe->step();
        if (!row) return Unexpected(row.error());
        if (!*row || !probe->isInteger(0)) {
            return fail(ErrorCode::Corrupt, "the record differs at input " +
                                                std::to_string(middle) + ": the input is missing");
        }
        if (Instant::fromMicroseconds(probe->integer(0)) <= time) {
            low = middle;
        } else {
            high = middle - 1;
        }
        probe->reset();
    }
    return low;
}

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
