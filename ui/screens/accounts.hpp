// Accounts (Ctrl+2): who is in danger, how much, what binds them.
#pragma once

#include <QElapsedTimer>

#include "ui/models/accounts_model.hpp"
#include "ui/order_worker.hpp"
#include "ui/screen.hpp"
#include "widgets/data_table.hpp"
#include "widgets/histogram_strip.hpp"
#include "widgets/panel_frame.hpp"

class QAction;
class QSplitter;
class QStackedWidget;

namespace breakwater::ui {

class AccountPage;
class AccountPreview;
class ColumnKeeper;
class FilterBar;

class AccountsScreen : public Screen {
    Q_OBJECT

public:
    explicit AccountsScreen(const ScreenContext& context, QWidget* parent = nullptr);

    void refresh(const view::Board& board, const DeskStatus& status) override;
    bool isReady() const override;
    QWidget* firstFocus() override;
    QSize leastSize() const override { return {900, 400}; }
    void open(const ScreenTarget& target) override;
    std::optional<ScreenTarget> targetFor(const QString& screen) const override;
    void focusFilter() override;
    void recompute() override;
    QJsonObject saveLayout() const override;
    void restoreLayout(const QJsonObject& layout) override;

    AccountsModel& model() { return *m_model; }
    widgets::DataTable& table() { return *m_table; }
    FilterBar& filterBar() { return *m_filter; }
    std::optional<AccountId> selected() const { return m_selected; }
    // The drill-down, and whose it is; nothing while the table is shown.
    AccountPage& page() { return *m_page; }
    std::optional<AccountId> opened() const { return m_opened; }

private:
    void build();
    QWidget* buildTable();
    QWidget* buildOverview();
    void addActions();
    void addPageActions();
    void openAccount(AccountId account);
    void closeAccount();
    void stepAccount(int by);
    void showPage();
    QString placeOf(AccountId account) const;
    ScreenTarget eventsOf(AccountId account, std::optional<Sequence> sequence) const;
    void refreshActions();
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
    AccountPage* m_page = nullptr;
    QStackedWidget* m_pages = nullptr;
    QAction* m_openAction = nullptr;
    QAction* m_fillAction = nullptr;
    QSplitter* m_splitter = nullptr;
    OrderWorker* m_worker = nullptr;
    view::AccountQuery m_query;
    std::shared_ptr<const view::Snapshot> m_snapshot;
    std::optional<AccountId> m_selected;
    std::optional<AccountId> m_opened;
    std::optional<AccountId> m_wanted;  // a target that came before the first board
    QElapsedTimer m_sinceOrder;         // when the shown order was asked for
    QElapsedTimer m_sinceRequest;
    bool m_restoring = false;
    bool m_ready = false;
};

}  // namespace breakwater::ui
