// States of the window and its layout.
#include <QJsonArray>
#include <QSplitter>
#include <QTemporaryDir>

#include "ui/banner.hpp"
#include "ui/frame_data.hpp"
#include "ui/splitters.hpp"
#include "ui/window_fixture.hpp"

namespace breakwater::ui::test {
namespace {

class Window : public WindowTest {
protected:
    QStringList banners() {
        QStringList out;
        for (const Banner* banner : window->findChildren<Banner*>()) {
            if (banner->isVisible()) out.append(banner->what());
        }
        return out;
    }
};

TEST_F(Window, StartsBeforeTheVenueDoes) {
    desk.show(view::Board{});
    openWindow();
    for (const char* id : {"situation", "accounts", "forensics", "breakers"}) {
        window->openScreen(QLatin1String(id));
        window->refreshNow();
        EXPECT_FALSE(window->screenOf(QLatin1String(id))->isVisible());
        window->grab();
    }
    desk.show(venue);
    window->refreshNow();
    EXPECT_TRUE(breakers().isVisible());
    EXPECT_TRUE(breakers().isReady());
}

TEST_F(Window, BoardWithoutScanIsShown) {
    view::Board board = venue.board();
    board.scan.reset();
    desk.show(board);
    openWindow();
    window->grab();
    EXPECT_FALSE(situation().isReady());
    desk.show(venue);
    window->refreshNow();
    EXPECT_TRUE(situation().isReady());
}

TEST_F(Window, SaysWhatIsWrong) {
    openWindow();
    EXPECT_TRUE(banners().isEmpty());
    desk.status().finished = true;
    window->refreshNow();
    EXPECT_EQ(banners(), QStringList{QStringLiteral("The play has ended.")});
    desk.status().halted = true;
    desk.status().haltText = "assertion in books.cpp:12";
    desk.status().recordError = "no space left on device";
    window->refreshNow();
    ASSERT_EQ(banners().size(), 2);
    EXPECT_TRUE(banners()[0].contains(QStringLiteral("books.cpp:12")));
    EXPECT_TRUE(banners()[1].contains(QStringLiteral("no space left")));
    const widgets::StatusLineData line = statusLineOf(desk.board(), desk.status(), {});
    EXPECT_EQ(line.record, widgets::RecordState::Halted);
}

TEST_F(Window, LayoutComesBack) {
    QTemporaryDir folder;
    WindowOptions options;
    options.layoutPath = folder.filePath(QStringLiteral("layout.json"));
    openWindow(options);
    window->resize(1'400, 800);
    window->openScreen(QStringLiteral("accounts"));
    press(Qt::Key_I, Qt::ControlModifier);  // hide the preview
    widgets::Appearance look;
    look.theme = widgets::ThemeName::Light;
    look.zoomPercent = 110;
    window->setAppearance(look);
    QApplication::processEvents();
    const WindowLayout before = window->layoutNow();
    EXPECT_FALSE(before.screens.value(QStringLiteral("accounts"))
                     .toObject()
                     .value(QStringLiteral("preview"))
                     .toBool());
    window->close();
    widgets::Theme::apply(*qApp, {});
    openWindow(options);
    QApplication::processEvents();
    EXPECT_EQ(window->currentScreen(), QStringLiteral("accounts"));
    EXPECT_EQ(widgets::Theme::current().appearance(), look);
    const WindowLayout after = window->layoutNow();
    EXPECT_EQ(
        after.screens.value(QStringLiteral("accounts")).toObject().value(QStringLiteral("preview")),
        QJsonValue(false));
    EXPECT_EQ(
        after.screens.value(QStringLiteral("accounts")).toObject().value(QStringLiteral("columns")),
        before.screens.value(QStringLiteral("accounts"))
            .toObject()
            .value(QStringLiteral("columns")));
}

TEST_F(Window, ResetLayoutGoesBackToWhatWasDelivered) {
    openWindow();
    window->resize(1'800, 1'000);
    window->openScreen(QStringLiteral("accounts"));
    QApplication::processEvents();
    auto* splitter = accounts().findChild<QSplitter*>();
    const QList<int> delivered = splitter->sizes();
    restoreSplitter(*splitter, QJsonArray{700, 900});
    EXPECT_NE(splitter->sizes(), delivered);
    EXPECT_EQ(splitterSizes(*splitter).toArray().size(), 2);
    press(Qt::Key_I, Qt::ControlModifier);
    press(Qt::Key_0, Qt::ControlModifier | Qt::AltModifier);
    QApplication::processEvents();
    EXPECT_EQ(splitter->sizes(), delivered);
    EXPECT_TRUE(splitterSizes(*splitter).toArray().isEmpty());
}

TEST_F(Window, RefreshIsShort) {
    openWindow();
    window->resize(1'920, 1'080);
    for (const char* id : {"situation", "accounts", "breakers", "forensics"}) {
        window->openScreen(QLatin1String(id));
        QApplication::processEvents();
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 10; ++i) {
            venue.run(1);
            desk.show(venue);
        }
        const qint64 feeding = timer.restart();
        for (int i = 0; i < 10; ++i) {
            venue.run(1);
            desk.show(venue);
            window->refreshNow();
            QApplication::processEvents();
        }
        const qint64 each = std::max<qint64>(0, timer.elapsed() - feeding) / 10;
        RecordProperty(std::string(id) + "_ms", static_cast<int>(each));
        EXPECT_LT(each, 200)
            << id << ": no event loop gap may be seen (budget 50 ms, a loaded machine allowed for)";
    }
}

TEST_F(Window, ThemesDensitiesAndZoomsDraw) {
    openWindow();
    for (const auto theme :
         {widgets::ThemeName::Light, widgets::ThemeName::HighContrast, widgets::ThemeName::Dark}) {
        for (const int zoom : {80, 150, 200}) {
            widgets::Appearance look;
            look.theme = theme;
            look.zoomPercent = zoom;
            look.density = zoom == 150 ? widgets::Density::Touch : widgets::Density::Normal;
            window->setAppearance(look);
            for (const char* id : {"situation", "accounts", "breakers", "forensics"}) {
                window->openScreen(QLatin1String(id));
                EXPECT_FALSE(window->grab().isNull());
            }
        }
    }
    press(Qt::Key_0, Qt::ControlModifier);
    EXPECT_EQ(widgets::Theme::current().appearance().zoomPercent, 100);
    press(Qt::Key_Plus, Qt::ControlModifier);
    EXPECT_EQ(widgets::Theme::current().appearance().zoomPercent, 110);
    press(Qt::Key_Minus, Qt::ControlModifier);
    press(Qt::Key_0, Qt::ControlModifier | Qt::AltModifier);
    EXPECT_EQ(widgets::Theme::current().appearance(), widgets::Appearance{});
}

TEST_F(Window, FrameWordsComeFromTheBoard) {
    venue.silence(0, 1);
    venue.run(20);
    desk.show(venue);
    BoardAge age;
    age.observe(desk.board(), desk.status());
    const widgets::DataStripData strip = dataStripOf(desk.board(), desk.status(), age);
    ASSERT_GE(strip.items.size(), 3);
    EXPECT_EQ(strip.items[0].value, QStringLiteral("4 of 5"));
    EXPECT_TRUE(strip.items[0].staleText.startsWith(QStringLiteral("alder ETH ")));
    const widgets::StatusLineData line = statusLineOf(desk.board(), desk.status(), {});
    EXPECT_EQ(line.digest.size(), 64);
    EXPECT_EQ(line.verified, true);
    const widgets::ModeBarData bar =
        modeBarOf(desk.board(), desk.status(), QStringLiteral("officer-1"));
    EXPECT_EQ(bar.instantMs, venue.now().microseconds() / 1'000);
    EXPECT_EQ(bar.speed->choices, (QVector<double>{1, 10, 100, 1000}));
}

TEST_F(Window, PausedAndHaltedAges) {
    BoardAge age;
    EXPECT_TRUE(age.text().isEmpty());
    desk.status().paused = true;
    age.observe(desk.board(), desk.status());
    EXPECT_EQ(age.text(), QStringLiteral("paused"));
    EXPECT_FALSE(age.isStale());
    desk.status().halted = true;
    age.observe(desk.board(), desk.status());
    EXPECT_TRUE(age.isStale());
}

}  // namespace
}  // namespace breakwater::ui::test
