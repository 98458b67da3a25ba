#pragma once
// Round ticks for axes.

#include <QVector>

namespace breakwater::widgets {

// 1, 2, 2.5 or 5 times a power of ten, the smallest such number >= value.
double niceCeiling(double value);
// Round numbers inside [low, high], about `wanted` of them, never more than wanted + 1.
QVector<double> ticksBetween(double low, double high, int wanted);
// Three to five round numbers, as every vertical axis of the design has.
QVector<double> axisTicks(double low, double high);

}  // namespace breakwater::widgets
