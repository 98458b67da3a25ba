#include "core/risk/certificate.hpp"

#include <algorithm>
#include <cmath>

namespace breakwater {
namespace {

const ScreenMarket::Tier& tierFor(const ScreenMarket& market, double size) {
    std::size_t i = 0;
    while (i + 1 < market.tiers.size() && size > market.tiers[i].upTo)
        ++i;
    return market.tiers[i];
}

}  // namespace

ScreenMarket screenMarket(const Market& market) {
    ScreenMarket screen;
    screen.mark = market.mark.toDouble();
    for (const MarginTier& t : market.instrument.tiers) {
        screen.tiers.push_back({t.upTo.toDouble(), t.maintenanceRate.toDouble(),
                                t.initialRate.toDouble(), t.maintenanceDeduction.toDouble(),
                                t.initialDeduction.toDouble()});
    }
    return screen;
}

ScreenCollateral screenCollateral(const AccountBook& accounts, AccountId account,
                                  std::span<const CollateralAsset> assets) {
    const double cash = accounts.at(account).cash.toDouble();
    ScreenCollateral collateral{cash, std::fabs(cash)};
    for (const SideBalance& b : accounts.sideBalances(account)) {
        const Ratio keep = Ratio::fromInteger(1) - assets[b.asset.value()].haircut;
        const double amount = b.amount.toDouble();
        collateral.value += b.amount.isNegative() ? amount : amount * keep.toDouble();
        collateral.gross += std::fabs(amount);
    }
    return collateral;
}

Certificate certify(ScreenCollateral collateral, std::span<const Leg> legs,
                    std::span<const ScreenMarket> markets, double warningFactor) {
    double equity = collateral.value;
    double maintenance = 0, initial = 0;
    double gross = collateral.gross;  // everything that was added up, for the rounding bound
    double notionalSum = 0, maintenanceSlope = 0, initialSlope = 0;
    for (const Leg& leg : legs) {
        const ScreenMarket& market = markets[leg.instrument.value()];
        const double value = leg.quantity.toDouble() * market.mark;
        const double cost = leg.cost.toDouble();
        const double size = std::fabs(value);
        const ScreenMarket::Tier& tier = tierFor(market, size);
        const ScreenMarket::Tier& far = tierFor(market, size * (1 + 2 * kLargestRadius));
        equity += value - cost;
        maintenance += size * tier.maintenanceRate - tier.maintenanceDeduction;
        initial += size * tier.initialRate - tier.initialDeduction;
        gross += size + std::fabs(cost) + tier.maintenanceDeduction + tier.initialDeduction;
        notionalSum += size;
        maintenanceSlope += size * far.maintenanceRate;
        initialSlope += size * far.initialRate;
    }
    const double zero = equity;
    const double below = equity - maintenance;
    const double warning = equity - warningFactor * maintenance;
    const double belowInitial = equity - initial;
    Certificate certificate;
    certificate.band = zero < 0           ? HealthBand::BelowZero
                       : below < 0        ? HealthBand::BelowMaintenance
                       : warning < 0      ? HealthBand::Warning
                       : belowInitial < 0 ? HealthBand::BelowInitial
                                          : HealthBand::Healthy;
    if (legs.empty()) {
        // No mark can move it; only the sign of the balance counts, and nothing owed is certain
        // too.
        const double slack = gross * 1e-12 + 1e-11;
        certificate.radius = gross == 0 || std::fabs(equity) > slack ? kLargestRadius : 0;
        return certificate;
    }
    // At most a few dozen roundings of 2^-53 each on terms no larger than gross, and one unit of
    // 1e-12 per exact rounding: 1e-12 of gross plus 1e-9 covers both with room to spare.
    const double slack = gross * 1e-12 + 1e-9;
    const double reach =
        std::min({(std::fabs(zero) - slack) / notionalSum,
                  (std::fabs(below) - slack) / (notionalSum + maintenanceSlope),
                  (std::fabs(warning) - slack) / (notionalSum + warningFactor * maintenanceSlope),
                  (std::fabs(belowInitial) - slack) / (notionalSum + initialSlope)});
    certificate.radius = std::clamp(reach, 0.0, kLargestRadius);
    return certificate;
}

std::uint64_t CertificateQueue::bucketAt(double travel) const {
    return static_cast<std::uint64_t>(travel / kWidth);
}

void CertificateQueue::resize(std::size_t accounts) {
    const std::size_t before = m_bucketOf.size();
    m_bucketOf.resize(accounts, kNowhere);
    for (std::size_t i = before; i < accounts; ++i)
        touch(AccountId(static_cast<std::uint32_t>(i)));
}

void CertificateQueue::put(AccountId account, double radius) {
    // ln(1 + r) >= r - r^2 / 2: travel below that keeps every mark within the factor.
    const std::uint64_t bucket =
        std::max(m_first, bucketAt(m_travel + radius * (1 - 0.5 * radius)));
    std::uint64_t& at = m_bucketOf[account.value()];
    if (at == bucket) return;
    at = bucket;
    m_buckets[bucket % kBuckets].push_back(account);
}

void CertificateQueue::advance(double move, std::vector<AccountId>& due) {
    BW_ASSERT(move >= 0);
    // |ln(1 + u)| <= u / (1 - u) for 0 <= u < 1; a move of one half or more runs everything out.
    // 1e-12 more than the last place of the sum while travel is below 8,000: steps too small for
    // the sum must not be lost.
    m_travel += (move < 0.5 ? move / (1 - move) : 1.0) + 1e-12;
    const std::uint64_t last = bucketAt(m_travel);
    const std::uint64_t count = std::min<std::uint64_t>(last - m_first + 1, kBuckets);
    for (std::uint64_t i = 0; i < count; ++i) {
        std::vector<AccountId>& bucket = m_buckets[(m_first + i) % kBuckets];
        for (const AccountId account : bucket) {
            std::uint64_t& at = m_bucketOf[account.value()];
            if (at > last) continue;  // moved on since, or listed already
            at = kNowhere;
            due.push_back(account);
        }
        bucket.clear();
    }
    m_first = last;
}

}  // namespace breakwater
