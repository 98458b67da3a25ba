// Fund and waterfall (Ctrl+4): what there is, who pays in which order, how far ADL is.
#pragma once

#include "ui/queue_worker.hpp"
#include "ui/screen.hpp"

class QSplitter;

namespace breakwater::ui {

class FlowsPanel;
class FundHistoryPanel;
class FundPanel;
class NextPayerPanel;
class WaterfallPanel;

class FundScreen : public Screen {
    Q_OBJECT

public:
    explicit FundScreen(const ScreenContext& context, QWidget* parent = nullptr);

    void refresh(const view::Board& board, const DeskStatus& status) override;
    bool isReady() const override { return m_ready; }
    QWidget* firstFocus() override;
    QJsonObject saveLayout() const override;
    void restoreLayout(const QJsonObject& layout) override;

    WaterfallPanel& waterfall() { return *m_waterfall; }
    FlowsPanel& flows() { return *m_flows; }
    NextPayerPanel& nextPayer() { return *m_next; }

private:
    void build();
    void addActions();
    void showReport();

    FundPanel* m_fund = nullptr;
    WaterfallPanel* m_waterfall = nullptr;
    FundHistoryPanel* m_history = nullptr;
    NextPayerPanel* m_next = nullptr;
    FlowsPanel* m_flows = nullptr;
    QSplitter* m_rows = nullptr;
    QSplitter* m_top = nullptr;
    QSplitter* m_left = nullptr;
    QSplitter* m_bottom = nullptr;
    QueueWorker* m_worker = nullptr;
    std::shared_ptr<const view::Snapshot> m_snapshot;
    bool m_ready = false;
};

}  // namespace breakwater::ui
