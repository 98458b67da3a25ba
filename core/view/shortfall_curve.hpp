// Inside core/view: the sum of accounts' shortfalls as a function of one market's move.
//
// With all else unchanged an account's equity is linear in the move of one mark, so its
// shortfall max(0, -equity) is piecewise linear with one corner. The sum over a million accounts
// is kept as corners in buckets of one basis point: per bucket the change of slope and its
// first moment. The curve is then exact at every bucket's edge, with no account left out.
#pragma once

#include <array>
#include <optional>
#include <vector>

namespace breakwater::view {

class ShortfallCurve {
public:
    static constexpr double kReach = 0.60;
    static constexpr double kBucket = 1e-4;
    static constexpr std::size_t kBuckets = 6000;

    // An account's leg of notional `size` > 0; `against`: the move goes against the leg.
    void add(double equity, double size, bool against) {
        if (equity >= 0) {
            if (against && equity < kReach * size) corner(equity / size, size);
        } else if (against) {
            corner(0, size);
        } else {
            corner(0, -size);
            if (-equity < kReach * size) corner(-equity / size, size);
        }
    }
    // The smallest move >= 0 at which `atZero` (the shortfall without a move) and what the move
    // adds exceed `resources`; exact to the bucket, interpolated within it.
    std::optional<double> firstAbove(double atZero, double resources) const;

private:
    struct Bucket {
        double slope = 0;
        double moment = 0;
    };
    void corner(double at, double slope) {
        if (m_buckets.empty()) m_buckets.resize(kBuckets);
        auto i = static_cast<std::size_t>(at / kBucket);
        if (i >= kBuckets) i = kBuckets - 1;
        m_buckets[i].slope += slope;
        m_buckets[i].moment += slope * at;
    }

    std::vector<Bucket> m_buckets;
};

}  // namespace breakwater::view
