#include "widgets/mode_frame.hpp"

#include <QEvent>
#include <QPainterPath>

#include "widgets/paint_util.hpp"

namespace breakwater::widgets {

ModeFrame::ModeFrame(QWidget* covered) : QWidget(covered) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_NoSystemBackground);
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(QStringLiteral("mode frame"));
    covered->installEventFilter(this);
    setGeometry(covered->rect());
    hide();
}

void ModeFrame::setMode(Mode mode) {
    m_mode = mode;
    const bool framed = mode == Mode::WhatIf || mode == Mode::Past || mode == Mode::Drill;
    setVisible(framed);
    if (framed) raise();
    setAccessibleName(QStringLiteral("mode ") + modeWord(mode));
    update();
}

double ModeFrame::screenMargin(Mode mode) {
    return mode == Mode::Live || mode == Mode::ReadOnly ? 8 : 13;
}

void ModeFrame::paintEvent(QPaintEvent*) {
    const Theme& theme = Theme::current();
    QPainter painter(this);
    const double width = theme.pxF(5);
    const QRectF all(rect());
    QPainterPath ring;
    ring.addRect(all);
    ring.addRect(all.adjusted(width, width, -width, -width));
    if (m_mode == Mode::WhatIf) {
        painter.fillPath(ring, theme.color(Token::Violet, 0.25));
        painter.fillPath(ring, hatchBrush(theme.color(Token::Violet), 1));
    } else if (m_mode == Mode::Past) {
        painter.setPen(theme.line(Token::Text, 1.4));
        painter.drawRect(all.adjusted(1, 1, -1, -1));
        painter.drawRect(all.adjusted(width, width, -width, -width));
    } else if (m_mode == Mode::Drill) {
        painter.setRenderHint(QPainter::Antialiasing);
        QPen dots = theme.line(Token::Teal, 4);
        dots.setCapStyle(Qt::RoundCap);
        dots.setDashPattern({0.01, 1.9});
        painter.setPen(dots);
        const double half = width / 2;
        painter.drawRect(all.adjusted(half, half, -half, -half));
    }
    if (m_mode == Mode::Past) return;
    // The watermark says it where the frame is out of sight.
    QFont font = theme.font(FontRole::Hero);
    font.setPixelSize(theme.px(120));
    font.setWeight(QFont::DemiBold);
    painter.setFont(font);
    painter.setPen(theme.color(m_mode == Mode::WhatIf ? Token::Violet : Token::Teal, 0.1));
    painter.drawText(rect(), Qt::AlignCenter, modeWord(m_mode));
}

bool ModeFrame::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parent()) {
        if (event->type() == QEvent::Resize) setGeometry(parentWidget()->rect());
        if (event->type() == QEvent::ChildAdded && isVisible()) raise();
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace breakwater::widgets
