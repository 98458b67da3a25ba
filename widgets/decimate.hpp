#pragma once
// Min/max decimation: at most two points a pixel, and no spike is lost.

#include <span>

#include <QPointF>
#include <QVector>

namespace breakwater::widgets {

// Points must ascend in x. The first and last point and each column's minimum and maximum
// survive, in their order of x. At most 2 * columns points; fewer in, unchanged out.
QVector<QPointF> decimateMinMax(std::span<const QPointF> points, int columns);
QVector<QPointF> decimateMinMax(std::span<const double> values, int columns);  // x = index

}  // namespace breakwater::widgets
