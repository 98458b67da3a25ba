#include "app/runtime/bench.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <memory>

#include "app/runtime/bench_drill.hpp"
#include "app/runtime/bench_views.hpp"
#include "app/runtime/bench_whatif.hpp"
#include "app/runtime/headless.hpp"
#include "app/runtime/play.hpp"
#include "app/runtime/prefetch.hpp"
#include "app/runtime/resources.hpp"
#include "core/sim/listing.hpp"
#include "core/sim/random.hpp"
#include "storage/record_reader.hpp"

namespace breakwater::runtime {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

double since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

class Bench {
public:
    Bench(const BenchRequest& request, const std::function<void(const Figure&)>& show)
        : m_request(request), m_show(show) {}

    Result<std::vector<Figure>> run();

private:
    bool wanted(const char* name) const {
        return m_request.only.empty() ||
               std::string(name).find(m_request.only) != std::string::npos;
    }
    std::uint64_t times(std::uint64_t n) const {
        return m_request.quick ? std::max<std::uint64_t>(1, n / 10) : n;
    }
    void report(Figure figure);
    void measureBaseline();
    Result<void> facts();
    Result<void> markMove();
    Result<void> crash();
    Result<void> recording();
    Result<void> reading();
    Result<void> replaying();
    Result<void> memory();
    Result<void> views();
    Result<void> drill() {
        return benchDrill(m_request, m_baseline, [this](Figure f) { report(std::move(f)); });
    }
    // A venue of 20,000 well-margined accounts with 3 legs each, one maker beside them.
    Result<std::unique_ptr<Engine>> quietVenue();
    void apply(Engine& engine, Instant time, InputBody body);
    Result<fs::path> crashRecord();

