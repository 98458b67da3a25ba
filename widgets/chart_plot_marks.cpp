// Marks of a chart on a number axis: where one line passes another, and by how much.
#include <algorithm>
#include <cmath>

#include <QFontMetrics>

#include "widgets/chart_plot.hpp"

namespace breakwater::widgets {
namespace {

// By linear interpolation; the nearest end outside.
double valueAt(const QVector<QPointF>& points, double x) {
    if (points.isEmpty()) return 0;
    for (qsizetype i = 1; i < points.size(); ++i) {
        if (points[i].x() < x) continue;
        const QPointF a = points[i - 1], b = points[i];
        const double part = b.x() > a.x() ? (x - a.x()) / (b.x() - a.x()) : 0;
        return a.y() + (b.y() - a.y()) * std::clamp(part, 0.0, 1.0);
    }
    return points.back().y();
}

}  // namespace

void ChartPlot::paintExcess(QPainter& painter) const {
    if (!m_data.fillsExcess || m_data.series.size() < 2) return;
    const QVector<QPointF>& upper = m_data.series[0].points;
    const QVector<QPointF>& lower = m_data.series[1].points;
    if (upper.size() < 2 || lower.size() != upper.size()) return;
    const Theme& theme = Theme::current();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);  // neighbours join without a seam
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.isHighContrast() ? QBrush(theme.color(Token::Grid))
                                            : QBrush(theme.color(Token::Band)));
    for (qsizetype i = 1; i < upper.size(); ++i) {
        double left = upper[i - 1].x(), right = upper[i].x();
        const double a = upper[i - 1].y() - lower[i - 1].y();
        const double b = upper[i].y() - lower[i].y();
        if (a <= 0 && b <= 0) continue;
        if (a < 0) left += (right - left) * a / (a - b);
        if (b < 0) right = left + (right - left) * a / (a - b);
        painter.drawPolygon(
            QPolygonF{{at(left, valueAt(upper, left)), at(right, valueAt(upper, right)),
                       at(right, valueAt(lower, right)), at(left, valueAt(lower, left))}});
    }
    painter.restore();
}

void ChartPlot::paintMarker(QPainter& painter, const QRectF& box) const {
    if (!m_data.marker || m_data.series.isEmpty()) return;
    const Theme& theme = Theme::current();
    const double x = std::clamp(*m_data.marker, m_xLow, m_xHigh);
    const QPointF place = at(x, valueAt(m_data.series.front().points, x));
    const bool atEdge = place.x() - box.left() < theme.pxF(4);
    painter.setPen(theme.dashed(Token::Text, 1, 4, 3));
    if (!atEdge) painter.drawLine(place, QPointF(place.x(), box.bottom()));
    painter.setPen(theme.line(Token::Text, 1.4));
    painter.setBrush(theme.color(Token::Panel));
    painter.drawEllipse(place, theme.pxF(3.2), theme.pxF(3.2));
    const double wanted =
        QFontMetrics(theme.font(FontRole::Body)).horizontalAdvance(m_data.markerText) +
        theme.pxF(4);
    // Left of the mark where it fits: there the lines are lower.
    const bool left = place.x() - box.left() > wanted + theme.pxF(8);
    const double from = left ? place.x() - wanted - theme.pxF(8) : place.x() + theme.pxF(8);
    const double width = left ? wanted : std::min(wanted, box.right() - from);
    // At the very edge the words stand above the lines.
    const double top = atEdge ? box.top() : std::max(box.top(), place.y() - theme.pxF(20));
    paintFigure(painter, QRectF(from, top, width, theme.pxF(16)).toRect(), m_data.markerText,
                {FontRole::Body, Token::Text, Priority::None, RowState::Plain,
                 (left ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter});
}

}  // namespace breakwater::widgets
