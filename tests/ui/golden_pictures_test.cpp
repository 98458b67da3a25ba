// Every screen in both themes against the picture that was looked at and kept.
#include "ui/golden_pictures.hpp"

#include <QPainter>
#include <QTemporaryDir>
#include <gtest/gtest.h>

#include "ui/main_window.hpp"
#include "ui/screen_catalogue.hpp"
#include "ui/screenshots.hpp"
#include "ui/small_venue.hpp"

namespace breakwater::ui::test {
namespace {

// A quiet quarter of an hour, then two markets fall and the officer restricts one: every panel
// has something to say, and nothing of it depends on the clock on the wall.
void playStory(SmallVenue& venue, FakeDesk& desk) {
    venue.run(900);
    venue.drift(0, -0.00030);
    venue.drift(2, -0.00020);
    venue.run(240);
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
    desk.setPaused(true);
    desk.show(venue);
}

class GoldenPictures : public testing::TestWithParam<widgets::ThemeName> {};

TEST_P(GoldenPictures, AreWhatWasKept) {
    SmallVenue venue({1'000, 5});
    FakeDesk desk;
    playStory(venue, desk);
    WindowOptions options;
    options.keepsLayout = false;
    options.appearance.theme = GetParam();
    options.appearance.motion = widgets::Motion::Reduced;
    MainWindow window(desk, options);
    QTemporaryDir folder;
    const Result<QStringList> written =
        takeScreenshots(window, {folder.path(), {1'366, 768}, 20'000});
    ASSERT_TRUE(written.has_value()) << written.error().message;
    ASSERT_GE(written->size(), static_cast<qsizetype>(screenCatalogue().size()));
    const QString theme =
        GetParam() == widgets::ThemeName::Dark ? QStringLiteral("dark") : QStringLiteral("light");
    for (const QString& path : *written) {
        const QString name = QFileInfo(path).baseName() + QLatin1Char('_') + theme;
        const QImage screen(path);
        const QImage now = asKept(screen);
        if (rewritesPictures()) {
            QDir().mkpath(QFileInfo(goldenPath(name)).path());
            EXPECT_TRUE(now.save(goldenPath(name), "PNG", 0));
            continue;
        }
        const QImage kept = QImage(goldenPath(name)).convertToFormat(QImage::Format_Grayscale8);
        const int differing = differingBlocks(kept, now);
        EXPECT_LE(differing, kBlocksThatMayDiffer) << name.toStdString();
        if (differing <= kBlocksThatMayDiffer) continue;
        const QString seen = QStringLiteral(BREAKWATER_BINARY_DIR "/%1_seen.png").arg(name);
        screen.save(seen);
        ADD_FAILURE() << "what was seen: " << seen.toStdString()
                      << " (BREAKWATER_REWRITE_GOLDEN=1 keeps it as the new picture)";
    }
    widgets::Theme::apply(*qApp, {});
}

INSTANTIATE_TEST_SUITE_P(Themes, GoldenPictures,
                         testing::Values(widgets::ThemeName::Dark, widgets::ThemeName::Light));

// The comparison has to see what it is there for.
class Comparison : public testing::Test {
protected:
    static QImage words(QPoint at, int clipWidth) {
        QImage image(640, 320, QImage::Format_RGB32);
        image.fill(QColor(28, 32, 36));
        QPainter painter(&image);
        painter.setPen(QColor(230, 233, 236));
        painter.setFont(widgets::Theme::current().font(widgets::FontRole::Body));
        painter.setClipRect(0, 0, clipWidth, 320);
        painter.drawText(at, QStringLiteral("412 accounts below maintenance"));
        return image;
    }
    static int against(const QImage& other) {
        return differingBlocks(asKept(words({40, 100}, 640)), asKept(other));
    }
};

TEST_F(Comparison, SeesClippedMovedAndOverwrittenWords) {
    EXPECT_EQ(against(words({40, 100}, 640)), 0);
    EXPECT_GT(against(words({40, 100}, 140)), kBlocksThatMayDiffer) << "clipped";
    EXPECT_GT(against(words({40, 106}, 640)), kBlocksThatMayDiffer) << "moved";
    QImage twice = words({40, 100}, 640);
    QPainter painter(&twice);
    painter.drawImage(QRect(0, 0, 640, 160), words({70, 96}, 640), QRect(0, 0, 640, 160));
    painter.end();
    EXPECT_GT(against(twice), kBlocksThatMayDiffer) << "overwritten";
}

TEST_F(Comparison, LetsPassTheSmoothingOfTheSameLetters) {
    QImage softer = words({40, 100}, 640);
    for (int y = 0; y < softer.height(); ++y) {
        for (int x = 0; x < softer.width(); ++x) {
            const QRgb dot = softer.pixel(x, y);
            const auto soft = [](int v) { return 28 + (v - 28) * 9 / 10; };
            softer.setPixel(x, y, qRgb(soft(qRed(dot)), soft(qGreen(dot)), soft(qBlue(dot))));
        }
    }
    EXPECT_LE(against(softer), kBlocksThatMayDiffer);
}

}  // namespace
}  // namespace breakwater::ui::test
