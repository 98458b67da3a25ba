#include "widgets/histogram_strip.hpp"

#include <algorithm>
#include <cmath>

#include <QFontMetrics>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>

#include "widgets/axis.hpp"
#include "widgets/format.hpp"
#include "widgets/paint_util.hpp"

namespace breakwater::widgets {

HistogramStrip::HistogramStrip(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(QStringLiteral("histogram"));
}

void HistogramStrip::setData(const HistogramData& next) {
    m_data = next;
    double highest = 0;
    for (double count : next.counts)
        highest = std::max(highest, std::isfinite(count) ? count : 0.0);
    m_top = highest > 0 ? niceCeiling(highest) : 1;
    m_current = std::min(m_current, static_cast<int>(next.counts.size()) - 1);
    setAccessibleName(next.title.isEmpty() ? QStringLiteral("histogram") : next.title);
    setAccessibleDescription(QStringLiteral("%1 bars from %2")
                                 .arg(next.counts.size())
                                 .arg(formatExact(next.first, next.decimals)));
    update();
}

QSize HistogramStrip::sizeHint() const {
    return {Theme::current().px(400), Theme::current().px(96)};
}
QSize HistogramStrip::minimumSizeHint() const {
    return {Theme::current().px(140), Theme::current().px(64)};
}

QRectF HistogramStrip::plotRect() const {
    const Theme& theme = Theme::current();
    const double left = m_data.verticalAxis ? theme.pxF(38) : 1;
    return QRectF(rect()).adjusted(left, theme.pxF(18), -1, -theme.pxF(18));
}

double HistogramStrip::xOf(double value) const {
    const QRectF plot = plotRect();
    const double span = m_data.step * static_cast<double>(m_data.counts.size());
    return span > 0 ? plot.left() + plot.width() * (value - m_data.first) / span : plot.left();
}

QRectF HistogramStrip::barRect(int index) const {
    if (index < 0 || index >= m_data.counts.size()) return {};
    const QRectF plot = plotRect();
    const double left = xOf(m_data.first + m_data.step * index);
    const double right = xOf(m_data.first + m_data.step * (index + 1));
    return {left, plot.top(), right - left, plot.height()};
}

int HistogramStrip::barAt(const QPoint& position) const {
    const QRectF plot = plotRect();
    if (m_data.counts.isEmpty() || !plot.contains(position)) return -1;
    const double share = (position.x() - plot.left()) / plot.width();
    const int index =
        static_cast<int>(std::floor(share * static_cast<double>(m_data.counts.size())));
    return std::clamp(index, 0, static_cast<int>(m_data.counts.size()) - 1);
}

Priority HistogramStrip::zoneOf(double middle) const {
    for (const HistogramZone& zone : m_data.zones) {
        if (middle >= zone.from && middle < zone.to) return zone.priority;
    }
    return Priority::None;
}

bool HistogramStrip::isFilteredOut(int index) const {
    const double middle = m_data.first + m_data.step * (index + 0.5);
    return (m_data.filterLow && middle < *m_data.filterLow) ||
           (m_data.filterHigh && middle >= *m_data.filterHigh);
}

void HistogramStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QRectF plot = plotRect();
    if (!m_data.staleAge.isEmpty()) paintHatch(painter, rect());
    paintAxes(painter, plot);
    paintBars(painter, plot);
    paintMarks(painter, plot);
    if (hasFocus()) focusRing(painter, rect());
}

