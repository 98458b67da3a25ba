#pragma once
// Key caps are painted from a QKeySequence, never typed as text.

#include <QKeySequence>
#include <QPainter>
#include <QSize>
#include <QString>

namespace breakwater::widgets {

QString keyCapText(const QKeySequence& keys);  // "Ctrl K", "F8", "Enter"
QSize keyCapSize(const QKeySequence& keys);
// Left edge at box.left(), vertically centred.
void paintKeyCap(QPainter& painter, const QRect& box, const QKeySequence& keys);

}  // namespace breakwater::widgets
