// Forensics (Ctrl+9): what happened, in what order, and why.
#pragma once

#include <QTimer>

#include "ui/record_desk.hpp"
#include "ui/screen.hpp"

class QSplitter;

namespace breakwater::ui {

class CausesPanel;
class EventLogPanel;
class RecordPanel;
class RecordStatePanel;

class ForensicsScreen : public Screen {
    Q_OBJECT

public:
    explicit ForensicsScreen(const ScreenContext& context, QWidget* parent = nullptr);

    void refresh(const view::Board& board, const DeskStatus& status) override;
    bool isReady() const override { return m_ready; }
    QWidget* firstFocus() override;
    void open(const ScreenTarget& target) override;
    bool hasFilter() const override { return true; }
    void focusFilter() override;
    void recompute() override;
    QJsonObject saveLayout() const override;
    void restoreLayout(const QJsonObject& layout) override;

    RecordPanel& record() { return *m_record; }
    EventLogPanel& log() { return *m_log; }
    CausesPanel& causes() { return *m_causes; }
    RecordStatePanel& state() { return *m_state; }
    void exportTo(const QString& path);  // the filtered events, without asking

protected:
    void showEvent(QShowEvent* event) override;

private:
    void build();
    void addActions();
    void connectParts();
    void goToEvent(Sequence sequence, std::optional<std::uint32_t> index);
    void openAccount();
    void askForExport();
    void refreshReady();
    RecordDesk* recordDesk() const { return context().desk.record(); }

    RecordPanel* m_record = nullptr;
    EventLogPanel* m_log = nullptr;
    CausesPanel* m_causes = nullptr;
    RecordStatePanel* m_state = nullptr;
    QSplitter* m_rows = nullptr;
    QSplitter* m_columns = nullptr;
    QSplitter* m_side = nullptr;
    QTimer m_causesTimer;  // a held arrow key asks once, where it stops
    std::optional<std::pair<Sequence, std::uint32_t>> m_asked;
    std::optional<Sequence> m_cursor;  // last seen
    bool m_ready = false;
};

}  // namespace breakwater::ui
