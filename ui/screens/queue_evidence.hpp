// The panels under the queue: what it does to prices, who takes it, who would be closed for it.
#pragma once

#include <vector>

#include "core/view/fund_standing.hpp"
#include "ui/board_age.hpp"
#include "ui/models/adl_model.hpp"
#include "ui/models/takers_model.hpp"
#include "ui/queue_worker.hpp"
#include "widgets/chart_view.hpp"
#include "widgets/chip.hpp"
#include "widgets/data_table.hpp"
#include "widgets/panel_frame.hpp"

class QHBoxLayout;

namespace breakwater::ui {

// One market and one direction; until the officer chooses, the worse of them.
class LadderPanel : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit LadderPanel(QWidget* parent = nullptr);
    void refresh(const view::QueueReport& report, const BoardAge& age);
    void nextMarket();
    void turnDirection();
    std::size_t market() const { return m_market; }
    bool falls() const { return m_falls; }
    widgets::ChartView& chart() { return *m_chart; }

signals:
    void chosen();  // another market or direction

private:
    void choose(std::size_t market);
    void buildChips(const view::Snapshot& snapshot);
    void chooseWorst(const view::QueueReport& report);
    void draw(const view::QueueReport& report);

    QWidget* m_bar;
    QHBoxLayout* m_row;
    std::vector<widgets::Chip*> m_chips;
    widgets::Chip* m_direction = nullptr;
    widgets::ChartView* m_chart;
    std::size_t m_market = 0;
    bool m_falls = true;
    bool m_marketChosen = false, m_directionChosen = false;
};

class TakersPanel : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit TakersPanel(QWidget* parent = nullptr);
    void refresh(const QueueReportPtr& report, const BoardAge& age);
    widgets::DataTable& table() { return *m_table; }

signals:
    void accountChosen(quint32 account);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    widgets::DataTable* m_table;
    TakersModel* m_model;
};

class AdlPanel : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit AdlPanel(QWidget* parent = nullptr);
    // The winners of that market when it moves that way.
    void refresh(const QueueReportPtr& report, std::size_t market, bool falls, const BoardAge& age);
    widgets::DataTable& table() { return *m_table; }

signals:
    void accountChosen(quint32 account);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    widgets::DataTable* m_table;
    AdlModel* m_model;
};

}  // namespace breakwater::ui
