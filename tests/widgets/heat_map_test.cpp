// The heat map by keyboard and mouse, its table twin, and what its colours say.
#include "widgets/heat_map.hpp"

#include <algorithm>
#include <cmath>

#include <QAbstractItemModelTester>
#include <QImage>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

#include "widgets/data_table.hpp"
#include "widgets/heat_table_model.hpp"

using namespace breakwater::widgets;

namespace {

HeatMapData sample(int columns, int rows) {
    HeatMapData data;
    data.title = QStringLiteral("Shortfall by ETH and BTC");
    data.acrossName = QStringLiteral("ETH");
    data.upName = QStringLiteral("BTC");
    data.pastName = QStringLiteral("fund exhausted");
    for (int i = 0; i < columns; ++i)
        data.across << QStringLiteral("%1%").arg(i);
    for (int j = 0; j < rows; ++j)
        data.up << QStringLiteral("%1%").arg(j);
    for (int j = 0; j < rows; ++j) {
        for (int i = 0; i < columns; ++i) {
            const double value = i * j;
            data.values << value;
            data.texts << QString::number(value);
            data.exact << QStringLiteral("%1.00").arg(value);
            data.past << (value > 6);
            data.worst = std::max(data.worst, value);
        }
    }
    data.now = QPoint(0, 0);
    return data;
}

TEST(HeatMap, NamesTheCellUnderTheMouse) {
    HeatMap map;
    map.setData(sample(21, 13));
    for (const QSize size : {QSize(320, 180), QSize(901, 333)}) {
        map.resize(size);
        for (int row = 0; row < 13; ++row) {
            for (int column = 0; column < 21; ++column) {
                const QPoint cell(column, row);
                EXPECT_EQ(map.cellAt(map.cellRect(cell).center()), cell);
            }
        }
        EXPECT_FALSE(map.cellAt({2, 2}).has_value());
    }
    EXPECT_GT(map.cellRect({0, 0}).top(), map.cellRect({0, 12}).top()) << "up is up";
}

TEST(HeatMap, ArrowsChooseAndEnterNames) {
    HeatMap map;
    map.resize(600, 300);
    map.setData(sample(5, 4));
    map.show();
    QSignalSpy activated(&map, &HeatMap::cellActivated);
    QSignalSpy chosen(&map, &HeatMap::cellChosen);
    for (const int key : {Qt::Key_Right, Qt::Key_Right, Qt::Key_Up, Qt::Key_Right})
        QTest::keyClick(&map, static_cast<Qt::Key>(key));
    EXPECT_EQ(map.chosen(), QPoint(3, 1));
    EXPECT_EQ(chosen.size(), 4);
    QTest::keyClick(&map, Qt::Key_Return);
    ASSERT_EQ(activated.size(), 1);
    EXPECT_EQ(activated[0][0].toInt(), 3);
    EXPECT_EQ(activated[0][1].toInt(), 1);
    QTest::keyClick(&map, Qt::Key_Left, Qt::ShiftModifier);
    QTest::keyClick(&map, Qt::Key_Down);
    QTest::keyClick(&map, Qt::Key_Down);
    EXPECT_EQ(map.chosen(), QPoint(0, 0)) << "kept inside";
    QTest::mouseClick(&map, Qt::LeftButton, {}, map.cellRect({4, 3}).center());
    EXPECT_EQ(map.chosen(), QPoint(4, 3));
    EXPECT_EQ(activated.size(), 2);
    EXPECT_EQ(map.words({4, 3}), QStringLiteral("ETH 4%, BTC 3%: 12.00, fund exhausted"));
    EXPECT_TRUE(map.accessibleDescription().startsWith(map.words({4, 3})));
}

TEST(HeatMap, KeepsTheChoiceWhileFiguresChange) {
    HeatMap map;
    map.resize(600, 300);
    map.setData(sample(5, 4));
    QTest::keyClick(&map, Qt::Key_End);
    map.setData(sample(5, 4));
    EXPECT_EQ(map.chosen(), QPoint(4, 0));
    map.setData(sample(2, 2));
    EXPECT_EQ(map.chosen(), QPoint(1, 0));
}

TEST(HeatMap, IsGreyWhereNothingIsLost) {
    for (const ThemeName theme : {ThemeName::Dark, ThemeName::Light, ThemeName::HighContrast}) {
        Appearance look;
        look.theme = theme;
        Theme::apply(*qApp, look);
        HeatMap map;
        map.resize(600, 320);
        HeatMapData data = sample(5, 4);
        data.normal = 3;
        map.setData(data);
        const QImage image = map.grab().toImage();
        const auto inside = [&](QPoint cell) {
            return image.pixelColor(map.cellRect(cell).topLeft() + QPoint(6, 6));
        };
        EXPECT_EQ(inside({3, 1}), Theme::current().color(Token::Band)) << "3 is normal";
        EXPECT_NE(inside({4, 1}), Theme::current().color(Token::Band));
        EXPECT_EQ(inside({4, 3}), Theme::lossAt(theme, 1));
    }
    Theme::apply(*qApp, {});
}

TEST(HeatMap, LossesStandOutMoreTheLargerTheyAre) {
    for (const ThemeName theme : {ThemeName::Dark, ThemeName::Light}) {
        const double ground = Theme::tokenColor(theme, Token::Panel).lightnessF();
        double before = 0;
        for (int i = 0; i <= 10; ++i) {
            const QColor fill = Theme::lossAt(theme, i / 10.0);
            const double away = std::abs(fill.lightnessF() - ground);
            EXPECT_GE(away, before) << i;
            before = away;
        }
    }
}

TEST(HeatMap, TableTwinShowsTheSame) {
    HeatMap map;
    map.resize(600, 300);
    map.setData(sample(5, 4));
    map.show();
    QTest::keyClick(&map, Qt::Key_F9);
    ASSERT_TRUE(map.isTableShown());
    auto* table = map.findChild<DataTable*>();
    EXPECT_EQ(table->model()->rowCount(), 4);
    EXPECT_EQ(table->model()->index(0, 0).data().toString(), QStringLiteral("3%")) << "top row";
    EXPECT_EQ(table->model()->index(0, 5).data().toString(), QStringLiteral("12"));
    EXPECT_EQ(table->model()->index(0, 5).data(Qt::ToolTipRole).toString(),
              QStringLiteral("12.00"));
    QTest::keyClick(table, Qt::Key_F9);
    EXPECT_FALSE(map.isTableShown());
}

TEST(HeatTableModel, StaysValid) {
    HeatTableModel model(nullptr);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    for (const QSize size : {QSize(5, 4), QSize(5, 4), QSize(21, 13), QSize(1, 1)})
        model.setData(sample(size.width(), size.height()));
    EXPECT_EQ(model.columnCount(), 2);
    model.setData({});
    EXPECT_EQ(model.rowCount(), 0);
}

}  // namespace
