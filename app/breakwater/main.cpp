// breakwater: the workstation on the embedded venue.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include <QApplication>
#include <QDir>
#include <QIcon>
#include <QStandardPaths>

#include "app/breakwater/live_desk.hpp"
#include "app/breakwater/loop_meter.hpp"
#include "app/breakwater/options.hpp"
#include "app/breakwater/pictures.hpp"
#include "app/breakwater/run_past.hpp"
#include "app/breakwater/start_error.hpp"
#include "app/runtime/headless.hpp"
#include "app/runtime/live_record.hpp"
#include "app/runtime/play.hpp"
#include "app/runtime/resources.hpp"
#include "ui/main_window.hpp"
#include "widgets/theme.hpp"

namespace breakwater {
namespace {

std::filesystem::path newRecordPath(const std::string& scenario) {
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) +
                           "/breakwater/records";
    QDir().mkpath(folder);
    std::string stamp = runtime::wallClockText();
    std::erase(stamp, ':');
    const std::filesystem::path base =
        std::filesystem::path(folder.toStdString()) / (stamp + "_" + scenario);
    std::filesystem::path path = base.string() + ".bwr";
    for (int n = 2; std::filesystem::exists(path); ++n)
        path = base.string() + "-" + std::to_string(n) + ".bwr";
    return path;
}

struct Record {
    runtime::LiveRecord live;
    bool temporary = false;
};

// A new record, or, at a path that holds one, the same record taken up where it ends: a start
// after a crash is a start like any other.
Result<Record> openRecord(const Options& options, const sim::Venue& venue) {
    Record record;
    if (!options.record) return record;
    record.temporary = options.recordPath.empty() && !options.screenshots.empty();
    std::filesystem::path path = options.recordPath;
    if (record.temporary) {
        path = std::filesystem::temp_directory_path() /
               ("breakwater-" + std::to_string(QCoreApplication::applicationPid()) + ".bwr");
    } else if (path.empty()) {
        path = newRecordPath(venue.scenario().name);
    }
    storage::WriterOptions writing;
    writing.sizeLimitBytes = static_cast<std::uint64_t>(options.recordLimitMb * 1e6);
    Result<runtime::LiveRecord> opened = runtime::openLiveRecord(
        path, runtime::recordMeta(options.play, venue, runtime::wallClockText()), writing);
    if (!opened) return Unexpected(opened.error());
    record.live = std::move(*opened);
    return record;
}

// The venue is played to the chosen time first; then every screen shows the same instant.
class Arrival {
public:
    Arrival(const runtime::LiveSession& session, Instant at) : m_session(session), m_at(at) {}

    bool operator()() {
        const runtime::LiveStatus status = m_session.status();
        const view::Board board = m_session.board();
        // Two looks at the same board: the photograph after the pause has come.
        const Sequence sequence = board.snapshot ? board.snapshot->sequence : 0;
        const bool settled = std::exchange(m_last, sequence) == sequence && sequence > 0;
        return settled && (status.finished || (status.paused && board.snapshot->asOf >= m_at));
    }

private:
    const runtime::LiveSession& m_session;
    Instant m_at;
    Sequence m_last = 0;
};

int runWindow(const Options& options, std::chrono::steady_clock::time_point started) {
    const Result<std::filesystem::path> places =
        runtime::findResources({BREAKWATER_INSTALLED_RESOURCES, BREAKWATER_SOURCE_RESOURCES});
    if (!places) return complain(places.error().message);
    Result<sim::Venue> venue = runtime::makeVenue(options.play, *places);
    if (!venue) return complain(venue.error().message);
    Result<Record> record = openRecord(options, *venue);
    if (!record) return complain(record.error().message);
    const std::string path = record->live.path;

    runtime::LiveOptions live;
    live.speed = options.speed;
    live.paused = options.paused;
    if (!options.screenshots.empty() || !options.at.empty()) {
        const Result<Instant> at = Instant::parse(options.at.empty() ? kPictureTime : options.at);
        if (!at) return complain("--at: " + at.error().message);
        if (*at < venue->from() || *at > venue->until()) {
            return complain("--at " + at->toString() + " is outside the play (" +
                            venue->from().toString() + " to " + venue->until().toString() + ")");
        }
        live.fastTo = *at;
        live.pauseAtFastTo = !options.screenshots.empty() || options.paused;
        live.paused = false;
    }
    int code = 0;
    {
        runtime::LiveSession session(std::move(*venue), std::move(record->live), live);
        LiveDesk desk(session);
        ui::WindowOptions windowOptions;
        windowOptions.officer = options.officer;
        windowOptions.keepsLayout = options.screenshots.empty() && options.measureSeconds == 0;
        windowOptions.appearance = options.appearance;
        ui::MainWindow window(desk, windowOptions);
        LoopMeter meter(window, started);
        window.resize(options.size);
        window.show();
        if (!options.screenshots.empty()) {
            code = takePictures(window, options, 250, Arrival(session, *live.fastTo));
        } else {
            if (options.measureSeconds > 0)
                meter.measure(options.measureSeconds,
                              [&] { return session.status().inputsPerSecond; });
            code = QApplication::exec();
        }
        session.stop();
        const runtime::LiveStatus last = session.status();
        if (last.halted)
            std::fprintf(stderr, "breakwater: the engine stopped: %s\n", last.haltText.c_str());
        if (!last.recordError.empty())
            std::fprintf(stderr, "breakwater: %s\n", last.recordError.c_str());
        if (last.reserved > 0)
            std::fprintf(stderr,
                         "breakwater: the reserve beside the record holds %zu commands; "
                         "they are recorded when it is taken up\n",
                         last.reserved);
        if (options.screenshots.empty() && !path.empty()) std::printf("record: %s\n", path.c_str());
        if (const std::optional<Digest> digest = session.finalDigest();
            digest && options.screenshots.empty()) {
            std::printf("final digest: %s\n", digest->toHex().c_str());
        }
    }
    if (record->temporary) {
        std::filesystem::remove(path);
        std::filesystem::remove(path + ".reserve");
    }
    return code;
}

}  // namespace
}  // namespace breakwater

int main(int argc, char** argv) {
    using namespace breakwater;
    const auto started = std::chrono::steady_clock::now();
    Options options;
    if (const std::optional<int> code = parseOptions(argc, argv, options)) return *code;
    if (!hasDisplay()) {
        if (options.screenshots.empty()) {
            return complain(
                "there is no display. Pictures of every screen: breakwater --screenshots DIR. "
                "Without a window: breakwaterctl simulate, replay, verify, export, bench.");
        }
        ::setenv("QT_QPA_PLATFORM", "offscreen", 1);
    }
    QApplication app(argc, argv);
    QApplication::setApplicationName("breakwater");
    QApplication::setApplicationDisplayName("Breakwater");
    QApplication::setApplicationVersion(BREAKWATER_VERSION);
    QApplication::setDesktopFileName("org.breakwater.Breakwater");
    widgets::Theme::apply(app, options.appearance);
    return options.open.empty() ? runWindow(options, started) : runPast(options, started);
}
