#include "ui/main_window.hpp"

#include <QApplication>
#include <QCloseEvent>
#include <QDateTime>
#include <QScreen>
#include <QStackedWidget>

#include "ui/alarm_list.hpp"
#include "ui/banner.hpp"
#include "ui/screen_catalogue.hpp"
#include "ui/text.hpp"
#include "widgets/empty_state.hpp"
#include "widgets/format.hpp"
#include "widgets/nav_rail.hpp"
#include "widgets/panel_frame.hpp"
#include "widgets/toast.hpp"

namespace breakwater::ui {
namespace {

constexpr int kRefreshMs = 250;
constexpr int kClockMs = 100;
constexpr QSize kLeast(1024, 640);
constexpr QSize kDelivered(1920, 1080);

QString playText(const DeskStatus& status) {
    return QStringLiteral("%1 to %2")
        .arg(text(status.playFrom.toString()), text(status.playTo.toString()));
}

// The area a screen scrolls in.
QWidget* placeOf(const Screen& screen) { return screen.parentWidget()->parentWidget(); }

// What somebody who is asked for help needs to see.
QString copied(const view::Board& board, const QString& words) {
    const QString at = board.snapshot ? QStringLiteral("at input %1, %2")
                                            .arg(board.snapshot->sequence)
                                            .arg(text(board.snapshot->asOf.toString()))
                                      : QStringLiteral("before the first board");
    return QStringLiteral("Breakwater %1 %2: %3")
        .arg(QCoreApplication::applicationVersion(), at, words);
}

QString count(std::uint64_t n) { return widgets::formatCount(static_cast<std::int64_t>(n)); }

// Since when by the officer's own clock: venue time stands still meanwhile.
BannerData recordBannerOf(const view::Board& live, const DeskStatus& status) {
    if (status.recordError.empty()) return {};
    const QString since = QDateTime::fromMSecsSinceEpoch(millis(status.recordStoppedAt))
                              .toString(QStringLiteral("HH:mm:ss"));
    QStringList detail;
    if (status.notRecordedCommands > 0)
        detail << QStringLiteral("NOT RECORDED: %1 acts in effect.")
                      .arg(count(status.notRecordedCommands));
    if (!status.halted && !status.finished) {
        detail << QStringLiteral("The venue stands still; commands go to the reserve (%1 kept).")
                      .arg(count(status.reservedCommands));
        detail << (status.recordResumes
                       ? QStringLiteral("Everything resumes by itself when there is space.")
                       : QStringLiteral("Restart Breakwater on the record to go on."));
    }
    detail << QStringLiteral("On disk up to input %1.").arg(count(status.durable));
    return {priorityOf(view::recordOf(view::AlarmKind::RecordStopped).priority),
            (status.recordResumes ? QStringLiteral("The record cannot be written since %1: %2.")
                                  : QStringLiteral("Recording stopped at %1: %2."))
                .arg(since, text(status.recordError)),
            detail.join(u' '),
            {},
            {},
            copied(live, text(status.recordError))};
}

}  // namespace

MainWindow::MainWindow(Desk& desk, WindowOptions options, QWidget* parent)
    : QMainWindow(parent),
      m_desk(desk),
      m_options(std::move(options)),
      m_context{desk, m_age, m_options.officer, makeGate()} {
    setWindowTitle(QStringLiteral("Breakwater"));
    setObjectName(QStringLiteral("breakwater"));
    widgets::Theme::apply(*qApp, m_options.appearance);
    buildFrame();
    buildScreens();
    addActions();
    connectFrame();
    setMinimumSize(kLeast);
    resize(
        kDelivered.boundedTo(QGuiApplication::primaryScreen()->availableSize()).expandedTo(kLeast));
    openScreen(QString::fromUtf8(screenCatalogue().front().id));
    if (m_options.keepsLayout) m_saved = loadLayoutFile(layoutPath());
    if (m_saved) applyFrame(*m_saved);
    qApp->installEventFilter(this);
    connect(&m_refreshTimer, &QTimer::timeout, this, &MainWindow::refreshNow);
    connect(&m_clockTimer, &QTimer::timeout, this, &MainWindow::tickClock);
    m_refreshTimer.start(kRefreshMs);
    m_clockTimer.start(kClockMs);
    refreshNow();
}

MainWindow::~MainWindow() = default;

Screen* MainWindow::screenOf(const QString& id) const {
    const auto found = m_screens.find(id);
    return found == m_screens.end() ? nullptr : found->second;
}

void MainWindow::openScreen(const QString& id) {
    Screen* screen = screenOf(id);
    if (screen == nullptr) return;
    if (m_current != id) m_before = m_current;
    m_current = id;
    m_rail->setCurrent(id);
    if (m_hadBoard) m_stack->setCurrentWidget(placeOf(*screen));
    refreshNow();
    screen->firstFocus()->setFocus(Qt::ShortcutFocusReason);
}

void MainWindow::openTarget(const ScreenTarget& target) {
    openScreen(target.screen);
    if (Screen* screen = screenOf(target.screen)) screen->open(target);
}

void MainWindow::tickClock() {
    const view::Board board = m_desk.board();
    m_modeBar->setData(modeBarOf(board, m_desk.status(), QString::fromStdString(m_options.officer),
                                 mode(), m_past));
}

void MainWindow::refreshNow() {
    const view::Board live = m_desk.board();
    const DeskStatus status = m_desk.status();
    m_age.observe(live, status);
    if (live.snapshot && !m_hadBoard) {
        m_hadBoard = true;
        if (Screen* screen = screenOf(m_current)) {
            m_stack->setCurrentWidget(placeOf(*screen));
            screen->firstFocus()->setFocus(Qt::OtherFocusReason);
        }
    }
    const view::Board& shown = m_age.isFrozen() ? m_frozenBoard : live;
    if (Screen* screen = screenOf(m_current)) {
        screen->refresh(shown, status);
        // Forms and previews bear no age of their own; after a halt nothing looks current.
        if (status.halted) {
            for (auto* panel : screen->findChildren<widgets::PanelFrame*>())
                m_age.applyTo(*panel);
        }
    }
    refreshActions(status);
    refreshFrame(live, status);
    emit refreshed();
}

view::Board MainWindow::shownBoard() const {
    return m_age.isFrozen() ? m_frozenBoard : m_desk.board();
}

void MainWindow::refreshFrame(const view::Board& live, const DeskStatus& status) {
    refreshMode(live, status);
    tickClock();
    m_alarmStrip->setData(alarmStripOf(live, mode()));
    m_dataStrip->setData(m_past ? pastStripOf(live, *m_past) : dataStripOf(live, status, m_age));
    m_alarmList->refresh(live);
    refreshOutcome(live);
    m_statusLine->setData(statusLineOf(live, status, m_message, m_past));
    refreshBanners(live, status);
}

void MainWindow::refreshBanners(const view::Board& live, const DeskStatus& status) {
    BannerData state;
    if (status.halted) {
        const QString last =
            live.snapshot ? clockText(live.snapshot->asOf) : QStringLiteral("the start");
        state = {
            widgets::Priority::P1,
            QStringLiteral("The engine stopped: %1.").arg(text(status.haltText)),
            QStringLiteral(
                "Every figure is from %1 and stale. Reading still works; no act reaches the venue. "
                "Restart Breakwater on the record to go on.")
                .arg(last),
            {},
            {},
            copied(live, text(status.haltText))};
    } else if (status.finished) {
        state = {
            widgets::Priority::None,
            QStringLiteral("The play has ended."),
            QStringLiteral(
                "Prices were played from %1. Reading still works; the venue takes no more acts.")
                .arg(playText(status)),
            {},
            {},
            {}};
    }
    m_haltBanner->setData(state);
    m_recordBanner->setData(recordBannerOf(live, status));
    BannerData frozen;
    if (m_age.isFrozen()) {
        frozen = {widgets::Priority::None,
                  QStringLiteral("FROZEN %1 s").arg(m_age.frozenMs() / 1000),
                  QStringLiteral(
                      "The display stands still, data keeps recording. The strips above are live."),
                  QKeySequence(QStringLiteral("Ctrl+Space")),
                  QStringLiteral("unfreeze"),
                  {}};
    }
    m_frozenBanner->setData(frozen);
}

void MainWindow::refreshOutcome(const view::Board& live) {
    // In the past an outcome is no news.
    if (m_past || !live.snapshot || !live.snapshot->commands || live.snapshot->commands->empty())
        return;
    const view::CommandOutcome& newest = live.snapshot->commands->front();
    if (newest.id == m_lastOutcome) return;
    m_lastOutcome = newest.id;
    const QString number = QString::number(newest.id.value());
    if (newest.accepted) {
        say(QStringLiteral("Command %1 accepted: %2.").arg(number, text(newest.text)));
        return;
    }
    const QString words = QStringLiteral("Command %1 refused: %2.").arg(number, text(newest.text));
    say(words, widgets::Priority::P2);
    widgets::ToastData toast;
    toast.key = QStringLiteral("refused") + number;
    toast.priority = widgets::Priority::P2;
    toast.text = words;
    m_toasts->show(toast);
}

void MainWindow::say(const QString& words, widgets::Priority priority) {
    m_message = {words, priority};
}

void MainWindow::setAppearance(const widgets::Appearance& appearance) {
    if (appearance == widgets::Theme::current().appearance()) return;
    widgets::Theme::apply(*qApp, appearance);
    refreshNow();
}

WindowLayout MainWindow::layoutNow() const {
    WindowLayout out;
    out.geometry = isMaximized() || isFullScreen() ? normalGeometry() : geometry();
    out.maximised = isMaximized();
    out.screen = m_current;
    out.appearance = widgets::Theme::current().appearance();
    for (const auto& [id, screen] : m_screens)
        out.screens.insert(id, screen->saveLayout());
    return out;
}

QString MainWindow::layoutPath() const {
    return m_options.layoutPath.isEmpty() ? defaultLayoutPath() : m_options.layoutPath;
}

void MainWindow::applyFrame(const WindowLayout& layout) {
    setAppearance(layout.appearance);
    if (!layout.geometry.isEmpty()) {
        QList<QRect> screens;
        for (const QScreen* screen : QGuiApplication::screens())
            screens.append(screen->availableGeometry());
        setGeometry(clampedTo(layout.geometry, screens, kLeast));
    }
    if (layout.maximised) setWindowState(windowState() | Qt::WindowMaximized);
    openScreen(layout.screen);
}

void MainWindow::applyScreens(const QJsonObject& screens) {
    for (const auto& [id, screen] : m_screens) {
        if (screens.contains(id)) screen->restoreLayout(screens.value(id).toObject());
    }
}

// Splitters only know their room once they are shown: then what was delivered is noted, and
// what was saved is put in its place.
void MainWindow::restoreScreens() {
    m_delivered = layoutNow().screens;
    if (m_saved) applyScreens(m_saved->screens);
    m_saved.reset();
}

void MainWindow::showEvent(QShowEvent* event) {
    QMainWindow::showEvent(event);
    if (m_shown) return;
    m_shown = true;
    QMetaObject::invokeMethod(this, &MainWindow::restoreScreens, Qt::QueuedConnection);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (m_options.keepsLayout) {
        WindowLayout layout = layoutNow();
        if (m_saved) layout.screens = m_saved->screens;  // closed before it was fully shown
        saveLayoutFile(layoutPath(), layout);
    }
    QMainWindow::closeEvent(event);
}

}  // namespace breakwater::ui
