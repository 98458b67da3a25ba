#include "core/mitigation/liquidation.hpp"

#include <algorithm>

namespace breakwater {
namespace {

const Leg* heaviestLeg(std::span<const Leg> legs, std::span<const Market> markets,
                       const std::vector<bool>& tradable) {
    const Leg* heaviest = nullptr;
    Money most;
    for (const Leg& leg : legs) {
        const Market& market = markets[leg.instrument.value()];
        if (!tradable[leg.instrument.value()]) continue;
        const Money size = notional(leg.quantity.abs(), market.mark, Round::Ceiling);
        const Money need = requirementOf(market.instrument.tiers, size).maintenance;
        if (heaviest == nullptr || need > most) {
            heaviest = &leg;
            most = need;
        }
    }
    return heaviest;
}

Quantity inLots(Quantity quantity, Quantity lot, Quantity whole) {
    return std::min(
        Quantity(Decimal::toMultiple(quantity.value(), lot.value(), Round::AwayFromZero)), whole);
}

}  // namespace

Price bankruptcyPrice(const Leg& leg, Money equity, const Market& market) {
    const bool isLong = leg.quantity.isPositive();
    // A long may lose equity / quantity per contract, a short gain as much against it.
    // Beyond 1e12 a contract (dust beside much equity) the price has no bound worth the name.
    const Decimal far = Decimal::fromInteger(1'000'000'000'000);
    const bool dust = equity >= notional(leg.quantity.abs(), Price(far), Round::Ceiling);
    const Decimal room =
        dust ? far : Decimal::divide(equity.value(), leg.quantity.abs().value(), Round::Floor);
    const Decimal raw = isLong ? market.mark.value() - room : market.mark.value() + room;
    const Decimal tick = market.instrument.tick.value();
    const Decimal price = Decimal::toMultiple(raw, tick, isLong ? Round::Ceiling : Round::Floor);
    return Price(std::max(price, tick));
}

Quantity minimalClose(const Leg& leg, const Margin& margin, const Market& market, Ratio target,
                      Ratio feeRate) {
    const Quantity whole = leg.quantity.abs();
    const Money size = notional(whole, market.mark, Round::Ceiling);
    // What closing the whole leg frees, per unit of notional, on average over its tiers: the
    // marginal rate is never lower, so the figure errs toward closing more.
    const Money need = requirementOf(market.instrument.tiers, size).maintenance;
    const Ratio rate = ratio(need, size, Round::Floor);
    const Decimal relief =
        Decimal::multiply(target.value(), rate.value(), Round::Floor) - feeRate.value();
    const Money missing = scale(margin.maintenance, target, Round::AwayFromZero) - margin.equity;
    if (!missing.isPositive()) return {};
    if (!relief.isPositive()) return whole;  // every close costs more than it frees
    // Asked as a product first: the quotient need not fit.
    if (missing.value() >= Decimal::multiply(size.value(), relief, Round::Floor)) return whole;
    const Decimal closing = Decimal::divide(missing.value(), relief, Round::Ceiling);
    return inLots(Quantity(Decimal::divide(closing, market.mark.value(), Round::Ceiling)),
                  market.instrument.lot, whole);
}

std::optional<StepPlan> planStep(const Liquidation& running, std::span<const Leg> legs,
                                 const Margin& margin, bool fundBehind,
                                 std::span<const Market> markets, const std::vector<bool>& tradable,
                                 const Profile& profile) {
    const Leg* leg = heaviestLeg(legs, markets, tradable);
    if (leg == nullptr) return std::nullopt;
    const Market& market = markets[leg->instrument.value()];
    const Quantity whole = leg->quantity.abs();
    StepPlan plan;
    plan.instrument = leg->instrument;
    const bool sameLeg = running.steps > 0 && running.instrument == leg->instrument;
    plan.legAtStart = sameLeg ? std::max(running.legAtStart, whole) : whole;

    const Decimal threeEquity = Decimal::fromRaw(margin.equity.value().raw() * 3);
    const Decimal twoMaintenance = Decimal::fromRaw(margin.maintenance.value().raw() * 2);
    const bool urgent = fundBehind || threeEquity < twoMaintenance;
    const bool small = notional(whole, market.mark, Round::Floor) <= profile.smallLeg;
    Quantity quantity = whole;
    if (!urgent && !small) {
        const Quantity share = scale(plan.legAtStart, profile.stepFraction, Round::AwayFromZero);
        const Quantity enough =
            minimalClose(*leg, margin, market, profile.targetHealth, profile.liquidationFee);
        quantity = inLots(std::min(share, enough), market.instrument.lot, whole);
        if (quantity.isZero()) quantity = std::min(market.instrument.lot, whole);
    }
    plan.quantity = leg->quantity.isPositive() ? -quantity : quantity;
    plan.hasLimit = !fundBehind;
    if (plan.hasLimit) plan.limit = bankruptcyPrice(*leg, margin.equity, market);
    return plan;
}

}  // namespace breakwater
