#include <algorithm>
#include <cmath>

#include "core/num/math.hpp"
#include "core/sim/population_draft.hpp"
#include "core/sim/random.hpp"

namespace breakwater::sim {
namespace {

// Initial margin may use up to so much of the equity at the start (0.95 is promised).
constexpr double kMostUsed = 0.945;
constexpr Decimal kCent = Decimal::fromRaw(Decimal::kScale / 100);

// The effective leverage a client of score z would like. Nobody has more than the leverage of the
// position itself, so what comes out is lower: P(out > x) = P(liked > x) P(position > x), and with
// the kinds' ranges below these three points come out as (p50, 0.44), (p90, 3.3), (p95, 6.6).
double likedLeverage(double z) {
    constexpr double kMiddle = -0.025;
    constexpr double kKnee = 1.17;
    constexpr double kSlope = 1.686;       // log(3.3 / 0.44) / (1.17 + 0.025)
    constexpr double kUpperSlope = 3.194;  // log(6.6 / 3.3) / (1.387 - 1.17)
    const double steep = std::max(0.0, z - kKnee);
    return std::max(0.005, 0.44 * math::exp(kSlope * (z - steep - kMiddle) + kUpperSlope * steep));
}

// Turns a balanced draft into the client: money, entries and habits.
class Finisher {
public:
    Finisher(const PopulationOptions& options, const std::vector<DraftMarket>& markets)
        : m_options(options), m_markets(markets) {}

    SimAccount finish(const DraftAccount& draft, std::size_t number) const;

private:
    double leverage(const DraftAccount& draft, double gross, Random& random) const;
    void enter(SimAccount& account, double equity, double leverage, Random& random) const;
    ClientBehaviour behave(ClientKind kind, double gross, double equity, Random& random) const;
    std::string reference(std::size_t number) const;

