// The modes of the window: what frames them, what moves in them, and that nothing is sent.
#include <random>

#include <QAbstractButton>
#include <QAction>
#include <QDialog>
#include <QDir>
#include <QMenu>
#include <QPointer>
#include <QTemporaryDir>
#include <QTimer>

#include "ui/fake_record.hpp"
#include "ui/screen_catalogue.hpp"
#include "ui/window_fixture.hpp"
#include "widgets/alarm_strip.hpp"
#include "widgets/mode_frame.hpp"
#include "widgets/status_line.hpp"
#include "widgets/time_slider.hpp"

namespace breakwater::ui::test {
namespace {

constexpr int kWalkSteps = 10'000;

class Modes : public WindowTest {
protected:
    void SetUp() override {
        // A dialog of files waits for nobody here.
        QObject::connect(&m_dialogs, &QTimer::timeout, [] {
            if (QWidget* dialog = QApplication::activeModalWidget()) dialog->close();
        });
        m_dialogs.start(20);
        m_cwd = QDir::currentPath();
        QDir::setCurrent(folder.path());
        recorded.run(60);
        recorded.drift(0, -0.002);
        recorded.run(60);
        desk.show(recorded);
        record.setNames(desk.board().snapshot);
        record.buildLanes(120);
        desk.setRecord(&record);
    }
    void TearDown() override {
        WindowTest::TearDown();
        QDir::setCurrent(m_cwd);
    }
    void openPast() {
        record.openAt(recorded.now());
        desk.status().past = true;
        desk.status().paused = true;
        desk.status().recording = false;
        openWindow();
    }
    template <class T>
    T& part() {
        return *window->findChild<T*>();
    }
    // Everything that can be pressed, in or out of sight of a person who looks for trouble.
    void step(std::mt19937& random);
    std::vector<QAction*> actionsHere() const;
    const QList<QPointer<QWidget>>& widgetsHere();

