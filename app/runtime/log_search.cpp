#include "app/runtime/log_search.hpp"

#include <algorithm>

namespace breakwater::runtime {

using storage::EventPlace;
using storage::Toward;

Result<LogSearch> LogSearch::begin(storage::EventLog& log, const view::EventFilter& filter,
                                   const view::Snapshot& names, EventPlace from, Toward toward) {
    LogSearch search(log);
    storage::EventSearch& s = search.m_search;
    const Result<storage::RecordTail> end = log.end();
    if (!end) return Unexpected(end.error());
    s.last = end->lastSequence;
    if (filter.from) {
        const Result<Sequence> before = log.sequenceAt(*filter.from - Duration::microseconds(1));
        if (!before) return Unexpected(before.error());
        s.first = *before + 1;
    }
    if (filter.to) {
        const Result<Sequence> last = log.sequenceAt(*filter.to);
        if (!last) return Unexpected(last.error());
        s.last = std::min(s.last, *last);
    }
    s.kinds = filter.kinds;
    s.toward = toward;
    s.from = from;
    if (from.sequence == 0) {
        s.from = toward == Toward::End ? EventPlace{s.first, 0}
                                       : EventPlace{s.last, storage::kLastIndex};
    }
    if (filter.account || filter.market) {
        s.wanted = [filter, &names](const Event& event) {
            return view::matches(filter, event, names);
        };
    }
    search.m_begun = std::clamp(s.from.sequence, s.first, std::max(s.first, s.last));
    search.m_atEnd = s.first > s.last;
    return search;
}

Result<std::vector<storage::EventRow>> LogSearch::next(std::size_t count) {
    if (m_atEnd || count == 0) return std::vector<storage::EventRow>();
    m_search.count = count;
    Result<storage::EventSlice> slice = m_log->search(m_search);
    if (!slice) return Unexpected(slice.error());
    if (slice->next) {
        m_search.from = *slice->next;
    } else {
        m_atEnd = true;
    }
    return std::move(slice->rows);
}

double LogSearch::searched() const {
    if (m_atEnd) return 1;
    const bool onward = m_search.toward == Toward::End;
    const auto way =
        static_cast<double>(onward ? m_search.last - m_begun : m_begun - m_search.first);
    const Sequence at = std::clamp(m_search.from.sequence, m_search.first, m_search.last);
    const auto done =
        static_cast<double>(onward ? at - std::min(at, m_begun) : m_begun - std::min(at, m_begun));
    return way > 0 ? std::min(done / way, 1.0) : 1;
}

Result<std::optional<view::RecordedEvent>> LogCauses::lastBefore(
    Sequence sequence, std::uint32_t index, std::span<const std::size_t> kinds,
    const std::function<bool(const Event&)>& wanted) {
    storage::EventSearch search;
    search.kinds.assign(kinds.begin(), kinds.end());
    search.toward = Toward::Start;
    search.wanted = wanted;
    search.count = 1;
    if (index > 0) {
        search.from = {sequence, index - 1};
    } else if (sequence > 1) {
        search.from = {sequence - 1, storage::kLastIndex};
    } else {
        return std::optional<view::RecordedEvent>();
    }
    while (m_goOn()) {
        Result<storage::EventSlice> slice = m_log.search(search);
        if (!slice) return Unexpected(slice.error());
        if (!slice->rows.empty()) {
            const storage::EventRow& row = slice->rows.front();
            Result<Event> event = decodeEvent(row.bytes);
            if (!event) return Unexpected(event.error());
            return std::optional(
                view::RecordedEvent{row.sequence, row.index, row.time, std::move(*event)});
        }
        if (!slice->next) return std::optional<view::RecordedEvent>();
        search.from = *slice->next;
    }
    return fail(ErrorCode::Refused, "the search was given up");
}

Result<std::optional<Input>> LogCauses::lastInputBefore(
    Sequence sequence, std::size_t most, const std::function<bool(const InputBody&)>& wanted) {
    for (std::size_t n = 0; n < most && sequence > 1 && m_goOn(); ++n) {
        Result<view::RecordedStep> step = stepAt(--sequence);
        if (!step) return Unexpected(step.error());
        if (wanted(step->input.body)) return std::optional(std::move(step->input));
    }
    return std::optional<Input>();
}

Result<view::RecordedStep> LogCauses::stepAt(Sequence sequence) {
    const Result<Step> bytes = m_log.stepAt(sequence);
    if (!bytes) return Unexpected(bytes.error());
    Result<InputBody> body = decodeInput(bytes->input());
    if (!body) return Unexpected(body.error());
    view::RecordedStep step{{bytes->sequence, bytes->time, std::move(*body)}, {}};
    Result<void> decoded;
    forEachEvent(*bytes, [&](Bytes event) {
        Result<Event> one = decodeEvent(event);
        if (one) {
            step.events.push_back(std::move(*one));
        } else if (decoded) {
            decoded = Unexpected(one.error());
        }
    });
    if (!decoded) return Unexpected(decoded.error());
    return step;
}

}  // namespace breakwater::runtime
