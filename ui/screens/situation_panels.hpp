// The panels of the Situation screen below the tiles: markets, account health, liquidation flow.
#pragma once

#include "ui/board_age.hpp"
#include "ui/column_keeper.hpp"
#include "ui/models/markets_model.hpp"
#include "widgets/chart_view.hpp"
#include "widgets/data_table.hpp"
#include "widgets/figure_view.hpp"
#include "widgets/histogram_strip.hpp"
#include "widgets/panel_frame.hpp"

namespace breakwater::ui {

// Zones, limit and overflow words of the health histogram, the same on every screen.
widgets::HistogramData healthHistogram(const view::VenueScan& scan);
// "health>=1.05 & health<1.10", the filter a bar of it stands for.
QString healthFilter(double from, double to);

class MarketsPanel : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit MarketsPanel(QWidget* parent = nullptr);
    void refresh(const view::Board& board, const BoardAge& age);
    widgets::DataTable& table() { return *m_table; }
    ColumnKeeper& columns() { return *m_columns; }
    std::optional<InstrumentId> selected() const;
    void choose(InstrumentId market);

signals:
    void marketActivated(quint16 market);

private:
    void sort(int column, Qt::SortOrder order);

    widgets::DataTable* m_table;
    MarketsModel* m_model;
    ColumnKeeper* m_columns;
};

class HealthPanel : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit HealthPanel(QWidget* parent = nullptr);
    void refresh(const view::Board& board, const BoardAge& age);
    widgets::HistogramStrip& strip() { return *m_strip; }

signals:
    void filterChosen(const QString& filter);

private:
    widgets::RunLabel* m_counts;
    widgets::HistogramStrip* m_strip;
};

class FlowPanel : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit FlowPanel(QWidget* parent = nullptr);
    void refresh(const view::Board& board, const BoardAge& age);

private:
    void refreshChart(const view::FlowHistory& flow);

    widgets::FigureView* m_running;
    widgets::FigureView* m_started;
    widgets::FigureView* m_ended;
    widgets::FigureView* m_session;
    widgets::ChartView* m_chart;
    widgets::FactList* m_facts;
    Instant m_charted;
};

}  // namespace breakwater::ui
