// What if prices moved like this, now: every account revalued, who falls, and who pays.
//
// First round only: one instant, no trade, no second move of the marks. Counts, shortfall and
// payments are exact (the engine's own arithmetic); accounts are screened in double and decided in
// Decimal where double is not certain.
#pragma once

#include <array>
#include <stop_token>
#include <vector>

#include "core/scenario/layers.hpp"
#include "core/scenario/shock.hpp"

namespace breakwater::scenario {

// How far an account has fallen; each depth includes the deeper ones.
enum class Depth : std::uint8_t { BelowInitial, Warning, BelowMaintenance, BelowZero };
inline constexpr std::size_t kDepths = 4;
inline HealthBand bandAt(Depth depth) {
    return static_cast<HealthBand>(static_cast<std::uint8_t>(depth) + 1);
}

struct Tallies {
    std::array<std::uint32_t, kDepths> accounts{};  // by Depth
    Money shortfall;                                // sum of -equity of accounts below zero
    friend bool operator==(const Tallies&, const Tallies&) = default;
};

// Notional held by accounts below maintenance, each at its own world's mark.
struct MarketOutcome {
    Price mark;
    Price shockedMark;
    Money belowNow;
    Money belowThen;
    friend bool operator==(const MarketOutcome&, const MarketOutcome&) = default;
};

struct Outcome {
    Shock shock;
    Sequence sequence = 0;  // of the snapshot
    Instant asOf;
    std::size_t accounts = 0;
    Tallies now;
    Tallies then;
    std::array<std::uint32_t, kDepths> fallen{};     // there then and not now
    std::array<std::uint32_t, kDepths> recovered{};  // there now and not then
    std::vector<MarketOutcome> markets;
    Layers layers;
    std::size_t blind = 0;    // underlyings moved from their last known index
    std::size_t stopped = 0;  // markets whose breaker suspends liquidations
    friend bool operator==(const Outcome&, const Outcome&) = default;
};

// The shock must be valid for the snapshot. Nothing when it was stopped.
std::optional<Outcome> evaluate(const view::Snapshot& snapshot, const Shock& shock,
                                const std::stop_token& stop);
Outcome evaluate(const view::Snapshot& snapshot, const Shock& shock);

// One account of a shocked world, both worlds exact.
struct Struck {
    AccountId account;
    Money equityNow, maintenanceNow;
    Money equityThen, maintenanceThen;
    HealthBand bandNow = HealthBand::Healthy;
    HealthBand bandThen = HealthBand::Healthy;

    Money shortfall() const { return equityThen.isNegative() ? -equityThen : Money(); }
};

// The accounts at that depth or deeper: largest shortfall first, then those with the least room
// above maintenance, ties by account.
std::vector<Struck> accountsBehind(const view::Snapshot& snapshot, const Shock& shock, Depth depth,
                                   const std::stop_token& stop = {});

}  // namespace breakwater::scenario
