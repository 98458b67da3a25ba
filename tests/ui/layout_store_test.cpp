#include "ui/layout_store.hpp"

#include <QFile>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <gtest/gtest.h>

namespace breakwater::ui::test {
namespace {

WindowLayout sample() {
    WindowLayout layout;
    layout.geometry = QRect(40, 60, 1500, 900);
    layout.screen = QStringLiteral("breakers");
    layout.appearance.theme = widgets::ThemeName::Light;
    layout.appearance.density = widgets::Density::Touch;
    layout.appearance.zoomPercent = 130;
    layout.screens.insert(QStringLiteral("accounts"),
                          QJsonObject{{QStringLiteral("preview"), false}});
    return layout;
}

TEST(LayoutStore, RoundTrip) {
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("sub/layout.json"));
    ASSERT_TRUE(saveLayoutFile(path, sample()));
    const std::optional<WindowLayout> read = loadLayoutFile(path);
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(toJson(*read), toJson(sample()));
}

TEST(LayoutStore, WhatCannotBeReadIsLeftOut) {
    QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("layout.json"));
    EXPECT_FALSE(loadLayoutFile(path).has_value());
    QFile file(path);
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("{ not json");
    file.close();
    EXPECT_FALSE(loadLayoutFile(path).has_value());
    QJsonObject later = toJson(sample());
    later.insert(QStringLiteral("version"), WindowLayout::kVersion + 1);
    EXPECT_FALSE(layoutFrom(later).has_value());
    QJsonObject odd = toJson(sample());
    odd.insert(QStringLiteral("appearance"),
               QJsonObject{{QStringLiteral("theme"), 99}, {QStringLiteral("zoom"), 5'000}});
    ASSERT_TRUE(layoutFrom(odd).has_value());
    EXPECT_EQ(layoutFrom(odd)->appearance.theme, widgets::ThemeName::Dark);
    EXPECT_EQ(layoutFrom(odd)->appearance.zoomPercent, 200);
}

TEST(LayoutStore, WindowComesBackOnAScreenThatIsThere) {
    const QRect left(0, 0, 1920, 1080), right(1920, 0, 1366, 768);
    const QSize least(1024, 640);
    EXPECT_EQ(clampedTo({100, 100, 1200, 700}, {left, right}, least), QRect(100, 100, 1200, 700));
    EXPECT_TRUE(left.contains(clampedTo({9'000, 9'000, 1200, 700}, {left, right}, least)));
    EXPECT_TRUE(right.contains(clampedTo({2'600, 300, 1300, 900}, {left, right}, least)));
    EXPECT_TRUE(right.contains(clampedTo({-50, -80, 4'000, 3'000}, {right}, least)));
    EXPECT_EQ(clampedTo({0, 0, 10, 10}, {left}, least).size(), least);
    // Any set of screens: the window is wholly on one of them.
    for (int i = 0; i < 200; ++i) {
        const QRect wanted((i * 7919) % 8'000 - 4'000, (i * 104'729) % 6'000 - 3'000,
                           200 + (i * 31) % 4'000, 200 + (i * 17) % 3'000);
        const QRect got = clampedTo(wanted, {left, right}, least);
        EXPECT_TRUE(left.contains(got) || right.contains(got)) << i;
    }
}

}  // namespace
}  // namespace breakwater::ui::test
