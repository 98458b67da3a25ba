#include "storage/event_search.hpp"

#include <algorithm>
#include <chrono>

#include "storage/step_cursor.hpp"

namespace breakwater::storage {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kSlice{12};
constexpr Sequence kBlock = 2'048;  // inputs between two looks at the clock

Unexpected corruptAt(Sequence sequence, const std::string& why) {
    return fail(ErrorCode::Corrupt,
                "the record differs at input " + std::to_string(sequence) + ": " + why);
}

std::string sqlOf(const EventSearch& search) {
    std::string sql = "SELECT id, kind, payload, chain FROM events WHERE id BETWEEN ?1 AND ?2";
    if (!search.kinds.empty()) {
        std::string list;
        for (const std::size_t kind : search.kinds)
            list += (list.empty() ? "" : ",") + std::to_string(kind);
        sql += " AND kind IN (" + list + ")";
    }
    return sql + (search.toward == Toward::End ? " ORDER BY id" : " ORDER BY id DESC");
}

std::optional<EventPlace> after(EventPlace place, Toward toward) {
    if (toward == Toward::End) {
        return place.index < kLastIndex ? EventPlace{place.sequence, place.index + 1}
                                        : EventPlace{place.sequence + 1, 0};
    }
    if (place.index > 0) return EventPlace{place.sequence, place.index - 1};
    if (place.sequence <= 1) return std::nullopt;
    return EventPlace{place.sequence - 1, kLastIndex};
}

// Holds single rows against their links. The row before is taken as stated: whoever changed it
// would have had to change this row's digest as well.
class LinkCheck {
public:
    static Result<LinkCheck> on(OpenedRecord& record) {
        LinkCheck check(record);
        Result<Statement> event = record.database.prepare("SELECT chain FROM events WHERE id = ?1");
        if (!event) return Unexpected(event.error());
        Result<Statement> input =
            record.database.prepare("SELECT time, kind, payload, chain FROM inputs WHERE seq = ?1");
        if (!input) return Unexpected(input.error());
        check.m_event = std::move(*event);
        check.m_input = std::move(*input);
        return check;
    }

    // The row `rows` stands on; the time of its input.
    Result<Instant> check(const Statement& rows) {
        const std::uint64_t id = rows.number(0);
        const Sequence sequence = sequenceOf(id);
        if (m_sequence != sequence) {
            const Result<void> input = checkInput(sequence);
            if (!input) return Unexpected(input.error());
        }
        const auto differs = [&](const char* why) {
            return corruptAt(sequence, "its event " + std::to_string(indexOf(id)) + " " + why);
        };
        Digest previous = m_inputChain;
        if (indexOf(id) > 0) {
            m_event.reset();
            m_event.bind(1, id - 1);
            const Result<bool> found = m_event.step();
            if (!found) return Unexpected(found.error());
            if (!*found || !m_event.digest(0, previous)) {
                return differs("follows one that is missing");
            }
        }
        Digest stated;
        if (!rows.isInteger(1) || !rows.isBlob(2) || !rows.digest(3, stated)) {
            return differs("is not of the right form");
        }
        const Bytes payload = rows.blob(2);
        if (payload.empty() || rows.integer(1) != payload[0]) {
            return differs("is of a kind that does not agree with its content");
        }
        if (Chain(previous).addEvent(id, payload) != stated) {
            return differs("does not agree with its digest");
        }
        return m_time;
    }

private:
    explicit LinkCheck(OpenedRecord& record) : m_record(record) {}

    Result<void> checkInput(Sequence sequence) {
        const Result<ChainPoint> before = chainAfter(m_record, sequence - 1);
        if (!before) return Unexpected(before.error());
        m_input.reset();
        m_input.bind(1, sequence);
        const Result<bool> found = m_input.step();
        if (!found) return Unexpected(found.error());
        if (!*found || !m_input.isInteger(0) || !m_input.isBlob(2) ||
            !m_input.digest(3, m_inputChain)) {
            return corruptAt(sequence, "the input is missing");
        }
        m_time = Instant::fromMicroseconds(m_input.integer(0));
        if (Chain(before->chain).addInput(sequence, m_time, m_input.blob(2)) != m_inputChain) {
            return corruptAt(sequence, "the input does not agree with its digest");
        }
        m_sequence = sequence;
        return {};
    }

    OpenedRecord& m_record;
    Statement m_event, m_input;
    std::optional<Sequence> m_sequence;  // of the input that was checked last
    Instant m_time;
    Digest m_inputChain;
};

class Search {
public:
    Search(Sequence recordEnd, const EventSearch& search, LinkCheck check, Statement rows)
        : m_search(search),
          m_check(std::move(check)),
          m_rows(std::move(rows)),
          m_first(std::max<Sequence>(search.first, 1)),
          m_last(std::min(search.last, recordEnd)) {}

