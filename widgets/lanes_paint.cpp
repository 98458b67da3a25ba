// How the lanes are painted. The pictures hold no cursor.
#include <algorithm>
#include <cmath>

#include <QFontMetrics>

#include "widgets/decimate.hpp"
#include "widgets/format.hpp"
#include "widgets/lanes_plot.hpp"
#include "widgets/paint_util.hpp"

namespace breakwater::widgets {
namespace {

constexpr double kSecond = 1'000;
constexpr double kVeil = 0.35;
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

FigureStyle words(Token tone, Qt::Alignment align = Qt::AlignLeft) {
    return {FontRole::Caption, tone, Priority::None, RowState::Plain, align | Qt::AlignVCenter};
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

}  // namespace

int LanesPlot::knownColumns() const {
    const double span = m_data.to - m_data.from;
    if (!(span > 0)) return 0;
    const double share = std::clamp((m_data.known - m_data.from) / span, 0.0, 1.0);
    return static_cast<int>(std::ceil(share * m_data.columns - 1e-9));
}

std::vector<LanesPlot::Tick> LanesPlot::ticks() const {
    std::vector<Tick> out;
    const double span = m_data.to - m_data.from;
    if (!(span > 0)) return out;
    const QFontMetrics metrics(Theme::current().font(FontRole::Tick));
    const double room = metrics.horizontalAdvance(QStringLiteral("00:00:00")) * 2.0;
    const double wanted = std::max(1.0, plotRect().width() / room);
    double step = 86'400 * kSecond;
    for (const double seconds : {1., 2., 5., 10., 15., 30., 60., 120., 300., 600., 900., 1'800.,
                                 3'600., 7'200., 14'400., 21'600., 43'200.}) {
        if (span / (seconds * kSecond) <= wanted) {
            step = seconds * kSecond;
            break;
        }
    }
    for (double at = std::ceil(m_data.from / step) * step; at <= m_data.to; at += step) {
        const auto ms = static_cast<std::int64_t>(at);
        out.push_back({at, step < 60 * kSecond ? formatInstant(ms) : formatClockMinutes(ms)});
    }
    return out;
}

void LanesPlot::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    paintTicks(painter);
    const bool hasTime = m_data.to > m_data.from;
    const double cursor = hasTime ? xOf(m_cursor) : 0;
    for (int i = 0; i < m_data.lanes.size(); ++i)
        paintLane(painter, i, cursor);
    paintNames(painter);
    if (hasTime) {
        paintSelection(painter);
        paintCursor(painter, cursor);
        if (m_probe && m_mode == LanesMode::Live) {
            painter.setPen(Theme::current().dashed(Token::Secondary, 1, 3, 3));
            const double x = std::round(xOf(*m_probe)) + 0.5;
            painter.drawLine(QPointF(x, plotRect().top()), QPointF(x, plotRect().bottom()));
        }
    }
    if (hasFocus()) focusRing(painter, rect());
}

void LanesPlot::paintTicks(QPainter& painter) const {
    const Theme& theme = Theme::current();
    painter.setFont(theme.font(FontRole::Tick));
    painter.setPen(theme.color(Token::Muted));
    const QRect flag = m_data.to > m_data.from ? flagRect() : QRect();
    for (const Tick& tick : ticks()) {
        const double width = QFontMetrics(painter.font()).horizontalAdvance(tick.text) + 2;
        const QRectF box(xOf(tick.at) - width / 2, theme.pxF(14), width, theme.pxF(15));
        if (flag.adjusted(-theme.px(4), 0, theme.px(4), 0).intersects(box.toRect())) continue;
        painter.drawText(box, Qt::AlignCenter, tick.text);
    }
}

void LanesPlot::paintNames(QPainter& painter) const {
    const Theme& theme = Theme::current();
    const QRect plot = plotRect();
    for (int i = 0; i < m_data.lanes.size(); ++i) {
        const QRect lane = laneRect(i);
        hline(painter, 0, width() - 1, lane.top(), Token::Line);
        FigureStyle name = words(Token::Secondary);
        name.font = FontRole::Body;
        paintFigure(painter,
                    QRect(theme.px(12), lane.top(), plot.left() - theme.px(20), lane.height()),
                    m_data.lanes[i].name, name);
        if (i >= m_readings.size()) continue;
        const LaneReading& reading = m_readings[i];
        QRect box(plot.right() + theme.px(10), lane.top(), width() - plot.right() - theme.px(14),
                  lane.height());
        const bool two = !reading.detail.isEmpty() && lane.height() >= theme.px(32);
        if (two) box.setHeight(lane.height() / 2);
        FigureStyle value{FontRole::Tick, Token::Text, reading.priority, RowState::Plain,
                          Qt::AlignLeft | (two ? Qt::AlignBottom : Qt::AlignVCenter)};
        value.align = Qt::AlignLeft | Qt::AlignVCenter;
        if (two) box.adjust(0, lane.height() / 12, 0, lane.height() / 12);
        paintFigure(painter, box, reading.value, value);
        if (!two) continue;
        FigureStyle detail = words(Token::Muted);
        paintFigure(painter, box.translated(0, std::min(lane.height() * 5 / 12, theme.px(17))),
                    reading.detail, detail);
    }
    painter.fillRect(QRect(plot.right() + 1, plot.top(), 1, plot.height()),
                     theme.color(Token::Line));
}

void LanesPlot::paintLane(QPainter& painter, int lane, double cursorX) {
    const QRect box = laneRect(lane);
    if (box.isEmpty()) return;
    Picture& picture = m_pictures[static_cast<std::size_t>(lane)];
    if (picture.known.isNull()) {
        picture = pictureOf(lane);
        ++m_painted;
    }
    painter.drawPixmap(box.topLeft(), picture.known);
    if (m_mode == LanesMode::Live) return;
    const int split = std::clamp(static_cast<int>(std::lround(cursorX)), box.left(), box.right());
    const QRect later(QPoint(split, box.top()), box.bottomRight());
    if (!picture.after.isNull()) {
        painter.save();
        painter.setClipRect(later);
        painter.drawPixmap(box.topLeft(), picture.after);
        painter.restore();
    }
    painter.fillRect(later, Theme::current().color(Token::Win, kVeil));
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
        painter.drawPolyline(QPolygonF(points));
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
        painter.fillRect(
            QRectF(left, std::round(base - tall),
                   std::max(1.0, right - left - (right - left > 3 ? 1 : 0)), std::round(tall)),
            theme.color(fill));
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
                    words(Token::Text));
    }
}

