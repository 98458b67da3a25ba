#include "ui/models/cells_model.hpp"

#include <algorithm>

namespace breakwater::ui {

CellsModel::CellsModel(std::span<const ColumnInfo> columns, QObject* parent)
    : ColumnModel(columns, parent) {}

void CellsModel::setRows(std::vector<CellRow> rows) {
    const bool same = rows.size() == m_rows.size() &&
                      std::equal(rows.begin(), rows.end(), m_rows.begin(),
                                 [](const CellRow& a, const CellRow& b) { return a.key == b.key; });
    if (!same) beginResetModel();
    m_rows = std::move(rows);
    if (!same) return endResetModel();
    everythingChanged();
}

void CellsModel::setStale(bool stale) {
    if (stale == m_stale) return;
    m_stale = stale;
    everythingChanged();
}

int CellsModel::rowOf(const QString& key) const {
    const auto found = std::find_if(m_rows.begin(), m_rows.end(),
                                    [&](const CellRow& row) { return row.key == key; });
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int CellsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant CellsModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const CellRow& row = m_rows[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<std::size_t>(index.column());
    if (column >= row.cells.size()) return {};
    const Cell& cell = row.cells[column];
    switch (role) {
        case Qt::DisplayRole: return cell.text;
        case Qt::ToolTipRole:
        case Qt::AccessibleTextRole: return cell.exact.isEmpty() ? cell.text : cell.exact;
        case Qt::TextAlignmentRole:
            return int(this->column(index.column()).align | Qt::AlignVCenter);
        case widgets::CellTotalRowRole: return row.total ? QVariant(true) : QVariant();
        default: break;
    }
    if (m_stale && role == widgets::CellToneRole) return int(widgets::Token::Muted);
    if (m_stale && role == widgets::CellFigureRole) return int(widgets::Priority::None);
    for (const auto& [key, value] : cell.roles) {
        if (key == role) return value;
    }
    return {};
}

}  // namespace breakwater::ui
