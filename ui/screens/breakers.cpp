#include "ui/screens/breakers.hpp"

#include <algorithm>

#include <QAction>
#include <QApplication>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QKeyEvent>
#include <QLineEdit>
#include <QSplitter>
#include <QVBoxLayout>

#include "ui/actions.hpp"
#include "ui/column_keeper.hpp"
#include "ui/make_data.hpp"
#include "ui/readings.hpp"
#include "ui/screens/breaker_arm.hpp"
#include "ui/screens/breaker_commit.hpp"
#include "ui/screens/breaker_effect.hpp"
#include "ui/screens/breaker_rules.hpp"
#include "ui/splitters.hpp"
#include "ui/table_choice.hpp"
#include "ui/text.hpp"
#include "ui/theme_follow.hpp"

namespace breakwater::ui {

using widgets::Run;

namespace {

// The form is whole where there is room for it; the table takes the rest.
QList<int> rowSizes(int total) {
    const widgets::Theme& theme = widgets::Theme::current();
    const int commit = theme.px(126);
    const int rest = std::max(2, total - commit);
    const int arm =
        std::min(std::clamp(rest * 46 / 100, theme.px(366), theme.px(390)), rest * 3 / 4);
    return {rest - arm, arm, commit};
}

}  // namespace

BreakersScreen::BreakersScreen(const ScreenContext& context, QWidget* parent)
    : Screen(context, parent) {
    auto* row = new QHBoxLayout(this);
    widgets::arrangePanels(*row);
    m_split = makeSplitter(Qt::Horizontal, lastPart(0.265, 296, 620), this);
    m_split->addWidget(buildLeft());
    m_split->addWidget(buildRight());
    row->addWidget(m_split);
    addActions();
    connectParts();
}

QWidget* BreakersScreen::buildLeft() {
    m_rows = makeSplitter(Qt::Vertical, &rowSizes, this);
    m_rows->addWidget(buildTable());
    auto* middle = new QWidget(m_rows);
    auto* middleRow = new QHBoxLayout(middle);
    widgets::arrangePanels(*middleRow);
    middleRow->setContentsMargins(0, 0, 0, 0);
    m_arm = new ArmPanel(middle);
    m_effect = new EffectPanel(middle);
    middleRow->addWidget(m_arm, 4);
    middleRow->addWidget(m_effect, 5);
    auto* bottom = new QWidget(m_rows);
    auto* bottomRow = new QHBoxLayout(bottom);
    widgets::arrangePanels(*bottomRow);
    bottomRow->setContentsMargins(0, 0, 0, 0);
    m_commit = new CommitPanel(bottom);
    m_track = new TrackPanel(bottom);
    bottomRow->addWidget(m_commit, 1);
    bottomRow->addWidget(m_track, 1);
    m_rows->addWidget(middle);
    m_rows->addWidget(bottom);
    return m_rows;
}

QWidget* BreakersScreen::buildTable() {
    m_panel = new widgets::PanelFrame(QStringLiteral("Breakers"), m_rows);
    m_table = new widgets::DataTable(QStringLiteral("Breakers by market"), m_panel);
    m_model = new BreakersModel(m_table);
    m_table->setModel(m_model);
    m_columns = new ColumnKeeper(*m_table, m_model->widths(), BreakersModel::Rule);
    m_table->setColumnHidden(BreakersModel::Summary, true);
    m_table->setRowHeight(26);
    m_table->setEmptyState(
        nothingHere(QStringLiteral("No market is listed yet"),
                    QStringLiteral("Each market has its breaker once it is listed.")));
    m_panel->setAside({Run::key(QKeySequence(QStringLiteral("Ctrl+R"))),
                       Run::body(QStringLiteral("renew")),
                       Run::key(QKeySequence(QStringLiteral("Ctrl+Shift+S"))),
                       Run::body(QStringLiteral("step down")),
                       Run::key(QKeySequence(QStringLiteral("Ctrl+Shift+R"))),
                       Run::body(QStringLiteral("release"))});
    followTheme(*m_panel, [this] { m_panel->setMinimumHeight(widgets::Theme::current().px(136)); });
    m_panel->setContent(m_table, widgets::PanelPadding::None);
    return m_panel;
}

QWidget* BreakersScreen::buildRight() {
    auto* side = makeSplitter(Qt::Vertical, lastPart(0.55, 120, 2'000), this);
    m_rules = new RulesPanel(side);
    auto* history = new widgets::PanelFrame(QStringLiteral("History"), side);
    history->setCaption(QStringLiteral("breakers, from the record"));
    auto* table =
        new widgets::DataTable(QStringLiteral("History of breakers, newest first"), history);
    m_history = new TimelineModel(TimelinePart::Breakers, table);
    table->setModel(m_history);
    table->setColumnWidths(m_history->widths());
    table->setStretchColumn(TimelineModel::What);
    table->setEmptyState(nothingHere(
        QStringLiteral("No breaker has moved yet"),
        QStringLiteral("Trips, renewals, step downs and officers' acts are listed here.")));
    history->setContent(table, widgets::PanelPadding::None);
    side->addWidget(m_rules);
    side->addWidget(history);
    followTheme(*side, [side] { side->setMinimumWidth(widgets::Theme::current().px(296)); });
    return side;
}

void BreakersScreen::addActions() {
    const auto add = [this](const ActionSpec& spec, void (BreakersScreen::*slot)()) {
        connect(makeAction(*this, spec), &QAction::triggered, this, slot);
    };
    add({"Arm", "Ctrl+Return;Ctrl+Enter",
         "Arm the act that stands in the form; the venue hears nothing"},
        &BreakersScreen::arm);
    add({"Disarm", "Esc", "Disarm; nothing is sent"}, &BreakersScreen::disarm);
    add({"Prepare renewal", "Ctrl+R", "Fill the form with a renewal of the chosen market's level"},
        &BreakersScreen::prepareRenewal);
    add({"Prepare step down", "Ctrl+Shift+S",
         "Fill the form with the next lower level for the chosen market"},
        &BreakersScreen::prepareStepDown);
    add({"Prepare release", "Ctrl+Shift+R", "Fill the form with level 0 for the chosen market"},
        &BreakersScreen::prepareRelease);
}

void BreakersScreen::connectParts() {
    connect(m_arm, &ArmPanel::edited, this, [this] {
        m_armed.reset();
        refreshConsole();
    });
    connect(m_arm, &ArmPanel::armRequested, this, &BreakersScreen::arm);
    connect(m_commit, &CommitPanel::disarmRequested, this, &BreakersScreen::disarm);
    connect(m_commit, &CommitPanel::committed, this, &BreakersScreen::commit);
    connect(m_table, &widgets::DataTable::rowActivated, this, [this](int row) {
        if (const auto market = m_model->marketAt(row)) open({{}, {}, market});
    });
    connect(m_table, &widgets::DataTable::currentRowChanged, this, [this] {
        if (m_snapshot) m_rules->refresh(*m_snapshot, chosen().value_or(InstrumentId()).value());
    });
}

std::optional<InstrumentId> BreakersScreen::chosen() const {
    return m_model->marketAt(chosenRow(*m_table));
}

void BreakersScreen::open(const ScreenTarget& target) {
    if (!target.market || !m_snapshot || target.market->value() >= m_snapshot->markets->size())
        return;
    m_table->selectRowQuietly(m_model->rowOf(*target.market));
    BreakerDraft draft = m_arm->draft();
    draft.kind = CommandKind::SetLevel;
    draft.scope = ScopeKind::Market;
    draft.markets = {*target.market};
    draft.duration = Duration();
    m_arm->prepare(draft);
    m_arm->focusFirst();
}

void BreakersScreen::prepareFor(CommandKind kind, BreakerLevel level, const QString& reason) {
    const std::optional<InstrumentId> market = chosen();
    if (!market) {
        emit commandSent(QStringLiteral("Choose a market in the table first."));
        return;
    }
    BreakerDraft draft;
    draft.kind = kind;
    draft.markets = {*market};
    draft.level = level;
    draft.reason = reason;
    m_arm->prepare(draft);
    m_arm->focusFirst();
}

void BreakersScreen::prepareRenewal() {
    const auto market = chosen();
    const BreakerLevel level =
        market ? (*m_snapshot->breakers)[market->value()].level : BreakerLevel::Normal;
    prepareFor(CommandKind::Renew, level, {});
}

void BreakersScreen::prepareStepDown() {
    const auto market = chosen();
    const BreakerLevel level =
        market ? (*m_snapshot->breakers)[market->value()].level : BreakerLevel::Normal;
    prepareFor(CommandKind::SetLevel, market ? m_snapshot->profile->stepBelow(level) : level,
               QStringLiteral("market calm again"));
}

void BreakersScreen::prepareRelease() {
    prepareFor(CommandKind::SetLevel, BreakerLevel::Normal, QStringLiteral("market calm again"));
}

QString BreakersScreen::lockReason() const {
    if (const std::string why = context().acts.whyNot(); !why.empty()) return text(why);
    if (m_status.halted) return QStringLiteral("the engine is halted: no act reaches the venue");
    if (m_status.finished)
        return QStringLiteral("the play has ended: the venue takes no more acts");
    return {};
}

void BreakersScreen::arm() {
    if (!m_snapshot || !lockReason().isEmpty()) return;
    const BreakerDraft draft = m_arm->draft();
    if (!whyNotArmed(draft, *m_snapshot).isEmpty()) return;
    emit liveRequested();
    m_armed = Armed{draft, m_snapshot->asOf, directionOf(draft, *m_snapshot)};
    m_tracked.reset();
    m_commit->clearCode();
    refreshConsole();
    m_commit->focusCode();
}

void BreakersScreen::disarm() {
    m_armed.reset();
    m_commit->clearCode();
    refreshConsole();
    m_table->setFocus(Qt::OtherFocusReason);
}

void BreakersScreen::commit() {
    if (!m_armed || !m_snapshot) return;
    TrackedCommand sent;
    sent.command = commandOf(m_armed->draft, *m_snapshot, context().officer);
    sent.markets = scopeOf(m_armed->draft, *m_snapshot);
    sent.armedAt = m_armed->at;
    sent.commandedAt = m_snapshot->asOf;
    const QString said = scopeText(m_armed->draft, *m_snapshot);
    const std::optional<CommandId> id = context().acts.send(sent.command);
    if (!id) {
        disarm();
        emit commandSent(QStringLiteral("Nothing was sent: %1.").arg(lockReason()));
        return;
    }
    sent.command.id = *id;
    m_tracked = sent;
    m_armed.reset();
    m_commit->clearCode();
    refreshConsole();
    emit commandSent(QStringLiteral("Command %1 sent: %2 on %3.")
                         .arg(sent.command.id.value())
                         .arg(levelCode(sent.command.level), said));
}

void BreakersScreen::refreshConsole() {
    if (!m_snapshot) return;
    if (m_armed && directionOf(m_armed->draft, *m_snapshot) != m_armed->direction) {
        m_armed.reset();
        emit commandSent(QStringLiteral("Disarmed: a breaker in scope has moved since you armed."));
    }
    const BreakerDraft draft = m_armed ? m_armed->draft : m_arm->draft();
    m_arm->refresh(m_snapshot);
    const QString lock = lockReason();
    m_arm->setWhyNot(!lock.isEmpty() ? lock
                     : m_armed       ? QStringLiteral("armed; type the code, then hold")
                                     : whyNotArmed(draft, *m_snapshot));
    m_arm->setArmed(m_armed ? clockText(m_armed->at) : QString());
    m_effect->refresh(*m_snapshot, draft);
    CommitPanel::State state;
    state.armed = m_armed.has_value();
    state.locked = !lock.isEmpty() ? lock : m_armed ? whyNotArmed(draft, *m_snapshot) : QString();
    if (m_armed) {
        state.code = needsCode(draft, *m_snapshot) ? codeOf(draft, *m_snapshot) : QString();
        state.holdText = holdText(draft, *m_snapshot);
    }
    m_commit->setState(state);
    m_track->refresh(m_tracked, m_armed ? m_armed->at : Instant(), m_snapshot->asOf);
}

void BreakersScreen::refresh(const view::Board& board, const DeskStatus& status) {
    m_status = status;
    context().age.applyTo(*m_panel);
    m_model->setBoard(
        board, holdsOrder(*m_table) ? BreakersModel::Order::Held : BreakersModel::Order::Follow);
    m_history->setBoard(board);
    const bool ready = hasMarkets(board);
    if (ready) {
        m_snapshot = board.snapshot;
        m_panel->setCaption(QStringLiteral("%1 on, %2 markets; these keys only fill the form")
                                .arg(breakersOn(*m_snapshot))
                                .arg(m_snapshot->markets->size()));
        if (m_tracked) follow(*m_tracked, *m_snapshot);
        m_rules->refresh(*m_snapshot, chosen().value_or(InstrumentId()).value());
        refreshConsole();
    }
    if (ready == m_ready) return;
    m_ready = ready;
    emit readyChanged();
}

// F12 is pressed only inside the console, but let go of anywhere: a line edit swallows key
// releases, and another window may have come in between. A repeat is the keyboard's doing.
bool BreakersScreen::onHoldKey(const QWidget& receiver, const QKeyEvent& key) {
    widgets::HoldButton& hold = m_commit->hold();
    if (&receiver == &hold || key.isAutoRepeat()) return false;
    if (key.type() == QEvent::KeyRelease) {
        hold.endHold();
        return false;
    }
    if (&receiver != this && !isAncestorOf(&receiver)) return false;
    hold.beginHold();
    return true;
}

bool BreakersScreen::eventFilter(QObject* watched, QEvent* event) {
    const QEvent::Type type = event->type();
    if (type == QEvent::WindowDeactivate && watched == window()) m_commit->hold().endHold();
    if ((type == QEvent::KeyPress || type == QEvent::KeyRelease) && watched->isWidgetType()) {
        const auto& key = *static_cast<QKeyEvent*>(event);
        if (key.key() == Qt::Key_F12) return onHoldKey(*static_cast<QWidget*>(watched), key);
    }
    return Screen::eventFilter(watched, event);
}

void BreakersScreen::showEvent(QShowEvent* event) {
    Screen::showEvent(event);
    qApp->installEventFilter(this);
    if (m_snapshot) refreshConsole();
}

void BreakersScreen::hideEvent(QHideEvent* event) {
    Screen::hideEvent(event);
    qApp->removeEventFilter(this);
    m_commit->hold().endHold();
}

QJsonObject BreakersScreen::saveLayout() const {
    return {{QStringLiteral("split"), splitterSizes(*m_split)},
            {QStringLiteral("rows"), splitterSizes(*m_rows)},
            {QStringLiteral("columns"), m_columns->save()}};
}

void BreakersScreen::restoreLayout(const QJsonObject& layout) {
    restoreSplitter(*m_split, layout.value(QStringLiteral("split")));
    restoreSplitter(*m_rows, layout.value(QStringLiteral("rows")));
    m_columns->restore(layout.value(QStringLiteral("columns")).toArray());
}

}  // namespace breakwater::ui
