// Every model stays a valid model while boards come and go.
#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <gtest/gtest.h>

#include "ui/models/accounts_model.hpp"
#include "ui/models/alarms_model.hpp"
#include "ui/models/breakers_model.hpp"
#include "ui/models/legs_model.hpp"
#include "ui/models/markets_model.hpp"
#include "ui/models/timeline_model.hpp"
#include "ui/small_venue.hpp"
#include "widgets/cell_delegate.hpp"

namespace breakwater::ui::test {
namespace {

using Tester = QAbstractItemModelTester;
constexpr auto kFatal = Tester::FailureReportingMode::Fatal;

// Every cell answers every role a view may ask for.
void readAll(const QAbstractItemModel& model, int rows = 40) {
    for (int row = 0; row < std::min(rows, model.rowCount()); ++row) {
        for (int column = 0; column < model.columnCount(); ++column) {
            const QModelIndex index = model.index(row, column);
            index.data(Qt::DisplayRole);
            index.data(Qt::ToolTipRole);
            index.data(Qt::TextAlignmentRole);
            for (int role = widgets::CellKindRole; role <= widgets::HeaderUnitRole; ++role)
                index.data(role);
        }
    }
    for (int column = 0; column < model.columnCount(); ++column) {
        EXPECT_FALSE(
            model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString().isEmpty());
        EXPECT_FALSE(
            model.headerData(column, Qt::Horizontal, Qt::ToolTipRole).toString().isEmpty());
    }
}

class Models : public testing::Test {
protected:
    SmallVenue venue{{200, 3}};

