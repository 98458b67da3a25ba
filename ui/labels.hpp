// Plain labels whose type and colour follow the theme.
#pragma once

#include <QString>

class QLabel;
class QWidget;

namespace breakwater::ui {

// Muted caption above a control; its buddy takes the focus of an Alt key.
QLabel* captionLabel(const QString& words, QWidget* parent, QWidget* buddy = nullptr);
// A sentence that wraps.
QLabel* sentenceLabel(QWidget* parent);

}  // namespace breakwater::ui