    const BenchRequest& m_request;
    const std::function<void(const Figure&)>& m_show;
    std::vector<Figure> m_figures;
    std::vector<Event> m_events;
    double m_baseline = 0;
    fs::path m_crash;
};

const Instant kStart = *Instant::parse("2025-10-10T20:30:00Z");
constexpr std::uint32_t kAccounts = 20'000;
constexpr std::uint16_t kMarkets = 3;
const AccountId kMaker{0};

void Bench::report(Figure figure) {
    m_show(figure);
    m_figures.push_back(std::move(figure));
}

void Bench::measureBaseline() {
    const std::vector<std::uint8_t> block(64, 7);
    Digest digest;
    double best = 1;
    for (int round = 0; round < 5; ++round) {
        const auto start = Clock::now();
        for (int i = 0; i < 100'000; ++i)
            digest = chained(digest, Bytes(block).first(32));
        best = std::min(best, since(start) / 100'000);
    }
    m_baseline = best;
    report({"baseline", "one BLAKE2b digest of 64 bytes", best * 1e9, "ns", 0, false, 1,
            "of " + digest.toShortHex()});
}

void Bench::apply(Engine& engine, Instant time, InputBody body) {
    m_events.clear();
    engine.apply(Input{engine.state().sequence + 1, time, std::move(body)}, m_events);
}

Result<std::unique_ptr<Engine>> Bench::quietVenue() {
    const Result<Profile> profile = loadProfile(m_request.resources, "breakwater");
    if (!profile) return Unexpected(profile.error());
    auto engine = std::make_unique<Engine>();
    apply(*engine, kStart, ProfileLoaded{*profile, digestOf(*profile)});
    const char* names[kMarkets] = {"BTC", "ETH", "SOL"};
    const std::int64_t prices[kMarkets] = {116'863, 4'000, 207};
    for (std::uint16_t m = 0; m < kMarkets; ++m) {
        const Price price = Price::fromInteger(prices[m]);
        apply(*engine, kStart,
              InstrumentListed{
                  sim::listPerpetual(InstrumentId(m), UnderlyingId(m), names[m], price), names[m]});
        for (std::uint16_t s = 0; s < profile->sources.size(); ++s) {
            apply(*engine, kStart, PriceObserved{UnderlyingId(m), SourceId(s), price, kStart});
        }
    }
    apply(*engine, kStart, ClockTick{});
    apply(*engine, kStart,
          AccountFacts{
              kMaker, "maker", AccountTag::Maker, Money::fromInteger(100'000'000'000'000), {}, {}});
    for (std::uint32_t i = 1; i <= kAccounts; ++i) {
        AccountFacts facts{AccountId(i), "account", AccountTag::Client, Money::fromInteger(100'000),
                           kMaker,       {}};
        for (std::uint16_t m = 0; m < kMarkets; ++m) {
            const Quantity size(Decimal::divide(Decimal::fromInteger(9'000 + i % 1'000),
                                                Decimal::fromInteger(prices[m]), Round::Floor));
            facts.legs.push_back(
                {InstrumentId(m), i % 2 == 0 ? size : -size, Price::fromInteger(prices[m])});
        }
        apply(*engine, kStart, std::move(facts));
    }
    return engine;
}

// Fills dominate, with transfers, account facts and a clock tick among them, as on a busy calm
// venue; no price moves.
Result<void> Bench::facts() {
    auto engine = quietVenue();
    if (!engine) return Unexpected(engine.error());
    sim::Random random(1, 900);
    const std::uint64_t n = times(600'000);
    std::vector<Input> inputs;
    inputs.reserve(n);
    Sequence sequence = (*engine)->state().sequence;
    auto next = static_cast<std::uint32_t>((*engine)->state().books.accounts().size());
    Instant now = kStart;
    for (std::uint64_t i = 0; i < n; ++i) {
        const AccountId account(1 + static_cast<std::uint32_t>(random.uniformInt(kAccounts)));
        const InstrumentId market(static_cast<std::uint16_t>(random.uniformInt(kMarkets)));
        InputBody body;
        if (i % 1'000 == 999) {
            now = now + Duration::seconds(1);
            body = ClockTick{};
        } else if (i % 100 == 50) {
            body = AccountFacts{AccountId(next++),          "new",  AccountTag::Client,
                                Money::fromInteger(10'000), kMaker, {}};
        } else if (i % 20 == 10) {
            body = Transfer{account, Books::kSettlement, Money::fromInteger(100)};
        } else {
            const Quantity size(
                Decimal::fromRaw(random.chance(0.5) ? 10'000'000'000 : -10'000'000'000));
            body = Fill{market, account, kMaker,
                        size,   size,    (*engine)->state().markets[market.value()].mark};
        }
        inputs.push_back(Input{++sequence, now, std::move(body)});
    }
    const auto start = Clock::now();
    for (const Input& input : inputs) {
        m_events.clear();
        (*engine)->apply(input, m_events);
    }
    const double seconds = since(start);
    report({"facts",
            "94 % fills, transfers, account facts, clock; 20,000 accounts x 3 legs, no mark moves, "
            "no recorder",
            static_cast<double>(n) / seconds, "inputs/s", 300'000, true,
            seconds / static_cast<double>(n) / m_baseline,
            std::to_string((*engine)->state().tally.refused) + " refused"});
    return {};
}

// One market's mark jumps by 11 % and back: every certificate runs out, so every account is
// looked at again. The accounts are margined so well that no band changes.
Result<void> Bench::markMove() {
    auto engine = quietVenue();
    if (!engine) return Unexpected(engine.error());
    Engine& e = **engine;
    const auto move = [&](std::int64_t price, Instant at) {
        for (std::uint16_t s = 0; s < e.state().profile.sources.size(); ++s) {
            apply(e, at,
                  PriceObserved{UnderlyingId(1), SourceId(s), Price::fromInteger(price), at});
        }
        const auto start = Clock::now();
        apply(e, at, ClockTick{});
        return since(start);
    };
    for (const bool large : {true, false}) {
        std::vector<double> taken;
        Instant at = e.state().time;
        const std::uint64_t n = times(200);
        for (std::uint64_t i = 0; i < n; ++i) {
            at = at + Duration::seconds(1);
            // Twice the radius cap: certificates run out whatever they were.
            taken.push_back(move(
                large ? (i % 2 == 0 ? 4'900 : 4'000) : 4'000 + static_cast<std::int64_t>(i % 2) * 2,
                at));
        }
        std::sort(taken.begin(), taken.end());
        const double median = taken[taken.size() / 2] * 1e3;
        report(
            {large ? "mark move, all" : "mark move, 5 bp",
             large ? "one market moves 22 %, every account reassessed; 20,000 accounts x 3 legs"
                   : "one market moves 5 bp; certificates decide who is looked at",
             median, "ms", large ? 2.0 : 0.0, false, median * 1e-3 / m_baseline,
             "p99 " + std::to_string(taken[taken.size() * 99 / 100] * 1e3).substr(0, 5) + " ms"});
    }
    return {};
}

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
        const Result<void> kept = recorder.submit(step);
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

Result<void> Bench::views() {
    auto engine = quietVenue();
    if (!engine) return Unexpected(engine.error());
    benchViews(**engine, kStart, m_baseline, [this](Figure figure) { report(std::move(figure)); });
    return {};
}

Result<void> Bench::memory() {
    std::ifstream status("/proc/self/status");
    std::string line;
    double mb = 0;
    while (std::getline(status, line)) {
        if (line.starts_with("VmHWM:")) mb = std::stod(line.substr(6)) / 1'000;
    }
    report({"memory",
            "largest resident size of this benchmark, inputs of a whole record in memory included",
            mb, "MB", 0, false, 0, ""});
    return {};
}

Result<std::vector<Figure>> Bench::run() {
    measureBaseline();
    struct Part {
        const char* name;
        Result<void> (Bench::*measure)();
    };
    for (const Part& part :
         {Part{"facts", &Bench::facts}, Part{"mark move", &Bench::markMove},
          Part{"crash run", &Bench::crash}, Part{"recording", &Bench::recording},
          Part{"read + chain", &Bench::reading}, Part{"replay", &Bench::replaying},
          Part{"queue report", &Bench::views}, Part{"drill", &Bench::drill},
          Part{"memory", &Bench::memory}}) {
        if (!wanted(part.name) || (std::string(part.name) == "crash run" && !m_crash.empty()))
            continue;
        const Result<void> done = (this->*part.measure)();
        if (!done) return Unexpected(done.error());
    }
    if (wanted("what-if") || wanted("heat map")) {
        const Result<void> done =
            benchWhatIf(m_request, m_baseline, [&](Figure f) { report(std::move(f)); });
        if (!done) return Unexpected(done.error());
    }
    std::error_code ignored;
    fs::remove(m_crash, ignored);
    return m_figures;
}

}  // namespace

Result<std::vector<Figure>> bench(const BenchRequest& request,
                                  const std::function<void(const Figure&)>& show) {
    return Bench(request, show).run();
}

}  // namespace breakwater::runtime
