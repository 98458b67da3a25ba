// Every screen draws something; with BREAKWATER_SHOTS=DIR the pictures are kept.
#include <QDir>
#include <QImage>
#include <QSet>
#include <QTemporaryDir>
#include <gtest/gtest.h>

#include "ui/fake_record.hpp"
#include "ui/main_window.hpp"
#include "ui/screen_catalogue.hpp"
#include "ui/screenshots.hpp"
#include "ui/small_venue.hpp"
#include "ui/window_fixture.hpp"

namespace breakwater::ui::test {
namespace {

// Half an hour of calm, then ETH and SOL fall.
void playStory(SmallVenue& venue, FakeDesk& desk) {
    venue.run(2'400);
    venue.drift(0, -0.00025);
    venue.drift(2, -0.00019);
    venue.drift(3, -0.0001);
    venue.run(270);
    venue.silence(0, 1);
    desk.setPaused(true);
    OfficerCommand command;
    command.id = CommandId(1);
    command.officer = "officer-1";
    command.scope = ScopeKind::Market;
    command.instruments = {SmallVenue::kSol};
    command.level = BreakerLevel::Restrict;
    command.duration = Duration::minutes(10);
    command.reason = "thin depth";
    venue.command(command);
    venue.run(30);
    desk.show(venue);
}

int colours(const QImage& image) {
    QSet<QRgb> seen;
    for (int y = 0; y < image.height(); y += 3) {
        for (int x = 0; x < image.width(); x += 3)
            seen.insert(image.pixel(x, y));
    }
    return static_cast<int>(seen.size());
}

void shoot(MainWindow& window, const QString& folder, QSize size) {
    const Result<QStringList> written = takeScreenshots(window, {folder, size, 20'000});
    ASSERT_TRUE(written.has_value()) << written.error().message;
    // Every screen, and the drill-down.
    ASSERT_EQ(written->size(), static_cast<qsizetype>(screenCatalogue().size() + 1));
    for (const QString& path : *written) {
        const QImage image(path);
        EXPECT_EQ(image.size(), size) << path.toStdString();
        EXPECT_GT(colours(image), 40) << path.toStdString();
    }
}

TEST(Shots, EveryScreenDraws) {
    FakeRecord record;
    SmallVenue venue({3'000, 7, record.watcher()});
    FakeDesk desk;
    playStory(venue, desk);
    record.setNames(desk.board().snapshot);
    record.buildLanes(1'200);
    desk.setRecord(&record);
    QTemporaryDir temporary;
    const QString kept = qEnvironmentVariable("BREAKWATER_SHOTS");
    const QString folder = kept.isEmpty() ? temporary.path() : kept;
    WindowOptions options;
    options.keepsLayout = false;
    MainWindow window(desk, options);
    shoot(window, folder + QStringLiteral("/1920"), {1920, 1080});
    shoot(window, folder + QStringLiteral("/1366"), {1366, 768});
    widgets::Appearance light;
    light.theme = widgets::ThemeName::Light;
    window.setAppearance(light);
    shoot(window, folder + QStringLiteral("/light"), {1920, 1080});
    record.openAt(*Instant::parse("2025-10-10T21:12:30Z"));
    shoot(window, folder + QStringLiteral("/light_past"), {1920, 1080});
    window.setAppearance({});
    shoot(window, folder + QStringLiteral("/past"), {1920, 1080});
    window.setAppearance({});
}

// The states a still board does not show; pictures for the eye, a smoke test for the machine.
class States : public WindowTest {
protected:
    void SetUp() override {
        venue.run(400);
        venue.drift(0, -0.0006);
        venue.drift(2, -0.0004);
        venue.run(150);
        venue.silence(1, 3);
        venue.run(20);
        desk.show(venue);
        desk.setPaused(true);
        const QString kept = qEnvironmentVariable("BREAKWATER_SHOTS");
        m_folder = (kept.isEmpty() ? m_temporary.path() : kept) + QStringLiteral("/states");
        QDir().mkpath(m_folder);
    }
    void keep(const char* name) {
        window->refreshNow();
        QApplication::processEvents();
        const QString path =
            m_folder + QLatin1Char('/') + QLatin1String(name) + QStringLiteral(".png");
        EXPECT_TRUE(window->grab().save(path)) << name;
    }
    void look(widgets::ThemeName theme, int zoom) {
        widgets::Appearance next;
        next.theme = theme;
        next.zoomPercent = zoom;
        window->setAppearance(next);
    }

private:
    QTemporaryDir m_temporary;
    QString m_folder;
};

TEST_F(States, Draw) {
    openWindow();
    window->resize(1'600, 900);
    window->openScreen(QStringLiteral("breakers"));
    ASSERT_TRUE(tabTo("Reason"));
    type("oracle late");
    press(Qt::Key_Return, Qt::ControlModifier);
    type("ETH");
    keep("armed");
    press(Qt::Key_Escape);
    window->openScreen(QStringLiteral("accounts"));
    ASSERT_TRUE(becomes([&] { return accounts().isReady(); }));
    press(Qt::Key_Down);
    press(Qt::Key_Down);
    keep("account");
    press(Qt::Key_Question);
    keep("keys");
    press(Qt::Key_Escape);
    press(Qt::Key_F1);
    keep("glossary");
    press(Qt::Key_Escape);
    press(Qt::Key_K, Qt::ControlModifier);
    type("acc");
    keep("palette");
    press(Qt::Key_Escape);
    press(Qt::Key_G, Qt::ControlModifier);
    type("0x");
    QTest::qWait(100);
    keep("go_to");
    press(Qt::Key_Escape);
    press(Qt::Key_Return);
    keep("drill");
    window->resize(1'920, 1'080);
    keep("drill_1920");
    window->resize(1'366, 768);
    keep("drill_1366");
    look(widgets::ThemeName::Light, 100);
    window->resize(1'920, 1'080);
    keep("drill_light");
    look(widgets::ThemeName::HighContrast, 150);
    keep("drill_high_contrast_150");
    look(widgets::ThemeName::Dark, 100);
    window->resize(1'600, 900);
    press(Qt::Key_Escape);
    window->openScreen(QStringLiteral("situation"));
    press(Qt::Key_L, Qt::ControlModifier);
    keep("alarms");
    press(Qt::Key_Escape);
    window->openScreen(QStringLiteral("what-if"));
    ASSERT_TRUE(becomes([&] { return window->screenOf(QStringLiteral("what-if"))->isReady(); }));
    press(Qt::Key_L);
    press(Qt::Key_3);
    QTest::qWait(400);
    keep("what_if");
    venue.run(9);
    desk.show(venue);
    keep("what_if_stale");
    window->openScreen(QStringLiteral("situation"));
    look(widgets::ThemeName::HighContrast, 100);
    keep("high_contrast");
    look(widgets::ThemeName::Dark, 150);
    keep("zoom150");
    window->openScreen(QStringLiteral("breakers"));
    keep("zoom150_breakers");
    look(widgets::ThemeName::Dark, 100);
    window->openScreen(QStringLiteral("situation"));
    press(Qt::Key_Space, Qt::ControlModifier);
    desk.status().halted = true;
    desk.status().haltText = "assertion in core/model/books.cpp:88";
    desk.status().recordError = "no space left on device";
    keep("wrong");
}

}  // namespace
}  // namespace breakwater::ui::test
