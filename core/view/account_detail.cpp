#include "core/view/account_detail.hpp"

#include <algorithm>
#include <functional>

#include "core/breaker/permissions.hpp"
#include "core/view/figures.hpp"

namespace breakwater::view {
namespace {

double sizeOf(double value) { return value < 0 ? -value : value; }

std::size_t slotOf(AccountId account) { return account.value() % AccountChunk::kSize; }

CollateralLine lineOf(AssetId asset, Money amount, Ratio haircut) {
    const Ratio keep = Ratio::fromInteger(1) - haircut;
    if (amount.isNegative()) return {asset, amount, Ratio(), amount};
    return {asset, amount, haircut, scale(amount, keep, Round::TowardZero)};
}

// Settled cash first, then every other asset it holds; the same sums as exactMargin().
std::vector<CollateralLine> collateralOf(const Snapshot& snapshot, AccountId account) {
    const AccountChunk& chunk = chunkOf(snapshot, account);
    const std::size_t slot = slotOf(account);
    const Money cash = chunk.accounts[slot].cash;
    std::vector<CollateralLine> lines{{AssetId(0), cash, Ratio(), cash}};
    for (const SideBalance& b : chunk.sideBalances) {
        if (b.slot != slot || b.amount.isZero()) continue;
        lines.push_back(
            lineOf(b.asset, b.amount, snapshot.profile->assets[b.asset.value()].haircut));
    }
    return lines;
}

std::size_t tierAt(const std::vector<MarginTier>& tiers, Money size) {
    std::size_t i = 0;
    while (i + 1 < tiers.size() && size > tiers[i].upTo)
        ++i;
    return i;
}

LegDetail detailOf(const Snapshot& snapshot, const Leg& leg) {
    const Market& market = (*snapshot.markets)[leg.instrument.value()];
    LegDetail d;
    d.instrument = leg.instrument;
    d.quantity = leg.quantity;
    d.cost = leg.cost;
    d.mark = market.mark;
    d.entry = unitPrice(leg.cost, leg.quantity, Round::TowardZero);
    d.value = notional(leg.quantity, market.mark, Round::Floor);
    d.unrealised = d.value - leg.cost;
    d.size = d.value.isNegative() ? -d.value : notional(leg.quantity, market.mark, Round::Ceiling);
    d.tier = tierAt(market.instrument.tiers, d.size);
    const MarginTier& tier = market.instrument.tiers[d.tier];
    d.maintenanceRate = tier.maintenanceRate;
    d.initialRate = tier.initialRate;
    d.maintenanceDeduction = tier.maintenanceDeduction;
    d.initialDeduction = tier.initialDeduction;
    d.maintenanceTimesRate = scale(d.size, tier.maintenanceRate, Round::AwayFromZero);
    const Requirement need = requirementOf(market.instrument.tiers, d.size);
    d.maintenance = need.maintenance;
    d.initial = need.initial;
    d.raised = permissionOf((*snapshot.breakers)[leg.instrument.value()].level,
                            Action::NewRiskTaker) == Permission::RaisedMargin;
    d.blind = (*snapshot.underlyings)[market.instrument.underlying.value()].blind;
    return d;
}

// Equity less maintenance as all marks move by one relative move. Between two moves at which a leg
// changes its tier it is a line, so roots are found exactly (in double), nearest first.
class CommonMove {
public:
    CommonMove(const VenueFigures& venue, const AccountSums& sums, const LegBuffer& legs)
        : m_venue(venue), m_equity(sums.equity), m_legs(legs.data(), legs.data() + sums.legs) {}

    MoveToLine find() const {
        MoveToLine line;
        std::vector<double> down{-1.0}, up;
        for (const LegFigures& leg : m_legs) {
            const double size = sizeOf(leg.value);
            if (size <= 0) continue;
            for (const ScreenMarket::Tier& tier : m_venue.markets[leg.market].tiers) {
                const double at = tier.upTo / size - 1;
                if (at < 0) down.push_back(at);
                if (at > 0) up.push_back(at);
            }
        }
        std::sort(down.begin(), down.end(), std::greater<>());
        std::sort(up.begin(), up.end());
        line.down = firstRoot(down);
        up.push_back((up.empty() ? 0 : up.back()) + kFar);
        line.up = firstRoot(up);
        return line;
    }

private:
    static constexpr double kFar = 1e6;

    double roomAt(double move) const {
        double room = m_equity;
        for (const LegFigures& leg : m_legs) {
            room += leg.value * move;
            room -= maintenanceFor(m_venue.markets[leg.market], sizeOf(leg.value) * (1 + move));
        }
        return room;
    }

