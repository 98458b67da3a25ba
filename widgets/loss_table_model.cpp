#include "widgets/loss_table_model.hpp"

#include <array>

#include "widgets/cell_delegate.hpp"
#include "widgets/format.hpp"

namespace breakwater::widgets {

LossTableModel::LossTableModel(QObject* parent) : QAbstractTableModel(parent) {}

void LossTableModel::setData(const LossWaterfallData& next) {
    const bool same = next.layers.size() == m_data.layers.size();
    if (!same) beginResetModel();
    m_data = next;
    if (!same) return endResetModel();
    if (rowCount() > 0) emit dataChanged(index(0, 0), index(rowCount() - 1, Columns - 1));
}

// The layers, then what all of them paid.
int LossTableModel::rowCount(const QModelIndex& parent) const {
    if (parent.isValid() || m_data.layers.isEmpty()) return 0;
    return static_cast<int>(m_data.layers.size()) + 1;
}

int LossTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : Columns;
}

QVariant LossTableModel::text(int row, int column) const {
    if (row == m_data.layers.size()) {
        if (column == Name) return QStringLiteral("Loss");
        if (column == Pays) return formatExact(m_data.loss);
        return {};
    }
    const LossLayer& layer = m_data.layers[row];
    if (!layer.pays && column >= Has && column <= Used) return {};
    switch (column) {
        case Name: return layer.name;
        case Condition: return layer.condition;
        case Has: return layer.has ? formatExact(*layer.has) : lossHasText(layer);
        case Pays: return formatExact(layer.paid);
        case Left:
            return layer.has ? formatExact(*layer.has > layer.paid ? *layer.has - layer.paid : 0)
                             : lossLeftText(layer);
        case Used: return lossUsedText(layer);
        case Note: return layer.note;
        default: return {};
    }
}

QVariant LossTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const bool right = index.column() >= Has && index.column() <= Used;
    switch (role) {
        case Qt::DisplayRole: return text(index.row(), index.column());
        case Qt::TextAlignmentRole:
            return static_cast<int>((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        case CellTotalRowRole: return index.row() == m_data.layers.size();
        default: return {};
    }
}

QVariant LossTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    static constexpr std::array<const char*, Columns> titles{
        "Layer", "Pays when", "Has", "Pays", "Left", "Used", "Beside it"};
    if (orientation != Qt::Horizontal || section < 0 || section >= Columns) return {};
    const bool right = section >= Has && section <= Used;
    if (role == Qt::TextAlignmentRole)
        return static_cast<int>((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == HeaderUnitRole && right && section != Used) return QStringLiteral("$");
    if (role == Qt::DisplayRole)
        return QString::fromUtf8(titles[static_cast<std::size_t>(section)]);
    return {};
}

}  // namespace breakwater::widgets
