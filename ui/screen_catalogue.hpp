// The screens that exist. A new one is a file in screens/ and a line here.
#pragma once

#include <span>

#include "ui/screen.hpp"
#include "widgets/icons.hpp"

namespace breakwater::ui {

struct ScreenEntry {
    const char* id;
    const char* title;
    widgets::Icon icon;
    const char* shortcut;  // "Ctrl+1"
    const char* corner;    // in the rail: "1"
    Screen* (*make)(const ScreenContext& context);
};

std::span<const ScreenEntry> screenCatalogue();

}  // namespace breakwater::ui
