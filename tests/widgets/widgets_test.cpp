#include <cmath>

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QHeaderView>
#include <QLayout>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

#include "gallery.hpp"
#include "sample_models.hpp"
#include "widgets/alarm_strip.hpp"
#include "widgets/cell_delegate.hpp"
#include "widgets/chart_view.hpp"
#include "widgets/data_strip.hpp"
#include "widgets/data_table.hpp"
#include "widgets/histogram_strip.hpp"
#include "widgets/key_cap.hpp"
#include "widgets/kpi_bar.hpp"
#include "widgets/level_picker.hpp"
#include "widgets/mode_frame.hpp"
#include "widgets/nav_rail.hpp"
#include "widgets/panel_frame.hpp"
#include "widgets/toast.hpp"

using namespace breakwater::widgets;

namespace {

TEST(EveryWidget, isNamedAndLargeEnough) {
    for (gallery::Piece& piece : gallery::all()) {
        piece.widget->resize(piece.size);
        piece.widget->show();
        QList<QWidget*> widgets = piece.widget->findChildren<QWidget*>();
        widgets << piece.widget.get();
        for (QWidget* widget : widgets) {
            if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus) continue;
            const std::string where =
                piece.name.toStdString() + '/' + widget->metaObject()->className();
            EXPECT_FALSE(widget->accessibleName().isEmpty()) << where;
            EXPECT_GE(widget->width(), 24) << where;
            EXPECT_GE(widget->height(), 24) << where;
        }
    }
}

TEST(EveryButton, canBeReachedWithTheKeyboard) {
    for (gallery::Piece& piece : gallery::all()) {
        for (QAbstractButton* button : piece.widget->findChildren<QAbstractButton*>()) {
            if (button->metaObject()->className() == QByteArray("QTableCornerButton")) continue;
            EXPECT_TRUE(button->focusPolicy() & Qt::TabFocus)
                << button->accessibleName().toStdString();
        }
    }
}

TEST(Kpi, hasColourOnlyPastItsLimit) {
    KpiBarData data;
    data.value = 0.79;
    data.limit = 0.8;
    EXPECT_EQ(kpiPriority(data), Priority::None);
    data.value = 0.8;
    EXPECT_EQ(kpiPriority(data), Priority::None);
    data.value = 0.81;
    EXPECT_EQ(kpiPriority(data), Priority::P1);
    data.side = LimitSide::Below;
    EXPECT_EQ(kpiPriority(data), Priority::None);
    data.value = 0.2;
    EXPECT_EQ(kpiPriority(data), Priority::P1);
    data.limit.reset();
    EXPECT_EQ(kpiPriority(data), Priority::None);
    data.warning = 0.5;
    EXPECT_EQ(kpiPriority(data), Priority::P2);
    data.value = NAN;
    EXPECT_EQ(kpiPriority(data), Priority::None);
}

TEST(Kpi, paintsNoHueWhileNormal) {
    for (const double value : {0.5, 0.95}) {
        QImage image(200, 20, QImage::Format_RGB32);
        image.fill(Theme::current().color(Token::Panel));
        QPainter painter(&image);
        KpiBarData data;
        data.value = value;
        data.limit = 0.8;
        paintKpiBar(painter, {10, 6, 180, 9}, data);
        painter.end();
        const QRgb alarm = Theme::current().color(Token::P1).rgb();
        bool seen = false;
        for (int x = 0; x < image.width(); ++x)
            seen = seen || image.pixel(x, 10) == alarm;
        EXPECT_EQ(seen, value > 0.8);
    }
}

TEST(Figure, withoutRoomIsAnEllipsisNeverAStump) {
    QImage image(300, 20, QImage::Format_RGB32);
    QPainter painter(&image);
    const QString price = QStringLiteral("111,984.50");
    const QFontMetrics metrics(Theme::current().font(FontRole::TableFigure));
    EXPECT_EQ(paintFigure(painter, {0, 0, 300, 20}, price, {}), metrics.horizontalAdvance(price));
    EXPECT_EQ(paintFigure(painter, {0, 0, 40, 20}, price, {}),
              metrics.horizontalAdvance(QChar(0x2026)));
}

