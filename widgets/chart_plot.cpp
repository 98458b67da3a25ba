#include "widgets/chart_plot.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <QChart>
#include <QFontMetrics>
#include <QGraphicsLayout>
#include <QLineSeries>
#include <QValueAxis>

#include "widgets/axis.hpp"
#include "widgets/decimate.hpp"
#include "widgets/format.hpp"

namespace breakwater::widgets {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

QPen penOf(const Theme& theme, SeriesStyle style) {
    if (style == SeriesStyle::Compared) return theme.dashed(Token::Bar2, 1.3, 4, 2);
    return theme.line(style == SeriesStyle::Main ? Token::Text : Token::Ser, 1.7);
}

}  // namespace

ChartPlot::ChartPlot(QWidget* parent) : QChartView(parent) {
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setRenderHint(QPainter::Antialiasing);
    setBackgroundBrush(Qt::NoBrush);
    viewport()->setAutoFillBackground(false);
    viewport()->setFocusPolicy(Qt::NoFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setStyleSheet(QStringLiteral("background: transparent; border: none;"));
    setViewportUpdateMode(QGraphicsView::FullViewportUpdate);
    QChart* frame = chart();
    frame->setBackgroundVisible(false);
    frame->setPlotAreaBackgroundVisible(false);
    frame->legend()->hide();
    frame->setAnimationOptions(QChart::NoAnimation);
    frame->setMargins({0, 0, 0, 0});
    frame->layout()->setContentsMargins(0, 0, 0, 0);
    m_x = new QValueAxis(frame);
    m_y = new QValueAxis(frame);
    for (QValueAxis* axis : {m_x, m_y}) {
        axis->setVisible(false);
        frame->addAxis(axis, axis == m_x ? Qt::AlignBottom : Qt::AlignLeft);
    }
}

void ChartPlot::show(const ChartData& next) {
    m_data = next;
    relayout();
}

void ChartPlot::relayout() {
    computeRange();
    chart()->setPlotArea(plotBox());
    m_x->setRange(m_xLow, m_xHigh);
    m_y->setRange(m_yLow, m_yHigh);
    decimate();
    replaceLines();
    resetCachedContent();
    viewport()->update();
}

void ChartPlot::computeRange() {
    double xLow = infinity, xHigh = -infinity, yLow = infinity, yHigh = -infinity;
    for (const ChartSeries& series : m_data.series) {
        for (const QPointF& point : series.points) {
            if (!std::isfinite(point.x())) continue;
            xLow = std::min(xLow, point.x());
            xHigh = std::max(xHigh, point.x());
            if (!std::isfinite(point.y())) continue;
            yLow = std::min(yLow, point.y());
            yHigh = std::max(yHigh, point.y());
        }
    }
    for (const auto& value : {m_data.limit, m_data.bandLow, m_data.bandHigh}) {
        if (!value) continue;
        yLow = std::min(yLow, *value);
        yHigh = std::max(yHigh, *value);
    }
    if (m_data.kind == ChartKind::Bars) yLow = std::min(yLow, 0.0);
    if (!(xLow < xHigh)) xLow = std::isfinite(xLow) ? xLow - 1 : 0, xHigh = xLow + 2;
    if (!std::isfinite(yLow)) yLow = 0, yHigh = 1;
    if (!(yLow < yHigh)) yLow -= 1, yHigh += 1;
    const double air = (yHigh - yLow) * 0.06;
    m_xLow = m_data.xMinimum.value_or(xLow);
    m_xHigh = m_data.xMaximum.value_or(xHigh);
    m_yLow = m_data.yMinimum.value_or(m_data.kind == ChartKind::Bars ? yLow : yLow - air);
    m_yHigh = m_data.yMaximum.value_or(yHigh + air);
}

QString ChartPlot::yText(double value) const {
    return std::fabs(value) >= 10'000 ? formatShort(value) : formatExact(value, m_data.decimals);
}

QRectF ChartPlot::plotBox() const {
    const Theme& theme = Theme::current();
    const QFontMetrics ticks(theme.font(FontRole::Tick));
    const QFontMetrics words(theme.font(FontRole::Body));
    int left = 0;
    for (double tick : axisTicks(m_yLow, m_yHigh)) {
        left = std::max(left, ticks.horizontalAdvance(yText(tick) + m_data.unit));
    }
    int right = theme.px(4);
    if (m_data.kind == ChartKind::Lines) {
        for (const ChartSeries& series : m_data.series) {
            if (!series.name.isEmpty())
                right = std::max(right, words.horizontalAdvance(series.name) + theme.px(10));
        }
    }
    // Words may take a third of the width; past that the labels are elided, not the plot.
    right = std::min(right, width() / 3);
    return QRectF(rect()).adjusted(left + theme.px(8), theme.px(10), -right, -theme.px(20));
}

void ChartPlot::decimate() {
    m_segments.clear();
    const int columns = std::max(2, static_cast<int>(plotBox().width() * devicePixelRatioF()));
    for (int s = 0; s < m_data.series.size(); ++s) {
        const QVector<QPointF>& points = m_data.series[s].points;
        const double span = m_xHigh - m_xLow;
        qsizetype begin = 0;
        while (begin < points.size()) {
            if (!std::isfinite(points[begin].y())) {
                ++begin;
                continue;
            }
            qsizetype end = begin;
            while (end < points.size() && std::isfinite(points[end].y()))
                ++end;
            // A stretch gets the columns it covers, so all stretches together keep to two a pixel.
            const double share = span > 0 ? (points[end - 1].x() - points[begin].x()) / span : 1;
            const int room = std::max(2, static_cast<int>(columns * std::clamp(share, 0.0, 1.0)));
            const std::span<const QPointF> stretch(points.constData() + begin,
                                                   static_cast<std::size_t>(end - begin));
            m_segments.push_back({s, decimateMinMax(stretch, room)});
            begin = end;
        }
    }
}

void ChartPlot::replaceLines() {
    const auto wanted = m_data.kind == ChartKind::Lines ? m_segments.size() : 0;
    while (m_lines.size() < wanted) {
        auto* line = new QLineSeries(chart());
        chart()->addSeries(line);
        line->attachAxis(m_x);
        line->attachAxis(m_y);
        m_lines.push_back(line);
    }
    while (m_lines.size() > wanted) {
        chart()->removeSeries(m_lines.back());
        delete m_lines.takeLast();
    }
    const Theme& theme = Theme::current();
    for (qsizetype i = 0; i < wanted; ++i) {
        m_lines[i]->setPen(penOf(theme, m_data.series[m_segments[i].series].style));
        m_lines[i]->replace(m_segments[i].points);
    }
}

int ChartPlot::plottedPoints(int series) const {
    qsizetype count = 0;
    for (const Segment& segment : m_segments) {
        if (segment.series == series) count += segment.points.size();
    }
    return static_cast<int>(count);
}

QPointF ChartPlot::at(double x, double y) const {
    const QRectF box = plotBox();
    return {box.left() + box.width() * (x - m_xLow) / (m_xHigh - m_xLow),
            box.bottom() - box.height() * (y - m_yLow) / (m_yHigh - m_yLow)};
}

void ChartPlot::drawBackground(QPainter* painter, const QRectF&) {
    const QRectF box = plotBox();
    painter->save();
    paintBand(*painter, box);
    paintExcess(*painter);
    paintGrid(*painter, box);
    if (m_data.kind == ChartKind::Bars) paintBars(*painter, box);
    painter->restore();
}

void ChartPlot::drawForeground(QPainter* painter, const QRectF&) {
    const QRectF box = plotBox();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintPastLimit(*painter, box);
    paintLimit(*painter, box);
    paintMarker(*painter, box);
    if (m_data.kind == ChartKind::Lines) paintEndLabels(*painter, box);
    if (m_data.xAxis == AxisKind::Instant)
        paintTimeTicks(*painter, box);
    else
        paintNumberTicks(*painter, box);
    if (!m_data.staleAge.isEmpty()) {
        const Theme& theme = Theme::current();
        paintHatch(*painter, box.toRect());
        paintStale(*painter,
                   QRect(static_cast<int>(box.right()) - theme.px(90), static_cast<int>(box.top()),
                         theme.px(90), theme.px(18)),
                   {}, m_data.staleAge,
                   {FontRole::Tick, Token::Muted, Priority::None, RowState::Plain,
                    Qt::AlignRight | Qt::AlignVCenter});
    }
    painter->restore();
}

void ChartPlot::paintBand(QPainter& painter, const QRectF& box) const {
    if (!m_data.bandLow || !m_data.bandHigh) return;
    const Theme& theme = Theme::current();
    const QRectF band(QPointF(box.left(), at(0, *m_data.bandHigh).y()),
                      QPointF(box.right(), at(0, *m_data.bandLow).y()));
    const QRectF inside = band.intersected(box);
    if (theme.isHighContrast()) {
        painter.setPen(theme.hairline(Token::Line));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(inside);
    } else {
        painter.fillRect(inside, theme.color(Token::Band, 0.6));
    }
    paintFigure(painter, inside.adjusted(theme.px(6), 0, -theme.px(6), 0).toRect(), m_data.bandText,
                {FontRole::Caption, Token::Muted, Priority::None, RowState::Plain,
                 Qt::AlignRight | Qt::AlignVCenter});
}

void ChartPlot::paintGrid(QPainter& painter, const QRectF& box) const {
    const Theme& theme = Theme::current();
    const QVector<double> ticks = axisTicks(m_yLow, m_yHigh);
    for (qsizetype i = 0; i < ticks.size(); ++i) {
        const double y = std::round(at(0, ticks[i]).y());
        const bool zero = ticks[i] == 0;
        painter.fillRect(QRectF(box.left(), y, box.width(), 1),
                         theme.color(zero ? Token::Line2 : Token::Grid));
        const QString text = yText(ticks[i]) + m_data.unit;
        painter.setFont(theme.font(FontRole::Tick));
        painter.setPen(theme.color(Token::Muted));
        painter.drawText(QRectF(0, y - theme.pxF(8), box.left() - theme.pxF(8), theme.pxF(16)),
                         Qt::AlignRight | Qt::AlignVCenter, text);
    }
}

void ChartPlot::paintBars(QPainter& painter, const QRectF& box) const {
    if (m_data.series.isEmpty() || m_data.series.front().points.isEmpty()) return;
    const Theme& theme = Theme::current();
    const ChartSeries& series = m_data.series.front();
    const double slot = box.width() / static_cast<double>(series.points.size());
    const double zero = at(0, std::clamp(0.0, m_yLow, m_yHigh)).y();
    for (qsizetype i = 0; i < series.points.size(); ++i) {
        const double value = series.points[i].y();
        if (!std::isfinite(value)) continue;
        const double left = std::round(box.left() + slot * static_cast<double>(i));
        const double right =
            std::round(box.left() + slot * static_cast<double>(i + 1)) - (slot > 3 ? 1 : 0);
        const double top = std::round(at(0, value).y());
        const QRectF bar =
            QRectF(QPointF(left, top), QPointF(std::max(right, left + 1), std::round(zero)))
                .normalized();
        painter.fillRect(bar, theme.color(Token::Bar));
        const bool above = m_data.limitSide == LimitSide::Above;
        const bool past = m_data.limit && (above ? value > *m_data.limit : value < *m_data.limit);
        if (!past || series.pastLimit == Priority::None) continue;
        const QRectF beyond =
            above ? QRectF(bar.topLeft(), QPointF(bar.right(), at(0, *m_data.limit).y()))
                  : QRectF(QPointF(bar.left(), at(0, *m_data.limit).y()), bar.bottomRight());
        painter.fillRect(beyond.intersected(bar), theme.color(priorityToken(series.pastLimit)));
    }
}

void ChartPlot::paintPastLimit(QPainter& painter, const QRectF& box) const {
    if (!m_data.limit || m_data.kind != ChartKind::Lines) return;
    const Theme& theme = Theme::current();
    const double y = at(0, *m_data.limit).y();
    const bool above = m_data.limitSide == LimitSide::Above;
    QRectF beyond = box.adjusted(0, -2, 2, 2);
    if (above)
        beyond.setBottom(y);
    else
        beyond.setTop(y);
    painter.save();
    painter.setClipRect(beyond);
    for (const Segment& segment : m_segments) {
        const Priority priority = m_data.series[segment.series].pastLimit;
        if (priority == Priority::None) continue;
        QPolygonF line;
        for (const QPointF& point : segment.points)
            line << at(point.x(), point.y());
        // Yellow on white needs an edge to be seen: an ink line lies under it in light.
        if (theme.figuresAreChips()) {
            painter.setPen(theme.line(Token::Ink, 3.6));
            painter.drawPolyline(line);
        }
        painter.setPen(theme.line(priorityToken(priority), 2.2));
        painter.drawPolyline(line);
    }
    painter.restore();
}

void ChartPlot::paintLimit(QPainter& painter, const QRectF& box) const {
    if (!m_data.limit) return;
    const Theme& theme = Theme::current();
    const double y = std::round(at(0, *m_data.limit).y()) + 0.5;
    painter.setPen(theme.dashed(Token::Text, 1, 4, 3));
    painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y));
    const double top = y - theme.pxF(16) >= box.top() - theme.pxF(10) ? y - theme.pxF(16) : y + 1;
    paintFigure(
        painter,
        QRectF(box.left() + theme.pxF(4), top, box.width() - theme.pxF(8), theme.pxF(15)).toRect(),
        m_data.limitText,
        {FontRole::Caption, Token::Text, Priority::None, RowState::Plain,
         Qt::AlignLeft | Qt::AlignVCenter});
}

