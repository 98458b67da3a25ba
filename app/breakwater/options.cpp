#include "app/breakwater/options.hpp"

#include <cstdio>
#include <map>

#include <CLI/CLI.hpp>

namespace breakwater {
namespace {

std::optional<QSize> parseSize(const std::string& text) {
    int width = 0, height = 0;
    char tail = 0;
    if (std::sscanf(text.c_str(), "%dx%d%c", &width, &height, &tail) != 2) return std::nullopt;
    if (width < 1024 || height < 600 || width > 7'680 || height > 4'320) return std::nullopt;
    return QSize(width, height);
}

void addPlay(CLI::App& app, runtime::PlayRequest& play) {
    auto* scenario = app.add_option("--scenario", play.scenario,
                                    "Scenario by name or part of it, or a .scenario file")
                         ->capture_default_str();
    app.add_option("--prices", play.prices,
                   "Binance kline CSV files (plain or gzip) instead of a scenario")
        ->excludes(scenario);
    auto* accounts = app.add_option("--accounts", play.accounts, "Generated accounts")
                         ->capture_default_str()
                         ->check(CLI::Range(2, 1'000'000));
    app.add_option("--population", play.population, "CSV of accounts instead of generated ones")
        ->excludes(accounts);
    app.add_option("--seed", play.seed, "Seed of everything random")
        ->capture_default_str()
        ->check(CLI::NonNegativeNumber);
    app.add_option("--market-share", play.marketShare,
                   "Share of our impact that reaches the outside price, 0 to 1")
        ->capture_default_str();
    app.add_option("--from", play.from,
                   "Start: a UTC time, or 'begin'; default where the scenario says to watch");
    app.add_option("--until", play.until, "End: a UTC time, or a length such as 20m or 2h");
}

}  // namespace

std::optional<int> parseOptions(int argc, char** argv, Options& options) {
    CLI::App app{"Breakwater: the risk workstation, on its embedded venue."};
    app.set_version_flag("--version", std::string("breakwater ") + BREAKWATER_VERSION);
    options.play.program = std::string("breakwater ") + BREAKWATER_VERSION;
    addPlay(app, options.play);
    std::string size;
    bool noRecord = false;
    app.add_option("--speed", options.speed, "Venue seconds per second")
        ->capture_default_str()
        ->check(CLI::Range(0.1, 10'000.0));
    app.add_flag("--paused", options.paused, "Start paused");
    auto* open = app.add_option("--open", options.open,
                                "Read this record (closed, or left by a crash) instead of playing");
    app.add_option("--at", options.at,
                   "Play as fast as it goes up to this UTC time first; with --open, show it");
    auto* record =
        app.add_option("--record", options.recordPath,
                       "Record into this file; one that exists is taken up where it ends");
    app.add_flag("--no-record", noRecord, "Do not record")->excludes(record);
    for (const char* name : {"--scenario", "--prices", "--accounts", "--population", "--seed",
                             "--market-share", "--from", "--until", "--record", "--no-record"}) {
        open->excludes(app.get_option(name));
    }
    app.add_option("--record-limit", options.recordLimitMb,
                   "Largest size of the record in MB; the play stops there")
        ->capture_default_str()
        ->check(CLI::PositiveNumber);
    app.add_option("--officer", options.officer, "Name of the officer at the desk")
        ->capture_default_str();
    app.add_option("--screenshots", options.screenshots,
                   "Write one PNG per screen into this folder and exit");
    app.add_option("--size", size, "Size of the window, such as 1920x1080");
    const std::map<std::string, widgets::ThemeName> themes{
        {"dark", widgets::ThemeName::Dark},
        {"light", widgets::ThemeName::Light},
        {"high-contrast", widgets::ThemeName::HighContrast}};
    app.add_option("--theme", options.appearance.theme, "dark, light or high-contrast")
        ->transform(CLI::CheckedTransformer(themes, CLI::ignore_case));
    app.add_option("--zoom", options.appearance.zoomPercent, "Percent, 80 to 200")
        ->check(CLI::Range(80, 200));
    app.add_option("--measure", options.measureSeconds,
                   "Measure the event loop for so many seconds, print, and exit")
        ->check(CLI::Range(1, 3'600));
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    options.record = !noRecord;
    // NaN passes every range check of the parser.
    if (!(options.speed >= 0.1 && options.speed <= 10'000) ||
        !(options.recordLimitMb > 0 && options.recordLimitMb <= 1e9)) {
        std::fprintf(
            stderr,
            "breakwater: --speed is 0.1 to 10000, --record-limit above 0 and at most 1e9 MB\n");
        return 2;
    }
    if (!size.empty()) {
        const std::optional<QSize> parsed = parseSize(size);
        if (!parsed) {
            std::fprintf(stderr, "breakwater: --size '%s' is not between 1024x600 and 7680x4320\n",
                         size.c_str());
            return 2;
        }
        options.size = *parsed;
    } else if (!options.screenshots.empty()) {
        options.size = QSize(1920, 1080);
    }
    return std::nullopt;
}

}  // namespace breakwater
