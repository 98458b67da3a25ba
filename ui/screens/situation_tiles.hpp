// The three tiles of the top row: how far, who pays next, what is on.
#pragma once

#include <QList>

#include "ui/board_age.hpp"
#include "ui/models/breakers_model.hpp"
#include "ui/readings.hpp"
#include "widgets/figure_view.hpp"
#include "widgets/kpi_bar.hpp"
#include "widgets/layer_bar.hpp"
#include "widgets/panel_frame.hpp"
#include "widgets/sparkline.hpp"

namespace breakwater::widgets {
class DataTable;
}

namespace breakwater::ui {

class DistanceTile : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit DistanceTile(QWidget* parent = nullptr);
    void refresh(const view::Board& board, const BoardAge& age);

private:
    void showNothing(const QString& reason);
    void trace(Instant now, double move);

    widgets::FigureView* m_hero;
    widgets::Sparkline* m_hour;
    widgets::KpiBar* m_bar;
    widgets::FactList* m_facts;
    QList<double> m_trace;  // one every 30 s of venue time
    Instant m_traced;
};

class NextDollarTile : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit NextDollarTile(QWidget* parent = nullptr);
    void refresh(const view::Board& board, const BoardAge& age);

private:
    void refreshLayers(const view::Snapshot& snapshot);

    widgets::FigureView* m_available;
    widgets::FigureView* m_adlAt;
    widgets::FigureView* m_paid;
    widgets::LayerBar* m_layers;
    widgets::KpiBar* m_capital;
    widgets::FactList* m_facts;
};

class BreakersTile : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit BreakersTile(QWidget* parent = nullptr);
    void refresh(const view::Board& board, const BoardAge& age);
    widgets::DataTable& table() { return *m_table; }

signals:
    void marketActivated(quint16 market);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    widgets::DataTable* m_table;
    BreakersModel* m_model;
};

}  // namespace breakwater::ui
