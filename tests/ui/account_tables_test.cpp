// The drill-down's tables as models: every cell has words, every model follows Qt's rules.
#include "ui/account_tables.hpp"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <gtest/gtest.h>

#include "ui/screens/account_panels.hpp"
#include "ui/small_venue.hpp"

namespace breakwater::ui::test {
namespace {

using Tester = QAbstractItemModelTester;

class AccountTables : public testing::Test {
protected:
    AccountTables() {
        venue.drift(0, -0.0005);
        venue.run(40);
        snapshot = venue.board().snapshot;
    }
    SmallVenue venue{{300, 5}};
    std::shared_ptr<const view::Snapshot> snapshot;
};

TEST_F(AccountTables, EveryRowFillsItsColumns) {
    for (std::uint32_t i = 0; i < snapshot->accountCount; i += 3) {
        const view::AccountDetail detail = view::explainAccount(*snapshot, AccountId(i));
        const view::LiquidationPath path =
            view::liquidationPath(*snapshot, AccountId(i), view::FillAt::Mark);
        const auto check = [&](const std::vector<CellRow>& rows,
                               std::span<const ColumnInfo> columns) {
            for (const CellRow& row : rows)
                EXPECT_EQ(row.cells.size(), columns.size()) << row.key.toStdString();
        };
        check(positionRows(*snapshot, detail), positionColumns());
        check(collateralRows(*snapshot, detail), collateralColumns());
        check(termRows(*snapshot, detail), termColumns());
        check(distanceRows(*snapshot, detail), distanceColumns());
        check(pathRows(*snapshot, path), pathColumns());
        EXPECT_FALSE(pathEndText(*snapshot, path).isEmpty());
    }
}

TEST_F(AccountTables, ModelsKeepTheirPromisesWhileRowsComeAndGo) {
    CellsModel model(positionColumns());
    Tester tester(&model, Tester::FailureReportingMode::Fatal);
    for (std::uint32_t i = 2; i < 60; ++i) {
        model.setRows(positionRows(*snapshot, view::explainAccount(*snapshot, AccountId(i))));
        for (int row = 0; row < model.rowCount(); ++row) {
            for (int column = 0; column < model.columnCount(); ++column) {
                (void)model.index(row, column).data();
                (void)model.index(row, column).data(Qt::ToolTipRole);
            }
        }
    }
    model.setRows({});
    EXPECT_EQ(model.rowCount(), 0);
}

TEST_F(AccountTables, ARowWithItsKeyKeepsItsPlace) {
    CellsModel model(termColumns());
    Tester tester(&model, Tester::FailureReportingMode::Fatal);
    std::vector<CellRow> rows{{QStringLiteral("a"), {{QStringLiteral("1"), {}}, {}, {}}, false},
                              {QStringLiteral("b"), {{QStringLiteral("2"), {}}, {}, {}}, false}};
    model.setRows(rows);
    const QPersistentModelIndex kept(model.index(1, 0));
    rows[1].cells[0].text = QStringLiteral("3");
    model.setRows(rows);
    EXPECT_TRUE(kept.isValid());
    EXPECT_EQ(kept.data().toString(), QStringLiteral("3"));
    EXPECT_EQ(model.rowOf(QStringLiteral("b")), 1);
    std::swap(rows[0], rows[1]);
    model.setRows(rows);
    EXPECT_FALSE(kept.isValid());
}

TEST(ExactText, GroupsWithoutLosingADigit) {
    const auto shown = [](const char* text) {
        return exactText(*Decimal::parse(text)).toStdString();
    };
    EXPECT_EQ(shown("0"), "0");
    EXPECT_EQ(shown("999"), "999");
    EXPECT_EQ(shown("1000"), "1,000");
    EXPECT_EQ(shown("1234567.890123456789"), "1,234,567.890123456789");
    EXPECT_EQ(shown("-1234.5"), "\u22121,234.5");
    EXPECT_EQ(shown("-0.000000000001"), "\u22120.000000000001");
}

TEST_F(AccountTables, TheWaterfallComesToTheTotal) {
    std::size_t withRelief = 0, withOthers = 0;
    for (std::uint32_t i = 2; i < snapshot->accountCount; ++i) {
        const view::AccountDetail detail = view::explainAccount(*snapshot, AccountId(i));
        if (detail.legs.empty()) continue;
        const widgets::WaterfallData data = waterfallOf(*snapshot, detail);
        const auto spans = widgets::Waterfall::spansOf(data.bars);
        double sum = 0, total = 0;
        for (int k = 0; k < data.bars.size(); ++k) {
            const widgets::WaterfallBar& bar = data.bars[k];
            if (bar.kind == widgets::WaterfallKind::Part ||
                bar.kind == widgets::WaterfallKind::Relief)
                sum += bar.value;
            if (bar.kind == widgets::WaterfallKind::Relief) ++withRelief;
            if (bar.kind == widgets::WaterfallKind::Total) {
                total = bar.value;
                EXPECT_NEAR(spans[k - 1].to, bar.value, 1e-6 + bar.value * 1e-9);
            }
        }
        EXPECT_NEAR(sum, total, 1e-6 + total * 1e-9);
        withOthers += detail.legs.size() > 1;
    }
    EXPECT_GT(withRelief, 0U);
    EXPECT_GT(withOthers, 0U);
}

}  // namespace
}  // namespace breakwater::ui::test
