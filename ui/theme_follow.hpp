// Sizes and fonts that are not painted by a widget of ours follow the theme too.
#pragma once

#include <functional>

class QWidget;

namespace breakwater::ui {

// Runs `apply` now and whenever theme, density or zoom has changed; lives as long as the widget.
void followTheme(QWidget& widget, std::function<void()> apply);

}  // namespace breakwater::ui