    QTemporaryDir folder;  // for whatever a walk exports
    FakeRecord record;
    SmallVenue recorded{{120, 11, record.watcher()}};

private:
    QList<QPointer<QWidget>> m_widgets;
    int m_age = 0;
    QString m_cwd;
    QTimer m_dialogs;
};

std::vector<QAction*> Modes::actionsHere() const {
    QList<QAction*> all = window->actions();
    if (const Screen* screen = window->screenOf(window->currentScreen())) all += screen->actions();
    std::vector<QAction*> safe;
    for (QAction* action : all) {
        // Closing ends the walk; another look changes nothing of what is sent and takes its time.
        const bool isLook = action->shortcut().toString().startsWith(QLatin1String("Ctrl+T")) ||
                            action->text().startsWith(QLatin1String("Zoom"));
        if (!isLook && action->text() != QLatin1String("Close") &&
            action->text() != QLatin1String("Full screen") &&
            action->text() != QLatin1String("Reset layout")) {
            safe.push_back(action);
        }
    }
    return safe;
}

// Widgets come and go seldom; looking for them at every step would be most of the walk.
const QList<QPointer<QWidget>>& Modes::widgetsHere() {
    if (m_age++ % 100 == 0 || m_widgets.isEmpty()) {
        m_widgets.clear();
        for (QWidget* widget : window->findChildren<QWidget*>())
            if (widget->window() == window.get()) m_widgets.append(widget);
    }
    return m_widgets;
}

void Modes::step(std::mt19937& random) {
    static const std::vector<int> keys{
        Qt::Key_F8,   Qt::Key_F12, Qt::Key_Return, Qt::Key_Space,       Qt::Key_Tab,
        Qt::Key_Down, Qt::Key_Up,  Qt::Key_Left,   Qt::Key_Right,       Qt::Key_Escape,
        Qt::Key_A,    Qt::Key_E,   Qt::Key_T,      Qt::Key_H,           Qt::Key_2,
        Qt::Key_B,    Qt::Key_W,   Qt::Key_Home,   Qt::Key_End,         Qt::Key_PageDown,
        Qt::Key_F5,   Qt::Key_F6,  Qt::Key_F9,     Qt::Key_BracketLeft, Qt::Key_BracketRight};
    const auto pick = [&](std::size_t count) {
        return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
    };
    switch (pick(4)) {
        case 0: {
            const std::vector<QAction*> actions = actionsHere();
            actions[pick(actions.size())]->trigger();
            break;
        }
        case 1: {
            const Qt::KeyboardModifiers with = pick(4) == 0   ? Qt::ControlModifier
                                               : pick(8) == 0 ? Qt::ShiftModifier
                                                              : Qt::NoModifier;
            const int key = keys[pick(keys.size())];
            if (key == Qt::Key_F12) {  // held, and let go of in some later step
                QTest::keyPress(target() != nullptr ? target() : window.get(), Qt::Key_F12);
            } else {
                press(key, with);
            }
            break;
        }
        default: {
            const QList<QPointer<QWidget>>& widgets = widgetsHere();
            const QPointer<QWidget> widget =
                widgets[static_cast<qsizetype>(pick(static_cast<std::size_t>(widgets.size())))];
            if (!widget || !widget->isVisible() || !widget->isEnabled()) break;
            if (widget->size().isEmpty()) break;
            const QPoint at =
                qobject_cast<QAbstractButton*>(widget) != nullptr
                    ? widget->rect().center()
                    : QPoint(static_cast<int>(pick(static_cast<std::size_t>(widget->width()))),
                             static_cast<int>(pick(static_cast<std::size_t>(widget->height()))));
            QTest::mouseClick(widget, Qt::LeftButton, Qt::NoModifier, at);
        }
    }
    while (QWidget* popup = QApplication::activePopupWidget())
        popup->close();
    for (QWidget* other : QApplication::topLevelWidgets()) {
        if (qobject_cast<QDialog*>(other) != nullptr && other->isVisible()) other->close();
    }
    // What has closed leaves no window active here; keys would reach nobody from then on.
    if (QApplication::activeWindow() != window.get()) {
        window->activateWindow();
        QApplication::processEvents();
    }
}

TEST_F(Modes, LiveIsPlainAndSends) {
    openWindow();
    EXPECT_EQ(window->mode(), widgets::Mode::Live);
    EXPECT_FALSE(part<widgets::ModeFrame>().isVisible());
    EXPECT_FALSE(part<widgets::TimeSlider>().isVisible());
    press(Qt::Key_F8);
    EXPECT_EQ(desk.sent.size(), 1U);
    press(Qt::Key_BracketRight);
    EXPECT_EQ(record.steps, 0);
}

TEST_F(Modes, ReadOnlySendsNothing) {
    openWindow();
    desk.status().finished = true;
    EXPECT_EQ(window->mode(), widgets::Mode::ReadOnly);
    press(Qt::Key_F8);
    desk.status().finished = false;
    desk.status().halted = true;
    EXPECT_EQ(window->mode(), widgets::Mode::ReadOnly);
    press(Qt::Key_F8);
    EXPECT_TRUE(desk.sent.empty());
}

TEST_F(Modes, ThePastIsFramedAndSaysWhatItIs) {
    openPast();
    EXPECT_EQ(window->mode(), widgets::Mode::Past);
    EXPECT_TRUE(part<widgets::ModeFrame>().isVisible());
    EXPECT_EQ(part<widgets::ModeFrame>().mode(), widgets::Mode::Past);
    EXPECT_TRUE(part<widgets::TimeSlider>().isVisible());
    press(Qt::Key_F8);
    EXPECT_TRUE(desk.sent.empty());
    window->refreshNow();
    const QString said = part<widgets::StatusLine>().data().message;
    EXPECT_TRUE(said.contains(QStringLiteral("this is the past"))) << qPrintable(said);
}

TEST_F(Modes, KeysStepThroughEventsAndAlarms) {
    openPast();
    press(Qt::Key_BracketRight);
    press(Qt::Key_BracketRight);
    press(Qt::Key_BracketLeft);
    EXPECT_EQ(record.steps, 1);
    const std::shared_ptr<const RecordLanes> lanes = record.lanes();
    std::vector<Sequence> critical;
    for (const RecordLanes::Mark& mark : lanes->marks) {
        if (mark.lane == RecordLanes::Mark::Lane::Alarm && mark.priority == view::AlarmPriority::P1)
            critical.push_back(mark.sequence);
    }
    ASSERT_FALSE(critical.empty());
    record.seekTo(record.lastSequence());
    record.seekTos.clear();
    press(Qt::Key_BracketLeft, Qt::ShiftModifier);
    ASSERT_FALSE(record.seekTos.empty());
    EXPECT_EQ(record.seekTos.back(), critical.back() < record.lastSequence()
                                         ? critical.back()
                                         : critical[critical.size() - 2]);
}

TEST_F(Modes, TheSliderSeeksByMouseAndKey) {
    openPast();
    widgets::TimeSlider& slider = part<widgets::TimeSlider>();
    QTest::mouseClick(&slider, Qt::LeftButton, Qt::NoModifier,
                      QPoint(slider.width() / 2, slider.height() / 2));
    ASSERT_FALSE(record.seeks.empty());
    const Instant middle =
        record.status->from +
        Duration::microseconds((record.status->to - record.status->from).count() / 2);
    EXPECT_LT(std::abs((record.seeks.back() - middle).toSeconds()), 2);
    record.seeks.clear();
    window->refreshNow();
    slider.setFocus();
    QTest::keyClick(&slider, Qt::Key_Right);
    ASSERT_EQ(record.seeks.size(), 1U);
    QTest::keyClick(&slider, Qt::Key_Home);
    ASSERT_EQ(record.seeks.size(), 2U);
    EXPECT_LT((record.seeks.back() - record.status->from).toSeconds(), 1);
    EXPECT_FALSE(slider.data().marks.isEmpty());
}

TEST_F(Modes, DamageFillingAndRefusalsAreSaid) {
    openPast();
    const auto banners = [&] {
        QStringList shown;
        for (const QWidget* widget : window->findChildren<QWidget*>()) {
            if (widget->isVisible() && widget->inherits("breakwater::ui::Banner"))
                shown.append(widget->accessibleName());
        }
        return shown.join(QLatin1Char('|'));
    };
    EXPECT_EQ(banners(), QString());
    record.status->whole = false;
    record.status->surveyed = 0.42;
    window->refreshNow();
    EXPECT_TRUE(banners().contains(QStringLiteral("filled, 42 %"))) << qPrintable(banners());
    record.status->damaged = true;
    record.status->damage = "the record differs at input 7: the input is missing";
    window->refreshNow();
    EXPECT_TRUE(banners().contains(QStringLiteral("input 7"))) << qPrintable(banners());
    record.status->error = "Nothing after input 6 is shown: it is damaged";
    window->refreshNow();
    EXPECT_TRUE(banners().contains(QStringLiteral("Nothing after input 6")));
}

TEST_F(Modes, ADigestThatDiffersIsSaid) {
    openPast();
    record.status->digestAt = 10;
    record.status->computed.bytes[0] = 1;
    record.status->recorded = record.status->computed;
    window->refreshNow();
    EXPECT_EQ(part<widgets::StatusLine>().data().verified, std::optional<bool>(true));
    record.status->recorded->bytes[0] = 2;
    window->refreshNow();
    EXPECT_EQ(part<widgets::StatusLine>().data().verified, std::optional<bool>(false));
}

TEST_F(Modes, EscapeTwiceReturnsFromWhatIf) {
    openWindow();
    if (window->screenOf(QStringLiteral("what-if")) == nullptr)
        GTEST_SKIP() << "there is no what-if screen";
    window->openScreen(QStringLiteral("accounts"));
    window->openScreen(QStringLiteral("what-if"));
    EXPECT_EQ(window->mode(), widgets::Mode::WhatIf);
    EXPECT_EQ(part<widgets::ModeFrame>().mode(), widgets::Mode::WhatIf);
    press(Qt::Key_F8);
    EXPECT_TRUE(desk.sent.empty());
    press(Qt::Key_Escape);
    press(Qt::Key_Escape);
    EXPECT_TRUE(becomes([&] { return window->currentScreen() == QStringLiteral("accounts"); }));
    EXPECT_EQ(window->mode(), widgets::Mode::Live);
}

TEST_F(Modes, NoWalkThroughThePastEverSends) {
    openPast();
    const unsigned seed = std::random_device{}();
    std::mt19937 random(seed);
    for (int n = 0; n < kWalkSteps; ++n) {
        step(random);
        if (n % 100 == 0) QApplication::processEvents();
        ASSERT_TRUE(desk.sent.empty()) << "seed " << seed << ", step " << n;
        ASSERT_EQ(window->mode(), widgets::Mode::Past) << "seed " << seed << ", step " << n;
    }
    // The same window sends as soon as it is LIVE: the walk could have failed.
    // It may have ended on What-if, where nothing is sent either.
    record.status.reset();
    desk.status().past = false;
    window->openScreen(QStringLiteral("situation"));
    for (QAction* action : window->actions())
        if (action->text() == QLatin1String("Acknowledge")) action->trigger();
    EXPECT_EQ(desk.sent.size(), 1U);
}

TEST_F(Modes, NoWalkThroughWhatIfEverSends) {
    openWindow();
    if (window->screenOf(QStringLiteral("what-if")) == nullptr)
        GTEST_SKIP() << "there is no what-if screen";
    const unsigned seed = std::random_device{}();
    std::mt19937 random(seed);
    for (int n = 0; n < kWalkSteps; ++n) {
        if (window->mode() != widgets::Mode::WhatIf) window->openScreen(QStringLiteral("what-if"));
        step(random);
        if (n % 100 == 0) QApplication::processEvents();
        ASSERT_TRUE(desk.sent.empty()) << "seed " << seed << ", step " << n;
    }
}

}  // namespace
}  // namespace breakwater::ui::test
