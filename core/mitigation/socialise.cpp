#include "core/mitigation/socialise.hpp"

#include <algorithm>

namespace breakwater {

SocialisedPlan planSocialised(std::span<const Payer> payers, Money loss) {
    SocialisedPlan plan;
    for (const Payer& p : payers)
        plan.payersEquity += p.equity;
    plan.covered = std::min(loss, plan.payersEquity);
    if (!plan.covered.isPositive()) return plan;
    plan.shares.reserve(payers.size());
    for (const Payer& p : payers) {
        const Money amount =
            std::min(share(plan.covered, p.equity, plan.payersEquity, Round::Ceiling), p.equity);
        plan.shares.push_back({p.account, amount});
        plan.collected += amount;
    }
    return plan;
}

}  // namespace breakwater
