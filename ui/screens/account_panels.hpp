// The panels of the drill-down: header, tables, the margin as a waterfall.
#pragma once

#include "ui/account_tables.hpp"
#include "ui/board_age.hpp"
#include "widgets/badge.hpp"
#include "widgets/data_table.hpp"
#include "widgets/figure_view.hpp"
#include "widgets/kpi_bar.hpp"
#include "widgets/panel_frame.hpp"
#include "widgets/waterfall.hpp"

namespace breakwater::ui {

// The bar of equity / maintenance as the accounts table and the preview draw it.
widgets::KpiBarData healthBar(double health);
const Liquidation* liquidationOf(const view::Snapshot& snapshot, LiquidationId id);

// What is known of one account at one instant, made once for all panels.
struct AccountSheet {
    std::shared_ptr<const view::Snapshot> snapshot;
    AccountId account;
    view::AccountFigures figures;
    view::AccountDetail detail;
    view::LiquidationPath atMark, atLimit;
};

class AccountHead : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit AccountHead(QWidget* parent = nullptr);
    void show(const AccountSheet& sheet, const QString& place);

private:
    void showState(const AccountSheet& sheet);

    widgets::RunLabel* m_name;
    widgets::StateBadge* m_badge;
    widgets::FigureView* m_equity;
    widgets::FigureView* m_maintenance;
    widgets::FigureView* m_free;
    widgets::FigureView* m_health;
    widgets::KpiBar* m_bar;
    widgets::FigureView* m_distance;
    widgets::FigureView* m_leverage;
    widgets::FigureView* m_queue;
};

// A panel that is one table of finished cells.
class CellsPanel : public widgets::PanelFrame {
    Q_OBJECT

public:
    CellsPanel(const QString& title, const QString& tableName, std::span<const ColumnInfo> columns,
               int stretch, QWidget* parent = nullptr);
    void setRows(std::vector<CellRow> rows) { m_model->setRows(std::move(rows)); }
    widgets::DataTable& table() { return *m_table; }
    CellsModel& model() { return *m_model; }

private:
    widgets::DataTable* m_table;
    CellsModel* m_model;
};

class MarginPanel : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit MarginPanel(QWidget* parent = nullptr);
    void show(const AccountSheet& sheet);
    widgets::Waterfall& waterfall() { return *m_waterfall; }

private:
    widgets::Waterfall* m_waterfall;
};
widgets::WaterfallData waterfallOf(const view::Snapshot& snapshot,
                                   const view::AccountDetail& detail);

class NextStepsPanel : public CellsPanel {
    Q_OBJECT

public:
    explicit NextStepsPanel(QWidget* parent = nullptr);
    void show(const AccountSheet& sheet);
    void toggleFill();
    view::FillAt fill() const { return m_fill; }

private:
    view::FillAt m_fill = view::FillAt::Mark;
};

}  // namespace breakwater::ui
