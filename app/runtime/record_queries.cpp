#include "app/runtime/record_queries.hpp"

#include <algorithm>
#include <chrono>

#include "app/runtime/event_export.hpp"
#include "app/runtime/log_search.hpp"

namespace breakwater::runtime {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kTellEvery{150};  // while a search goes on

}  // namespace

RecordQueries::RecordQueries(storage::EventLog& log, Names names)
    : m_log(log), m_names(std::move(names)), m_thread([this] { run(); }) {}

RecordQueries::~RecordQueries() {
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
        m_wake.notify_all();
    }
    m_thread.join();
}

void RecordQueries::requestPage(EventPageRequest request, OnPage answer) {
    const std::lock_guard lock(m_mutex);
    m_page = PageWish{std::move(request), std::move(answer)};
    m_wake.notify_all();
}

void RecordQueries::requestCauses(Sequence sequence, std::uint32_t index, OnCauses answer) {
    const std::lock_guard lock(m_mutex);
    m_causes = CausesWish{sequence, index, std::move(answer)};
    m_wake.notify_all();
}

void RecordQueries::requestExport(view::EventFilter filter, std::string path, std::string program,
                                  OnExport answer) {
    const std::lock_guard lock(m_mutex);
    m_export =
        ExportWish{std::move(filter), std::move(path), std::move(program), std::move(answer)};
    m_wake.notify_all();
}

template <class Wish>
bool RecordQueries::isOvertaken(const std::optional<Wish>& waiting) const {
    const std::lock_guard lock(m_mutex);
    return m_stopping || waiting.has_value();
}

void RecordQueries::run() {
    while (true) {
        std::optional<PageWish> page;
        std::optional<CausesWish> causes;
        std::optional<ExportWish> wholesale;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [&] { return m_stopping || m_page || m_causes || m_export; });
            if (m_stopping) return;
            // A person waits for a page or a chain; an export waits for them.
            if (m_page) {
                page.swap(m_page);
            } else if (m_causes) {
                causes.swap(m_causes);
            } else {
                wholesale.swap(m_export);
            }
        }
        if (page) this->page(*page);
        if (causes) this->causes(*causes);
        if (wholesale) exportAll(*wholesale);
    }
}

void RecordQueries::page(const PageWish& wish) {
    const std::shared_ptr<const view::Snapshot> names = m_names();
    EventPageAnswer answer;
    if (names == nullptr) {
        answer.error = "The record is being opened; its names are not known yet.";
        answer.complete = true;
        return wish.answer(std::move(answer));
    }
    const bool onward = wish.request.toward == storage::Toward::End;
    Result<LogSearch> search = LogSearch::begin(m_log, wish.request.filter, *names,
                                                wish.request.from, wish.request.toward);
    auto told = Clock::now();
    while (search && answer.lines.size() < wish.request.count && !search->atEnd()) {
        if (isOvertaken(m_page)) return;
        const Result<std::vector<storage::EventRow>> rows =
            search->next(wish.request.count - answer.lines.size());
        if (!rows) {
            search = Unexpected(rows.error());
            break;
        }
        for (const storage::EventRow& row : *rows) {
            const Result<Event> event = decodeEvent(row.bytes);
            if (!event) continue;  // it agrees with its digest, so a later version wrote it
            answer.lines.push_back(view::lineOf(*event, row.sequence, row.index, row.time, *names));
        }
        if (Clock::now() - told < kTellEvery) continue;
        told = Clock::now();
        EventPageAnswer part = answer;
        part.searched = search->searched();
        if (!onward) std::reverse(part.lines.begin(), part.lines.end());
        wish.answer(std::move(part));
    }
    if (isOvertaken(m_page)) return;
    answer.complete = true;
    answer.searched = 1;
    if (!search) {
        answer.lines.clear();
        answer.error = search.error().message;
    } else {
        answer.atEnd = search->atEnd();
        if (!onward) std::reverse(answer.lines.begin(), answer.lines.end());
    }
    wish.answer(std::move(answer));
}

void RecordQueries::causes(const CausesWish& wish) {
    const std::shared_ptr<const view::Snapshot> names = m_names();
    if (names == nullptr) return wish.answer({});
    LogCauses source(m_log, [this] { return !isOvertaken(m_causes); });
    Result<std::vector<view::CauseLink>> links =
        view::causesOf(wish.sequence, wish.index, source, *names);
    if (isOvertaken(m_causes)) return;
    if (!links) {
        view::CauseLink sorry;
        sorry.sequence = wish.sequence;
        sorry.what = "The causes cannot be read";
        sorry.why = links.error().message;
        return wish.answer({sorry});
    }
    wish.answer(std::move(*links));
}

void RecordQueries::exportAll(const ExportWish& wish) {
    const std::shared_ptr<const view::Snapshot> names = m_names();
    if (names == nullptr) return wish.answer(false, "Nothing is known of the record yet.");
    const Result<EventExport> done =
        exportEvents(m_log, wish.filter, *names, wish.path, wish.program,
                     [this] { return !isOvertaken(m_export); });
    if (done) {
        wish.answer(true, std::to_string(done->events) + " events written to " + wish.path);
    } else {
        wish.answer(false, done.error().message);
    }
}

}  // namespace breakwater::runtime
