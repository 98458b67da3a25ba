// The tables of the what-if stay valid whatever they are given.
#include "ui/models/struck_model.hpp"

#include <array>

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <gtest/gtest.h>

#include "ui/models/cells_model.hpp"
#include "ui/small_venue.hpp"
#include "widgets/cell_delegate.hpp"

namespace breakwater::ui::test {
namespace {

std::shared_ptr<const WhatIfAnswer> answerOf(SmallVenue& venue, const char* move) {
    auto out = std::make_shared<WhatIfAnswer>();
    out->job.snapshot = venue.board().snapshot;
    out->job.shock.moves = {*Ratio::parse(move)};
    out->outcome = scenario::evaluate(*out->job.snapshot, out->job.shock);
    out->accounts = scenario::accountsBehind(*out->job.snapshot, out->job.shock,
                                             scenario::Depth::BelowMaintenance);
    return out;
}

TEST(StruckModel, StaysValidWhileShocksChange) {
    SmallVenue venue({400, 5});
    venue.run(3);
    StruckModel model;
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    for (const char* move : {"-0.1", "-0.3", "-0.3", "0", "0.5", "0.5", "-0.9"}) {
        const auto answer = answerOf(venue, move);
        model.setAnswer(answer);
        EXPECT_EQ(model.rowCount(), static_cast<int>(answer->accounts.size()));
        model.setStale(model.rowCount() % 2 == 0);
    }
    EXPECT_GT(model.rowCount(), 20);
    model.setAnswer(nullptr);
    EXPECT_EQ(model.rowCount(), 0);
    EXPECT_FALSE(model.accountAt(0).has_value());
}

TEST(StruckModel, ShowsBothWorlds) {
    SmallVenue venue({400, 5});
    venue.run(3);
    StruckModel model;
    const auto answer = answerOf(venue, "-0.4");
    model.setAnswer(answer);
    ASSERT_GT(model.rowCount(), 2);
    const scenario::Struck& first = answer->accounts.front();
    ASSERT_TRUE(first.shortfall().isPositive());
    EXPECT_EQ(model.accountAt(0), first.account);
    EXPECT_EQ(model.index(0, StruckModel::Then).data().toString(), QStringLiteral("below zero"));
    EXPECT_FALSE(model.index(0, StruckModel::Shortfall).data().toString().isEmpty());
    EXPECT_EQ(model.index(0, StruckModel::Shortfall).data(widgets::CellToneRole), QVariant());
    model.setStale(true);
    EXPECT_EQ(model.index(0, StruckModel::Shortfall).data(widgets::CellToneRole).toInt(),
              int(widgets::Token::Muted));
}

constexpr std::array<ColumnInfo, 2> kColumns{{
    {"Name", "", 80, Qt::AlignLeft, "a name"},
    {"Figure", "$", 80, Qt::AlignRight, "a figure"},
}};

TEST(CellsModel, StaysValidWhileRowsChange) {
    CellsModel model(kColumns);
    QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    const Cell name{QStringLiteral("fund"), {}};
    const Cell figure{QStringLiteral("1.2M"), QStringLiteral("1,200,000.00")};
    model.setRows({{QStringLiteral("a"), {name, figure}}, {QStringLiteral("b"), {name}}});
    EXPECT_EQ(model.rowCount(), 2);
    EXPECT_EQ(model.index(0, 1).data(Qt::ToolTipRole).toString(), figure.exact);
    EXPECT_TRUE(model.index(1, 1).data().toString().isEmpty()) << "short rows are filled up";
    model.setStale(true);
    EXPECT_EQ(model.index(0, 1).data(widgets::CellToneRole).toInt(), int(widgets::Token::Muted));
    model.setRows({});
    EXPECT_EQ(model.rowCount(), 0);
}

}  // namespace
}  // namespace breakwater::ui::test
