#include "core/risk/margin.hpp"

namespace breakwater {

Requirement requirementOf(const std::vector<MarginTier>& tiers, Money size) {
    std::size_t i = 0;
    while (i + 1 < tiers.size() && size > tiers[i].upTo)
        ++i;
    const MarginTier& tier = tiers[i];
    return {scale(size, tier.initialRate, Round::AwayFromZero) - tier.initialDeduction,
            scale(size, tier.maintenanceRate, Round::AwayFromZero) - tier.maintenanceDeduction};
}

Margin evaluateMargin(Money collateral, std::span<const Leg> legs,
                      std::span<const Market> markets) {
    Margin margin;
    margin.equity = collateral;
    for (const Leg& leg : legs) {
        const Market& market = markets[leg.instrument.value()];
        BW_ASSERT(market.hasMark);
        const Money value = notional(leg.quantity, market.mark, Round::Floor);
        const Money size =
            value.isNegative() ? -value : notional(leg.quantity, market.mark, Round::Ceiling);
        margin.equity += value - leg.cost;
        margin.gross += size;
        const Requirement need = requirementOf(market.instrument.tiers, size);
        margin.initial += need.initial;
        margin.maintenance += need.maintenance;
    }
    return margin;
}

Money collateralValue(const AccountBook& accounts, AccountId account,
                      std::span<const CollateralAsset> assets) {
    Money value = accounts.at(account).cash;
    for (const SideBalance& b : accounts.sideBalances(account)) {
        const Ratio keep = Ratio::fromInteger(1) - assets[b.asset.value()].haircut;
        value += b.amount.isNegative() ? b.amount : scale(b.amount, keep, Round::TowardZero);
    }
    return value;
}

HealthBand bandOf(const Margin& margin, Ratio warningFactor) {
    if (margin.equity.isNegative()) return HealthBand::BelowZero;
    if (margin.equity < margin.maintenance) return HealthBand::BelowMaintenance;
    if (margin.equity < scale(margin.maintenance, warningFactor, Round::AwayFromZero)) {
        return HealthBand::Warning;
    }
    if (margin.equity < margin.initial) return HealthBand::BelowInitial;
    return HealthBand::Healthy;
}

}  // namespace breakwater
