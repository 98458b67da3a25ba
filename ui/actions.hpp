// Actions: every one has its text, its key and a tooltip, made in one place.
#pragma once

#include <QString>

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

// Lets it be done, or says why not: the palette shows the reason.
void allow(QAction& action, bool allowed, const char* whyNot);
QString whyNot(const QAction& action);  // empty while it is allowed

}  // namespace breakwater::ui
