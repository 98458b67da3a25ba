#include "app/breakwater/run_past.hpp"

#include <cstdio>

#include <QApplication>
#include <QTimer>

#include "app/breakwater/loop_meter.hpp"
#include "app/breakwater/past_desk.hpp"
#include "ui/main_window.hpp"
#include "ui/screenshots.hpp"

namespace breakwater {
namespace {

int complain(const std::string& message) {
    std::fprintf(stderr, "breakwater: %s\n", message.c_str());
    return 2;
}

// Pictures show a record that has been surveyed: histories, lanes and the verdict are there.
int takePictures(ui::MainWindow& window, const runtime::PastSession& session,
                 const Options& options) {
    int code = 2;
    QTimer poll;
    QObject::connect(&poll, &QTimer::timeout, [&] {
        const runtime::PastSessionStatus status = session.status();
        const bool surveyed = status.whole || status.damaged || !status.difference.empty();
        if (status.busy || status.sequence == 0 || !surveyed || status.verified < 1) return;
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
    poll.start(100);
    return QApplication::exec();
}

}  // namespace

int runPast(const Options& options, std::chrono::steady_clock::time_point started) {
    runtime::PastOptions past;
    past.speed = options.speed;
    if (!options.at.empty()) {
        const Result<Instant> at = Instant::parse(options.at);
        if (!at) return complain("--at: " + at.error().message);
        past.at = *at;
    }
    Result<std::unique_ptr<runtime::PastSession>> session =
        runtime::PastSession::open(options.open, past);
    if (!session) return complain(session.error().message);
    if ((*session)->status().wasBeingWritten) {
        std::fprintf(stderr,
                     "breakwater: %s is being written by another Breakwater; what it held when it "
                     "was opened is shown\n",
                     options.open.c_str());
    }
    PastDesk desk(**session);
    ui::WindowOptions windowOptions;
    windowOptions.officer = options.officer;
    windowOptions.keepsLayout = options.screenshots.empty() && options.measureSeconds == 0;
    windowOptions.appearance = options.appearance;
    ui::MainWindow window(desk, windowOptions);
    LoopMeter meter(window, started);
    window.resize(options.size);
    window.show();
    if (!options.screenshots.empty()) return takePictures(window, **session, options);
    if (options.measureSeconds > 0) meter.measure(options.measureSeconds, [] { return 0.0; });
    return QApplication::exec();
}

}  // namespace breakwater
