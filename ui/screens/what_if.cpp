#include "ui/screens/what_if.hpp"

#include <algorithm>
#include <array>

#include <QAction>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QSplitter>
#include <QStackedLayout>
#include <QVBoxLayout>

#include "ui/actions.hpp"
#include "ui/column_keeper.hpp"
#include "ui/make_data.hpp"
#include "ui/readings.hpp"
#include "ui/screens/what_if_map.hpp"
#include "ui/screens/what_if_results.hpp"
#include "ui/screens/what_if_shocks.hpp"
#include "ui/splitters.hpp"
#include "ui/table_choice.hpp"
#include "ui/text.hpp"
#include "ui/theme_follow.hpp"
#include "widgets/chip.hpp"
#include "widgets/format.hpp"
#include "widgets/pick_box.hpp"

namespace breakwater::ui {
namespace {

using scenario::Depth;
using widgets::Run;
using widgets::Runs;

constexpr std::array<const char*, scenario::kDepths> kDepths{"below initial", "below warning",
                                                             "below maintenance", "below zero"};

// The left column carries figures, the right one pictures and lists.
QList<int> sideSizes(int total) {
    const widgets::Theme& theme = widgets::Theme::current();
    const int left = std::clamp(total * 30 / 100, theme.px(432), theme.px(560));
    return {left, std::max(1, total - left)};
}

}  // namespace

WhatIfScreen::WhatIfScreen(const ScreenContext& context, QWidget* parent)
    : Screen(context, parent) {
    m_worker = new WhatIfWorker(this);
    build();
    addActions();
    connectParts();
}

void WhatIfScreen::build() {
    m_pages = new QStackedLayout(this);
    auto* nothing = new widgets::EmptyState(this);
    nothing->setData(nothingHere(
        QStringLiteral("There is no market to shock"),
        QStringLiteral("Prices can be moved here once the venue has listed a market.")));
    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    widgets::arrangePanels(*column);
    column->addWidget(buildHeading());
    m_sides = makeSplitter(Qt::Horizontal, &sideSizes, content);
    m_sides->addWidget(buildLeft());
    m_sides->addWidget(buildRight());
    column->addWidget(m_sides, 1);
    m_pages->addWidget(content);
    m_pages->addWidget(nothing);
}

QWidget* WhatIfScreen::buildHeading() {
    auto* strip = new QWidget(this);
    auto* row = new QHBoxLayout(strip);
    m_heading = new widgets::RunLabel(strip);
    m_follow = new widgets::Chip(QStringLiteral("Follow live"), strip);
    m_follow->setToolTip(QStringLiteral("Recompute every second on the newest figures (F)"));
    auto* again =
        new widgets::ActionButton(QStringLiteral("Recompute"), QKeySequence(Qt::Key_F5), strip);
    connect(again, &QAbstractButton::clicked, this, &WhatIfScreen::compute);
    row->addWidget(m_heading, 1);
    row->addWidget(m_follow);
    row->addWidget(again);
    followTheme(*strip, [row] {
        const widgets::Theme& theme = widgets::Theme::current();
        row->setContentsMargins(theme.px(6), 0, theme.px(2), 0);
        row->setSpacing(theme.px(8));
    });
    return strip;
}

QWidget* WhatIfScreen::buildLeft() {
    auto* left = new QWidget(this);
    auto* column = new QVBoxLayout(left);
    widgets::arrangePanels(*column);
    column->setContentsMargins(0, 0, 0, 0);
    m_shocks = new ShocksPanel(left);
    m_results = new WhatIfResults(left);
    m_layers = new WhatIfLayers(left);
    column->addWidget(m_shocks, 3);
    column->addWidget(m_results, 4);
    column->addWidget(m_layers, 3);
    followTheme(*left, [this] {
        const widgets::Theme& theme = widgets::Theme::current();
        m_results->setMinimumHeight(theme.px(28 + 26 + 4 + 8) + 5 * theme.rowHeight());
        m_layers->setMinimumHeight(theme.px(28 + 26 + 84) + 5 * theme.rowHeight());
    });
    return left;
}

QWidget* WhatIfScreen::buildRight() {
    m_right = makeSplitter(Qt::Vertical, lastPart(0.36, 150, 420), this);
    m_map = new WhatIfMap(m_right);
    m_right->addWidget(m_map);
    m_right->addWidget(buildList());
    return m_right;
}

QWidget* WhatIfScreen::buildList() {
    m_listPanel = new widgets::PanelFrame(QStringLiteral("Who falls"), m_right);
    m_table = new widgets::DataTable(QStringLiteral("Accounts behind the shock"), m_listPanel);
    m_model = new StruckModel(m_table);
    m_table->setModel(m_model);
    m_columns = new ColumnKeeper(*m_table, m_model->widths(), StruckModel::Name);
    m_listPanel->setContent(m_table, widgets::PanelPadding::None);
    m_depth = new widgets::PickBox(QStringLiteral("Which accounts are listed"), m_listPanel);
    for (const char* words : kDepths)
        m_depth->addItem(QString::fromUtf8(words));
    m_depth->setCurrentIndex(int(Depth::BelowMaintenance));
    m_depth->setToolTip(QStringLiteral("How far they have fallen (D: the next)"));
    m_listPanel->setAsideWidget(m_depth);
    return m_listPanel;
}

void WhatIfScreen::addActions() {
    struct Preset {
        const char* text;
        const char* key;
        int move;
    };
    static constexpr std::array<Preset, 10> kPresets{{{"Move 0 %", "0", 0},
                                                      {"Move −5 %", "1", -500},
                                                      {"Move −10 %", "2", -1'000},
                                                      {"Move −20 %", "3", -2'000},
                                                      {"Move −30 %", "4", -3'000},
                                                      {"Move −50 %", "5", -5'000},
                                                      {"Move +10 %", "6", 1'000},
                                                      {"Move +20 %", "7", 2'000},
                                                      {"Move +50 %", "8", 5'000},
                                                      {"Move +100 %", "9", 10'000}}};
    const auto act = [this](const ActionSpec& spec, auto call) {
        connect(makeAction(*this, spec), &QAction::triggered, this, call);
    };
    for (const Preset& preset : kPresets)
        act({preset.text, preset.key, "The chosen underlying, for the sake of argument"},
            [this, move = preset.move] { m_shocks->applyPreset(move); });
    act({"No move", "X", "Take every shock back"}, [this] { m_shocks->reset(); });
    act({"Lock by beta", "L", "The others follow the underlying you move, by their beta"},
        [this] { m_shocks->setLocked(!m_shocks->isLocked()); });
    act({"Type the move", "F2", "Type the move of the chosen underlying"},
        [this] { m_shocks->editChosen(); });
    act({"Heat map", "H", "Arrows choose a cell, Enter lists its accounts, F9 shows a table"},
        [this] { m_map->heat().setFocus(Qt::ShortcutFocusReason); });
    act({"Next metric", "M", "What the cells of the heat map show"},
        [this] { m_map->nextMetric(); });
    act({"Next depth", "D", "How far the listed accounts have fallen"},
        [this] { m_depth->setCurrentIndex((m_depth->currentIndex() + 1) % m_depth->count()); });
    act({"Follow live", "F", "Recompute every second on the newest figures"},
        [this] { m_follow->click(); });
    act({"Back to the shock", "Esc", "List the accounts of the shock again, not of a cell"},
        [this] { listShock(); });
}

void WhatIfScreen::connectParts() {
    connect(m_worker, &WhatIfWorker::evaluated, this, &WhatIfScreen::onEvaluated);
    connect(m_worker, &WhatIfWorker::mapped, this, &WhatIfScreen::onMapped);
    connect(m_shocks, &ShocksPanel::shockChanged, this, [this] {
        m_cell.reset();
        compute();
    });
    connect(m_shocks, &ShocksPanel::entered, this,
            [this] { m_table->setFocus(Qt::OtherFocusReason); });
    connect(m_map, &WhatIfMap::requestChanged, this, &WhatIfScreen::compute);
    connect(m_map, &WhatIfMap::cellActivated, this, &WhatIfScreen::listCell);
    connect(m_depth, &QComboBox::currentIndexChanged, this, &WhatIfScreen::compute);
    connect(m_table, &widgets::DataTable::rowActivated, this, &WhatIfScreen::goToAccount);
    connect(m_follow, &QAbstractButton::clicked, this, &WhatIfScreen::compute);
}

QWidget* WhatIfScreen::firstFocus() {
    if (m_shocks->rows() > 0) return &m_shocks->slider(m_shocks->chosen()).track();
    return m_table;
}

void WhatIfScreen::open(const ScreenTarget& target) {
    if (!target.market) return;
    m_wanted = target.market;
    if (!m_snapshot || target.market->value() >= m_snapshot->markets->size()) return;
    const std::size_t underlying =
        (*m_snapshot->markets)[target.market->value()].instrument.underlying.value();
    m_shocks->choose(underlying, true);
    m_map->setAcross(underlying);
    m_wanted.reset();
}

void WhatIfScreen::recompute() { compute(); }

void WhatIfScreen::compute() {
    if (!m_snapshot || m_shocks->rows() == 0) return;
    m_sinceRequest.start();
    WhatIfJob job;
    job.snapshot = m_snapshot;
    job.shock = m_shocks->shock();
    job.listShock = m_cell.value_or(job.shock);
    job.depth = static_cast<Depth>(m_depth->currentIndex());
    job.map = m_map->request(job.shock);
    // The same map of the same photograph need not be drawn up again.
    const scenario::HeatMap* shown = m_map->map();
    if (shown != nullptr && job.map && shown->request == *job.map &&
        shown->sequence == m_snapshot->sequence)
        job.map.reset();
    m_worker->request(std::move(job));
}

void WhatIfScreen::listCell(const scenario::Shock& shock) {
    m_cell = shock;
    compute();
    m_table->setFocus(Qt::OtherFocusReason);
}

void WhatIfScreen::listShock() {
    m_table->selectRowQuietly(-1);
    if (!m_cell) return;
    m_cell.reset();
    compute();
}

void WhatIfScreen::goToAccount(int row) {
    const std::optional<AccountId> account = m_model->accountAt(row);
    if (!account) return;
    ScreenTarget target{QStringLiteral("accounts"), {}, std::nullopt};
    target.account = account;
    emit targetRequested(target);
}

void WhatIfScreen::onEvaluated(const std::shared_ptr<const WhatIfAnswer>& answer) {
    m_answer = answer;
    m_results->show(*answer);
    m_layers->show(*answer);
    m_map->setOutcome(answer->outcome);
    m_model->setAnswer(answer);
    refreshList();
    refreshStamp();
    refreshReady();
}

void WhatIfScreen::onMapped(const std::shared_ptr<const scenario::HeatMap>& map, double millis) {
    m_map->show(map, millis);
    refreshStamp();
    refreshReady();
}

void WhatIfScreen::refreshList() {
    const WhatIfAnswer& answer = *m_answer;
    const auto count = static_cast<std::int64_t>(answer.accounts.size());
    m_listPanel->setCaption(
        QStringLiteral("%1 %2 at %3%4")
            .arg(widgets::formatCount(count),
                 QString::fromUtf8(kDepths[static_cast<std::size_t>(answer.job.depth)]),
                 shockWords(*answer.job.snapshot, answer.job.listShock),
                 m_cell ? QStringLiteral(" (cell)") : QString()));
    widgets::EmptyStateData empty = nothingHere(
        QStringLiteral("No account is %1")
            .arg(QString::fromUtf8(kDepths[static_cast<std::size_t>(answer.job.depth)])),
        QStringLiteral("%1 accounts were revalued at %2.")
            .arg(widgets::formatCount(static_cast<std::int64_t>(answer.outcome.accounts)),
                 shockWords(*answer.job.snapshot, answer.job.listShock)));
    m_table->setEmptyState(empty);
}

bool WhatIfScreen::isStale() const {
    return m_answer && m_snapshot && m_answer->outcome.sequence != m_snapshot->sequence;
}

QString WhatIfScreen::staleAge() const {
    if (!isStale()) return {};
    const Duration age = m_snapshot->asOf - m_answer->outcome.asOf;
    if (age < Duration()) return QStringLiteral("of a later instant");
    const qint64 seconds = millis(age) / 1'000;
    return seconds < 60 ? QStringLiteral("%1 s old").arg(seconds)
                        : QStringLiteral("%1 old").arg(widgets::formatAge(seconds * 1'000));
}

void WhatIfScreen::refreshStamp() {
    const QString age = staleAge();
    m_results->setStale(age);
    m_layers->setStale(age);
    m_map->setStale(age);
    m_model->setStale(!age.isEmpty());
    m_listPanel->setAge(age, age.isEmpty() ? widgets::Freshness::Fresh : widgets::Freshness::Stale);
    Runs runs{Run::strong(QStringLiteral("What-if")),
              Run::body(QStringLiteral("nothing on this screen is sent to the venue"),
                        widgets::Token::Text)};
    if (m_answer) {
        const view::Snapshot& of = *m_answer->job.snapshot;
        runs.push_back(Run::rule());
        runs.push_back(Run::body(QStringLiteral("based on")));
        runs.push_back(Run::figure(clockText(of.asOf)));
        runs.push_back(
            Run::caption(QStringLiteral("snapshot %1")
                             .arg(widgets::formatCount(static_cast<std::int64_t>(of.sequence)))));
        if (of.stateDigestAt > 0) {
            runs.push_back(Run::caption(
                QStringLiteral("digest %1 at %2")
                    .arg(text(of.stateDigest.toShortHex()),
                         widgets::formatCount(static_cast<std::int64_t>(of.stateDigestAt)))));
        }
        runs.push_back(Run::body(shockWords(of, m_answer->job.shock), widgets::Token::Text));
        runs.push_back(Run::caption(
            QStringLiteral("%1 accounts exact in %2 ms")
                .arg(widgets::formatCount(static_cast<std::int64_t>(m_answer->outcome.accounts)),
                     widgets::formatExact(m_answer->millis, 1))));
    }
    if (!age.isEmpty()) {
        runs.push_back(Run::stale(age).after(12));
        runs.push_back(Run::key(QKeySequence(Qt::Key_F5)));
    }
    m_heading->setRuns(runs);
    m_heading->setToolTip(
        QStringLiteral("Instant revaluation of every account at the moved marks. Breakers stand as "
                       "they stand now; a blind underlying is moved from its last index; orders, "
                       "withdrawals and the second round are left out."));
}

void WhatIfScreen::refresh(const view::Board& board, const DeskStatus&) {
    m_snapshot = board.snapshot;
    const bool markets = hasMarkets(board);
    m_pages->setCurrentIndex(board.snapshot && !markets ? 1 : 0);
    if (!markets) return refreshReady();
    m_shocks->refresh(m_snapshot);
    m_map->setSnapshot(m_snapshot);
    if (m_wanted) open({{}, {}, m_wanted});
    const bool due = m_follow->isChecked() && isStale() && !m_worker->busy() &&
                     m_sinceRequest.elapsed() >= kFollowMs;
    if (!m_sinceRequest.isValid() || due) compute();
    refreshStamp();
    refreshReady();
}

void WhatIfScreen::refreshReady() {
    const bool empty = m_snapshot && m_pages->currentIndex() == 1;
    const bool drawn =
        m_snapshot && m_answer && (m_map->map() != nullptr || m_snapshot->underlyings->size() < 2);
    if ((empty || drawn) == m_ready) return;
    m_ready = empty || drawn;
    emit readyChanged();
}

QJsonObject WhatIfScreen::saveLayout() const {
    return {{QStringLiteral("sides"), splitterSizes(*m_sides)},
            {QStringLiteral("right"), splitterSizes(*m_right)},
            {QStringLiteral("columns"), m_columns->save()},
            {QStringLiteral("map"), m_map->save()},
            {QStringLiteral("lock"), m_shocks->isLocked()},
            {QStringLiteral("follow"), m_follow->isChecked()},
            {QStringLiteral("depth"), m_depth->currentIndex()}};
}

void WhatIfScreen::restoreLayout(const QJsonObject& layout) {
    restoreSplitter(*m_sides, layout.value(QStringLiteral("sides")));
    restoreSplitter(*m_right, layout.value(QStringLiteral("right")));
    m_columns->restore(layout.value(QStringLiteral("columns")).toArray());
    m_map->restore(layout.value(QStringLiteral("map")).toObject());
    m_shocks->setLocked(layout.value(QStringLiteral("lock")).toBool());
    m_follow->setChecked(layout.value(QStringLiteral("follow")).toBool());
    const int depth = layout.value(QStringLiteral("depth")).toInt(int(Depth::BelowMaintenance));
    if (depth >= 0 && depth < m_depth->count()) m_depth->setCurrentIndex(depth);
}

}  // namespace breakwater::ui
