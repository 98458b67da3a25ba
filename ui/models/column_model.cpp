#include "ui/models/column_model.hpp"

#include "widgets/cell_delegate.hpp"

namespace breakwater::ui {

ColumnModel::ColumnModel(std::span<const ColumnInfo> columns, QObject* parent)
    : QAbstractTableModel(parent), m_columns(columns) {}

int ColumnModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant ColumnModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) return {};
    const ColumnInfo& info = column(section);
    switch (role) {
        case Qt::DisplayRole: return QString::fromUtf8(info.title);
        case Qt::TextAlignmentRole: return int(info.align | Qt::AlignVCenter);
        case Qt::ToolTipRole: return QString::fromUtf8(info.hint);
        case widgets::HeaderUnitRole: return QString::fromUtf8(info.unit);
        default: return {};
    }
}

QVector<int> ColumnModel::widths() const {
    QVector<int> out;
    for (const ColumnInfo& info : m_columns)
        out.append(info.width);
    return out;
}

void ColumnModel::everythingChanged() {
    if (rowCount() == 0) return;
    emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

void ColumnModel::moveIndexes(const std::vector<int>& newRowOf) {
    const QModelIndexList before = persistentIndexList();
    QModelIndexList after;
    after.reserve(before.size());
    for (const QModelIndex& old : before) {
        const auto row = static_cast<std::size_t>(old.row());
        const int moved = row < newRowOf.size() ? newRowOf[row] : -1;
        after.append(moved < 0 ? QModelIndex() : index(moved, old.column()));
    }
    changePersistentIndexList(before, after);
}

}  // namespace breakwater::ui