void ChartPlot::paintEndLabels(QPainter& painter, const QRectF& box) const {
    struct Label {
        double y;
        int series;
    };
    const Theme& theme = Theme::current();
    QVector<Label> labels;
    for (int s = 0; s < m_data.series.size(); ++s) {
        const Segment* last = nullptr;
        for (const Segment& segment : m_segments) {
            if (segment.series == s && !segment.points.isEmpty()) last = &segment;
        }
        if (!last) continue;
        const QPointF end = at(last->points.back().x(), last->points.back().y());
        if (m_data.series[s].style == SeriesStyle::Main) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme.color(Token::Text));
            painter.drawEllipse(end, theme.pxF(2.2), theme.pxF(2.2));
        }
        labels.push_back({end.y(), s});
    }
    std::sort(labels.begin(), labels.end(),
              [](const Label& a, const Label& b) { return a.y < b.y; });
    double freeFrom = 0;
    for (const Label& label : labels) {
        const double middle = std::max(label.y, freeFrom + theme.pxF(7));
        const bool main = m_data.series[label.series].style == SeriesStyle::Main;
        paintFigure(painter,
                    QRectF(box.right() + theme.pxF(7), middle - theme.pxF(8),
                           width() - box.right() - theme.pxF(7), theme.pxF(16))
                        .toRect(),
                    m_data.series[label.series].name,
                    {FontRole::Body, main ? Token::Text : Token::Secondary, Priority::None,
                     RowState::Plain, Qt::AlignLeft | Qt::AlignVCenter});
        freeFrom = middle + theme.pxF(7);
    }
}

void ChartPlot::resizeEvent(QResizeEvent* event) {
    QChartView::resizeEvent(event);
    relayout();
}

}  // namespace breakwater::widgets
