#include "ui/screens/forensics.hpp"

#include <QAction>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QSplitter>
#include <QStandardPaths>

#include "ui/actions.hpp"
#include "ui/column_keeper.hpp"
#include "ui/screens/causes_panel.hpp"
#include "ui/screens/event_filter_bar.hpp"
#include "ui/screens/event_log.hpp"
#include "ui/screens/record_panel.hpp"
#include "ui/screens/record_state.hpp"
#include "ui/splitters.hpp"
#include "ui/text.hpp"
#include "ui/theme_follow.hpp"

namespace breakwater::ui {
namespace {

constexpr int kCausesMs = 120;

// The lanes are whole where there is room for them; the log takes the rest.
QList<int> rowSizes(int total) {
    const widgets::Theme& theme = widgets::Theme::current();
    const int lanes = std::clamp(total * 47 / 100, theme.px(270), theme.px(520));
    return {std::min(lanes, total * 3 / 5), std::max(1, total - lanes)};
}

}  // namespace

ForensicsScreen::ForensicsScreen(const ScreenContext& context, QWidget* parent)
    : Screen(context, parent) {
    build();
    addActions();
    connectParts();
}

void ForensicsScreen::build() {
    auto* layout = new QHBoxLayout(this);
    widgets::arrangePanels(*layout);
    m_rows = makeSplitter(Qt::Vertical, &rowSizes, this);
    m_record = new RecordPanel(m_rows);
    m_columns = makeSplitter(Qt::Horizontal, lastPart(0.34, 360, 640), m_rows);
    m_log = new EventLogPanel(m_columns);
    m_side = makeSplitter(Qt::Vertical, lastPart(0.48, 176, 216), m_columns);
    m_causes = new CausesPanel(m_side);
    m_state = new RecordStatePanel(m_side);
    m_side->addWidget(m_causes);
    m_side->addWidget(m_state);
    m_columns->addWidget(m_log);
    m_columns->addWidget(m_side);
    m_rows->addWidget(m_record);
    m_rows->addWidget(m_columns);
    layout->addWidget(m_rows);
    followTheme(*m_log, [this] { m_log->setMinimumWidth(widgets::Theme::current().px(420)); });
    followTheme(*m_side, [this] { m_side->setMinimumWidth(widgets::Theme::current().px(300)); });
    followTheme(*m_causes,
                [this] { m_causes->setMinimumHeight(widgets::Theme::current().px(110)); });
}

void ForensicsScreen::addActions() {
    const auto add = [this](const ActionSpec& spec, auto call) {
        connect(makeAction(*this, spec), &QAction::triggered, this, call);
    };
    add({"Export events", "Ctrl+E", "Write the filtered events as CSV"},
        [this] { askForExport(); });
    add({"Open the account", "Ctrl+Return;Ctrl+Enter", "Open the chosen event's account"},
        [this] { openAccount(); });
    add({"Time of the log", "Alt+T", "Type from when to when the log shows"},
        [this] { m_log->filterBar().focusTimes(); });
    add({"Kinds of events", "Alt+K", "Choose several kinds of events"},
        [this] { m_log->filterBar().openKinds(); });
    add({"Clear the log's filter", "Alt+C", "Show every event again"},
        [this] { m_log->filterBar().clear(); });
    add({"Lanes as a table", "F9", "Swap the lanes of the record for a table and back"},
        [this] { m_record->lanes().setTableShown(!m_record->lanes().isTableShown()); });
    add({"Let go of the event", "Esc", "Choose no event; the log follows the newest again"},
        [this] {
            m_log->table().selectRowQuietly(-1);
            m_log->table().scrollToBottom();
            m_asked.reset();
            m_causes->forget();
        });
}

void ForensicsScreen::connectParts() {
    m_causesTimer.setSingleShot(true);
    m_causesTimer.setInterval(kCausesMs);
    connect(&m_causesTimer, &QTimer::timeout, this, [this] {
        if (m_asked) m_causes->ask(recordDesk(), m_asked->first, m_asked->second);
    });
    const auto askCauses = [this](const view::EventLine& line) {
        const std::pair wanted{line.sequence, line.index};
        if (m_asked == wanted) return;
        m_asked = wanted;
        m_causesTimer.start();
    };
    connect(m_log, &EventLogPanel::eventChosen, this, askCauses);
    connect(m_log, &EventLogPanel::eventActivated, this,
            [this, askCauses](const view::EventLine& line) {
                askCauses(line);
                RecordDesk* record = recordDesk();
                if (record != nullptr && record->past()) record->seekTo(line.sequence);
            });
    connect(m_log, &EventLogPanel::said, this, &Screen::commandSent);
    connect(m_log, &EventLogPanel::filterTaken, this, [this] {
        const view::EventFilter& filter = m_log->filterBar().filter();
        m_record->setSelection(filter.from, filter.to);
    });
    connect(&m_log->model(), &EventLogModel::stateChanged, this, &ForensicsScreen::refreshReady);
    connect(m_causes, &CausesPanel::linkActivated, this,
            [this](const CauseLink& link) { goToEvent(link.sequence, link.index); });
    connect(m_record, &RecordPanel::rangeSelected, this,
            [this](Instant from, Instant to) { m_log->applyTimes(from, to); });
    connect(m_record, &RecordPanel::rangeCleared, this,
            [this] { m_log->applyTimes(std::nullopt, std::nullopt); });
}

QWidget* ForensicsScreen::firstFocus() { return &m_log->table(); }

void ForensicsScreen::open(const ScreenTarget& target) {
    view::EventFilter filter = m_log->filterBar().filter();
    if (target.account || target.market) {
        filter = {};
        filter.account = target.account;
        filter.market = target.market;
        m_log->filterBar().setFilter(filter);
        m_log->reload();
    }
    if (target.sequence) goToEvent(*target.sequence, std::nullopt);
}

void ForensicsScreen::focusFilter() { m_log->filterBar().focusFirst(); }

void ForensicsScreen::recompute() { m_log->reload(); }

void ForensicsScreen::goToEvent(Sequence sequence, std::optional<std::uint32_t> index) {
    RecordDesk* record = recordDesk();
    if (record == nullptr) return;
    if (record->past()) record->seekTo(sequence);
    // An input has no line of its own; its first event, if it has one, stands for it.
    m_log->goTo({sequence, index.value_or(0)});
}

void ForensicsScreen::openAccount() {
    const view::EventLine* line = m_log->chosen();
    if (line == nullptr || !line->account) {
        emit commandSent(line == nullptr ? QStringLiteral("Choose an event first.")
                                         : QStringLiteral("This event is about no account."));
        return;
    }
    ScreenTarget target;
    target.screen = QStringLiteral("accounts");
    target.account = line->account;
    emit targetRequested(target);
}

void ForensicsScreen::askForExport() {
    QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    if (folder.isEmpty()) folder = QStandardPaths::writableLocation(QStandardPaths::HomeLocation);
    m_log->askForExport(folder);
}

void ForensicsScreen::exportTo(const QString& path) { m_log->exportTo(path); }

void ForensicsScreen::refresh(const view::Board& board, const DeskStatus& status) {
    RecordDesk* record = recordDesk();
    const auto past = record != nullptr ? record->past() : std::nullopt;
    m_record->refresh(record, board.snapshot, status);
    m_log->refresh(record, board.snapshot, status);
    m_state->refresh(record, board.snapshot, status);
    const std::optional<Sequence> cursor = past ? std::optional(past->sequence) : std::nullopt;
    m_causes->setCursor(cursor);
    if (record == nullptr && m_asked) {
        m_asked.reset();
        m_causes->forget();
    }
    if (cursor && cursor != m_cursor && !past->busy) m_log->follow(*cursor);
    m_cursor = cursor;
    refreshReady();
}

void ForensicsScreen::refreshReady() {
    RecordDesk* record = recordDesk();
    const bool ready = record == nullptr || (m_log->isReady() && m_record->hasLanes());
    if (ready == m_ready) return;
    m_ready = ready;
    emit readyChanged();
}

// What was asked before may have been overtaken by another screen's question.
void ForensicsScreen::showEvent(QShowEvent* event) {
    Screen::showEvent(event);
    m_log->askAgain();
    if (m_asked) m_causesTimer.start();
}

QJsonObject ForensicsScreen::saveLayout() const {
    return {{QStringLiteral("rows"), splitterSizes(*m_rows)},
            {QStringLiteral("split"), splitterSizes(*m_columns)},
            {QStringLiteral("side"), splitterSizes(*m_side)},
            {QStringLiteral("columns"), m_log->columns().save()}};
}

void ForensicsScreen::restoreLayout(const QJsonObject& layout) {
    restoreSplitter(*m_rows, layout.value(QStringLiteral("rows")));
    restoreSplitter(*m_columns, layout.value(QStringLiteral("split")));
    restoreSplitter(*m_side, layout.value(QStringLiteral("side")));
    m_log->columns().restore(layout.value(QStringLiteral("columns")).toArray());
}

}  // namespace breakwater::ui
