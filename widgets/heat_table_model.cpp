#include "widgets/heat_table_model.hpp"

#include "widgets/cell_delegate.hpp"

namespace breakwater::widgets {

HeatTableModel::HeatTableModel(QObject* parent) : QAbstractTableModel(parent) {}

void HeatTableModel::setData(const HeatMapData& data) {
    // Dragging a slider changes figures, not axes: the reader keeps its place.
    const bool same =
        data.across == m_data.across && data.up == m_data.up && data.isEmpty() == m_data.isEmpty();
    if (!same) beginResetModel();
    m_data = data;
    if (!same) {
        endResetModel();
    } else if (rowCount() > 0) {
        emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
    }
}

int HeatTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() || m_data.isEmpty() ? 0 : m_data.rows();
}

int HeatTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() || m_data.isEmpty() ? 0 : m_data.columns() + 1;
}

QVariant HeatTableModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    if (role == Qt::TextAlignmentRole) return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    const int row = m_data.rows() - 1 - index.row();
    if (index.column() == 0) {
        if (role == CellToneRole) return static_cast<int>(Token::Secondary);
        return role == Qt::DisplayRole ? QVariant(m_data.up[row]) : QVariant();
    }
    const int at = m_data.index({index.column() - 1, row});
    switch (role) {
        case Qt::DisplayRole: return m_data.texts.value(at);
        case Qt::ToolTipRole:
        case Qt::AccessibleTextRole: return m_data.exact.value(at);
        case CellFontRole:
            return static_cast<int>(m_data.past.value(at) ? FontRole::TableTotal
                                                          : FontRole::TableFigure);
        default: return {};
    }
}

QVariant HeatTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) return {};
    if (role == Qt::TextAlignmentRole) return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (role != Qt::DisplayRole) return {};
    return section == 0 ? m_data.upName : m_data.across[section - 1];
}

}  // namespace breakwater::widgets
