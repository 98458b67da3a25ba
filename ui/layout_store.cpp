#include "ui/layout_store.hpp"

#include <algorithm>

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>
#include <QStandardPaths>

namespace breakwater::ui {
namespace {

constexpr qint64 kLargestFile = 1 << 20;

template <class Enum>
Enum enumFrom(const QJsonValue& value, Enum last, Enum fallback) {
    const int number = value.toInt(-1);
    return number < 0 || number > static_cast<int>(last) ? fallback : static_cast<Enum>(number);
}

QJsonObject toJson(const widgets::Appearance& appearance) {
    return {{QStringLiteral("theme"), static_cast<int>(appearance.theme)},
            {QStringLiteral("density"), static_cast<int>(appearance.density)},
            {QStringLiteral("zoom"), appearance.zoomPercent},
            {QStringLiteral("motion"), static_cast<int>(appearance.motion)}};
}

widgets::Appearance appearanceFrom(const QJsonObject& object) {
    widgets::Appearance out;
    out.theme = enumFrom(object.value(QStringLiteral("theme")), widgets::ThemeName::HighContrast,
                         out.theme);
    out.density =
        enumFrom(object.value(QStringLiteral("density")), widgets::Density::Touch, out.density);
    out.zoomPercent = std::clamp(object.value(QStringLiteral("zoom")).toInt(100), 80, 200);
    out.motion =
        enumFrom(object.value(QStringLiteral("motion")), widgets::Motion::Reduced, out.motion);
    return out;
}

}  // namespace

QJsonObject toJson(const WindowLayout& layout) {
    const QRect& g = layout.geometry;
    return {{QStringLiteral("version"), WindowLayout::kVersion},
            {QStringLiteral("geometry"), QJsonArray{g.x(), g.y(), g.width(), g.height()}},
            {QStringLiteral("maximised"), layout.maximised},
            {QStringLiteral("screen"), layout.screen},
            {QStringLiteral("appearance"), toJson(layout.appearance)},
            {QStringLiteral("screens"), layout.screens}};
}

std::optional<WindowLayout> layoutFrom(const QJsonObject& object) {
    const int version = object.value(QStringLiteral("version")).toInt(0);
    if (version < 1 || version > WindowLayout::kVersion) return std::nullopt;
    WindowLayout out;
    const QJsonArray g = object.value(QStringLiteral("geometry")).toArray();
    if (g.size() == 4) out.geometry = QRect(g[0].toInt(), g[1].toInt(), g[2].toInt(), g[3].toInt());
    out.maximised = object.value(QStringLiteral("maximised")).toBool();
    out.screen = object.value(QStringLiteral("screen")).toString();
    out.appearance = appearanceFrom(object.value(QStringLiteral("appearance")).toObject());
    out.screens = object.value(QStringLiteral("screens")).toObject();
    return out;
}

QRect clampedTo(const QRect& wanted, const QList<QRect>& screens, QSize least) {
    if (screens.isEmpty()) return wanted;
    QRect home = screens.front();
    qint64 most = 0;
    for (const QRect& screen : screens) {
        const QRect overlap = screen.intersected(wanted);
        const qint64 area = qint64(overlap.width()) * overlap.height();
        if (overlap.isValid() && area > most) {
            most = area;
            home = screen;
        }
    }
    const int width = std::min(std::max(wanted.width(), least.width()), home.width());
    const int height = std::min(std::max(wanted.height(), least.height()), home.height());
    const int x = std::clamp(wanted.x(), home.left(), home.right() - width + 1);
    const int y = std::clamp(wanted.y(), home.top(), home.bottom() - height + 1);
    return QRect(x, y, width, height);
}

QString defaultLayoutPath() {
    return QDir(QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation))
        .filePath(QStringLiteral("layout.json"));
}

bool saveLayoutFile(const QString& path, const WindowLayout& layout) {
    if (!QDir().mkpath(QFileInfo(path).absolutePath())) return false;
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) return false;
    const QByteArray bytes = QJsonDocument(toJson(layout)).toJson();
    return file.write(bytes) == bytes.size() && file.commit();
}

std::optional<WindowLayout> loadLayoutFile(const QString& path) {
    QFile file(path);
    if (!file.exists() || file.size() > kLargestFile || !file.open(QIODevice::ReadOnly))
        return std::nullopt;
    return layoutFrom(QJsonDocument::fromJson(file.readAll()).object());
}

}  // namespace breakwater::ui
