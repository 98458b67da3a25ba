#include "app/breakwater/run_past.hpp"

#include <cstdio>

#include <QApplication>

#include "app/breakwater/loop_meter.hpp"
#include "app/breakwater/past_desk.hpp"
#include "app/breakwater/pictures.hpp"
#include "app/breakwater/start_error.hpp"
#include "ui/main_window.hpp"

namespace breakwater {
namespace {

// Pictures show a record that has been surveyed: histories, lanes and the verdict are there.
bool isSurveyed(const runtime::PastSessionStatus& status) {
    const bool surveyed = status.whole || status.damaged || !status.difference.empty();
    return !status.busy && status.sequence > 0 && surveyed && status.verified >= 1;
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
    if (!options.screenshots.empty())
        return takePictures(window, options, 100, [&] { return isSurveyed((*session)->status()); });
    if (options.measureSeconds > 0) meter.measure(options.measureSeconds, [] { return 0.0; });
    return QApplication::exec();
}

}  // namespace breakwater
