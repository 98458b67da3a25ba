// The tick labels below a chart: numbers or times, never one over another.
#include <algorithm>
#include <cmath>

#include <QFontMetrics>

#include "widgets/axis.hpp"
#include "widgets/chart_plot.hpp"
#include "widgets/format.hpp"

namespace breakwater::widgets {

void ChartPlot::paintTick(QPainter& painter, const QRectF& box, double x, const QString& text,
                          double& freeFrom, double end) const {
    const Theme& theme = Theme::current();
    painter.setFont(theme.font(FontRole::Tick));
    painter.setPen(theme.color(Token::Muted));
    const double width = QFontMetrics(painter.font()).horizontalAdvance(text) + 1;
    const double left = std::clamp(x - width / 2, 0.0, std::max(0.0, this->width() - width));
    if (left < freeFrom || left + width > end) return;
    painter.drawText(QRectF(left, box.bottom() + theme.pxF(4), width, theme.pxF(15)),
                     Qt::AlignLeft | Qt::AlignVCenter, text);
    freeFrom = left + width + theme.pxF(14);
}

void ChartPlot::paintTimeTicks(QPainter& painter, const QRectF& box) const {
    static constexpr double minute = 60'000;
    const double room = QFontMetrics(Theme::current().font(FontRole::Tick))
                            .horizontalAdvance(QStringLiteral("00:00"));
    const auto text = [](double ms) { return formatClockMinutes(static_cast<std::int64_t>(ms)); };
    double freeFrom = 0;
    // First and last always; round instants only where they fit between.
    paintTick(painter, box, box.left() + room / 2, text(m_xLow), freeFrom, width());
    const double lastLeft = std::min(box.right() - room / 2, this->width() - room) - room;
    double step = minute;
    const int wanted = std::max(1, static_cast<int>(box.width() / (room * 3)));
    for (double candidate : {1., 2., 5., 10., 15., 30., 60., 120., 240., 360., 720., 1440.}) {
        step = candidate * minute;
        if ((m_xHigh - m_xLow) / step <= wanted) break;
    }
    for (double t = std::ceil(m_xLow / step) * step; t < m_xHigh && step > 0; t += step) {
        paintTick(painter, box, at(t, 0).x(), text(t), freeFrom, lastLeft);
    }
    freeFrom = 0;
    paintTick(painter, box, box.right() - room / 2, text(m_xHigh), freeFrom, width() + 1.0);
}

void ChartPlot::paintNumberTicks(QPainter& painter, const QRectF& box) const {
    double freeFrom = 0;
    for (double tick : ticksBetween(m_xLow, m_xHigh, 5)) {
        paintTick(painter, box, at(tick, 0).x(), formatShort(tick * m_data.xFactor) + m_data.xUnit,
                  freeFrom, width() + 1.0);
    }
}

}  // namespace breakwater::widgets
