// The panels of the fund screen.
#pragma once

#include <array>

#include "core/view/fund_standing.hpp"
#include "ui/board_age.hpp"
#include "ui/models/flows_model.hpp"
#include "ui/models/yardstick_model.hpp"
#include "widgets/chart_view.hpp"
#include "widgets/chip.hpp"
#include "widgets/data_table.hpp"
#include "widgets/figure_view.hpp"
#include "widgets/kpi_bar.hpp"
#include "widgets/loss_waterfall.hpp"
#include "widgets/panel_frame.hpp"

namespace breakwater::ui {

class FundPanel : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit FundPanel(QWidget* parent = nullptr);
    void refresh(const view::FundStanding& fund, const BoardAge& age);

private:
    widgets::FigureView* m_available;
    widgets::FigureView* m_booked;
    widgets::FigureView* m_committed;
    widgets::KpiBar* m_capital;
    widgets::FactList* m_facts;
};

enum class WaterfallOf : std::uint8_t { Now, Session };

class WaterfallPanel : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit WaterfallPanel(QWidget* parent = nullptr);
    void refresh(const view::FundStanding& fund, const BoardAge& age);
    void choose(WaterfallOf which);
    WaterfallOf chosen() const { return m_which; }
    widgets::LossWaterfall& waterfall() { return *m_waterfall; }

signals:
    void changed();

private:
    std::array<widgets::Chip*, 2> m_chips{};
    widgets::LossWaterfall* m_waterfall;
    WaterfallOf m_which = WaterfallOf::Now;
};

class FundHistoryPanel : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit FundHistoryPanel(QWidget* parent = nullptr);
    void refresh(const view::Snapshot& snapshot, const BoardAge& age);
    widgets::ChartView& chart() { return *m_chart; }

private:
    widgets::ChartView* m_chart;
    Instant m_charted;
};

class NextPayerPanel : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit NextPayerPanel(QWidget* parent = nullptr);
    void refresh(const view::QueueReport& report, const BoardAge& age);
    widgets::DataTable& table() { return *m_table; }

private:
    widgets::FigureView* m_payer;
    widgets::FigureView* m_until;
    widgets::FigureView* m_adlAt;
    widgets::DataTable* m_table;
    YardstickModel* m_model;
};

class FlowsPanel : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit FlowsPanel(QWidget* parent = nullptr);
    void refresh(const view::FundStanding& fund, const BoardAge& age);
    widgets::DataTable& table() { return *m_table; }

private:
    widgets::DataTable* m_table;
    FlowsModel* m_model;
};

}  // namespace breakwater::ui
