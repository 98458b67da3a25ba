#pragma once
// The application style sheet, for the few plain Qt controls: borders, radius, padding.

#include <QString>

namespace breakwater::widgets {

class Theme;

QString styleSheetOf(const Theme& theme);

}  // namespace breakwater::widgets
