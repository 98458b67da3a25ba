#include "core/view/snapshot.hpp"

#include <algorithm>

#include "core/view/figures.hpp"

namespace breakwater::view {
namespace {

std::size_t slotOf(AccountId account) { return account.value() % AccountChunk::kSize; }

HealthBand bandBy(const AccountSums& sums, double warningFactor) {
    if (sums.equity < 0) return HealthBand::BelowZero;
    if (sums.equity < sums.maintenance) return HealthBand::BelowMaintenance;
    if (sums.equity < warningFactor * sums.maintenance) return HealthBand::Warning;
    return sums.equity < sums.initial ? HealthBand::BelowInitial : HealthBand::Healthy;
}

}  // namespace

std::span<const SideBalance> sideBalancesOf(const AccountChunk& chunk, std::size_t slot) {
    const auto& all = chunk.sideBalances;
    if (all.empty()) return {};
    const auto [first, last] = std::equal_range(
        all.begin(), all.end(), SideBalance{static_cast<std::uint16_t>(slot), {}, {}},
        [](const SideBalance& a, const SideBalance& b) { return a.slot < b.slot; });
    return {first, last};
}

const AccountChunk& chunkOf(const Snapshot& snapshot, AccountId account) {
    BW_ASSERT(account.value() < snapshot.accountCount);
    return *(*snapshot.accounts)[account.value() / AccountChunk::kSize];
}

VenueFigures venueFigures(const Snapshot& snapshot) {
    VenueFigures venue;
    venue.markets.reserve(snapshot.markets->size());
    for (const Market& market : *snapshot.markets)
        venue.markets.push_back(screenMarket(market));
    for (const CollateralAsset& asset : snapshot.profile->assets) {
        venue.keep.push_back((Ratio::fromInteger(1) - asset.haircut).toDouble());
    }
    venue.warningFactor = snapshot.profile->warningFactor.toDouble();
    return venue;
}

AccountSums sumUp(const VenueFigures& venue, const AccountChunk& chunk, std::size_t slot,
                  LegBuffer& legs) {
    AccountSums sums;
    sums.cash = asDouble(chunk.accounts[slot].cash.value());
    double collateral = sums.cash;
    for (const SideBalance& b : sideBalancesOf(chunk, slot)) {
        const double held = asDouble(b.amount.value());
        collateral += held < 0 ? held : held * venue.keep[b.asset.value()];
    }
    for (const Leg& leg : chunk.legsOf(slot)) {
        const ScreenMarket& market = venue.markets[leg.instrument.value()];
        const double value = asDouble(leg.quantity.value()) * market.mark;
        const double size = value < 0 ? -value : value;
        const ScreenMarket::Tier& tier = tierFor(market, size);
        const double maintenance = size * tier.maintenanceRate - tier.maintenanceDeduction;
        legs[sums.legs++] = {leg.instrument.value(), value, maintenance};
        sums.unrealised += value - asDouble(leg.cost.value());
        sums.gross += size;
        sums.maintenance += maintenance;
        sums.initial += size * tier.initialRate - tier.initialDeduction;
    }
    sums.equity = collateral + sums.unrealised;
    return sums;
}

const LegFigures& bindingLeg(std::span<const LegFigures> legs) {
    return *std::max_element(
        legs.begin(), legs.end(),
        [](const LegFigures& a, const LegFigures& b) { return a.maintenance < b.maintenance; });
}

std::optional<double> distanceOf(const VenueFigures& venue, const AccountSums& sums,
                                 const LegFigures& leg) {
    // With the leg's size z as the unknown, room(z) = equity - maintenance is continuous,
    // linear within a tier and monotone (no rate reaches 1), so there is at most one root.
    const double side = leg.value < 0 ? -1 : 1;
    const double size = leg.value < 0 ? -leg.value : leg.value;
    if (size <= 0) return std::nullopt;
    const double constant = sums.equity - side * size - (sums.maintenance - leg.maintenance);
    // Even at price zero a long stays above maintenance, or a short below it.
    if (side > 0 ? constant >= 0 : constant < 0) return std::nullopt;
    const ScreenMarket& market = venue.markets[leg.market];
    for (std::size_t i = 0; i < market.tiers.size(); ++i) {
        const ScreenMarket::Tier& tier = market.tiers[i];
        const double root = (constant + tier.maintenanceDeduction) / (tier.maintenanceRate - side);
        if (root <= tier.upTo || i + 1 == market.tiers.size()) return (root - size) / size;
    }
    return std::nullopt;
}

AccountFigures figuresOf(const Snapshot& snapshot, AccountId account) {
    // Only the markets that the account holds are converted: this runs once a visible row.
    const AccountChunk& chunk = chunkOf(snapshot, account);
    const std::size_t slot = slotOf(account);
    VenueFigures venue;
    venue.markets.resize(snapshot.markets->size());
    for (const Leg& leg : chunk.legsOf(slot)) {
        venue.markets[leg.instrument.value()] =
            screenMarket((*snapshot.markets)[leg.instrument.value()]);
    }
    for (const CollateralAsset& asset : snapshot.profile->assets) {
        venue.keep.push_back((Ratio::fromInteger(1) - asset.haircut).toDouble());
    }
    LegBuffer legs;
    const AccountSums sums = sumUp(venue, chunk, slot, legs);
    AccountFigures f;
    f.equity = sums.equity;
    f.initial = sums.initial;
    f.maintenance = sums.maintenance;
    f.gross = sums.gross;
    f.cash = sums.cash;
    f.unrealised = sums.unrealised;
    f.health = healthOf(sums);
    f.leverage = leverageOf(sums);
    f.band = bandBy(sums, snapshot.profile->warningFactor.toDouble());
    f.hasLegs = sums.legs != 0;
    if (f.hasLegs) {
        const LegFigures& binding = bindingLeg({legs.data(), sums.legs});
        f.binding = InstrumentId(binding.market);
        f.distance = distanceOf(venue, sums, binding);
    }
    return f;
}

std::string_view nameOf(const Snapshot& snapshot, AccountId account) {
    return (*chunkOf(snapshot, account).names)[slotOf(account)];
}

const Account& accountOf(const Snapshot& snapshot, AccountId account) {
    return chunkOf(snapshot, account).accounts[slotOf(account)];
}

std::span<const Leg> legsOf(const Snapshot& snapshot, AccountId account) {
    return chunkOf(snapshot, account).legsOf(slotOf(account));
}

Money collateralOf(const Snapshot& snapshot, const AccountChunk& chunk, std::size_t slot) {
    Money collateral = chunk.accounts[slot].cash;
    for (const SideBalance& b : sideBalancesOf(chunk, slot)) {
        const Ratio keep =
            Ratio::fromInteger(1) - snapshot.profile->assets[b.asset.value()].haircut;
        collateral += b.amount.isNegative() ? b.amount : scale(b.amount, keep, Round::TowardZero);
    }
    return collateral;
}

Margin exactMargin(const Snapshot& snapshot, AccountId account) {
    const AccountChunk& chunk = chunkOf(snapshot, account);
    const std::size_t slot = slotOf(account);
    return evaluateMargin(collateralOf(snapshot, chunk, slot), chunk.legsOf(slot),
                          *snapshot.markets);
}

std::optional<MoveReading> ruleReading(const Snapshot& snapshot, std::size_t market,
                                       std::size_t rule) {
    if (market >= snapshot.markets->size() || rule >= snapshot.profile->moveRules.size())
        return std::nullopt;
    const UnderlyingId underlying = (*snapshot.markets)[market].instrument.underlying;
    return evaluate(snapshot.profile->moveRules[rule], (*snapshot.underlyings)[underlying.value()],
                    snapshot.profile->step);
}

}  // namespace breakwater::view
