// Why one liquidation stands where it stands, with its own history; and the backlog's.
#pragma once

#include "core/view/fund_standing.hpp"
#include "ui/board_age.hpp"
#include "ui/models/trace_model.hpp"
#include "widgets/badge.hpp"
#include "widgets/chart_view.hpp"
#include "widgets/data_table.hpp"
#include "widgets/figure_view.hpp"
#include "widgets/panel_frame.hpp"

class QLabel;
class QStackedWidget;

namespace breakwater::widgets {
class ActionButton;
}

namespace breakwater::ui {

// "The last ended at 21:16:49Z: 0x7a.., back above its target, after 12 orders."
QString lastEndedText(const view::Snapshot& snapshot);

class ReasonPanel : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit ReasonPanel(QWidget* parent = nullptr);
    // `row` may be null: nothing runs, or what was chosen has ended.
    void refresh(const view::QueueReport& report, const view::QueueRow* row, bool chosen,
                 const BoardAge& age);
    widgets::ActionButton& accountButton() { return *m_account; }

private:
    QWidget* buildReason();
    void refreshWords(const view::QueueReport& report, const view::QueueRow& row);
    void refreshFacts(const view::QueueReport& report, const view::QueueRow& row);

    QStackedWidget* m_pages;
    widgets::EmptyState* m_nothing;
    widgets::RunLabel* m_name = nullptr;
    widgets::StateBadge* m_badge = nullptr;
    widgets::DataTable* m_table = nullptr;
    TraceModel* m_model = nullptr;
    QLabel* m_why = nullptr;
    QLabel* m_advice = nullptr;
    widgets::FactList* m_facts = nullptr;
    widgets::ActionButton* m_account = nullptr;
};

class BacklogPanel : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit BacklogPanel(QWidget* parent = nullptr);
    void refresh(const view::QueueReport& report, const BoardAge& age);
    widgets::ChartView& chart() { return *m_chart; }

private:
    widgets::ChartView* m_chart;
    Instant m_charted;
};

}  // namespace breakwater::ui
