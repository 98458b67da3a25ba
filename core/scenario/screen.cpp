#include "core/scenario/screen.hpp"

#include <algorithm>
#include <cmath>

#include "core/breaker/permissions.hpp"

namespace breakwater::scenario {

using view::asDouble;

Screened Screen::look(const AccountChunk& chunk, std::size_t slot) const {
    const double cash = asDouble(chunk.accounts[slot].cash.value());
    double equity = cash, gross = std::fabs(cash), maintenance = 0, initial = 0;
    if (!chunk.sideBalances.empty()) {
        for (const SideBalance& b : view::sideBalancesOf(chunk, slot)) {
            const double held = asDouble(b.amount.value());
            equity += held < 0 ? held : held * m_venue.keep[b.asset.value()];
            gross += std::fabs(held);
        }
    }
    const std::span<const Leg> legs = chunk.legsOf(slot);
    for (const Leg& leg : legs) {
        const ScreenMarket& market = m_venue.markets[leg.instrument.value()];
        const double value = asDouble(leg.quantity.value()) * market.mark;
        const double cost = asDouble(leg.cost.value());
        const double size = std::fabs(value);
        const ScreenMarket::Tier& tier = view::tierFor(market, size);
        equity += value - cost;
        maintenance += size * tier.maintenanceRate - tier.maintenanceDeduction;
        initial += size * tier.initialRate - tier.initialDeduction;
        gross += size + std::fabs(cost) + tier.maintenanceDeduction + tier.initialDeduction;
    }
    Screened out;
    out.equity = equity;
    out.slack = slackOf(gross);
    const double below = equity - maintenance;
    const double warning = equity - m_venue.warningFactor * maintenance;
    const double belowInitial = equity - initial;
    out.band = equity < 0         ? HealthBand::BelowZero
               : below < 0        ? HealthBand::BelowMaintenance
               : warning < 0      ? HealthBand::Warning
               : belowInitial < 0 ? HealthBand::BelowInitial
                                  : HealthBand::Healthy;
    if (legs.empty()) {
        out.certain = gross == 0 || std::fabs(equity) > out.slack;
        return out;
    }
    const double nearest = std::min(
        {std::fabs(equity), std::fabs(below), std::fabs(warning), std::fabs(belowInitial)});
    out.certain = nearest > out.slack;
    return out;
}

Money Screen::equity(const AccountChunk& chunk, std::size_t slot) const {
    Money equity = view::collateralOf(m_snapshot, chunk, slot);
    for (const Leg& leg : chunk.legsOf(slot)) {
        const Market& market = (*m_snapshot.markets)[leg.instrument.value()];
        equity += notional(leg.quantity, market.mark, Round::Floor) - leg.cost;
    }
    return equity;
}

HealthBand Screen::exactBand(const AccountChunk& chunk, std::size_t slot) const {
    const Margin margin = evaluateMargin(view::collateralOf(m_snapshot, chunk, slot),
                                         chunk.legsOf(slot), *m_snapshot.markets);
    return bandOf(margin, m_snapshot.profile->warningFactor);
}

MarketGates::MarketGates(const view::Snapshot& snapshot) {
    const std::size_t n = snapshot.markets ? snapshot.markets->size() : 0;
    for (std::size_t m = 0; m < n; ++m) {
        const Market& market = (*snapshot.markets)[m];
        const BreakerLevel level = (*snapshot.breakers)[m].level;
        const bool blind = (*snapshot.underlyings)[market.instrument.underlying.value()].blind;
        covers.push_back(market.hasMark && !blind &&
                         permissionOf(level, Action::Liquidation) == Permission::Yes);
        adl.push_back(permissionOf(level, Action::AutoDeleveraging) == Permission::Yes);
    }
}

bool MarketGates::waits(std::span<const Leg> legs) const {
    return std::any_of(legs.begin(), legs.end(),
                       [&](const Leg& leg) { return !covers[leg.instrument.value()]; });
}

}  // namespace breakwater::scenario
