#include "core/view/record_lanes.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/core/view/test_venue.hpp"

namespace breakwater::view {
namespace {

using test::TestVenue;

// Feeds a venue and shows every step to a builder.
class Lanes : public testing::Test {
protected:
    void feed(InputBody body) {
        const std::vector<Event> events = venue.feed(body);
        observe(std::move(body), events);
    }
    void ticks(int count) {
        for (int i = 0; i < count; ++i) {
            const std::vector<Event> events = venue.tick();
            observe(ClockTick{}, events);
        }
    }
    void observe(InputBody body, const std::vector<Event>& events) {
        builder.observe({venue.state().sequence, venue.state().time, std::move(body)}, events,
                        venue.state(), &openInterestOf);
    }

    TestVenue venue;
    Instant from = venue.now();
    LanesBuilder builder{from, from + Duration::seconds(100), 10};
};

TEST_F(Lanes, ColumnsKeepWhatStandsAndCountWhatHappens) {
    venue.openEth(50'000, 5'000);
    ticks(35);
    std::shared_ptr<const RecordLanes> lanes = builder.lanes();
    EXPECT_EQ(lanes->from, from);
    EXPECT_EQ(lanes->upTo, venue.now());
    ASSERT_GE(lanes->columns.size(), 3U);
    ASSERT_LE(lanes->columns.size(), 5U);
    venue.moveEth(-0.2);
    ticks(20);
    lanes = builder.lanes();
    std::uint32_t begun = 0;
    for (const RecordLanes::Column& column : lanes->columns)
        begun += column.liquidations;
    EXPECT_EQ(begun, 1U);
    EXPECT_NEAR(lanes->columns.back().marks[TestVenue::kEth.value()], 3'200, 1);
    // An ended column's open interest is that of the state; both sides, once.
    const RecordLanes::Column& first = lanes->columns[1];
    EXPECT_NEAR(first.openInterest, 50'000, 50);
}

TEST_F(Lanes, SilentColumnsRepeatAndTheLastIsNotPassed) {
    ticks(12);
    venue.wait(Duration::seconds(60));
    ticks(1);
    std::shared_ptr<const RecordLanes> lanes = builder.lanes();
    ASSERT_GE(lanes->columns.size(), 7U);
    EXPECT_EQ(lanes->columns[4].marks, lanes->columns[3].marks);
    EXPECT_EQ(lanes->columns[4].liquidations, 0U);
    venue.wait(Duration::seconds(500));
    ticks(1);
    EXPECT_EQ(builder.lanes()->columns.size(), 10U);
    EXPECT_EQ(builder.lanes(), builder.lanes()) << "nothing new, nothing copied";
}

TEST_F(Lanes, ActsBreakersAndGapsLeaveMarks) {
    ticks(5);
    OfficerCommand command;
    command.id = CommandId(1);
    command.officer = "officer-1";
    command.instruments = {TestVenue::kEth};
    command.level = BreakerLevel::Tighten;
    command.duration = Duration::seconds(60);
    command.reason = "test";
    feed(command);
    ticks(1);
    feed(FeedGap{UnderlyingId(0), SourceId(1), venue.now(), venue.now()});
    const std::shared_ptr<const RecordLanes> lanes = builder.lanes();
    using Lane = RecordLanes::Mark::Lane;
    ASSERT_EQ(lanes->marks.size(), 3U);
    EXPECT_EQ(lanes->marks[0].lane, Lane::Officer);
    EXPECT_NE(lanes->marks[0].text.find("officer-1 sets"), std::string::npos);
    EXPECT_EQ(lanes->marks[1].lane, Lane::Breaker);
    EXPECT_NE(lanes->marks[1].text.find("L0 to L1"), std::string::npos);
    EXPECT_EQ(lanes->marks[2].lane, Lane::FeedGap);
    EXPECT_EQ(lanes->columns.back().levels[TestVenue::kEth.value()], 1);
    EXPECT_EQ(lanes->columns.back().sourcesLate, 1U);
    builder.addAlarm({7, venue.now(), "ETH shock", AlarmPriority::P1});
    EXPECT_EQ(builder.lanes()->marks.back().priority, AlarmPriority::P1);
}

TEST(ProjectorClone, GoesOnAsTheOther) {
    TestVenue venue;
    venue.openRandom(40, 3);
    venue.ticks(30);
    Projector clone = venue.projector().clone();
    venue.moveEth(-0.09);
    for (int i = 0; i < 30; ++i) {
        const std::vector<Event> events = venue.tick();
        clone.observe({venue.state().sequence, venue.state().time, ClockTick{}}, events,
                      venue.state());
    }
    const std::shared_ptr<const Snapshot> one = venue.project();
    const std::shared_ptr<const Snapshot> two = clone.project(venue.engine());
    EXPECT_EQ(one->timeline->size(), two->timeline->size());
    EXPECT_EQ(one->alarms->raised, two->alarms->raised);
    EXPECT_GT(one->alarms->raised, 0U);
    EXPECT_EQ(one->flow->started.values, two->flow->started.values);
    EXPECT_EQ((*one->marketHistory)[0].mark.values, (*two->marketHistory)[0].mark.values);
}

}  // namespace
}  // namespace breakwater::view
