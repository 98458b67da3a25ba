// The window after the engine has halted, and while the record cannot be written.
#include <QDateTime>

#include "ui/banner.hpp"
#include "ui/frame_data.hpp"
#include "ui/screen_catalogue.hpp"
#include "ui/window_fixture.hpp"
#include "widgets/panel_frame.hpp"

namespace breakwater::ui::test {
namespace {

class Halt : public WindowTest {
protected:
    // What the banners in view say, all of it.
    QString banners() {
        QString out;
        for (const Banner* banner : window->findChildren<Banner*>()) {
            if (banner->isVisible()) out += banner->accessibleName();
        }
        return out;
    }
    void halt() {
        desk.status().halted = true;
        desk.status().haltText = "m_state.books.balanced() (engine.cpp:42) in input 9001 (fill)";
        window->refreshNow();
    }
};

TEST_F(Halt, EveryPanelOfEveryScreenIsStale) {
    openWindow();
    for (const ScreenEntry& screen : screenCatalogue()) {
        const QString id = QLatin1String(screen.id);
        SCOPED_TRACE(screen.id);
        desk.status().halted = false;
        window->openScreen(id);
        window->refreshNow();
        halt();
        int seen = 0;
        for (const auto* panel : window->screenOf(id)->findChildren<widgets::PanelFrame*>()) {
            if (!panel->isVisible()) continue;
            EXPECT_TRUE(panel->isStale()) << qPrintable(panel->title());
            ++seen;
        }
        EXPECT_GT(seen, 0);
    }
}

// The console's commit is Console.HaltedEngineTakesNoAct; the other act is an acknowledgement.
TEST_F(Halt, NoAcknowledgementReachesTheVenueFromAnyScreen) {
    venue.watcher().report(view::AlarmKind::RecordNearLimit, true, "full in 5 min", venue.now());
    venue.run(1);
    desk.show(venue);
    openWindow();
    halt();
    for (const ScreenEntry& screen : screenCatalogue()) {
        window->openScreen(QLatin1String(screen.id));
        window->refreshNow();
        press(Qt::Key_F8);
    }
    EXPECT_TRUE(desk.sent.empty());
    desk.status().halted = false;
    press(Qt::Key_F8);
    window->refreshNow();
    EXPECT_EQ(desk.sent.size(), 1U) << "there was an alarm to acknowledge all along";
}

TEST_F(Halt, ARecordThatWaitsSaysSinceWhenAndWhereCommandsGo) {
    openWindow();
    DeskStatus& status = desk.status();
    status.recordError = "the disk is full";
    status.recordResumes = true;
    status.recordStoppedAt = Instant::fromMicroseconds(
        QDateTime(QDate(2026, 1, 2), QTime(14, 3, 22)).toMSecsSinceEpoch() * 1'000);
    status.reservedCommands = 2;
    status.durable = 1'234;
    window->refreshNow();
    const QString text = banners();
    for (const char* part :
         {"cannot be written since 14:03:22: the disk is full", "venue stands still",
          "reserve (2 kept)", "resumes by itself", "input 1,234"}) {
        EXPECT_TRUE(text.contains(QLatin1String(part))) << part << " in " << qPrintable(text);
    }
    EXPECT_FALSE(text.contains(QStringLiteral("NOT RECORDED")));
    status.notRecordedCommands = 1;
    window->refreshNow();
    EXPECT_TRUE(banners().contains(QStringLiteral("NOT RECORDED: 1 ")));
    status.recordResumes = false;  // at its size limit
    window->refreshNow();
    EXPECT_TRUE(banners().contains(QStringLiteral("Recording stopped at 14:03:22")));
    EXPECT_TRUE(banners().contains(QStringLiteral("Restart Breakwater on the record")));
    status = DeskStatus();
    window->refreshNow();
    EXPECT_FALSE(banners().contains(QStringLiteral("record")));
}

}  // namespace
}  // namespace breakwater::ui::test
