#include "ui/fake_record.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>

#include <QTimer>

#include "core/event/codec.hpp"

namespace breakwater::ui::test {
namespace {

using Place = std::pair<Sequence, std::uint32_t>;

Place placeOf(const FakeRecord::Entry& entry) { return {entry.sequence, entry.index}; }

}  // namespace

void FakeRecord::observe(const Input& input, const std::vector<Event>& events) {
    m_inputs.push_back({input.sequence, input.time, std::string(nameOf(input.body))});
    for (std::size_t i = 0; i < events.size(); ++i) {
        m_entries.push_back({input.sequence, static_cast<std::uint32_t>(i), input.time, events[i]});
    }
}

bool FakeRecord::passes(const view::EventFilter& filter, const Entry& entry) const {
    return !(filter.from && entry.time < *filter.from) && !(filter.to && entry.time > *filter.to) &&
           view::matches(filter, entry.event, *m_names);
}

std::vector<view::EventLine> FakeRecord::matching(const view::EventFilter& filter) const {
    std::vector<view::EventLine> lines;
    for (const Entry& e : m_entries) {
        if (passes(filter, e))
            lines.push_back(view::lineOf(e.event, e.sequence, e.index, e.time, *m_names));
    }
    return lines;
}

EventPage FakeRecord::pageOf(const EventRequest& request) const {
    EventPage page;
    page.complete = true;
    page.searched = 1;
    const bool onward = request.direction == PageDirection::Onward;
    const Place from{request.sequence, request.index};
    auto at = static_cast<std::ptrdiff_t>(m_entries.size());
    if (onward) {
        at = std::lower_bound(m_entries.begin(), m_entries.end(), from,
                              [](const Entry& e, Place p) { return placeOf(e) < p; }) -
             m_entries.begin();
    } else if (request.sequence != 0) {
        at = std::upper_bound(m_entries.begin(), m_entries.end(), from,
                              [](Place p, const Entry& e) { return p < placeOf(e); }) -
             m_entries.begin();
    }
    const auto size = static_cast<std::ptrdiff_t>(m_entries.size());
    for (; page.lines.size() < request.count && (onward ? at < size : at > 0);
         at += onward ? 1 : -1) {
        const Entry& e = m_entries[static_cast<std::size_t>(onward ? at : at - 1)];
        if (passes(request.filter, e))
            page.lines.push_back(view::lineOf(e.event, e.sequence, e.index, e.time, *m_names));
    }
    page.atEnd = onward ? at >= size : at <= 0;
    if (!onward) std::reverse(page.lines.begin(), page.lines.end());
    return page;
}

void FakeRecord::later(std::function<void()> call) {
    if (holds)
        m_held.push_back(std::move(call));
    else
        QTimer::singleShot(0, &m_context, std::move(call));
}

void FakeRecord::release() {
    for (auto& call : std::exchange(m_held, {}))
        call();
}

void FakeRecord::requestEvents(const EventRequest& request,
                               std::function<void(const EventPage&)> answer) {
    requests.push_back(request);
    if (!failsWith.empty()) {
        EventPage wrong;
        wrong.complete = true;
        wrong.error = std::exchange(failsWith, {});
        return later([answer, wrong] { answer(wrong); });
    }
    const EventPage page = pageOf(request);
    if (inParts) {
        EventPage half = page;
        half.complete = half.atEnd = false;
        half.searched = 0.42;
        const auto middle = static_cast<std::ptrdiff_t>(half.lines.size() / 2);
        if (request.direction == PageDirection::Onward)
            half.lines.erase(half.lines.begin() + middle, half.lines.end());
        else
            half.lines.erase(half.lines.begin(), half.lines.begin() + middle);
        later([answer, half] { answer(half); });
    }
    later([answer, page] { answer(page); });
}

void FakeRecord::requestCauses(Sequence sequence, std::uint32_t index,
                               std::function<void(const std::vector<CauseLink>&)> answer) {
    std::vector<CauseLink> links;
    for (const Seen& input : m_inputs) {
        if (input.sequence == sequence)
            links.push_back({sequence, std::nullopt, input.time, "input " + input.what,
                             "it was decided at once"});
    }
    // What was decided before it about the same account.
    std::optional<AccountId> account;
    for (const Entry& e : m_entries) {
        if (placeOf(e) == Place{sequence, index})
            account = view::lineOf(e.event, sequence, index, e.time, *m_names).account;
    }
    for (const Entry& e : m_entries) {
        if (placeOf(e) > Place{sequence, index}) break;
        const view::EventLine line = view::lineOf(e.event, e.sequence, e.index, e.time, *m_names);
        const bool itself = placeOf(e) == Place{sequence, index};
        if (itself || (account && line.account == account))
            links.push_back({e.sequence, e.index, e.time, line.text,
                             itself ? std::string() : "the same account"});
    }
    std::stable_sort(links.begin(), links.end(), [](const CauseLink& a, const CauseLink& b) {
        return std::pair(a.sequence, a.index ? *a.index + 1 : 0) <
               std::pair(b.sequence, b.index ? *b.index + 1 : 0);
    });
    later([answer, links] { answer(links); });
}

void FakeRecord::exportEvents(const view::EventFilter& filter, const std::string& path,
                              std::function<void(bool, const std::string&)> answer) {
    const std::vector<view::EventLine> lines = matching(filter);
    std::ofstream out(path);
    out << "sequence,time,kind,text\r\n";
    for (const view::EventLine& line : lines)
        out << line.sequence << ',' << line.time.toString() << ',' << view::eventKinds()[line.kind]
            << ",\"" << line.text << "\"\r\n";
    out.close();
    const bool ok = !out.fail();
    const std::string said = ok ? std::to_string(lines.size()) + " events written to " + path
                                : path + " cannot be written";
    later([answer, ok, said] { answer(ok, said); });
}

void FakeRecord::openAt(Instant time) {
    PastStatus past;
    past.path = "/records/2025-10-10.bwr";
    past.from = m_inputs.front().time;
    past.to = m_inputs.back().time;
    past.lastSequence = lastSequence();
    past.closed = true;
    past.verified = 1;
    past.verdict = "intact";
    status = past;
    seek(time);
    seeks.clear();
}

void FakeRecord::seek(Instant time) {
    seeks.push_back(time);
    if (!status) return;
    for (const Seen& input : m_inputs) {
        if (input.time > time) break;
        status->sequence = input.sequence;
        status->time = input.time;
    }
    for (const Entry& e : m_entries) {
        const auto* digested = std::get_if<StateDigested>(&e.event);
        if (digested == nullptr || e.sequence > status->sequence) continue;
        status->digestAt = e.sequence;
        status->computed = digested->digest;
        status->recorded = digested->digest;
    }
}

void FakeRecord::seekTo(Sequence sequence) {
    seekTos.push_back(sequence);
    for (const Seen& input : m_inputs) {
        if (input.sequence != sequence || !status) continue;
        status->sequence = sequence;
        status->time = input.time;
    }
}

void FakeRecord::buildLanes(int columns) {
    auto lanes = std::make_shared<RecordLanes>();
    lanes->from = m_inputs.front().time;
    lanes->to = lanes->upTo = m_inputs.back().time;
    const std::int64_t span = (lanes->to - lanes->from).count();
    lanes->column = Duration::microseconds((span + columns) / columns);
    RecordLanes::Column now;
    now.marks.assign(SmallVenue::kMarkets, std::numeric_limits<double>::quiet_NaN());
    now.levels.assign(SmallVenue::kMarkets, 0);
    now.openInterest = 4.1e8;
    std::size_t e = 0;
    for (int c = 0; c < columns; ++c) {
        const Instant end = lanes->from + lanes->column * (c + 1);
        now.liquidations = 0;
        for (; e < m_entries.size() && m_entries[e].time <= end; ++e) {
            const Entry& entry = m_entries[e];
            const auto mark = [&](RecordLanes::Mark::Lane lane, std::string text) {
                lanes->marks.push_back(
                    {lane, entry.sequence, entry.time, std::nullopt, std::move(text)});
            };
            if (const auto* m = std::get_if<MarkChanged>(&entry.event))
                now.marks[m->instrument.value()] = m->mark.toDouble();
            if (const auto* f = std::get_if<FundMoved>(&entry.event))
                now.fund = f->balance.toDouble();
            if (std::holds_alternative<LiquidationStarted>(entry.event)) {
                ++now.liquidations;
                now.openInterest *= 0.998;
            }
            if (const auto* s = std::get_if<IndexSight>(&entry.event))
                now.blind += s->blind ? 1U : now.blind > 0 ? -1U : 0U;
            if (const auto* s = std::get_if<SourceChanged>(&entry.event))
                now.sourcesLate += s->state != SourceState::Fresh ? 1U
                                   : now.sourcesLate > 0          ? -1U
                                                                  : 0U;
            if (const auto* b = std::get_if<BreakerChanged>(&entry.event)) {
                now.levels[b->instrument.value()] = static_cast<std::uint8_t>(b->to);
                mark(RecordLanes::Mark::Lane::Breaker, "breaker");
            }
            if (const auto* a = std::get_if<CommandAccepted>(&entry.event))
                mark(RecordLanes::Mark::Lane::Officer, a->officer + " set a breaker");
        }
        lanes->columns.push_back(now);
    }
    if (m_names && m_names->alarms) {
        for (const view::Alarm& alarm : m_names->alarms->open)
            lanes->marks.push_back({RecordLanes::Mark::Lane::Alarm, 0, alarm.raisedAt,
                                    alarm.priority, alarm.headline});
    }
    std::stable_sort(lanes->marks.begin(), lanes->marks.end(),
                     [](const auto& a, const auto& b) { return a.time < b.time; });
    m_lanes = lanes;
}

}  // namespace breakwater::ui::test
