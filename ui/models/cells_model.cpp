#include "ui/models/cells_model.hpp"

#include "widgets/cell_delegate.hpp"

namespace breakwater::ui {

CellsModel::CellsModel(std::span<const ColumnInfo> columns, QObject* parent)
    : ColumnModel(columns, parent) {}

void CellsModel::setRows(std::vector<TableRow> rows) {
    for (TableRow& row : rows)
        row.resize(static_cast<std::size_t>(columnCount()));
    if (rows.size() != m_rows.size()) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    m_rows = std::move(rows);
    everythingChanged();
}

void CellsModel::setStale(bool stale) {
    if (stale == m_stale) return;
    m_stale = stale;
    everythingChanged();
}

int CellsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant CellsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const TableCell& cell =
        m_rows[static_cast<std::size_t>(index.row())][static_cast<std::size_t>(index.column())];
    switch (role) {
        case Qt::DisplayRole: return cell.text;
        case Qt::ToolTipRole:
        case Qt::AccessibleTextRole: return cell.exact.isEmpty() ? cell.text : cell.exact;
        case Qt::TextAlignmentRole: return int(column(index.column()).align | Qt::AlignVCenter);
        default: return look(cell, index, role);
    }
}

QVariant CellsModel::look(const TableCell& cell, const QModelIndex& index, int role) const {
    const bool shaped = index.column() == 0 && cell.shape != widgets::Priority::None;
    switch (role) {
        case widgets::CellKindRole:
            return cell.share ? QVariant(int(widgets::CellKind::Bar))
                   : shaped   ? QVariant(int(widgets::CellKind::ShapeText))
                              : QVariant();
        case widgets::CellPriorityRole: return shaped ? QVariant(int(cell.shape)) : QVariant();
        case widgets::CellFigureRole: return int(m_stale ? widgets::Priority::None : cell.figure);
        case widgets::CellToneRole: return int(m_stale ? widgets::Token::Muted : cell.tone);
        case widgets::CellReasonRole: return cell.reason.isEmpty() ? QVariant() : cell.reason;
        case widgets::CellBarValueRole: return cell.share ? QVariant(*cell.share) : QVariant();
        case widgets::CellTotalRowRole: return cell.total ? QVariant(true) : QVariant();
        default: return {};
    }
}

}  // namespace breakwater::ui
