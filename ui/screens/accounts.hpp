// Accounts (Ctrl+2): who is in danger, how much, what binds them.
#pragma once

#include <QElapsedTimer>

#include "ui/models/accounts_model.hpp"
#include "ui/order_worker.hpp"
#include "ui/screen.hpp"
#include "widgets/data_table.hpp"
#include "widgets/histogram_strip.hpp"
#include "widgets/panel_frame.hpp"

class QSplitter;

namespace breakwater::ui {

class AccountPreview;
class ColumnKeeper;
class FilterBar;

class AccountsScreen : public Screen {
    Q_OBJECT

public:
    explicit AccountsScreen(const ScreenContext& context, QWidget* parent = nullptr);

    void refresh(const view::Board& board, const DeskStatus& status) override;
    bool isReady() const override { return m_ready; }
    QWidget* firstFocus() override { return m_table; }
    void open(const ScreenTarget& target) override;
    void focusFilter() override;
    void recompute() override;
    QJsonObject saveLayout() const override;
    void restoreLayout(const QJsonObject& layout) override;

    AccountsModel& model() { return *m_model; }
    widgets::DataTable& table() { return *m_table; }
    FilterBar& filterBar() { return *m_filter; }
    std::optional<AccountId> selected() const { return m_selected; }

private:
    void build();
    QWidget* buildTable();
    void addActions();
    void connectParts();
    void applyFilter(const QString& text);
    void sortBy(int column, Qt::SortOrder order);
    void requestOrder();
    void onOrdered(const std::shared_ptr<const view::AccountOrder>& order);
    void onRowChosen(int row);
    void restoreSelection();
    bool isOrderHeld() const;
    void refreshHistogram(const view::Board& board);
    void refreshWords();
    void refreshReady(const view::Board& board);
    void describeEmpty();

    static constexpr qint64 kResortMs = 2'000;

    FilterBar* m_filter = nullptr;
    widgets::PanelFrame* m_histogramPanel = nullptr;
    widgets::HistogramStrip* m_histogram = nullptr;
    widgets::PanelFrame* m_panel = nullptr;
    widgets::DataTable* m_table = nullptr;
    AccountsModel* m_model = nullptr;
    ColumnKeeper* m_columns = nullptr;
    AccountPreview* m_preview = nullptr;
    QSplitter* m_splitter = nullptr;
    OrderWorker* m_worker = nullptr;
    view::AccountQuery m_query;
    std::shared_ptr<const view::Snapshot> m_snapshot;
    std::optional<AccountId> m_selected;
    QElapsedTimer m_sinceOrder;  // when the shown order was asked for
    QElapsedTimer m_sinceRequest;
    bool m_restoring = false;
    bool m_ready = false;
};

}  // namespace breakwater::ui
