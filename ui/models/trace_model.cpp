#include "ui/models/trace_model.hpp"

#include <array>

#include "ui/text.hpp"
#include "widgets/cell_delegate.hpp"

namespace breakwater::ui {
namespace {

constexpr std::array<ColumnInfo, TraceModel::Columns> kColumns{{
    {"When", "UTC", 78, Qt::AlignLeft, "Venue time"},
    {"What", "", 240, Qt::AlignLeft, "What happened to it"},
}};

}  // namespace

TraceModel::TraceModel(QObject* parent) : ColumnModel(kColumns, parent) {}

void TraceModel::setLiquidation(const view::Snapshot* snapshot, LiquidationId id) {
    std::vector<Row> rows;
    const view::LiquidationTrace* trace =
        snapshot != nullptr ? view::traceOf(*snapshot, id) : nullptr;
    if (trace != nullptr) {
        for (std::size_t i = trace->entries.size(); i-- > 0;) {
            const view::QueueEntry& entry = trace->entries[i];
            rows.push_back(
                {clockText(entry.last).chopped(1), text(view::textOf(entry, *snapshot))});
            if (i == 1 && trace->dropped > 0)
                rows.push_back(
                    {{},
                     QStringLiteral("%1 earlier entries are in the record").arg(trace->dropped)});
        }
        if (!trace->whole) rows.push_back({{}, QStringLiteral("began before this window watched")});
    }
    takeRows(m_rows, std::move(rows));
}

int TraceModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant TraceModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
        return index.column() == When ? row.when : row.what;
    if (index.column() == When && role == widgets::CellFontRole)
        return int(widgets::FontRole::TableFigure);
    if (role == widgets::CellToneRole && (index.column() == When || row.when.isEmpty()))
        return int(widgets::Token::Secondary);
    return {};
}

}  // namespace breakwater::ui