    const PopulationOptions& m_options;
    const std::vector<DraftMarket>& m_markets;
};

Money cents(double amount) {
    const auto whole = static_cast<std::int64_t>(std::clamp(amount, 0.0, 1e15) * 100.0);
    return Money(Decimal::fromRaw(kCent.raw() * whole));
}

// Cut to 1 / steps.
Ratio cutRatio(double share, std::int64_t steps) {
    const auto whole = static_cast<std::int64_t>(share * static_cast<double>(steps));
    return Ratio(Decimal::fromRaw(static_cast<Int128>(whole) * (Decimal::kScale / steps)));
}
// What a person would type.
Ratio basisPoints(double share) { return cutRatio(share, 10'000); }

double between(Random& random, double least, double most) {
    return least * math::exp(random.uniform01() * math::log(most / least));
}

// Gross notional over equity: the kind's range, less for large accounts, healthy in any case.
double Finisher::leverage(const DraftAccount& draft, double gross, Random& random) const {
    double initial = 0.0;
    for (const DraftLeg& leg : draft.legs) {
        const double notional = static_cast<double>(leg.lots) * m_markets[leg.underlying].unit;
        initial += notional * m_markets[leg.underlying].initialRate(notional);
    }
    double wanted = 0.0;
    switch (draft.kind) {
        case ClientKind::Isolated: wanted = between(random, 5.0, 50.0); break;
        case ClientKind::Cross: wanted = between(random, 2.0, 10.0); break;
        case ClientKind::Hedged: wanted = between(random, 1.5, 8.0); break;
        case ClientKind::Conservative: wanted = between(random, 0.2, 1.5); break;
    }
    if (gross > kLargeGross) wanted *= math::pow(kLargeGross / gross, 0.04);
    const double most = kMostUsed * gross / initial;
    // Whoever asks for more than the venue gives is somewhere below its limit, not all at it.
    const double used = 0.6 + 0.4 * random.uniform01();
    return wanted <= most ? wanted : most * used;
}

// Entry prices around the start price, by so much that the result so far stays below 3/8 of the
// equity; the deposit is what makes the equity come out.
void Finisher::enter(SimAccount& account, double equity, double leverage, Random& random) const {
    const double spread = std::min(0.025, 0.15 / leverage);
    Money result;
    for (SimLeg& leg : account.legs) {
        const PopulationMarket& market = m_options.markets[leg.underlying];
        const Ratio off = cutRatio(spread * std::clamp(random.normal(), -2.5, 2.5), 1'000'000);
        const Price moved = market.price + scale(market.price, off, Round::TowardZero);
        leg.entry = Price(Decimal::toMultiple(moved.value(), market.tick.value(), Round::HalfEven));
        if (!leg.entry.isPositive()) leg.entry = market.price;
        result += notional(leg.quantity, market.price - leg.entry, Round::Floor);
    }
    if (result.abs().toDouble() > 0.6 * equity) {
        // The tick is too coarse for this leverage: entered at the start price.
        for (SimLeg& leg : account.legs)
            leg.entry = m_options.markets[leg.underlying].price;
        result = Money();
    }
    const Decimal exact = (cents(equity) - result).value() + kCent;
    account.deposit = Money(Decimal::toMultiple(exact, kCent, Round::Ceiling));
}

ClientBehaviour Finisher::behave(ClientKind kind, double gross, double equity,
                                 Random& random) const {
    ClientBehaviour habits;
    const double wealth = gross / likedLeverage(random.normal());
    const double freeBalance = std::max(0.0, wealth - equity);
    habits.freeBalance = cents(freeBalance);
    const bool isTrader = kind == ClientKind::Isolated || kind == ClientKind::Cross;
    const double topsUp = random.uniform01();
    const double sent = equity * (0.2 + 1.3 * random.uniform01());
    const double delay = random.lognormal(isTrader ? 5.7 : 4.1, 0.8);  // median 300 s, 60 s
    if (topsUp < (isTrader ? 0.35 : 0.6) && freeBalance > 0.0) {
        habits.topUpReserve = cents(std::min(freeBalance, sent));
        habits.topUpDelay =
            Duration::seconds(static_cast<std::int64_t>(std::clamp(delay, 10.0, 3600.0)));
    }
    const double stops = random.uniform01();
    const double distance = equity / gross * (0.2 + 0.6 * random.uniform01());
    if (isTrader && stops < 0.3) habits.stopLoss = basisPoints(std::clamp(distance, 0.001, 0.5));
    const double buys = random.uniform01();
    const double appetite = 0.05 + 0.45 * random.uniform01();
    if (isTrader && buys < 0.1) habits.dipBuy = basisPoints(appetite);
    return habits;
}

// 40 bits by a Feistel permutation of the account's number: salted by the seed, never twice.
std::string Finisher::reference(std::size_t number) const {
    constexpr std::uint64_t kHalf = (1u << 20) - 1;
    std::uint64_t left = (number >> 20) & kHalf;
    std::uint64_t right = number & kHalf;
    for (std::uint64_t round = 0; round < 4; ++round) {
        Random random(m_options.seed, streams::kAccountName, (round << 20) | right);
        const std::uint64_t mixed = left ^ (random.bits32() & kHalf);
        left = right;
        right = mixed;
    }
    std::uint64_t bits = (left << 20) | right;
    std::string text = "0x0000000000";
    for (std::size_t digit = text.size(); bits != 0; bits >>= 4) {
        text[--digit] = "0123456789abcdef"[bits & 15];
    }
    return text;
}

SimAccount Finisher::finish(const DraftAccount& draft, std::size_t number) const {
    // A second generator: what is drawn here must not depend on how many draws the draft took.
    Random random(m_options.seed, streams::kAccountMoney, number);
    SimAccount account;
    account.name = reference(number);
    account.kind = draft.kind;
    account.legs.reserve(draft.legs.size());
    double gross = 0.0;
    for (const DraftLeg& leg : draft.legs) {
        const PopulationMarket& market = m_options.markets[leg.underlying];
        const Int128 raw = market.lot.value().raw() * leg.lots;
        account.legs.push_back(
            {leg.underlying, Quantity(Decimal::fromRaw(leg.isLong ? raw : -raw)), Price()});
        gross += static_cast<double>(leg.lots) * m_markets[leg.underlying].unit;
    }
    if (account.legs.empty()) {
        account.deposit = cents(between(random, 10.0, 10'000.0));
        return account;
    }
    const double chosen = leverage(draft, gross, random);
    enter(account, gross / chosen, chosen, random);
    account.behaviour = behave(draft.kind, gross, gross / chosen, random);
    return account;
}

}  // namespace

SimAccount finishAccount(const DraftAccount& draft, std::size_t number,
                         const PopulationOptions& options,
                         const std::vector<DraftMarket>& markets) {
    return Finisher(options, markets).finish(draft, number);
}

}  // namespace breakwater::sim
