#include "widgets/layer_bar.hpp"

#include <algorithm>
#include <cmath>

#include <QFontMetrics>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QToolTip>

#include "widgets/paint_util.hpp"

namespace breakwater::widgets {
namespace {
constexpr double aboveHeight = 18;
constexpr double barHeight = 24;
constexpr double belowHeight = 22;
constexpr Qt::Alignment leftMiddle = Qt::AlignLeft | Qt::AlignVCenter;
constexpr Qt::Alignment rightMiddle = Qt::AlignRight | Qt::AlignVCenter;
}  // namespace

LayerBar::LayerBar(QWidget* parent) : QWidget(parent) {
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(QStringLiteral("layers"));
}

void LayerBar::setData(const LayerBarData& next) {
    m_data = next;
    m_current = std::clamp(m_current, 0, std::max(0, static_cast<int>(next.segments.size()) - 1));
    setAccessibleName(next.name.isEmpty() ? QStringLiteral("layers") : next.name);
    QStringList words;
    for (const LayerSegment& segment : next.segments)
        words << segment.name + u' ' + segment.amountText;
    words << next.markerText;
    setAccessibleDescription(words.join(QStringLiteral(", ")));
    update();
}

QSize LayerBar::sizeHint() const {
    const Theme& theme = Theme::current();
    return {theme.px(360), theme.px(aboveHeight + barHeight + belowHeight)};
}
QSize LayerBar::minimumSizeHint() const { return {Theme::current().px(160), sizeHint().height()}; }

double LayerBar::total() const {
    double sum = 0;
    for (const LayerSegment& segment : m_data.segments)
        sum += std::max(0.0, segment.amount);
    return sum;
}

QRectF LayerBar::barRect() const {
    const Theme& theme = Theme::current();
    return QRectF(0, theme.px(aboveHeight), width(), theme.px(barHeight));
}

QRectF LayerBar::segmentRect(int index) const {
    const double all = total();
    const QRectF bar = barRect();
    if (!(all > 0)) return {};
    double before = 0;
    for (int i = 0; i < index; ++i)
        before += std::max(0.0, m_data.segments[i].amount);
    const double left = std::round(bar.left() + bar.width() * before / all);
    const double right = std::round(
        bar.left() + bar.width() * (before + std::max(0.0, m_data.segments[index].amount)) / all);
    return {left, bar.top(), right - left, bar.height()};
}

int LayerBar::segmentAt(const QPoint& position) const {
    for (int i = 0; i < m_data.segments.size(); ++i) {
        if (segmentRect(i).contains(position)) return i;
    }
    return -1;
}

void LayerBar::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::current();
    QPainter painter(this);
    if (!m_data.staleAge.isEmpty()) paintHatch(painter, rect());
    const QRect above(0, 0, width(), theme.px(aboveHeight - 2));
    const int used =
        paintFigure(painter, above, m_data.staleAge.isEmpty() ? m_data.rightText : m_data.staleAge,
                    {FontRole::Caption, Token::Text, Priority::None, RowState::Plain, rightMiddle});
    paintFigure(painter, above.adjusted(0, 0, -used - theme.px(8), 0), m_data.leftText,
                {FontRole::Caption, Token::Secondary, Priority::None, RowState::Plain, leftMiddle});
    painter.fillRect(barRect(), theme.color(Token::Sunken));
    for (int i = 0; i < m_data.segments.size(); ++i)
        paintSegment(painter, i);
    paintMarker(painter);
    if (hasFocus() && !m_data.segments.isEmpty()) {
        focusRing(painter, segmentRect(m_current).toAlignedRect().adjusted(-1, -2, 1, 2), 2);
    }
}

