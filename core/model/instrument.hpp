// What is traded: linear perpetuals on an underlying, with tiered margin.
#pragma once

#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/num/units.hpp"

namespace breakwater {

// One margin tier. A leg with notional N in (upTo of the tier before, upTo] needs
//   maintenance = N x maintenanceRate - maintenanceDeduction
//   initial     = N x initialRate     - initialDeduction
// The deductions make both requirements continuous at the tier's edge; initial is at least
// 1.2 x maintenance everywhere, so that the warning band lies below the initial margin.
struct MarginTier {
    Money upTo;
    Ratio maintenanceRate;
    Ratio initialRate;
    Money maintenanceDeduction;
    Money initialDeduction;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("up_to", self.upTo);
        visit("maintenance_rate", self.maintenanceRate);
        visit("initial_rate", self.initialRate);
        visit("maintenance_deduction", self.maintenanceDeduction);
        visit("initial_deduction", self.initialDeduction);
    }
    friend bool operator==(const MarginTier&, const MarginTier&) = default;
};

// A linear perpetual settled in the venue's settlement asset (asset 0).
struct Instrument {
    InstrumentId id;
    std::string symbol;  // "ETH-PERP"
    std::string code;    // what an officer types to act on it, "ETH"
    UnderlyingId underlying;
    Price tick;
    Quantity lot;
    Ratio takerFee;
    std::vector<MarginTier> tiers;  // ascending upTo; a larger leg falls in the last

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("id", self.id);
        visit("symbol", self.symbol);
        visit("code", self.code);
        visit("underlying", self.underlying);
        visit("tick", self.tick);
        visit("lot", self.lot);
        visit("taker_fee", self.takerFee);
        visit("tiers", self.tiers);
    }
    friend bool operator==(const Instrument&, const Instrument&) = default;
};

// An asset that counts as collateral: its value is balance x (1 - haircut) at par.
struct CollateralAsset {
    std::string symbol;
    Ratio haircut;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("symbol", self.symbol);
        visit("haircut", self.haircut);
    }
    friend bool operator==(const CollateralAsset&, const CollateralAsset&) = default;
};

// Fills the deductions from the rates so that both requirements are continuous.
void completeDeductions(std::vector<MarginTier>& tiers);
// Refuses tiers that are empty, unordered, or break the promises of MarginTier.
Result<void> validate(const Instrument& instrument);

}  // namespace breakwater
