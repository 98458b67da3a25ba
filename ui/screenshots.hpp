// One picture of every screen.
#pragma once

#include <QSize>
#include <QString>
#include <QStringList>

#include "core/base/result.hpp"

namespace breakwater::ui {

class MainWindow;

struct ScreenshotOptions {
    QString folder;
    QSize size = QSize(1920, 1080);
    int patienceMs = 60'000;  // for the data of one screen
};

// Opens every screen in turn, waits until its data has come, and writes <folder>/<id>.png.
// Answers the files written.
Result<QStringList> takeScreenshots(MainWindow& window, const ScreenshotOptions& options);

}  // namespace breakwater::ui
