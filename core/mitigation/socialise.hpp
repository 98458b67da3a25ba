// Socialised loss: the last layer. Every account with positive equity gives the same share.
#pragma once

#include <span>
#include <vector>

#include "core/base/ids.hpp"
#include "core/num/units.hpp"

namespace breakwater {

struct Payer {
    AccountId account;
    Money equity;  // > 0
};

struct SocialisedShare {
    AccountId account;
    Money amount;
};

struct SocialisedPlan {
    std::vector<SocialisedShare> shares;
    Money collected;  // >= covered by less than one unit a payer; the surplus goes to the fund
    Money covered;    // min(loss, sum of equity)
    Money payersEquity;
};

// amount = covered x equity / sum of equity, rounded up, never above the payer's equity.
SocialisedPlan planSocialised(std::span<const Payer> payers, Money loss);

}  // namespace breakwater
