// Renders one of everything in every theme. BW_WIDGET_SHOTS=<folder> keeps the pictures.

#include <algorithm>

#include <QDir>
#include <QPainter>
#include <QPixmap>
#include <QTest>
#include <gtest/gtest.h>

#include "gallery.hpp"
#include "widgets/hold_button.hpp"
#include "widgets/theme.hpp"

using namespace breakwater::widgets;

namespace {

struct Look {
    const char* name;
    Appearance appearance;
    double ratio;
};
const Look looks[] = {
    {"dark", {ThemeName::Dark, Density::Normal, 100, Motion::Full}, 1},
    {"light", {ThemeName::Light, Density::Normal, 100, Motion::Full}, 1},
    {"high_contrast", {ThemeName::HighContrast, Density::Normal, 100, Motion::Full}, 1},
    {"dark_150", {ThemeName::Dark, Density::Touch, 150, Motion::Reduced}, 1},
    {"dark_hidpi", {ThemeName::Dark, Density::Compact, 100, Motion::Full}, 2},
};

QImage shot(QWidget& widget, double ratio) {
    QImage image((QSizeF(widget.size()) * ratio).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    image.fill(Theme::current().color(Token::Win));
    widget.render(&image, {}, {}, QWidget::DrawWindowBackground | QWidget::DrawChildren);
    return image;
}

bool isBlank(const QImage& image) {
    const QRgb first = image.pixel(0, 0);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixel(x, y) != first) return false;
        }
    }
    return true;
}

// Pieces below each other, left to right while they fit 1920 logical px.
QImage sheet(std::vector<std::pair<QString, QImage>>& shots, double ratio, int width) {
    int x = 8, y = 8, row = 0;
    std::vector<QPoint> places;
    for (auto& [name, image] : shots) {
        const QSize size = image.deviceIndependentSize().toSize();
        if (x > 8 && x + size.width() + 8 > width) x = 8, y += row + 8, row = 0;
        places.push_back({x, y});
        x += size.width() + 8;
        row = std::max(row, size.height());
    }
    QImage page((QSizeF(width, y + row + 8) * ratio).toSize(), QImage::Format_RGB32);
    page.setDevicePixelRatio(ratio);
    page.fill(Theme::current().color(Token::Win));
    QPainter painter(&page);
    for (std::size_t i = 0; i < shots.size(); ++i)
        painter.drawImage(places[i], shots[i].second);
    return page;
}

TEST(Shots, everyWidgetPaintsInEveryTheme) {
    const QString folder = qEnvironmentVariable("BW_WIDGET_SHOTS");
    if (!folder.isEmpty()) QDir().mkpath(folder);
    for (const Look& look : looks) {
        Theme::apply(*qApp, look.appearance);
        for (auto [group, make] :
             {std::pair{"strips", &gallery::strips}, std::pair{"panels", &gallery::panels},
              std::pair{"commands", &gallery::commands}}) {
            std::vector<std::pair<QString, QImage>> shots;
            for (gallery::Piece& piece : make()) {
                const Theme& theme = Theme::current();
                piece.widget->resize(theme.px(piece.size.width()), theme.px(piece.size.height()));
                piece.widget->show();
                if (auto* hold = piece.widget->findChild<HoldButton*>(QStringLiteral("hold"))) {
                    hold->beginHold();
                    QTest::qWait(400);
                }
                const QImage image = shot(*piece.widget, look.ratio);
                EXPECT_FALSE(isBlank(image)) << look.name << ' ' << piece.name.toStdString();
                shots.emplace_back(piece.name, image);
            }
            if (folder.isEmpty()) continue;
            const int width = Theme::current().px(1936);
            sheet(shots, look.ratio, width)
                .save(folder + u'/' + QLatin1String(look.name) + u'_' + QLatin1String(group) +
                      QStringLiteral(".png"));
        }
    }
    Theme::apply(*qApp, {});
}

}  // namespace
