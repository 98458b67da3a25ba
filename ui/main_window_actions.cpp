#include <algorithm>

#include <QAction>
#include <QMenu>

#include "ui/actions.hpp"
#include "ui/alarm_list.hpp"
#include "ui/keys_overlay.hpp"
#include "ui/main_window.hpp"
#include "ui/readings.hpp"
#include "ui/screen_catalogue.hpp"
#include "ui/screens/situation.hpp"
#include "ui/text.hpp"
#include "widgets/panel_frame.hpp"
#include "widgets/text_run.hpp"

namespace breakwater::ui {
namespace {

using widgets::Appearance;
using widgets::Density;
using widgets::Motion;
using widgets::Theme;
using widgets::ThemeName;

constexpr int kZoomStep = 10;

template <class F>
QAction* act(MainWindow& window, const ActionSpec& spec, F call) {
    QAction* action = makeAction(window, spec);
    QObject::connect(action, &QAction::triggered, &window, call);
    return action;
}

}  // namespace

void MainWindow::addActions() {
    addScreenActions();
    addDeskActions();
    addAlarmActions();
    addPastActions();
    addPaneActions();
    addViewActions();
    buildViewMenu();
}

void MainWindow::addScreenActions() {
    for (const ScreenEntry& entry : screenCatalogue()) {
        const QString id = QString::fromUtf8(entry.id);
        const QByteArray hint = QByteArray("Open ") + entry.title;
        act(*this, {entry.title, entry.shortcut, hint.constData()}, [this, id] { openScreen(id); });
    }
    act(*this,
        {"Breaker console", "Ctrl+Shift+B",
         "Open the breaker console for the chosen market; never trips"},
        [this] { openConsole(); });
}

void MainWindow::addDeskActions() {
    act(*this, {"Pause or resume", "Ctrl+P", "Stop or continue the embedded venue's time"},
        [this] { togglePause(); });
    act(*this, {"One venue second", "Ctrl+.", "While paused, play one venue second"}, [this] {
        m_desk.step();
        refreshNow();
    });
    act(*this, {"Faster", "Ctrl+]", "Next higher speed of the embedded venue"},
        [this] { stepSpeed(1); });
    act(*this, {"Slower", "Ctrl+[", "Next lower speed of the embedded venue"},
        [this] { stepSpeed(-1); });
}

void MainWindow::addAlarmActions() {
    act(*this, {"Acknowledge", "F8", "Acknowledge the chosen alarm, or the worst that waits"},
        [this] { acknowledge(); });
    act(*this, {"Alarm list", "Ctrl+L", "All open alarms with cause, consequence and action"},
        [this] {
            if (m_alarmList->isVisible()) return m_alarmList->close();
            m_alarmList->open();
            refreshNow();
        });
}

void MainWindow::addPaneActions() {
    act(*this, {"Recompute", "F5", "Put the present screen in order again"}, [this] {
        if (Screen* screen = screenOf(m_current)) screen->recompute();
        refreshNow();
    });
    act(*this, {"Next pane", "F6", "Give the focus to the next panel"},
        [this] { focusPane(true); });
    act(*this, {"Previous pane", "Shift+F6", "Give the focus to the panel before"},
        [this] { focusPane(false); });
    act(*this, {"Filter", "Ctrl+F", "Filter the accounts, or this screen's own list"}, [this] {
        if (Screen* here = screenOf(m_current); here != nullptr && here->hasFilter())
            return here->focusFilter();
        openScreen(QStringLiteral("accounts"));
        if (Screen* screen = screenOf(m_current)) screen->focusFilter();
    });
    act(*this, {"Freeze display", "Ctrl+Space", "Hold the figures still; data keeps recording"},
        [this] { toggleFreeze(); });
    act(*this, {"Keys", "F1;?", "The keys that work here"}, [this] { showKeys(); });
    act(*this, {"Close", "Ctrl+Q", "Close the window and save the layout"}, [this] { close(); });
}

void MainWindow::addViewActions() {
    const auto look = [this](auto change) {
        return [this, change] {
            Appearance next = Theme::current().appearance();
            change(next);
            setAppearance(next);
        };
    };
    m_viewMenu = new QMenu(QStringLiteral("View"), this);
    const auto add = [this](const ActionSpec& spec, auto call) {
        m_viewMenu->addAction(act(*this, spec, call));
    };
    add({"Dark theme", "Ctrl+T, D", "Dark theme"},
        look([](Appearance& a) { a.theme = ThemeName::Dark; }));
    add({"Light theme", "Ctrl+T, L", "Light theme"},
        look([](Appearance& a) { a.theme = ThemeName::Light; }));
    add({"High contrast", "Ctrl+T, H", "High contrast theme"},
        look([](Appearance& a) { a.theme = ThemeName::HighContrast; }));
    add({"Compact rows", "Ctrl+T, 1", "Rows of 20 px"},
        look([](Appearance& a) { a.density = Density::Compact; }));
    add({"Normal rows", "Ctrl+T, 2", "Rows of 24 px"},
        look([](Appearance& a) { a.density = Density::Normal; }));
    add({"Touch rows", "Ctrl+T, 3", "Rows of 32 px"},
        look([](Appearance& a) { a.density = Density::Touch; }));
    add({"Reduced motion", "Ctrl+T, M", "No blinking; press again for motion"},
        look([](Appearance& a) {
            a.motion = a.motion == Motion::Full ? Motion::Reduced : Motion::Full;
        }));
    add({"Zoom in", "Ctrl++;Ctrl+=", "Larger, up to 200 %"}, [this] { zoomBy(kZoomStep); });
    add({"Zoom out", "Ctrl+-", "Smaller, down to 80 %"}, [this] { zoomBy(-kZoomStep); });
    add({"Zoom 100 %", "Ctrl+0", "Original size"},
        look([](Appearance& a) { a.zoomPercent = 100; }));
    add({"Full screen", "F11", "Full screen and back"},
        [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
    add({"Reset layout", "Ctrl+Alt+0", "Panels, columns and zoom as delivered"},
        [this] { resetLayout(); });
}

void MainWindow::buildViewMenu() {
    act(*this, {"View menu", "Alt+V", "Theme, density, zoom, layout"},
        [this] { m_viewMenu->popup(mapToGlobal(QPoint(70, 120))); });
}

void MainWindow::openConsole() {
    std::optional<InstrumentId> market;
    if (auto* situation = dynamic_cast<SituationScreen*>(screenOf(QStringLiteral("situation")))) {
        if (m_current == QLatin1String("situation")) market = situation->selectedMarket();
    }
    openTarget({QStringLiteral("breakers"), {}, market});
}

void MainWindow::showKeys() {
    if (m_keys->isVisible()) return m_keys->close();
    QString title;
    for (const ScreenEntry& entry : screenCatalogue()) {
        if (m_current == QLatin1String(entry.id)) title = QString::fromUtf8(entry.title);
    }
    const Screen* screen = screenOf(m_current);
    m_keys->show(actions(), title, screen != nullptr ? screen->actions() : QList<QAction*>());
}

void MainWindow::togglePause() {
    m_desk.setPaused(!m_desk.status().paused);
    refreshNow();
}

void MainWindow::stepSpeed(int by) {
    const QVector<double> choices = speedChoices();
    const double now = m_desk.status().chosenSpeed;
    qsizetype at = 0;
    for (qsizetype i = 0; i < choices.size(); ++i) {
        if (choices[i] <= now) at = i;
    }
    const qsizetype next = std::clamp<qsizetype>(at + by, 0, choices.size() - 1);
    m_desk.setSpeed(choices[next]);
    refreshNow();
}

void MainWindow::toggleFreeze() {
    if (m_age.isFrozen()) return thaw();
    m_frozenBoard = m_desk.board();
    if (!m_frozenBoard.snapshot) return;
    m_age.freeze();
    refreshNow();
}

void MainWindow::thaw() {
    if (!m_age.isFrozen()) return;
    m_age.thaw();
    m_frozenBoard = {};
    refreshNow();
}

void MainWindow::focusPane(bool forward) {
    if (Screen* screen = screenOf(m_current)) widgets::focusNextPanel(*screen, forward);
}

void MainWindow::zoomBy(int percent) {
    Appearance next = Theme::current().appearance();
    next.zoomPercent = std::clamp(next.zoomPercent + percent, 80, 200);
    setAppearance(next);
}

void MainWindow::resetLayout() {
    setAppearance(m_options.appearance);
    applyScreens(m_delivered);
    say(QStringLiteral("The layout is as delivered."));
}

void MainWindow::acknowledge() {
    if (const std::optional<std::uint64_t> chosen = m_alarmList->selectedAlarm())
        return acknowledgeAlarm(*chosen);
    const view::Board board = m_desk.board();
    const view::Alarm* alarm = board.snapshot ? alarmToAcknowledge(*board.snapshot) : nullptr;
    if (alarm == nullptr) return say(QStringLiteral("No alarm waits for an acknowledgement."));
    acknowledgeAlarm(alarm->number);
}

void MainWindow::acknowledgeAlarm(std::uint64_t number) {
    OfficerCommand command;
    command.officer = m_options.officer;
    command.kind = CommandKind::Acknowledge;
    command.alarm = number;
    if (!send(std::move(command))) {
        return say(QStringLiteral("Nothing is acknowledged: %1.").arg(text(whyNoAct())));
    }
    say(QStringLiteral("Acknowledgement of alarm %1 sent.").arg(number));
}

}  // namespace breakwater::ui
