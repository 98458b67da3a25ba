#pragma once
// 20 px line icons as paths, so they follow theme and zoom.

#include <cstdint>

#include <QColor>
#include <QPainter>
#include <QPainterPath>

namespace breakwater::widgets {

enum class Icon : std::uint8_t {
    Situation,
    Accounts,
    Queue,
    Fund,
    Breakers,
    WhatIf,
    Stress,
    Forecast,
    Forensics,
    Proofs,
    Surface,
    Feeds,
    Pause,
    Play,
    Step
};

QPainterPath iconPath(Icon icon, const QRectF& box);  // strokes, drawn on a 20 x 20 grid
void paintIcon(QPainter& painter, const QRectF& box, Icon icon, const QColor& color);

}  // namespace breakwater::widgets
