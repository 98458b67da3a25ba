#include "ui/screens/queue.hpp"

#include <QAction>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QScrollBar>
#include <QSplitter>
#include <QVBoxLayout>

#include "ui/actions.hpp"
#include "ui/column_keeper.hpp"
#include "ui/make_data.hpp"
#include "ui/screens/queue_evidence.hpp"
#include "ui/screens/queue_reason.hpp"
#include "ui/screens/queue_strip.hpp"
#include "ui/splitters.hpp"
#include "ui/table_choice.hpp"
#include "ui/text.hpp"
#include "ui/theme_follow.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {
namespace {

// The table has the room; what lies below it keeps enough for eight rows.
QList<int> rowSizes(int total) {
    const widgets::Theme& theme = widgets::Theme::current();
    const int least = std::min(theme.px(232), total / 2);
    const int bottom = std::clamp(total * 38 / 100, least, std::max(least, theme.px(340)));
    return {std::max(1, total - bottom), bottom};
}

QList<int> bottomSizes(int total) { return {total * 31 / 100, total * 34 / 100, total * 35 / 100}; }

QString chipText(const char* word, std::size_t count) {
    return QStringLiteral("%1 %2").arg(QString::fromUtf8(word),
                                       widgets::formatCount(static_cast<std::int64_t>(count)));
}

}  // namespace

QueueScreen::QueueScreen(const ScreenContext& context, QWidget* parent) : Screen(context, parent) {
    m_worker = new QueueWorker(this);
    build();
    addActions();
    connectParts();
}

void QueueScreen::build() {
    auto* column = new QVBoxLayout(this);
    widgets::arrangePanels(*column);
    m_strip = new QueueStrip(this);
    followTheme(*m_strip, [this] { m_strip->setFixedHeight(widgets::Theme::current().px(100)); });
    m_rows = makeSplitter(Qt::Vertical, &rowSizes, this);
    m_rows->addWidget(buildMiddle());
    m_rows->addWidget(buildBottom());
    column->addWidget(m_strip);
    column->addWidget(m_rows, 1);
}

QWidget* QueueScreen::buildMiddle() {
    m_middle = makeSplitter(Qt::Horizontal, lastPart(0.3, 340, 600), m_rows);
    m_middle->addWidget(buildTable());
    m_side = makeSplitter(Qt::Vertical, lastPart(0.32, 110, 170), m_middle);
    m_reason = new ReasonPanel(m_side);
    m_backlog = new BacklogPanel(m_side);
    m_side->addWidget(m_reason);
    m_side->addWidget(m_backlog);
    m_middle->addWidget(m_side);
    return m_middle;
}

QWidget* QueueScreen::buildTable() {
    m_panel = new widgets::PanelFrame(QStringLiteral("Liquidation queue"), m_middle);
    auto* chips = new QWidget(m_panel);
    auto* row = new QHBoxLayout(chips);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(widgets::Theme::current().px(6));
    const std::array<const char*, 3> words{"All", "Stuck", "Underwater"};
    for (std::size_t i = 0; i < words.size(); ++i) {
        m_chips[i] = new widgets::Chip(QString::fromUtf8(words[i]), chips);
        row->addWidget(m_chips[i]);
        connect(m_chips[i], &QAbstractButton::clicked, this,
                [this, i] { setFilter(static_cast<QueueFilter>(i)); });
    }
    m_panel->setAsideWidget(chips);
    m_panel->setKey(QKeySequence(QStringLiteral("S")));
    m_table = new widgets::DataTable(QStringLiteral("Running liquidations"), m_panel);
    m_model = new QueueModel(m_table);
    m_table->setModel(m_model);
    m_columns = new ColumnKeeper(*m_table, m_model->widths(), QueueModel::State);
    m_table->setEmptyState(
        nothingHere(QStringLiteral("The queue is being read"),
                    QStringLiteral("Rankings and ladders need a pass over all accounts.")));
    m_panel->setContent(m_table, widgets::PanelPadding::None);
    return m_panel;
}

QWidget* QueueScreen::buildBottom() {
    m_bottom = makeSplitter(Qt::Horizontal, &bottomSizes, m_rows);
    m_ladder = new LadderPanel(m_bottom);
    m_takers = new TakersPanel(m_bottom);
    m_adl = new AdlPanel(m_bottom);
    m_bottom->addWidget(m_ladder);
    m_bottom->addWidget(m_takers);
    m_bottom->addWidget(m_adl);
    return m_bottom;
}

