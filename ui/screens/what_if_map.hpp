// Two underlyings shocked against each other, 21 x 13 cells, one metric at a time.
#pragma once

#include <memory>
#include <optional>

#include <QJsonObject>

#include "ui/what_if_worker.hpp"
#include "widgets/heat_map.hpp"
#include "widgets/panel_frame.hpp"
#include "widgets/pick_box.hpp"

class QStackedWidget;

namespace breakwater::ui {

enum class HeatMetric : std::uint8_t { BelowMaintenance, BelowZero, Shortfall, FundPaid, AdlAsked };

class WhatIfMap : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit WhatIfMap(QWidget* parent = nullptr);

    void setSnapshot(const std::shared_ptr<const view::Snapshot>& snapshot);
    void setAcross(std::size_t underlying);
    // Nothing where the venue has fewer than two underlyings.
    std::optional<scenario::HeatRequest> request(const scenario::Shock& shock) const;
    void show(const std::shared_ptr<const scenario::HeatMap>& map, double millis);
    void setOutcome(const scenario::Outcome& outcome);  // where the shock lies, what now is
    void setStale(const QString& age);
    void nextMetric();
    HeatMetric metric() const;
    const scenario::HeatMap* map() const { return m_map.get(); }
    widgets::HeatMap& heat() { return *m_heat; }

    QJsonObject save() const;
    void restore(const QJsonObject& saved);

signals:
    void requestChanged();
    void cellActivated(const breakwater::scenario::Shock& shock);

private:
    void build();
    void fill(widgets::PickBox& box, std::size_t chosen);
    void onAxis(widgets::PickBox& changed, widgets::PickBox& other);
    void repaintMap();
    QString axisName(UnderlyingId underlying) const;

    std::shared_ptr<const view::Snapshot> m_snapshot;
    std::shared_ptr<const scenario::HeatMap> m_map;
    scenario::Outcome m_outcome;
    QString m_staleAge;
    std::size_t m_wantedAcross = 0, m_wantedUp = 1;
    QStackedWidget* m_pages = nullptr;
    widgets::HeatMap* m_heat = nullptr;
    widgets::PickBox* m_across = nullptr;
    widgets::PickBox* m_up = nullptr;
    widgets::PickBox* m_metric = nullptr;
    widgets::PickBox* m_step = nullptr;
};

}  // namespace breakwater::ui
