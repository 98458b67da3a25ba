// The models of the queue and fund screens stay valid while boards come and go, and say what
// the reports say.
#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <gtest/gtest.h>

#include "ui/models/adl_model.hpp"
#include "ui/models/flows_model.hpp"
#include "ui/models/queue_model.hpp"
#include "ui/models/takers_model.hpp"
#include "ui/models/trace_model.hpp"
#include "ui/models/yardstick_model.hpp"
#include "ui/small_venue.hpp"
#include "widgets/cell_delegate.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui::test {
namespace {

using Tester = QAbstractItemModelTester;
constexpr auto kFatal = Tester::FailureReportingMode::Fatal;

void readAll(const QAbstractItemModel& model) {
    for (int row = 0; row < model.rowCount(); ++row) {
        for (int column = 0; column < model.columnCount(); ++column) {
            for (int role :
                 {int(Qt::DisplayRole), int(Qt::ToolTipRole), int(Qt::AccessibleTextRole),
                  int(widgets::CellKindRole), int(widgets::CellReasonRole),
                  int(widgets::CellFigureRole), int(widgets::CellToneRole)})
                (void)model.index(row, column).data(role);
        }
    }
    for (int column = 0; column < model.columnCount(); ++column)
        EXPECT_FALSE(
            model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().isEmpty());
}

class QueueModels : public testing::Test {
protected:
    std::shared_ptr<const view::QueueReport> report() {
        return std::make_shared<const view::QueueReport>(view::queueReport(venue.board()));
    }
    // Calm, a fall that fills the queue, an index that goes blind, and a way back.
    template <class Use>
    void play(Use use) {
        venue.run(5);
        use();
        venue.drift(0, -0.002);
        for (int i = 0; i < 12; ++i) {
            venue.run(4);
            use();
        }
        venue.silence(0, 5);
        venue.run(12);
        use();
        venue.silence(0, 0);
        venue.drift(0, 0.003);
        venue.run(40);
        use();
    }
    SmallVenue venue{{600, 5}};
};

TEST_F(QueueModels, QueueStaysValidAndShowsEveryRow) {
    QueueModel model;
    Tester tester(&model, kFatal);
    int most = 0;
    bool stuck = false;
    play([&] {
        const auto now = report();
        model.setReport(now, QueueFilter::All, QueueOrder::Follow);
        readAll(model);
        ASSERT_EQ(model.rowCount(), static_cast<int>(now->queue.rows.size()));
        most = std::max(most, model.rowCount());
        for (int row = 0; row < model.rowCount(); ++row) {
            const view::QueueRow& shown = *model.at(row);
            const QString state = model.index(row, QueueModel::State).data().toString();
            EXPECT_TRUE(state.contains(QString::fromStdString(shown.why)));
            EXPECT_EQ(state.startsWith(QStringLiteral("STUCK ")), shown.isStuck);
            EXPECT_EQ(model.rowOf(shown.id), row);
            stuck = stuck || shown.isStuck;
        }
        model.setReport(now, QueueFilter::Stuck, QueueOrder::Follow);
        EXPECT_EQ(model.rowCount(), static_cast<int>(now->queue.stuck));
        model.setReport(now, QueueFilter::Underwater, QueueOrder::Follow);
        EXPECT_EQ(model.rowCount(), static_cast<int>(now->queue.underwater));
        model.setReport(now, QueueFilter::All, QueueOrder::Follow);
    });
    EXPECT_GT(most, 3);
    EXPECT_TRUE(stuck);
    model.setReport(nullptr, QueueFilter::All, QueueOrder::Follow);
    EXPECT_EQ(model.rowCount(), 0);
    EXPECT_EQ(model.at(0), nullptr);
    EXPECT_EQ(model.at(-1), nullptr);
}

TEST_F(QueueModels, HeldRowsKeepTheirPlaces) {
    QueueModel model;
    Tester tester(&model, kFatal);
    venue.drift(0, -0.002);
    venue.run(20);
    model.setReport(report(), QueueFilter::All, QueueOrder::Follow);
    ASSERT_GT(model.rowCount(), 1);
    std::vector<LiquidationId> before;
    for (int row = 0; row < model.rowCount(); ++row)
        before.push_back(model.at(row)->id);
    venue.run(3);
    model.setReport(report(), QueueFilter::All, QueueOrder::Held);
    std::size_t at = 0;
    for (int row = 0; row < model.rowCount(); ++row) {
        const auto found = std::find(before.begin(), before.end(), model.at(row)->id);
        if (found == before.end()) continue;
        const auto place = static_cast<std::size_t>(found - before.begin());
        EXPECT_GE(place, at);
        at = place;
    }
}

TEST_F(QueueModels, EvidenceModelsStayValid) {
    AdlModel adl;
    TakersModel takers;
    FlowsModel flows;
    YardstickModel yardsticks;
    TraceModel trace;
    Tester a(&adl, kFatal), b(&takers, kFatal), c(&flows, kFatal), d(&yardsticks, kFatal),
        e(&trace, kFatal);
    int ranked = 0, told = 0;
    play([&] {
        const auto now = report();
        for (std::uint16_t m = 0; m < SmallVenue::kMarkets; ++m) {
            for (const bool longs : {false, true}) {
                adl.setSide(now, InstrumentId(m), longs);
                readAll(adl);
                ranked = std::max(ranked, adl.rowCount());
                const auto& side = now->adl.side(InstrumentId(m), longs);
                EXPECT_EQ(adl.rowCount(), static_cast<int>(side.ranks.size()));
            }
        }
        takers.setReport(now);
        flows.setFlows(now->fund.flows);
        yardsticks.setBoard(venue.board());
        if (!now->queue.rows.empty())
            trace.setLiquidation(now->snapshot.get(), now->queue.rows[0].id);
        for (const QAbstractItemModel* model :
             {static_cast<QAbstractItemModel*>(&takers), static_cast<QAbstractItemModel*>(&flows),
              static_cast<QAbstractItemModel*>(&yardsticks),
              static_cast<QAbstractItemModel*>(&trace)})
            readAll(*model);
        told = std::max(told, trace.rowCount());
        EXPECT_EQ(yardsticks.rowCount(), static_cast<int>(SmallVenue::kMarkets));
        EXPECT_GE(takers.rowCount(), 1);
    });
    EXPECT_GT(ranked, 10);
    EXPECT_GT(told, 2);
    EXPECT_EQ(adl.accountAt(-1), std::nullopt);
    EXPECT_EQ(takers.accountAt(takers.rowCount()), std::nullopt);
}

TEST_F(QueueModels, FlowsEndWithTheFundsOwnChange) {
    venue.drift(0, -0.003);
    venue.run(60);
    const auto now = report();
    FlowsModel flows;
    flows.setFlows(now->fund.flows);
    ASSERT_GT(flows.rowCount(), 2);
    const int last = flows.rowCount() - 1;
    EXPECT_TRUE(flows.index(last, 0).data(widgets::CellTotalRowRole).toBool());
    EXPECT_EQ(
        flows.index(last, FlowsModel::Session).data(Qt::ToolTipRole).toString(),
        widgets::formatExact(now->snapshot->fund.balance.toDouble(), 2, widgets::Sign::Always));
    flows.setFlows({});
    EXPECT_EQ(flows.rowCount(), 0);
}

TEST_F(QueueModels, YardsticksSayWhatIsNotRecorded) {
    venue.run(5);
    YardstickModel model;
    view::Board board = venue.board();
    auto scan = std::make_shared<view::VenueScan>(*board.scan);
    scan->moveToFirstAdl.assign(SmallVenue::kMarkets, std::nullopt);
    scan->moveToFirstAdl[0] = -0.119;  // ETH
    scan->moveToFirstAdl[5] = -0.3;    // DOGE, in no recorded crash
    board.scan = scan;
    model.setBoard(board);
    EXPECT_EQ(model.index(0, YardstickModel::Name).data().toString(), QStringLiteral("ETH-PERP"));
    EXPECT_EQ(model.index(0, YardstickModel::Newest).data().toString(),
              QStringLiteral("10 Oct 2025 ×0.5"));
    EXPECT_EQ(model.index(0, YardstickModel::Further).data().toString(), QStringLiteral("7 of 7"));
    EXPECT_EQ(model.index(1, YardstickModel::Newest).data(widgets::CellReasonRole).toString(),
              QStringLiteral("no crash recorded"));
    EXPECT_EQ(model.index(2, YardstickModel::Move).data(widgets::CellReasonRole).toString(),
              QStringLiteral("none within ±60%"));
}

}  // namespace
}  // namespace breakwater::ui::test
