#include "app/runtime/bench.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <memory>

#include "app/runtime/bench_drill.hpp"
#include "app/runtime/bench_parts.hpp"
#include "app/runtime/bench_views.hpp"
#include "app/runtime/bench_whatif.hpp"
#include "app/runtime/resources.hpp"
#include "core/sim/listing.hpp"
#include "core/sim/random.hpp"

namespace breakwater::runtime {
namespace {

namespace fs = std::filesystem;
using Clock = BenchClock;

double since(Clock::time_point start) { return secondsSince(start); }

const Instant kStart = *Instant::parse("2025-10-10T20:30:00Z");
constexpr std::uint32_t kAccounts = 20'000;
constexpr std::uint16_t kMarkets = 3;
const AccountId kMaker{0};

}  // namespace

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

Result<void> Bench::views() {
    auto engine = quietVenue();
    if (!engine) return Unexpected(engine.error());
    benchViews(**engine, kStart, m_baseline, [this](Figure figure) { report(std::move(figure)); });
    return {};
}

Result<void> Bench::drill() {
    return benchDrill(m_request, m_baseline, [this](Figure f) { report(std::move(f)); });
}

Result<void> Bench::whatIf() {
    return benchWhatIf(m_request, m_baseline, [this](Figure f) { report(std::move(f)); });
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
          Part{"open", &Bench::opening}, Part{"events page", &Bench::paging},
          Part{"queue report", &Bench::views}, Part{"drill", &Bench::drill},
          Part{"what-if", &Bench::whatIf}, Part{"memory", &Bench::memory}}) {
        if (!wanted(part.name) || (std::string(part.name) == "crash run" && !m_crash.empty()))
            continue;
        const Result<void> done = (this->*part.measure)();
        if (!done) return Unexpected(done.error());
    }
    std::error_code ignored;
    fs::remove(m_crash, ignored);
    return m_figures;
}

Result<std::vector<Figure>> bench(const BenchRequest& request,
                                  const std::function<void(const Figure&)>& show) {
    return Bench(request, show).run();
}

}  // namespace breakwater::runtime
