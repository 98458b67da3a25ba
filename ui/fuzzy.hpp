// How well a few typed letters fit a text: letters in order, best at the beginnings of words.
#pragma once

#include <optional>

#include <QString>

namespace breakwater::ui {

// Higher is better; nothing when the letters do not occur in this order. An empty pattern fits
// everything alike. Case and blanks of the pattern do not count.
std::optional<int> fuzzyScore(const QString& pattern, const QString& text);

}  // namespace breakwater::ui