TEST(Histogram, clickNamesTheBarUnderIt) {
    HistogramStrip strip;
    HistogramData data;
    data.first = 0.8;
    data.step = 0.1;
    data.counts = {1, 2, 3, 0, 5, 6, 7, 8, 9, 10};
    strip.setData(data);
    for (const int width : {140, 333, 900}) {
        strip.resize(width, 100);
        for (int i = 0; i < data.counts.size(); ++i) {
            EXPECT_EQ(strip.barAt(strip.barRect(i).center().toPoint()), i) << width;
        }
    }
    EXPECT_EQ(strip.barAt({-5, 50}), -1);
    EXPECT_EQ(strip.barAt({450, 99}), -1);
    QSignalSpy spy(&strip, &HistogramStrip::barActivated);
    QTest::mouseClick(&strip, Qt::LeftButton, {}, strip.barRect(3).center().toPoint());
    ASSERT_EQ(spy.count(), 1);  // an empty bar is a bar
    EXPECT_EQ(spy[0][0].toInt(), 3);
    EXPECT_NEAR(spy[0][1].toDouble(), 1.1, 1e-12);
    EXPECT_NEAR(spy[0][2].toDouble(), 1.2, 1e-12);
}

TEST(Histogram, arrowsAndEnterDoWhatTheMouseDoes) {
    HistogramStrip strip;
    HistogramData data;
    data.counts = {1, 2, 3};
    strip.setData(data);
    strip.show();
    QSignalSpy spy(&strip, &HistogramStrip::barActivated);
    QTest::keyClick(&strip, Qt::Key_Home);
    QTest::keyClick(&strip, Qt::Key_Right);
    QTest::keyClick(&strip, Qt::Key_Return);
    ASSERT_EQ(spy.count(), 1);
    EXPECT_EQ(spy[0][0].toInt(), 1);
    strip.setData({});
    QTest::keyClick(&strip, Qt::Key_Right);
    QTest::keyClick(&strip, Qt::Key_Return);
    EXPECT_EQ(spy.count(), 1);
}

TEST(Table, modelOfTheSampleIsSound) {
    MarketsModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
}

TEST(Table, headerAsksForAnOrderAndSortsNothing) {
    DataTable table(QStringLiteral("markets"));
    table.resize(900, 200);
    table.setModel(new MarketsModel(&table));
    table.show();
    QSignalSpy spy(&table, &DataTable::sortRequested);
    const QPoint first(table.columnViewportPosition(2) + 10, 10);
    QTest::mouseClick(table.horizontalHeader()->viewport(), Qt::LeftButton, {}, first);
    ASSERT_EQ(spy.count(), 1);
    EXPECT_EQ(spy[0][0].toInt(), 2);
    EXPECT_EQ(spy[0][1].value<Qt::SortOrder>(), Qt::DescendingOrder);
    table.setSortShown(2, Qt::DescendingOrder);
    QTest::mouseClick(table.horizontalHeader()->viewport(), Qt::LeftButton, {}, first);
    EXPECT_EQ(spy[1][1].value<Qt::SortOrder>(), Qt::AscendingOrder);
    EXPECT_FALSE(table.isSortingEnabled());
}

TEST(Table, enterOpensAndCopyCarriesTheHeader) {
    DataTable table(QStringLiteral("markets"));
    table.setModel(new MarketsModel(&table));
    table.show();
    QSignalSpy opened(&table, &DataTable::rowActivated);
    table.selectRowQuietly(3);
    EXPECT_EQ(table.currentRow(), 3);
    QTest::keyClick(&table, Qt::Key_Return);
    ASSERT_EQ(opened.count(), 1);
    const QStringList lines = table.selectionAsText().split(u'\n', Qt::SkipEmptyParts);
    ASSERT_EQ(lines.size(), 2);
    EXPECT_TRUE(lines[0].startsWith(QStringLiteral("Market\tRisk vs limit\tPrice $")));
    EXPECT_TRUE(lines[1].contains(QStringLiteral("no price")));
}

