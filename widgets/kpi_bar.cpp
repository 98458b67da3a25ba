#include "widgets/kpi_bar.hpp"

#include <algorithm>
#include <cmath>

#include <QFontMetrics>
#include <QPainter>

namespace breakwater::widgets {
namespace {

double shareOf(const KpiBarData& data, double value) {
    const double span = data.maximum - data.minimum;
    if (!(span > 0) || !std::isfinite(value)) return 0;
    return std::clamp((value - data.minimum) / span, 0.0, 1.0);
}

bool isPast(double value, double edge, LimitSide side) {
    return side == LimitSide::Above ? value > edge : value < edge;
}

constexpr double barHeight = 8;
constexpr double inlineHeight = 20;

}  // namespace

Priority kpiPriority(const KpiBarData& data) {
    if (!std::isfinite(data.value)) return Priority::None;
    if (data.limit && isPast(data.value, *data.limit, data.side)) return data.limitPriority;
    if (data.warning && isPast(data.value, *data.warning, data.side)) return data.warningPriority;
    return Priority::None;
}

void paintKpiBar(QPainter& painter, const QRectF& box, const KpiBarData& data) {
    const Theme& theme = Theme::current();
    const auto x = [&](double value) {
        return std::round(box.left() + box.width() * shareOf(data, value));
    };
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing, false);
    const QRect track = box.toRect();
    painter.fillRect(track, theme.color(Token::Sunken));
    if (data.bandLow && data.bandHigh) {
        const QRectF band(QPointF(x(*data.bandLow), track.top()),
                          QPointF(x(*data.bandHigh), track.bottom() + 1));
        if (!theme.isHighContrast())
            painter.fillRect(band, theme.color(Token::Band));
        else
            painter.setPen(theme.hairline(Token::Line)),
                painter.drawRect(band.adjusted(0, 0, -1, -1));
    }
    if (theme.isHighContrast()) {
        painter.setPen(theme.hairline(Token::Line));
        painter.drawRect(QRectF(track).adjusted(0, 0, -1, -1));
    }
    if (std::isfinite(data.value)) {
        const Priority priority = kpiPriority(data);
        // The ink edge of the light theme lies round the bar, or three pixels would be all edge.
        const bool edged = priority != Priority::None && theme.figuresAreChips();
        const int height =
            std::max(2, static_cast<int>(std::lround(track.height() / 3.0))) + (edged ? 2 : 0);
        const QRect bar(track.left(), track.top() + (track.height() - height + 1) / 2,
                        static_cast<int>(x(data.value)) - track.left(), height);
        painter.fillRect(
            bar, theme.color(priority == Priority::None ? Token::Bar2 : priorityToken(priority)));
        if (edged && bar.width() > 2) {
            painter.setPen(theme.hairline(Token::Ink));
            painter.drawRect(bar.adjusted(0, 0, -1, -1));
        }
    }
    if (data.limit) {
        const int width = std::max(1, theme.px(1.6));
        const int over = theme.px(2);
        const int at = std::clamp(static_cast<int>(x(*data.limit)) - width / 2, track.left(),
                                  track.right() + 1 - width);
        painter.fillRect(QRect(at, track.top() - over, width, track.height() + 2 * over),
                         theme.color(Token::Text));
    }
    painter.restore();
}

KpiBar::KpiBar(KpiLayout layout, QWidget* parent) : QWidget(parent), m_layout(layout) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(QStringLiteral("bar"));
}

void KpiBar::setData(const KpiBarData& next) {
    const bool sameShape = next.labels.isEmpty() == m_data.labels.isEmpty() &&
                           next.target.has_value() == m_data.target.has_value();
    m_data = next;
    setAccessibleName(next.name.isEmpty() ? QStringLiteral("bar") : next.name);
    QStringList words{next.text};
    if (const Priority priority = kpiPriority(next); priority != Priority::None)
        words << priorityWord(priority);
    for (const KpiLabel& label : next.labels)
        words << label.text;
    if (!next.staleAge.isEmpty()) words << next.staleAge;
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    if (!sameShape) updateGeometry();
    update();
}

QSize KpiBar::sizeHint() const {
    const Theme& theme = Theme::current();
    if (m_layout == KpiLayout::Inline) return {theme.px(220), theme.px(inlineHeight)};
    double height = barHeight + 4;
    if (m_layout == KpiLayout::BarOnly) height = 13 + 4;
    if (m_layout == KpiLayout::Stacked) height += 20;
    if (m_data.target) height += 16;
    if (!m_data.labels.isEmpty()) height += 17;
    return {theme.px(m_layout == KpiLayout::Stacked ? 110 : 200), theme.px(height)};
}

QSize KpiBar::minimumSizeHint() const { return {Theme::current().px(60), sizeHint().height()}; }

void KpiBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    if (m_layout == KpiLayout::Inline)
        paintInline(painter);
    else
        paintStacked(painter);
}

