// The picture of each lane. It holds no cursor, so moving one paints nothing anew.
#include <algorithm>
#include <cmath>

#include <QFontMetrics>

#include "widgets/decimate.hpp"
#include "widgets/lanes_plot.hpp"
#include "widgets/paint_util.hpp"

namespace breakwater::widgets {
namespace {

constexpr double kLeastBar = 4;  // logical px

std::optional<std::pair<double, double>> rangeOf(const QVector<double>& values, int count) {
    std::optional<std::pair<double, double>> range;
    for (int i = 0; i < std::min<int>(count, static_cast<int>(values.size())); ++i) {
        if (!std::isfinite(values[i])) continue;
        if (!range) range = {values[i], values[i]};
        range->first = std::min(range->first, values[i]);
        range->second = std::max(range->second, values[i]);
    }
    return range;
}

int priorityRank(Priority priority) {
    switch (priority) {
        case Priority::P1: return 3;
        case Priority::P2: return 2;
        case Priority::P3: return 1;
        case Priority::None: break;
    }
    return 0;
}

// Qt strokes a polyline of thousands of points as one outline, whose cost grows faster than its
// length.
void drawInPieces(QPainter& painter, const QVector<QPointF>& points) {
    constexpr qsizetype kPiece = 40;
    for (qsizetype at = 0; at + 1 < points.size(); at += kPiece)
        painter.drawPolyline(points.constData() + at,
                             static_cast<int>(std::min(kPiece + 1, points.size() - at)));
}

}  // namespace

int LanesPlot::knownColumns() const {
    const double span = m_data.to - m_data.from;
    if (!(span > 0)) return 0;
    const double share = std::clamp((m_data.known - m_data.from) / span, 0.0, 1.0);
    return static_cast<int>(std::ceil(share * m_data.columns - 1e-9));
}

LanesPlot::Picture LanesPlot::pictureOf(int index) const {
    const QRect box = laneRect(index);
    const Lane& lane = m_data.lanes[index];
    const auto draw = [&](bool after) {
        QPixmap pixmap(box.size() * devicePixelRatioF());
        pixmap.setDevicePixelRatio(devicePixelRatioF());
        pixmap.fill(Theme::current().color(Token::Panel));
        QPainter painter(&pixmap);
        const QRectF inside(0, 0, box.width(), box.height());
        for (const Tick& tick : ticks()) {
            painter.fillRect(QRectF(std::round(xOf(tick.at) - box.left()), 0, 1, box.height()),
                             Theme::current().color(Token::Grid));
        }
        drawLane(painter, lane, inside, after);
        return pixmap;
    };
    Picture picture;
    picture.known = draw(false);
    const bool isDrawnOtherwise = lane.kind == LaneKind::Line || lane.kind == LaneKind::Area;
    if (m_mode == LanesMode::Past && isDrawnOtherwise) picture.after = draw(true);
    return picture;
}

void LanesPlot::drawLane(QPainter& painter, const Lane& lane, const QRectF& box, bool after) const {
    switch (lane.kind) {
        case LaneKind::Line:
        case LaneKind::Area: return drawLine(painter, lane, box, after);
        case LaneKind::Bars: return drawBars(painter, lane, box);
        case LaneKind::Spans: return drawSpans(painter, lane, box);
        case LaneKind::Marks: drawMarks(painter, lane, box); return;
    }
}

void LanesPlot::drawLine(QPainter& painter, const Lane& lane, const QRectF& box, bool after) const {
    const Theme& theme = Theme::current();
    const int count = std::min(knownColumns(), static_cast<int>(lane.values.size()));
    const auto range = rangeOf(lane.values, count);
    if (!range) return;
    const bool area = lane.kind == LaneKind::Area;
    const double low = area ? std::min(0.0, range->first) : range->first;
    const double pad = theme.pxF(6);
    const double height = std::max(1.0, box.height() - 2 * pad);
    const double span = range->second - low;
    const double width = box.width() / std::max(1, m_data.columns);
    const auto at = [&](int i) {
        const double share = span > 0 ? (lane.values[i] - low) / span : 0.5;
        return QPointF((i + 1) * width, box.bottom() - pad - share * height);
    };
    painter.setRenderHint(QPainter::Antialiasing);
    for (int i = 0; i < count;) {
        if (!std::isfinite(lane.values[i])) {
            ++i;
            continue;
        }
        QVector<QPointF> run;
        for (; i < count && std::isfinite(lane.values[i]); ++i)
            run.append(at(i));
        run.prepend({std::max(0.0, run.front().x() - width), run.front().y()});
        const QVector<QPointF> points =
            decimateMinMax(run, std::max(1, static_cast<int>(box.width())));
        if (area) {
            QPolygonF shape(points);
            shape.append({points.back().x(), box.bottom()});
            shape.append({points.front().x(), box.bottom()});
            painter.setPen(Qt::NoPen);
            painter.setBrush(theme.color(Token::Band));
            painter.drawPolygon(shape);
        }
        painter.setBrush(Qt::NoBrush);
        painter.setPen(after  ? theme.dashed(Token::Bar2, 1.3, 3, 3)
                       : area ? theme.line(Token::Bar2, 1.2)
                              : theme.line(Token::Text, 1.6));
        drawInPieces(painter, points);
    }
}

void LanesPlot::drawBars(QPainter& painter, const Lane& lane, const QRectF& box) const {
    const Theme& theme = Theme::current();
    const int count = std::min(knownColumns(), static_cast<int>(lane.values.size()));
    const double width = box.width() / std::max(1, m_data.columns);
    const int merged = std::max(1, static_cast<int>(std::ceil(theme.pxF(kLeastBar) / width)));
    struct Bar {
        double value = 0;
        Priority priority = Priority::None;
    };
    std::vector<Bar> bars;
    double top = 0;
    for (int i = 0; i < count; i += merged) {
        Bar bar;
        for (int k = i; k < std::min(count, i + merged); ++k) {
            const double value = std::isfinite(lane.values[k]) ? lane.values[k] : 0;
            bar.value =
                lane.merge == LaneMerge::Sum ? bar.value + value : std::max(bar.value, value);
            if (k < lane.priorities.size() &&
                priorityRank(lane.priorities[k]) > priorityRank(bar.priority))
                bar.priority = lane.priorities[k];
        }
        top = std::max(top, bar.value);
        bars.push_back(bar);
    }
    hline(painter, 0, static_cast<int>(box.right()), static_cast<int>(box.bottom()) - theme.px(3),
          Token::Grid);
    if (!(top > 0)) return;
    const double base = std::floor(box.bottom()) - theme.px(3);
    for (std::size_t i = 0; i < bars.size(); ++i) {
        if (!(bars[i].value > 0)) continue;
        const double left = std::round(static_cast<double>(i) * merged * width);
        const double right = std::round(static_cast<double>(i + 1) * merged * width);
        const double tall = std::max(2.0, (base - theme.pxF(5)) * bars[i].value / top);
        const Token fill =
            bars[i].priority == Priority::None ? Token::Bar2 : priorityToken(bars[i].priority);
        const QRectF bar(left, std::round(base - tall),
                         std::max(1.0, right - left - (right - left > 3 ? 1 : 0)),
                         std::round(tall));
        painter.fillRect(bar, theme.color(fill));
        // Pale on white: like every priority shape it has an edge there.
        if (bars[i].priority != Priority::None && theme.figuresAreChips()) {
            painter.setPen(theme.hairline(Token::BadgeEdge));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(bar.adjusted(0.5, 0.5, -0.5, -0.5));
        }
    }
}

void LanesPlot::drawSpans(QPainter& painter, const Lane& lane, const QRectF& box) const {
    const Theme& theme = Theme::current();
    int rows = 1;
    for (const LaneSpan& span : lane.spans)
        rows = std::max(rows, span.row + 1);
    const double pitch = std::min((box.height() - theme.pxF(4)) / rows, theme.pxF(18));
    const double left = plotRect().left();
    for (const LaneSpan& span : lane.spans) {
        const double from = xOf(span.from) - left;
        const double to = std::max(xOf(span.to) - left, from + theme.pxF(2));
        const QRectF bar(std::round(from) + 0.5,
                         std::round(box.top() + theme.pxF(3) + span.row * pitch) + 0.5,
                         std::round(to - from), std::round(pitch - theme.pxF(3)));
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(theme.hairline(Token::Bar2));
        painter.setBrush(theme.color(Token::Band));
        painter.drawRect(bar);
        const int room = static_cast<int>(bar.width()) - theme.px(8);
        const QFontMetrics metrics(theme.font(FontRole::Caption));
        if (bar.height() < theme.pxF(11) || room < metrics.horizontalAdvance(span.text)) continue;
        paintFigure(painter, bar.toRect().adjusted(theme.px(5), 0, -theme.px(3), 0), span.text,
                    laneWords(Token::Text));
    }
}

void LanesPlot::drawMarks(QPainter& painter, const Lane& lane, const QRectF& box) const {
    const Theme& theme = Theme::current();
    const QFontMetrics metrics(theme.font(FontRole::Caption));
    const double left = plotRect().left();
    const double middle = box.center().y();
    double taken = box.left();  // by marks and words so far
    for (qsizetype i = 0; i < lane.marks.size(); ++i) {
        const LaneMark& mark = lane.marks[i];
        const double x = xOf(mark.at) - left;
        const double side = theme.pxF(mark.shape == LaneShape::Badge ? 13 : 9);
        const QRectF shape(x - side / 2, middle - side / 2, side, side);
        painter.setRenderHint(QPainter::Antialiasing, mark.shape != LaneShape::Tick);
        switch (mark.shape) {
            case LaneShape::Badge: paintBadge(painter, shape, mark.priority); break;
            case LaneShape::Tick:
                painter.fillRect(
                    QRectF(std::round(x - 1), middle - theme.pxF(6), theme.pxF(3), theme.pxF(12)),
                    theme.color(Token::Ser));
                break;
            case LaneShape::Ring:
            case LaneShape::Dot:
                painter.setPen(theme.line(Token::Text, 1.4));
                painter.setBrush(
                    theme.color(mark.shape == LaneShape::Dot ? Token::Ser : Token::Panel));
                painter.drawEllipse(shape);
                break;
        }
        if (mark.shape == LaneShape::Badge) {  // their words are in the table of alarms
            taken = x + side / 2;
            continue;
        }
        // Right of the mark, else left of it, else in the tooltip only.
        const double gap = theme.pxF(5);
        const double text = metrics.horizontalAdvance(mark.text) + 2;
        const double next =
            i + 1 < lane.marks.size() ? xOf(lane.marks[i + 1].at) - left - 2 * gap : box.right();
        const double right = x + side / 2 + gap;
        const bool fitsRight = right + text <= next;
        const double from = fitsRight ? right : x - side / 2 - gap - text;
        const bool fits = fitsRight || from >= taken + gap;
        if (fits) {
            paintFigure(painter, QRectF(from, box.top(), text, box.height()).toRect(), mark.text,
                        laneWords(Token::Secondary));
        }
        taken = fitsRight ? right + text : x + side / 2;
    }
}

}  // namespace breakwater::widgets
