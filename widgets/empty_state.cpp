#include "widgets/empty_state.hpp"

#include <algorithm>

#include <QApplication>
#include <QClipboard>
#include <QFontMetrics>
#include <QPainter>

#include "widgets/chip.hpp"
#include "widgets/paint_util.hpp"

namespace breakwater::widgets {

EmptyState::EmptyState(QWidget* parent) : QWidget(parent) {
    m_action = new ActionButton(QStringLiteral("Action"), this);
    m_copy = new ActionButton(QStringLiteral("Copy report"), this);
    m_action->hide();
    m_copy->hide();
    connect(m_action, &QAbstractButton::clicked, this, &EmptyState::actionTriggered);
    connect(m_copy, &QAbstractButton::clicked, this, &EmptyState::copy);
    setAccessibleName(QStringLiteral("nothing here"));
}

void EmptyState::setData(const EmptyStateData& next) {
    m_data = next;
    setAccessibleName(next.what);
    setAccessibleDescription(next.why);
    m_action->setText(next.actionText);
    m_action->setAccessibleName(next.actionText);
    m_action->setKey(next.keys);
    m_action->setVisible(!next.actionText.isEmpty());
    m_copy->setVisible(next.kind == EmptyKind::Error);
    layoutButtons();
    updateGeometry();
    update();
}

EmptyState::Places EmptyState::places() const {
    const Theme& theme = Theme::current();
    const int width = std::min(this->width() - theme.px(24), theme.px(420));
    const int left = (this->width() - width) / 2;
    const auto heightOf = [&](FontRole role, const QString& text) {
        if (text.isEmpty() || width <= 0) return 0;
        return QFontMetrics(theme.font(role))
            .boundingRect(0, 0, width, 4000, Qt::TextWordWrap, text)
            .height();
    };
    const int what = heightOf(FontRole::BodyStrong, m_data.what);
    const int why = heightOf(FontRole::Body, m_data.why);
    const int code = m_data.code.isEmpty() ? 0 : theme.px(18);
    const int badge = m_data.kind == EmptyKind::Error ? theme.px(22) : 0;
    const bool buttons = !m_data.actionText.isEmpty() || m_data.kind == EmptyKind::Error;
    const int total = badge + what + theme.px(4) + why + code + (buttons ? theme.px(38) : 0);
    Places places;
    int y = std::max(theme.px(4), (height() - total) / 2);
    places.badge = QRect(this->width() / 2 - theme.px(7), y, theme.px(14), theme.px(14));
    y += badge;
    places.what = QRect(left, y, width, what);
    y += what + theme.px(4);
    places.why = QRect(left, y, width, why);
    y += why;
    places.code = QRect(left, y, width, code);
    places.bottom = y + code;
    return places;
}

void EmptyState::layoutButtons() {
    const Theme& theme = Theme::current();
    QVector<ActionButton*> shown;
    if (!m_data.actionText.isEmpty()) shown << m_action;
    if (m_data.kind == EmptyKind::Error) shown << m_copy;
    int total = 0;
    for (const ActionButton* button : shown)
        total += button->sizeHint().width() + theme.px(8);
    int x = (width() - total + theme.px(8)) / 2;
    const int y = places().bottom + theme.px(12);
    for (ActionButton* button : shown) {
        const QSize size = button->sizeHint();
        button->setGeometry(x, y, size.width(), size.height());
        x += size.width() + theme.px(8);
    }
}

QSize EmptyState::sizeHint() const { return {Theme::current().px(320), Theme::current().px(130)}; }
QSize EmptyState::minimumSizeHint() const {
    return {Theme::current().px(120), Theme::current().px(60)};
}

void EmptyState::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::current();
    QPainter painter(this);
    const Places at = places();
    if (m_data.kind == EmptyKind::Error) paintBadge(painter, at.badge, Priority::P2);
    const int flags = Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap;
    painter.setFont(theme.font(FontRole::BodyStrong));
    painter.setPen(theme.color(Token::Text));
    painter.drawText(at.what, flags, m_data.what);
    painter.setFont(theme.font(FontRole::Body));
    painter.setPen(theme.color(Token::Secondary));
    painter.drawText(at.why, flags, m_data.why);
    painter.setFont(theme.font(FontRole::Tick));
    painter.setPen(theme.color(Token::Muted));
    painter.drawText(at.code, flags, m_data.code);
}

void EmptyState::resizeEvent(QResizeEvent*) { layoutButtons(); }

void EmptyState::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::StyleChange) layoutButtons();
}

void EmptyState::copy() {
    QStringList parts;
    for (const QString& part : {m_data.code, m_data.what, m_data.why, m_data.copyText}) {
        if (!part.isEmpty()) parts << part;
    }
    QApplication::clipboard()->setText(parts.join(u'\n'));
}

}  // namespace breakwater::widgets