TEST(Table, showsItsEmptyStateOnlyWhileEmpty) {
    class Nothing : public QAbstractTableModel {
    public:
        using QAbstractTableModel::QAbstractTableModel;
        int rowCount(const QModelIndex&) const override { return 0; }
        int columnCount(const QModelIndex&) const override { return 2; }
        QVariant data(const QModelIndex&, int) const override { return {}; }
    };
    DataTable table(QStringLiteral("queue"));
    EmptyStateData empty;
    empty.what = QStringLiteral("No liquidations");
    table.setEmptyState(empty);
    table.setModel(new Nothing(&table));
    table.show();
    auto* state = table.findChild<EmptyState*>();
    ASSERT_TRUE(state);
    EXPECT_TRUE(state->isVisible());
    table.setModel(new MarketsModel(&table));
    EXPECT_FALSE(state->isVisible());
}

TEST(Chart, f9SwapsChartAndTable) {
    ChartView chart;
    ChartData data;
    data.series = {{QStringLiteral("a"), {{0, 1}, {1000, 2}}, SeriesStyle::Main, Priority::None}};
    chart.setData(data);
    chart.show();
    QSignalSpy spy(&chart, &ChartView::tableShownChanged);
    QTest::keyClick(&chart, Qt::Key_F9);
    EXPECT_TRUE(chart.isTableShown());
    EXPECT_EQ(chart.findChild<DataTable*>()->model()->rowCount(), 2);
    QTest::keyClick(chart.findChild<DataTable*>(), Qt::Key_F9);
    EXPECT_FALSE(chart.isTableShown());
    EXPECT_EQ(spy.count(), 2);
}

TEST(Levels, unsupportedOnesCannotBeChosen) {
    LevelPicker picker;
    picker.setChoices({{QStringLiteral("normal"), {}},
                       {QStringLiteral("tighten"), QStringLiteral("no margin factor here")},
                       {QStringLiteral("restrict"), {}}});
    picker.show();
    QSignalSpy spy(&picker, &LevelPicker::levelChosen);
    QTest::keyClick(&picker, Qt::Key_1);
    EXPECT_EQ(picker.level(), -1);
    QTest::keyClick(&picker, Qt::Key_0);
    QTest::keyClick(&picker, Qt::Key_Right);  // steps over the disabled one
    EXPECT_EQ(picker.level(), 2);
    EXPECT_EQ(spy.count(), 2);
    EXPECT_TRUE(picker.reasonShown().contains(QStringLiteral("no margin factor")));
    picker.setLevel(0);
    EXPECT_EQ(spy.count(), 2);
}

TEST(Alarms, stripAnswersTheKeyboard) {
    AlarmStrip strip;
    AlarmStripData data;
    data.worst = AlarmHead{Priority::P1, 1, QStringLiteral("ETH shock"), {}, 14'000, 60'000};
    data.high = 2;
    strip.setData(data);
    strip.resize(1400, 32);
    strip.show();
    QSignalSpy ack(&strip, &AlarmStrip::acknowledgeRequested);
    QSignalSpy open(&strip, &AlarmStrip::openRequested);
    for (QAbstractButton* button : strip.findChildren<QAbstractButton*>()) {
        if (button->isVisible()) QTest::keyClick(button, Qt::Key_Space);
    }
    EXPECT_EQ(ack.count(), 1);
    EXPECT_EQ(open.count(), 3);
    data.worst->unackedMs = -1;
    strip.setData(data);
    for (QAbstractButton* button : strip.findChildren<QAbstractButton*>())
        button->click();
    EXPECT_EQ(ack.count(), 1);
}

TEST(DataHealth, givesUpCalmItemsFirst) {
    DataStrip strip;
    DataStripData data;
    for (int i = 0; i < 12; ++i)
        data.items << DataItem{
            QStringLiteral("source %1").arg(i), QStringLiteral("38 ms"), Priority::None, {}, {}};
    data.items[11].priority = Priority::P2;
    strip.setData(data);
    strip.resize(500, 26);
    strip.show();
    bool abnormalSeen = false;
    for (int x = 0; x < 500; ++x)
        abnormalSeen = abnormalSeen || strip.itemAt({x, 13}) == 11;
    EXPECT_TRUE(abnormalSeen);
}

