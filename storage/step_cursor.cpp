#include "storage/step_cursor.hpp"

#include <limits>

namespace breakwater::storage {
namespace {

Unexpected corruptAt(Sequence sequence, const std::string& why) {
    return fail(ErrorCode::Corrupt,
                "the record differs at input " + std::to_string(sequence) + ": " + why);
}

// SQLite's own complaint about a page belongs to the row that was asked for.
Unexpected unreadableAt(Sequence sequence, const Error& error) {
    if (error.code == ErrorCode::Corrupt) return corruptAt(sequence, error.message);
    return Unexpected(error);
}

std::int64_t upperBound(std::uint64_t value) {
    constexpr std::uint64_t kMax = std::numeric_limits<std::int64_t>::max();
    return static_cast<std::int64_t>(value < kMax ? value : kMax);
}

}  // namespace

Result<ChainPoint> chainAfter(OpenedRecord& record, Sequence sequence) {
    if (sequence == 0) return ChainPoint{record.genesis, Instant()};
    Result<Statement> input =
        record.database.prepare("SELECT time, chain FROM inputs WHERE seq = ?1");
    if (!input) return unreadableAt(sequence, input.error());
    input->bind(1, sequence);
    const Result<bool> found = input->step();
    if (!found) return unreadableAt(sequence, found.error());
    ChainPoint point;
    if (!*found || !input->isInteger(0) || !input->digest(1, point.chain)) {
        return corruptAt(sequence, "the input is missing");
    }
    point.time = Instant::fromMicroseconds(input->integer(0));

    Result<Statement> event = record.database.prepare(
        "SELECT chain FROM events WHERE id >= ?1 AND id <= ?2 ORDER BY id DESC LIMIT 1");
    if (!event) return unreadableAt(sequence, event.error());
    event->bind(1, eventId(sequence, 0));
    event->bind(2, eventId(sequence, kMaxEventsPerStep - 1));
    const Result<bool> last = event->step();
    if (!last) return unreadableAt(sequence, last.error());
    if (*last && !event->digest(0, point.chain)) {
        return corruptAt(sequence, "an event's digest is missing");
    }
    return point;
}

Result<Checkpoint> loadCheckpoint(OpenedRecord& record, Sequence atOrBefore) {
    Result<Statement> rows = record.database.prepare(
        "SELECT seq, time, state_digest, state, digest FROM checkpoints WHERE seq <= ?1 "
        "ORDER BY seq DESC LIMIT 2");
    if (!rows) return unreadableAt(atOrBefore, rows.error());
    rows->bind(1, upperBound(atOrBefore));
    const Result<bool> found = rows->step();
    if (!found) return unreadableAt(atOrBefore, found.error());
    Checkpoint checkpoint;
    if (!*found) return checkpoint;
    Digest stated;
    checkpoint.sequence = rows->number(0);
    if (!rows->isInteger(1) || !rows->digest(2, checkpoint.stateDigest) || !rows->isBlob(3) ||
        !rows->digest(4, stated)) {
        return corruptAt(checkpoint.sequence, "its checkpoint is not of the right form");
    }
    checkpoint.time = Instant::fromMicroseconds(rows->integer(1));
    const Bytes state = rows->blob(3);
    checkpoint.state.assign(state.begin(), state.end());

    Digest previous = record.genesis;
    const Result<bool> earlier = rows->step();
    if (!earlier) return unreadableAt(checkpoint.sequence, earlier.error());
    if (*earlier && !rows->digest(4, previous)) {
        return corruptAt(rows->number(0), "its checkpoint's digest is missing");
    }
    const Result<ChainPoint> point = chainAfter(record, checkpoint.sequence);
    if (!point) return Unexpected(point.error());
    if (checkpointLink(previous, checkpoint, point->chain) != stated ||
        checkpoint.time != point->time) {
        return corruptAt(checkpoint.sequence, "its checkpoint does not agree with its digest");
    }
    return checkpoint;
}

Result<StepCursor> StepCursor::after(OpenedRecord& record, Sequence sequence) {
    const Result<ChainPoint> point = chainAfter(record, sequence);
    if (!point) return Unexpected(point.error());
    StepCursor cursor(record.tail, sequence, point->time, point->chain);
    Result<Statement> inputs = record.database.prepare(
        "SELECT seq, time, kind, payload, chain FROM inputs WHERE seq >= ?1 ORDER BY seq");
    if (!inputs) return unreadableAt(sequence + 1, inputs.error());
    Result<Statement> events = record.database.prepare(
        "SELECT id, kind, payload, chain FROM events WHERE id >= ?1 ORDER BY id");
    if (!events) return unreadableAt(sequence + 1, events.error());
    // From the start also means whatever a damaged number has put before it.
    constexpr std::int64_t kLowest = std::numeric_limits<std::int64_t>::min();
    inputs->bind(1, sequence == 0 ? kLowest : static_cast<std::int64_t>(sequence + 1));
    events->bind(1, sequence == 0 ? kLowest : static_cast<std::int64_t>(eventId(sequence + 1, 0)));
    cursor.m_inputRows = std::move(*inputs);
    cursor.m_eventRows = std::move(*events);
    const Result<void> first = cursor.advanceEvent();
    if (!first) return Unexpected(first.error());
    return cursor;
}

Result<bool> StepCursor::next(Step& step) {
    step.clear();
    const Result<bool> row = m_inputRows.step();
    if (!row) return unreadableAt(m_last + 1, row.error());
    if (!*row) {
        const Result<void> end = checkEnd();
        if (!end) return Unexpected(end.error());
        return false;
    }
    Result<void> taken = takeInput(step);
    if (!taken) return Unexpected(taken.error());
    taken = takeEvents(step);
    if (!taken) return Unexpected(taken.error());
    m_last = step.sequence;
    m_lastTime = step.time;
    return true;
}

Result<void> StepCursor::takeInput(Step& step) {
    const Sequence expected = m_last + 1;
    if (m_inputRows.number(0) != expected) {
        return corruptAt(expected, "the input is missing (the next one is " +
                                       std::to_string(m_inputRows.integer(0)) + ")");
    }
    if (expected > m_tail.lastSequence) {
        return corruptAt(expected, "the input is beyond the record's end");
    }
    Digest stated;
    if (!m_inputRows.isInteger(1) || !m_inputRows.isInteger(2) || !m_inputRows.isBlob(3) ||
        !m_inputRows.digest(4, stated)) {
        return corruptAt(expected, "the input is not of the right form");
    }
    step.sequence = expected;
    step.time = Instant::fromMicroseconds(m_inputRows.integer(1));
    const Bytes payload = m_inputRows.blob(3);
    if (m_chain.addInput(expected, step.time, payload) != stated) {
        return corruptAt(expected, "the input does not agree with its digest");
    }
    if (payload.empty() || m_inputRows.integer(2) != payload[0]) {
        return corruptAt(expected, "the input's kind does not agree with its content");
    }
    if (expected > 1 && step.time < m_lastTime) return corruptAt(expected, "time goes backward");
    step.bytes.assign(payload.begin(), payload.end());
    step.inputSize = static_cast<std::uint32_t>(payload.size());
    return {};
}

Result<void> StepCursor::takeEvents(Step& step) {
    for (std::uint64_t index = 0; m_hasEvent; ++index) {
        const std::uint64_t id = m_eventRows.number(0);
        if (sequenceOf(id) > step.sequence) return {};
        const auto differsHere = [&](const std::string& why) {
            return corruptAt(step.sequence, "its event " + std::to_string(index) + " " + why);
        };
        if (id != eventId(step.sequence, index)) return differsHere("is missing");
        Digest stated;
        if (!m_eventRows.isInteger(1) || !m_eventRows.isBlob(2) || !m_eventRows.digest(3, stated)) {
            return differsHere("is not of the right form");
        }
        const Bytes payload = m_eventRows.blob(2);
        if (m_chain.addEvent(id, payload) != stated) {
            return differsHere("does not agree with its digest");
        }
        if (payload.empty() || m_eventRows.integer(1) != payload[0]) {
            return differsHere("is of a kind that does not agree with its content");
        }
        step.bytes.insert(step.bytes.end(), payload.begin(), payload.end());
        step.eventSizes.push_back(static_cast<std::uint32_t>(payload.size()));
        ++m_events;
        if (isStateDigest(payload)) ++m_stateDigests;
        const Result<void> advanced = advanceEvent();
        if (!advanced) return advanced;
    }
    return {};
}

// Rows lost from the end of a table are found against the tail.
Result<void> StepCursor::checkEnd() {
    if (m_hasEvent) return corruptAt(m_last + 1, "there are events of an input that is missing");
    if (m_last < m_tail.lastSequence) return corruptAt(m_last + 1, "the input is missing");
    if (m_chain.head() != m_tail.chain || (m_last > 0 && m_lastTime != m_tail.lastTime)) {
        return corruptAt(m_last + 1, "the record's end does not agree with what comes before it");
    }
    return {};
}

Result<void> StepCursor::advanceEvent() {
    const Result<bool> row = m_eventRows.step();
    if (!row) return unreadableAt(m_last + 1, row.error());
    m_hasEvent = *row;
    return {};
}

}  // namespace breakwater::storage
