#include "ui/models/adl_model.hpp"

#include <array>

#include "ui/text.hpp"
#include "widgets/cell_delegate.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {
namespace {

constexpr std::array<ColumnInfo, AdlModel::Columns> kColumns{{
    {"#", "", 38, Qt::AlignRight, "Place in the queue"},
    {"Account", "", 92, Qt::AlignLeft, "Winner on this side"},
    {"PnL", "", 64, Qt::AlignRight, "Profit of the position against its cost"},
    {"Lev", "", 56, Qt::AlignRight, "Notional of the position / equity"},
    {"Score", "", 60, Qt::AlignRight, "Profit share x leverage: the highest is closed first"},
    {"Position", "$", 74, Qt::AlignRight, "Notional at the mark"},
    {"Closes", "$", 70, Qt::AlignRight,
     "Notional closed if the fund were empty and what runs closed into the book now"},
    {"Gives", "$", 70, Qt::AlignRight, "Of its profit, in that case"},
    {"Now", "$", 62, Qt::AlignRight, "Of its profit, for deficits that stand now after the fund"},
}};

}  // namespace

AdlModel::AdlModel(QObject* parent) : ColumnModel(kColumns, parent) {}

void AdlModel::setSide(const std::shared_ptr<const view::QueueReport>& report, InstrumentId market,
                       bool longs) {
    std::vector<Row> rows;
    if (report && market.value() * 2u + 1u < report->adl.sides.size()) {
        for (const view::AdlRank& rank : report->adl.side(market, longs).ranks)
            rows.push_back({text(view::nameOf(*report->snapshot, rank.account)), rank});
    }
    takeRows(m_rows, std::move(rows));
}

std::optional<AccountId> AdlModel::accountAt(int row) const {
    if (row < 0 || row >= rowCount()) return std::nullopt;
    return m_rows[static_cast<std::size_t>(row)].rank.account;
}

int AdlModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant AdlModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    if (role == Qt::TextAlignmentRole) return int(column(index.column()).align | Qt::AlignVCenter);
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    const view::AdlRank& rank = row.rank;
    if (role == widgets::CellFontRole && index.column() == Name)
        return int(widgets::FontRole::TableFigure);
    const bool exact = role == Qt::ToolTipRole || role == Qt::AccessibleTextRole;
    if (role != Qt::DisplayRole && !exact) return {};
    const auto money = [&](double value) {
        return exact       ? widgets::formatExact(value)
               : value > 0 ? widgets::formatShort(value)
                           : QStringLiteral("0");
    };
    switch (index.column()) {
        case Rank: return QString::number(index.row() + 1);
        case Name: return row.name;
        case Profit: return widgets::formatPercent(rank.profit, 1, widgets::Sign::Always);
        case Leverage: return widgets::formatExact(rank.leverage, 1) + QStringLiteral("×");
        case Score: return widgets::formatExact(rank.score, exact ? 6 : 2);
        case Size: return money(rank.size);
        case Closes: return money(rank.ifEmpty.closes);
        case Gives: return money(rank.ifEmpty.gives);
        case Now: return money(rank.now.gives);
        default: return {};
    }
}

}  // namespace breakwater::ui
