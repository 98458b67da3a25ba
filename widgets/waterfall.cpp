#include "widgets/waterfall.hpp"

#include <algorithm>
#include <cmath>

#include <QFontMetrics>

#include "widgets/axis.hpp"
#include "widgets/format.hpp"
#include "widgets/paint_util.hpp"

namespace breakwater::widgets {
namespace {

constexpr double axisWidth = 46;
constexpr double figureHeight = 18;
constexpr double nameHeight = 18;

}  // namespace

Waterfall::Waterfall(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(QStringLiteral("waterfall"));
}

void Waterfall::setData(const WaterfallData& next) {
    m_data = next;
    setAccessibleName(next.name.isEmpty() ? QStringLiteral("waterfall") : next.name);
    QStringList words;
    for (const WaterfallBar& bar : next.bars)
        words << bar.name + u' ' + bar.text;
    setAccessibleDescription(words.join(QStringLiteral("; ")));
    update();
}

QSize Waterfall::sizeHint() const { return {Theme::current().px(420), Theme::current().px(200)}; }
QSize Waterfall::minimumSizeHint() const {
    return {Theme::current().px(220), Theme::current().px(110)};
}

QVector<Waterfall::Span> Waterfall::spansOf(const QVector<WaterfallBar>& bars) {
    QVector<Span> spans;
    double running = 0, total = 0;
    for (const WaterfallBar& bar : bars) {
        switch (bar.kind) {
            case WaterfallKind::Part:
            case WaterfallKind::Relief:
                spans.push_back({running, running + bar.value});
                running += bar.value;
                break;
            case WaterfallKind::Total:
                total = bar.value;
                spans.push_back({0, bar.value});
                break;
            case WaterfallKind::Beside: spans.push_back({0, bar.value}); break;
            case WaterfallKind::Shortfall:
                spans.push_back({total - std::abs(bar.value), total});
                break;
        }
    }
    return spans;
}

void Waterfall::paintBar(QPainter& painter, const QRectF& box, WaterfallKind kind) const {
    const Theme& theme = Theme::current();
    switch (kind) {
        case WaterfallKind::Relief:
            painter.setPen(theme.line(Token::Bar2, 1.2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5));
            return;
        case WaterfallKind::Total: painter.fillRect(box, theme.color(Token::Ser)); return;
        case WaterfallKind::Shortfall: painter.fillRect(box, theme.color(Token::P1)); return;
        case WaterfallKind::Part:
        case WaterfallKind::Beside: painter.fillRect(box, theme.color(Token::Bar)); return;
    }
}

void Waterfall::paintAxis(QPainter& painter, const QRect& plot, double low, double high) const {
    const Theme& theme = Theme::current();
    for (const double tick : axisTicks(low, high)) {
        const int y = plot.bottom() -
                      static_cast<int>(std::lround((tick - low) / (high - low) * plot.height()));
        const bool zero = std::abs(tick) < 1e-12;
        hline(painter, plot.left(), plot.right(), y, zero ? Token::Line2 : Token::Grid);
        paintFigure(painter, QRect(0, y - theme.px(8), plot.left() - theme.px(8), theme.px(16)),
                    formatShort(tick),
                    {FontRole::Tick, Token::Muted, Priority::None, RowState::Plain,
                     Qt::AlignRight | Qt::AlignVCenter});
    }
}

void Waterfall::paintEvent(QPaintEvent*) {
    const auto count = static_cast<int>(m_data.bars.size());
    if (count == 0) return;
    const Theme& theme = Theme::current();
    QPainter painter(this);
    const QVector<Span> spans = spansOf(m_data.bars);
    double low = 0, high = 0;
    for (const Span& span : spans) {
        low = std::min({low, span.from, span.to});
        high = std::max({high, span.from, span.to});
    }
    if (high <= low) high = low + 1;
    const QRect plot = rect().adjusted(theme.px(axisWidth), theme.px(figureHeight), -theme.px(4),
                                       -theme.px(nameHeight));
    if (plot.height() < theme.px(20)) return;
    paintAxis(painter, plot, low, high);
    const auto yOf = [&](double value) {
        return plot.bottom() - (value - low) / (high - low) * plot.height();
    };
    const double step = static_cast<double>(plot.width()) / count;
    const double width = std::min(step * 0.72, theme.pxF(64));
    const FigureStyle figure{FontRole::Tick, Token::Text, Priority::None, RowState::Plain,
                             Qt::AlignHCenter | Qt::AlignVCenter};
    FigureStyle name = figure;
    name.font = FontRole::Caption;
    name.tone = Token::Muted;
    for (int i = 0; i < count; ++i) {
        const WaterfallBar& bar = m_data.bars[i];
        const double centre = plot.left() + step * (i + 0.5);
        const double top = yOf(std::max(spans[i].from, spans[i].to));
        const double bottom = yOf(std::min(spans[i].from, spans[i].to));
        const QRectF box(std::round(centre - width / 2), std::round(top), std::round(width),
                         std::max(1.0, std::round(bottom) - std::round(top)));
        paintBar(painter, box, bar.kind);
        // A hairline from where this bar ends to where the next begins.
        const bool runs = bar.kind == WaterfallKind::Part || bar.kind == WaterfallKind::Relief ||
                          bar.kind == WaterfallKind::Total;
        if (runs && i + 1 < count) {
            const bool dashed = bar.kind == WaterfallKind::Total;
            const double y = std::round(yOf(spans[i].to)) + 0.5;
            painter.setPen(dashed ? theme.dashed(Token::Text, 1, 3, 2)
                                  : theme.hairline(Token::Line2));
            painter.drawLine(QPointF(box.right(), y),
                             QPointF(dashed ? plot.right() : box.left() + step, y));
        }
        const int cell = static_cast<int>(step);
        FigureStyle shown = figure;
        if (bar.kind == WaterfallKind::Shortfall) shown.priority = Priority::P1;
        if (bar.kind == WaterfallKind::Beside) {
            // Its figure may stand on the dashed line of the total.
            const int text = QFontMetrics(theme.font(FontRole::Tick)).horizontalAdvance(bar.text);
            painter.fillRect(QRectF(centre - text / 2.0 - 3, top - theme.px(figureHeight) + 2,
                                    text + 6, theme.px(figureHeight - 3)),
                             theme.color(Token::Panel));
        }
        paintFigure(painter,
                    QRect(static_cast<int>(centre - step / 2),
                          static_cast<int>(top) - theme.px(figureHeight) + 1, cell,
                          theme.px(figureHeight - 2)),
                    bar.text, shown);
        paintFigure(painter,
                    QRect(static_cast<int>(centre - step / 2), plot.bottom() + theme.px(3), cell,
                          theme.px(nameHeight - 3)),
                    bar.name, name);
    }
}

}  // namespace breakwater::widgets
