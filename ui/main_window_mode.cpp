// What mode the window is in, what may be sent in it, and the foot of the past.
#include <algorithm>

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>

#include "ui/actions.hpp"
#include "ui/banner.hpp"
#include "ui/main_window.hpp"
#include "ui/text.hpp"
#include "ui/theme_follow.hpp"
#include "widgets/empty_state.hpp"
#include "widgets/mode_frame.hpp"
#include "widgets/text_run.hpp"
#include "widgets/time_slider.hpp"

namespace breakwater::ui {
namespace {

constexpr qint64 kTwiceMs = 600;  // Esc Esc
const QString kWhatIf = QStringLiteral("what-if");

using Mark = RecordLanes::Mark;

bool isAlarm(const Mark& mark, view::AlarmPriority priority) {
    return mark.lane == Mark::Lane::Alarm && mark.priority == priority;
}

}  // namespace

widgets::Mode MainWindow::mode() const {
    if (m_past) return widgets::Mode::Past;
    if (m_current == kWhatIf) return widgets::Mode::WhatIf;
    const DeskStatus status = m_desk.status();
    if (status.past) return widgets::Mode::Past;
    return status.halted || status.finished ? widgets::Mode::ReadOnly : widgets::Mode::Live;
}

ActGate MainWindow::makeGate() {
    return {[this](OfficerCommand command) { return send(std::move(command)); },
            [this] { return whyNoAct(); }};
}

std::string MainWindow::whyNoAct() const {
    switch (mode()) {
        case widgets::Mode::Live:
            return m_desk.commands() != nullptr ? std::string()
                                                : "no venue takes commands from this window";
        case widgets::Mode::WhatIf: return "this is a what-if; return to LIVE with Esc Esc";
        case widgets::Mode::Past: return "this is the past; a record takes no commands";
        case widgets::Mode::Drill:
        case widgets::Mode::ReadOnly: break;
    }
    return m_desk.status().halted ? "the engine is halted: no act reaches the venue"
                                  : "the play has ended: the venue takes no more acts";
}

// The one place where a token is made.
std::optional<CommandId> MainWindow::send(OfficerCommand command) {
    // Asked of the desk itself: the status of the last refresh may be older than the mode.
    if (RecordDesk* record = m_desk.record(); record != nullptr && record->past()) return {};
    if (!whyNoAct().empty()) return {};
    return m_desk.commands()->submit(LiveToken(), std::move(command));
}

QWidget* MainWindow::buildTimeRow(QWidget* parent) {
    m_timeRow = new QWidget(parent);
    m_timeRow->setAccessibleName(QStringLiteral("time in the record"));
    m_timeRow->setAutoFillBackground(true);
    m_timeRow->setBackgroundRole(QPalette::Base);
    auto* row = new QHBoxLayout(m_timeRow);
    const auto button = [&](const char* words, const char* key, auto call) {
        auto* made = new widgets::RunButton(m_timeRow);
        made->setOutlined(true);
        made->setText(QString::fromUtf8(words));
        made->setRuns({widgets::Run::body(QString::fromUtf8(words)).after(6),
                       widgets::Run::key(QKeySequence(QString::fromUtf8(key)))});
        made->setAccessibleName(QString::fromUtf8(words));
        connect(made, &QAbstractButton::clicked, this, call);
        return made;
    };
    m_timeSlider = new widgets::TimeSlider(m_timeRow);
    row->addWidget(button("Former event", "[", [this] { stepEvent(-1); }));
    row->addWidget(m_timeSlider, 1);
    row->addWidget(button("Next event", "]", [this] { stepEvent(1); }));
    connect(m_timeSlider, &widgets::TimeSlider::timeRequested, this, [this](qint64 ms) {
        if (RecordDesk* record = m_desk.record())
            record->seek(Instant::fromMicroseconds(ms * 1'000 + 999));
    });
    followTheme(*m_timeRow, [row] {
        const widgets::Theme& theme = widgets::Theme::current();
        row->setContentsMargins(theme.px(8), theme.px(2), theme.px(8), theme.px(2));
        row->setSpacing(theme.px(8));
    });
    m_timeRow->hide();
    return m_timeRow;
}

void MainWindow::addPastActions() {
    const auto add = [this](const ActionSpec& spec, auto call) {
        connect(makeAction(*this, spec), &QAction::triggered, this, call);
    };
    add({"Former event", "[", "In a record: the event before"}, [this] { stepEvent(-1); });
    add({"Next event", "]", "In a record: the event after"}, [this] { stepEvent(1); });
    add({"Former critical alarm", "Shift+[;{", "In a record: the critical alarm before"},
        [this] { stepAlarm(-1); });
    add({"Next critical alarm", "Shift+];}", "In a record: the critical alarm after"},
        [this] { stepAlarm(1); });
}

void MainWindow::stepEvent(int direction) {
    RecordDesk* record = m_desk.record();
    if (record == nullptr || !record->past())
        return say(QStringLiteral("Events are stepped through in the past only: open a record."));
    record->stepEvent(direction);
}

void MainWindow::stepAlarm(int direction) {
    RecordDesk* record = m_desk.record();
    const std::optional<PastStatus> past = record != nullptr ? record->past() : std::nullopt;
    if (!past)
        return say(QStringLiteral("Alarms are stepped through in the past only: open a record."));
    const std::shared_ptr<const RecordLanes> lanes = record->lanes();
    const Mark* found = nullptr;
    for (const Mark& mark : lanes->marks) {
        if (!isAlarm(mark, view::AlarmPriority::P1)) continue;
        if (direction < 0 && mark.sequence < past->sequence) found = &mark;
        if (direction > 0 && mark.sequence > past->sequence && found == nullptr) found = &mark;
    }
    if (found != nullptr) return record->seekTo(found->sequence);
    const bool known = direction < 0 ? lanes->upTo >= past->time : lanes->upTo >= lanes->to;
    say(!known ? QStringLiteral("Alarms are known up to %1 so far.").arg(clockText(lanes->upTo))
        : direction < 0 ? QStringLiteral("There is no critical alarm before this instant.")
                        : QStringLiteral("There is no critical alarm after this instant."));
}

BannerData MainWindow::pastBanner(const view::Board& live, const PastStatus& past) const {
    BannerData banner;
    if (!past.error.empty()) {
        banner.what = QStringLiteral("Not shown.");
        banner.why = text(past.error);
        if (past.damaged || !past.difference.empty()) banner.priority = widgets::Priority::P1;
    } else if (past.damaged) {
        banner = {
            widgets::Priority::P1,
            QStringLiteral("This record is damaged."),
            QStringLiteral("%1. What is shown agrees with its digests.").arg(text(past.damage)),
            {},
            {}};
    } else if (!past.difference.empty()) {
        banner = {widgets::Priority::P1,
                  QStringLiteral("This record is computed otherwise by this version."),
                  text(past.difference),
                  {},
                  {}};
    } else if (live.snapshot && !past.whole) {
        banner.what = QStringLiteral("Histories are being filled, %1 %.")
                          .arg(static_cast<int>(past.surveyed * 100));
        banner.why = QStringLiteral(
            "Alarms, timeline and charts begin at the last checkpoint until then; accounts, "
            "markets, breakers and the fund's balance are exact.");
    } else if (past.busy) {
        banner.what = QStringLiteral("On the way to another instant.");
        banner.why = QStringLiteral("What is shown is from %1.").arg(clockText(past.time));
    }
    return banner;
}

void MainWindow::refreshTimeRow(const PastStatus& past) {
    widgets::TimeSliderData shown;
    shown.fromMs = millis(past.from);
    shown.toMs = millis(past.to);
    shown.nowMs = millis(past.time);
    const std::shared_ptr<const RecordLanes> lanes = m_desk.record()->lanes();
    if (lanes->upTo < lanes->to) shown.knownMs = millis(lanes->upTo);
    for (const Mark& mark : lanes->marks) {
        if (mark.lane != Mark::Lane::Alarm || !mark.priority) continue;
        shown.marks.append({millis(mark.time), priorityOf(*mark.priority), text(mark.text)});
    }
    m_timeSlider->setData(shown);
}

void MainWindow::refreshMode(const view::Board& live, const DeskStatus&) {
    RecordDesk* record = m_desk.record();
    m_past = record != nullptr ? record->past() : std::nullopt;
    const widgets::Mode now = mode();
    if (m_modeFrame->mode() != now) {
        m_modeFrame->setMode(now);
        const int inset =
            widgets::Theme::current().px(widgets::ModeFrame::screenMargin(now) -
                                         widgets::ModeFrame::screenMargin(widgets::Mode::Live));
        m_area->layout()->setContentsMargins(inset, inset, inset, inset);
    }
    m_timeRow->setVisible(m_past.has_value());
    m_pastBanner->setData(m_past ? pastBanner(live, *m_past) : BannerData());
    if (!m_past) return;
    refreshTimeRow(*m_past);
    if (!live.snapshot) {
        m_starting->setData({widgets::EmptyKind::None,
                             QStringLiteral("The record is opening"),
                             QStringLiteral("The nearest checkpoint is loaded and played on to "
                                            "the instant asked for."),
                             {},
                             {},
                             {},
                             {}});
    }
}

void MainWindow::returnToLive() {
    if (m_past) {
        return say(QStringLiteral(
            "This window shows a record and has no LIVE to return to; Ctrl+Q closes it."));
    }
    if (m_current != kWhatIf) return;
    openScreen(screenOf(m_before) != nullptr && m_before != kWhatIf ? m_before
                                                                    : QStringLiteral("situation"));
    say(QStringLiteral("Back to LIVE."));
}

// Esc has its own meaning in many places and keeps it; two in a row leave the mode. A key that is
// a shortcut is never seen as a press, but every key asks first whether somebody overrides it.
bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && watched == QApplication::focusWidget() &&
        isActiveWindow()) {
        const auto& key = *static_cast<QKeyEvent*>(event);
        if (key.key() == Qt::Key_Escape && !key.isAutoRepeat()) {
            const bool twice = m_sinceEscape.isValid() && m_sinceEscape.elapsed() < kTwiceMs;
            if (twice) {
                m_sinceEscape.invalidate();
                const widgets::Mode now = mode();
                if (now == widgets::Mode::WhatIf || now == widgets::Mode::Past)
                    QMetaObject::invokeMethod(this, &MainWindow::returnToLive,
                                              Qt::QueuedConnection);
            } else {
                m_sinceEscape.start();
            }
        } else if (key.key() != Qt::Key_Escape) {
            m_sinceEscape.invalidate();
        }
    }
    return QMainWindow::eventFilter(watched, event);
}

}  // namespace breakwater::ui
