// Splitters that share their room by a rule of their own until the officer drags one.
#pragma once

#include <functional>

#include <QJsonValue>
#include <QList>

class QSplitter;
class QWidget;

namespace breakwater::ui {

// The sizes for so many pixels; their sum need not be exact.
using SplitRule = std::function<QList<int>(int total)>;

QSplitter* makeSplitter(Qt::Orientation orientation, SplitRule rule, QWidget* parent);
// The last part takes `share` of the room, within logical px; the part before it the rest.
SplitRule lastPart(double share, int least, int most);

// An empty array while the rule holds.
QJsonValue splitterSizes(const QSplitter& splitter);
// Empty: back to the rule. What does not fit is ignored.
void restoreSplitter(QSplitter& splitter, const QJsonValue& saved);

}  // namespace breakwater::ui
