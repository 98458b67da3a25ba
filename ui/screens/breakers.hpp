// Breakers (Ctrl+5): what is on, since when, until when, why, did it take effect; and the
// console that arms, commits and tracks an act.
#pragma once

#include <optional>

#include "ui/breaker_draft.hpp"
#include "ui/models/breakers_model.hpp"
#include "ui/models/timeline_model.hpp"
#include "ui/screen.hpp"
#include "ui/screens/breaker_track.hpp"
#include "widgets/data_table.hpp"

class QSplitter;

namespace breakwater::ui {

class ArmPanel;
class ColumnKeeper;
class CommitPanel;
class EffectPanel;
class RulesPanel;

class BreakersScreen : public Screen {
    Q_OBJECT

public:
    explicit BreakersScreen(const ScreenContext& context, QWidget* parent = nullptr);

    void refresh(const view::Board& board, const DeskStatus& status) override;
    bool isReady() const override { return m_ready; }
    QWidget* firstFocus() override { return m_table; }
    QSize leastSize() const override { return {1'080, 610}; }
    void open(const ScreenTarget& target) override;
    QJsonObject saveLayout() const override;
    void restoreLayout(const QJsonObject& layout) override;

    ArmPanel& armPanel() { return *m_arm; }
    CommitPanel& commitPanel() { return *m_commit; }
    widgets::DataTable& table() { return *m_table; }
    bool isArmed() const { return m_armed.has_value(); }
    const std::optional<TrackedCommand>& tracked() const { return m_tracked; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    struct Armed {
        BreakerDraft draft;
        Instant at;
        Direction direction = Direction::Tightening;
    };

    QWidget* buildLeft();
    QWidget* buildTable();
    QWidget* buildRight();
    void addActions();
    void connectParts();
    void arm();
    void disarm();
    void commit();
    void prepareFor(CommandKind kind, BreakerLevel level, const QString& reason);
    void prepareRenewal();
    void prepareStepDown();
    void prepareRelease();
    std::optional<InstrumentId> chosen() const;
    QString lockReason() const;
    void refreshConsole();
    bool onHoldKey(const QWidget& receiver, const QKeyEvent& key);

    widgets::PanelFrame* m_panel = nullptr;
    widgets::DataTable* m_table = nullptr;
    BreakersModel* m_model = nullptr;
    ColumnKeeper* m_columns = nullptr;
    ArmPanel* m_arm = nullptr;
    EffectPanel* m_effect = nullptr;
    CommitPanel* m_commit = nullptr;
    TrackPanel* m_track = nullptr;
    RulesPanel* m_rules = nullptr;
    TimelineModel* m_history = nullptr;
    QSplitter* m_split = nullptr;
    QSplitter* m_rows = nullptr;
    std::shared_ptr<const view::Snapshot> m_snapshot;
    DeskStatus m_status;
    std::optional<Armed> m_armed;
    std::optional<TrackedCommand> m_tracked;
    bool m_ready = false;
};

}  // namespace breakwater::ui
