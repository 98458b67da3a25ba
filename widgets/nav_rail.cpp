#include "widgets/nav_rail.hpp"

#include <QKeyEvent>
#include <QVBoxLayout>

#include "widgets/paint_util.hpp"

namespace breakwater::widgets {

NavButton::NavButton(const NavEntry& entry, QWidget* parent)
    : QAbstractButton(parent), m_entry(entry) {
    setText(entry.word);
    setCheckable(true);
    setAutoExclusive(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setAccessibleName(entry.word);
    setAccessibleDescription(entry.shortcutText);
    setToolTip(entry.shortcutText.isEmpty()
                   ? entry.word
                   : entry.word + QStringLiteral(" (") + entry.shortcutText + u')');
}

QSize NavButton::sizeHint() const { return {Theme::current().px(64), Theme::current().px(56)}; }

void NavButton::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::current();
    QPainter painter(this);
    const bool lit = isChecked() || isDown();
    if (lit) painter.fillRect(rect(), theme.color(Token::Sel));
    if (isChecked()) painter.fillRect(QRect(0, 0, theme.px(3), height()), theme.color(Token::Text));
    const bool bright = lit || underMouse();
    const QColor tone = theme.color(bright ? Token::Text : Token::Muted);
    const double side = theme.pxF(20);
    paintIcon(painter, QRectF((width() - side) / 2, theme.pxF(10), side, side), m_entry.icon, tone);
    painter.setFont(theme.font(isChecked() ? FontRole::CaptionMedium : FontRole::Caption));
    painter.setPen(bright ? tone : theme.color(Token::Secondary));
    painter.drawText(QRect(0, theme.px(32), width(), theme.px(16)), Qt::AlignCenter, m_entry.word);
    painter.setFont(theme.font(FontRole::KeyCap));
    painter.setPen(theme.color(lit ? Token::Secondary : Token::Muted));
    painter.drawText(QRect(0, theme.px(2), width() - theme.px(5), theme.px(14)),
                     Qt::AlignRight | Qt::AlignVCenter, m_entry.corner);
    if (hasFocus()) focusRing(painter, rect(), 2);
}

NavRail::NavRail(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    setAccessibleName(QStringLiteral("screens"));
    m_layout = new QVBoxLayout(this);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(0);
    m_layout->addStretch(1);
}

void NavRail::setEntries(const QVector<NavEntry>& entries) {
    const QString before = current();
    for (NavButton* button : std::as_const(m_buttons)) {
        m_layout->removeWidget(button);
        button->deleteLater();
    }
    m_buttons.clear();
    for (const NavEntry& entry : entries) {
        auto* button = new NavButton(entry, this);
        connect(button, &QAbstractButton::clicked, this,
                [this, button] { emit selected(button->id()); });
        m_layout->insertWidget(static_cast<int>(m_buttons.size()), button);
        m_buttons.push_back(button);
    }
    setCurrent(before);
}

void NavRail::setCurrent(const QString& id) {
    for (NavButton* button : std::as_const(m_buttons)) {
        if (button->id() == id) button->setChecked(true);
    }
}

QString NavRail::current() const {
    for (const NavButton* button : m_buttons) {
        if (button->isChecked()) return button->id();
    }
    return {};
}

QSize NavRail::sizeHint() const {
    const Theme& theme = Theme::current();
    return {theme.px(64), theme.px(56) * static_cast<int>(m_buttons.size())};
}

void NavRail::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), Theme::current().color(Token::Sunken));
    painter.fillRect(QRect(width() - 1, 0, 1, height()), Theme::current().color(Token::Line));
}

void NavRail::keyPressEvent(QKeyEvent* event) {
    const int step = event->key() == Qt::Key_Down ? 1 : event->key() == Qt::Key_Up ? -1 : 0;
    if (step == 0) {
        QWidget::keyPressEvent(event);
        return;
    }
    for (qsizetype i = 0; i < m_buttons.size(); ++i) {
        if (!m_buttons[i]->hasFocus()) continue;
        const qsizetype next = i + step;
        if (next >= 0 && next < m_buttons.size()) m_buttons[next]->setFocus(Qt::OtherFocusReason);
        return;
    }
}

}  // namespace breakwater::widgets
