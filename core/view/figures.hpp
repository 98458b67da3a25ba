// Inside core/view and core/scenario: an account's figures in double, from the snapshot's chunks.
#pragma once

#include <array>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "core/risk/certificate.hpp"
#include "core/view/snapshot.hpp"

namespace breakwater::view {

// The bits of Decimal::toDouble; most figures fit 64 bits, whose conversion is one instruction.
inline double asDouble(Decimal value) {
    const Int128 raw = value.raw();
    const auto low = static_cast<std::int64_t>(raw);
    if (static_cast<Int128>(low) != raw) return value.toDouble();
    return static_cast<double>(low) / static_cast<double>(Decimal::kScale);
}

// What a pass over accounts needs of the venue, converted once.
struct VenueFigures {
    std::vector<ScreenMarket> markets;
    std::vector<double> keep;  // by asset: 1 - haircut
    double warningFactor = 1;
};
VenueFigures venueFigures(const Snapshot& snapshot);

inline const ScreenMarket::Tier& tierFor(const ScreenMarket& market, double size) {
    std::size_t i = 0;
    while (i + 1 < market.tiers.size() && size > market.tiers[i].upTo)
        ++i;
    return market.tiers[i];
}
inline double maintenanceFor(const ScreenMarket& market, double size) {
    const ScreenMarket::Tier& tier = tierFor(market, size);
    return size * tier.maintenanceRate - tier.maintenanceDeduction;
}

struct LegFigures {
    std::uint16_t market;
    double value;  // signed notional at the mark
    double maintenance;
};

struct AccountSums {
    double cash = 0, equity = 0, initial = 0, maintenance = 0, gross = 0, unrealised = 0;
    std::size_t legs = 0;
};

using LegBuffer = std::array<LegFigures, AccountBook::kMaxLegs>;

AccountSums sumUp(const VenueFigures& venue, const AccountChunk& chunk, std::size_t slot,
                  LegBuffer& legs);

// The leg with the largest maintenance requirement, the first of equals; legs not empty.
const LegFigures& bindingLeg(std::span<const LegFigures> legs);
// Relative move of that leg's mark, all else unchanged, at which equity = maintenance.
std::optional<double> distanceOf(const VenueFigures& venue, const AccountSums& sums,
                                 const LegFigures& leg);

inline double healthOf(const AccountSums& sums) {
    return sums.legs == 0 || sums.maintenance <= 0 ? std::numeric_limits<double>::infinity()
                                                   : sums.equity / sums.maintenance;
}
inline double leverageOf(const AccountSums& sums) {
    if (sums.legs == 0) return 0;
    return sums.equity <= 0 ? std::numeric_limits<double>::infinity() : sums.gross / sums.equity;
}

const AccountChunk& chunkOf(const Snapshot& snapshot, AccountId account);
// Settled balances at their collateral value, exactly: the engine's collateralValue() on a frozen
// chunk; a test holds the two equal.
Money collateralOf(const Snapshot& snapshot, const AccountChunk& chunk, std::size_t slot);
std::span<const SideBalance> sideBalancesOf(const AccountChunk& chunk, std::size_t slot);

// orderAccounts() without advice on a filter that matches nothing.
AccountOrder selectAccounts(const Snapshot& snapshot, const AccountQuery& query,
                            const FirstPage& firstPage = {});

}  // namespace breakwater::view
