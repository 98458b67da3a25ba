#include "core/sim/scenario_file.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/sim/random.hpp"
#include "tests/core/sim/sim_input_helpers.hpp"

namespace breakwater::sim {
namespace {

using test::bar;
using test::instant;

const std::string kHeader =
    "breakwater scenario 1\n"
    "name: made-up_1\n"
    "title: A made-up morning, for the tests: two coins\n"
    "source: nobody\n";
const std::string kColumnLine = "start,minutes,underlying,open,high,low,close\n";  // line 5
const std::string kTop = kHeader + kColumnLine;

// The message of a refusal; a file that was accepted fails the test.
std::string refusal(const std::string& text) {
    const Result<Scenario> result = parseScenario(text, "made.scenario");
    return result ? "accepted" : result.error().message;
}
std::string rowRefusal(const std::string& row) { return refusal(kTop + row + "\n"); }

TEST(ScenarioFile, ReadsHeaderAndBars) {
    const Result<Scenario> result =
        parseScenario(kHeader + "watch_from: 2025-01-01T00:07Z\n\n# a remark\n" + kColumnLine +
                          "2025-01-01T00:00Z,5,ETH,20,21,19,20.5\n"
                          "2025-01-01T00:00Z,60,BTC,100,110,90.5,105\n"
                          "2025-01-01T00:05Z,5,ETH,20.5,20.5,20.5,20.5\n"
                          "2025-01-01T00:30Z,30,ETH,20,21,19,20\n",
                      "made.scenario");
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result->name, "made-up_1");
    EXPECT_EQ(result->title, "A made-up morning, for the tests: two coins");
    EXPECT_EQ(result->source, "nobody");
    EXPECT_EQ(result->watchFrom, instant("2025-01-01T00:07Z"));
    const std::vector<PriceSeries> expected{
        {"ETH",
         {bar("2025-01-01T00:00Z", 5, "20", "21", "19", "20.5"),
          bar("2025-01-01T00:05Z", 5, "20.5", "20.5", "20.5", "20.5"),
          bar("2025-01-01T00:30Z", 30, "20", "21", "19", "20")}},
        {"BTC", {bar("2025-01-01T00:00Z", 60, "100", "110", "90.5", "105")}}};
    EXPECT_EQ(result->series, expected);
    EXPECT_EQ(result->begin(), instant("2025-01-01T00:00Z"));
    EXPECT_EQ(result->end(), instant("2025-01-01T01:00Z"));
}

TEST(ScenarioFile, ThePlayIsWhereEveryUnderlyingHasAPrice) {
    const Result<Scenario> result = parseScenario(kTop +
                                                      "2025-01-01T00:00Z,60,BTC,1,1,1,1\n"
                                                      "2025-01-01T00:30Z,60,ETH,1,1,1,1\n",
                                                  "made.scenario");
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result->begin(), instant("2025-01-01T00:30Z"));
    EXPECT_EQ(result->end(), instant("2025-01-01T01:00Z"));
    EXPECT_EQ(result->watchFrom, result->begin());
}

TEST(ScenarioFile, AcceptsAnyColumnOrderWindowsLineEndsAndAByteOrderMark) {
    const Result<Scenario> result = parseScenario(
        "\xEF\xBB\xBF"
        "breakwater scenario 1\r\nsource: s\r\ntitle: t\r\nname: n\r\n\r\n"
        "close,low,high,open,underlying,minutes,start\r\n4,1,5,2,BTC,5,2025-01-01T00:00:00Z\r\n",
        "made.scenario");
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result->series.front().bars.front(), bar("2025-01-01T00:00Z", 5, "2", "5", "1", "4"));
}

TEST(ScenarioFile, RefusesWhatIsNotAScenario) {
    const std::string notOne =
        "made.scenario:1:1: this is not a scenario: the first line must be 'breakwater scenario 1'";
    EXPECT_EQ(refusal(""), "made.scenario:1:1: the file is empty");
    EXPECT_EQ(refusal("\n\n"), notOne);
    EXPECT_EQ(refusal("start,minutes\n"), notOne);
    EXPECT_EQ(refusal("breakwater scenario 1"),
              "made.scenario:1:22: the last line is not ended, so the file may be cut off");
    EXPECT_EQ(refusal("breakwater scenario one\n"),
              "made.scenario:1:21: version 'one' is not a whole number");
    EXPECT_EQ(refusal("breakwater scenario 0\n"),
              "made.scenario:1:21: there is no scenario version 0");
    const Result<Scenario> newer = parseScenario("breakwater scenario 2\n", "made.scenario");
    ASSERT_FALSE(newer);
    EXPECT_EQ(newer.error().code, ErrorCode::NewerVersion);
    EXPECT_EQ(newer.error().message,
              "made.scenario:1:21: scenario version 2 is newer than this program understands (1)");
}

