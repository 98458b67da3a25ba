#include "ui/models/flows_model.hpp"

#include <array>

#include "ui/text.hpp"
#include "widgets/cell_delegate.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {
namespace {

constexpr std::array<ColumnInfo, FlowsModel::Columns> kColumns{{
    {"Cause", "", 150, Qt::AlignLeft, "As the venue's event names it"},
    {"Last hour", "$", 92, Qt::AlignRight, "In whole minutes, the running one included"},
    {"Session", "$", 100, Qt::AlignRight, "Since the record began, or since it was opened"},
    {"Count", "", 66, Qt::AlignRight, "Movements of the session"},
}};

QString causeText(const std::string& cause) {
    if (cause == "liquidation fee") return QStringLiteral("liquidation fees");
    if (cause == "deficit") return QStringLiteral("deficits paid");
    if (cause == "recovery") return QStringLiteral("recovered from accounts");
    return text(cause);
}

}  // namespace

FlowsModel::FlowsModel(QObject* parent) : ColumnModel(kColumns, parent) {}

void FlowsModel::setFlows(const std::vector<view::FundFlow>& flows) {
    std::vector<view::FundFlow> rows = flows;
    if (!rows.empty()) {
        view::FundFlow sum;
        for (const view::FundFlow& flow : flows) {
            sum.session += flow.session;
            sum.lastHour += flow.lastHour;
            sum.count += flow.count;
        }
        rows.push_back(std::move(sum));
    }
    takeRows(m_rows, std::move(rows));
}

int FlowsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant FlowsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const bool total = index.row() + 1 == rowCount();
    if (role == widgets::CellTotalRowRole) return total;
    if (role == Qt::TextAlignmentRole) return int(column(index.column()).align | Qt::AlignVCenter);
    const bool exact = role == Qt::ToolTipRole || role == Qt::AccessibleTextRole;
    if (role != Qt::DisplayRole && !exact) return {};
    const view::FundFlow& row = m_rows[static_cast<std::size_t>(index.row())];
    const auto money = [&](Money amount) {
        return exact ? widgets::formatExact(amount.toDouble(), 2, widgets::Sign::Always)
               : amount.isZero()
                   ? QString()
                   : widgets::formatShort(amount.toDouble(), -1, widgets::Sign::Always);
    };
    switch (index.column()) {
        case Cause: return total ? QStringLiteral("Sum, the fund's change") : causeText(row.cause);
        case Hour: return money(row.lastHour);
        case Session: return money(row.session);
        case Count: return widgets::formatCount(static_cast<std::int64_t>(row.count));
        default: return {};
    }
}

}  // namespace breakwater::ui
