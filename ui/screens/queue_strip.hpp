// The row of figures over the queue: does the engine keep up?
#pragma once

#include <array>

#include "core/view/fund_standing.hpp"
#include "ui/board_age.hpp"
#include "widgets/figure_view.hpp"
#include "widgets/panel_frame.hpp"
#include "widgets/sparkline.hpp"

namespace breakwater::ui {

// "clears in 4 min", "grows 24/min: does not clear at this rate".
QString backlogText(const view::QueueView& queue);
QString backlogShort(const view::QueueView& queue);
// Of the open backlog alarm, None while there is none.
widgets::Priority backlogPriority(const view::Snapshot& snapshot);

class QueueStrip : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit QueueStrip(QWidget* parent = nullptr);
    void refresh(const view::QueueReport& report, const BoardAge& age);

private:
    enum Place { Arriving, Cleared, Backlog, Stuck, Underwater, Shortfall, Closed, kPlaces };
    void refreshFigures(const view::QueueReport& report);
    void refreshSparks(const view::Snapshot& snapshot);

    std::array<widgets::FigureView*, kPlaces> m_figures{};
    std::array<widgets::Sparkline*, 3> m_sparks{};
};

}  // namespace breakwater::ui
