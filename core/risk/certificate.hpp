// Certified regions: which accounts can a mark move have touched?
//
// Screened in double over an account's legs, a certificate says: while every mark stays within
// a factor (1 +- radius) of now, this account stays in this band. It is conservative: each
// threshold f = equity - k x requirement moves at most radius x sum |notional| (1 + k x slope),
// where slope bounds the tier's rate over the whole box, and a share of the gross figures is
// taken off for the rounding of the double world. Radius 0 means: decide exactly.
//
// Accounts wait in buckets by "travel", the running sum of the largest relative move of any
// mark per step. Travel bounds displacement, so an account need not be looked at before travel
// has grown by ln(1 + radius). Cost per step follows the accounts near a threshold.
#pragma once

#include <cstdint>
#include <vector>

#include "core/risk/margin.hpp"

namespace breakwater {

// The markets' figures as doubles, refreshed when marks move.
struct ScreenMarket {
    double mark = 0;
    struct Tier {
        double upTo, maintenanceRate, initialRate, maintenanceDeduction, initialDeduction;
    };
    std::vector<Tier> tiers;
};

struct Certificate {
    HealthBand band = HealthBand::Healthy;
    double radius = 0;  // 0: the band must be decided exactly
};

inline constexpr double kLargestRadius = 0.1;

// Settled balances at their collateral value, and the sum of their sizes: balances that cancel
// leave a value whose rounding is that of the balances, not of the rest.
struct ScreenCollateral {
    double value = 0;
    double gross = 0;
};

ScreenMarket screenMarket(const Market& market);
ScreenCollateral screenCollateral(const AccountBook& accounts, AccountId account,
                                  std::span<const CollateralAsset> assets);
Certificate certify(ScreenCollateral collateral, std::span<const Leg> legs,
                    std::span<const ScreenMarket> markets, double warningFactor);

// The waiting room. Not state: it can be rebuilt at any time and decides nothing.
class CertificateQueue {
public:
    void resize(std::size_t accounts);
    // The account is certified for `radius` from now.
    void put(AccountId account, double radius);
    // Something about the account changed: look at it at the next step.
    void touch(AccountId account) { put(account, 0); }
    // Marks moved by at most `move` (relative); appends every account whose certificate may
    // have run out, each once, in no particular order. They must be put() again.
    void advance(double move, std::vector<AccountId>& due);

private:
    static constexpr double kWidth = 1e-4;
    static constexpr std::size_t kBuckets = 1024;  // kLargestRadius / kWidth and some room
    static constexpr std::uint64_t kNowhere = ~std::uint64_t{0};

    std::uint64_t bucketAt(double travel) const;

    double m_travel = 0;
    std::uint64_t m_first = 0;  // number of the bucket that holds m_travel
    std::vector<std::vector<AccountId>> m_buckets = std::vector<std::vector<AccountId>>(kBuckets);
    std::vector<std::uint64_t> m_bucketOf;  // per account; stale entries in buckets are skipped
};

}  // namespace breakwater
