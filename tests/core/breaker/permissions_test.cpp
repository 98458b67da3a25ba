// Domain section 4, the permission table: one test a cell, for the levels of this venue's
// operation map (0, 1, 2 and 4). The engine's side is in engine/permissions_in_force_test.cpp.
#include "core/breaker/permissions.hpp"

#include <string>

#include <gtest/gtest.h>

namespace breakwater {
namespace {

using enum Permission;
constexpr BreakerLevel L0 = BreakerLevel::Normal, L1 = BreakerLevel::Tighten,
                       L2 = BreakerLevel::Restrict, L4 = BreakerLevel::Stop;

#define CELL(action, claim, level, answer) \
    TEST(action##Permission, claim) { EXPECT_EQ(permissionOf(level, Action::action), answer); }

CELL(NewRiskTaker, IsFreeAtLevel0, L0, Yes)
CELL(NewRiskTaker, PaysRaisedInitialMarginAtLevel1, L1, RaisedMargin)
CELL(NewRiskTaker, IsRefusedAtLevel2, L2, No)
CELL(NewRiskTaker, IsRefusedAtLevel4, L4, No)

CELL(NewRiskMaker, IsFreeAtLevel0, L0, Yes)
CELL(NewRiskMaker, PaysRaisedInitialMarginAtLevel1, L1, RaisedMargin)
CELL(NewRiskMaker, IsFreeAtLevel2, L2, Yes)
CELL(NewRiskMaker, IsRefusedAtLevel4, L4, No)

CELL(ReducingOrder, IsFreeAtLevel0, L0, Yes)
CELL(ReducingOrder, IsFreeAtLevel1, L1, Yes)
CELL(ReducingOrder, IsFreeAtLevel2, L2, Yes)
CELL(ReducingOrder, IsRefusedAtLevel4, L4, No)

CELL(Cancel, IsFreeAtLevel0, L0, Yes)
CELL(Cancel, IsFreeAtLevel1, L1, Yes)
CELL(Cancel, IsFreeAtLevel2, L2, Yes)
CELL(Cancel, IsFreeAtLevel4, L4, Yes)

CELL(Deposit, IsFreeAtLevel0, L0, Yes)
CELL(Deposit, IsFreeAtLevel1, L1, Yes)
CELL(Deposit, IsFreeAtLevel2, L2, Yes)
CELL(Deposit, IsFreeAtLevel4, L4, Yes)

CELL(Withdrawal, IsFreeAtLevel0, L0, Yes)
CELL(Withdrawal, MustLeaveTheRaisedMarginAtLevel1, L1, RaisedMargin)
CELL(Withdrawal, IsNotHeldByLevel2, L2, Yes)
CELL(Withdrawal, IsQueuedAtLevel4, L4, Queued)

CELL(Liquidation, RunsAtLevel0, L0, Yes)
CELL(Liquidation, RunsAtLevel1, L1, Yes)
CELL(Liquidation, RunsAtLevel2, L2, Yes)
CELL(Liquidation, IsSuspendedAtLevel4, L4, Suspended)

CELL(AutoDeleveraging, RunsByItsRuleAtLevel0, L0, Yes)
CELL(AutoDeleveraging, RunsByItsRuleAtLevel1, L1, Yes)
CELL(AutoDeleveraging, RunsByItsRuleAtLevel2, L2, Yes)
CELL(AutoDeleveraging, IsSuspendedAtLevel4, L4, Suspended)

CELL(Funding, RunsAtLevel0, L0, Yes)
CELL(Funding, RunsAtLevel1, L1, Yes)
CELL(Funding, IsCappedAtLevel2, L2, Capped)
CELL(Funding, IsSuspendedAtLevel4, L4, Suspended)

TEST(Permissions, NoRiskLoweringActIsRefusedBelowLevel4) {
    for (const BreakerLevel level : {L0, L1, L2}) {
        for (const Action action :
             {Action::ReducingOrder, Action::Cancel, Action::Deposit, Action::Liquidation}) {
            EXPECT_EQ(permissionOf(level, action), Yes) << title(action) << " at " << word(level);
        }
    }
}

TEST(Permissions, EveryActionAndAnswerHasItsWords) {
    for (std::size_t a = 0; a < kActions; ++a)
        EXPECT_FALSE(title(static_cast<Action>(a)).empty());
    for (const Permission p : {Yes, RaisedMargin, Capped, Queued, Suspended, No})
        EXPECT_FALSE(title(p).empty());
}

}  // namespace
}  // namespace breakwater
