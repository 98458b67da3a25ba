#include "widgets/decimate.hpp"

#include <algorithm>
#include <cmath>

namespace breakwater::widgets {
namespace {

// One column's lowest and highest point, in their order of x.
void keepExtremes(std::span<const QPointF> column, QVector<QPointF>& out) {
    if (column.empty()) return;
    const auto [low, high] =
        std::minmax_element(column.begin(), column.end(),
                            [](const QPointF& a, const QPointF& b) { return a.y() < b.y(); });
    out.push_back(*std::min(low, high));
    if (low != high) out.push_back(*std::max(low, high));
}

}  // namespace

QVector<QPointF> decimateMinMax(std::span<const QPointF> points, int columns) {
    const auto room = static_cast<std::size_t>(std::max(2, 2 * columns));
    QVector<QPointF> out;
    if (points.size() <= room) {
        out = QVector<QPointF>(points.begin(), points.end());
        return out;
    }
    if (columns < 3) {
        keepExtremes(points, out);
        return out;
    }
    // First and last stand outside the columns, so the line ends where the data end.
    out.reserve(static_cast<qsizetype>(room));
    out.push_back(points.front());
    const auto inner = points.subspan(1, points.size() - 2);
    const auto buckets = static_cast<std::size_t>(columns - 1);
    const double from = inner.front().x();
    const double span = inner.back().x() - from;
    std::size_t begin = 0;
    for (std::size_t bucket = 0; bucket < buckets; ++bucket) {
        std::size_t end = begin;
        if (bucket + 1 == buckets || !(span > 0)) {
            end = bucket + 1 == buckets ? inner.size() : begin;
        } else {
            const double edge =
                from + span * static_cast<double>(bucket + 1) / static_cast<double>(buckets);
            while (end < inner.size() && inner[end].x() < edge)
                ++end;
        }
        keepExtremes(inner.subspan(begin, end - begin), out);
        begin = end;
    }
    out.push_back(points.back());
    return out;
}

QVector<QPointF> decimateMinMax(std::span<const double> values, int columns) {
    QVector<QPointF> points;
    points.reserve(static_cast<qsizetype>(values.size()));
    for (std::size_t i = 0; i < values.size(); ++i)
        points.push_back({static_cast<double>(i), values[i]});
    return decimateMinMax(std::span<const QPointF>(points.constData(), values.size()), columns);
}

}  // namespace breakwater::widgets
