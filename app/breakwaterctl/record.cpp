// replay, verify, export: what can be asked of a record.
#include <chrono>
#include <cstdio>

#include "app/breakwaterctl/commands.hpp"
#include "app/runtime/prefetch.hpp"
#include "core/replay/replay.hpp"
#include "storage/csv_export.hpp"
#include "storage/record_reader.hpp"
#include "storage/verify.hpp"

namespace breakwater::ctl {
namespace {

struct ReplayOptions {
    std::string file;
    std::string to;
    bool json = false;
};

Result<ReplayLimits> limitsFrom(const std::string& to) {
    ReplayLimits limits;
    if (to.empty()) return limits;
    if (to.find_first_not_of("0123456789") == std::string::npos && to.size() < 19) {
        limits.toSequence = std::stoull(to);
        return limits;
    }
    const Result<Instant> at = Instant::parse(to);
    if (!at) {
        return fail(
            ErrorCode::Malformed,
            "'" + to + "' is neither a sequence number nor a UTC time such as 2025-10-10T21:20Z");
    }
    limits.toTime = *at;
    return limits;
}

int replayRecord(const ReplayOptions& options) {
    const Result<ReplayLimits> limits = limitsFrom(options.to);
    if (!limits) return complain(limits.error());
    Result<storage::RecordReader> reader = storage::RecordReader::open(options.file);
    if (!reader) return complain(reader.error());
    Engine engine;
    const auto start = std::chrono::steady_clock::now();
    const auto progress = [&](const ReplayOutcome& outcome) {
        if (outcome.inputs % 65'536 != 0) return;
        std::fprintf(stderr, "\r%s  %llu of %llu inputs", outcome.lastTime.toString().c_str(),
                     static_cast<unsigned long long>(outcome.lastSequence),
                     static_cast<unsigned long long>(reader->lastSequence()));
    };
    const bool live = onTerminal() && !options.json;
    runtime::PrefetchSource ahead(*reader);
    const Result<ReplayOutcome> outcome =
        replay(engine, ahead, *limits,
               live ? std::function<void(const ReplayOutcome&)>(progress) : nullptr);
    if (live) std::fprintf(stderr, "\r\033[K");
    if (!outcome) {
        complain(outcome.error());
        return outcome.error().code == ErrorCode::Corrupt ? 1 : 2;
    }
    const double wall =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    const double rate = wall > 0 ? static_cast<double>(outcome->inputs) / wall : 0;
    if (options.json) {
        std::printf(
            "{\"inputs\":%llu,\"events\":%llu,\"last_sequence\":%llu,\"last_time\":\"%s\","
            "\"equal\":%s,"
            "\"differs_at\":%llu,\"final_digest\":\"%s\",\"inputs_per_second\":%.0f,\"wall_"
            "seconds\":%.3f}\n",
            static_cast<unsigned long long>(outcome->inputs),
            static_cast<unsigned long long>(outcome->events),
            static_cast<unsigned long long>(outcome->lastSequence),
            outcome->lastTime.toString().c_str(), outcome->differsAt ? "false" : "true",
            static_cast<unsigned long long>(outcome->differsAt.value_or(0)),
            outcome->finalDigest.toHex().c_str(), rate, wall);
    } else {
        std::printf(
            "replayed          %llu inputs, %llu events, to sequence %llu at %s\nfinal digest      "
            "%s\n"
            "time              %.2f s, %.0f inputs/s\n",
            static_cast<unsigned long long>(outcome->inputs),
            static_cast<unsigned long long>(outcome->events),
            static_cast<unsigned long long>(outcome->lastSequence),
            outcome->lastTime.toString().c_str(), outcome->finalDigest.toHex().c_str(), wall, rate);
        if (outcome->differsAt) {
            std::printf("DIFFERS at sequence %llu: %s\n",
                        static_cast<unsigned long long>(*outcome->differsAt),
                        outcome->difference.c_str());
        } else {
            std::printf("every event is as recorded\n");
        }
    }
    return outcome->differsAt ? 1 : 0;
}

int verifyRecord(const std::string& file) {
    const storage::Verification v = storage::verify(file);
    switch (v.verdict) {
        case storage::Verdict::Intact: std::printf("intact"); break;
        case storage::Verdict::IntactWithoutClose:
            std::printf("intact, ends without a close");
            break;
        case storage::Verdict::Differs:
            std::printf("differs at sequence %llu: %s\n",
                        static_cast<unsigned long long>(v.differsAt), v.why.c_str());
            break;
        case storage::Verdict::Unreadable: std::printf("unreadable: %s\n", v.why.c_str()); break;
    }
    if (storage::exitCode(v.verdict) == 0) {
        std::printf(": %llu inputs and events, to sequence %llu at %s, chain %s\n",
                    static_cast<unsigned long long>(v.verified),
                    static_cast<unsigned long long>(v.tail.lastSequence),
                    v.tail.lastTime.toString().c_str(), v.tail.chain.toHex().c_str());
    }
    return storage::exitCode(v.verdict);
}

int exportRecord(const std::string& file, const std::string& folder) {
    const Result<storage::ExportSummary> summary = storage::exportCsv(file, folder);
    if (!summary) return complain(summary.error());
    std::printf("wrote %llu inputs and %llu events to %s\n",
                static_cast<unsigned long long>(summary->inputs),
                static_cast<unsigned long long>(summary->events), folder.c_str());
    return 0;
}

}  // namespace

void addReplay(CLI::App& app, Chosen& chosen) {
    CLI::App* sub = app.add_subcommand("replay", "Compute a record again and compare every event");
    auto o = std::make_shared<ReplayOptions>();
    sub->add_option("file", o->file, "Record")->required();
    sub->add_option("--to", o->to, "Stop after this sequence number or UTC time");
    sub->add_flag("--json", o->json, "Print one JSON object");
    sub->callback([o, &chosen] { chosen.run = [o] { return replayRecord(*o); }; });
}

void addVerify(CLI::App& app, Chosen& chosen) {
    CLI::App* sub =
        app.add_subcommand("verify", "Check a record's digests: 0 intact, 1 differs, 2 unreadable");
    auto file = std::make_shared<std::string>();
    sub->add_option("file", *file, "Record")->required();
    sub->callback([file, &chosen] { chosen.run = [file] { return verifyRecord(*file); }; });
}

void addExport(CLI::App& app, Chosen& chosen) {
    CLI::App* sub = app.add_subcommand("export", "Write a record as CSV files");
    auto file = std::make_shared<std::string>();
    auto folder = std::make_shared<std::string>();
    sub->add_option("file", *file, "Record")->required();
    sub->add_option("--csv", *folder, "Folder to make, or an empty one")->required();
    sub->callback([file, folder, &chosen] {
        chosen.run = [file, folder] { return exportRecord(*file, *folder); };
    });
}

}  // namespace breakwater::ctl
