// Short forms for the widgets' value structs: the first members given, the rest empty.
#pragma once

#include "widgets/data_strip.hpp"
#include "widgets/empty_state.hpp"
#include "widgets/figure_view.hpp"

namespace breakwater::ui {

inline widgets::Fact fact(const QString& name, const QString& value,
                          widgets::FontRole font = widgets::FontRole::MonoBody) {
    widgets::Fact out;
    out.name = name;
    out.value = value;
    out.font = font;
    return out;
}

inline widgets::Fact factWithout(const QString& name, const QString& reason) {
    widgets::Fact out;
    out.name = name;
    out.reason = reason;
    return out;
}

inline widgets::FigureData figure(const QString& caption, const QString& value,
                                  widgets::Priority priority = widgets::Priority::None) {
    widgets::FigureData out;
    out.caption = caption;
    out.value = value;
    out.priority = priority;
    return out;
}

inline widgets::FigureData figureWithout(const QString& caption, const QString& reason) {
    widgets::FigureData out;
    out.caption = caption;
    out.reason = reason;
    return out;
}

inline widgets::DataItem dataItem(const QString& name, const QString& value) {
    widgets::DataItem out;
    out.name = name;
    out.value = value;
    return out;
}

inline widgets::EmptyStateData nothingHere(const QString& what, const QString& why) {
    widgets::EmptyStateData out;
    out.what = what;
    out.why = why;
    return out;
}

}  // namespace breakwater::ui
