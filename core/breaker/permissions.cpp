#include "core/breaker/permissions.hpp"

#include "core/base/assert.hpp"

namespace breakwater {
namespace {

using enum Permission;
constexpr std::size_t kColumns = 4;  // normal, tighten, restrict, stop
using Row = std::array<Permission, kColumns>;

constexpr std::array<Row, kActions> kTable{{
    /* NewRiskTaker     */ {Yes, RaisedMargin, No, No},
    /* NewRiskMaker     */ {Yes, RaisedMargin, Yes, No},
    /* ReducingOrder    */ {Yes, Yes, Yes, No},
    /* Cancel           */ {Yes, Yes, Yes, Yes},
    /* Deposit          */ {Yes, Yes, Yes, Yes},
    /* Withdrawal       */ {Yes, RaisedMargin, Yes, Queued},
    /* Liquidation      */ {Yes, Yes, Yes, Suspended},
    /* AutoDeleveraging */ {Yes, Yes, Yes, Suspended},
    /* Funding          */ {Yes, Yes, Capped, Suspended},
}};

constexpr std::array<std::string_view, kActions> kActionTitles{
    "New risk, takers", "New risk, makers post-only in band",
    "Reducing orders",  "Cancels",
    "Deposits",         "Withdrawals",
    "Liquidations",     "Auto-deleveraging",
    "Funding"};

constexpr std::array<std::string_view, 6> kPermissionTitles{"on",     "raised margin", "capped",
                                                            "queued", "suspended",     "blocked"};

}  // namespace

Permission permissionOf(BreakerLevel level, Action action) {
    BW_ASSERT(level != BreakerLevel::Auction);
    const std::size_t column = level == BreakerLevel::Stop ? 3 : static_cast<std::size_t>(level);
    return kTable[static_cast<std::size_t>(action)][column];
}

std::string_view title(Action action) { return kActionTitles[static_cast<std::size_t>(action)]; }
std::string_view title(Permission permission) {
    return kPermissionTitles[static_cast<std::size_t>(permission)];
}

}  // namespace breakwater
