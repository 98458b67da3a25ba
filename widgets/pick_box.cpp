#include "widgets/pick_box.hpp"

#include <algorithm>

#include <QFontMetrics>
#include <QWheelEvent>

#include "widgets/badge.hpp"
#include "widgets/paint_util.hpp"

namespace breakwater::widgets {

PickBox::PickBox(const QString& accessibleName, QWidget* parent) : QComboBox(parent) {
    setAccessibleName(accessibleName);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
}

QSize PickBox::sizeHint() const {
    const Theme& theme = Theme::current();
    const QFontMetrics metrics(theme.font(FontRole::Body));
    int widest = theme.px(60);
    for (int i = 0; i < count(); ++i)
        widest = std::max(widest, metrics.horizontalAdvance(itemText(i)));
    return {widest + theme.px(38), theme.px(26)};
}

QSize PickBox::minimumSizeHint() const {
    return {Theme::current().px(80), Theme::current().px(26)};
}

void PickBox::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::current();
    QPainter painter(this);
    const bool hover = underMouse() && isEnabled();
    roundedBox(painter, rect(), Token::Sunken,
               hover         ? Token::Text
               : isEnabled() ? Token::Ctl
                             : Token::Line2,
               4);
    const Token tone = isEnabled() ? Token::Text : Token::Muted;
    if (!isEditable())
        paintFigure(painter, rect().adjusted(theme.px(9), 0, -theme.px(24), 0), currentText(),
                    {FontRole::Body, tone, Priority::None, RowState::Plain,
                     Qt::AlignLeft | Qt::AlignVCenter});
    const double half = theme.pxF(3.5);
    const QPointF tip(width() - theme.pxF(13), height() / 2.0 + half * 0.7);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(isEnabled() ? Token::Secondary : Token::Muted));
    painter.drawPolygon(
        QPolygonF{tip, tip + QPointF(-half, -half * 1.4), tip + QPointF(half, -half * 1.4)});
    if (hasFocus()) focusRing(painter, rect());
}

// A wheel turned over a form must not change the scope of an act.
void PickBox::wheelEvent(QWheelEvent* event) { event->ignore(); }

}  // namespace breakwater::widgets
