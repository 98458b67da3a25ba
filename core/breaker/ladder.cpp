#include "core/breaker/ladder.hpp"

namespace breakwater {

bool exitConditionMet(BreakerLevel level, const Profile& profile, const Underlying& underlying) {
    if (underlying.blind) return false;
    for (const MoveRule& rule : profile.moveRules) {
        if (rule.level > level) continue;
        const std::optional<MoveReading> reading = evaluate(rule, underlying, profile.step);
        if (!reading || reading->move >= rule.releaseBelow) return false;
    }
    return true;
}

std::optional<BreakerMove> judgeRules(BreakerState& state, const Profile& profile,
                                      const Underlying& underlying, Instant now) {
    state.confirmations.resize(profile.moveRules.size());
    const MoveRule* fired = nullptr;
    for (std::size_t i = 0; i < profile.moveRules.size(); ++i) {
        const MoveRule& rule = profile.moveRules[i];
        const std::optional<MoveReading> reading = evaluate(rule, underlying, profile.step);
        std::uint16_t& count = state.confirmations[i];
        // A blind step neither confirms nor denies.
        if (!reading) continue;
        if (reading->move < rule.tripAt) {
            count = 0;
            continue;
        }
        if (count < rule.confirmations) ++count;
        if (count < rule.confirmations || rule.level <= state.level) continue;
        if (fired == nullptr || rule.level > fired->level) fired = &rule;
    }
    if (fired == nullptr) return std::nullopt;
    return BreakerMove{fired->level,
                       BreakerCause::Rule,
                       fired->id,
                       "index moved " + fired->tripAt.toString() + " or more within " +
                           std::to_string(fired->window.wholeSeconds()) + " s",
                       now + fired->duration,
                       0};
}

std::optional<BreakerMove> judgeExpiry(const BreakerState& state, const Profile& profile,
                                       const Underlying& underlying, Instant now) {
    if (state.level == BreakerLevel::Normal || now < state.ends) return std::nullopt;
    const LevelTerms* terms = profile.termsOf(state.level);
    BW_ASSERT(terms != nullptr);
    if (!exitConditionMet(state.level, profile, underlying) && state.renewals < profile.renewals) {
        return BreakerMove{state.level,
                           BreakerCause::Renewal,
                           state.by,
                           underlying.blind ? "index without quorum" : "exit condition not met",
                           now + terms->stepDown,
                           static_cast<std::uint16_t>(state.renewals + 1)};
    }
    const BreakerLevel below = profile.stepBelow(state.level);
    const LevelTerms* next = profile.termsOf(below);
    return BreakerMove{below,
                       BreakerCause::Expiry,
                       state.by,
                       "expired",
                       next != nullptr ? now + next->stepDown : now,
                       0};
}

void applyMove(BreakerState& state, const BreakerMove& move, Instant now) {
    if (move.level != state.level) {
        state.since = now;
        state.commandedAt = now;
    }
    state.level = move.level;
    state.cause = move.cause;
    state.by = move.by;
    state.reason = move.reason;
    state.ends = move.ends;
    state.renewals = move.renewals;
}

}  // namespace breakwater
