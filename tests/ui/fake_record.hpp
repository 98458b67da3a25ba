// A record in memory: every event a small venue gave, answered page by page as the program does.
#pragma once

#include <string>
#include <vector>

#include <QObject>

#include "ui/record_desk.hpp"
#include "ui/small_venue.hpp"

namespace breakwater::ui::test {

class FakeRecord : public RecordDesk {
public:
    struct Entry {
        Sequence sequence = 0;
        std::uint32_t index = 0;
        Instant time;
        Event event;
    };

    // To be given to the venue as its watcher.
    auto watcher() {
        return [this](const Input& input, const std::vector<Event>& events) {
            observe(input, events);
        };
    }
    void setNames(std::shared_ptr<const view::Snapshot> names) { m_names = std::move(names); }
    const std::vector<Entry>& entries() const { return m_entries; }
    // The same as a page would say, without paging.
    std::vector<view::EventLine> matching(const view::EventFilter& filter) const;
    Sequence lastSequence() const { return m_inputs.empty() ? 0 : m_inputs.back().sequence; }
    void openAt(Instant time);  // from now on it is a record of the past

    void requestEvents(const EventRequest& request,
                       std::function<void(const EventPage&)> answer) override;
    void requestCauses(Sequence sequence, std::uint32_t index,
                       std::function<void(const std::vector<CauseLink>&)> answer) override;
    void exportEvents(const view::EventFilter& filter, const std::string& path,
                      std::function<void(bool, const std::string&)> answer) override;
    std::shared_ptr<const RecordLanes> lanes() const override { return m_lanes; }
    std::optional<PastStatus> past() const override { return status; }
    void seek(Instant time) override;
    void seekTo(Sequence sequence) override;
    void stepEvent(int direction) override { steps += direction; }

    void buildLanes(int columns);

    std::optional<PastStatus> status;
    std::vector<Instant> seeks;
    std::vector<Sequence> seekTos;
    std::vector<EventRequest> requests;
    int steps = 0;
    bool inParts = false;   // a page comes half first
    bool holds = false;     // answers wait for release()
    std::string failsWith;  // the next page is this error
    void release();

private:
    struct Seen {
        Sequence sequence = 0;
        Instant time;
        std::string what;
    };

    void observe(const Input& input, const std::vector<Event>& events);
    EventPage pageOf(const EventRequest& request) const;
    bool passes(const view::EventFilter& filter, const Entry& entry) const;
    void later(std::function<void()> call);

    std::shared_ptr<const view::Snapshot> m_names;
    std::vector<Seen> m_inputs;
    std::vector<Entry> m_entries;
    std::shared_ptr<const RecordLanes> m_lanes = std::make_shared<RecordLanes>();
    std::vector<std::function<void()>> m_held;
    QObject m_context;  // nothing is answered once the record is gone
};

}  // namespace breakwater::ui::test
