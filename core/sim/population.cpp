#include "core/sim/population.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "core/num/math.hpp"
#include "core/sim/population_draft.hpp"
#include "core/sim/random.hpp"

namespace breakwater::sim {
namespace {

// Position notional in USD: log-normal up to the 95th percentile, Pareto beyond it.
constexpr double kMedianNotional = 481.0;
constexpr double kSigma = 3.3;  // from p99 / p50 = 1.04e6 / 481
constexpr double kTailFrom = 0.95;
constexpr double kTailZ = 1.6448536269514722;  // normalQuantile(kTailFrom)
constexpr double kTailIndex = 0.715;           // makes p99 = 1.04e6 when spliced at p95
constexpr double kMostNotional = 2.2e8;        // makes the largest 1 % hold 84 %
// How much of a position's size is the account's: large traders are large everywhere.
constexpr double kAccountVariance = 0.8;
// Of accounts: those above it (normal score, about 5 %) are desks rather than persons.
constexpr double kDeskScore = 1.6448536269514722;
// The large tenth holds nearly all notional: its sides can balance the venue.
constexpr double kLargeScore = 1.2815515655446004;

double defaultWeight(const std::string& name) {
    if (name == "BTC") return 29.5;
    if (name == "ETH") return 21.8;
    if (name == "SOL") return 13.1;
    return 8.0;
}

double tailStart() { return kMedianNotional * math::exp(kSigma * kTailZ); }  // about $110,000

// Notional at the quantile u; the tail is truncated at `most`, not piled up there.
double notionalAt(double u, double most) {
    if (u < kTailFrom) return kMedianNotional * math::exp(kSigma * math::normalQuantile(u));
    const double start = tailStart();
    if (most <= start) return most;
    const double beyond = math::pow(start / most, kTailIndex);
    const double p = (1.0 - u) / (1.0 - kTailFrom);
    return start * math::pow(p + (1.0 - p) * beyond, -1.0 / kTailIndex);
}

// Mean notional by the closed forms of both parts.
double meanNotional(double most) {
    const double body =
        kMedianNotional * math::exp(0.5 * kSigma * kSigma) * math::normalCdf(kTailZ - kSigma);
    const double start = tailStart();
    const double reach = std::max(most / start, 1.0);
    const double shape = kTailIndex / (1.0 - kTailIndex);
    return body + (1.0 - kTailFrom) * start * shape * (math::pow(reach, 1.0 - kTailIndex) - 1.0);
}

// The largest notional that is still `share` of what `legs` positions hold together: the mean
// grows slower than the bound, so going back and forth converges from above.
double notionalBound(double share, double legs) {
    double most = kMostNotional;
    for (int i = 0; i < 60; ++i)
        most = std::min(kMostNotional, share * legs * meanNotional(most));
    return std::max(most, kMedianNotional);
}

Result<DraftMarket> readMarket(const PopulationMarket& from) {
    const auto refuse = [&](const char* why) {
        return fail(ErrorCode::InvalidArgument, "market '" + from.underlying + "': " + why);
    };
    if (!from.price.isPositive() || !from.tick.isPositive() || !from.lot.isPositive()) {
        return refuse("price, tick and lot must be above 0");
    }
    if (!(from.weight >= 0.0)) return refuse("the weight must not be below 0");
    if (from.tiers.empty() || !from.tiers.front().from.isZero()) {
        return refuse("the first leverage tier must begin at 0");
    }
    DraftMarket market{from.price.toDouble(),
                       from.price.toDouble() * from.lot.toDouble(),
                       from.weight > 0.0 ? from.weight : defaultWeight(from.underlying),
                       1.0,
                       {}};
    // Decimal has room for 1e15 whole units; a lot this dear leaves none for sums.
    if (market.unit > 1e6 || market.price > 1e12) return refuse("a lot is worth over $1,000,000");
    for (const LeverageTier& tier : from.tiers) {
        if (!(tier.maxLeverage >= Ratio::fromInteger(1))) {
            return refuse("a leverage must be at least 1");
        }
        if (!market.tiers.empty() && tier.from.toDouble() <= market.tiers.back()[0]) {
            return refuse("leverage tiers must ascend");
        }
        market.tiers.push_back({tier.from.toDouble(), 1.0 / tier.maxLeverage.toDouble()});
    }
    return market;
}

// 60 % isolated, 25 % cross, 10 % hedged, 5 % conservative over all; desks (5 %) trade cross and
// hedge more often than persons.
ClientKind drawKind(Random& random, bool isDesk) {
    const double u = random.uniform01();
    const std::array<double, 3> upTo = isDesk ? std::array<double, 3>{0.25, 0.70, 0.95}
                                              : std::array<double, 3>{0.6184, 0.8579, 0.95};
    if (u < upTo[0]) return ClientKind::Isolated;
    if (u < upTo[1]) return ClientKind::Cross;
    return u < upTo[2] ? ClientKind::Hedged : ClientKind::Conservative;
}

// About three legs an account: 2.8 where three underlyings exist (one leg an underlying), three
// where more do, and the same share of what there is where fewer do.
std::size_t drawLegCount(Random& random, std::size_t underlyings) {
    if (underlyings == 1) return 1;
    const double extra = std::min(3.0, 2.8 / 3.0 * static_cast<double>(underlyings)) - 1.0;
    const auto others = static_cast<double>(underlyings - 1);
    std::size_t count = 1;
    for (std::size_t i = 1; i < underlyings; ++i)
        count += random.chance(extra / others) ? 1u : 0u;
    return count;
}

// `count` different underlyings, by weight.
std::vector<DraftLeg> drawLegs(Random& random, const std::vector<DraftMarket>& markets,
                               std::size_t count) {
    std::vector<DraftLeg> legs;
    legs.reserve(count);
    double rest = 0.0;
    for (const DraftMarket& market : markets)
        rest += market.weight;
    std::vector<bool> taken(markets.size(), false);
    while (legs.size() < count) {
        double at = random.uniform01() * rest;
        std::size_t chosen = markets.size();
        for (std::size_t u = 0; u < markets.size(); ++u) {
            if (taken[u]) continue;
            chosen = u;  // the last free one also answers for rounding
            if (at < markets[u].weight) break;
            at -= markets[u].weight;
        }
        taken[chosen] = true;
        rest -= markets[chosen].weight;
        legs.push_back({static_cast<std::uint16_t>(chosen), true, 0, 0.0});
    }
    std::sort(legs.begin(), legs.end(),
              [](const DraftLeg& a, const DraftLeg& b) { return a.underlying < b.underlying; });
    return legs;
}

// Who the account is: kind, legs, the rank of each leg's size (kept in `notional`) and its side.
DraftAccount drawAccount(Random& random, const std::vector<DraftMarket>& markets) {
    DraftAccount account;
    const double score = random.normal();
    account.isLarge = score > kLargeScore;
    account.kind = drawKind(random, score > kDeskScore);
    std::size_t count = drawLegCount(random, markets.size());
    if (account.kind == ClientKind::Hedged && markets.size() > 1) {
        count = std::max(count, std::size_t{2});
    }
    account.legs = drawLegs(random, markets, count);
    const bool isLong = random.chance(account.isLarge ? 0.5 : 0.72);
    for (DraftLeg& leg : account.legs) {
        const double z = std::sqrt(kAccountVariance) * score +
                         std::sqrt(1.0 - kAccountVariance) * random.normal();
        leg.notional = math::normalCdf(z);
        // A directional client is mostly on one side of the whole market.
        leg.isLong = random.chance(0.9) ? isLong : !isLong;
    }
    return account;
}

// The largest leg against the sum of the others; both meet at their geometric mean, which leaves
// the distribution of sizes where it is.
void hedge(DraftAccount& account) {
    const auto main = std::max_element(
        account.legs.begin(), account.legs.end(),
        [](const DraftLeg& a, const DraftLeg& b) { return a.notional < b.notional; });
    const double first = main->notional;
    double others = 0.0;
    for (const DraftLeg& leg : account.legs)
        others += &leg == &*main ? 0.0 : leg.notional;
    const double ratio = std::sqrt(others / first);
    for (DraftLeg& leg : account.legs) {
        if (&leg == &*main) {
            leg.notional *= ratio;
        } else {
            leg.notional /= ratio;
            leg.isLong = !main->isLong;
        }
    }
}

void toLots(DraftAccount& account, const std::vector<DraftMarket>& markets) {
    constexpr double kMostLots = 1e15;
    account.gross = 0.0;
    for (DraftLeg& leg : account.legs) {
        const double unit = markets[leg.underlying].unit;
        leg.lots = static_cast<std::int64_t>(std::clamp(leg.notional / unit + 0.5, 1.0, kMostLots));
        leg.notional = static_cast<double>(leg.lots) * unit;
        account.gross += leg.notional;
    }
}

// Ranks become money.
void sizeAccounts(std::vector<DraftAccount>& accounts, std::vector<DraftMarket>& markets,
                  double share) {
    std::vector<double> legs(markets.size(), 0.0);
    double count = 0.0;
    double weights = 0.0;
    for (const DraftAccount& account : accounts) {
        for (const DraftLeg& leg : account.legs)
            legs[leg.underlying] += 1.0;
        count += static_cast<double>(account.legs.size());
    }
    for (const DraftMarket& market : markets)
        weights += market.weight;
    for (std::size_t u = 0; u < markets.size(); ++u) {
        if (legs[u] > 0.0) markets[u].factor = markets[u].weight / weights * count / legs[u];
    }
    const double most = notionalBound(share, count);
    for (DraftAccount& account : accounts) {
        double gross = 0.0;
        for (DraftLeg& leg : account.legs) {
            leg.notional = notionalAt(leg.notional, most) * markets[leg.underlying].factor;
        }
        if (account.kind == ClientKind::Hedged && account.legs.size() > 1) hedge(account);
        for (const DraftLeg& leg : account.legs)
            gross += leg.notional;
        if (gross > most) {
            for (DraftLeg& leg : account.legs)
                leg.notional *= most / gross;
        }
        toLots(account, markets);
    }
}

}  // namespace

std::string_view nameOf(ClientKind kind) {
    switch (kind) {
        case ClientKind::Isolated: return "isolated";
        case ClientKind::Cross: return "cross";
        case ClientKind::Hedged: return "hedged";
        case ClientKind::Conservative: return "conservative";
    }
    return "";
}

Result<std::vector<SimAccount>> generatePopulation(const PopulationOptions& options) {
    const auto refuse = [](const char* why) { return fail(ErrorCode::InvalidArgument, why); };
    if (options.markets.empty() || options.markets.size() > 256) {
        return refuse("a population needs 1 to 256 markets");
    }
    if (!(options.largestShare > 0.0 && options.largestShare <= 1.0)) {
        return refuse("the largest share must be above 0 and at most 1");
    }
    if (options.accounts > 100'000'000) return refuse("at most 100 million accounts");
    std::vector<DraftMarket> markets;
    for (const PopulationMarket& one : options.markets) {
        Result<DraftMarket> market = readMarket(one);
        if (!market) return Unexpected(market.error());
        markets.push_back(*std::move(market));
    }
    std::vector<DraftAccount> drafts;
    drafts.reserve(options.accounts);
    for (std::size_t i = 0; i < options.accounts; ++i) {
        Random random(options.seed, streams::kAccount, i);
        drafts.push_back(drawAccount(random, markets));
    }
    sizeAccounts(drafts, markets, options.largestShare);
    balanceSides(drafts, markets.size());
    std::vector<SimAccount> accounts;
    accounts.reserve(drafts.size());
    for (std::size_t i = 0; i < drafts.size(); ++i) {
        accounts.push_back(finishAccount(drafts[i], i, options, markets));
    }
    return accounts;
}

std::vector<Quantity> netQuantities(std::span<const SimAccount> accounts, std::size_t underlyings) {
    std::vector<Quantity> net(underlyings);
    for (const SimAccount& account : accounts) {
        for (const SimLeg& leg : account.legs)
            net[leg.underlying] += leg.quantity;
    }
    return net;
}

}  // namespace breakwater::sim