    std::optional<double> firstRoot(const std::vector<double>& edges) const {
        double from = 0, room = roomAt(0);
        for (const double to : edges) {
            const double next = roomAt(to);
            if ((room >= 0) != (next >= 0)) return from + (to - from) * room / (room - next);
            from = to;
            room = next;
        }
        return std::nullopt;
    }

    const VenueFigures& m_venue;
    double m_equity;
    std::vector<LegFigures> m_legs;
};

void findLines(const Snapshot& snapshot, AccountId account, AccountDetail& detail) {
    const VenueFigures venue = venueFigures(snapshot);
    LegBuffer legs;
    const AccountSums sums = sumUp(venue, chunkOf(snapshot, account), slotOf(account), legs);
    for (std::size_t i = 0; i < sums.legs; ++i) {
        const std::optional<double> move = distanceOf(venue, sums, legs[i]);
        if (!move) continue;
        (*move <= 0 ? detail.legs[i].line.down : detail.legs[i].line.up) = move;
    }
    if (sums.legs > 0) detail.together = CommonMove(venue, sums, legs).find();
}

std::string symbolOf(const Snapshot& snapshot, InstrumentId instrument) {
    return (*snapshot.markets)[instrument.value()].instrument.symbol;
}

void addEquity(const Snapshot& snapshot, const AccountDetail& detail,
               std::vector<MarginTerm>& terms) {
    for (const CollateralLine& line : detail.collateral) {
        const std::string& asset = snapshot.profile->assets[line.asset.value()].symbol;
        std::string how = line.amount.toString();
        if (!line.haircut.isZero()) how += " × (1 − " + line.haircut.toString() + ")";
        terms.push_back({MarginPart::Equity, false, asset + " balance", how, line.value});
    }
    for (const LegDetail& leg : detail.legs) {
        terms.push_back({MarginPart::Equity, false,
                         symbolOf(snapshot, leg.instrument) + " unrealised",
                         leg.quantity.toString() + " × " + leg.mark.toString() + " − cost " +
                             leg.cost.toString(),
                         leg.unrealised});
    }
    terms.push_back(
        {MarginPart::Equity, true, "Equity", "sum of the lines above", detail.margin.equity});
}

void addRequirement(const Snapshot& snapshot, const AccountDetail& detail, MarginPart part,
                    std::vector<MarginTerm>& terms) {
    const bool initial = part == MarginPart::Initial;
    for (const LegDetail& leg : detail.legs) {
        const Money deduction = initial ? leg.initialDeduction : leg.maintenanceDeduction;
        const Money need = initial ? leg.initial : leg.maintenance;
        const std::string symbol = symbolOf(snapshot, leg.instrument);
        terms.push_back({part, false, symbol + " size × rate",
                         leg.size.toString() + " × " +
                             (initial ? leg.initialRate : leg.maintenanceRate).toString() +
                             ", tier " + std::to_string(leg.tier + 1),
                         need + deduction});
        if (!deduction.isZero()) {
            terms.push_back({part, false, symbol + " tier deduction",
                             "what the lower tiers ask less", -deduction});
        }
    }
    terms.push_back({part, true, initial ? "Initial margin" : "Maintenance margin",
                     "sum of the lines above",
                     initial ? detail.margin.initial : detail.margin.maintenance});
}

}  // namespace

AccountDetail explainAccount(const Snapshot& snapshot, AccountId account) {
    AccountDetail detail;
    detail.margin = exactMargin(snapshot, account);
    detail.freeMargin = detail.margin.equity - detail.margin.maintenance;
    detail.collateral = collateralOf(snapshot, account);
    for (const CollateralLine& line : detail.collateral)
        detail.collateralValue += line.value;
    for (const Leg& leg : legsOf(snapshot, account)) {
        detail.legs.push_back(detailOf(snapshot, leg));
        detail.unrealised += detail.legs.back().unrealised;
        detail.blind = detail.blind || detail.legs.back().blind;
    }
    findLines(snapshot, account, detail);
    return detail;
}

std::vector<MarginTerm> marginTerms(const Snapshot& snapshot, const AccountDetail& detail) {
    std::vector<MarginTerm> terms;
    addEquity(snapshot, detail, terms);
    addRequirement(snapshot, detail, MarginPart::Maintenance, terms);
    addRequirement(snapshot, detail, MarginPart::Initial, terms);
    return terms;
}

}  // namespace breakwater::view
