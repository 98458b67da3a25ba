#include "core/breaker/ladder.hpp"

#include <gtest/gtest.h>

#include "tests/core/event/golden_file.hpp"
#include "tests/core/market/sample_market.hpp"

namespace breakwater {
namespace {

using test::underlyingThatSaw;
using enum BreakerLevel;

// 5 % in 300 s -> tighten for 600 s; R-02: 10 % in 300 s -> restrict for 600 s; two
// confirmations each; released below 3 % and 5 %.
const Profile& venue() {
    static const Profile profile =
        parseProfile(test::readFile(test::sourcePath("resources/profiles/breakwater.json")),
                     "breakwater.json")
            .value();
    return profile;
}

Instant at(std::int64_t seconds) {
    return Instant::fromMicroseconds(0) + Duration::seconds(seconds);
}

BreakerState stateAt(BreakerLevel level, std::int64_t ends, std::uint16_t renewals = 0) {
    BreakerState state;
    state.level = level;
    state.ends = at(ends);
    state.by = "A. Meyer";
    state.renewals = renewals;
    return state;
}

const Underlying kCalm = underlyingThatSaw({"100", "100"});
const Underlying kFallen4 = underlyingThatSaw({"100", "96"});
const Underlying kFallen6 = underlyingThatSaw({"100", "94"});
const Underlying kFallen11 = underlyingThatSaw({"100", "89"});

Underlying blinded() {
    Underlying underlying = kCalm;
    underlying.blind = true;
    return underlying;
}

// ---- rules ------------------------------------------------------------------------------

TEST(Rules, TripAfterTheirConfirmations) {
    BreakerState state;
    EXPECT_FALSE(judgeRules(state, venue(), kFallen6, at(1)));
    const auto trip = judgeRules(state, venue(), kFallen6, at(2));
    ASSERT_TRUE(trip);
    EXPECT_EQ(trip->level, Tighten);
    EXPECT_EQ(trip->cause, BreakerCause::Rule);
    EXPECT_EQ(trip->by, "R-01");
    EXPECT_EQ(trip->ends, at(602));
    EXPECT_EQ(trip->renewals, 0);
}

TEST(Rules, StartCountingAgainAfterACalmStep) {
    BreakerState state;
    EXPECT_FALSE(judgeRules(state, venue(), kFallen6, at(1)));
    EXPECT_FALSE(judgeRules(state, venue(), kFallen4, at(2)));
    EXPECT_FALSE(judgeRules(state, venue(), kFallen6, at(3)));
    EXPECT_TRUE(judgeRules(state, venue(), kFallen6, at(4)));
}

TEST(Rules, ABlindStepNeitherConfirmsNorDenies) {
    BreakerState state;
    EXPECT_FALSE(judgeRules(state, venue(), kFallen6, at(1)));
    EXPECT_FALSE(judgeRules(state, venue(), blinded(), at(2)));
    EXPECT_TRUE(judgeRules(state, venue(), kFallen6, at(3)));
}

TEST(Rules, TheHighestLevelThatFiresWins) {
    BreakerState state;
    EXPECT_FALSE(judgeRules(state, venue(), kFallen11, at(1)));
    const auto trip = judgeRules(state, venue(), kFallen11, at(2));
    ASSERT_TRUE(trip);
    EXPECT_EQ(trip->level, Restrict);
    EXPECT_EQ(trip->by, "R-02");
}

TEST(Rules, NeverLoosenNeverLengthenNeverRepeat) {
    for (const BreakerLevel level : {Restrict, Stop}) {
        BreakerState state = stateAt(level, 1'000);
        for (int i = 0; i < 5; ++i)
            EXPECT_FALSE(judgeRules(state, venue(), kFallen11, at(i))) << word(level);
    }
    BreakerState tightened = stateAt(Tighten, 1'000);
    for (int i = 0; i < 5; ++i)
        EXPECT_FALSE(judgeRules(tightened, venue(), kFallen6, at(i)));
}

TEST(Rules, RaiseALevelThatIsTooLow) {
    BreakerState state = stateAt(Tighten, 1'000);
    EXPECT_FALSE(judgeRules(state, venue(), kFallen11, at(1)));
    EXPECT_EQ(judgeRules(state, venue(), kFallen11, at(2))->level, Restrict);
}

// ---- exit condition ---------------------------------------------------------------------

TEST(ExitCondition, NeedsEveryRuleOfTheLevelOrBelowToHaveReleased) {
    EXPECT_TRUE(exitConditionMet(Tighten, venue(), kCalm));
    EXPECT_FALSE(exitConditionMet(Tighten, venue(), kFallen4)) << "R-01 releases below 3 %";
    EXPECT_FALSE(exitConditionMet(Restrict, venue(), kFallen4)) << "R-01 lies below level 2";
    EXPECT_TRUE(exitConditionMet(Tighten, venue(), underlyingThatSaw({"100", "97.01"})));
    EXPECT_FALSE(exitConditionMet(Tighten, venue(), underlyingThatSaw({"100", "97"})))
        << "at the figure is not below it";
    EXPECT_FALSE(exitConditionMet(Restrict, venue(), blinded()));
    EXPECT_FALSE(exitConditionMet(Stop, venue(), kFallen11));
}

TEST(ExitCondition, DoesNotLookAtRulesAboveTheLevel) {
    Profile profile = venue();
    profile.moveRules.erase(profile.moveRules.begin());  // R-02 alone, level restrict
    EXPECT_TRUE(exitConditionMet(Tighten, profile, kFallen6));
    EXPECT_FALSE(exitConditionMet(Restrict, profile, kFallen6));
}

// ---- expiry -----------------------------------------------------------------------------

TEST(Expiry, DoesNothingBeforeTheEnd) {
    EXPECT_FALSE(judgeExpiry(stateAt(Stop, 300), venue(), kCalm, at(299)));
    EXPECT_TRUE(judgeExpiry(stateAt(Stop, 300), venue(), kCalm, at(300)));
    EXPECT_FALSE(judgeExpiry(stateAt(Normal, 0), venue(), kCalm, at(300))) << "level 0 has no end";
}

TEST(Expiry, StepsDownOneLevelAtATime) {  // level 3 is not on this venue's map
    BreakerState state = stateAt(Stop, 300);
    struct Step {
        std::int64_t now;
        BreakerLevel to;
        std::int64_t ends;
    };
    for (const Step& s :
         std::vector<Step>{{300, Restrict, 900}, {900, Tighten, 1'500}, {1'500, Normal, 1'500}}) {
        const auto move = judgeExpiry(state, venue(), kCalm, at(s.now));
        ASSERT_TRUE(move) << s.now;
        EXPECT_EQ(move->level, s.to);
        EXPECT_EQ(move->cause, BreakerCause::Expiry);
        EXPECT_EQ(move->ends, at(s.ends));
        EXPECT_EQ(move->by, "A. Meyer") << "still whose act it was";
        applyMove(state, *move, at(s.now));
        EXPECT_EQ(state.since, at(s.now));
    }
    EXPECT_FALSE(judgeExpiry(state, venue(), kCalm, at(9'999)));
}

TEST(Expiry, RenewsAtMostThreeTimesWhileTheExitConditionFailsThenStepsDown) {
    BreakerState state = stateAt(Restrict, 600);
    for (std::uint16_t n = 1; n <= 3; ++n) {
        const std::int64_t now = n * 600;
        const auto renewal = judgeExpiry(state, venue(), kFallen4, at(now));
        ASSERT_TRUE(renewal);
        EXPECT_EQ(renewal->level, Restrict);
        EXPECT_EQ(renewal->cause, BreakerCause::Renewal);
        EXPECT_EQ(renewal->reason, "exit condition not met");
        EXPECT_EQ(renewal->renewals, n);
        EXPECT_EQ(renewal->ends, at(now + 600));
        applyMove(state, *renewal, at(now));
        EXPECT_EQ(state.since, Instant()) << "the same level goes on";
    }
    const auto down = judgeExpiry(state, venue(), kFallen4, at(2'400));
    ASSERT_TRUE(down);
    EXPECT_EQ(down->level, Tighten);
    EXPECT_EQ(down->cause, BreakerCause::Expiry);
    EXPECT_EQ(down->renewals, 0) << "the lower level may renew by itself again";
}

TEST(Expiry, RenewsWithoutAQuorumAndSaysSo) {
    const auto renewal = judgeExpiry(stateAt(Tighten, 600), venue(), blinded(), at(600));
    ASSERT_TRUE(renewal);
    EXPECT_EQ(renewal->cause, BreakerCause::Renewal);
    EXPECT_EQ(renewal->reason, "index without quorum");
    const auto down = judgeExpiry(stateAt(Tighten, 600, 3), venue(), blinded(), at(600));
    ASSERT_TRUE(down);
    EXPECT_EQ(down->level, Normal) << "no renewal for ever, even when blind";
}

TEST(Breaker, AnActOfAnOfficerStartsTheRenewalsAnew) {
    BreakerState state = stateAt(Restrict, 600, 3);
    applyMove(state, {Restrict, BreakerCause::Officer, "B. Silva", "still falling", at(1'200), 0},
              at(590));
    EXPECT_EQ(state.renewals, 0);
    EXPECT_EQ(state.by, "B. Silva");
    EXPECT_EQ(judgeExpiry(state, venue(), kFallen4, at(1'200))->cause, BreakerCause::Renewal);
}

}  // namespace
}  // namespace breakwater