TEST(ScenarioFile, RefusesABadHeader) {
    const std::string first = "breakwater scenario 1\n";
    EXPECT_EQ(refusal(first + "name: a\nname: b\n"), "made.scenario:3:1: 'name' is there twice");
    EXPECT_EQ(refusal(first + "name: a b\n"),
              "made.scenario:2:7: name 'a b' may only have letters, digits, '_', '-' and '.', at "
              "most 64");
    EXPECT_EQ(refusal(first + "title:\n"), "made.scenario:2:7: 'title' has no value");
    EXPECT_EQ(refusal(first + "title: a\tb\n"), "made.scenario:2:9: 'title' holds a control byte");
    EXPECT_EQ(refusal(first + "colour: red\n"),
              "made.scenario:2:1: key 'colour' is not known here (known: name, title, source, "
              "watch_from)");
    EXPECT_EQ(refusal(first + "title: t\nsource: s\n" + kColumnLine),
              "made.scenario:4:1: the header has no 'name:' line");
    EXPECT_EQ(refusal(first + "name: n\nsource: s\n" + kColumnLine),
              "made.scenario:4:1: the header has no 'title:' line");
    EXPECT_EQ(refusal(first + "name: n\ntitle: t\n" + kColumnLine),
              "made.scenario:4:1: the header has no 'source:' line");
    EXPECT_EQ(refusal(kHeader),
              "made.scenario:4:15: the file has no column line (start,minutes,...)");
    EXPECT_EQ(refusal(kHeader + "watch_from: soon\n"),
              "made.scenario:5:13: watch_from 'soon' is not a UTC time such as "
              "2025-10-10T21:18:07Z");
    EXPECT_EQ(refusal(kHeader + "watch_from: 2025-01-01T01:00Z\n" + kColumnLine +
                      "2025-01-01T00:00Z,60,BTC,1,1,1,1\n"),
              "made.scenario:5:13: watch_from is outside of the play, 2025-01-01T00:00:00Z to "
              "2025-01-01T01:00:00Z");
}

TEST(ScenarioFile, RefusesBadColumns) {
    EXPECT_EQ(refusal(kHeader + "start,minutes,underlying,open,high,low,last\n"),
              "made.scenario:5:40: column 'last' is not known here (known: start, minutes, "
              "underlying, open, high, low, close)");
    EXPECT_EQ(refusal(kHeader + "start,minutes,underlying,open,high,low\n"),
              "made.scenario:5:39: column 'close' is missing");
    EXPECT_EQ(refusal(kHeader + "start,start,minutes\n"),
              "made.scenario:5:7: column 'start' is there twice");
    EXPECT_EQ(refusal(kTop), "made.scenario:5:45: there is no bar in the file");
    EXPECT_EQ(rowRefusal("2025-01-01T00:00Z,60,BTC,1,1,1"),
              "made.scenario:6:31: the line has 6 fields where the columns are 7");
    EXPECT_EQ(rowRefusal("2025-01-01T00:00Z,60,BTC,1,1,1,1,9"),
              "made.scenario:6:34: the line has 8 fields where the columns are 7");
}

TEST(ScenarioFile, RefusesPricesThatAreNone) {
    const std::string start = "2025-01-01T00:00Z,60,BTC,";
    EXPECT_EQ(rowRefusal(start + "nan,1,1,1"),
              "made.scenario:6:26: open 'nan' is not a decimal number");
    EXPECT_EQ(rowRefusal(start + "1,inf,1,1"),
              "made.scenario:6:28: high 'inf' is not a decimal number");
    EXPECT_EQ(rowRefusal(start + "1,1,0,1"), "made.scenario:6:30: low must be above 0, not '0'");
    EXPECT_EQ(rowRefusal(start + "1,1,1,-2.5"),
              "made.scenario:6:32: close must be above 0, not '-2.5'");
    EXPECT_EQ(rowRefusal(start + "1e3,1,1,1"),
              "made.scenario:6:26: open '1e3' is not a decimal number");
    EXPECT_EQ(rowRefusal(start + ",1,1,1"), "made.scenario:6:26: open '' is not a decimal number");
    EXPECT_EQ(rowRefusal(start + " 1,1,1,1"),
              "made.scenario:6:26: open ' 1' is not a decimal number");
    EXPECT_EQ(rowRefusal(start + "1,1,1,0.0000000000001"),
              "made.scenario:6:32: close '0.0000000000001' has more than 12 decimals");
    EXPECT_EQ(rowRefusal(start + "9999999999999999,1,1,1"),
              "made.scenario:6:26: open '9999999999999999' is out of range (at most 1e15)");
    EXPECT_EQ(rowRefusal(start + std::string(50, '1') + ",1,1,1"),
              "made.scenario:6:26: open '" + std::string(40, '1') + "...' is not a decimal number");
    EXPECT_EQ(rowRefusal(start + "1\x01,1,1,1"),
              "made.scenario:6:26: open '1?' is not a decimal number");
}