    OfficerCommand setLevel(BreakerLevel level) {
        OfficerCommand command;
        command.id = CommandId(++m_command);
        command.officer = "officer-1";
        command.instruments = {SmallVenue::kSol};
        command.level = level;
        command.duration = Duration::minutes(1);
        command.reason = "test";
        return command;
    }
    // Calm, a fall, a trip, a step down, then no board at all.
    template <class Show>
    void playInto(Show show) {
        show(view::Board{});
        show(venue.board());
        for (int i = 0; i < 12; ++i) {
            if (i == 2) venue.drift(0, -0.002);
            if (i == 5) venue.command(setLevel(BreakerLevel::Restrict));
            if (i == 6) venue.drift(0, 0);
            if (i == 8) venue.silence(1, 3);
            venue.run(15);
            show(venue.board());
        }
        show(view::Board{});
        show(venue.board());
    }

private:
    std::uint64_t m_command = 0;
};

TEST_F(Models, MarketsStayValid) {
    MarketsModel model;
    Tester tester(&model, kFatal);
    int turn = 0;
    playInto([&](const view::Board& board) {
        model.setBoard(board, ++turn % 3 == 0 ? MarketOrder::Held : MarketOrder::Follow);
        model.sortBy(turn % MarketsModel::Columns,
                     turn % 2 == 0 ? Qt::AscendingOrder : Qt::DescendingOrder);
        readAll(model);
    });
    EXPECT_EQ(model.rowCount(), static_cast<int>(SmallVenue::kMarkets));
}

TEST_F(Models, MarketsKeepTheirPlaceWhileHeld) {
    venue.run(5);
    MarketsModel model;
    model.setBoard(venue.board(), MarketOrder::Follow);
    std::vector<std::optional<InstrumentId>> before;
    for (int row = 0; row < model.rowCount(); ++row)
        before.push_back(model.marketAt(row));
    venue.drift(2, -0.003);
    venue.run(60);
    model.setBoard(venue.board(), MarketOrder::Held);
    for (int row = 0; row < model.rowCount(); ++row) {
        EXPECT_EQ(model.marketAt(row), before[static_cast<std::size_t>(row)]);
    }
    QPersistentModelIndex chosen(model.index(model.rowOf(SmallVenue::kSol), 0));
    model.setBoard(venue.board(), MarketOrder::Follow);
    EXPECT_EQ(model.marketAt(chosen.row()), SmallVenue::kSol);
}

TEST_F(Models, BlindMarketSaysSinceWhen) {
    venue.run(10);
    venue.silence(1, 3);
    venue.run(20);
    MarketsModel model;
    model.setBoard(venue.board(), MarketOrder::Follow);
    const QModelIndex cell = model.index(model.rowOf(SmallVenue::kBtc), MarketsModel::Oracle);
    EXPECT_TRUE(cell.data(widgets::CellReasonRole)
                    .toString()
                    .startsWith(QStringLiteral("blind since 20:30:")))
        << cell.data(widgets::CellReasonRole).toString().toStdString();
    const QModelIndex risk = model.index(model.rowOf(SmallVenue::kBtc), MarketsModel::Risk);
    EXPECT_EQ(risk.data(widgets::CellReasonRole).toString(), QStringLiteral("rules blind"));
    EXPECT_FALSE(risk.data(widgets::CellBarValueRole).isValid());
}

TEST_F(Models, LateSourceIsDrawnStale) {
    venue.run(10);
    venue.silence(0, 1);
    venue.run(20);
    MarketsModel model;
    model.setBoard(venue.board(), MarketOrder::Follow);
    const QModelIndex cell = model.index(model.rowOf(SmallVenue::kEth), MarketsModel::Oracle);
    EXPECT_TRUE(cell.data(widgets::CellStaleRole).toString().endsWith(QStringLiteral("s old")));
    EXPECT_TRUE(cell.data(Qt::DisplayRole).toString().startsWith(QStringLiteral("4/5")));
}

TEST_F(Models, BreakersStayValid) {
    BreakersModel model;
    Tester tester(&model, kFatal);
    int turn = 0;
    playInto([&](const view::Board& board) {
        model.setBoard(board,
                       ++turn % 4 == 0 ? BreakersModel::Order::Held : BreakersModel::Order::Follow);
        readAll(model);
    });
}

TEST_F(Models, BreakerShowsCommandedBesideEffective) {
    venue.run(5);
    venue.command(setLevel(BreakerLevel::Restrict));
    BreakersModel model;
    model.setBoard(venue.board(), BreakersModel::Order::Follow);
    model.setBoard(venue.board(), BreakersModel::Order::Follow);
    ASSERT_EQ(model.rowOf(SmallVenue::kSol), 0);
    const QModelIndex level = model.index(0, BreakersModel::Level);
    EXPECT_EQ(level.data(Qt::DisplayRole).toString(), QStringLiteral("L2"));
    EXPECT_EQ(level.data(widgets::CellLevelRole).toInt(), 0);
    EXPECT_EQ(level.data(widgets::CellLevelCommandedRole).toInt(), 2);
    EXPECT_TRUE(model.index(0, BreakersModel::Effect)
                    .data()
                    .toString()
                    .startsWith(QStringLiteral("still L0")));
    venue.run(2);
    model.setBoard(venue.board(), BreakersModel::Order::Follow);
    EXPECT_EQ(model.index(0, BreakersModel::Level).data(widgets::CellLevelRole).toInt(), 2);
    EXPECT_EQ(model.index(0, BreakersModel::Effect).data().toString(),
              QStringLiteral("as commanded"));
    EXPECT_EQ(model.index(0, BreakersModel::Left).data().toString(), QStringLiteral("00:58"));
}

TEST_F(Models, TimelinesStayValid) {
    TimelineModel all(TimelinePart::All);
    TimelineModel breakers(TimelinePart::Breakers);
    Tester allTester(&all, kFatal);
    Tester breakersTester(&breakers, kFatal);
    int resets = 0;
    QObject::connect(&all, &QAbstractItemModel::modelReset, [&] { ++resets; });
    playInto([&](const view::Board& board) {
        all.setBoard(board);
        breakers.setBoard(board);
        readAll(all);
        readAll(breakers);
    });
    EXPECT_GT(all.rowCount(), breakers.rowCount());
    EXPECT_GT(breakers.rowCount(), 0);
    EXPECT_LE(resets, 3) << "new entries are inserted, the list is not rebuilt";
    for (int row = 0; row < breakers.rowCount(); ++row) {
        EXPECT_TRUE(breakers.index(row, TimelineModel::What)
                        .data()
                        .toString()
                        .contains(QStringLiteral(" L")));
    }
}

TEST_F(Models, AlarmsStayValid) {
    AlarmsModel model;
    Tester tester(&model, kFatal);
    int most = 0;
    playInto([&](const view::Board& board) {
        model.setBoard(board);
        readAll(model);
        most = std::max(most, model.rowCount());
    });
    EXPECT_GT(most, 0);
    EXPECT_EQ(model.alarmAt(-1), nullptr);
    EXPECT_EQ(model.alarmAt(model.rowCount()), nullptr);
}

TEST_F(Models, LegsStayValid) {
    LegsModel model;
    Tester tester(&model, kFatal);
    venue.run(3);
    const view::Board board = venue.board();
    for (std::uint32_t account = 0; account < 20; ++account) {
        model.setAccount(board.snapshot.get(), AccountId(account));
        EXPECT_EQ(model.rowCount(),
                  static_cast<int>(view::legsOf(*board.snapshot, AccountId(account)).size()));
        readAll(model);
    }
    model.setAccount(nullptr, std::nullopt);
    EXPECT_EQ(model.rowCount(), 0);
}

}  // namespace
}  // namespace breakwater::ui::test
