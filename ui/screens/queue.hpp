// Liquidation queue (Ctrl+3): does the engine keep up, what is stuck and why, what does it do to
// prices, who is next for ADL.
#pragma once

#include "ui/models/queue_model.hpp"
#include "ui/queue_worker.hpp"
#include "ui/screen.hpp"
#include "widgets/chip.hpp"
#include "widgets/data_table.hpp"
#include "widgets/panel_frame.hpp"

class QSplitter;

namespace breakwater::ui {

class AdlPanel;
class BacklogPanel;
class ColumnKeeper;
class LadderPanel;
class QueueStrip;
class ReasonPanel;
class TakersPanel;

class QueueScreen : public Screen {
    Q_OBJECT

public:
    explicit QueueScreen(const ScreenContext& context, QWidget* parent = nullptr);

    void refresh(const view::Board& board, const DeskStatus& status) override;
    bool isReady() const override { return m_ready; }
    QWidget* firstFocus() override { return m_table; }
    void open(const ScreenTarget& target) override;
    void recompute() override;
    QJsonObject saveLayout() const override;
    void restoreLayout(const QJsonObject& layout) override;

    QueueModel& model() { return *m_model; }
    widgets::DataTable& table() { return *m_table; }
    AdlPanel& adl() { return *m_adl; }
    LadderPanel& ladder() { return *m_ladder; }
    QueueFilter filter() const { return m_filter; }
    std::optional<LiquidationId> selected() const { return m_selected; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void build();
    QWidget* buildMiddle();
    QWidget* buildBottom();
    QWidget* buildTable();
    void addActions();
    void connectParts();
    void setFilter(QueueFilter filter);
    void showReport();
    void showRows();
    void showEvidence();
    void showChips(const view::QueueView& queue);
    void fitColumns();
    void describeEmpty();
    void onRowChosen(int row);
    void goToAccount(AccountId account);
    void goToChosen();
    const view::QueueRow* reasonRow() const;

    QueueStrip* m_strip = nullptr;
    widgets::PanelFrame* m_panel = nullptr;
    std::array<widgets::Chip*, 3> m_chips{};
    widgets::DataTable* m_table = nullptr;
    QueueModel* m_model = nullptr;
    ColumnKeeper* m_columns = nullptr;
    ReasonPanel* m_reason = nullptr;
    BacklogPanel* m_backlog = nullptr;
    LadderPanel* m_ladder = nullptr;
    TakersPanel* m_takers = nullptr;
    AdlPanel* m_adl = nullptr;
    QSplitter* m_rows = nullptr;
    QSplitter* m_middle = nullptr;
    QSplitter* m_side = nullptr;
    QSplitter* m_bottom = nullptr;
    QueueWorker* m_worker = nullptr;
    std::shared_ptr<const view::Snapshot> m_snapshot;
    QueueFilter m_filter = QueueFilter::All;
    std::optional<LiquidationId> m_selected;
    bool m_restoring = false;
    bool m_ready = false;
};

}  // namespace breakwater::ui
