#include "app/runtime/bench.hpp"

#include <cstdio>

#include "app/breakwaterctl/commands.hpp"

namespace breakwater::ctl {
namespace {

struct BenchOptions {
    std::string only;
    std::string scratch;
    std::string record;
    bool quick = false;
    bool json = false;
};

void show(const runtime::Figure& f) {
    char target[64] = "";
    if (f.target != 0) {
        std::snprintf(target, sizeof target, "%s %.10g  %s",
                      f.higherIsBetter ? ">=" : "<=", f.target, f.met() ? "met" : "MISSED");
    }
    char ratio[32] = "";
    if (f.ratio > 0) std::snprintf(ratio, sizeof ratio, "%.1f", f.ratio);
    std::printf("%-16s %14.*f %-9s %-24s ratio %-9s %s; %s\n", f.name.c_str(),
                f.value < 100 ? 3 : 0, f.value, f.unit.c_str(), target, ratio, f.workload.c_str(),
                f.note.c_str());
    std::fflush(stdout);
}

void printJson(const std::vector<runtime::Figure>& figures) {
    std::printf("[");
    for (std::size_t i = 0; i < figures.size(); ++i) {
        const runtime::Figure& f = figures[i];
        std::printf(
            "%s{\"name\":%s,\"workload\":%s,\"value\":%.6g,\"unit\":%s,\"target\":%.10g,\"met\":%s,"
            "\"ratio\":%.6g,\"note\":%s}",
            i > 0 ? ",\n " : "", jsonText(f.name).c_str(), jsonText(f.workload).c_str(), f.value,
            jsonText(f.unit).c_str(), f.target, f.met() ? "true" : "false", f.ratio,
            jsonText(f.note).c_str());
    }
    std::printf("]\n");
}

int bench(const BenchOptions& options) {
    const Result<std::filesystem::path> places = resources();
    if (!places) return complain(places.error());
    runtime::BenchRequest request;
    request.resources = *places;
    request.only = options.only;
    request.quick = options.quick;
    request.record = options.record;
    request.scratch = options.scratch.empty() ? std::filesystem::temp_directory_path()
                                              : std::filesystem::path(options.scratch);
    const auto quiet = [](const runtime::Figure&) {};
    const Result<std::vector<runtime::Figure>> figures = runtime::bench(
        request, options.json ? std::function<void(const runtime::Figure&)>(quiet) : show);
    if (!figures) return complain(figures.error());
    if (options.json) printJson(*figures);
    return 0;
}

}  // namespace

void addBench(CLI::App& app, Chosen& chosen) {
    CLI::App* sub =
        app.add_subcommand("bench", "Measure the figures of the README on this machine");
    auto o = std::make_shared<BenchOptions>();
    sub->add_option("--only", o->only, "Only figures whose name holds this");
    sub->add_option("--scratch", o->scratch,
                    "Folder for the records that are written (and removed)");
    sub->add_option("--record", o->record,
                    "Record that 'open at random' and 'events page' are measured on, instead of "
                    "the crash run's");
    sub->add_flag("--quick", o->quick, "A tenth of the work");
    sub->add_flag("--json", o->json, "Print one JSON list");
    sub->callback([o, &chosen] { chosen.run = [o] { return bench(*o); }; });
}

}  // namespace breakwater::ctl
