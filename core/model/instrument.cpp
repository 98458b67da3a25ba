#include "core/model/instrument.hpp"

namespace breakwater {

void completeDeductions(std::vector<MarginTier>& tiers) {
    for (std::size_t i = 1; i < tiers.size(); ++i) {
        const MarginTier& below = tiers[i - 1];
        MarginTier& tier = tiers[i];
        tier.maintenanceDeduction =
            below.maintenanceDeduction +
            scale(below.upTo, tier.maintenanceRate - below.maintenanceRate, Round::TowardZero);
        tier.initialDeduction =
            below.initialDeduction +
            scale(below.upTo, tier.initialRate - below.initialRate, Round::TowardZero);
    }
}

Result<void> validate(const Instrument& instrument) {
    const auto refuse = [&](const std::string& why) {
        return fail(ErrorCode::InvalidArgument, "instrument " + instrument.symbol + ": " + why);
    };
    if (instrument.symbol.empty() || instrument.code.empty()) {
        return fail(ErrorCode::InvalidArgument, "an instrument needs a symbol and a code");
    }
    // Whatever is read from a record: figures are judged before they are multiplied.
    const Decimal limit = Decimal::fromInteger(Decimal::kBorderLimit);
    if (!instrument.tick.isPositive() || instrument.tick.value() > limit)
        return refuse("tick must be above zero");
    if (!instrument.lot.isPositive() || instrument.lot.value() > limit)
        return refuse("lot must be above zero");
    if (instrument.takerFee.isNegative() || instrument.takerFee >= Ratio::fromInteger(1)) {
        return refuse("taker fee must be in [0, 1)");
    }
    if (instrument.tiers.empty()) return refuse("has no margin tier");
    for (std::size_t i = 0; i < instrument.tiers.size(); ++i) {
        const MarginTier& tier = instrument.tiers[i];
        const std::string name = "tier " + std::to_string(i + 1) + " ";
        if (tier.upTo.isNegative() || tier.upTo.value() > limit)
            return refuse(name + "up_to must be in [0, 1e15]");
        if (!tier.maintenanceRate.isPositive())
            return refuse(name + "maintenance rate must be above zero");
        if (tier.initialRate > Ratio::fromInteger(1))
            return refuse(name + "initial rate must be at most 1");
        if (tier.maintenanceRate > tier.initialRate) {
            return refuse(name + "initial rate must be at least 1.2 x maintenance rate");
        }
    }
    std::vector<MarginTier> expected = instrument.tiers;
    completeDeductions(expected);
    for (std::size_t i = 0; i < instrument.tiers.size(); ++i) {
        const MarginTier& tier = instrument.tiers[i];
        const std::string name = "tier " + std::to_string(i + 1) + " ";
        if (tier.initialRate.value() < Decimal::multiply(tier.maintenanceRate.value(),
                                                         *Decimal::parse("1.2"), Round::Ceiling)) {
            return refuse(name + "initial rate must be at least 1.2 x maintenance rate");
        }
        if (i > 0 && (tier.upTo <= instrument.tiers[i - 1].upTo ||
                      tier.maintenanceRate < instrument.tiers[i - 1].maintenanceRate ||
                      tier.initialRate < instrument.tiers[i - 1].initialRate)) {
            return refuse(name + "must not be below the tier before it");
        }
        if (i > 0 && (tier.maintenanceDeduction != expected[i].maintenanceDeduction ||
                      tier.initialDeduction != expected[i].initialDeduction)) {
            return refuse(name + "deductions leave a step in the requirement");
        }
    }
    return {};
}

}  // namespace breakwater
