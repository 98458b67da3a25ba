#include "widgets/hold_button.hpp"

#include <algorithm>

#include <QFontMetrics>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

#include "widgets/badge.hpp"
#include "widgets/paint_util.hpp"

namespace breakwater::widgets {
namespace {

bool isHoldKey(const QKeyEvent& event) {
    return event.key() == Qt::Key_Space || event.key() == Qt::Key_F12;
}

constexpr double besideWidth = 92;  // "0.57 of 1.5 s"

}  // namespace

HoldButton::HoldButton(const QString& text, QWidget* parent) : QAbstractButton(parent) {
    setText(text);
    setAccessibleName(text);
    setAccessibleDescription(QStringLiteral("press and hold"));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_timer.setInterval(16);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &HoldButton::tick);
    m_lettingGo.setSingleShot(true);
    m_lettingGo.setInterval(repeatWaitMs);
    connect(&m_lettingGo, &QTimer::timeout, this, &HoldButton::endHold);
}

void HoldButton::setHoldMs(int ms) { m_holdMs = std::max(1, ms); }

void HoldButton::setDisabledReason(const QString& reason) {
    if (reason == m_reason) return;
    m_reason = reason;
    if (!reason.isEmpty()) endHold();
    setEnabled(reason.isEmpty());
    setToolTip(reason);
    setAccessibleDescription(reason.isEmpty() ? QStringLiteral("press and hold") : reason);
    update();
}

void HoldButton::beginHold() {
    if (m_holding || m_committed || !isEnabled() || !m_reason.isEmpty()) return;
    m_holding = true;
    m_heldMs = 0;
    m_sinceTick.start();
    m_timer.start();
    emit holdStarted();
    update();
}

void HoldButton::endHold() {
    const bool early = m_holding && !m_committed;
    if (early) {
        // What has passed since the last tick counts, but it may not commit: the finger is off.
        if (!m_lettingGo.isActive()) count();
        m_heldMs = std::min<qint64>(m_heldMs, m_holdMs - 1);
    }
    const qint64 held = m_heldMs;
    reset();
    if (early) emit holdReleasedEarly(held);
}

void HoldButton::reset() {
    m_timer.stop();
    m_lettingGo.stop();
    m_holding = false;
    m_committed = false;
    m_heldKey = 0;
    m_heldMs = 0;
    update();
}

void HoldButton::count() { m_heldMs += std::min<qint64>(m_sinceTick.restart(), longestTickMs); }

void HoldButton::keyDown(const QKeyEvent& event) {
    // Auto repeat is the keyboard's doing, not the officer's.
    if (event.isAutoRepeat()) return;
    if (m_lettingGo.isActive()) {
        const bool repeated = event.timestamp() - m_letGoAt <= repeatStampMs;
        if (!repeated) {
            endHold();
        } else {
            m_lettingGo.stop();
            m_sinceTick.restart();
            if (m_holding) m_timer.start();
            return;
        }
    }
    beginHold();
}

void HoldButton::keyUp(const QKeyEvent& event) {
    if (event.isAutoRepeat() || m_lettingGo.isActive()) return;
    // Only a server stamps its events; others repeat nothing.
    if (event.timestamp() == 0 || (!m_holding && !m_committed)) return endHold();
    if (m_holding) count();
    m_heldMs = std::min<qint64>(m_heldMs, m_holdMs - 1);
    m_timer.stop();
    m_letGoAt = event.timestamp();
    m_lettingGo.start();
}

void HoldButton::tick() {
    if (!m_holding) return;
    count();
    if (m_heldMs >= m_holdMs) {
        m_heldMs = m_holdMs;
        m_timer.stop();
        m_holding = false;
        m_committed = true;  // a new hold needs a release first
        update();
        emit committed();
        return;
    }
    update();
}

QSize HoldButton::sizeHint() const {
    const Theme& theme = Theme::current();
    QFont font = theme.font(FontRole::CardTitle);
    return {QFontMetrics(font).horizontalAdvance(text()) + theme.px(80 + besideWidth),
            theme.px(40)};
}

QSize HoldButton::minimumSizeHint() const {
    return {Theme::current().px(220), Theme::current().px(40)};
}