void QueueScreen::addActions() {
    const auto add = [this](const ActionSpec& spec, auto call) {
        connect(makeAction(*this, spec), &QAction::triggered, this, call);
    };
    add({"Stuck only", "S", "Show only what is stuck, and back to all"}, [this] {
        setFilter(m_filter == QueueFilter::Stuck ? QueueFilter::All : QueueFilter::Stuck);
    });
    add({"Underwater only", "U", "Show only open defaults, and back to all"}, [this] {
        setFilter(m_filter == QueueFilter::Underwater ? QueueFilter::All : QueueFilter::Underwater);
    });
    add({"ADL preview", "A", "Go to the winners in ADL order"},
        [this] { m_adl->table().setFocus(Qt::ShortcutFocusReason); });
    add({"Impact ladder", "I", "Go to the impact ladder; again: the next market"}, [this] {
        if (m_ladder->hasFocusWithin()) return m_ladder->nextMarket();
        m_ladder->chart().setFocus(Qt::ShortcutFocusReason);
    });
    add({"Other direction", "Shift+I", "Turn ladder and ADL preview to the other direction"},
        [this] { m_ladder->turnDirection(); });
    add({"Liquidators", "K", "Go to the liquidators"},
        [this] { m_takers->table().setFocus(Qt::ShortcutFocusReason); });
    add({"Queue", "Q", "Go back to the table of liquidations"},
        [this] { m_table->setFocus(Qt::ShortcutFocusReason); });
    add({"Let go of the row", "Esc", "Choose no liquidation; the order follows again"}, [this] {
        m_selected.reset();
        m_table->selectRowQuietly(-1);
        showReport();
    });
}

void QueueScreen::connectParts() {
    connect(m_worker, &QueueWorker::reported, this, &QueueScreen::showReport);
    connect(m_table, &widgets::DataTable::currentRowChanged, this, &QueueScreen::onRowChosen);
    connect(m_table, &widgets::DataTable::rowActivated, this, [this](int row) {
        if (const view::QueueRow* chosen = m_model->at(row)) goToAccount(chosen->account);
    });
    connect(m_table, &widgets::DataTable::emptyActionTriggered, this,
            [this] { setFilter(QueueFilter::All); });
    connect(&m_reason->accountButton(), &QAbstractButton::clicked, this, &QueueScreen::goToChosen);
    connect(m_ladder, &LadderPanel::chosen, this, &QueueScreen::showEvidence);
    const auto go = [this](quint32 account) { goToAccount(AccountId(account)); };
    connect(m_takers, &TakersPanel::accountChosen, this, go);
    connect(m_adl, &AdlPanel::accountChosen, this, go);
}

void QueueScreen::open(const ScreenTarget& target) {
    if (target.filter == QLatin1String("stuck")) setFilter(QueueFilter::Stuck);
}

void QueueScreen::setFilter(QueueFilter filter) {
    m_filter = filter;
    showReport();
}

void QueueScreen::recompute() {
    m_selected.reset();
    m_table->selectRowQuietly(-1);
    showReport();
}

void QueueScreen::goToAccount(AccountId account) {
    const QueueReportPtr& report = m_worker->report();
    if (!report) return;
    emit targetRequested({QStringLiteral("accounts"),
                          text(view::nameOf(*report->snapshot, account)), std::nullopt, account});
}

void QueueScreen::goToChosen() {
    if (const view::QueueRow* row = reasonRow()) goToAccount(row->account);
}

void QueueScreen::onRowChosen(int row) {
    if (m_restoring) return;
    const view::QueueRow* chosen = chosenRow(*m_table) >= 0 ? m_model->at(row) : nullptr;
    m_selected = chosen != nullptr ? std::optional(chosen->id) : std::nullopt;
    showReport();
}

// What the officer chose, else the worst: the first of the table.
const view::QueueRow* QueueScreen::reasonRow() const {
    if (m_selected) return m_model->at(m_model->rowOf(*m_selected));
    return m_model->at(0);
}

void QueueScreen::refresh(const view::Board& board, const DeskStatus&) {
    m_snapshot = board.snapshot;
    m_worker->request(board);
    showReport();
}

void QueueScreen::showReport() {
    const QueueReportPtr& report = m_worker->report();
    if (!report) return;
    showRows();
    m_strip->refresh(*report, context().age);
    m_reason->refresh(*report, reasonRow(), m_selected.has_value(), context().age);
    m_backlog->refresh(*report, context().age);
    showEvidence();
    const bool ready = m_worker->isCurrent(m_snapshot.get());
    if (ready == m_ready) return;
    m_ready = ready;
    emit readyChanged();
}

