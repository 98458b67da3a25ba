// The event log: filter, table, export.
#pragma once

#include "ui/desk.hpp"
#include "ui/models/event_log_model.hpp"
#include "widgets/data_table.hpp"
#include "widgets/panel_frame.hpp"

namespace breakwater::ui {

class ColumnKeeper;
class EventFilterBar;
class ExportBar;

class EventLogPanel : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit EventLogPanel(QWidget* parent = nullptr);

    void refresh(RecordDesk* record, const std::shared_ptr<const view::Snapshot>& names,
                 const DeskStatus& status);
    // To this event, which may lie outside of what is held or filtered.
    void goTo(EventPlace place);
    void follow(Sequence cursor);  // the cursor went there: its event comes into sight
    void applyTimes(std::optional<Instant> from, std::optional<Instant> to);
    void reload();
    void askAgain() { m_model->askAgain(); }
    void askForExport(const QString& folder);
    void exportTo(const QString& path);

    EventLogModel& model() { return *m_model; }
    widgets::DataTable& table() { return *m_table; }
    EventFilterBar& filterBar() { return *m_filter; }
    ExportBar& exportBar() { return *m_export; }
    ColumnKeeper& columns() { return *m_columns; }
    const view::EventLine* chosen() const;
    bool isReady() const;

signals:
    void eventChosen(const breakwater::view::EventLine& line);     // by selection
    void eventActivated(const breakwater::view::EventLine& line);  // Enter or double click
    void filterTaken();
    void said(const QString& sentence);

private:
    void build();
    void connectParts();
    void restart();
    void restartAt(EventPlace place);
    void describeEmpty();
    void refreshWords();
    void onState();
    void onRowsInserted(int first, int last);
    void onRowsAboutToBeRemoved(int first, int last);
    void needRows();
    void choose(int row);
    bool isAtBottom() const;
    void refreshFoot();

    RecordDesk* m_record = nullptr;
    std::shared_ptr<const view::Snapshot> m_names;
    DeskStatus m_status;
    EventFilterBar* m_filter = nullptr;
    ExportBar* m_export = nullptr;
    widgets::DataTable* m_table = nullptr;
    EventLogModel* m_model = nullptr;
    ColumnKeeper* m_columns = nullptr;
    std::optional<EventPlace> m_wanted;  // to be chosen once it has come
    bool m_restoring = false;
    bool m_started = false;
    bool m_past = false;
    bool m_atBottom = true;  // since it was last scrolled
};

}  // namespace breakwater::ui
