#include "app/runtime/bench_whatif.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>

#include "app/runtime/play.hpp"
#include "app/runtime/resources.hpp"
#include "core/scenario/heat_map.hpp"
#include "core/scenario/what_if.hpp"
#include "core/sim/listing.hpp"
#include "core/sim/random.hpp"
#include "core/sim/venue.hpp"
#include "core/view/projector.hpp"

namespace breakwater::runtime {
namespace {

using Clock = std::chrono::steady_clock;
using scenario::HeatRequest;
using scenario::Shock;

constexpr std::uint16_t kMarkets = 3;
constexpr std::array<std::int64_t, kMarkets> kPrices{116'863, 4'000, 207};
const Instant kStart = *Instant::parse("2025-10-10T20:30:00Z");

// Accounts with three legs each on either side, two thirds of them long, at 3 to 30 times their
// equity: at -20 % about a third of them is below maintenance.
Result<std::unique_ptr<Engine>> leveragedVenue(const BenchRequest& request,
                                               std::uint32_t accounts) {
    const Result<Profile> profile = loadProfile(request.resources, "breakwater");
    if (!profile) return Unexpected(profile.error());
    auto engine = std::make_unique<Engine>();
    std::vector<Event> events;
    const auto apply = [&](InputBody body) {
        events.clear();
        engine->apply(Input{engine->state().sequence + 1, kStart, std::move(body)}, events);
    };
    apply(ProfileLoaded{*profile, digestOf(*profile)});
    const std::array<const char*, kMarkets> names{"BTC", "ETH", "SOL"};
    for (std::uint16_t m = 0; m < kMarkets; ++m) {
        const Price price = Price::fromInteger(kPrices[m]);
        apply(InstrumentListed{
            sim::listPerpetual(InstrumentId(m), UnderlyingId(m), names[m], price), names[m]});
        for (std::uint16_t s = 0; s < profile->sources.size(); ++s)
            apply(PriceObserved{UnderlyingId(m), SourceId(s), price, kStart});
    }
    apply(ClockTick{});
    const AccountId maker{0};
    apply(AccountFacts{
        maker, "maker", AccountTag::Maker, Money::fromInteger(100'000'000'000'000), {}, {}});
    apply(FundTransfer{Books::kSettlement,
                       Money::fromInteger(1'000 * static_cast<std::int64_t>(accounts))});
    sim::Random random(7, 901);
    for (std::uint32_t i = 1; i <= accounts; ++i) {
        AccountFacts facts{AccountId(i), "account", AccountTag::Client, {}, maker, {}};
        std::int64_t gross = 0;
        for (std::uint16_t m = 0; m < kMarkets; ++m) {
            const auto notional = static_cast<std::int64_t>(2'000 + random.uniformInt(60'000));
            const Quantity size(Decimal::divide(Decimal::fromInteger(notional),
                                                Decimal::fromInteger(kPrices[m]), Round::Floor));
            facts.legs.push_back({InstrumentId(m), random.chance(0.66) ? size : -size,
                                  Price::fromInteger(kPrices[m])});
            gross += notional;
        }
        facts.deposit = Money::fromInteger(
            gross * static_cast<std::int64_t>(34 + random.uniformInt(300)) / 1'000);
        apply(std::move(facts));
    }
    return engine;
}

std::vector<Ratio> steps(int first, int count) {
    std::vector<Ratio> out;
    for (int i = 0; i < count; ++i)
        out.emplace_back(Decimal::fromRaw(50'000'000'000LL * (first + i)));
    return out;
}

// The workstation's own venue, five minutes after its start: 20,000 accounts, its own fund.
Result<std::shared_ptr<const view::Snapshot>> embeddedVenue(const BenchRequest& request) {
    Result<sim::Venue> venue = makeVenue(PlayRequest{}, request.resources);
    if (!venue) return Unexpected(venue.error());
    Engine engine;
    view::Projector projector;
    std::vector<Event> events;
    const Instant end = venue->from() + Duration::minutes(5);
    while (std::optional<sim::TimedInput> next = venue->next(engine.state(), end)) {
        const Input input{engine.state().sequence + 1, next->time, std::move(next->body)};
        events.clear();
        engine.apply(input, events);
        projector.observe(input, events, engine.state());
        venue->observe(input.body, events, engine.state());
    }
    return projector.project(engine);
}

template <class Run>
std::vector<double> timed(std::uint64_t rounds, Run run) {
    std::vector<double> taken;
    for (std::uint64_t i = 0; i < rounds; ++i) {
        const auto start = Clock::now();
        run();
        taken.push_back(std::chrono::duration<double>(Clock::now() - start).count());
    }
    std::sort(taken.begin(), taken.end());
    return taken;
}

std::string words(const scenario::Outcome& outcome, double slowest) {
    return std::to_string(outcome.then.accounts[2]) + " below maintenance, " +
           std::to_string(outcome.layers.adlTakes) + " ADL takes, slowest " +
           std::to_string(slowest * 1e3).substr(0, 5) + " ms";
}

}  // namespace

Result<void> benchWhatIf(const BenchRequest& request, double baseline,
                         const std::function<void(Figure)>& report) {
    const Shock shock{{*Ratio::parse("-0.16"), *Ratio::parse("-0.2"), *Ratio::parse("-0.26")}};
    const HeatRequest map{{UnderlyingId(1), steps(-10, 21)}, {UnderlyingId(0), steps(-6, 13)}, {}};
    enum class Crowd : std::uint8_t { Embedded, Leveraged, Large };
    for (const Crowd kind : {Crowd::Embedded, Crowd::Leveraged, Crowd::Large}) {
        const bool large = kind == Crowd::Large;
        std::shared_ptr<const view::Snapshot> snapshot;
        std::string crowd = "the embedded venue's own";
        if (kind == Crowd::Embedded) {
            auto made = embeddedVenue(request);
            if (!made) return Unexpected(made.error());
            snapshot = *made;
        } else {
            const auto engine = leveragedVenue(request, !large          ? 20'000
                                                        : request.quick ? 100'000
                                                                        : 1'000'000);
            if (!engine) return Unexpected(engine.error());
            view::Projector projector;
            snapshot = projector.project(**engine);
            crowd = "3 legs each, 3 to 30 times leveraged";
        }
        crowd = std::to_string(snapshot->accountCount) + " accounts, " + crowd;
        const std::uint64_t rounds = large ? 3 : request.quick ? 5 : 40;
        const std::string suffix = kind == Crowd::Embedded    ? ""
                                   : kind == Crowd::Leveraged ? ", ruin"
                                                              : ", large";

        scenario::Outcome outcome;
        const std::vector<double> one =
            timed(rounds, [&] { outcome = scenario::evaluate(*snapshot, shock); });
        const double median = one[one.size() / 2];
        report({"what-if" + suffix, "one shock of every market, every layer paid; " + crowd,
                median * 1e3, "ms", kind == Crowd::Embedded ? 5.0 : 0.0, false, median / baseline,
                words(outcome, one.back())});
        std::uint64_t below = 0;
        const std::vector<double> cells = timed(rounds, [&] {
            below = 0;
            const std::optional<scenario::HeatMap> made = scenario::heatMap(*snapshot, map);
            for (const scenario::HeatCell& cell : made->cells)
                below += cell.belowMaintenance;
        });
        const double whole = cells[cells.size() / 2];
        report({"heat map" + suffix, "21 x 13 cells over two markets, all metrics; " + crowd,
                whole * 1e3, "ms", large ? 0.0 : 150.0, false, whole / baseline,
                std::to_string(below / 273) + " below maintenance in the mean cell, slowest " +
                    std::to_string(cells.back() * 1e3).substr(0, 5) + " ms"});
    }
    return {};
}

}  // namespace breakwater::runtime