void LanesPlot::drawMarks(QPainter& painter, const Lane& lane, const QRectF& box) const {
    const Theme& theme = Theme::current();
    const QFontMetrics metrics(theme.font(FontRole::Caption));
    const double left = plotRect().left();
    const double middle = box.center().y();
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
        if (mark.shape == LaneShape::Badge) continue;  // their words are in the table of alarms
        const double from = x + side / 2 + theme.pxF(5);
        const double next = i + 1 < lane.marks.size()
                                ? xOf(lane.marks[i + 1].at) - left - theme.pxF(10)
                                : box.right();
        if (metrics.horizontalAdvance(mark.text) > next - from) continue;
        paintFigure(painter, QRectF(from, box.top(), next - from, box.height()).toRect(), mark.text,
                    words(Token::Secondary));
    }
}

void LanesPlot::paintSelection(QPainter& painter) const {
    if (!m_selection) return;
    const Theme& theme = Theme::current();
    const QRect plot = plotRect();
    const int left = static_cast<int>(std::lround(xOf(m_selection->first)));
    const int right =
        std::max(static_cast<int>(std::lround(xOf(m_selection->second))), left + theme.px(2));
    painter.fillRect(QRect(left, plot.top(), right - left, plot.height()),
                     theme.color(Token::Text, 0.08));
    painter.fillRect(QRect(left, plot.top() - theme.px(4), right - left, theme.px(3)),
                     theme.color(Token::Ser));
    for (const int x : {left, right})
        painter.fillRect(QRect(x, plot.top(), 1, plot.height()), theme.color(Token::Ser));
}

QRect LanesPlot::flagRect() const {
    const Theme& theme = Theme::current();
    const QString text = formatInstantTenths(static_cast<std::int64_t>(m_cursor));
    const int width =
        QFontMetrics(theme.font(FontRole::Tick)).horizontalAdvance(text) + theme.px(14);
    const int left = std::clamp(static_cast<int>(std::lround(xOf(m_cursor))) - width / 2, 0,
                                std::max(0, this->width() - width));
    return {left, theme.px(13), width, theme.px(17)};
}

void LanesPlot::paintCursor(QPainter& painter, double x) const {
    const Theme& theme = Theme::current();
    const QRect plot = plotRect();
    const Token tone = theme.name() == ThemeName::Light ? Token::Ink : Token::White;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.line(tone, 1.8));
    painter.drawLine(QPointF(x, plot.top() - theme.pxF(4)), QPointF(x, plot.bottom()));
    painter.setFont(theme.font(FontRole::Tick));
    const QRect flag = flagRect();
    roundedBox(painter, flag, Token::Text, Token::Text, 3);
    painter.setPen(theme.color(theme.name() == ThemeName::Light ? Token::Panel : Token::Ink));
    painter.drawText(flag, Qt::AlignCenter,
                     formatInstantTenths(static_cast<std::int64_t>(m_cursor)));
    if (m_mode != LanesMode::Past || x >= plot.right() - theme.px(90)) return;
    paintFigure(painter,
                QRect(flag.right() + theme.px(6), 0, plot.right() - flag.right(), theme.px(14)),
                QStringLiteral("not yet known"), words(Token::Muted));
}

}  // namespace breakwater::widgets
