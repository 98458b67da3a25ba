#include "widgets/loss_waterfall.hpp"

#include <QAbstractItemModelTester>
#include <QTest>
#include <gtest/gtest.h>

#include "widgets/chart_view.hpp"
#include "widgets/data_table.hpp"
#include "widgets/loss_table_model.hpp"

namespace breakwater::widgets {
namespace {

// 10 of own margin paid whole, 40 the fund pays of 60, the rest ADL.
LossWaterfallData sample(double loss = 70) {
    LossWaterfallData data;
    data.name = QStringLiteral("sample");
    data.loss = loss;
    data.rulerFrom = 2;
    LossLayer own, book, fund, adl, rest;
    own.name = QStringLiteral("Own margin");
    own.has = 10;
    own.paid = std::min(loss, 10.0);
    book.name = QStringLiteral("Book");
    book.pays = false;
    book.note = QStringLiteral("closed 900");
    fund.name = QStringLiteral("Fund");
    fund.has = 60;
    fund.paid = std::min(std::max(loss - 10, 0.0), 40.0);
    adl.name = QStringLiteral("ADL");
    adl.paid = std::max(loss - 50, 0.0);
    rest.name = QStringLiteral("Uncovered");
    data.layers = {own, book, fund, adl, rest};
    return data;
}

class LossWaterfallTest : public testing::Test {
protected:
    LossWaterfallTest() {
        widget.resize(900, 400);
        widget.show();
    }
    LossWaterfall widget;
};

TEST_F(LossWaterfallTest, EveryDollarHasTheSameHeight) {
    widget.setData(sample());
    const double unit = widget.paidRect(0).height() / 10;
    EXPECT_GT(unit, 1);
    EXPECT_NEAR(widget.paidRect(2).height(), 40 * unit, 2);
    EXPECT_NEAR(widget.paidRect(3).height(), 20 * unit, 2);
    EXPECT_NEAR(widget.leftRect(2).height(), 20 * unit, 2);
    // What one layer pays ends where the layer before it began.
    EXPECT_EQ(widget.paidRect(2).bottom(), widget.paidRect(0).top());
    EXPECT_EQ(widget.paidRect(3).bottom(), widget.paidRect(2).top());
    EXPECT_EQ(widget.leftRect(2).top(), widget.paidRect(2).bottom());
}

TEST_F(LossWaterfallTest, ALargeCapacityDoesNotPressTheLossFlat) {
    LossWaterfallData data = sample(20);
    data.layers[2].has = 1e9;
    widget.setData(data);
    EXPECT_GT(widget.paidRect(0).height() + widget.paidRect(2).height(), 30);
    EXPECT_LT(widget.leftRect(2).bottom(), widget.height());
}

TEST_F(LossWaterfallTest, NothingToPayIsDrawn) {
    widget.setData(sample(0));
    EXPECT_EQ(widget.paidRect(0).height(), 0);
    EXPECT_GT(widget.leftRect(2).height(), widget.leftRect(0).height());
    EXPECT_FALSE(widget.grab().isNull());
    widget.setData({});
    EXPECT_FALSE(widget.grab().isNull());
}

TEST_F(LossWaterfallTest, TableTwinSaysTheSameFigures) {
    widget.setData(sample());
    QTest::keyClick(&widget, Qt::Key_F9);
    ASSERT_TRUE(widget.isTableShown());
    auto* table = widget.findChild<DataTable*>();
    ASSERT_NE(table, nullptr);
    const QAbstractItemModel& model = *table->model();
    ASSERT_EQ(model.rowCount(), 6);
    EXPECT_EQ(model.index(2, LossTableModel::Pays).data().toString(), QStringLiteral("40.00"));
    EXPECT_EQ(model.index(2, LossTableModel::Left).data().toString(), QStringLiteral("20.00"));
    EXPECT_EQ(model.index(2, LossTableModel::Used).data().toString(), QStringLiteral("67%"));
    EXPECT_EQ(model.index(1, LossTableModel::Pays).data().toString(), QString());
    EXPECT_EQ(model.index(3, LossTableModel::Has).data().toString(), QStringLiteral("no cap"));
    EXPECT_EQ(model.index(5, LossTableModel::Pays).data().toString(), QStringLiteral("70.00"));
    QTest::keyClick(table, Qt::Key_F9);
    EXPECT_FALSE(widget.isTableShown());
}

TEST_F(LossWaterfallTest, TableModelStaysValid) {
    LossTableModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    model.setData(sample());
    model.setData(sample(5));
    model.setData({});
    EXPECT_EQ(model.rowCount(), 0);
}

TEST_F(LossWaterfallTest, SpeaksItsLayers) {
    widget.setData(sample());
    EXPECT_EQ(widget.accessibleName(), QStringLiteral("sample"));
    EXPECT_TRUE(widget.accessibleDescription().contains(QStringLiteral("Fund has 60, pays 40")))
        << widget.accessibleDescription().toStdString();
}

TEST(ChartMarks, NumberAxisSaysPercentInTheTable) {
    ChartView chart;
    chart.resize(400, 200);
    ChartData data;
    data.xAxis = AxisKind::Number;
    data.xFactor = -100;
    data.xUnit = QStringLiteral("%");
    data.xTitle = QStringLiteral("Move");
    data.fillsExcess = true;
    data.marker = 0.03;
    data.markerText = QStringLiteral("here");
    ChartSeries a, b;
    a.points = {{0, 0}, {0.04, 8}};
    b.points = {{0, 1}, {0.04, 4}};
    data.series = {a, b};
    chart.setData(data);
    EXPECT_FALSE(chart.grab().isNull());
    chart.setTableShown(true);
    const QAbstractItemModel& model = *chart.findChild<DataTable*>()->model();
    EXPECT_EQ(model.headerData(0, Qt::Horizontal, Qt::DisplayRole).toString(),
              QStringLiteral("Move"));
    EXPECT_EQ(model.index(0, 0).data().toString(), QStringLiteral("−4%"));
}

}  // namespace
}  // namespace breakwater::widgets
