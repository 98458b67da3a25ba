#include "ui/screens/accounts.hpp"

#include <algorithm>
#include <utility>

#include <QAction>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QScrollBar>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/actions.hpp"
#include "ui/column_keeper.hpp"
#include "ui/screens/account_page.hpp"
#include "ui/screens/account_preview.hpp"
#include "ui/screens/filter_bar.hpp"
#include "ui/screens/situation_panels.hpp"
#include "ui/splitters.hpp"
#include "ui/table_choice.hpp"
#include "ui/text.hpp"
#include "ui/theme_follow.hpp"
#include "widgets/chip.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {

using widgets::Run;
using widgets::Runs;

AccountsScreen::AccountsScreen(const ScreenContext& context, QWidget* parent)
    : Screen(context, parent) {
    m_worker = new OrderWorker(this);
    build();
    addActions();
    connectParts();
}

void AccountsScreen::build() {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    m_pages = new QStackedWidget(this);
    m_pages->addWidget(buildOverview());
    m_page = new AccountPage(context(), m_pages);
    m_pages->addWidget(m_page);
    row->addWidget(m_pages);
}

QWidget* AccountsScreen::buildOverview() {
    auto* overview = new QWidget(m_pages);
    auto* row = new QHBoxLayout(overview);
    widgets::arrangePanels(*row);
    m_splitter = makeSplitter(Qt::Horizontal, lastPart(0.22, 296, 420), overview);
    auto* left = new QWidget(m_splitter);
    auto* column = new QVBoxLayout(left);
    widgets::arrangePanels(*column);
    column->setContentsMargins(0, 0, 0, 0);
    m_filter = new FilterBar(left);
    m_histogramPanel = new widgets::PanelFrame(QStringLiteral("Health of all accounts"), left);
    m_histogram = new widgets::HistogramStrip(m_histogramPanel);
    m_histogram->setAccessibleName(QStringLiteral("Accounts by health"));
    m_histogramPanel->setContent(m_histogram);
    followTheme(*m_histogramPanel,
                [this] { m_histogramPanel->setFixedHeight(widgets::Theme::current().px(134)); });
    column->addWidget(m_filter);
    column->addWidget(m_histogramPanel);
    column->addWidget(buildTable(), 1);
    m_preview = new AccountPreview(m_splitter);
    followTheme(*m_preview,
                [this] { m_preview->setMinimumWidth(widgets::Theme::current().px(296)); });
    m_splitter->addWidget(left);
    m_splitter->addWidget(m_preview);
    row->addWidget(m_splitter);
    return overview;
}

QWidget* AccountsScreen::buildTable() {
    m_panel = new widgets::PanelFrame(QStringLiteral("Accounts"), this);
    m_table = new widgets::DataTable(QStringLiteral("Accounts"), m_panel);
    m_model = new AccountsModel(m_table);
    m_table->setModel(m_model);
    m_columns = new ColumnKeeper(*m_table, m_model->widths(), AccountsModel::Health);
    m_table->setSortShown(AccountsModel::columnOf(m_query.sort), Qt::AscendingOrder);
    describeEmpty();
    m_panel->setContent(m_table, widgets::PanelPadding::None);
    return m_panel;
}

void AccountsScreen::addActions() {
    QAction* preview = makeAction(
        *this, {"Account preview", "Ctrl+I", "Show or hide the chosen account's figures"});
    connect(preview, &QAction::triggered, this,
            [this] { m_preview->setVisible(!m_preview->isVisible()); });
    QAction* next =
        makeAction(*this, {"Sort by next column", "F3", "Sort the accounts by the next column"});
    connect(next, &QAction::triggered, this, [this] {
        sortBy((AccountsModel::columnOf(m_query.sort) + 1) % AccountsModel::Columns,
               Qt::DescendingOrder);
    });
    QAction* reverse =
        makeAction(*this, {"Reverse the order", "Shift+F3", "Sort the other way round"});
    connect(reverse, &QAction::triggered, this, [this] {
        sortBy(AccountsModel::columnOf(m_query.sort),
               m_query.descending ? Qt::AscendingOrder : Qt::DescendingOrder);
    });
    QAction* free = makeAction(*this, {"Back, or let go of the row", "Esc;Alt+Left",
                                       "From one account to the table; from a chosen row to none, "
                                       "so that the order follows again"});
    connect(free, &QAction::triggered, this, [this] {
        if (m_opened) return closeAccount();
        m_selected.reset();
        m_table->selectRowQuietly(-1);
        refreshActions();
        refreshWords();
    });
    connect(&m_filter->previewButton(), &QAbstractButton::clicked, preview, &QAction::trigger);
    connect(&m_filter->sortButton(), &QAbstractButton::clicked, this, &AccountsScreen::recompute);
    addPageActions();
}

