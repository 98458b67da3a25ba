#include "ui/record_lanes.hpp"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

#include "ui/small_venue.hpp"
#include "ui/text.hpp"

namespace breakwater::ui::test {
namespace {

const Instant kFrom = *Instant::parse("2025-10-10T21:00:00Z");

class RecordLanesTest : public testing::Test {
protected:
    RecordLanesTest() {
        record.from = kFrom;
        record.to = record.upTo = kFrom + Duration::minutes(10);
        record.column = Duration::seconds(1);
        for (int c = 0; c < 600; ++c) {  // one a second
            RecordLanes::Column column;
            column.marks = {4'000.0 - c, std::numeric_limits<double>::quiet_NaN()};
            column.openInterest = 4e8 - 1e5 * c;
            column.fund = 2e6 - 1'000 * c;
            column.liquidations = c >= 300 && c < 360 ? 2 : 0;
            column.levels = {static_cast<std::uint8_t>(c >= 100 && c < 200 ? 1 : 0), 0,
                             static_cast<std::uint8_t>(c >= 150 ? 2 : 0)};
            column.sourcesLate = c >= 400 ? 3 : 0;
            column.blind = c >= 500 ? 1 : 0;
            record.columns.push_back(column);
        }
        using Lane = RecordLanes::Mark::Lane;
        record.marks = {
            {Lane::Officer, 5, kFrom + Duration::seconds(30), std::nullopt, "officer-1 noted"},
            {Lane::Alarm, 9, kFrom + Duration::seconds(90), view::AlarmPriority::P1, "ETH shock"},
            {Lane::FeedGap, 11, kFrom + Duration::seconds(95), std::nullopt, "pyth gap"}};
    }
    QVector<widgets::LaneReading> at(int second) const {
        return readingsAt(record, *names, SmallVenue::kEth, kFrom + Duration::seconds(second));
    }
    widgets::LaneReading reading(LaneId lane, int second) const {
        return at(second)[static_cast<int>(lane)];
    }

    SmallVenue venue{{10, 3}};
    std::shared_ptr<const view::Snapshot> names = venue.board().snapshot;
    RecordLanes record;
};

TEST_F(RecordLanesTest, NineLanesOverOneTime) {
    const widgets::LanesData data = lanesOf(record, *names, SmallVenue::kEth, record.to);
    ASSERT_EQ(data.lanes.size(), kLanes);
    EXPECT_EQ(data.columns, 600);
    EXPECT_EQ(data.from, static_cast<double>(kFrom.microseconds()) / 1'000);
    EXPECT_EQ(data.to - data.from, 600'000);
    EXPECT_EQ(data.title, QStringLiteral("The record, ETH-PERP"));
    EXPECT_EQ(data.lanes[int(LaneId::Price)].values[0], 4'000);
    EXPECT_EQ(data.lanes[int(LaneId::FeedGaps)].marks.size(), 1);
    ASSERT_EQ(data.lanes[int(LaneId::Alarms)].marks.size(), 1);
    EXPECT_EQ(data.lanes[int(LaneId::Alarms)].marks[0].priority, widgets::Priority::P1);
}

TEST_F(RecordLanesTest, ABreakerIsASpanAndThoseThatOverlapStandInRows) {
    const auto spans =
        lanesOf(record, *names, SmallVenue::kEth, record.to).lanes[int(LaneId::Breakers)].spans;
    ASSERT_EQ(spans.size(), 2);
    const auto second = [&](double ms) {
        return (ms - static_cast<double>(kFrom.microseconds()) / 1'000) / 1'000;
    };
    EXPECT_EQ(spans[0].text, QStringLiteral("ETH L1 tighten"));
    EXPECT_EQ(second(spans[0].from), 100);
    EXPECT_EQ(second(spans[0].to), 200);
    EXPECT_EQ(spans[0].row, 0);
    EXPECT_EQ(spans[1].text, QStringLiteral("SOL L2 restrict"));
    EXPECT_EQ(second(spans[1].to), 600);
    EXPECT_EQ(spans[1].row, 1);
}

TEST_F(RecordLanesTest, AFigureIsKnownOnceItsColumnHasEnded) {
    EXPECT_TRUE(at(0)[0].value.isEmpty()) << "no column has ended";
    EXPECT_EQ(reading(LaneId::Price, 1).value, QStringLiteral("4,000.00"));
    EXPECT_EQ(reading(LaneId::Price, 2).value, QStringLiteral("3,999.00"));
    EXPECT_EQ(reading(LaneId::Price, 600).value, QStringLiteral("3,401.00"));
    EXPECT_EQ(reading(LaneId::Price, 2).detail, QStringLiteral("low 3,401.00 at 21:10:00Z"));
    EXPECT_EQ(reading(LaneId::Fund, 1).value, QStringLiteral("2.00M"));
    EXPECT_EQ(reading(LaneId::Fund, 1).detail, QStringLiteral("1.40M at 21:10:00Z"));
    EXPECT_TRUE(reading(LaneId::Fund, 600).detail.isEmpty());
}

TEST_F(RecordLanesTest, LiquidationsAreCountedOverTheMinuteBefore) {
    EXPECT_EQ(reading(LaneId::Liquidations, 300).value, QStringLiteral("0/min"));
    EXPECT_EQ(reading(LaneId::Liquidations, 330).value, QStringLiteral("60/min"));
    EXPECT_EQ(reading(LaneId::Liquidations, 360).value, QStringLiteral("120/min"));
    EXPECT_EQ(reading(LaneId::Liquidations, 420).value, QStringLiteral("0/min"));
    EXPECT_EQ(reading(LaneId::Liquidations, 420).detail,
              QStringLiteral("peak 120/min at 21:06:00Z"));
}

TEST_F(RecordLanesTest, LongColumnsAreScaledToAMinute) {
    record.columns.resize(5);
    record.column = Duration::minutes(2);
    for (RecordLanes::Column& column : record.columns)
        column.liquidations = 10;
    EXPECT_EQ(reading(LaneId::Liquidations, 600).value, QStringLiteral("5/min"));
}

TEST_F(RecordLanesTest, AnOracleTakesThePriorityOfItsAlarm) {
    EXPECT_EQ(reading(LaneId::Oracle, 400).priority, widgets::Priority::None);
    EXPECT_EQ(reading(LaneId::Oracle, 450).value, QStringLiteral("3 late"));
    EXPECT_EQ(reading(LaneId::Oracle, 450).priority,
              priorityOf(view::recordOf(view::AlarmKind::OracleLate).priority));
    EXPECT_EQ(reading(LaneId::Oracle, 550).value, QStringLiteral("1 blind"));
    EXPECT_EQ(reading(LaneId::Oracle, 550).priority,
              priorityOf(view::recordOf(view::AlarmKind::IndexBlind).priority));
}

TEST_F(RecordLanesTest, BreakersAndMarksAtTheCursor) {
    EXPECT_EQ(reading(LaneId::Breakers, 50).value, QStringLiteral("none on"));
    EXPECT_EQ(reading(LaneId::Breakers, 180).value, QStringLiteral("2 on"));
    EXPECT_EQ(reading(LaneId::Breakers, 180).detail, QStringLiteral("ETH L1, SOL L2"));
    EXPECT_EQ(reading(LaneId::Alarms, 89).value, QStringLiteral("0 in 10 min"));
    EXPECT_EQ(reading(LaneId::Alarms, 90).value, QStringLiteral("1 in 10 min"));
    EXPECT_EQ(reading(LaneId::Officer, 200).detail, QStringLiteral("officer-1 noted"));
}

TEST_F(RecordLanesTest, WhatHasNotBeenReadIsNotShown) {
    record.upTo = kFrom + Duration::minutes(5);
    record.columns.resize(300);
    EXPECT_EQ(reading(LaneId::Price, 600).value, QStringLiteral("3,701.00"));
    EXPECT_EQ(reading(LaneId::Price, 600).detail, QStringLiteral("low 3,701.00 at 21:05:00Z"));
    record.columns.clear();
    record.upTo = record.from;
    EXPECT_TRUE(at(600)[0].value.isEmpty());
}

TEST_F(RecordLanesTest, AVenueThatRunsIsDrawnUpToNow) {
    record.to = kFrom + Duration::hours(3);
    EXPECT_EQ(endOfLanes(record, std::nullopt), record.to);
    EXPECT_EQ(endOfLanes(record, record.upTo), kFrom + Duration::minutes(10));
    // What has been played may be ahead of what the lanes know.
    const Instant now = kFrom + Duration::milliseconds(700'500);
    EXPECT_EQ(endOfLanes(record, now), now);
    const widgets::LanesData data =
        lanesOf(record, *names, SmallVenue::kEth, endOfLanes(record, now));
    EXPECT_EQ(data.columns, 701) << "whole columns";
    EXPECT_EQ(data.to - data.from, 701'000);
    EXPECT_EQ(data.known - data.from, 600'000);
    record.upTo = kFrom + Duration::seconds(5);
    EXPECT_EQ(endOfLanes(record, record.upTo), kFrom + Duration::minutes(10));
}

TEST_F(RecordLanesTest, TheColumnAtWorkTellsWhatIsKnownNow) {
    record.upTo = kFrom + Duration::milliseconds(10'500);
    record.columns.resize(11);
    const auto price = [&](std::int64_t ms) {
        return readingsAt(record, *names, SmallVenue::kEth, kFrom + Duration::milliseconds(ms))[0]
            .value;
    };
    EXPECT_EQ(price(10'500), QStringLiteral("3,990.00"));
    EXPECT_EQ(price(10'400), QStringLiteral("3,991.00"));
}

TEST_F(RecordLanesTest, AMarketThatIsNotListedYetHasNoMark) {
    EXPECT_EQ(readingsAt(record, *names, SmallVenue::kBtc, record.to)[0].value,
              QStringLiteral("no mark yet"));
    EXPECT_EQ(readingsAt(record, *names, InstrumentId(77), record.to)[0].value,
              QStringLiteral("no mark yet"));
    EXPECT_EQ(lanesOf(record, *names, InstrumentId(77), record.to).title,
              QStringLiteral("The record, #77"));
}

}  // namespace
}  // namespace breakwater::ui::test
