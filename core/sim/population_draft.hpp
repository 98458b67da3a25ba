// The population while it is being made: sizes in lots, sides not yet final. Private to core/sim.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "core/sim/population.hpp"

namespace breakwater::sim {

struct DraftLeg {
    std::uint16_t underlying = 0;
    bool isLong = true;
    std::int64_t lots = 0;
    double notional = 0.0;  // lots x lot x price
};

struct DraftAccount {
    ClientKind kind = ClientKind::Cross;
    bool isLarge = false;  // its side may be chosen to balance the venue
    double gross = 0.0;
    std::vector<DraftLeg> legs;  // by ascending underlying
};

// A market in doubles.
struct DraftMarket {
    double price;
    double unit;  // notional of one lot
    double weight;
    double factor = 1.0;                       // of notional, so that shares follow the weights
    std::vector<std::array<double, 2>> tiers;  // from, initial margin rate

    double initialRate(double notional) const {
        double rate = tiers.front()[1];
        for (const auto& tier : tiers) {
            if (notional >= tier[0]) rate = std::max(rate, tier[1]);
        }
        return rate;
    }
};

// Chooses the sides of the large accounts, then trims single legs, until long and short lots of
// every underlying are equal. Small and hedged accounts are trimmed only when nothing else is
// left; a leg that cannot be matched at all is removed (one account alone keeps none).
void balanceSides(std::vector<DraftAccount>& accounts, std::size_t underlyings);

// From here on a client's leverage falls with its size.
inline constexpr double kLargeGross = 1.1e5;

// A balanced draft becomes a client: name, deposit, entries, habits. Pure in its arguments.
SimAccount finishAccount(const DraftAccount& draft, std::size_t number,
                         const PopulationOptions& options, const std::vector<DraftMarket>& markets);

}  // namespace breakwater::sim