void AccountsScreen::connectParts() {
    connect(m_worker, &OrderWorker::ordered, this, &AccountsScreen::onOrdered);
    connect(m_filter, &FilterBar::filterChanged, this, &AccountsScreen::applyFilter);
    connect(m_filter, &FilterBar::left, m_table, [this] { m_table->setFocus(Qt::TabFocusReason); });
    connect(m_table, &widgets::DataTable::sortRequested, this, &AccountsScreen::sortBy);
    connect(m_table, &widgets::DataTable::currentRowChanged, this, &AccountsScreen::onRowChosen);
    connect(m_table, &widgets::DataTable::rowActivated, this, [this](int row) {
        if (const auto account = m_model->accountAt(row)) openAccount(*account);
    });
    connect(m_page, &AccountPage::forensicsRequested, this,
            [this](std::optional<Sequence> sequence) {
                if (m_opened) emit targetRequested(eventsOf(*m_opened, sequence));
            });
    connect(m_table, &widgets::DataTable::emptyActionTriggered, this, [this] {
        m_filter->setFilterText({});
        applyFilter({});
    });
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, this,
            &AccountsScreen::refreshWords);
    connect(m_histogram, &widgets::HistogramStrip::barActivated, this,
            [this](int, double from, double to) {
                const QString filter = healthFilter(from, to);
                m_filter->setFilterText(filter);
                applyFilter(filter);
            });
}

void AccountsScreen::open(const ScreenTarget& target) {
    if (target.account) return openAccount(*target.account);
    if (m_opened) closeAccount();
    if (target.filter.isNull()) return;
    m_filter->setFilterText(target.filter);
    applyFilter(target.filter);
}

void AccountsScreen::focusFilter() {
    if (m_opened) closeAccount();
    m_filter->focusEdit();
}

void AccountsScreen::recompute() { requestOrder(); }

void AccountsScreen::applyFilter(const QString& filter) {
    if (!m_snapshot) return;
    const Result<view::AccountQuery> parsed = view::parseAccountFilter(utf8(filter), *m_snapshot);
    if (!parsed) {
        m_filter->showError(text(parsed.error().message));
        return;
    }
    const view::AccountColumn sort = m_query.sort;
    const bool descending = m_query.descending;
    m_query = *parsed;
    m_query.sort = sort;
    m_query.descending = descending;
    requestOrder();
}

void AccountsScreen::sortBy(int column, Qt::SortOrder order) {
    m_query.sort = AccountsModel::sortKey(column);
    m_query.descending = order == Qt::DescendingOrder;
    m_table->setSortShown(AccountsModel::columnOf(m_query.sort), order);
    requestOrder();
}

void AccountsScreen::requestOrder() {
    if (!m_snapshot) return;
    m_sinceRequest.start();
    m_worker->request(m_snapshot, m_query);
}

bool AccountsScreen::isOrderHeld() const { return m_selected || holdsOrder(*m_table); }

void AccountsScreen::onOrdered(const std::shared_ptr<const view::AccountOrder>& order) {
    const int scroll = m_table->verticalScrollBar()->value();
    m_restoring = true;
    m_model->setOrder(order);
    m_restoring = false;
    m_sinceOrder = m_sinceRequest;
    describeEmpty();
    m_table->verticalScrollBar()->setValue(scroll);
    restoreSelection();
    m_filter->showCount(order->order.size(), m_snapshot ? m_snapshot->accountCount : 0);
    refreshWords();
    refreshReady({m_snapshot, nullptr});
}

void AccountsScreen::restoreSelection() {
    const int row = m_selected ? m_model->rowOf(*m_selected) : -1;
    if (row == m_table->currentRow()) return;
    m_restoring = true;
    m_table->selectRowQuietly(row);
    m_restoring = false;
}

void AccountsScreen::onRowChosen(int row) {
    if (m_restoring) return;
    m_selected = chosenRow(*m_table) >= 0 ? m_model->accountAt(row) : std::nullopt;
    m_preview->show(m_snapshot, m_selected);
    refreshActions();
    refreshWords();
}

void AccountsScreen::refresh(const view::Board& board, const DeskStatus&) {
    const bool first = !m_snapshot && board.snapshot;
    const bool isOpen = m_opened.has_value();
    m_snapshot = board.snapshot;
    context().age.applyTo(*m_panel);
    m_model->setSnapshot(m_snapshot);
    if (first) applyFilter(m_filter->filterText());
    const bool due = !m_sinceRequest.isValid() || m_sinceRequest.elapsed() >= kResortMs;
    const bool moved =
        m_snapshot && m_model->order() && m_model->order()->sequence != m_snapshot->sequence;
    if (due && moved && !isOrderHeld() && !isOpen && !m_worker->busy()) requestOrder();
    if (m_wanted && m_snapshot) openAccount(*std::exchange(m_wanted, std::nullopt));
    showPage();
    if (!isOpen) {
        m_preview->show(m_snapshot, m_selected);
        refreshHistogram(board);
    }
    refreshWords();
    refreshReady(board);
}

