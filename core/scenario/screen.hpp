// Inside core/scenario: one account at the marks of a snapshot, screened in double, decided
// exactly where double is not certain.
#pragma once

#include "core/view/figures.hpp"

namespace breakwater::scenario {

// The bound of core/risk/certificate.cpp: at most a few dozen roundings of 2^-53 each on terms no
// larger than gross, and one unit of 1e-12 per exact rounding.
inline double slackOf(double gross) { return gross * 1e-12 + 1e-9; }

struct Screened {
    double equity = 0;
    double slack = 0;  // |equity - exact equity| is less
    HealthBand band = HealthBand::Healthy;
    bool certain = false;  // the band is the exact one
};

class Screen {
public:
    explicit Screen(const view::Snapshot& snapshot)
        : m_snapshot(snapshot), m_venue(view::venueFigures(snapshot)) {}

    const view::Snapshot& snapshot() const { return m_snapshot; }
    const view::VenueFigures& venue() const { return m_venue; }

    Screened look(const AccountChunk& chunk, std::size_t slot) const;
    // Exact, without the requirements: what a loss is reckoned from.
    Money equity(const AccountChunk& chunk, std::size_t slot) const;
    HealthBand exactBand(const AccountChunk& chunk, std::size_t slot) const;
    HealthBand band(const Screened& screened, const AccountChunk& chunk, std::size_t slot) const {
        return screened.certain ? screened.band : exactBand(chunk, slot);
    }

private:
    const view::Snapshot& m_snapshot;
    view::VenueFigures m_venue;
};

// Calls visit(account, chunk, slot) for every account, in account order.
template <class Visit>
void forEachAccount(const view::Snapshot& snapshot, Visit visit) {
    if (!snapshot.accounts) return;
    std::uint32_t id = 0;
    for (const auto& chunk : *snapshot.accounts) {
        for (std::size_t slot = 0; slot < chunk->accounts.size(); ++slot)
            visit(AccountId(id++), *chunk, slot);
    }
}

// What the venue would do with an account below zero whose legs lie in these markets.
struct MarketGates {
    explicit MarketGates(const view::Snapshot& snapshot);
    // The engine covers no deficit while a leg is blind or its market suspends liquidations.
    bool waits(std::span<const Leg> legs) const;

    std::vector<bool> covers;  // by market
    std::vector<bool> adl;
};

}  // namespace breakwater::scenario
