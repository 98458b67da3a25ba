// What the chosen level leaves on and what it stops, and whether the way out is open now.
#pragma once

#include "ui/breaker_draft.hpp"
#include "widgets/figure_view.hpp"
#include "widgets/panel_frame.hpp"
#include "widgets/permission_list.hpp"

namespace breakwater::ui {

class EffectPanel : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit EffectPanel(QWidget* parent = nullptr);
    void refresh(const view::Snapshot& snapshot, const BreakerDraft& draft);

private:
    QVector<widgets::Fact> exitFacts(const view::Snapshot& snapshot,
                                     const BreakerDraft& draft) const;

    widgets::PermissionList* m_permissions;
    widgets::FactList* m_exits;
};

}  // namespace breakwater::ui
