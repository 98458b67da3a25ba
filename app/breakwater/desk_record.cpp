#include "app/breakwater/desk_record.hpp"

#include <QMetaObject>

namespace breakwater {

DeskRecord::DeskRecord(storage::EventLog& log, runtime::RecordQueries::Names names)
    : m_queries(log, std::move(names)) {}

void DeskRecord::later(const std::uint64_t& newest, std::uint64_t number,
                       std::function<void()> call) {
    QMetaObject::invokeMethod(
        &m_here,
        [&newest, number, call = std::move(call)] {
            if (newest == number) call();
        },
        Qt::QueuedConnection);
}

void DeskRecord::requestEvents(const ui::EventRequest& request,
                               std::function<void(const ui::EventPage&)> answer) {
    runtime::EventPageRequest page;
    page.filter = request.filter;
    page.from = {request.sequence, request.index};
    page.toward = request.direction == ui::PageDirection::Onward ? storage::Toward::End
                                                                 : storage::Toward::Start;
    page.count = request.count;
    const std::uint64_t number = ++m_pages;
    m_queries.requestPage(std::move(page), [this, number, answer = std::move(answer)](
                                               runtime::EventPageAnswer found) {
        ui::EventPage shown{std::move(found.lines), found.complete, found.atEnd, found.searched,
                            std::move(found.error)};
        later(m_pages, number, [answer, shown = std::move(shown)] { answer(shown); });
    });
}

void DeskRecord::requestCauses(Sequence sequence, std::uint32_t index,
                               std::function<void(const std::vector<ui::CauseLink>&)> answer) {
    const std::uint64_t number = ++m_causes;
    m_queries.requestCauses(
        sequence, index,
        [this, number, answer = std::move(answer)](std::vector<ui::CauseLink> links) {
            later(m_causes, number, [answer, links = std::move(links)] { answer(links); });
        });
}

void DeskRecord::exportEvents(const view::EventFilter& filter, const std::string& path,
                              std::function<void(bool, const std::string&)> answer) {
    const std::uint64_t number = ++m_exports;
    m_queries.requestExport(filter, path, std::string("breakwater ") + BREAKWATER_VERSION,
                            [this, number, answer = std::move(answer)](bool ok, std::string text) {
                                later(m_exports, number,
                                      [answer, ok, text = std::move(text)] { answer(ok, text); });
                            });
}

}  // namespace breakwater
