#include "ui/models/legs_model.hpp"

#include <array>

#include "core/risk/margin.hpp"
#include "ui/text.hpp"
#include "widgets/cell_delegate.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {
namespace {

constexpr std::array<ColumnInfo, LegsModel::Columns> kColumns{{
    {"Instrument", "", 84, Qt::AlignLeft, "Market of the position"},
    {"Size", "", 66, Qt::AlignRight, "Contracts, signed"},
    {"uPnL", "$", 62, Qt::AlignRight, "Unrealised profit at the mark"},
    {"Maint.", "$", 62, Qt::AlignRight, "Maintenance requirement of this leg"},
}};

}  // namespace

LegsModel::LegsModel(QObject* parent) : ColumnModel(kColumns, parent) {}

void LegsModel::setAccount(const view::Snapshot* snapshot, std::optional<AccountId> account) {
    std::vector<Row> rows;
    if (snapshot != nullptr && account) {
        for (const Leg& leg : view::legsOf(*snapshot, *account)) {
            const Market& market = (*snapshot->markets)[leg.instrument.value()];
            Row row;
            row.symbol = text(market.instrument.symbol);
            row.size = leg.quantity.toDouble();
            row.marked = market.hasMark;
            if (row.marked) {
                const Money value = notional(leg.quantity, market.mark, Round::TowardZero);
                row.unrealised = (value - leg.cost).toDouble();
                row.margin =
                    requirementOf(market.instrument.tiers, value.abs()).maintenance.toDouble();
            }
            rows.push_back(std::move(row));
        }
    }
    takeRows(m_rows, std::move(rows));
}

int LegsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant LegsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::TextAlignmentRole) return int(column(index.column()).align | Qt::AlignVCenter);
    if (role == widgets::CellReasonRole && !row.marked && index.column() > Size)
        return QStringLiteral("no mark");
    const bool exact = role == Qt::ToolTipRole || role == Qt::AccessibleTextRole;
    if (role != Qt::DisplayRole && !exact) return {};
    switch (index.column()) {
        case Name: return row.symbol;
        case Size: return widgets::formatQuantity(row.size, widgets::Sign::Always);
        case Unrealised:
            return exact ? widgets::formatExact(row.unrealised, 2, widgets::Sign::Always)
                         : widgets::formatShort(row.unrealised, -1, widgets::Sign::Always);
        case Margin:
            return exact ? widgets::formatExact(row.margin) : widgets::formatShort(row.margin);
        default: return {};
    }
}

}  // namespace breakwater::ui
