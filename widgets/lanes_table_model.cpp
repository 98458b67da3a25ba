#include "widgets/lanes_table_model.hpp"

#include <algorithm>
#include <cmath>

#include "widgets/format.hpp"

namespace breakwater::widgets {
namespace {

bool hasValues(const Lane& lane) {
    return lane.kind != LaneKind::Spans && lane.kind != LaneKind::Marks;
}

}  // namespace

LanesTableModel::LanesTableModel(QObject* parent) : QAbstractTableModel(parent) {}

void LanesTableModel::setData(const LanesData& next) {
    const bool same = next.columns == m_data.columns && next.lanes.size() == m_data.lanes.size() &&
                      next.from == m_data.from && next.to == m_data.to;
    if (same) {
        m_data = next;
        if (rowCount() > 0) emit dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        return;
    }
    beginResetModel();
    m_data = next;
    endResetModel();
}

int LanesTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : m_data.columns;
}

int LanesTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_data.lanes.size()) + 1;
}

TimeRange LanesTableModel::timesOf(int row) const {
    const double step = (m_data.to - m_data.from) / m_data.columns;
    return {m_data.from + step * row, m_data.from + step * (row + 1)};
}

int LanesTableModel::rowAt(double utcMs) const {
    if (m_data.columns == 0 || m_data.to <= m_data.from) return -1;
    const double step = (m_data.to - m_data.from) / m_data.columns;
    return std::clamp(static_cast<int>((utcMs - m_data.from) / step), 0, m_data.columns - 1);
}

QString LanesTableModel::cell(const Lane& lane, int row) const {
    const auto [from, to] = timesOf(row);
    if (hasValues(lane)) {
        const double value =
            row < lane.values.size() && from < m_data.known ? lane.values[row] : std::nan("");
        return lane.decimals < 0 ? formatShort(value) : formatExact(value, lane.decimals);
    }
    QStringList texts;
    for (const LaneSpan& span : lane.spans) {
        if (span.from < to && span.to > from) texts.append(span.text);
    }
    const auto first =
        std::lower_bound(lane.marks.begin(), lane.marks.end(), from,
                         [](const LaneMark& mark, double at) { return mark.at < at; });
    for (auto mark = first; mark != lane.marks.end() && mark->at < to; ++mark)
        texts.append(mark->text);
    return texts.join(QStringLiteral("; "));
}

QVariant LanesTableModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    if (index.column() == 0) {
        if (role == Qt::DisplayRole)
            return formatInstant(
                static_cast<std::int64_t>(std::floor(timesOf(index.row()).second)));
        return role == Qt::TextAlignmentRole ? QVariant(int(Qt::AlignLeft | Qt::AlignVCenter))
                                             : QVariant();
    }
    const Lane& lane = m_data.lanes[index.column() - 1];
    if (role == Qt::DisplayRole || role == Qt::ToolTipRole) return cell(lane, index.row());
    if (role == Qt::TextAlignmentRole)
        return int((hasValues(lane) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return {};
}

QVariant LanesTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || section < 0 || section >= columnCount()) return {};
    if (section == 0) {
        if (role == Qt::DisplayRole) return QStringLiteral("Until");
        return role == Qt::TextAlignmentRole ? QVariant(int(Qt::AlignLeft | Qt::AlignVCenter))
                                             : QVariant();
    }
    const Lane& lane = m_data.lanes[section - 1];
    if (role == Qt::DisplayRole) return lane.name;
    if (role == Qt::TextAlignmentRole)
        return int((hasValues(lane) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    return {};
}

QVector<int> LanesTableModel::widths() const {
    QVector<int> out{84};
    for (const Lane& lane : m_data.lanes)
        out.append(hasValues(lane) ? 92 : 160);
    return out;
}

}  // namespace breakwater::widgets