void LayerBar::paintSegment(QPainter& painter, int index) const {
    const Theme& theme = Theme::current();
    const LayerSegment& segment = m_data.segments[index];
    const QRectF box = segmentRect(index);
    if (box.width() < 1) return;
    // 1 px apart, so that thin neighbours stay two.
    const QRectF face = box.adjusted(0, 0, box.width() > 3 ? -1 : 0, 0);
    const QRectF edge = face.adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setBrush(Qt::NoBrush);
    Token words = Token::Text;
    switch (segment.fill) {
        case LayerFill::Filled: painter.fillRect(face, theme.color(Token::Band)); break;
        case LayerFill::Total:
            painter.fillRect(face, theme.color(Token::Ser));
            words = Token::Win;
            break;
        case LayerFill::Used:
            painter.setPen(theme.hairline(Token::Text));
            painter.drawRect(edge);
            break;
        case LayerFill::Outline:
            painter.setPen(theme.dashed(Token::Ctl, 1, 4, 3));
            painter.drawRect(edge);
            words = Token::Secondary;
            break;
        case LayerFill::Hatched:
            painter.fillRect(face, hatchBrush(theme.color(Token::Secondary), 0.8));
            painter.setPen(theme.hairline(Token::Line2));
            painter.drawRect(edge);
            return;
    }
    if (theme.isHighContrast()) {
        painter.setPen(theme.hairline(Token::Line2));
        painter.drawRect(edge);
    }
    const QRect inner = face.toRect().adjusted(theme.px(8), 0, -theme.px(8), 0);
    const QFontMetrics body(theme.font(FontRole::Body));
    const QFontMetrics mono(theme.font(FontRole::Tick));
    const int name = body.horizontalAdvance(segment.name);
    const int amount = mono.horizontalAdvance(segment.amountText);
    // Words only where they fit whole; thin layers are named above the bar.
    if (name + amount + theme.px(10) <= inner.width()) {
        paintFigure(painter, inner, segment.amountText,
                    {FontRole::Tick, words, Priority::None, RowState::Plain, rightMiddle});
    }
    if (name <= inner.width()) {
        paintFigure(painter, inner, segment.name,
                    {FontRole::Body, words, Priority::None, RowState::Plain, leftMiddle});
    }
}

void LayerBar::paintMarker(QPainter& painter) const {
    const double all = total();
    if (!m_data.marker || !(all > 0)) return;
    const Theme& theme = Theme::current();
    const QRectF bar = barRect();
    const double half = theme.pxF(5);
    const double x = std::clamp(bar.left() + bar.width() * *m_data.marker / all, bar.left() + half,
                                bar.right() - half);
    const double top = bar.bottom() + theme.pxF(3);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(Token::Text));
    painter.drawPolygon(
        QPolygonF{{x - half, top + theme.pxF(8)}, {x + half, top + theme.pxF(8)}, {x, top}});
    painter.restore();
    const QFontMetrics metrics(theme.font(FontRole::Body));
    const int wanted = metrics.horizontalAdvance(m_data.markerText) + 2;
    const int y = static_cast<int>(bar.bottom()) + theme.px(2);
    const int height = theme.px(belowHeight - 4);
    QRect box(static_cast<int>(x + half) + theme.px(6), y,
              width() - static_cast<int>(x + half) - theme.px(6), height);
    FigureStyle style{FontRole::Body, Token::Text, Priority::None, RowState::Plain, leftMiddle};
    if (wanted > box.width() && x - half > box.width()) {
        box = QRect(0, y, static_cast<int>(x - half) - theme.px(6), height);
        style.align = rightMiddle;
    }
    paintFigure(painter, box, m_data.markerText, style);
}

void LayerBar::mousePressEvent(QMouseEvent* event) {
    const int index = segmentAt(event->position().toPoint());
    if (index < 0 || event->button() != Qt::LeftButton) return;
    m_current = index;
    update();
    emit segmentActivated(index);
}

void LayerBar::keyPressEvent(QKeyEvent* event) {
    const int last = static_cast<int>(m_data.segments.size()) - 1;
    if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right) {
        m_current =
            std::clamp(m_current + (event->key() == Qt::Key_Left ? -1 : 1), 0, std::max(0, last));
        update();
    } else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && last >= 0) {
        emit segmentActivated(m_current);
    } else {
        QWidget::keyPressEvent(event);
    }
}

bool LayerBar::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const int index = segmentAt(help->pos());
        if (index < 0)
            QToolTip::hideText();
        else
            QToolTip::showText(
                help->globalPos(),
                m_data.segments[index].name + u' ' + m_data.segments[index].amountText, this);
        return true;
    }
    return QWidget::event(event);
}

}  // namespace breakwater::widgets
