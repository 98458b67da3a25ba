// The window: frame, screens, keys, layout. It reads boards and never blocks.
#pragma once

#include <map>
#include <memory>

#include <QElapsedTimer>
#include <QMainWindow>
#include <QTimer>

#include "ui/board_age.hpp"
#include "ui/frame_data.hpp"
#include "ui/layout_store.hpp"
#include "ui/record_desk.hpp"
#include "ui/screen.hpp"

class QMenu;
class QStackedWidget;
class QVBoxLayout;

namespace breakwater::widgets {
class EmptyState;
class ModeFrame;
class NavRail;
class RunButton;
class TimeSlider;
class ToastHost;
}  // namespace breakwater::widgets

namespace breakwater::ui {

class AlarmList;
class Banner;
struct BannerData;
class KeysOverlay;

struct WindowOptions {
    std::string officer = "officer-1";
    QString layoutPath;       // empty: defaultLayoutPath()
    bool keepsLayout = true;  // false: neither read nor written (screenshots)
    widgets::Appearance appearance;
};

class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    MainWindow(Desk& desk, WindowOptions options, QWidget* parent = nullptr);
    ~MainWindow() override;

    void openScreen(const QString& id);
    void openTarget(const ScreenTarget& target);
    QString currentScreen() const { return m_current; }
    // LIVE, WHAT-IF, PAST or READ-ONLY (halted, played out); commands exist in LIVE alone.
    widgets::Mode mode() const;
    Screen* screenOf(const QString& id) const;
    void refreshNow();
    bool isFrozen() const { return m_age.isFrozen(); }

    WindowLayout layoutNow() const;
    void setAppearance(const widgets::Appearance& appearance);

signals:
    void refreshed();

protected:
    void closeEvent(QCloseEvent* event) override;
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    // main_window_frame.cpp
    void buildFrame();
    QWidget* buildMiddle();
    QWidget* buildRail();
    void buildScreens();
    void connectFrame();
    void connectScreen(Screen& screen);
    // main_window_actions.cpp
    void addActions();
    void addScreenActions();
    void addDeskActions();
    void addAlarmActions();
    void addPaneActions();
    void addViewActions();
    void buildViewMenu();
    void showKeys();
    void openConsole();
    void stepSpeed(int by);
    void togglePause();
    void toggleFreeze();
    void thaw();
    void focusPane(bool forward);
    void zoomBy(int percent);
    void resetLayout();
    void acknowledge();
    void acknowledgeAlarm(std::uint64_t number);
    // main_window_mode.cpp
    ActGate makeGate();
    std::string whyNoAct() const;
    std::optional<CommandId> send(OfficerCommand command);
    QWidget* buildTimeRow(QWidget* parent);
    void addPastActions();
    void refreshMode(const view::Board& live, const DeskStatus& status);
    BannerData pastBanner(const view::Board& live, const PastStatus& past) const;
    void refreshTimeRow(const PastStatus& past);
    void stepEvent(int direction);
    void stepAlarm(int direction);
    void returnToLive();
    // main_window.cpp
    void tickClock();
    void refreshFrame(const view::Board& live, const DeskStatus& status);
    void refreshBanners(const view::Board& live, const DeskStatus& status);
    void refreshOutcome(const view::Board& live);
    void say(const QString& text, widgets::Priority priority = widgets::Priority::None);
    QString layoutPath() const;
    void applyFrame(const WindowLayout& layout);
    void applyScreens(const QJsonObject& screens);
    void restoreScreens();

    Desk& m_desk;
    WindowOptions m_options;
    BoardAge m_age;
    ScreenContext m_context;
    view::Board m_frozenBoard;
    FrameMessage m_message;
    CommandId m_lastOutcome;
    QString m_current;
    QString m_before;                  // the screen WHAT-IF was entered from
    std::optional<PastStatus> m_past;  // as of the last refresh
    QElapsedTimer m_sinceEscape;
    std::map<QString, Screen*> m_screens;
    QJsonObject m_delivered;              // what "reset layout" goes back to, by screen
    std::optional<WindowLayout> m_saved;  // until the screens have taken it
    bool m_shown = false;
    bool m_hadBoard = false;

    QTimer m_refreshTimer;
    QTimer m_clockTimer;
    widgets::ModeBar* m_modeBar = nullptr;
    widgets::AlarmStrip* m_alarmStrip = nullptr;
    widgets::DataStrip* m_dataStrip = nullptr;
    widgets::NavRail* m_rail = nullptr;
    widgets::RunButton* m_viewButton = nullptr;
    widgets::StatusLine* m_statusLine = nullptr;
    widgets::EmptyState* m_starting = nullptr;
    widgets::ToastHost* m_toasts = nullptr;
    QWidget* m_area = nullptr;  // banners and screen
    QStackedWidget* m_stack = nullptr;
    Banner* m_haltBanner = nullptr;
    Banner* m_recordBanner = nullptr;
    Banner* m_frozenBanner = nullptr;
    Banner* m_pastBanner = nullptr;
    widgets::ModeFrame* m_modeFrame = nullptr;
    QWidget* m_timeRow = nullptr;
    widgets::TimeSlider* m_timeSlider = nullptr;
    AlarmList* m_alarmList = nullptr;
    KeysOverlay* m_keys = nullptr;
    QMenu* m_viewMenu = nullptr;
};

}  // namespace breakwater::ui
