// The permission table of the breaker ladder (levels 0, 1, 2 and 4), one cell an answer.
//
// Level 3, the call auction, is not part of this venue's operation map: a command that names it
// is refused, so its column does not exist here.
#pragma once

#include <array>
#include <string_view>

#include "core/model/kinds.hpp"

namespace breakwater {

enum class Action : std::uint8_t {
    NewRiskTaker,
    NewRiskMaker,  // post-only inside the band, account tagged maker or liquidator
    ReducingOrder,
    Cancel,
    Deposit,
    Withdrawal,
    Liquidation,
    AutoDeleveraging,
    Funding,
};
inline constexpr std::size_t kActions = 9;

enum class Permission : std::uint8_t {
    Yes,
    RaisedMargin,  // against initial margin x the profile's tighten factor
    Capped,        // funding, at the profile's restricted cap
    Queued,        // kept with its age until the level falls
    Suspended,     // the list is kept and the clock runs
    No,
};

Permission permissionOf(BreakerLevel level, Action action);

// Words for the console: "New risk, takers", "raised margin".
std::string_view title(Action action);
std::string_view title(Permission permission);

}  // namespace breakwater
