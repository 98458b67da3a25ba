#include "widgets/chip.hpp"

#include <algorithm>

#include <QFontMetrics>
#include <QPainter>

#include "widgets/key_cap.hpp"
#include "widgets/paint_util.hpp"

namespace breakwater::widgets {

Chip::Chip(const QString& text, QWidget* parent) : QToolButton(parent) {
    setText(text);
    setAccessibleName(text);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

QSize Chip::sizeHint() const {
    const Theme& theme = Theme::current();
    const QFontMetrics metrics(theme.font(FontRole::CaptionMedium));
    return {std::max(theme.px(24), metrics.horizontalAdvance(text()) + theme.px(20)), theme.px(24)};
}

void Chip::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::current();
    QPainter painter(this);
    const int inset = theme.px(2);
    const QRect face = rect().adjusted(0, inset, 0, -inset);
    const bool on = isChecked();
    const bool lit = on || isDown();
    const bool hover = underMouse() && isEnabled();
    roundedBox(painter, face, lit ? Token::Sel : Token::Panel,
               on || hover ? Token::Ctl : Token::Line2, 10);
    painter.setFont(theme.font(FontRole::CaptionMedium));
    painter.setPen(theme.color(!isEnabled() ? Token::Muted : on ? Token::Text : Token::Secondary));
    painter.drawText(face, Qt::AlignCenter, text());
    if (hasFocus()) focusRing(painter, rect(), 11);
}

ActionButton::ActionButton(const QString& text, QWidget* parent)
    : ActionButton(text, QKeySequence(), parent) {}

ActionButton::ActionButton(const QString& text, const QKeySequence& keys, QWidget* parent)
    : QPushButton(text, parent), m_keys(keys) {
    setAccessibleName(text);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void ActionButton::setKey(const QKeySequence& keys) {
    m_keys = keys;
    updateGeometry();
    update();
}

void ActionButton::setRole(ButtonRole role) {
    m_role = role;
    update();
}

void ActionButton::setDisabledReason(const QString& reason) {
    setEnabled(reason.isEmpty());
    setToolTip(reason);
    setAccessibleDescription(reason);
}

QSize ActionButton::sizeHint() const {
    const Theme& theme = Theme::current();
    const QFontMetrics metrics(theme.font(FontRole::BodyMedium));
    const int cap = m_keys.isEmpty() ? 0 : keyCapSize(m_keys).width() + theme.px(8);
    return {metrics.horizontalAdvance(text()) + cap + theme.px(22), theme.px(26)};
}

void ActionButton::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::current();
    QPainter painter(this);
    // The primary button is light on dark, dark on light: there is no accent hue.
    const bool primary = m_role == ButtonRole::Primary && isEnabled();
    const Token face = primary ? Token::Text : isDown() || isChecked() ? Token::Sel : Token::Btn;
    const bool hover = underMouse() && isEnabled();
    roundedBox(painter, rect(), face, primary ? Token::Text : hover ? Token::Ctl : Token::Line2, 4);
    painter.setFont(theme.font(FontRole::BodyMedium));
    painter.setPen(theme.color(primary ? Token::Win : isEnabled() ? Token::Text : Token::Muted));
    const QFontMetrics metrics(painter.font());
    const int cap = m_keys.isEmpty() ? 0 : keyCapSize(m_keys).width() + theme.px(8);
    const int textWidth = metrics.horizontalAdvance(text());
    const int left = std::max(theme.px(4), (width() - textWidth - cap) / 2);
    painter.drawText(QRect(left, 0, width() - left - cap, height()),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(text(), Qt::ElideRight, width() - left - cap));
    if (cap > 0 && !primary) {
        paintKeyCap(painter, QRect(left + textWidth + theme.px(8), 0, cap, height()), m_keys);
    } else if (cap > 0) {
        painter.setFont(theme.font(FontRole::KeyCap));
        painter.drawText(QRect(left + textWidth + theme.px(8), 0, cap, height()), Qt::AlignVCenter,
                         keyCapText(m_keys));
    }
    if (hasFocus()) focusRing(painter, rect());
}

}  // namespace breakwater::widgets
