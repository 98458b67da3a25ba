// Why the automatic rules of one market have or have not tripped.
#pragma once

#include <optional>

#include "core/view/snapshot.hpp"
#include "widgets/chart_view.hpp"
#include "widgets/figure_view.hpp"
#include "widgets/panel_frame.hpp"

namespace breakwater::ui {

class RulesPanel : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit RulesPanel(QWidget* parent = nullptr);
    void refresh(const view::Snapshot& snapshot, std::size_t market);

private:
    void refreshChart(const view::Snapshot& snapshot, std::size_t market);

    widgets::FactList* m_facts;
    widgets::ChartView* m_chart;
    Instant m_charted;
    std::size_t m_market = 0;
};

}  // namespace breakwater::ui
