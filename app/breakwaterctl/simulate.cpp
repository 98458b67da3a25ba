#include <cstdio>

#include "app/breakwaterctl/commands.hpp"
#include "app/runtime/headless.hpp"
#include "app/runtime/play.hpp"

namespace breakwater::ctl {
namespace {

constexpr double kLargestLimitMb = 1e9;

struct SimulateOptions {
    runtime::PlayRequest play;
    std::string out;
    double sizeLimitMb = 0;
    bool json = false;
};

bool showProgress(const EngineState& state, double wall, const sim::Venue& venue) {
    const double done =
        (state.time - venue.from()).toSeconds() / (venue.until() - venue.from()).toSeconds();
    std::fprintf(stderr, "\r%s  %3.0f %%  %.0f inputs/s  %zu liquidations running  fund %s   ",
                 state.time.toString().c_str(), done * 100,
                 static_cast<double>(state.sequence) / wall, state.liquidations.size(),
                 state.books.fund().value().toString().substr(0, 14).c_str());
    std::fflush(stderr);
    return true;
}

void printJson(const runtime::SimulateReport& r) {
    const Tally& t = r.tally;
    std::printf(
        "{\"scenario\":%s,\"seed\":%llu,\"accounts\":%zu,\"inputs\":%llu,\"events\":%llu,"
        "\"liquidations\":%llu,"
        "\"fund_low\":\"%s\",\"adl_notional\":\"%s\",\"socialised_loss\":\"%s\",\"uncovered_loss\":"
        "\"%s\","
        "\"final_digest\":\"%s\",\"inputs_per_second\":%.0f,\"wall_seconds\":%.3f}\n",
        jsonText(r.scenario).c_str(), static_cast<unsigned long long>(r.seed), r.accounts,
        static_cast<unsigned long long>(t.inputs), static_cast<unsigned long long>(t.events),
        static_cast<unsigned long long>(t.liquidations), t.fundLow.toString().c_str(),
        t.adlNotional.toString().c_str(), t.socialised.toString().c_str(),
        t.uncovered.toString().c_str(), r.finalDigest.toHex().c_str(), r.inputsPerSecond(),
        r.wallSeconds);
}

void printText(const runtime::SimulateReport& r) {
    const Tally& t = r.tally;
    std::printf(
        "scenario          %s\nplayed to         %s\naccounts          %zu\ninputs            "
        "%llu\n"
        "events            %llu\nliquidations      %llu\nfund low          %s\nADL notional      "
        "%s\n"
        "socialised loss   %s\nuncovered loss    %s\nfinal digest      %s\ntime              %.2f "
        "s, %.0f inputs/s\n",
        r.scenario.c_str(), r.lastTime.toString().c_str(), r.accounts,
        static_cast<unsigned long long>(t.inputs), static_cast<unsigned long long>(t.events),
        static_cast<unsigned long long>(t.liquidations), t.fundLow.toString().c_str(),
        t.adlNotional.toString().c_str(), t.socialised.toString().c_str(),
        t.uncovered.toString().c_str(), r.finalDigest.toHex().c_str(), r.wallSeconds,
        r.inputsPerSecond());
}

int simulate(SimulateOptions options) {
    if (!(options.sizeLimitMb >= 0 && options.sizeLimitMb <= kLargestLimitMb)) {  // NaN as well
        return complain({ErrorCode::OutOfRange, "--record-limit is at most 1e9 MB"});
    }
    options.play.program = programName();
    const Result<std::filesystem::path> places = resources();
    if (!places) return complain(places.error());
    Result<sim::Venue> venue = runtime::makeVenue(options.play, *places);
    if (!venue) return complain(venue.error());
    const storage::RecordMeta meta =
        runtime::recordMeta(options.play, *venue, runtime::wallClockText());
    std::unique_ptr<storage::Recorder> recorder;
    if (!options.out.empty()) {
        storage::WriterOptions writing;
        writing.sizeLimitBytes = static_cast<std::uint64_t>(options.sizeLimitMb * 1e6);
        Result<storage::RecordWriter> writer =
            storage::RecordWriter::create(options.out, meta, writing);
        if (!writer) return complain(writer.error());
        recorder = std::make_unique<storage::Recorder>(std::move(*writer));
    }
    sim::Lockstep play(std::move(*venue));
    runtime::SimulateHooks hooks;
    if (onTerminal() && !options.json) {
        hooks.progress = [&](const EngineState& s, double wall) {
            return showProgress(s, wall, play.venue());
        };
    }
    Result<runtime::SimulateReport> report = runtime::simulate(play, recorder.get(), hooks);
    if (hooks.progress) std::fprintf(stderr, "\r\033[K");
    if (!report) return complain(report.error());
    report->seed = options.play.seed;
    if (report->recordFull) {
        std::fprintf(
            stderr, "breakwaterctl: the record reached its size limit at %s; the play ends there\n",
            report->lastTime.toString().c_str());
    }
    options.json ? printJson(*report) : printText(*report);
    return report->recordFull ? 1 : 0;
}

}  // namespace

void addSimulate(CLI::App& app, Chosen& chosen) {
    CLI::App* sub = app.add_subcommand(
        "simulate", "Play a price history through the embedded venue, as fast as it goes");
    auto o = std::make_shared<SimulateOptions>();
    auto* scenario = sub->add_option("--scenario", o->play.scenario,
                                     "Scenario by name or part of it, or a .scenario file")
                         ->capture_default_str();
    sub->add_option("--prices", o->play.prices,
                    "Binance kline CSV files (plain or gzip) instead of a scenario")
        ->excludes(scenario);
    auto* accounts = sub->add_option("--accounts", o->play.accounts, "Generated accounts")
                         ->capture_default_str()
                         ->check(CLI::Range(2, 1'000'000));
    sub->add_option("--population", o->play.population, "CSV of accounts instead of generated ones")
        ->excludes(accounts);
    sub->add_option("--seed", o->play.seed, "Seed of everything random")
        ->capture_default_str()
        ->check(CLI::NonNegativeNumber);
    sub->add_option("--market-share", o->play.marketShare,
                    "Share of our impact that reaches the outside price, 0 to 1")
        ->capture_default_str();
    sub->add_option("--from", o->play.from,
                    "Start: a UTC time, or 'begin'; default where the scenario says to watch");
    sub->add_option("--until", o->play.until, "End: a UTC time, or a length such as 20m or 2h");
    sub->add_option("--out", o->out, "Record everything into this file (must not exist)");
    sub->add_option("--record-limit", o->sizeLimitMb,
                    "Largest size of the record in MB; the play ends there")
        ->check(CLI::PositiveNumber);
    sub->add_flag("--json", o->json, "Print one JSON object");
    sub->callback([o, &chosen] { chosen.run = [o] { return simulate(*o); }; });
}

}  // namespace breakwater::ctl
