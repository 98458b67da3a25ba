#include "widgets/chart_table_model.hpp"

#include <algorithm>
#include <cmath>

#include "widgets/cell_delegate.hpp"
#include "widgets/format.hpp"

namespace breakwater::widgets {

ChartTableModel::ChartTableModel(QObject* parent) : QAbstractTableModel(parent) {}

void ChartTableModel::setData(const ChartData& data) {
    beginResetModel();
    m_data = data;
    m_instants.clear();
    for (const ChartSeries& series : data.series) {
        for (const QPointF& point : series.points)
            m_instants.push_back(point.x());
    }
    std::sort(m_instants.begin(), m_instants.end());
    m_instants.erase(std::unique(m_instants.begin(), m_instants.end()), m_instants.end());
    endResetModel();
}

int ChartTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_instants.size());
}

int ChartTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_data.series.size()) + 1;
}

QVariant ChartTableModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    if (role == Qt::TextAlignmentRole) return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    // Newest first: what is asked of a table is the last value.
    const double x = m_instants[m_instants.size() - 1 - index.row()];
    if (index.column() == 0) {
        if (role != Qt::DisplayRole) return {};
        return m_data.xAxis == AxisKind::Instant ? formatInstant(static_cast<std::int64_t>(x))
                                                 : formatShort(x * m_data.xFactor) + m_data.xUnit;
    }
    const QVector<QPointF>& points = m_data.series[index.column() - 1].points;
    const auto found =
        std::lower_bound(points.begin(), points.end(), x,
                         [](const QPointF& point, double value) { return point.x() < value; });
    const bool present = found != points.end() && found->x() == x && std::isfinite(found->y());
    if (role == Qt::DisplayRole)
        return present ? formatExact(found->y(), m_data.decimals) : QString();
    return {};
}

QVariant ChartTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
    if (section == 0) {
        if (role != Qt::DisplayRole) return {};
        return m_data.xAxis == AxisKind::Instant ? QStringLiteral("Time, UTC")
               : m_data.xTitle.isEmpty()         ? QStringLiteral("x")
                                                 : m_data.xTitle;
    }
    if (role == HeaderUnitRole) return m_data.unit;
    if (role == Qt::DisplayRole) return m_data.series[section - 1].name;
    return {};
}

}  // namespace breakwater::widgets