TEST(Rail, drawsOnlyWhatExistsAndSaysWhatWasChosen) {
    NavRail rail;
    rail.setEntries({{QStringLiteral("a"),
                      QStringLiteral("Situation"),
                      Icon::Situation,
                      QStringLiteral("1"),
                      {}},
                     {QStringLiteral("b"),
                      QStringLiteral("Accounts"),
                      Icon::Accounts,
                      QStringLiteral("2"),
                      {}}});
    rail.show();
    EXPECT_EQ(rail.findChildren<NavButton*>().size(), 2);
    QSignalSpy spy(&rail, &NavRail::selected);
    rail.setCurrent(QStringLiteral("a"));
    EXPECT_EQ(spy.count(), 0);
    QTest::keyClick(rail.findChildren<NavButton*>()[1], Qt::Key_Space);
    ASSERT_EQ(spy.count(), 1);
    EXPECT_EQ(rail.current(), "b");
}

TEST(Toasts, areThreeAtMostAndDeDuplicated) {
    QWidget window;
    window.resize(800, 600);
    window.show();
    ToastHost host(&window);
    for (int i = 0; i < 5; ++i)
        host.show({QString::number(i), Priority::None, QStringLiteral("news"), {}, 60'000});
    EXPECT_EQ(host.count(), 3);
    host.show({QStringLiteral("4"), Priority::None, QStringLiteral("news again"), {}, 60'000});
    EXPECT_EQ(host.count(), 3);
    host.show({QStringLiteral("short"), Priority::None, QStringLiteral("gone soon"), {}, 20});
    QTest::qWait(80);
    EXPECT_EQ(host.count(), 2);
}

TEST(Panels, f6WalksInReadingOrder) {
    QWidget screen;
    screen.resize(600, 400);
    PanelFrame right(QStringLiteral("right"), &screen), left(QStringLiteral("left"), &screen),
        below(QStringLiteral("below"), &screen);
    right.setGeometry(300, 0, 300, 200);
    left.setGeometry(0, 0, 300, 200);
    below.setGeometry(0, 200, 600, 200);
    screen.show();
    screen.activateWindow();
    QTest::qWait(20);
    // Activation may have given the focus to any of them.
    if (QWidget* focused = QApplication::focusWidget()) focused->clearFocus();
    EXPECT_EQ(focusNextPanel(screen, true), &left);
    EXPECT_TRUE(left.hasFocusWithin());
    EXPECT_EQ(focusNextPanel(screen, true), &right);
    EXPECT_EQ(focusNextPanel(screen, true), &below);
    EXPECT_EQ(focusNextPanel(screen, true), &left);
    EXPECT_EQ(focusNextPanel(screen, false), &below);
}

TEST(Frame, takesNoMouseAndFollowsItsScreen) {
    QWidget screen;
    screen.resize(300, 200);
    ModeFrame frame(&screen);
    screen.show();
    EXPECT_FALSE(frame.isVisible());
    frame.setMode(Mode::WhatIf);
    EXPECT_TRUE(frame.isVisible());
    EXPECT_TRUE(frame.testAttribute(Qt::WA_TransparentForMouseEvents));
    screen.resize(500, 300);
    EXPECT_EQ(frame.size(), QSize(500, 300));
}

TEST(KeyCap, saysWhatTheSequenceIs) {
    EXPECT_EQ(keyCapText(QKeySequence(QStringLiteral("Ctrl+K"))), "Ctrl K");
    EXPECT_EQ(keyCapText(QKeySequence(Qt::Key_F8)), "F8");
    EXPECT_EQ(keyCapText(QKeySequence(Qt::Key_Return)), "Enter");
    EXPECT_EQ(keyCapText(QKeySequence(QStringLiteral("Ctrl++"))), "Ctrl +");
}

}  // namespace
