// How the lanes are painted. The pictures hold no cursor.
#include <algorithm>
#include <cmath>

#include <QFontMetrics>

#include "widgets/format.hpp"
#include "widgets/lanes_plot.hpp"
#include "widgets/paint_util.hpp"

namespace breakwater::widgets {
namespace {

constexpr double kSecond = 1'000;
constexpr double kVeil = 0.35;

}  // namespace

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
        FigureStyle name = laneWords(Token::Secondary);
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
        FigureStyle detail = laneWords(Token::Muted);
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
    const int split = std::clamp(static_cast<int>(std::lround(cursorX)), box.left(), box.right());
    const QRect later(QPoint(split, box.top()), box.bottomRight());
    if (m_mode == LanesMode::Live) {
        // The column at work reaches beyond now.
        painter.fillRect(later, Theme::current().color(Token::Panel));
        return;
    }
    if (!picture.after.isNull()) {
        painter.save();
        painter.setClipRect(later);
        painter.drawPixmap(box.topLeft(), picture.after);
        painter.restore();
    }
    painter.fillRect(later, Theme::current().color(Token::Win, kVeil));
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
    const QString words = QStringLiteral("not yet known");
    const int room = plot.right() - flag.right() - theme.px(6);
    const QFontMetrics metrics(theme.font(FontRole::Caption));
    if (m_mode != LanesMode::Past || room < metrics.horizontalAdvance(words)) return;
    paintFigure(painter, QRect(flag.right() + theme.px(6), 0, room + 1, theme.px(14)), words,
                laneWords(Token::Muted));
}

}  // namespace breakwater::widgets
