#include "core/replay/replay.hpp"

#include <gtest/gtest.h>

#include "tests/core/engine/desk.hpp"

namespace breakwater {
namespace {

using test::Desk;
using test::opening;

class ListSource : public StepSource {
public:
    explicit ListSource(std::vector<Step> steps, std::size_t from = 0)
        : m_steps(std::move(steps)), m_at(from) {}
    Result<bool> next(Step& step) override {
        if (m_at == m_steps.size()) return false;
        step = m_steps[m_at++];
        return true;
    }

private:
    std::vector<Step> m_steps;
    std::size_t m_at;
};

class BrokenSource : public StepSource {
public:
    Result<bool> next(Step&) override {
        return fail(ErrorCode::Corrupt, "row 7 does not follow its chain");
    }
};

// A short session with a liquidation in it.
class Recorded : public testing::Test {
protected:
    Recorded() {
        Desk desk;
        desk.openVenue(test::embeddedProfile(), {{"ETH", "2000"}});
        const AccountId maker = desk.open("Kestrel", AccountTag::Maker, "1000000");
        const AccountId holder =
            desk.open("Holder", AccountTag::Client, "5000", {opening(0, "10", "2000")});
        desk.setPrice(0, "1515");
        desk.tick();
        desk.takeOrder(holder, maker, "1515");
        desk.tick();
        desk.put(SessionEnded{});
        Engine engine({.digestEvery = 0, .checkEveryInput = false});
        std::vector<Event> events;
        for (const Input& input : desk.inputs())
            applyAndEncode(engine, input, events, steps.emplace_back());
        digest = engine.state().digest();
        for (const Step& s : steps)
            eventCount += s.eventCount();
    }
    Result<ReplayOutcome> play(std::vector<Step> list, const ReplayLimits& limits = {}) {
        Engine engine({.digestEvery = 0, .checkEveryInput = false});
        ListSource source(std::move(list));
        return replay(engine, source, limits);
    }
    std::vector<Step> steps;
    Digest digest;
    std::uint64_t eventCount = 0;
};

TEST_F(Recorded, ReplaysToTheSameEventsAndDigest) {
    const Result<ReplayOutcome> outcome = play(steps);
    ASSERT_TRUE(outcome) << outcome.error().message;
    EXPECT_FALSE(outcome->differsAt);
    EXPECT_EQ(outcome->inputs, steps.size());
    EXPECT_EQ(outcome->events, eventCount);
    EXPECT_EQ(outcome->lastSequence, steps.back().sequence);
    EXPECT_EQ(outcome->lastTime, steps.back().time);
    EXPECT_EQ(outcome->finalDigest, digest);
}

TEST_F(Recorded, StopsAtASequenceOrAfterAnInstant) {
    EXPECT_EQ(play(steps, {.toSequence = 7, .toTime = {}})->lastSequence, 7u);
    const Instant end = steps[9].time;
    const ReplayOutcome outcome = play(steps, {.toSequence = {}, .toTime = end}).value();
    EXPECT_EQ(outcome.lastTime, end) << "inputs at this instant are still applied";
    EXPECT_GT(steps[outcome.inputs].time, end);
    EXPECT_EQ(play({})->inputs, 0u);
}

TEST_F(Recorded, NamesTheFirstStepThatDiffersAndHow) {
    const auto differs = [&](auto spoil, const char* how) {
        std::vector<Step> spoiled = steps;
        const std::size_t at = 6;  // the first tick: sources fresh, index seen, mark
        ASSERT_GE(spoiled[at].eventCount(), 2u);
        spoil(spoiled[at]);
        const ReplayOutcome outcome = play(spoiled).value();
        ASSERT_TRUE(outcome.differsAt) << how;
        EXPECT_EQ(*outcome.differsAt, spoiled[at].sequence);
        EXPECT_NE(outcome.difference.find(how), std::string::npos) << outcome.difference;
        EXPECT_EQ(outcome.inputs, at) << "nothing after it is judged";
    };
    differs([](Step& s) { s.bytes[s.inputSize + 1] ^= 1; },
            "event 1: recorded source_changed{underlying=1");
    differs(
        [](Step& s) {
            s.bytes.resize(s.bytes.size() - s.eventSizes.back());
            s.eventSizes.pop_back();
        },
        "is not in the record: mark_changed");
    differs(
        [](Step& s) {
            encode(Event(LossUncovered{}), s.bytes);
            s.eventSizes.push_back(static_cast<std::uint32_t>(s.bytes.size()) - s.inputSize);
            for (std::size_t i = 0; i + 1 < s.eventSizes.size(); ++i)
                s.eventSizes.back() -= s.eventSizes[i];
        },
        "does not happen again: loss_uncovered");
}

TEST_F(Recorded, RefusesAGapAnUnreadableInputAndABrokenSource) {
    std::vector<Step> gap = steps;
    gap.erase(gap.begin() + 4);
    EXPECT_EQ(play(gap).error().code, ErrorCode::Corrupt);
    EXPECT_EQ(play(gap).error().message, "sequence 6 follows 4");

    std::vector<Step> newer = steps;
    newer[3].bytes[0] = 200;
    EXPECT_EQ(play(newer).error().code, ErrorCode::NewerVersion);
    EXPECT_NE(play(newer).error().message.find("sequence 4"), std::string::npos);

    Engine engine;
    BrokenSource source;
    EXPECT_EQ(replay(engine, source, {}).error().message, "row 7 does not follow its chain");
}

TEST_F(Recorded, GoesOnFromACheckpointAtEveryStep) {
    Engine engine({.digestEvery = 0, .checkEveryInput = false});
    std::vector<Event> events;
    for (std::size_t n = 0; n < steps.size(); ++n) {
        ByteBuffer bytes;
        engine.state().encode(bytes);
        Result<EngineState> state = EngineState::decode(Bytes(bytes));
        ASSERT_TRUE(state) << state.error().message;
        ASSERT_EQ(state->digest(), engine.state().digest());
        Engine second(std::move(*state), {.digestEvery = 0, .checkEveryInput = false});
        ListSource rest(steps, n);
        const Result<ReplayOutcome> outcome = replay(second, rest, {});
        ASSERT_TRUE(outcome);
        EXPECT_FALSE(outcome->differsAt) << "from " << n << ": " << outcome->difference;
        EXPECT_EQ(outcome->finalDigest, digest);
        engine.apply({steps[n].sequence, steps[n].time, decodeInput(steps[n].input()).value()},
                     events);
    }
}

TEST_F(Recorded, ACheckpointCutAnywhereIsRefused) {
    Engine engine({.digestEvery = 0, .checkEveryInput = false});
    ListSource source(steps);
    ASSERT_TRUE(replay(engine, source, {}));
    ByteBuffer bytes;
    engine.state().encode(bytes);
    for (std::size_t n = 0; n < bytes.size(); ++n) {
        ASSERT_FALSE(EngineState::decode(Bytes(bytes).first(n))) << n << " of " << bytes.size();
    }
    bytes.push_back(0);
    EXPECT_FALSE(EngineState::decode(Bytes(bytes)));
}

}  // namespace
}  // namespace breakwater
