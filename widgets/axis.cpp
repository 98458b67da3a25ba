#include "widgets/axis.hpp"

#include <algorithm>
#include <cmath>

namespace breakwater::widgets {
namespace {
constexpr double steps[] = {1, 2, 2.5, 5, 10};
}

double niceCeiling(double value) {
    if (!(value > 0) || !std::isfinite(value)) return 1;
    const double power = std::pow(10.0, std::floor(std::log10(value)));
    for (double step : steps) {
        if (step * power >= value * (1 - 1e-12)) return step * power;
    }
    return 10 * power;
}

QVector<double> ticksBetween(double low, double high, int wanted) {
    QVector<double> ticks;
    const double span = high - low;
    if (!(span > 0) || !std::isfinite(span) || wanted < 1) return ticks;
    const double step = niceCeiling(span / wanted);
    const double first = std::ceil(low / step - 1e-9);
    const double last = std::floor(high / step + 1e-9);
    for (double i = first; i <= last && ticks.size() <= wanted; ++i) {
        const double tick = i * step;
        ticks.push_back(tick == 0 ? 0.0 : tick);
    }
    return ticks;
}

QVector<double> axisTicks(double low, double high) {
    for (int wanted = 4; wanted <= 8; ++wanted) {
        const QVector<double> ticks = ticksBetween(low, high, wanted);
        if (ticks.size() >= 3 && ticks.size() <= 5) return ticks;
    }
    return ticksBetween(low, high, 4);
}

}  // namespace breakwater::widgets
