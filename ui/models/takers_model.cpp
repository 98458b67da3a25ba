#include "ui/models/takers_model.hpp"

#include <array>

#include "ui/text.hpp"
#include "widgets/cell_delegate.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {
namespace {

constexpr std::array<ColumnInfo, TakersModel::Columns> kColumns{{
    {"Account", "", 96, Qt::AlignLeft, "Liquidator, or maker that took an order"},
    {"Fills", "", 46, Qt::AlignRight, "Liquidation fills in the last ten venue minutes"},
    {"Taken", "$", 68, Qt::AlignRight, "Notional of those fills"},
    {"Share", "", 50, Qt::AlignRight, "Of all that was taken in that time"},
    {"Edge", "bp", 56, Qt::AlignRight, "Mark against the price paid, in its favour when positive"},
    {"Free margin", "$", 94, Qt::AlignRight,
     "Equity less initial margin; without it no order that adds risk is accepted"},
    {"Inventory", "$", 80, Qt::AlignRight, "Gross notional it holds"},
    {"State", "", 84, Qt::AlignLeft, "What keeps it from taking more"},
}};

}  // namespace

TakersModel::TakersModel(QObject* parent) : ColumnModel(kColumns, parent) {}

void TakersModel::setReport(const std::shared_ptr<const view::QueueReport>& report) {
    std::vector<Row> rows;
    double all = 0;
    if (report) {
        for (const view::TakerRow& taker : report->takers) {
            rows.push_back({text(view::nameOf(*report->snapshot, taker.account)), taker, 0});
            all += taker.flow.notional;
        }
    }
    for (Row& row : rows)
        row.share = all > 0 ? row.taker.flow.notional / all : 0;
    takeRows(m_rows, std::move(rows));
}

std::optional<AccountId> TakersModel::accountAt(int row) const {
    if (row < 0 || row >= rowCount()) return std::nullopt;
    return m_rows[static_cast<std::size_t>(row)].taker.account;
}

int TakersModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant TakersModel::display(const Row& row, int column, bool exact) const {
    const view::TakerRow& taker = row.taker;
    const bool took = taker.flow.fills > 0;
    const auto money = [&](double value) {
        return exact ? widgets::formatExact(value) : widgets::formatShort(value);
    };
    switch (column) {
        case Name: return row.name;
        case Fills: return QString::number(taker.flow.fills);
        case Taken: return took ? money(taker.flow.notional) : QString();
        case Share: return took ? widgets::formatPercent(row.share) : QString();
        case Edge:
            return took && taker.flow.notional > 0
                       ? widgets::formatExact(taker.flow.edge / taker.flow.notional * 1e4, 0)
                       : QString();
        case Free: return money(taker.free);
        case Inventory: return money(taker.gross);
        case State:
            if (taker.inLiquidation) return QStringLiteral("in liquidation");
            if (taker.free <= 0) return QStringLiteral("no free margin");
            return tagWord(taker.tag);
        default: return {};
    }
}

QVariant TakersModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::TextAlignmentRole) return int(column(index.column()).align | Qt::AlignVCenter);
    if (role == widgets::CellFontRole && index.column() == Name)
        return int(widgets::FontRole::TableFigure);
    if (role == widgets::CellToneRole && index.column() == State && row.taker.free > 0 &&
        !row.taker.inLiquidation)
        return int(widgets::Token::Secondary);
    if (role == Qt::DisplayRole) return display(row, index.column(), false);
    if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole)
        return display(row, index.column(), true);
    return {};
}

}  // namespace breakwater::ui
