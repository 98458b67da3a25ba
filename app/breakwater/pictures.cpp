#include "app/breakwater/pictures.hpp"

#include <cstdio>

#include <QApplication>
#include <QTimer>

#include "app/breakwater/start_error.hpp"
#include "ui/main_window.hpp"
#include "ui/screenshots.hpp"

namespace breakwater {

int takePictures(ui::MainWindow& window, const Options& options, int everyMs,
                 const std::function<bool()>& settled) {
    int code = 2;
    QTimer poll;
    QObject::connect(&poll, &QTimer::timeout, [&] {
        if (!settled()) return;
        poll.stop();
        const Result<QStringList> files = ui::takeScreenshots(
            window, {QString::fromStdString(options.screenshots), options.size, 60'000});
        if (files) {
            for (const QString& file : *files)
                std::printf("%s\n", qPrintable(file));
            code = 0;
        } else {
            complain(files.error().message);
        }
        QCoreApplication::exit(code);
    });
    poll.start(everyMs);
    return QApplication::exec();
}

}  // namespace breakwater
