// Every screen draws something; with BREAKWATER_SHOTS=DIR the pictures are kept.
#include <QDir>
#include <QImage>
#include <QSet>
#include <QTemporaryDir>
#include <gtest/gtest.h>

#include "ui/main_window.hpp"
#include "ui/screenshots.hpp"
#include "ui/small_venue.hpp"

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
    ASSERT_EQ(written->size(), 3);
    for (const QString& path : *written) {
        const QImage image(path);
        EXPECT_EQ(image.size(), size) << path.toStdString();
        EXPECT_GT(colours(image), 40) << path.toStdString();
    }
}

TEST(Shots, EveryScreenDraws) {
    SmallVenue venue({3'000, 7});
    FakeDesk desk;
    playStory(venue, desk);
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
    window.setAppearance({});
}

}  // namespace
}  // namespace breakwater::ui::test
