#pragma once
// Small painting helpers of this room; not for screens.

#include <QPainter>
#include <QRectF>

#include "widgets/theme.hpp"

namespace breakwater::widgets {

// A horizontal hairline on whole pixels.
inline void hline(QPainter& painter, int left, int right, int y, Token token) {
    painter.fillRect(QRect(left, y, right - left + 1, 1), Theme::current().color(token));
}

// 1 px rounded border with a face, sharp at whole coordinates.
inline void roundedBox(QPainter& painter, const QRect& box, Token face, Token edge, double radius,
                       double width = 1) {
    const Theme& theme = Theme::current();
    const double pen = width <= 1 ? 1.0 : theme.pxF(width);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.color(edge), pen));
    painter.setBrush(theme.color(face));
    const double half = pen / 2;
    painter.drawRoundedRect(QRectF(box).adjusted(half, half, -half, -half), theme.pxF(radius),
                            theme.pxF(radius));
    painter.restore();
}

// The border alone; whatever is below shows through.
inline void roundedEdge(QPainter& painter, const QRect& box, Token edge, double radius) {
    const Theme& theme = Theme::current();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.color(edge), 1.0));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), theme.pxF(radius),
                            theme.pxF(radius));
    painter.restore();
}

// 2 px focus ring just inside `box`: white in dark themes, ink in light.
inline void focusRing(QPainter& painter, const QRect& box, double radius = 4) {
    const Theme& theme = Theme::current();
    const double width = theme.pxF(2);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const Token token = theme.name() == ThemeName::Light ? Token::Ink : Token::White;
    painter.setPen(QPen(theme.color(token), width));
    painter.setBrush(Qt::NoBrush);
    const double half = width / 2;
    painter.drawRoundedRect(QRectF(box).adjusted(half, half, -half, -half), theme.pxF(radius),
                            theme.pxF(radius));
    painter.restore();
}

}  // namespace breakwater::widgets
