// The breaker of one market: its level, who set it, until when, and what happens then.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/breaker/move_rule.hpp"

namespace breakwater {

struct BreakerState {
    BreakerLevel level = BreakerLevel::Normal;
    BreakerCause cause = BreakerCause::Officer;
    std::string by;  // officer or rule id that set the level first
    std::string reason;
    Instant since;               // of this level
    Instant ends;                // not meaningful at level normal
    std::uint16_t renewals = 0;  // by the venue itself, since the last officer or rule act
    // What the venue's matching was last seen to do, and when the last change was commanded.
    BreakerLevel effective = BreakerLevel::Normal;
    Instant commandedAt;
    std::vector<std::uint16_t> confirmations;  // per move rule: consecutive steps at its trip

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor& visit) {
        visit("level", self.level);
        visit("cause", self.cause);
        visit("by", self.by);
        visit("reason", self.reason);
        visit("since", self.since);
        visit("ends", self.ends);
        visit("renewals", self.renewals);
        visit("effective", self.effective);
        visit("commanded_at", self.commandedAt);
        visit("confirmations", self.confirmations);
    }
};

// A change of level or of its end, with who and why.
struct BreakerMove {
    BreakerLevel level = BreakerLevel::Normal;
    BreakerCause cause = BreakerCause::Officer;
    std::string by;
    std::string reason;
    Instant ends;
    std::uint16_t renewals = 0;
};

// May the level be left? The index has its quorum and no rule at or below the level still
// stands at or above its release figure.
bool exitConditionMet(BreakerLevel level, const Profile& profile, const Underlying& underlying);

// Counts confirmations and returns the trip of the highest rule that fires above the present
// level. Rules never loosen and never lengthen: a level that still stands at its end is renewed
// by judgeExpiry.
std::optional<BreakerMove> judgeRules(BreakerState& state, const Profile& profile,
                                      const Underlying& underlying, Instant now);

// At the end of a level: one step down, or, while the exit condition fails, a renewal by the
// venue itself, at most profile.renewals times. Nothing before the end.
std::optional<BreakerMove> judgeExpiry(const BreakerState& state, const Profile& profile,
                                       const Underlying& underlying, Instant now);

void applyMove(BreakerState& state, const BreakerMove& move, Instant now);

}  // namespace breakwater
