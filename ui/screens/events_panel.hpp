// The timeline, and how heavy the alarms have been on the officer.
#pragma once

#include "ui/board_age.hpp"
#include "ui/models/timeline_model.hpp"
#include "widgets/chart_view.hpp"
#include "widgets/data_table.hpp"
#include "widgets/panel_frame.hpp"

namespace breakwater::ui {

class EventsPanel : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit EventsPanel(QWidget* parent = nullptr);
    void refresh(const view::Board& board, const BoardAge& age);

private:
    void refreshLoad(const view::Snapshot& snapshot);

    widgets::DataTable* m_table;
    TimelineModel* m_model;
    widgets::ChartView* m_load;
    std::vector<std::uint32_t> m_shown;
};

}  // namespace breakwater::ui