    Result<EventSlice> run() {
        const bool onward = m_search.toward == Toward::End;
        std::optional<EventPlace> at = start();
        const auto until = Clock::now() + kSlice;
        do {
            if (!at || at->sequence < m_first || at->sequence > m_last) return std::move(m_slice);
            const Sequence edge =
                onward ? std::min(m_last, at->sequence + kBlock - 1)
                       : std::max(m_first, at->sequence > kBlock ? at->sequence - kBlock + 1 : 1);
            const Result<bool> whole = block(*at, edge);
            if (!whole) return Unexpected(whole.error());
            if (!*whole) {
                const EventRow& last = m_slice.rows.back();
                m_slice.next = after({last.sequence, last.index}, m_search.toward);
                return std::move(m_slice);
            }
            at = after({edge, onward ? kLastIndex : 0}, m_search.toward);
        } while (Clock::now() < until);
        if (at && at->sequence >= m_first && at->sequence <= m_last) m_slice.next = at;
        return std::move(m_slice);
    }

private:
    std::optional<EventPlace> start() const {
        const EventPlace from{m_search.from.sequence, std::min(m_search.from.index, kLastIndex)};
        if (m_search.toward == Toward::End) {
            return from.sequence < m_first ? EventPlace{m_first, 0} : from;
        }
        return from.sequence > m_last ? EventPlace{m_last, kLastIndex} : from;
    }

    // From a place to the edge of its block, both included. False: the page is full.
    Result<bool> block(EventPlace from, Sequence edge) {
        const bool onward = m_search.toward == Toward::End;
        m_rows.reset();
        m_rows.bind(1, onward ? eventId(from.sequence, from.index) : eventId(edge, 0));
        m_rows.bind(2, onward ? eventId(edge, kLastIndex) : eventId(from.sequence, from.index));
        for (;;) {
            const Result<bool> row = m_rows.step();
            if (!row) {
                if (row.error().code != ErrorCode::Corrupt) return Unexpected(row.error());
                return corruptAt(from.sequence, row.error().message);
            }
            if (!*row) return true;
            const Result<bool> taken = take();
            if (!taken) return taken;
            if (*taken && m_slice.rows.size() >= m_search.count) return false;
        }
    }

    Result<bool> take() {
        if (m_search.wanted) {
            // A row that does not decode is damaged, and its link says how.
            const Result<Event> event = decodeEvent(m_rows.blob(2));
            if (event && !m_search.wanted(*event)) return false;
        }
        const Result<Instant> time = m_check.check(m_rows);
        if (!time) return Unexpected(time.error());
        const std::uint64_t id = m_rows.number(0);
        const Bytes payload = m_rows.blob(2);
        m_slice.rows.push_back({sequenceOf(id),
                                static_cast<std::uint32_t>(indexOf(id)),
                                *time,
                                {payload.begin(), payload.end()}});
        return true;
    }

    const EventSearch& m_search;
    LinkCheck m_check;
    Statement m_rows;
    Sequence m_first, m_last;
    EventSlice m_slice;
};

}  // namespace

Result<EventSlice> searchEvents(OpenedRecord& record, const EventSearch& search) {
    if (search.count == 0 || record.tail.lastSequence == 0) return EventSlice();
    Result<LinkCheck> check = LinkCheck::on(record);
    if (!check) return Unexpected(check.error());
    Result<Statement> rows = record.database.prepare(sqlOf(search));
    if (!rows) return Unexpected(rows.error());
    return Search(record.tail.lastSequence, search, std::move(*check), std::move(*rows)).run();
}

Result<Step> readStep(OpenedRecord& record, Sequence sequence) {
    if (sequence == 0 || sequence > record.tail.lastSequence) {
        return fail(ErrorCode::NotFound, "the record has no input " + std::to_string(sequence) +
                                             "; it ends with " +
                                             std::to_string(record.tail.lastSequence));
    }
    Result<StepCursor> cursor = StepCursor::after(record, sequence - 1);
    if (!cursor) return Unexpected(cursor.error());
    Step step;
    const Result<bool> row = cursor->next(step);
    if (!row) return Unexpected(row.error());
    if (!*row) return corruptAt(sequence, "the input is missing");
    return step;
}

// Sequences have no gap and times never go backward, so halving needs no index.
Result<Sequence> findSequence(OpenedRecord& record, Instant time) {
    Result<Statement> probe = record.database.prepare("SELECT time FROM inputs WHERE seq = ?1");
    if (!probe) return Unexpected(probe.error());
    Sequence low = 0;
    Sequence high = record.tail.lastSequence;
    while (low < high) {
        const Sequence middle = high - (high - low) / 2;
        probe->bind(1, middle);
        const Result<bool> row = probe->step();
        if (!row) return Unexpected(row.error());
        if (!*row || !probe->isInteger(0)) return corruptAt(middle, "the input is missing");
        if (Instant::fromMicroseconds(probe->integer(0)) <= time) {
            low = middle;
        } else {
            high = middle - 1;
        }
        probe->reset();
    }
    return low;
}

}  // namespace breakwater::storage
