// The accounts table: valid while orders change, and no dearer for a million rows.
#include "ui/models/accounts_model.hpp"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QPersistentModelIndex>
#include <QScrollBar>
#include <gtest/gtest.h>

#include "ui/small_venue.hpp"
#include "widgets/cell_delegate.hpp"
#include "widgets/data_table.hpp"

namespace breakwater::ui::test {
namespace {

std::shared_ptr<const view::AccountOrder> orderOf(const view::Snapshot& snapshot,
                                                  const view::AccountQuery& query) {
    return std::make_shared<const view::AccountOrder>(view::orderAccounts(snapshot, query));
}

// The same thousand accounts a thousand times: a million rows for the price of one chunk.
std::shared_ptr<const view::Snapshot> millionAccounts(SmallVenue& venue) {
    auto snapshot = std::make_shared<view::Snapshot>(*venue.board().snapshot);
    auto chunks = std::make_shared<AccountChunks>();
    const auto full = snapshot->accounts->front();
    for (std::size_t i = 0; i < 1'000'000 / AccountChunk::kSize; ++i)
        chunks->push_back(full);
    snapshot->accountCount = chunks->size() * AccountChunk::kSize;
    snapshot->accounts = chunks;
    return snapshot;
}

TEST(AccountsModel, StaysValidWhileOrdersChange) {
    SmallVenue venue({300, 5});
    AccountsModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    for (int turn = 0; turn < 12; ++turn) {
        venue.run(5);
        const auto snapshot = venue.board().snapshot;
        model.setSnapshot(snapshot);
        view::AccountQuery query;
        query.sort = AccountsModel::sortKey(turn % AccountsModel::Columns);
        query.descending = turn % 2 == 0;
        if (turn % 3 == 1) query.healthBelow = 1.5;
        if (turn % 5 == 4) query.nameContains = "no such account";
        const auto order = orderOf(*snapshot, query);
        model.setOrder(order);
        EXPECT_EQ(model.rowCount(), static_cast<int>(order->order.size()));
    }
    model.setOrder(nullptr);
    EXPECT_EQ(model.rowCount(), 0);
}

TEST(AccountsModel, ChosenRowFollowsItsAccount) {
    SmallVenue venue({300, 5});
    venue.run(3);
    const auto snapshot = venue.board().snapshot;
    AccountsModel model;
    model.setSnapshot(snapshot);
    model.setOrder(orderOf(*snapshot, {}));
    const AccountId account = *model.accountAt(7);
    const QPersistentModelIndex chosen(model.index(7, 0));
    view::AccountQuery other;
    other.sort = view::AccountColumn::Gross;
    other.descending = true;
    model.setOrder(orderOf(*snapshot, other));
    ASSERT_TRUE(chosen.isValid());
    EXPECT_EQ(model.accountAt(chosen.row()), account);
    EXPECT_EQ(model.rowOf(account), chosen.row());
}

TEST(AccountsModel, ColumnsAndSortKeysBelongTogether) {
    for (int column = 0; column < AccountsModel::Columns; ++column) {
        EXPECT_EQ(AccountsModel::columnOf(AccountsModel::sortKey(column)), column);
    }
}

TEST(AccountsModel, AccountWithoutPositionHasNoFigures) {
    SmallVenue venue({60, 5});
    venue.run(1);
    const auto snapshot = venue.board().snapshot;
    AccountsModel model;
    model.setSnapshot(snapshot);
    model.setOrder(orderOf(*snapshot, {}));
    const int row = model.rowOf(AccountId(1));  // the liquidator begins flat
    EXPECT_EQ(model.index(row, AccountsModel::Health).data(widgets::CellReasonRole).toString(),
              QStringLiteral("no position"));
    EXPECT_TRUE(model.index(row, AccountsModel::Maintenance).data().toString().isEmpty());
}

TEST(AccountsModel, MillionRowsComputeOnlyWhatIsSeen) {
    SmallVenue venue({1'022, 9});
    venue.run(2);
    const auto snapshot = millionAccounts(venue);
    auto order = std::make_shared<view::AccountOrder>();
    order->total = snapshot->accountCount;
    for (std::size_t i = 0; i < snapshot->accountCount; ++i)
        order->order.emplace_back(static_cast<std::uint32_t>(i));

    AccountsModel model;
    widgets::DataTable table(QStringLiteral("Accounts"));
    table.setModel(&model);
    table.setColumnWidths(model.widths());
    table.resize(1'200, 700);
    table.show();
    QElapsedTimer timer;
    timer.start();
    model.setSnapshot(snapshot);
    model.setOrder(order);
    ASSERT_EQ(model.rowCount(), static_cast<int>(snapshot->accountCount));
    for (int page = 0; page < 20; ++page) {
        table.verticalScrollBar()->setValue(page * 50'000);
        table.grab();
    }
    EXPECT_GT(model.figuresHeld(), 20U * 20U);
    EXPECT_LT(model.figuresHeld(), 20U * 80U);
    EXPECT_LT(timer.elapsed(), 5'000) << "generous: a page is a page";
    auto reversed = std::make_shared<view::AccountOrder>(*order);
    std::reverse(reversed->order.begin(), reversed->order.end());
    table.selectRow(10);
    const AccountId chosen = *model.accountAt(10);
    model.setOrder(reversed);
    EXPECT_EQ(model.accountAt(table.currentRow()), chosen);
}

}  // namespace
}  // namespace breakwater::ui::test
