#include "core/base/time.hpp"

#include <array>
#include <cstdint>
#include <ostream>
#include <string>
#include <type_traits>

#include <gtest/gtest.h>

namespace breakwater {

inline void PrintTo(Instant instant, std::ostream* out) { *out << instant.toString(); }

namespace {

template <class A, class B>
concept CanAdd = requires(A a, B b) {
    a + b;
};
static_assert(!CanAdd<Instant, Instant>, "the sum of two dates means nothing");
static_assert(!CanAdd<Duration, std::int64_t> && !CanAdd<Instant, std::int64_t>,
              "a bare number says no unit");
static_assert(!std::is_convertible_v<std::int64_t, Instant> &&
              !std::is_convertible_v<std::int64_t, Duration>);
static_assert(std::is_same_v<decltype(Instant() - Instant()), Duration>);
static_assert(Duration::hours(1) == Duration::minutes(60) &&
              Duration::minutes(1) == Duration::milliseconds(60'000) &&
              Duration::seconds(2) == Duration::microseconds(2'000'000));

struct Case {
    const char* text;
    std::int64_t microseconds;
};

// Figures from an independent calendar (Python's datetime).
constexpr auto kKnown = std::to_array<Case>({
    {"1970-01-01T00:00:00Z", 0},
    {"2025-10-10T21:18:07Z", 1'760'131'087'000'000},
    {"2000-02-29T00:00:00Z", 951'782'400'000'000},
    {"2024-02-29T12:00:00Z", 1'709'208'000'000'000},
    {"1900-03-01T00:00:00Z", -2'203'891'200'000'000},
    {"2100-03-01T00:00:00Z", 4'107'542'400'000'000},
    {"0001-01-01T00:00:00Z", -62'135'596'800'000'000},
    {"9999-12-31T23:59:59Z", 253'402'300'799'000'000},
    {"1969-12-31T23:59:59Z", -1'000'000},
    {"1969-12-31T23:59:59.999999Z", -1},
    {"1969-12-31T00:00:00.001Z", -86'399'999'000},
    {"1970-01-01T00:00:00.000001Z", 1},
    {"2025-10-10T21:18:07.120Z", 1'760'131'087'120'000},
    {"2025-10-10T21:18:07.123456Z", 1'760'131'087'123'456},
});

TEST(Instant, ReadsAndPrintsKnownDates) {
    for (const Case& c : kKnown) {
        const Result<Instant> read = Instant::parse(c.text);
        ASSERT_TRUE(read) << c.text << ": " << read.error().message;
        EXPECT_EQ(read->microseconds(), c.microseconds) << c.text;
        EXPECT_EQ(Instant::fromMicroseconds(c.microseconds).toString(), c.text);
    }
}

TEST(Instant, AcceptsTheShorterForms) {
    struct Same {
        const char* text;
        const char* printed;
    };
    for (const Same& c : std::to_array<Same>({
             {"2025-10-10", "2025-10-10T00:00:00Z"},
             {"2025-10-10T21:18", "2025-10-10T21:18:00Z"},
             {"2025-10-10T21:18Z", "2025-10-10T21:18:00Z"},
             {"2025-10-10 21:18:07", "2025-10-10T21:18:07Z"},
             {"2025-10-10T21:18:07.5Z", "2025-10-10T21:18:07.500Z"},
             {"2025-10-10T21:18:07.5001Z", "2025-10-10T21:18:07.500100Z"},
             {"2025-10-10T21:18:07.000000Z", "2025-10-10T21:18:07Z"},
         })) {
        const Result<Instant> read = Instant::parse(c.text);
        ASSERT_TRUE(read) << c.text << ": " << read.error().message;
        EXPECT_EQ(read->toString(), c.printed) << c.text;
    }
}

TEST(Instant, KnowsWhichYearsAreLeapYears) {
    struct Year {
        const char* text;
        bool exists;
    };
    for (const Year& c : std::to_array<Year>({
             {"2024-02-29", true},
             {"2023-02-29", false},
             {"2025-02-29", false},
             {"2000-02-29", true},   // a multiple of 400
             {"1900-02-29", false},  // a multiple of 100 only
             {"2100-02-29", false},
             {"2024-02-30", false},
         })) {
        EXPECT_EQ(Instant::parse(c.text).has_value(), c.exists) << c.text;
    }
}

TEST(Instant, RefusesWhatIsNotAUtcTime) {
    for (const char* text : {
             "",
             "2025",
             "2025-10",
             "2025-1-10",
             "25-10-10",
             "2025/10/10",
             "2025-00-10",
             "2025-13-10",
             "2025-10-00",
             "2025-10-32",
             "2025-04-31",
             "-025-10-10",
             "+025-10-10",
             "2025-+1-10",
             "2025-10-10Z",
             "2025-10-10T",
             "2025-10-10T21",
             "2025-10-10T21:",
             "2025-10-10T21:1",
             "2025-10-10T24:00:00Z",
             "2025-10-10T21:60:00Z",
             "2025-10-10T21:18:60Z",  // a leap second has no place in a count of microseconds
             "2025-10-10T21:18:7Z",
             "2025-10-10T21:18:Z",
             "2025-10-10T21:18:07.Z",
             "2025-10-10T21:18.5Z",
             "2025-10-10T21:18:07,5Z",
             "2025-10-10T21:18:07.1234567Z",  // finer than a microsecond: not cut in silence
             "2025-10-10t21:18:07Z",
             "2025-10-10T21:18:07z",
             "2025-10-10T21:18:07+00:00",
             "2025-10-10T21:18:07+02:00",
             "2025-10-10T21:18:07ZZ",
             " 2025-10-10T21:18:07Z",
             "2025-10-10T21:18:07Z ",
             "1760131087",
         }) {
        const Result<Instant> read = Instant::parse(text);
        ASSERT_FALSE(read) << '"' << text << '"';
        EXPECT_EQ(read.error().code, ErrorCode::Malformed);
        EXPECT_NE(read.error().message.find(text), std::string::npos) << read.error().message;
    }
}

TEST(Instant, GoesRoundOnEveryDayOfEightCenturies) {
    constexpr std::int64_t kDay = 86'400'000'000;
    std::string last = "1569-12-31";
    const std::int64_t first = Instant::parse("1570-01-01").value().microseconds() / kDay;
    for (std::int64_t day = first; day < first + 800 * 366; ++day) {
        // An odd moment of the day, so that negative days are not whole.
        const Instant instant = Instant::fromMicroseconds(day * kDay + 45'296'789'012);
        const std::string text = instant.toString();
        ASSERT_EQ(text.substr(10), "T12:34:56.789012Z");
        ASSERT_GT(text.substr(0, 10), last) << "each day follows the one before";
        ASSERT_EQ(Instant::parse(text).value(), instant);
        last = text.substr(0, 10);
    }
}

TEST(Instant, PrintsOutsideTheFourDigitYears) {
    EXPECT_EQ(Instant::fromMicroseconds(253'402'300'800'000'000).toString(),
              "10000-01-01T00:00:00Z");
    // The ends of the count are printed, not trusted: nothing that parses gets there.
    EXPECT_EQ(Instant::fromMicroseconds(INT64_MAX).toString(), "294247-01-10T04:00:54.775807Z");
    EXPECT_EQ(Instant::fromMicroseconds(INT64_MIN).toString(), "-290308-12-21T19:59:05.224192Z");
}

TEST(Instant, MovesByDurations) {
    const Instant noon = Instant::parse("2024-02-28T12:00:00Z").value();
    EXPECT_EQ((noon + Duration::hours(24)).toString(), "2024-02-29T12:00:00Z");
    EXPECT_EQ((noon - Duration::milliseconds(1)).toString(), "2024-02-28T11:59:59.999Z");
    EXPECT_EQ((noon + Duration::hours(36)) - noon, Duration::minutes(36 * 60));
    EXPECT_EQ(noon - (noon + Duration::seconds(5)), Duration::seconds(-5));
    EXPECT_LT(noon, noon + Duration::microseconds(1));
}

TEST(Duration, CountsWithoutSurprises) {
    EXPECT_EQ(Duration::seconds(8) * 3 - Duration::seconds(4), Duration::seconds(20));
    EXPECT_EQ(Duration::milliseconds(1'999).wholeSeconds(), 1);
    EXPECT_EQ(Duration::milliseconds(-1'999).wholeSeconds(), -1);
    EXPECT_DOUBLE_EQ(Duration::milliseconds(1'500).toSeconds(), 1.5);
    EXPECT_LT(Duration::seconds(-1), Duration());
}

}  // namespace
}  // namespace breakwater
