#include "core/mitigation/adl.hpp"

#include <algorithm>

namespace breakwater {

Ratio adlScore(Money profit, Money cost, Money size, Money equity) {
    // Both quotients are bounded before they are multiplied: a cost or equity near zero would
    // otherwise leave the range, and beyond a million the order no longer means anything.
    const Money limit = Money::fromInteger(1'000'000);
    const auto bounded = [&](Money top, Money bottom) {
        if (!bottom.isPositive()) return limit.value();
        if (Decimal::divide(top.value(), limit.value(), Round::Floor) >= bottom.value())
            return limit.value();
        return Decimal::divide(top.value(), bottom.value(), Round::TowardZero);
    };
    return Ratio(
        Decimal::multiply(bounded(profit, cost.abs()), bounded(size, equity), Round::TowardZero));
}

bool rankBefore(const AdlCandidate& a, const AdlCandidate& b) {
    if (a.score != b.score) return a.score > b.score;
    return a.account < b.account;
}

AdlPlan planAdl(std::vector<AdlCandidate>& ranked, Quantity quantity, Money deficit) {
    AdlPlan plan;
    Quantity left = quantity;
    for (AdlCandidate& c : ranked) {
        if (left.isZero()) break;
        if (c.quantity.isZero()) continue;
        const Quantity taken = std::min(left, c.quantity);
        const Money profit = share(c.profit, taken, c.quantity, Round::TowardZero);
        // Rounded up so that the last unit of the deficit is not left over.
        const Money due =
            std::min(share(deficit, taken, quantity, Round::Ceiling), deficit - plan.covered);
        const Money contribution = std::min(due, profit);
        plan.takes.push_back({c.account, taken, contribution, c.score});
        plan.covered += contribution;
        plan.closed += taken;
        left -= taken;
        c.quantity -= taken;
        c.profit -= profit;
    }
    return plan;
}

}  // namespace breakwater
