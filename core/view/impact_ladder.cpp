#include "core/view/impact_ladder.hpp"

#include <algorithm>
#include <cmath>

#include "core/view/figures.hpp"

namespace breakwater::view {
namespace {

class LadderPass {
public:
    explicit LadderPass(const Snapshot& snapshot)
        : m_snapshot(snapshot),
          m_venue(venueFigures(snapshot)),
          m_target(snapshot.profile->targetHealth.toDouble()),
          m_fee(snapshot.profile->liquidationFee.toDouble()),
          m_small(snapshot.profile->smallLeg.toDouble()),
          m_highestRate(m_venue.markets.size()),
          m_out(m_venue.markets.size()) {
        for (std::size_t m = 0; m < m_out.size(); ++m) {
            for (const ScreenMarket::Tier& tier : m_venue.markets[m].tiers)
                m_highestRate[m] = std::max(m_highestRate[m], tier.maintenanceRate);
            m_out[m].falls.depth = (*snapshot.markets)[m].bidDepth.toDouble();
            m_out[m].rises.depth = (*snapshot.markets)[m].askDepth.toDouble();
        }
    }

    std::vector<MarketLadders> run() {
        for (const auto& chunk : *m_snapshot.accounts) {
            for (std::size_t slot = 0; slot < chunk->accounts.size(); ++slot)
                add(*chunk, slot);
        }
        for (MarketLadders& market : m_out) {
            finish(market.falls);
            finish(market.rises);
        }
        return std::move(m_out);
    }

private:
    void add(const AccountChunk& chunk, std::size_t slot) {
        const AccountSums sums = sumUp(m_venue, chunk, slot, m_legs);
        const bool running = chunk.accounts[slot].liquidation.value() != 0;
        constexpr double reach = ImpactLadder::moveAt(ImpactLadder::kPoints - 1);
        for (std::size_t i = 0; i < sums.legs; ++i) {
            const double size = std::fabs(m_legs[i].value);
            // Most accounts are too far away to be forced within reach.
            const double most = reach * size * (1 + m_highestRate[m_legs[i].market]);
            if (!running && sums.equity - sums.maintenance > most) continue;
            MarketLadders& market = m_out[m_legs[i].market];
            ImpactLadder& ladder = m_legs[i].value > 0 ? market.falls : market.rises;
            for (std::size_t k = 0; k < ImpactLadder::kPoints; ++k)
                ladder.forced[k] += forcedAt(sums, i, ImpactLadder::moveAt(k), running);
        }
    }

    // Of leg i, when its mark has moved against it.
    double forcedAt(const AccountSums& sums, std::size_t i, double move, bool running) const {
        const LegFigures& leg = m_legs[i];
        const double size = std::fabs(leg.value);
        const double moved = size * (leg.value > 0 ? 1 - move : 1 + move);
        const double need = maintenanceFor(m_venue.markets[leg.market], moved);
        const double equity = sums.equity - size * move;
        const double maintenance = sums.maintenance - leg.maintenance + need;
        if (equity >= (running ? m_target : 1.0) * maintenance) return 0;
        if (3 * equity < 2 * maintenance) return size;
        double missing = m_target * maintenance - equity;
        for (std::size_t j = 0; j < sums.legs; ++j) {
            const LegFigures& other = m_legs[j];
            const bool before = other.maintenance > need || (other.maintenance == need && j < i);
            if (j == i || !before) continue;
            missing -= m_target * other.maintenance - m_fee * std::fabs(other.value);
        }
        if (missing <= 0) return 0;
        const double relief = m_target * need - m_fee * moved;  // of closing all of it
        if (moved <= m_small || relief <= missing) return size;
        return size * missing / relief;
    }

    static void finish(ImpactLadder& ladder) {
        constexpr std::size_t last = ImpactLadder::kPoints - 1;
        if (ladder.forced[last] <= 0) return;
        const auto excess = [&](std::size_t k) { return ladder.forced[k] - ladder.depthAt(k); };
        const auto crossing = [&](std::size_t k) {  // between k - 1 and k
            const double a = excess(k - 1), b = excess(k);
            const double part = a == b ? 0 : a / (a - b);
            return ImpactLadder::kStep * (static_cast<double>(k - 1) + std::clamp(part, 0.0, 1.0));
        };
        std::size_t k = 0;
        while (k <= last && excess(k) > 0)
            ++k;
        if (k > last) {
            ladder.selfFeedingFrom = 0;
            return;
        }
        ladder.absorbedAt = k == 0 ? 0 : crossing(k);
        while (k <= last && excess(k) <= 0)
            ++k;
        if (k <= last) ladder.selfFeedingFrom = crossing(k);
    }

    const Snapshot& m_snapshot;
    VenueFigures m_venue;
    double m_target, m_fee, m_small;
    std::vector<double> m_highestRate;
    std::vector<MarketLadders> m_out;
    LegBuffer m_legs;
};

}  // namespace

bool MarketLadders::fallsAreWorse() const {
    if (falls.selfFeedingFrom != rises.selfFeedingFrom) {
        if (!rises.selfFeedingFrom) return true;
        if (!falls.selfFeedingFrom) return false;
        return *falls.selfFeedingFrom < *rises.selfFeedingFrom;
    }
    return falls.forced.back() >= rises.forced.back();
}

std::vector<MarketLadders> impactLadders(const Snapshot& snapshot) {
    return LadderPass(snapshot).run();
}

}  // namespace breakwater::view
