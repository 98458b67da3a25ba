// Exact margin of an account: what it owns, what it must hold, and the band it is in.
#pragma once

#include <span>

#include "core/market/market.hpp"
#include "core/model/books.hpp"
#include "core/profile/profile.hpp"

namespace breakwater {

struct Requirement {
    Money initial;
    Money maintenance;
};

// Requirement of one leg with notional `size` >= 0 by its tier; rounds away from zero.
Requirement requirementOf(const std::vector<MarginTier>& tiers, Money size);

struct Margin {
    Money equity;  // collateral + unrealised profit, profits rounded down, losses up
    Money initial;
    Money maintenance;
    Money gross;  // sum of |quantity| x mark

    friend bool operator==(const Margin&, const Margin&) = default;
};

// Cross margin over all legs at the given marks. Every leg's market must have a mark.
Margin evaluateMargin(Money collateral, std::span<const Leg> legs, std::span<const Market> markets);

// Settled balances at their collateral value, rounded down; debts are not softened.
Money collateralValue(const AccountBook& accounts, AccountId account,
                      std::span<const CollateralAsset> assets);

HealthBand bandOf(const Margin& margin, Ratio warningFactor);

}  // namespace breakwater
