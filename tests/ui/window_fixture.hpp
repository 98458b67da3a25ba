// A window on a small venue, driven by keys alone.
#pragma once

#include <memory>

#include <QApplication>
#include <QElapsedTimer>
#include <QTest>
#include <gtest/gtest.h>

#include "ui/main_window.hpp"
#include "ui/screens/accounts.hpp"
#include "ui/screens/breakers.hpp"
#include "ui/screens/situation.hpp"
#include "ui/small_venue.hpp"

namespace breakwater::ui::test {

class WindowTest : public testing::Test {
protected:
    void SetUp() override {
        venue.run(30);
        desk.show(venue);
    }
    void TearDown() override {
        window.reset();
        widgets::Theme::apply(*qApp, {});
    }

    void openWindow(WindowOptions options = {}) {
        if (options.layoutPath.isEmpty()) options.keepsLayout = false;
        window = std::make_unique<MainWindow>(desk, options);
        window->resize(1'920, 1'080);
        window->show();
        window->activateWindow();
        ASSERT_TRUE(QTest::qWaitForWindowActive(window.get()));
    }

    static QWidget* target() { return QApplication::focusWidget(); }
    void press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        QTest::keyClick(target() != nullptr ? target() : window.get(), static_cast<Qt::Key>(key),
                        modifiers);
    }
    static void type(const char* text) { QTest::keyClicks(target(), QString::fromUtf8(text)); }
    // Turns the event loop until it is so, at most `patience` ms.
    template <class Condition>
    static bool becomes(Condition condition, int patience = 10'000) {
        return QTest::qWaitFor(condition, patience);
    }
    // Tab until the widget with this accessible name has the focus.
    bool tabTo(const char* name) {
        for (int i = 0; i < 60; ++i) {
            if (target() != nullptr && target()->accessibleName() == QLatin1String(name))
                return true;
            press(Qt::Key_Tab);
        }
        return false;
    }

    SituationScreen& situation() {
        return *dynamic_cast<SituationScreen*>(window->screenOf(QStringLiteral("situation")));
    }
    AccountsScreen& accounts() {
        return *dynamic_cast<AccountsScreen*>(window->screenOf(QStringLiteral("accounts")));
    }
    BreakersScreen& breakers() {
        return *dynamic_cast<BreakersScreen*>(window->screenOf(QStringLiteral("breakers")));
    }

    SmallVenue venue{{600, 11}};
    FakeDesk desk;
    std::unique_ptr<MainWindow> window;
};

}  // namespace breakwater::ui::test
