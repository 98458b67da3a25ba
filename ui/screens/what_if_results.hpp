// What a shock costs: counts against now, and what each layer would pay.
#pragma once

#include "ui/models/cells_model.hpp"
#include "ui/what_if_worker.hpp"
#include "widgets/data_table.hpp"
#include "widgets/layer_bar.hpp"
#include "widgets/panel_frame.hpp"

namespace breakwater::ui {

class ColumnKeeper;

class WhatIfResults : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit WhatIfResults(QWidget* parent = nullptr);
    void show(const WhatIfAnswer& answer);
    void setStale(const QString& age);  // empty: these are the newest figures
    CellsModel& model() { return *m_model; }
    widgets::DataTable& table() { return *m_table; }

private:
    widgets::DataTable* m_table;
    CellsModel* m_model;
};

class WhatIfLayers : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit WhatIfLayers(QWidget* parent = nullptr);
    void show(const WhatIfAnswer& answer);
    void setStale(const QString& age);
    CellsModel& model() { return *m_model; }

private:
    void showBar(const scenario::Layers& layers);
    void showHeld(const scenario::Outcome& outcome);

    widgets::LayerBar* m_bar;
    widgets::DataTable* m_table;
    CellsModel* m_model;
    widgets::LayerBarData m_layers;
};

}  // namespace breakwater::ui
