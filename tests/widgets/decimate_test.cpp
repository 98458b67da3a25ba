#include "widgets/decimate.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "widgets/axis.hpp"
#include "widgets/chart_view.hpp"

using namespace breakwater::widgets;

namespace {

QVector<QPointF> walk(int count, unsigned seed) {
    std::mt19937 random(seed);
    std::normal_distribution<double> step;
    QVector<QPointF> points;
    double y = 0;
    for (int i = 0; i < count; ++i)
        points.push_back({static_cast<double>(i), y += step(random)});
    return points;
}
std::span<const QPointF> spanOf(const QVector<QPointF>& points) {
    return {points.constData(), static_cast<std::size_t>(points.size())};
}
auto byY() {
    return [](const QPointF& a, const QPointF& b) { return a.y() < b.y(); };
}

TEST(Decimate, keepsMinimumMaximumAndEnds) {
    for (unsigned seed = 1; seed <= 20; ++seed) {
        const QVector<QPointF> points = walk(10'000, seed);
        for (int columns : {2, 3, 17, 300}) {
            const QVector<QPointF> kept = decimateMinMax(spanOf(points), columns);
            EXPECT_LE(kept.size(), 2 * columns);
            EXPECT_EQ(std::max_element(kept.begin(), kept.end(), byY())->y(),
                      std::max_element(points.begin(), points.end(), byY())->y());
            EXPECT_EQ(std::min_element(kept.begin(), kept.end(), byY())->y(),
                      std::min_element(points.begin(), points.end(), byY())->y());
            EXPECT_TRUE(std::is_sorted(kept.begin(), kept.end(),
                                       [](auto& a, auto& b) { return a.x() < b.x(); }));
            if (columns >= 3) {
                EXPECT_EQ(kept.front(), points.front());
                EXPECT_EQ(kept.back(), points.back());
            }
        }
    }
}

TEST(Decimate, leavesShortSeriesAlone) {
    const QVector<QPointF> points = walk(50, 3);
    EXPECT_EQ(decimateMinMax(spanOf(points), 25), points);
    EXPECT_TRUE(decimateMinMax(std::span<const QPointF>(), 10).isEmpty());
}

TEST(Decimate, keepsASingleSpike) {
    QVector<QPointF> points;
    for (int i = 0; i < 100'000; ++i)
        points.push_back({static_cast<double>(i), i == 61'803 ? 1000.0 : 1.0});
    const auto kept = decimateMinMax(spanOf(points), 200);
    EXPECT_TRUE(kept.contains(QPointF(61'803, 1000)));
}

TEST(Decimate, survivesEqualAbscissae) {
    const QVector<QPointF> points(1000, QPointF(5, 1));
    EXPECT_LE(decimateMinMax(spanOf(points), 10).size(), 20);
}

TEST(Chart, plotsAtMostTwoPointsAPixel) {
    ChartView chart;
    chart.resize(400, 200);
    ChartData data;
    ChartSeries series{"equity", walk(50'000, 7), SeriesStyle::Main, Priority::None};
    series.points[25'000].setY(std::nan(""));  // a gap makes two stretches
    data.series = {series};
    chart.setData(data);
    chart.grab();
    EXPECT_GT(chart.plottedPoints(0), 300);
    EXPECT_LE(chart.plottedPoints(0), 800);
}

TEST(Axis, ticksAreRoundAndInside) {
    EXPECT_EQ(ticksBetween(0, 1000, 4), (QVector<double>{0, 250, 500, 750, 1000}));
    for (double tick : ticksBetween(0.83, 1.61, 5)) {
        EXPECT_GE(tick, 0.83);
        EXPECT_LE(tick, 1.61);
    }
    EXPECT_TRUE(ticksBetween(1, 1, 4).isEmpty());
    EXPECT_EQ(niceCeiling(836), 1000);
    EXPECT_EQ(niceCeiling(210), 250);
}

}  // namespace