QRect HoldButton::buttonRect() const {
    return rect().adjusted(0, 0, -Theme::current().px(besideWidth), 0);
}

void HoldButton::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::current();
    QPainter painter(this);
    const QRect box = buttonRect();
    const bool locked = !isEnabled() || !m_reason.isEmpty();
    roundedBox(painter, box, Token::Btn, locked ? Token::Line2 : Token::Text, 4, locked ? 1 : 1.5);
    painter.setFont(theme.font(locked ? FontRole::Body : FontRole::CardTitle));
    const QFontMetrics metrics(painter.font());
    const QRect label = box.adjusted(theme.px(10), 0, -theme.px(10), 0);
    const QString shown = metrics.elidedText(locked && !m_reason.isEmpty() ? m_reason : text(),
                                             Qt::ElideRight, label.width());
    painter.setPen(theme.color(locked ? Token::Muted : Token::Text));
    painter.drawText(label, Qt::AlignCenter, shown);
    const qint64 held = m_committed ? m_holdMs : m_heldMs;
    if (!locked && held > 0) {
        QRect fill = box;
        fill.setWidth(static_cast<int>(box.width() * held / m_holdMs));
        painter.save();
        painter.setClipRect(fill);
        roundedBox(painter, box, Token::Text, Token::Text, 4, 1.5);
        painter.setPen(theme.color(Token::Win));
        painter.drawText(label, Qt::AlignCenter, shown);
        painter.restore();
    }
    if (!locked) {
        const QRect beside(box.right() + theme.px(10), 0, theme.px(besideWidth) - theme.px(10),
                           height());
        const Qt::Alignment left = Qt::AlignLeft | Qt::AlignVCenter;
        const int used = paintFigure(
            painter, beside, QString::number(static_cast<double>(held) / 1000.0, 'f', 2),
            {FontRole::MonoBody, Token::Text, Priority::None, RowState::Plain, left});
        paintFigure(painter, beside.adjusted(used + theme.px(5), 0, 0, 0),
                    QStringLiteral("of %1 s").arg(m_holdMs / 1000.0, 0, 'f', 1),
                    {FontRole::Caption, Token::Muted, Priority::None, RowState::Plain, left});
    }
    if (hasFocus()) focusRing(painter, box.adjusted(-1, 0, 1, 0), 5);
}

void HoldButton::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !buttonRect().contains(event->position().toPoint()))
        return;
    setDown(true);
    beginHold();
}

void HoldButton::mouseMoveEvent(QMouseEvent* event) {
    // Sliding off is letting go.
    if (m_holding && m_heldKey == 0 && !buttonRect().contains(event->position().toPoint())) {
        setDown(false);
        endHold();
    }
}

void HoldButton::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    setDown(false);
    if (m_heldKey == 0) endHold();
}

void HoldButton::keyPressEvent(QKeyEvent* event) {
    if (!isHoldKey(*event)) {
        // Not QAbstractButton's: Return and arrows must not click a hold button.
        QWidget::keyPressEvent(event);
        return;
    }
    const bool mine = m_heldKey == 0 ? !m_holding : event->key() == m_heldKey;
    if (!mine) return;
    keyDown(*event);
    m_heldKey = m_holding || m_committed ? event->key() : 0;
}

void HoldButton::keyReleaseEvent(QKeyEvent* event) {
    if (!isHoldKey(*event)) {
        QWidget::keyReleaseEvent(event);
        return;
    }
    if (event->key() == m_heldKey) keyUp(*event);
}

void HoldButton::focusOutEvent(QFocusEvent* event) {
    setDown(false);
    if (m_holding || m_committed) endHold();
    QAbstractButton::focusOutEvent(event);
}

void HoldButton::hideEvent(QHideEvent* event) {
    if (m_holding || m_committed) endHold();
    QAbstractButton::hideEvent(event);
}

void HoldButton::changeEvent(QEvent* event) {
    if (event->type() == QEvent::EnabledChange && !isEnabled() && (m_holding || m_committed))
        endHold();
    QAbstractButton::changeEvent(event);
}

}  // namespace breakwater::widgets
