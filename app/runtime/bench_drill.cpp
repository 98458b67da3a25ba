#include "app/runtime/bench_drill.hpp"

#include <algorithm>
#include <chrono>
#include <memory>

#include "app/runtime/resources.hpp"
#include "core/sim/listing.hpp"
#include "core/sim/random.hpp"
#include "core/view/account_detail.hpp"
#include "core/view/account_search.hpp"
#include "core/view/liquidation_path.hpp"
#include "core/view/projector.hpp"

namespace breakwater::runtime {
namespace {

using Clock = std::chrono::steady_clock;

const Instant kStart = *Instant::parse("2025-10-10T20:30:00Z");
constexpr std::uint16_t kMarkets = 8;
constexpr std::uint32_t kMillion = 1'000'000;

double millis(Clock::time_point start) {
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

// A venue of many accounts with three legs each, and one that holds every market.
class Crowd {
public:
    static constexpr AccountId kMaker{0}, kManyLegs{1};

    Result<void> open(const BenchRequest& request, std::uint32_t accounts) {
        const Result<Profile> profile = loadProfile(request.resources, "breakwater");
        if (!profile) return Unexpected(profile.error());
        apply(ProfileLoaded{*profile, digestOf(*profile)});
        for (std::uint16_t m = 0; m < kMarkets; ++m)
            list(m, profile->sources.size());
        apply(ClockTick{});
        apply(AccountFacts{
            kMaker, "maker", AccountTag::Maker, Money::fromInteger(100'000'000'000'000), {}, {}});
        sim::Random random(7, 901);
        for (std::uint32_t i = 1; i <= accounts; ++i) {
            const std::uint16_t legs = i == kManyLegs.value() ? kMarkets : 3;
            AccountFacts facts{
                AccountId(i),
                nameOf(random.uniformInt(1ULL << 40)),
                AccountTag::Client,
                Money::fromInteger(i == kManyLegs.value()
                                       ? 900
                                       : 300 + static_cast<std::int64_t>(random.uniformInt(9'000))),
                kMaker,
                {}};
            for (std::uint16_t k = 0; k < legs; ++k) {
                const auto m = static_cast<std::uint16_t>((i + k) % kMarkets);
                const Quantity size(Decimal::divide(
                    Decimal::fromInteger(2'000 +
                                         static_cast<std::int64_t>(random.uniformInt(8'000))),
                    Decimal::fromInteger(priceOf(m)), Round::Floor));
                facts.legs.push_back({InstrumentId(m), random.chance(0.6) ? size : -size,
                                      Price::fromInteger(priceOf(m))});
            }
            apply(std::move(facts));
        }
        snapshot = m_projector.project(m_engine);
        return {};
    }

    std::shared_ptr<const view::Snapshot> snapshot;

private:
    static std::int64_t priceOf(std::uint16_t market) { return 100 + 700 * market; }

    static std::string nameOf(std::uint64_t number) {
        static constexpr char digits[] = "0123456789abcdef";
        std::string name = "0x";
        for (int shift = 36; shift >= 0; shift -= 4)
            name += digits[(number >> shift) & 15];
        return name;
    }

    void list(std::uint16_t m, std::size_t sources) {
        const std::string name = "M" + std::to_string(m);
        const Price price = Price::fromInteger(priceOf(m));
        apply(InstrumentListed{sim::listPerpetual(InstrumentId(m), UnderlyingId(m), name, price),
                               name});
        for (std::uint16_t s = 0; s < sources; ++s)
            apply(PriceObserved{UnderlyingId(m), SourceId(s), price, kStart});
    }

    void apply(InputBody body) {
        m_events.clear();
        m_engine.apply(Input{m_engine.state().sequence + 1, kStart, std::move(body)}, m_events);
    }

    Engine m_engine;
    view::Projector m_projector;
    std::vector<Event> m_events;
};

struct Timing {
    double median = 0, worst = 0;
};

template <class Work>
Timing timed(int rounds, Work work) {
    std::vector<double> taken;
    for (int i = 0; i < rounds; ++i)
        taken.push_back(work());
    std::sort(taken.begin(), taken.end());
    return {taken[taken.size() / 2], taken.back()};
}

std::string worstText(const Timing& timing) {
    return "worst " + std::to_string(timing.worst).substr(0, 6) + " ms";
}

}  // namespace

Result<void> benchDrill(const BenchRequest& request, double baseline,
                        const std::function<void(Figure)>& report) {
    const std::uint32_t accounts = request.quick ? kMillion / 10 : kMillion;
    Crowd crowd;
    const Result<void> opened = crowd.open(request, accounts);
    if (!opened) return opened;
    const view::Snapshot& snapshot = *crowd.snapshot;
    const std::string size = std::to_string(accounts) + " accounts x 3 legs";
    const auto show = [&](const char* name, const std::string& workload, const Timing& timing,
                          double target) {
        report({name, workload, timing.median, "ms", target, false, timing.median * 1e-3 / baseline,
                worstText(timing)});
    };
    view::AccountQuery byHealth;
    double whole = 0;
    const auto firstPage = [&](const view::AccountQuery& query) {
        return timed(7, [&] {
            double page = -1;
            const auto start = Clock::now();
            const view::AccountOrder order = view::orderAccounts(
                snapshot, query, [&](const view::AccountOrder&) { page = millis(start); });
            whole = millis(start);
            return page < 0 ? whole : page;
        });
    };
    show("drill sort, page", "first page by health, " + size, firstPage(byHealth), 100);
    report({"drill sort, all", "every row by health, " + size, whole, "ms", 0, false,
            whole * 1e-3 / baseline, ""});
    view::AccountQuery filtered;
    filtered.healthBelow = 3;
    filtered.market = InstrumentId(2);
    filtered.sort = view::AccountColumn::Gross;
    filtered.descending = true;
    show("drill filter, page", "health<3 & market by gross, " + size, firstPage(filtered), 100);
    const std::string wanted(view::nameOf(snapshot, AccountId(accounts / 2)));
    show("drill go to", "account by name, " + size,
         timed(7,
               [&] {
                   const auto start = Clock::now();
                   const view::AccountHits hits = view::findAccounts(snapshot, wanted, 20);
                   return hits.exact ? millis(start) : -1;
               }),
         0);
    show("drill account", "margin explained and liquidation rehearsed twice, 8 legs",
         timed(50,
               [&] {
                   const auto start = Clock::now();
                   const view::AccountDetail detail =
                       view::explainAccount(snapshot, Crowd::kManyLegs);
                   (void)view::marginTerms(snapshot, detail);
                   (void)view::liquidationPath(snapshot, Crowd::kManyLegs, view::FillAt::Mark);
                   (void)view::liquidationPath(snapshot, Crowd::kManyLegs, view::FillAt::Limit);
                   return millis(start);
               }),
         20);
    return {};
}

}  // namespace breakwater::runtime
