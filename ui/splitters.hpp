// Splitters with the gap of the design, saved as plain numbers.
#pragma once

#include <QJsonValue>
#include <Qt>

class QSplitter;
class QWidget;

namespace breakwater::ui {

QSplitter* makeSplitter(Qt::Orientation orientation, QWidget* parent);
QJsonValue splitterSizes(const QSplitter& splitter);
void restoreSplitter(QSplitter& splitter, const QJsonValue& saved);  // ignores what does not fit

}  // namespace breakwater::ui
