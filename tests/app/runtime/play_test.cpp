// A play as a person asks for it.
#include "app/runtime/play.hpp"

#include <algorithm>

#include "tests/app/runtime/session_fixture.hpp"

namespace breakwater::runtime {
namespace {

using namespace test;

TEST(ParseLength, TakesWholeSecondsMinutesHoursAndDays) {
    EXPECT_EQ(parseLength("90").value(), Duration::seconds(90));
    EXPECT_EQ(parseLength("90s").value(), Duration::seconds(90));
    EXPECT_EQ(parseLength("20m").value(), Duration::minutes(20));
    EXPECT_EQ(parseLength("2h").value(), Duration::hours(2));
    EXPECT_EQ(parseLength("1d").value(), Duration::hours(24));
    EXPECT_EQ(parseLength("1000000000s").value(), Duration::seconds(1'000'000'000));
}

TEST(ParseLength, RefusesTheRestAndWhatWouldNotFitATime) {
    for (const char* text :
         {"", "m", "0", "0m", "-5m", "+5m", "5 m", " 5m", "5m ", "5w", "5M", "1.5h", "1e3", "0x10",
          "nan", "1000000001s", "1000000000d", "11575d", "99999999999999999999"}) {
        const Result<Duration> length = parseLength(text);
        ASSERT_FALSE(length) << text;
        EXPECT_EQ(length.error().code, ErrorCode::Malformed) << text;
    }
}

TEST(MakeVenue, TheDefaultIsTheWatchedPartOfTheCascade) {
    const sim::Venue venue = venueOf(play(50, ""));
    EXPECT_EQ(venue.scenario().name, kDefaultScenario);
    EXPECT_EQ(venue.from(), venue.scenario().watchFrom);
    EXPECT_EQ(venue.until(), venue.scenario().end() - Duration::seconds(1));
}

TEST(MakeVenue, BeginsAndEndsWhereItIsTold) {
    PlayRequest request = play(50, "20m");
    request.from = "begin";
    const sim::Venue whole = venueOf(request);
    EXPECT_EQ(whole.from(), whole.scenario().begin());
    EXPECT_EQ(whole.until(), whole.from() + Duration::minutes(20));
    request.from = "2025-10-10T21:00Z";
    request.until = "2025-10-10T21:20Z";
    const sim::Venue part = venueOf(request);
    EXPECT_EQ(part.from(), *Instant::parse("2025-10-10T21:00:00Z"));
    EXPECT_EQ(part.until(), *Instant::parse("2025-10-10T21:20:00Z"));
}

TEST(MakeVenue, EveryShippedScenarioPlaysItsFirstMinute) {
    for (const char* name :
         {"2020-03-12", "2021-05-19", "luna", "credit", "exchange", "carry", "2025-10-10"}) {
        SCOPED_TRACE(name);
        PlayRequest request = play(50, "60s");
        request.scenario = name;
        sim::Lockstep lockstep(venueOf(request));
        while (lockstep.advance()) {
        }
        EXPECT_EQ(lockstep.state().time, lockstep.venue().from() + Duration::seconds(60));
        EXPECT_EQ(lockstep.state().tally.refused, 0U);
        EXPECT_TRUE(lockstep.state().books.cellsMatchTotals());
    }
}

TEST(RecordMeta, SaysWhatOtherOptionsWouldChange) {
    const auto meta = [](const PlayRequest& request) {
        return recordMeta(request, venueOf(request), "2026-01-02T03:04:05Z");
    };
    const PlayRequest asked = play(50, "2m");
    const storage::RecordMeta kept = meta(asked);
    EXPECT_EQ(kept.scenario, kDefaultScenario);
    EXPECT_EQ(kept.seed, 1U);
    EXPECT_EQ(meta(asked), kept);
    PlayRequest other = asked;
    other.accounts = 51;
    EXPECT_NE(meta(other).extra, kept.extra);
    other = asked;
    other.marketShare = "0.2";
    EXPECT_NE(meta(other).extra, kept.extra);
    other = asked;
    other.from = "2025-10-10T20:31Z";
    EXPECT_NE(meta(other).extra, kept.extra);
    other = asked;
    other.seed = 2;
    EXPECT_NE(meta(other).seed, kept.seed);
    EXPECT_TRUE(storage::toEntries(kept)) << "no name is taken twice";
}

}  // namespace
}  // namespace breakwater::runtime
