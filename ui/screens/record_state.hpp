// Whether what is shown is what was: the digests at the cursor, and the check of the whole record.
#pragma once

#include "ui/desk.hpp"
#include "ui/record_desk.hpp"
#include "widgets/panel_frame.hpp"

class QLabel;

namespace breakwater::widgets {
class EmptyState;
class FactList;
class KpiBar;
class RunLabel;
}  // namespace breakwater::widgets

namespace breakwater::ui {

class RecordStatePanel : public widgets::PanelFrame {
    Q_OBJECT

public:
    explicit RecordStatePanel(QWidget* parent = nullptr);
    void refresh(RecordDesk* record, const std::shared_ptr<const view::Snapshot>& names,
                 const DeskStatus& status);
    QString verdict() const { return m_verdict; }  // the line on top, for tests

private:
    void showPast(const PastStatus& past);
    void showLive(const view::Snapshot* names, const DeskStatus& status);
    void say(const QString& state, const QString& verdict, widgets::Priority priority);

    widgets::RunLabel* m_top;
    widgets::FactList* m_facts;
    QLabel* m_sentence;
    QString m_verdict;
};

}  // namespace breakwater::ui