void QueueScreen::showRows() {
    const QueueReportPtr& report = m_worker->report();
    context().age.applyTo(*m_panel);
    const bool held = m_selected.has_value() || m_table->viewport()->underMouse();
    const int scroll = m_table->verticalScrollBar()->value();
    m_restoring = true;
    m_model->setReport(report, m_filter, held ? QueueOrder::Held : QueueOrder::Follow);
    const int row = m_selected ? m_model->rowOf(*m_selected) : -1;
    if (row != m_table->currentRow()) m_table->selectRowQuietly(row);
    m_table->verticalScrollBar()->setValue(scroll);
    m_restoring = false;
    const view::QueueView& queue = report->queue;
    showChips(queue);
    fitColumns();
    m_panel->setCaption(held ? QStringLiteral("order held while a row is chosen")
                             : QStringLiteral("stuck first, then the oldest"));
    widgets::Runs foot;
    if (!queue.rows.empty()) {
        foot = {widgets::Run::caption(QStringLiteral("to close")),
                widgets::Run::figure(widgets::formatShort(queue.value)),
                widgets::Run::caption(QStringLiteral("stuck: no fill for 10 s, index blind, market "
                                                     "stopped, or nobody left to pay"))
                    .after(14)};
    }
    m_panel->setFoot(foot);
    describeEmpty();
}

void QueueScreen::resizeEvent(QResizeEvent* event) {
    Screen::resizeEvent(event);
    // On a low screen the strip's figure and line stand for the backlog's chart.
    m_backlog->setVisible(height() >= widgets::Theme::current().px(760));
}

void QueueScreen::showChips(const view::QueueView& queue) {
    const std::array<QString, 3> texts{chipText("All", queue.rows.size()),
                                       chipText("Stuck", queue.stuck),
                                       chipText("Underwater", queue.underwater)};
    bool changed = false;
    for (std::size_t i = 0; i < m_chips.size(); ++i) {
        m_chips[i]->setChecked(static_cast<std::size_t>(m_filter) == i);
        if (m_chips[i]->text() == texts[i]) continue;
        m_chips[i]->setText(texts[i]);
        m_chips[i]->updateGeometry();
        changed = true;
    }
    if (!changed) return;
    // The header lays its control out once; the counts have other widths now.
    QWidget* chips = m_chips[0]->parentWidget();
    chips->layout()->activate();
    m_panel->setAsideWidget(chips);
}

// Where it is narrow, what the Why panel says of the chosen row gives way; the state never does.
void QueueScreen::fitColumns() {
    const bool narrow = m_table->width() < widgets::Theme::current().px(1'120);
    if (m_table->isColumnHidden(QueueModel::Equity) == narrow) return;
    for (const int column : {QueueModel::Impact, QueueModel::Equity, QueueModel::Since})
        m_table->setColumnHidden(column, narrow);
    m_columns->restore(m_columns->save());
}

void QueueScreen::describeEmpty() {
    if (m_model->rowCount() > 0) return;
    const view::QueueReport& report = *m_worker->report();
    widgets::EmptyStateData empty;
    if (report.queue.rows.empty()) {
        empty = nothingHere(QStringLiteral("No liquidation runs"), lastEndedText(*report.snapshot));
    } else {
        empty.kind = widgets::EmptyKind::FilteredOut;
        empty.what = m_filter == QueueFilter::Stuck
                         ? QStringLiteral("None of %1 is stuck").arg(report.queue.rows.size())
                         : QStringLiteral("None of %1 is underwater").arg(report.queue.rows.size());
        empty.why = QStringLiteral("The others are being worked.");
        empty.actionText = QStringLiteral("Show all");
    }
    m_table->setEmptyState(empty);
}

void QueueScreen::showEvidence() {
    const QueueReportPtr& report = m_worker->report();
    if (!report) return;
    m_ladder->refresh(*report, context().age);
    m_takers->refresh(report, context().age);
    m_adl->refresh(report, m_ladder->market(), m_ladder->falls(), context().age);
}

QJsonObject QueueScreen::saveLayout() const {
    return {{QStringLiteral("rows"), splitterSizes(*m_rows)},
            {QStringLiteral("middle"), splitterSizes(*m_middle)},
            {QStringLiteral("side"), splitterSizes(*m_side)},
            {QStringLiteral("bottom"), splitterSizes(*m_bottom)},
            {QStringLiteral("columns"), m_columns->save()}};
}

void QueueScreen::restoreLayout(const QJsonObject& layout) {
    restoreSplitter(*m_rows, layout.value(QStringLiteral("rows")));
    restoreSplitter(*m_middle, layout.value(QStringLiteral("middle")));
    restoreSplitter(*m_side, layout.value(QStringLiteral("side")));
    restoreSplitter(*m_bottom, layout.value(QStringLiteral("bottom")));
    m_columns->restore(layout.value(QStringLiteral("columns")).toArray());
}

}  // namespace breakwater::ui
