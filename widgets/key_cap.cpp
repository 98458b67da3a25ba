#include "widgets/key_cap.hpp"

#include <QFontMetrics>

#include "widgets/theme.hpp"

namespace breakwater::widgets {

QString keyCapText(const QKeySequence& keys) {
    QString text = keys.toString(QKeySequence::PortableText);
    text.replace(QStringLiteral("Return"), QStringLiteral("Enter"));
    // "Ctrl++" is Ctrl and the plus key: only the joining plus becomes a space.
    for (auto at = text.indexOf(u'+'); at > 0 && at + 1 < text.size();
         at = text.indexOf(u'+', at + 1)) {
        text[at] = u' ';
    }
    return text;
}

QSize keyCapSize(const QKeySequence& keys) {
    if (keys.isEmpty()) return {0, 0};
    const Theme& theme = Theme::current();
    const QFontMetrics metrics(theme.font(FontRole::KeyCap));
    return {metrics.horizontalAdvance(keyCapText(keys)) + theme.px(10), theme.px(16)};
}

void paintKeyCap(QPainter& painter, const QRect& box, const QKeySequence& keys) {
    if (keys.isEmpty()) return;
    const Theme& theme = Theme::current();
    const QSize size = keyCapSize(keys);
    const QRect cap(QPoint(box.left(), box.top() + (box.height() - size.height()) / 2), size);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(theme.line(Token::Line2, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(cap).adjusted(0.5, 0.5, -0.5, -0.5), theme.pxF(3), theme.pxF(3));
    painter.setFont(theme.font(FontRole::KeyCap));
    painter.setPen(theme.color(Token::Secondary));
    painter.drawText(cap, Qt::AlignCenter, keyCapText(keys));
    painter.restore();
}

}  // namespace breakwater::widgets