TEST(ScenarioFile, RefusesBarsThatContradictThemselves) {
    const std::string start = "2025-01-01T00:00Z,60,BTC,";
    EXPECT_EQ(rowRefusal(start + "5,4,6,5"), "made.scenario:6:28: high 4 is below low 6");
    EXPECT_EQ(rowRefusal(start + "8,7,6,7"),
              "made.scenario:6:26: open 8 is outside of low 6 to high 7");
    EXPECT_EQ(rowRefusal(start + "7,7,6,5.5"),
              "made.scenario:6:32: close 5.5 is outside of low 6 to high 7");
    EXPECT_EQ(
        rowRefusal("yesterday,60,BTC,1,1,1,1"),
        "made.scenario:6:1: start 'yesterday' is not a UTC time such as 2025-10-10T21:18:07Z");
    EXPECT_EQ(rowRefusal("2025-01-01T00:00:00.5Z,60,BTC,1,1,1,1"),
              "made.scenario:6:1: start '2025-01-01T00:00:00.5Z' is not on a whole second");
    EXPECT_EQ(rowRefusal("2025-01-01T00:00Z,0,BTC,1,1,1,1"),
              "made.scenario:6:19: a bar of 0 minutes has no price");
    EXPECT_EQ(rowRefusal("2025-01-01T00:00Z,1441,BTC,1,1,1,1"),
              "made.scenario:6:19: minutes '1441' is above 1440");
    EXPECT_EQ(rowRefusal("2025-01-01T00:00Z,-5,BTC,1,1,1,1"),
              "made.scenario:6:19: minutes '-5' is not a whole number");
    EXPECT_EQ(rowRefusal("2025-01-01T00:00Z,5,btc,1,1,1,1"),
              "made.scenario:6:21: underlying 'btc' is not 1 to 16 capital letters and digits");
}

TEST(ScenarioFile, RefusesBarsOutOfOrderDoubledOrOverlapping) {
    const std::string first = "2025-01-01T01:00Z,60,BTC,1,1,1,1\n";
    EXPECT_EQ(rowRefusal(first + "2025-01-01T00:00Z,60,BTC,1,1,1,1"),
              "made.scenario:7:1: BTC: the bar at 2025-01-01T00:00:00Z comes after that at "
              "2025-01-01T01:00:00Z; bars must be in time order");
    EXPECT_EQ(rowRefusal(first + "2025-01-01T01:00Z,60,BTC,1,1,1,1"),
              "made.scenario:7:1: BTC: the bar at 2025-01-01T01:00:00Z is there twice");
    EXPECT_EQ(
        rowRefusal(first + "2025-01-01T01:30Z,60,BTC,1,1,1,1"),
        "made.scenario:7:1: BTC: the bar at 2025-01-01T01:30:00Z begins before the one before "
        "it has ended at 2025-01-01T02:00:00Z");
    EXPECT_EQ(rowRefusal(first + "2025-01-01T02:00Z,60,ETH,1,1,1,1"),
              "made.scenario:7:1: there is no instant at which every underlying has a price");
}

TEST(ScenarioFile, EveryCutInsideALineIsRefusedAsCutOff) {
    const std::string text = kTop +
                             "2025-01-01T00:00Z,60,BTC,100,110,90.5,105\n"
                             "2025-01-01T01:00Z,60,BTC,105,110,90.5,100.25\n";
    ASSERT_TRUE(parseScenario(text, "made.scenario"));
    const std::size_t rows = kTop.size();
    for (std::size_t length = rows + 1; length < text.size(); ++length) {
        const Result<Scenario> result = parseScenario(text.substr(0, length), "made.scenario");
        if (text[length - 1] == '\n') {
            EXPECT_TRUE(result);
        } else {
            ASSERT_FALSE(result) << length;
            EXPECT_TRUE(result.error().message.ends_with("so the file may be cut off"));
        }
    }
}

// Whatever is damaged, the answer is a scenario that keeps its promises or a place.
TEST(ScenarioFile, DamagedBytesNeverGetThrough) {
    const std::string text = kTop +
                             "2025-01-01T00:00Z,60,BTC,100,110,90.5,105\n"
                             "2025-01-01T01:00Z,60,BTC,105,110,90.5,100.25\n";
    Random random(42, 1);
    for (int i = 0; i < 20'000; ++i) {
        std::string damaged = text;
        for (std::uint64_t k = 0; k <= random.uniformInt(3); ++k) {
            const char likely = "0123456789.,-:\n #TZ"[random.uniformInt(19)];
            const char any = static_cast<char>(random.uniformInt(256));
            damaged[random.uniformInt(damaged.size())] = random.chance(0.5) ? likely : any;
        }
        const Result<Scenario> result = parseScenario(damaged, "made.scenario");
        if (!result) {
            EXPECT_TRUE(result.error().message.starts_with("made.scenario:"));
            continue;
        }
        for (const PriceSeries& series : result->series) {
            for (std::size_t k = 0; k < series.bars.size(); ++k) {
                const Bar& one = series.bars[k];
                EXPECT_TRUE(one.low.isPositive() && one.low <= one.open && one.open <= one.high &&
                            one.low <= one.close && one.close <= one.high);
                EXPECT_TRUE(k == 0 || series.bars[k - 1].end() <= one.start);
            }
        }
    }
}

}  // namespace
}  // namespace breakwater::sim
