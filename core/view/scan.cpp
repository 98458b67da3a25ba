// One pass over all accounts in double: what the Situation board adds up.
#include <algorithm>
#include <cmath>

#include "core/view/figures.hpp"
#include "core/view/shortfall_curve.hpp"

namespace breakwater::view {
namespace {

constexpr std::array<double, 2> kMoves{0.05, 0.10};

// Both directions of a market's move; which one is the worse is known after the pass.
enum Direction : std::size_t { Down, Up };

struct MarketPass {
    double clientLong = 0, clientShort = 0;
    double highestRate = 0;
    std::array<std::array<double, kMoves.size()>, 2> belowAfter{};
    std::array<ShortfallCurve, 2> curves;
};

std::size_t binOf(double health) {
    constexpr double low = VenueScan::kHealthLow;
    if (health < low) return 0;
    auto bin = static_cast<std::size_t>((health - low) / VenueScan::kHealthStep);
    // The quotient may land one bin aside at an edge such as 1.00, where it would matter most.
    const auto edge = [](std::size_t i) { return static_cast<double>(80 + 5 * i) / 100; };
    while (bin > 0 && health < edge(bin))
        --bin;
    while (health >= edge(bin + 1))
        ++bin;
    return std::min(bin, VenueScan::kBins - 1);
}

class Pass {
public:
    explicit Pass(const Snapshot& snapshot)
        : m_snapshot(snapshot), m_venue(venueFigures(snapshot)), m_passes(m_venue.markets.size()) {
        m_scan.markets.resize(m_passes.size());
        m_scan.moveToFirstAdl.resize(m_passes.size());
        for (std::size_t m = 0; m < m_passes.size(); ++m) {
            for (const ScreenMarket::Tier& tier : m_venue.markets[m].tiers) {
                m_passes[m].highestRate = std::max(m_passes[m].highestRate, tier.maintenanceRate);
            }
        }
    }

    VenueScan run() {
        for (const auto& chunk : *m_snapshot.accounts) {
            for (std::size_t slot = 0; slot < chunk->accounts.size(); ++slot)
                add(*chunk, slot);
        }
        for (std::size_t m = 0; m < m_passes.size(); ++m)
            finish(m);
        return std::move(m_scan);
    }

private:
    void add(const AccountChunk& chunk, std::size_t slot) {
        const Account& account = chunk.accounts[slot];
        const AccountSums sums = sumUp(m_venue, chunk, slot, m_legs);
        m_scan.equity += sums.equity;
        m_scan.maintenance += sums.maintenance;
        if (sums.equity < 0) m_scan.shortfall -= sums.equity;
        // The engine's own band: the histogram may disagree by a rounding, the counts do not.
        ++m_scan.bands[static_cast<std::size_t>(account.band)];
        const double health = healthOf(sums);
        if (health >= VenueScan::kHealthHigh) {
            ++m_scan.above;
        } else {
            ++m_scan.histogram[binOf(health)];
        }
        for (std::size_t i = 0; i < sums.legs; ++i)
            addLeg(account, sums, m_legs[i]);
    }

    void addLeg(const Account& account, const AccountSums& sums, const LegFigures& leg) {
        MarketScan& market = m_scan.markets[leg.market];
        MarketPass& pass = m_passes[leg.market];
        const bool isLong = leg.value > 0;
        const double size = std::fabs(leg.value);
        if (isLong) {
            market.openInterest += size;
            market.longs += 1;
        } else {
            market.shorts += 1;
        }
        if (account.tag == AccountTag::Client)
            (isLong ? pass.clientLong : pass.clientShort) += size;
        if (account.liquidation.value() != 0) ++market.liquidating;
        const Direction against = isLong ? Down : Up;
        const Direction along = isLong ? Up : Down;
        pass.curves[against].add(sums.equity, size, true);
        if (sums.equity < 0) pass.curves[along].add(sums.equity, size, false);
        if (account.band >= HealthBand::BelowMaintenance) {
            market.belowMaintenance += size;
            for (std::size_t k = 0; k < kMoves.size(); ++k) {
                pass.belowAfter[against][k] += size;  // a move against the leg never cures
                if (isBelow(sums, leg, kMoves[k])) pass.belowAfter[along][k] += size;
            }
            return;
        }
        for (std::size_t k = 0; k < kMoves.size(); ++k) {
            // Most accounts are too far away to need their tier looked up.
            const double most = kMoves[k] * size * (1 + pass.highestRate);
            if (sums.equity - sums.maintenance > most) continue;
            if (isBelow(sums, leg, -kMoves[k])) pass.belowAfter[against][k] += size;
        }
    }

    // Below maintenance after the leg's mark moved by `gain` in the leg's favour?
    bool isBelow(const AccountSums& sums, const LegFigures& leg, double gain) const {
        const double size = std::fabs(leg.value);
        const double moved = size * (1 + (leg.value > 0 ? gain : -gain));
        const double maintenance =
            sums.maintenance - leg.maintenance + maintenanceFor(m_venue.markets[leg.market], moved);
        return sums.equity + size * gain < maintenance;
    }

    void finish(std::size_t m) {
        MarketScan& market = m_scan.markets[m];
        const MarketPass& pass = m_passes[m];
        const double clients = pass.clientLong + pass.clientShort;
        market.clientSkew = clients > 0 ? (pass.clientLong - pass.clientShort) / clients : 0;
        // Against the clients' skew: when they are long the worse direction is down.
        const Direction worse = market.clientSkew >= 0 ? Down : Up;
        market.belowMaintenanceAt5 = pass.belowAfter[worse][0];
        market.belowMaintenanceAt10 = pass.belowAfter[worse][1];
        const double fund = std::max(m_snapshot.fund.balance.toDouble(), 0.0);
        const std::optional<double> move = pass.curves[worse].firstAbove(m_scan.shortfall, fund);
        if (move) m_scan.moveToFirstAdl[m] = worse == Down ? -*move : *move;
    }

    const Snapshot& m_snapshot;
    VenueFigures m_venue;
    std::vector<MarketPass> m_passes;
    VenueScan m_scan;
    LegBuffer m_legs;
};

}  // namespace

std::optional<double> ShortfallCurve::firstAbove(double atZero, double resources) const {
    if (atZero > resources) return 0.0;
    double slope = 0, moment = 0, before = atZero;
    for (std::size_t i = 0; i < m_buckets.size(); ++i) {
        slope += m_buckets[i].slope;
        moment += m_buckets[i].moment;
        const double edge = static_cast<double>(i + 1) * kBucket;
        const double now = atZero + slope * edge - moment;
        if (now > resources) {
            const double part = (resources - before) / (now - before);
            return (static_cast<double>(i) + std::clamp(part, 0.0, 1.0)) * kBucket;
        }
        before = now;
    }
    return std::nullopt;
}

VenueScan scan(const Snapshot& snapshot) { return Pass(snapshot).run(); }

}  // namespace breakwater::view
