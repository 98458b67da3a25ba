// The window's door to a record's events, on the thread of runtime's queries: the same for a
// record that is being written and for one that is only read. Answers come on the UI thread.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include <QObject>

#include "app/runtime/record_queries.hpp"
#include "ui/record_desk.hpp"

namespace breakwater {

class DeskRecord : public ui::RecordDesk {
public:
    DeskRecord(storage::EventLog& log, runtime::RecordQueries::Names names);

    void requestEvents(const ui::EventRequest& request,
                       std::function<void(const ui::EventPage&)> answer) override;
    void requestCauses(Sequence sequence, std::uint32_t index,
                       std::function<void(const std::vector<ui::CauseLink>&)> answer) override;
    void exportEvents(const view::EventFilter& filter, const std::string& path,
                      std::function<void(bool ok, const std::string& text)> answer) override;

private:
    // Runs `call` on the UI thread unless this is gone by then, or a newer request of that kind
    // has been made meanwhile.
    void later(const std::uint64_t& newest, std::uint64_t number, std::function<void()> call);

    QObject m_here;  // lives on the UI thread; what is posted to it dies with it
    std::uint64_t m_pages = 0, m_causes = 0, m_exports = 0;  // UI thread
    runtime::RecordQueries m_queries;                        // last: its thread ends first
};

// Of the record that the live session writes.
class LiveRecord final : public DeskRecord {
public:
    using Lanes = std::function<std::shared_ptr<const ui::RecordLanes>()>;
    LiveRecord(storage::EventLog& log, runtime::RecordQueries::Names names, Lanes lanes)
        : DeskRecord(log, std::move(names)), m_lanes(std::move(lanes)) {}

    std::shared_ptr<const ui::RecordLanes> lanes() const override { return m_lanes(); }
    std::optional<ui::PastStatus> past() const override { return std::nullopt; }
    void seek(Instant) override {}
    void seekTo(Sequence) override {}
    void stepEvent(int) override {}

private:
    Lanes m_lanes;
};

}  // namespace breakwater
