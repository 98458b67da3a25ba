// Every open alarm with its record: cause, consequence, action, time. Also the place where the
// cards fold to on a narrow screen.
#pragma once

#include "ui/models/alarms_model.hpp"
#include "ui/overlay.hpp"
#include "widgets/data_table.hpp"

class QLabel;

namespace breakwater::ui {

class AlarmList : public Overlay {
    Q_OBJECT

public:
    explicit AlarmList(QWidget& area);
    void refresh(const view::Board& board);
    std::optional<std::uint64_t> selectedAlarm() const;
    AlarmsModel& model() { return *m_model; }
    widgets::DataTable& table() { return *m_table; }

private:
    void refreshRecord();

    widgets::DataTable* m_table;
    AlarmsModel* m_model;
    QLabel* m_record;
};

}  // namespace breakwater::ui
