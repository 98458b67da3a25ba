// The event log: a window of pages of the record, oldest first.
//
// Pages are asked for at the ends of what is held and dropped at the other end, so a record of any
// length costs the same. Rows are only ever added or taken at the ends: none moves otherwise.
#pragma once

#include <algorithm>
#include <deque>
#include <memory>
#include <optional>

#include "ui/models/column_model.hpp"
#include "ui/record_desk.hpp"

namespace breakwater::ui {

// Of an event in the record.
struct EventPlace {
    Sequence sequence = 0;
    std::uint32_t index = 0;
    friend auto operator<=>(const EventPlace&, const EventPlace&) = default;
};
inline EventPlace placeOf(const view::EventLine& line) { return {line.sequence, line.index}; }

class EventLogModel : public ColumnModel {
    Q_OBJECT

public:
    enum Column { Time, Sequence, Kind, Account, Market, What, Columns };
    static constexpr std::size_t kPage = 200;
    static constexpr std::size_t kMost = 2'000;  // lines held
    static constexpr int kAhead = 60;            // rows from an end at which more is asked for

    explicit EventLogModel(QObject* parent = nullptr);

    void setRecord(RecordDesk* record) { m_record = record; }
    void setNames(std::shared_ptr<const view::Snapshot> names);
    // Forgets everything and reads anew; without a place from the first event (Onward) or the last.
    void restart(const view::EventFilter& filter, PageDirection direction,
                 std::optional<EventPlace> from = std::nullopt);
    // These rows are in sight.
    void needRows(int first, int last);
    // How far the record goes by now, to be said before anything is asked.
    void setDurable(breakwater::Sequence durable) { m_durable = std::max(m_durable, durable); }
    // Asks for what the record has gained since the end was read.
    void follow();
    // Another screen may have asked since, which makes an older answer vanish.
    void askAgain();
    // What lies after this input is not known yet at the cursor (past only).
    void setCursor(std::optional<breakwater::Sequence> cursor);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    const view::EventLine* lineAt(int row) const;
    int rowOf(EventPlace place) const;                       // -1 when it is not held
    int rowAtOrBefore(breakwater::Sequence sequence) const;  // the last event up to it, or -1

    const view::EventFilter& filter() const { return m_filter; }
    // A page is on its way that the officer waits for.
    bool isSearching() const { return m_pending && (m_fresh || m_partial); }
    bool isSettled() const { return !m_pending && !m_fresh; }
    double searched() const { return m_searched; }
    bool holdsFirst() const { return m_first; }
    bool holdsLast() const { return m_last; }
    const std::string& error() const { return m_error; }

signals:
    void stateChanged();

private:
    void ask(PageDirection direction, EventPlace from);
    void onPage(quint64 number, const EventPage& page);
    std::size_t append(const std::vector<view::EventLine>& lines);  // how many are new
    std::size_t prepend(const std::vector<view::EventLine>& lines);
    void finish(PageDirection direction, bool atEnd);
    void dropFront(std::size_t count);
    void dropBack(std::size_t count);
    QVariant display(const view::EventLine& line, int column) const;

    RecordDesk* m_record = nullptr;
    std::shared_ptr<const view::Snapshot> m_names;
    view::EventFilter m_filter;
    std::deque<view::EventLine> m_lines;
    std::optional<PageDirection> m_pending;
    EventPlace m_pendingFrom;
    quint64 m_number = 0;                  // of the newest request
    bool m_first = false, m_last = false;  // nothing of the filter lies before, after
    bool m_fresh = true;                   // the first page has not come yet
    bool m_partial = false;                // the pending page has come in part
    std::size_t m_taken = 0;               // of the pending page
    double m_searched = 0;
    std::string m_error;
    breakwater::Sequence m_durable = 0;    // of the record, as last heard of
    breakwater::Sequence m_askedUpTo = 0;  // when the pending request was made
    breakwater::Sequence m_readUpTo = 0;   // everything up to here is held or does not match
    std::optional<breakwater::Sequence> m_cursor;
    std::shared_ptr<int> m_alive = std::make_shared<int>(0);  // answers may outlive the model
};

}  // namespace breakwater::ui
