// What is larger than its place scrolls, and what takes the focus is brought into view.
#pragma once

class QScrollArea;
class QWidget;

namespace breakwater::ui {

void followFocus(QScrollArea& area);
// A frameless area around `content`, which it takes over.
QScrollArea* scrolling(QWidget* content, QWidget* parent);

}  // namespace breakwater::ui
