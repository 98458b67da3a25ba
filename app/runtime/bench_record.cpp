// What is measured on a record: making, writing, reading, replaying, opening and paging it.
#include <algorithm>

#include "app/runtime/bench_parts.hpp"
#include "app/runtime/headless.hpp"
#include "app/runtime/log_search.hpp"
#include "app/runtime/past_session.hpp"
#include "app/runtime/play.hpp"
#include "app/runtime/prefetch.hpp"
#include "core/sim/random.hpp"
#include "storage/record_reader.hpp"

namespace breakwater::runtime {
namespace {

namespace fs = std::filesystem;
using Clock = BenchClock;

double since(Clock::time_point start) { return secondsSince(start); }

double atShare(std::vector<double>& values, double share) {
    std::sort(values.begin(), values.end());
    return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

std::string milliText(double seconds) {
    return std::to_string(static_cast<int>(seconds * 1e3 + 0.5)) + " ms";
}

}  // namespace

Result<fs::path> Bench::crashRecord() {
    if (m_crash.empty()) {
        const Result<void> made = crash();
        if (!made) return Unexpected(made.error());
    }
    return m_crash;
}

// The scenario of 10 October 2025 with recording, the parts timed apart on the engine's thread.
Result<void> Bench::crash() {
    PlayRequest request;
    request.program = "bench";
    if (m_request.quick) request.until = "60m";
    Result<sim::Venue> venue = makeVenue(request, m_request.resources);
    if (!venue) return Unexpected(venue.error());
    const fs::path path = m_request.scratch / "crash.bwr";
    fs::remove(path);
    Result<storage::RecordWriter> writer =
        storage::RecordWriter::create(path, recordMeta(request, *venue, "bench"));
    if (!writer) return Unexpected(writer.error());
    storage::Recorder recorder(std::move(*writer));
    sim::Venue& v = *venue;
    Engine engine;
    Step step;
    CheckpointPace checkpoints;
    double inVenue = 0, inEngine = 0, inEncoding = 0, inStorage = 0;
    const Instant end = v.until() + Duration::hours(1);
    const auto start = Clock::now();
    while (true) {
        const auto t0 = Clock::now();
        std::optional<sim::TimedInput> next = v.next(engine.state(), end);
        if (!next) break;
        const Input input{engine.state().sequence + 1, next->time, std::move(next->body)};
        const auto t1 = Clock::now();
        m_events.clear();
        engine.apply(input, m_events);
        const auto t2 = Clock::now();
        encodeStep(input, m_events, step);
        const auto t3 = Clock::now();
        Result<void> kept = recorder.submit(step);
        if (!kept) return kept;
        if (checkpoints.isDue(engine.state())) {
            checkpoints.keep(engine.state());
            kept = recorder.submitCheckpoint(checkpointOf(engine.state()));
        }
        if (!kept) return kept;
        const auto t4 = Clock::now();
        v.observe(input.body, m_events, engine.state());
        const auto t5 = Clock::now();
        inVenue += std::chrono::duration<double>((t1 - t0) + (t5 - t4)).count();
        inEngine += std::chrono::duration<double>(t2 - t1).count();
        inEncoding += std::chrono::duration<double>(t3 - t2).count();
        inStorage += std::chrono::duration<double>(t4 - t3).count();
    }
    const double playing = since(start);
    const Result<void> closed = recorder.close();
    if (!closed) return closed;
    const double seconds = since(start);
    m_crash = path;
    const auto n = static_cast<double>(engine.state().tally.inputs);
    const auto percent = [&](double part) {
        return std::to_string(static_cast<int>(part / playing * 100 + 0.5)) + " %";
    };
    report({"crash run", "simulate of 10 October 2025, seed 1, 20,000 accounts, recording on",
            n / seconds, "inputs/s", 60'000, true, seconds / n / m_baseline,
            "engine " + percent(inEngine) + ", venue " + percent(inVenue) + ", encoding " +
                percent(inEncoding) + ", handing to storage " + percent(inStorage) + ", closing " +
                std::to_string(seconds - playing).substr(0, 4) + " s"});
    return {};
}

// The crash's own steps again, from memory, through the recorder into a new file.
Result<void> Bench::recording() {
    const Result<fs::path> source = crashRecord();
    if (!source) return Unexpected(source.error());
    Result<storage::RecordReader> reader = storage::RecordReader::open(*source);
    if (!reader) return Unexpected(reader.error());
    std::vector<Step> steps;
    std::uint64_t rows = 0;
    while (true) {
        Step step;
        const Result<bool> more = reader->next(step);
        if (!more) return Unexpected(more.error());
        if (!*more || rows >= times(1'000'000)) break;
        rows += 1 + step.eventCount();
        steps.push_back(std::move(step));
    }
    const fs::path path = m_request.scratch / "rows.bwr";
    fs::remove(path);
    Result<storage::RecordWriter> writer = storage::RecordWriter::create(path, reader->meta());
    if (!writer) return Unexpected(writer.error());
    storage::Recorder recorder(std::move(*writer));
    const auto start = Clock::now();
    for (Step& step : steps) {
        const Result<void> kept = recorder.submit(step);
        if (!kept) return kept;
    }
    const Result<void> closed = recorder.close();
    if (!closed) return closed;
    const double seconds = since(start);
    report({"recording", "inputs + events + chain of the crash run, from memory to a closed record",
            static_cast<double>(rows) / seconds, "rows/s", 200'000, true,
            seconds / static_cast<double>(rows) / m_baseline, ""});
    fs::remove(path);
    return {};
}

Result<void> Bench::reading() {
    const Result<fs::path> source = crashRecord();
    if (!source) return Unexpected(source.error());
    Result<storage::RecordReader> reader = storage::RecordReader::open(*source);
    if (!reader) return Unexpected(reader.error());
    Step step;
    std::uint64_t rows = 0;
    const auto start = Clock::now();
    while (true) {
        const Result<bool> more = reader->next(step);
        if (!more) return Unexpected(more.error());
        if (!*more) break;
        rows += 1 + step.eventCount();
    }
    const double seconds = since(start);
    report({"read + chain", "every row of the crash record read and its digest checked",
            static_cast<double>(rows) / seconds, "rows/s", 1'000'000, true,
            seconds / static_cast<double>(rows) / m_baseline, ""});
    return {};
}

// The engine alone over the record's inputs in memory, then a full replay of the same record.
Result<void> Bench::replaying() {
    const Result<fs::path> source = crashRecord();
    if (!source) return Unexpected(source.error());
    std::vector<Input> inputs;
    {
        Result<storage::RecordReader> reader = storage::RecordReader::open(*source);
        if (!reader) return Unexpected(reader.error());
        Step step;
        while (true) {
            const Result<bool> more = reader->next(step);
            if (!more) return Unexpected(more.error());
            if (!*more) break;
            Result<InputBody> body = decodeInput(step.input());
            if (!body) return Unexpected(body.error());
            inputs.push_back(Input{step.sequence, step.time, std::move(*body)});
        }
    }
    double alone = 0;
    {
        Engine engine;
        const auto start = Clock::now();
        for (const Input& input : inputs) {
            m_events.clear();
            engine.apply(input, m_events);
        }
        alone = static_cast<double>(inputs.size()) / since(start);
    }
    Result<storage::RecordReader> reader = storage::RecordReader::open(*source);
    if (!reader) return Unexpected(reader.error());
    Engine engine;
    const auto start = Clock::now();
    PrefetchSource ahead(*reader);
    const Result<ReplayOutcome> outcome = replay(engine, ahead, {});
    if (!outcome) return Unexpected(outcome.error());
    const double rate = static_cast<double>(outcome->inputs) / since(start);
    report({"replay", "the crash record replayed, every event compared", rate, "inputs/s", 0, true,
            1 / rate / m_baseline, outcome->differsAt ? "DIFFERS" : "equal"});
    report({"replay / engine", "against the engine alone over the same inputs in memory",
            rate / alone, "x", 0.8, true, 0,
            "engine alone " + std::to_string(static_cast<long>(alone)) + " inputs/s"});
    return {};
}

Result<fs::path> Bench::lookedAt() {
    if (!m_request.record.empty()) return m_request.record;
    return crashRecord();
}

// From the file's name to the first board, at instants anywhere in the record; the survey behind
// it has no time to help. The cache of the operating system is warm after the first.
Result<void> Bench::opening() {
    const Result<fs::path> source = lookedAt();
    if (!source) return Unexpected(source.error());
    Instant from, to;
    Sequence last = 0;
    {
        const auto whole = PastSession::open(*source, {});
        if (!whole) return Unexpected(whole.error());
        const PastSessionStatus status = (*whole)->status();
        from = status.from;
        to = status.to;
        last = status.lastSequence;
    }
    sim::Random random(1, 901);
    std::vector<double> taken;
    for (std::uint64_t i = 0; i < times(30); ++i) {
        PastOptions options;
        options.at = from + Duration::microseconds(static_cast<std::int64_t>(random.uniformInt(
                                static_cast<std::uint64_t>((to - from).count()))));
        const auto start = Clock::now();
        const auto session = PastSession::open(*source, options);
        if (!session) return Unexpected(session.error());
        while (!(*session)->board().scan)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        taken.push_back(since(start));
    }
    const double largest = atShare(taken, 1);
    report({"open at random",
            "a record of " + std::to_string(last) +
                " inputs opened at a random instant, to its board; largest of " +
                std::to_string(taken.size()),
            largest * 1e3, "ms", 500, false, largest / m_baseline,
            "median " + milliText(atShare(taken, 0.5))});
    return {};
}

// The newest 200 of a filter, from anywhere in the record backward; one kind by the database, one
// account by decoding.
Result<void> Bench::paging() {
    const Result<fs::path> source = lookedAt();
    if (!source) return Unexpected(source.error());
    Result<storage::RecordReader> reader = storage::RecordReader::open(*source);
    if (!reader) return Unexpected(reader.error());
    const view::Snapshot names;
    sim::Random random(1, 902);
    const auto measure = [&](const view::EventFilter& filter) -> Result<double> {
        std::vector<double> taken;
        for (std::uint64_t i = 0; i < times(30); ++i) {
            const storage::EventPlace at{1 + random.uniformInt(reader->lastSequence()), 0};
            const auto start = Clock::now();
            Result<LogSearch> search =
                LogSearch::begin(*reader, filter, names, at, storage::Toward::Start);
            if (!search) return Unexpected(search.error());
            std::size_t rows = 0;
            while (rows < 200 && !search->atEnd()) {
                const auto page = search->next(200 - rows);
                if (!page) return Unexpected(page.error());
                rows += page->size();
            }
            taken.push_back(since(start));
        }
        return atShare(taken, 0.9);
    };
    view::EventFilter filter;
    const Result<double> plain = measure(filter);
    if (!plain) return Unexpected(plain.error());
    filter.kinds = {Event(LiquidationStarted()).index()};
    const Result<double> kind = measure(filter);
    if (!kind) return Unexpected(kind.error());
    filter.kinds.clear();
    filter.account = AccountId(7);
    const Result<double> account = measure(filter);
    if (!account) return Unexpected(account.error());
    report({"events page", "200 events backward from a random place, each held against its link",
            *plain * 1e3, "ms", 0, false, *plain / m_baseline,
            "p90; 200 liquidations begun " + milliText(*kind) + ", 200 of one account " +
                milliText(*account)});
    return {};
}

}  // namespace breakwater::runtime
