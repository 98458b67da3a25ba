#include "widgets/icons.hpp"

#include <QTransform>

#include "widgets/theme.hpp"

namespace breakwater::widgets {
namespace {

// All coordinates on a 20 x 20 grid.
void line(QPainterPath& path, double x1, double y1, double x2, double y2) {
    path.moveTo(x1, y1);
    path.lineTo(x2, y2);
}
void poly(QPainterPath& path, std::initializer_list<QPointF> points) {
    bool first = true;
    for (const QPointF& point : points) {
        if (first)
            path.moveTo(point);
        else
            path.lineTo(point);
        first = false;
    }
}

void situation(QPainterPath& p) {  // a gauge
    p.moveTo(4.5, 14.5);
    p.arcTo(QRectF(3, 4.5, 14, 14), 198, -216);
    line(p, 4.5, 14.5, 15.5, 14.5);
    line(p, 10, 11.5, 13.2, 8);
}
void accounts(QPainterPath& p) {
    line(p, 3.5, 5.5, 16.5, 5.5);
    line(p, 3.5, 10, 16.5, 10);
    line(p, 3.5, 14.5, 12, 14.5);
}
void queue(QPainterPath& p) {  // stacked, each step further
    p.addRoundedRect(QRectF(3, 4, 8.5, 3.4), 1, 1);
    p.addRoundedRect(QRectF(5.8, 8.4, 8.5, 3.4), 1, 1);
    p.addRoundedRect(QRectF(8.6, 12.8, 8.5, 3.4), 1, 1);
}
void fund(QPainterPath& p) {  // a funnel of layers
    line(p, 3.5, 5, 16.5, 5);
    line(p, 5.5, 9, 14.5, 9);
    line(p, 7.5, 13, 12.5, 13);
    line(p, 9, 16.5, 11, 16.5);
}
void breakers(QPainterPath& p) {  // an open switch
    line(p, 2.5, 12, 6.2, 12);
    p.addEllipse(QPointF(7.4, 12), 1.2, 1.2);
    line(p, 8.4, 11.3, 13.2, 7);
    p.addEllipse(QPointF(13, 12), 1.2, 1.2);
    line(p, 14.2, 12, 17.5, 12);
}
void whatIf(QPainterPath& p) {  // sliders
    for (const auto& [x, y] : {std::pair{5.0, 12.5}, std::pair{10.0, 7.0}, std::pair{15.0, 10.5}}) {
        line(p, x, 3.5, x, y - 1.6);
        line(p, x, y + 1.6, x, 16.5);
        line(p, x - 2, y - 1.6, x + 2, y - 1.6);
    }
}
void stress(QPainterPath& p) {
    poly(p, {{2.5, 10.5}, {6, 10.5}, {8, 4.5}, {11.5, 16}, {13.5, 10.5}, {17.5, 10.5}});
}
void forecast(QPainterPath& p) {
    poly(p, {{3, 15}, {7.5, 10}, {10.5, 12.5}, {16.5, 5}});
    line(p, 12.5, 5, 16.5, 5);
    line(p, 16.5, 5, 16.5, 9);
}
void forensics(QPainterPath& p) {  // a clock turned back
    p.arcMoveTo(QRectF(3.5, 3.5, 13, 13), 150);
    p.arcTo(QRectF(3.5, 3.5, 13, 13), 150, 300);
    poly(p, {{3.2, 3.6}, {4.3, 6.9}, {7.6, 6.2}});
    poly(p, {{10, 6.5}, {10, 10.4}, {12.8, 12}});
}
void proofs(QPainterPath& p) {  // a shield with a tick
    p.moveTo(10, 2.8);
    p.lineTo(16, 5);
    p.lineTo(16, 9.5);
    p.cubicTo(16, 13.5, 13.5, 15.8, 10, 17.4);
    p.cubicTo(6.5, 15.8, 4, 13.5, 4, 9.5);
    p.lineTo(4, 5);
    p.closeSubpath();
    poly(p, {{7.2, 9.8}, {9.2, 11.8}, {12.8, 8}});
}
void surface(QPainterPath& p) {  // a smile
    for (double lift : {0.0, 4.5}) {
        p.moveTo(3, 5 + lift);
        p.cubicTo(6, 13 + lift, 14, 13 + lift, 17, 4 + lift);
    }
}
void feeds(QPainterPath& p) {
    p.addEllipse(QPointF(5, 15), 1.2, 1.2);
    for (double r : {6.0, 11.0}) {
        p.arcMoveTo(QRectF(5 - r, 15 - r, 2 * r, 2 * r), 90);
        p.arcTo(QRectF(5 - r, 15 - r, 2 * r, 2 * r), 90, -90);
    }
}
void pause(QPainterPath& p) {
    line(p, 7, 4.5, 7, 15.5);
    line(p, 13, 4.5, 13, 15.5);
}
void play(QPainterPath& p) {
    poly(p, {{6, 4}, {15.5, 10}, {6, 16}});
    p.closeSubpath();
}
void step(QPainterPath& p) {
    poly(p, {{4.5, 4.5}, {12, 10}, {4.5, 15.5}});
    p.closeSubpath();
    line(p, 15.5, 4.5, 15.5, 15.5);
}

}  // namespace

QPainterPath iconPath(Icon icon, const QRectF& box) {
    QPainterPath path;
    switch (icon) {
        case Icon::Situation: situation(path); break;
        case Icon::Accounts: accounts(path); break;
        case Icon::Queue: queue(path); break;
        case Icon::Fund: fund(path); break;
        case Icon::Breakers: breakers(path); break;
        case Icon::WhatIf: whatIf(path); break;
        case Icon::Stress: stress(path); break;
        case Icon::Forecast: forecast(path); break;
        case Icon::Forensics: forensics(path); break;
        case Icon::Proofs: proofs(path); break;
        case Icon::Surface: surface(path); break;
        case Icon::Feeds: feeds(path); break;
        case Icon::Pause: pause(path); break;
        case Icon::Play: play(path); break;
        case Icon::Step: step(path); break;
    }
    QTransform transform;
    transform.translate(box.left(), box.top());
    transform.scale(box.width() / 20.0, box.height() / 20.0);
    return transform.map(path);
}

void paintIcon(QPainter& painter, const QRectF& box, Icon icon, const QColor& color) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    const double extra = Theme::current().isHighContrast() ? 0.5 : 0;
    painter.setPen(
        QPen(color, 1.5 * box.width() / 20.0 + extra, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(iconPath(icon, box));
    painter.restore();
}

}  // namespace breakwater::widgets
