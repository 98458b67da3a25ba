// The window's layout as versioned JSON. What does not fit today's screens is made to fit;
// what cannot be read is left out, never fatal.
#pragma once

#include <optional>

#include <QJsonObject>
#include <QList>
#include <QRect>
#include <QString>

#include "widgets/theme.hpp"

namespace breakwater::ui {

struct WindowLayout {
    static constexpr int kVersion = 1;
    QRect geometry;  // empty: as the window system likes
    bool maximised = false;
    QString screen;  // id of the active screen
    widgets::Appearance appearance;
    QJsonObject screens;  // by id, each screen's own
};

QJsonObject toJson(const WindowLayout& layout);
// Nothing when the object is of a later version or not a layout.
std::optional<WindowLayout> layoutFrom(const QJsonObject& object);
// At least `least` in size, wholly on the screen it overlaps most (the first when none).
QRect clampedTo(const QRect& wanted, const QList<QRect>& screens, QSize least);

QString defaultLayoutPath();
bool saveLayoutFile(const QString& path, const WindowLayout& layout);
std::optional<WindowLayout> loadLayoutFile(const QString& path);

}  // namespace breakwater::ui
