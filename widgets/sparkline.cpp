#include "widgets/sparkline.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <QPainter>
#include <QPainterPath>

#include "widgets/decimate.hpp"

namespace breakwater::widgets {
namespace {

struct Span {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();
    void take(double value) {
        if (!std::isfinite(value)) return;
        low = std::min(low, value);
        high = std::max(high, value);
    }
};

}  // namespace

void paintSparkline(QPainter& painter, const QRectF& box, const SparklineData& data) {
    if (data.points.size() < 2 || box.width() < 4) return;
    const Theme& theme = Theme::current();
    Span span;
    for (double value : data.points)
        span.take(value);
    if (!std::isfinite(span.low)) return;
    if (data.limit) span.take(*data.limit);
    const double margin = theme.pxF(3);  // room for the end dot
    const QRectF plot = box.adjusted(1, margin, -margin, -margin);
    const double height = span.high - span.low;
    const auto last = static_cast<double>(data.points.size() - 1);
    const auto at = [&](const QPointF& p) {
        const double y = height > 0 ? (span.high - p.y()) / height : 0.5;
        return QPointF(plot.left() + plot.width() * p.x() / last, plot.top() + plot.height() * y);
    };
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    if (data.limit) {
        painter.setPen(theme.dashed(Token::Ctl, 1, 2, 2));
        const double y = at({0, *data.limit}).y();
        painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y));
    }
    const std::span<const double> values(data.points.constData(),
                                         static_cast<std::size_t>(data.points.size()));
    QPainterPath path;
    bool pen = false;
    for (const QPointF& point : decimateMinMax(values, static_cast<int>(plot.width()))) {
        if (!std::isfinite(point.y())) {
            pen = false;
            continue;
        }
        if (pen)
            path.lineTo(at(point));
        else
            path.moveTo(at(point));
        pen = true;
    }
    painter.setPen(theme.line(Token::Secondary, 1.25));
    painter.drawPath(path);
    if (std::isfinite(data.points.back())) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.color(priorityToken(data.endPriority)));
        if (data.endPriority != Priority::None && theme.figuresAreChips())
            painter.setPen(theme.hairline(Token::Ink));
        painter.drawEllipse(at({last, data.points.back()}), theme.pxF(2.2), theme.pxF(2.2));
    }
    painter.restore();
}

Sparkline::Sparkline(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(QStringLiteral("sparkline"));
}

void Sparkline::setData(const SparklineData& next) {
    m_data = next;
    setAccessibleName(next.name.isEmpty() ? QStringLiteral("sparkline") : next.name);
    update();
}

QSize Sparkline::sizeHint() const { return {Theme::current().px(104), Theme::current().px(26)}; }

void Sparkline::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintSparkline(painter, rect(), m_data);
}

}  // namespace breakwater::widgets