void KpiBar::paintInline(QPainter& painter) const {
    const Theme& theme = Theme::current();
    const QFontMetrics caption(theme.font(FontRole::Body));
    const QFontMetrics figure(theme.font(FontRole::MonoBody));
    QRect box = rect();
    if (!m_data.name.isEmpty()) {
        painter.setFont(theme.font(FontRole::Body));
        painter.setPen(theme.color(Token::Muted));
        painter.drawText(box, Qt::AlignLeft | Qt::AlignVCenter, m_data.name);
        box.setLeft(box.left() + caption.horizontalAdvance(m_data.name) + theme.px(8));
    }
    const int numberWidth =
        m_data.text.isEmpty() ? 0 : figure.horizontalAdvance(m_data.text) + theme.px(6);
    const int height = theme.px(barHeight);
    const QRectF bar(box.left(), box.top() + (box.height() - height) / 2,
                     box.width() - numberWidth - (numberWidth ? theme.px(8) : 0), height);
    paintKpiBar(painter, bar, m_data);
    if (!numberWidth) return;
    const FigureStyle style{FontRole::MonoBody, Token::Text, kpiPriority(m_data), RowState::Plain,
                            Qt::AlignRight | Qt::AlignVCenter};
    if (m_data.staleAge.isEmpty())
        paintFigure(painter, box, m_data.text, style);
    else
        paintStale(painter, box, {}, m_data.staleAge, style);
}

void KpiBar::paintStacked(QPainter& painter) const {
    const Theme& theme = Theme::current();
    int y = 0;
    if (m_layout == KpiLayout::Stacked) {
        const QRect line(0, 0, width(), theme.px(18));
        const FigureStyle style{FontRole::MonoBodyStrong, Token::Text, kpiPriority(m_data),
                                RowState::Plain, Qt::AlignRight | Qt::AlignVCenter};
        int used = 0;
        if (m_data.staleAge.isEmpty())
            used = paintFigure(painter, line, m_data.text, style);
        else
            paintStale(painter, line.adjusted(width() / 3, 0, 0, 0), m_data.text, m_data.staleAge,
                       style);
        paintFigure(painter, line.adjusted(0, 0, -used - theme.px(4), 0), m_data.name,
                    {FontRole::Caption, Token::Muted, Priority::None, RowState::Plain,
                     Qt::AlignLeft | Qt::AlignVCenter});
        y += theme.px(20);
    }
    if (m_data.target) y += theme.px(16);
    const int height = theme.px(m_layout == KpiLayout::BarOnly ? 13 : barHeight);
    const QRectF bar(0, y + theme.px(2), width(), height);
    if (m_layout == KpiLayout::BarOnly && !m_data.staleAge.isEmpty()) paintHatch(painter, rect());
    paintKpiBar(painter, bar, m_data);
    if (m_data.target) paintMarker(painter, bar);
    paintLabels(painter, bar);
}

void KpiBar::paintMarker(QPainter& painter, const QRectF& bar) const {
    const Theme& theme = Theme::current();
    const double x = bar.left() + bar.width() * shareOf(m_data, *m_data.target);
    const double half = theme.pxF(4.5);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(Token::Text));
    painter.drawPolygon(QPolygonF{{x - half, bar.top() - theme.pxF(9)},
                                  {x + half, bar.top() - theme.pxF(9)},
                                  {x, bar.top() - theme.pxF(2)}});
    painter.restore();
    const QFontMetrics metrics(theme.font(FontRole::Tick));
    const int room = metrics.horizontalAdvance(m_data.markerText) + theme.px(2);
    int left = static_cast<int>(x + half) + theme.px(5);
    if (left + room > width()) left = static_cast<int>(x - half) - theme.px(5) - room;
    paintFigure(painter,
                QRect(left, static_cast<int>(bar.top()) - theme.px(17), room, theme.px(16)),
                m_data.markerText,
                {FontRole::Tick, Token::Text, Priority::None, RowState::Plain,
                 Qt::AlignLeft | Qt::AlignVCenter});
}

void KpiBar::paintLabels(QPainter& painter, const QRectF& bar) const {
    if (m_data.labels.isEmpty()) return;
    const Theme& theme = Theme::current();
    painter.setFont(theme.font(FontRole::Caption));
    painter.setPen(theme.color(Token::Secondary));
    const QFontMetrics metrics(painter.font());
    const int top = static_cast<int>(bar.bottom()) + theme.px(3);
    int freeFrom = 0;
    for (const KpiLabel& label : m_data.labels) {
        const int width = metrics.horizontalAdvance(label.text) + 1;
        const double middle = bar.left() + bar.width() * shareOf(m_data, label.at);
        int left = static_cast<int>(middle) - width / 2;
        left = std::clamp(left, 0, std::max(0, static_cast<int>(bar.right()) - width));
        if (left < freeFrom) left = freeFrom;
        if (left + width > this->width() + 1)
            continue;  // no room: the tooltip and the table have it
        painter.drawText(QRect(left, top, width, theme.px(15)), Qt::AlignLeft | Qt::AlignVCenter,
                         label.text);
        freeFrom = left + width + theme.px(6);
    }
}

}  // namespace breakwater::widgets
