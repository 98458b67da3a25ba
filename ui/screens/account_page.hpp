// One account in full (C3): why its margin is what it is, what happens next, what happened.
#pragma once

#include <QScrollArea>

#include "ui/screen.hpp"
#include "ui/screens/account_events.hpp"
#include "ui/screens/account_panels.hpp"

namespace breakwater::ui {

class AccountPage : public QScrollArea {
    Q_OBJECT

public:
    explicit AccountPage(const ScreenContext& context, QWidget* parent = nullptr);

    void show(std::shared_ptr<const view::Snapshot> snapshot, AccountId account,
              const QString& place);
    QWidget* firstFocus() { return &m_positions->table(); }
    void toggleFill();
    const AccountSheet& sheet() const { return m_sheet; }
    AccountEventsPanel& events() { return *m_events; }
    CellsPanel& positions() { return *m_positions; }
    CellsPanel& terms() { return *m_terms; }
    NextStepsPanel& nextSteps() { return *m_next; }

signals:
    void forensicsRequested(std::optional<breakwater::Sequence> sequence);

private:
    QWidget* buildBody();
    void compute();
    void fill();
    QString whyNoRecord() const;

    const ScreenContext& m_context;
    AccountSheet m_sheet;
    QString m_place;
    AccountHead* m_head = nullptr;
    CellsPanel* m_positions = nullptr;
    NextStepsPanel* m_next = nullptr;
    MarginPanel* m_margin = nullptr;
    CellsPanel* m_terms = nullptr;
    CellsPanel* m_collateral = nullptr;
    CellsPanel* m_distance = nullptr;
    AccountEventsPanel* m_events = nullptr;
};

}  // namespace breakwater::ui
