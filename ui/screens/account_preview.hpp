// One account, read only: what it owns, what it must hold, and its positions.
#pragma once

#include <memory>
#include <optional>

#include "core/view/snapshot.hpp"
#include "ui/models/legs_model.hpp"
#include "widgets/badge.hpp"
#include "widgets/data_table.hpp"
#include "widgets/figure_view.hpp"
#include "widgets/kpi_bar.hpp"
#include "widgets/panel_frame.hpp"

class QStackedWidget;

namespace breakwater::ui {

class AccountPreview : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit AccountPreview(QWidget* parent = nullptr);
    void show(const std::shared_ptr<const view::Snapshot>& snapshot,
              std::optional<AccountId> account);

private:
    QWidget* buildFigures();
    void refreshFigures(const view::Snapshot& snapshot, AccountId account);
    void refreshFacts(const view::Snapshot& snapshot, AccountId account,
                      const view::AccountFigures& figures);

    QStackedWidget* m_pages;
    widgets::RunLabel* m_name;
    widgets::StateBadge* m_badge;
    widgets::FigureView* m_health;
    widgets::FigureView* m_equity;
    widgets::FigureView* m_maintenance;
    widgets::KpiBar* m_bar;
    widgets::FactList* m_facts;
    widgets::DataTable* m_legs;
    LegsModel* m_model;
};

}  // namespace breakwater::ui