void AccountsScreen::refreshHistogram(const view::Board& board) {
    context().age.applyTo(*m_histogramPanel);
    if (!board.scan) return;
    widgets::HistogramData bars = healthHistogram(*board.scan);
    bars.filterLow = m_query.healthFrom;
    bars.filterHigh = m_query.healthBelow;
    m_histogram->setData(bars);
}

void AccountsScreen::refreshWords() {
    const view::AccountOrder* order = m_model->order();
    if (order == nullptr) return;
    const QString column =
        m_model->headerData(AccountsModel::columnOf(m_query.sort), Qt::Horizontal, Qt::DisplayRole)
            .toString();
    m_panel->setCaption(QStringLiteral("sorted by %1, %2")
                            .arg(column.toLower(), m_query.descending
                                                       ? QStringLiteral("highest first")
                                                       : QStringLiteral("lowest first")));
    const qint64 oldMs = m_sinceOrder.isValid() ? m_sinceOrder.elapsed() / 1000 * 1000 : 0;
    Runs aside;
    if (isOrderHeld() && order->sequence != m_snapshot->sequence) {
        aside = {Run::body(QStringLiteral("order %1 old").arg(widgets::formatAge(oldMs))),
                 Run::key(QKeySequence(Qt::Key_F5)), Run::caption(QStringLiteral("re-sort")),
                 Run::key(QKeySequence(Qt::Key_Escape)), Run::caption(QStringLiteral("let go"))};
    }
    m_panel->setAside(aside);
    const int first = m_table->rowAt(0);
    const int last = m_table->rowAt(m_table->viewport()->height() - 1);
    const auto count = static_cast<std::int64_t>(order->order.size());
    Runs foot{Run::caption(QStringLiteral("filtered sum")),
              Run::body(QStringLiteral("equity")).after(14),
              Run::figure(widgets::formatShort(order->equity)),
              Run::body(QStringLiteral("maintenance")).after(14),
              Run::figure(widgets::formatShort(order->maintenance)),
              Run::body(QStringLiteral("gross")).after(14),
              Run::figure(widgets::formatShort(order->gross))};
    if (count > 0 && first >= 0) {
        foot.push_back(Run::rule());
        foot.push_back(Run::caption(QStringLiteral("rows %1–%2 of %3")
                                        .arg(widgets::formatCount(first + 1),
                                             widgets::formatCount(last < 0 ? count : last + 1),
                                             widgets::formatCount(count))));
    }
    m_panel->setFoot(foot);
}

void AccountsScreen::describeEmpty() {
    widgets::EmptyStateData empty;
    const view::AccountOrder* order = m_model->order();
    if (order == nullptr) {
        empty.what = QStringLiteral("The accounts are being put in order");
        empty.why = QStringLiteral("The first order of a session takes a moment.");
    } else if (!m_snapshot || m_snapshot->accountCount == 0) {
        empty.what = QStringLiteral("The venue has no accounts");
        empty.why = QStringLiteral("Accounts appear with the first facts of the record.");
    } else {
        empty.kind = widgets::EmptyKind::FilteredOut;
        empty.what =
            QStringLiteral("0 of %1 match")
                .arg(widgets::formatCount(static_cast<std::int64_t>(m_snapshot->accountCount)));
        empty.why = QStringLiteral("The filter leaves out every account.");
        QStringList near;
        for (const view::NearestMatch& match : order->nearest) {
            near << QStringLiteral("%1 gives %2")
                        .arg(text(match.condition),
                             widgets::formatCount(static_cast<std::int64_t>(match.count)));
        }
        if (!near.isEmpty())
            empty.why = QStringLiteral("Nearest: %1.").arg(near.join(QStringLiteral(", ")));
        empty.actionText = QStringLiteral("Clear filter");
    }
    m_table->setEmptyState(empty);
}

void AccountsScreen::refreshReady(const view::Board& board) {
    const bool ready = board.snapshot && m_model->order() != nullptr;
    if (ready == m_ready) return;
    m_ready = ready;
    emit readyChanged();
}

QJsonObject AccountsScreen::saveLayout() const {
    return {{QStringLiteral("split"), splitterSizes(*m_splitter)},
            {QStringLiteral("columns"), m_columns->save()},
            {QStringLiteral("preview"), !m_preview->isHidden()}};
}

void AccountsScreen::restoreLayout(const QJsonObject& layout) {
    restoreSplitter(*m_splitter, layout.value(QStringLiteral("split")));
    m_columns->restore(layout.value(QStringLiteral("columns")).toArray());
    m_preview->setVisible(layout.value(QStringLiteral("preview")).toBool(true));
}

}  // namespace breakwater::ui
