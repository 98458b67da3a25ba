// Actions: every one has its text, its key and a tooltip, made in one place.
#pragma once

class QAction;
class QWidget;

namespace breakwater::ui {

struct ActionSpec {
    const char* text;
    const char* keys;  // several alternatives separated by ';'
    const char* toolTip;
};

// The key works while `owner` or one of its children has the focus; on a window, everywhere.
QAction* makeAction(QWidget& owner, const ActionSpec& spec);

}  // namespace breakwater::ui