void HistogramStrip::paintBars(QPainter& painter, const QRectF& plot) const {
    const Theme& theme = Theme::current();
    for (const HistogramZone& zone : m_data.zones) {
        // A faint ground behind the abnormal zones, so that an empty zone can still be seen.
        const QRectF ground(
            QPointF(std::clamp(xOf(zone.from), plot.left(), plot.right()), plot.top()),
            QPointF(std::clamp(xOf(zone.to), plot.left(), plot.right()), plot.bottom()));
        if (zone.priority != Priority::None && m_data.verticalAxis) {
            painter.fillRect(ground, theme.color(priorityToken(zone.priority), 0.12));
        }
    }
    for (int i = 0; i < m_data.counts.size(); ++i) {
        const double count = m_data.counts[i];
        if (!(count > 0)) continue;
        const QRectF column = barRect(i);
        const double height = std::max(1.0, plot.height() * std::min(1.0, count / m_top));
        const int left = static_cast<int>(std::lround(column.left()));
        const int right = static_cast<int>(std::lround(column.right()));
        const int top = static_cast<int>(std::lround(plot.bottom() - height));
        const QRect bar(left, top, std::max(1, right - left - (right - left > 2 ? 1 : 0)),
                        static_cast<int>(std::lround(plot.bottom())) - top);
        const Priority zone = zoneOf(m_data.first + m_data.step * (i + 0.5));
        const Token plain = i == m_hovered || i == m_current ? Token::Ser : Token::Bar;
        const Token fill = isFilteredOut(i)         ? Token::Band
                           : zone == Priority::None ? plain
                                                    : priorityToken(zone);
        painter.fillRect(bar, theme.color(fill));
        if ((i == m_current && hasFocus()) || i == m_hovered) {
            painter.setPen(theme.hairline(Token::Text));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(QRectF(bar).adjusted(0.5, 0.5, -0.5, -0.5));
        }
    }
}

void HistogramStrip::paintMarks(QPainter& painter, const QRectF& plot) const {
    const Theme& theme = Theme::current();
    const QRectF top(0, 0, width(), theme.pxF(16));
    FigureStyle word{FontRole::Caption, Token::Secondary, Priority::None, RowState::Plain,
                     Qt::AlignLeft | Qt::AlignVCenter};
    double titleRoom = width();
    if (m_data.limit) {
        const double x = std::round(xOf(*m_data.limit));
        painter.fillRect(
            QRectF(x, plot.top() - theme.pxF(14), theme.px(1.6), plot.height() + theme.pxF(14)),
            theme.color(Token::Text));
        word.tone = Token::Text;
        paintFigure(painter, top.adjusted(x + theme.pxF(6), theme.pxF(3), 0, theme.pxF(3)).toRect(),
                    m_data.limitText, word);
        titleRoom = std::min(titleRoom, x - theme.pxF(8));
    }
    for (const auto& edge : {m_data.filterLow, m_data.filterHigh}) {
        if (!edge || *edge < m_data.first) continue;
        const double x = std::round(xOf(*edge)) + 0.5;
        if (x > plot.right()) continue;
        painter.setPen(theme.dashed(Token::Text, 1, 4, 3));
        painter.drawLine(QPointF(x, plot.top() - theme.pxF(12)), QPointF(x, plot.bottom()));
        word.tone = Token::Secondary;
        paintFigure(painter, top.adjusted(x + theme.pxF(6), theme.pxF(3), 0, theme.pxF(3)).toRect(),
                    QStringLiteral("filter edge"), word);
    }
    word.tone = Token::Muted;
    // Half a title says nothing: it stands whole or not at all (the panel has its caption too).
    const int titleWidth =
        QFontMetrics(theme.font(FontRole::Caption)).horizontalAdvance(m_data.title);
    if (!m_data.verticalAxis && titleRoom > titleWidth) {
        paintFigure(painter, QRectF(top.left(), top.top(), titleRoom, top.height()).toRect(),
                    m_data.title, word);
    }
    const QString right = m_data.staleAge.isEmpty() ? m_data.overflowText : m_data.staleAge;
    word.align = Qt::AlignRight | Qt::AlignVCenter;
    word.tone = Token::Secondary;
    paintFigure(painter, top.toRect(), right, word);
}

