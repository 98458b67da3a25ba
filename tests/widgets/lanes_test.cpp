#include "widgets/lanes.hpp"

#include <cmath>

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QSignalSpy>
#include <QTest>
#include <gtest/gtest.h>

#include "sample_models.hpp"
#include "widgets/data_table.hpp"
#include "widgets/lanes_plot.hpp"
#include "widgets/lanes_table_model.hpp"

using namespace breakwater::widgets;

namespace {

constexpr double kFrom = 1'760'130'000'000;  // 2025-10-10T21:00:00Z, as in sampleLanes()

class LanesTest : public testing::Test {
protected:
    void SetUp() override {
        lanes.resize(1'200, 420);
        lanes.setData(sampleLanes());
        lanes.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&lanes));
        lanes.grab();
    }
    LanesPlot& plot() { return lanes.plot(); }
    QPoint pointAt(double ms, int lane = 0) {
        return {static_cast<int>(std::lround(plot().xOf(ms))), plot().laneRect(lane).center().y()};
    }

    Lanes lanes;
};

TEST_F(LanesTest, TimeAndPlaceAgree) {
    const LanesData data = sampleLanes();
    EXPECT_EQ(data.from, kFrom);
    EXPECT_EQ(plot().xOf(data.from), plot().plotRect().left());
    EXPECT_DOUBLE_EQ(plot().timeAt(plot().xOf(kFrom + 600'000)), kFrom + 600'000);
    EXPECT_EQ(plot().timeAt(-50), data.from);
    EXPECT_EQ(plot().timeAt(5'000), data.to);
    // The lanes fill the plot without gaps.
    int bottom = plot().plotRect().top();
    for (int i = 0; i < data.lanes.size(); ++i) {
        EXPECT_EQ(plot().laneRect(i).top(), bottom);
        bottom = plot().laneRect(i).bottom() + 1;
    }
    EXPECT_EQ(bottom, plot().plotRect().bottom() + 1);
}

TEST_F(LanesTest, MovingTheCursorPaintsNoLaneAgain) {
    const int painted = plot().lanesPainted();
    const int all = static_cast<int>(sampleLanes().lanes.size());
    EXPECT_GE(painted, all);
    for (int i = 0; i < 20; ++i) {
        lanes.setCursorAt(kFrom + i * 20'000);
        lanes.grab();
    }
    EXPECT_EQ(plot().lanesPainted(), painted);
    lanes.setMode(LanesMode::Past);
    lanes.grab();
    EXPECT_EQ(plot().lanesPainted(), painted + all) << "what lies after is drawn otherwise";
    lanes.setCursorAt(kFrom + 90'000);
    lanes.grab();
    EXPECT_EQ(plot().lanesPainted(), painted + all);
}

TEST_F(LanesTest, WhatLiesAfterTheCursorIsDimmed) {
    lanes.setMode(LanesMode::Past);
    lanes.setCursorAt(kFrom + 600'000);
    const QImage past = lanes.grab().toImage();
    lanes.setMode(LanesMode::Live);
    const QImage live = lanes.grab().toImage();
    const auto changed = [&](double from, double to) {
        int count = 0;
        for (int y = plot().plotRect().top(); y < plot().plotRect().bottom(); ++y) {
            for (int x = static_cast<int>(plot().xOf(from)); x < static_cast<int>(plot().xOf(to));
                 ++x)
                count += past.pixel(x, y) != live.pixel(x, y) ? 1 : 0;
        }
        return count;
    };
    EXPECT_EQ(changed(kFrom, kFrom + 590'000), 0);
    EXPECT_GT(changed(kFrom + 610'000, kFrom + 1'190'000), 1'000);
}

TEST_F(LanesTest, InThePastClicksDragsAndKeysMoveTheCursor) {
    lanes.setMode(LanesMode::Past);
    lanes.setCursorAt(kFrom + 600'000);
    QSignalSpy moved(&lanes, &Lanes::cursorMoved);
    QSignalSpy ranges(&lanes, &Lanes::rangeSelected);
    QTest::mouseClick(&plot(), Qt::LeftButton, {}, pointAt(kFrom + 300'000));
    ASSERT_EQ(moved.size(), 1);
    EXPECT_NEAR(moved[0][0].toDouble(), kFrom + 300'000, 1'500);
    EXPECT_EQ(lanes.readAt(), moved[0][0].toDouble());
    plot().setFocus();
    const double at = lanes.readAt();
    QTest::keyClick(&plot(), Qt::Key_Right);
    EXPECT_DOUBLE_EQ(lanes.readAt(), at + 1'000) << "one column";
    QTest::keyClick(&plot(), Qt::Key_Left, Qt::ShiftModifier);
    EXPECT_DOUBLE_EQ(lanes.readAt(), at - 9'000);
    QTest::keyClick(&plot(), Qt::Key_Home);
    EXPECT_EQ(lanes.readAt(), kFrom);
    QTest::keyClick(&plot(), Qt::Key_Left);
    EXPECT_EQ(lanes.readAt(), kFrom) << "not beyond the record";
    EXPECT_EQ(ranges.size(), 0);
    QTest::keyClick(&plot(), Qt::Key_Return);
    ASSERT_EQ(ranges.size(), 1);
    EXPECT_EQ(ranges[0][0].toDouble(), kFrom);
    EXPECT_EQ(ranges[0][1].toDouble(), kFrom + 59'999);
}

TEST_F(LanesTest, AMarkDrawsTheCursorToItself) {
    lanes.setMode(LanesMode::Past);
    QSignalSpy moved(&lanes, &Lanes::cursorMoved);
    const LanesData data = sampleLanes();
    const int marks = static_cast<int>(data.lanes.size()) - 1;
    const double mark = data.lanes[marks].marks[0].at;
    QTest::mouseClick(&plot(), Qt::LeftButton, {}, pointAt(mark, marks) + QPoint(3, 0));
    ASSERT_EQ(moved.size(), 1);
    EXPECT_EQ(moved[0][0].toDouble(), mark);
}

TEST_F(LanesTest, LiveTheCursorStandsAndAClickNamesAMinute) {
    lanes.setCursorAt(kFrom + 1'200'000);
    QSignalSpy moved(&lanes, &Lanes::cursorMoved);
    QSignalSpy ranges(&lanes, &Lanes::rangeSelected);
    QTest::mouseClick(&plot(), Qt::LeftButton, {}, pointAt(kFrom + 330'000));
    ASSERT_EQ(ranges.size(), 1);
    EXPECT_EQ(ranges[0][0].toDouble(), kFrom + 300'000);
    EXPECT_EQ(ranges[0][1].toDouble(), kFrom + 359'999);
    QTest::mousePress(&plot(), Qt::LeftButton, {}, pointAt(kFrom + 800'000));
    QTest::mouseMove(&plot(), pointAt(kFrom + 400'000));
    QTest::mouseRelease(&plot(), Qt::LeftButton, {}, pointAt(kFrom + 400'000));
    ASSERT_EQ(ranges.size(), 2);
    EXPECT_NEAR(ranges[1][0].toDouble(), kFrom + 400'000, 1'500);
    EXPECT_NEAR(ranges[1][1].toDouble(), kFrom + 800'000, 1'500);
    EXPECT_EQ(moved.size(), 0);
}

TEST_F(LanesTest, ReadingsAreSpokenAndTheTableHoldsTheSame) {
    lanes.setReadings({{QStringLiteral("3,787.20"), {}, Priority::None}});
    EXPECT_TRUE(plot().accessibleDescription().contains(QStringLiteral("price 3,787.20")))
        << plot().accessibleDescription().toStdString();
    LanesTableModel model(nullptr);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setData(sampleLanes());
    EXPECT_EQ(model.rowCount(), 1'200);
    EXPECT_EQ(model.columnCount(), sampleLanes().lanes.size() + 1);
    EXPECT_EQ(model.index(0, 0).data().toString(), QStringLiteral("21:00:01Z"));
    EXPECT_EQ(model.rowAt(kFrom + 61'500), 61);
    QStringList spans;
    for (int row = 0; row < model.rowCount(); ++row) {
        const QString text = model.index(row, 4).data().toString();
        if (!text.isEmpty() && !spans.contains(text)) spans.append(text);
    }
    EXPECT_TRUE(spans.contains(QStringLiteral("SOL L1 tighten")));
    LanesData empty;
    model.setData(empty);
    EXPECT_EQ(model.rowCount(), 0);
    EXPECT_EQ(model.rowAt(kFrom), -1);
}

TEST_F(LanesTest, NothingIsDrawnOfNothing) {
    lanes.setData({});
    lanes.setReadings({});
    EXPECT_FALSE(lanes.grab().isNull());
    QTest::mouseClick(&plot(), Qt::LeftButton, {}, QPoint(300, 100));
    QTest::keyClick(&plot(), Qt::Key_Right);
}

}  // namespace
