// Engine and venue in step: what one call does, and that the steps say everything.
#include "core/sim/lockstep.hpp"

#include "tests/core/sim/venue_fixture.hpp"

namespace breakwater::sim {
namespace {

using namespace test;

const Duration kTwoMinutes = Duration::minutes(2);

class StepList final : public StepSource {
public:
    std::vector<Step> steps;
    Result<bool> next(Step& step) override {
        if (m_at == steps.size()) return false;
        step = steps[m_at++];
        return true;
    }

private:
    std::size_t m_at = 0;
};

TEST(Lockstep, NumbersInputsFromOneAndNeverGoesBackInTime) {
    Lockstep play(venueOf(options(50, kWatch, kTwoMinutes)));
    Sequence last = 0;
    Instant time;
    playOut(play, [&](const Lockstep& at) {
        ASSERT_EQ(at.input().sequence, last + 1);
        ASSERT_GE(at.input().time, time);
        ASSERT_EQ(at.state().sequence, at.input().sequence);
        last = at.input().sequence;
        time = at.input().time;
    });
    EXPECT_EQ(time, kWatch + kTwoMinutes);
    EXPECT_FALSE(play.advance());
    EXPECT_EQ(play.state().sequence, last) << "nothing is applied after the end";
}

TEST(Lockstep, DoesNotPassTheInstantItMayNotPass) {
    Lockstep play(venueOf(options(50, kWatch, kTwoMinutes)));
    for (const std::int64_t second : {0, 0, 1, 2, 30, 30, 119}) {
        const Instant limit = kWatch + Duration::seconds(second);
        while (play.advance(limit))
            ASSERT_LE(play.input().time, limit);
        EXPECT_EQ(play.state().time, limit);
        EXPECT_FALSE(play.ended());
        const Sequence before = play.state().sequence;
        EXPECT_FALSE(play.advance(limit));
        EXPECT_EQ(play.state().sequence, before);
    }
}

TEST(Lockstep, HowOftenItIsAskedChangesNothing) {
    Lockstep straight(venueOf(options(100, kWatch, kTwoMinutes)));
    playOut(straight);
    Lockstep halting(venueOf(options(100, kWatch, kTwoMinutes)));
    for (Instant limit = kWatch; !halting.ended(); limit = limit + Duration::milliseconds(300)) {
        for (int i = 0; i < 5 && halting.advance(limit); ++i) {
        }
    }
    EXPECT_EQ(halting.state().digest(), straight.state().digest());
}

TEST(Lockstep, StepsReplayToTheSameStateWithCommandsAmongThem) {
    Lockstep play(venueOf(options(100, kWatch, kTwoMinutes)));
    StepList steps;
    while (play.advance(kWatch + Duration::seconds(40)))
        steps.steps.push_back(play.step());
    play.command(command(BreakerLevel::Restrict, 60));
    steps.steps.push_back(play.step());
    EXPECT_EQ(play.input().time, kWatch + Duration::seconds(40));
    EXPECT_EQ(play.state().breakers[0].level, BreakerLevel::Restrict);
    while (play.advance())
        steps.steps.push_back(play.step());
    play.end();
    steps.steps.push_back(play.step());
    ASSERT_FALSE(play.events().empty());
    EXPECT_TRUE(std::holds_alternative<StateDigested>(play.events().back()));

    Engine engine;
    const Result<ReplayOutcome> outcome = replay(engine, steps, {});
    ASSERT_TRUE(outcome) << outcome.error().message;
    EXPECT_FALSE(outcome->differsAt) << outcome->difference;
    EXPECT_EQ(outcome->inputs, steps.steps.size());
    EXPECT_EQ(outcome->finalDigest, play.state().digest());
}

TEST(Lockstep, EncodingIsOnlyForTheRecord) {
    Lockstep with(venueOf(options(100, kWatch, kTwoMinutes)));
    Lockstep without(venueOf(options(100, kWatch, kTwoMinutes)));
    without.setEncoding(false);
    playOut(with);
    playOut(without);
    EXPECT_EQ(with.state().digest(), without.state().digest());
}

}  // namespace
}  // namespace breakwater::sim