void HistogramStrip::paintAxes(QPainter& painter, const QRectF& plot) const {
    const Theme& theme = Theme::current();
    painter.setFont(theme.font(FontRole::Tick));
    const QFontMetrics metrics(painter.font());
    if (m_data.verticalAxis) {
        for (double tick : ticksBetween(0, m_top, 4)) {
            if (tick != std::floor(tick)) continue;  // it counts accounts
            const int y =
                static_cast<int>(std::lround(plot.bottom() - plot.height() * tick / m_top));
            hline(painter, static_cast<int>(plot.left()), static_cast<int>(plot.right()), y,
                  tick > 0 ? Token::Grid : Token::Line2);
            painter.setPen(theme.color(Token::Muted));
            painter.drawText(QRectF(0, y - theme.pxF(8), plot.left() - theme.pxF(5), theme.pxF(16)),
                             Qt::AlignRight | Qt::AlignVCenter,
                             m_top < 10'000 ? formatExact(tick, 0) : formatShort(tick));
        }
    } else {
        hline(painter, static_cast<int>(plot.left()), static_cast<int>(plot.right()),
              static_cast<int>(std::lround(plot.bottom())), Token::Line2);
    }
    const double last = m_data.first + m_data.step * static_cast<double>(m_data.counts.size());
    const int room = metrics.horizontalAdvance(formatExact(last, m_data.decimals)) + theme.px(28);
    const int wanted = std::clamp(static_cast<int>(plot.width()) / std::max(1, room), 2, 9);
    painter.setPen(theme.color(Token::Muted));
    for (double tick : ticksBetween(m_data.first, last, wanted)) {
        const QString text = formatExact(tick, m_data.decimals);
        const int width = metrics.horizontalAdvance(text) + 1;
        const double x =
            std::clamp(xOf(tick) - width / 2.0, 0.0, std::max(0.0, this->width() - width - 1.0));
        painter.drawText(QRectF(x, plot.bottom() + theme.pxF(3), width, theme.pxF(14)),
                         Qt::AlignLeft | Qt::AlignVCenter, text);
    }
}

void HistogramStrip::activate(int index) {
    if (index < 0 || index >= m_data.counts.size()) return;
    m_current = index;
    update();
    emit barActivated(index, m_data.first + m_data.step * index,
                      m_data.first + m_data.step * (index + 1));
}

void HistogramStrip::mousePressEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton) activate(barAt(event->position().toPoint()));
}

void HistogramStrip::mouseMoveEvent(QMouseEvent* event) {
    const int bar = barAt(event->position().toPoint());
    if (bar == m_hovered) return;
    m_hovered = bar;
    setCursor(bar >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
    update();
}

void HistogramStrip::leaveEvent(QEvent*) {
    m_hovered = -1;
    update();
}

void HistogramStrip::keyPressEvent(QKeyEvent* event) {
    const int last = static_cast<int>(m_data.counts.size()) - 1;
    int next = m_current;
    switch (event->key()) {
        case Qt::Key_Left: next = m_current - 1; break;
        case Qt::Key_Right: next = m_current + 1; break;
        case Qt::Key_Home: next = 0; break;
        case Qt::Key_End: next = last; break;
        case Qt::Key_Return:
        case Qt::Key_Enter: activate(m_current); return;
        default: QWidget::keyPressEvent(event); return;
    }
    m_current = std::clamp(next, 0, std::max(0, last));
    if (m_current <= last) {
        setAccessibleDescription(QStringLiteral("%1: %2").arg(
            formatExact(m_data.first + m_data.step * m_current, m_data.decimals),
            formatExact(m_data.counts[m_current], 0)));
    }
    update();
}

void HistogramStrip::focusInEvent(QFocusEvent*) {
    if (m_current < 0) m_current = 0;
    update();
}

void HistogramStrip::focusOutEvent(QFocusEvent*) { update(); }

bool HistogramStrip::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int bar = barAt(help->pos());
        if (bar < 0) {
            QToolTip::hideText();
        } else {
            const double from = m_data.first + m_data.step * bar;
            QToolTip::showText(help->globalPos(),
                               QStringLiteral("%1 to %2: %3")
                                   .arg(formatExact(from, m_data.decimals),
                                        formatExact(from + m_data.step, m_data.decimals),
                                        formatExact(m_data.counts[bar], 0)),
                               this);
        }
        return true;
    }
    return QWidget::event(event);
}

}  // namespace breakwater::widgets
