#include "core/sim/kline_file.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <zlib.h>

#include "core/sim/gunzip.hpp"
#include "core/sim/random.hpp"
#include "tests/core/sim/sim_input_helpers.hpp"

namespace breakwater::sim {
namespace {

using test::bar;
using test::instant;

// 2024-08-01T00:00Z is 1722470400.
const std::string kDump =
    "1722470400000,64628.0,64800.5,64500.1,64700.2,123.4,1722470699999,8000000.1,5000,60.1,"
    "4000000.1,0\n"
    "1722470700000,64700.2,64710,64600,64650,100,1722470999999,7000000,4000,50,3500000,0\n"
    "1722471300000,64650,64660,64640,64655,10,1722471599999,700000,400,5,350000,0\n";
const std::string kDumpHeader =
    "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,"
    "taker_buy_quote_volume,ignore\n";
const std::string kPlain =
    "time_utc,open,high,low,close,volume\n"
    "2024-08-01T00:00:00Z,64628.0,64800.5,64500.1,64700.2,1\n"
    "2024-08-01T00:05:00Z,64700.2,64710,64600,64650,2\n"
    "2024-08-01T00:15:00Z,64650,64660,64640,64655,3\n";

const std::vector<Bar> kBars{bar("2024-08-01T00:00Z", 5, "64628", "64800.5", "64500.1", "64700.2"),
                             bar("2024-08-01T00:05Z", 5, "64700.2", "64710", "64600", "64650"),
                             bar("2024-08-01T00:15Z", 5, "64650", "64660", "64640", "64655")};

std::string gzip(const std::string& text) {
    z_stream stream{};
    EXPECT_EQ(deflateInit2(&stream, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
    std::string out(deflateBound(&stream, text.size()) + 64, '\0');
    stream.next_in = reinterpret_cast<z_const Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
    out.resize(out.size() - stream.avail_out);
    deflateEnd(&stream);
    return out;
}

std::string refusal(const std::string& bytes, const std::string& file = "BTCUSDT-5m.csv") {
    const Result<PriceSeries> result = parseKlines(bytes, file);
    return result ? "accepted" : result.error().message;
}

void expectBars(const std::string& bytes) {
    const Result<PriceSeries> result = parseKlines(bytes, "BTCUSDT-5m-2024-08.csv");
    ASSERT_TRUE(result) << result.error().message;
    EXPECT_EQ(result->underlying, "BTC");
    EXPECT_EQ(result->bars, kBars);
}

TEST(KlineFile, ReadsEveryAcceptedForm) {
    expectBars(kDump);
    expectBars(kDumpHeader + kDump);
    expectBars(kPlain);
    expectBars(gzip(kDump));
    expectBars(gzip(kPlain));
    std::string windows;
    for (const char c : kPlain)
        windows += c == '\n' ? "\r\n" : std::string(1, c);
    expectBars(windows);
}

TEST(KlineFile, ReadsMicroseconds) {
    std::string text = kDump;
    for (const std::string open : {"1722470400000", "1722470700000", "1722471300000"}) {
        text.replace(text.find(open), open.size(), open + "000");
    }
    for (const std::string close : {"1722470699999", "1722470999999", "1722471599999"}) {
        text.replace(text.find(close), close.size(), close + "999");
    }
    expectBars(text);
}

TEST(KlineFile, AHoleStaysAGapAndTheShortestSpacingIsTheLength) {
    const Result<PriceSeries> series = parseKlines(kDump, "BTCUSDT-5m.csv");
    ASSERT_TRUE(series);
    EXPECT_EQ(series->bars[1].end(), instant("2024-08-01T00:10Z"));
    EXPECT_EQ(series->bars[2].start, instant("2024-08-01T00:15Z"));
}

TEST(KlineFile, OneBarAloneTakesItsLengthFromCloseTime) {
    const std::string one = kDump.substr(0, kDump.find('\n') + 1);
    const Result<PriceSeries> series = parseKlines(one, "BTCUSDT-5m.csv");
    ASSERT_TRUE(series) << series.error().message;
    EXPECT_EQ(series->bars, std::vector<Bar>{kBars[0]});
    EXPECT_EQ(
        refusal("time_utc,open,high,low,close\n2024-08-01T00:00Z,1,1,1,1\n"),
        "BTCUSDT-5m.csv:2:1: one bar alone does not tell its length; at least two are needed");
}

TEST(KlineFile, TheUnderlyingIsInTheFileName) {
    EXPECT_EQ(underlyingOfFileName("BTCUSDT_binance_perp_1h_20200101_20240418.csv.gz"), "BTC");
    EXPECT_EQ(underlyingOfFileName("/home/a_b/BTCUSDT-5m-2024-08.csv"), "BTC");
    EXPECT_EQ(underlyingOfFileName("ETHUSD_PERP-1m-2024.csv"), "ETH");
    EXPECT_EQ(underlyingOfFileName("1000PEPEUSDC-1h.csv"), "1000PEPE");
    EXPECT_EQ(underlyingOfFileName("SOL.csv"), "SOL");
    EXPECT_EQ(underlyingOfFileName("USDT-1h.csv"), "USDT");
    EXPECT_EQ(underlyingOfFileName("prices.csv"), "");
    EXPECT_EQ(underlyingOfFileName(""), "");
    EXPECT_EQ(refusal(kPlain, "prices.csv"),
              "prices.csv: the file name begins with no underlying such as BTCUSDT; name it");
    const Result<PriceSeries> named = parseKlines(kPlain, "prices.csv", "DOGE");
    ASSERT_TRUE(named);
    EXPECT_EQ(named->underlying, "DOGE");
    const Result<PriceSeries> badName = parseKlines(kPlain, "BTCUSDT.csv", "do ge");
    ASSERT_FALSE(badName);
    EXPECT_EQ(badName.error().message,
              "BTCUSDT.csv: underlying 'do ge' is not 1 to 16 capital letters and digits");
}

TEST(KlineFile, RefusesACutOffOrDamagedGzip) {
    const std::string packed = gzip(kPlain);
    // From the magic on; one byte less is not known as gzip and refused as text.
    for (std::size_t length = 2; length < packed.size(); ++length) {
        const Result<PriceSeries> result = parseKlines(packed.substr(0, length), "BTCUSDT.csv.gz");
        ASSERT_FALSE(result) << length;
        EXPECT_EQ(result.error().code, ErrorCode::Corrupt) << length;
        EXPECT_TRUE(
            result.error().message.starts_with("BTCUSDT.csv.gz: the gzip is cut off after "))
            << result.error().message;
    }
    std::string damaged = packed;
    damaged[packed.size() - 6] = static_cast<char>(damaged[packed.size() - 6] ^ 1);  // the checksum
    const Result<PriceSeries> result = parseKlines(damaged, "BTCUSDT.csv.gz");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, ErrorCode::Corrupt);
    EXPECT_EQ(result.error().message, "BTCUSDT.csv.gz: the gzip is damaged after " +
                                          std::to_string(kPlain.size()) + " unpacked bytes");
    EXPECT_FALSE(parseKlines(packed + "rest", "BTCUSDT.csv.gz"));
}

TEST(KlineFile, GzipOfSeveralMembersIsOneTextAndHasALimit) {
    const std::size_t half = kPlain.find("2024-08-01T00:05");
    expectBars(gzip(kPlain.substr(0, half)) + gzip(kPlain.substr(half)));
    const Result<std::string> bomb = gunzip(gzip(std::string(2'000'000, 'x')), "x.gz", 1'000'000);
    ASSERT_FALSE(bomb);
    EXPECT_EQ(bomb.error().code, ErrorCode::OutOfRange);
    EXPECT_EQ(bomb.error().message, "x.gz: the gzip unpacks to more than 1000000 bytes");
}

TEST(KlineFile, RefusesOtherFilesByName) {
    EXPECT_EQ(refusal(""), "BTCUSDT-5m.csv:1:1: the file is empty");
    EXPECT_EQ(refusal("PK\x03\x04 and so on"),
              "BTCUSDT-5m.csv: this is a zip archive; unpack it first");
    EXPECT_TRUE(refusal("time_utc,BTCUSDT_close\n")
                    .starts_with("BTCUSDT-5m.csv:1:10: column 'BTCUSDT_close' is not known here"));
    EXPECT_EQ(refusal("time_utc,open,high,low\n"),
              "BTCUSDT-5m.csv:1:23: column 'close' is missing");
    EXPECT_EQ(
        refusal("open,high,low,close\n"),
        "BTCUSDT-5m.csv:1:1: one of the columns open_time and time_utc is needed, and only one");
    EXPECT_EQ(refusal("time_utc,open,high,low,close\n"),
              "BTCUSDT-5m.csv:1:29: the file has no bar");
    EXPECT_EQ(refusal("1722470400000,1,1,1,1\n"),
              "BTCUSDT-5m.csv:1:22: the line has 5 fields where the columns are 12");
}

TEST(KlineFile, RefusesBadBarsWithTheirPlace) {
    const std::string top = "time_utc,open,high,low,close\n2024-08-01T00:00Z,10,12,8,11\n";
    const auto row = [&](const std::string& text) { return refusal(top + text + "\n"); };
    EXPECT_EQ(row("2024-08-01T00:05Z,nan,12,8,11"),
              "BTCUSDT-5m.csv:3:19: open 'nan' is not a decimal number");
    EXPECT_EQ(row("2024-08-01T00:05Z,10,inf,8,11"),
              "BTCUSDT-5m.csv:3:22: high 'inf' is not a decimal number");
    EXPECT_EQ(row("2024-08-01T00:05Z,10,12,0,11"),
              "BTCUSDT-5m.csv:3:25: low must be above 0, not '0'");
    EXPECT_EQ(row("2024-08-01T00:05Z,10,12,8,-11"),
              "BTCUSDT-5m.csv:3:27: close must be above 0, not '-11'");
    EXPECT_EQ(row("2024-08-01T00:05Z,10,7,8,11"), "BTCUSDT-5m.csv:3:22: high 7 is below low 8");
    EXPECT_EQ(row("2024-08-01T00:05Z,13,12,8,11"),
              "BTCUSDT-5m.csv:3:19: open 13 is outside of low 8 to high 12");
    EXPECT_EQ(row("2024-07-31T00:05Z,10,12,8,11"),
              "BTCUSDT-5m.csv:3:1: BTC: the bar at 2024-07-31T00:05:00Z comes after that at "
              "2024-08-01T00:00:00Z; bars must be in time order");
    EXPECT_EQ(row("2024-08-01T00:00Z,10,12,8,11"),
              "BTCUSDT-5m.csv:3:1: BTC: the bar at 2024-08-01T00:00:00Z is there twice");
    EXPECT_EQ(refusal(top + "2024-08-01T00:05Z,10,12,8,1"),
              "BTCUSDT-5m.csv:3:28: the last line is not ended, so the file may be cut off");
    EXPECT_EQ(
        refusal("172247040000,1,1,1,1,0,0,0,0,0,0,0\n"),
        "BTCUSDT-5m.csv:1:1: open_time '172247040000' is neither milliseconds (13 digits) nor "
        "microseconds (16 digits) since 1970");
    EXPECT_EQ(refusal("1722470400500,1,1,1,1,0,1722470699999,0,0,0,0,0\n"),
              "BTCUSDT-5m.csv:1:1: open_time '1722470400500' is not on a whole second");
}

TEST(KlineFile, RefusesSpacingsThatAreNoGridOrTooShortOrLong) {
    const auto starts = [](std::initializer_list<const char*> times) {
        std::string text = "time_utc,open,high,low,close\n";
        for (const char* time : times)
            text += std::string(time) + ",1,1,1,1\n";
        return refusal(text);
    };
    EXPECT_EQ(starts({"2024-08-01T00:00Z", "2024-08-01T00:05Z", "2024-08-01T00:12Z"}),
              "BTCUSDT-5m.csv:4:1: the bar at 2024-08-01T00:12:00Z is off the grid of 300 s bars");
    EXPECT_EQ(starts({"2024-08-01T00:00Z", "2024-08-01T00:00:01Z"}),
              "BTCUSDT-5m.csv:3:1: bars of 1 s are not supported; they may last a minute to a day");
    EXPECT_EQ(starts({"2024-08-01", "2024-08-08"}),
              "BTCUSDT-5m.csv:3:1: bars of 604800 s are not supported; they may last a minute to a "
              "day");
}

PriceSeries hours(const std::string& underlying, const char* first, int count) {
    PriceSeries series{underlying, {}};
    for (int i = 0; i < count; ++i) {
        Bar one = bar(first, 60, "10", "12", "8", "11");
        one.start = one.start + Duration::hours(i);
        series.bars.push_back(one);
    }
    return series;
}

TEST(MergeKlines, JoinsFilesOfOneUnderlyingInTimeOrder) {
    const Result<Scenario> play =
        mergeKlines({hours("BTC", "2024-08-02", 24), hours("BTC", "2024-08-01", 24),
                     hours("BTC", "2024-08-05", 1)});
    ASSERT_TRUE(play) << play.error().message;
    ASSERT_EQ(play->series.size(), 1u);
    EXPECT_EQ(play->series[0].bars.size(), 49u);
    EXPECT_EQ(play->begin(), instant("2024-08-01"));
    EXPECT_EQ(play->end(), instant("2024-08-05T01:00Z"));
    EXPECT_EQ(play->watchFrom, play->begin());
    EXPECT_EQ(play->title, "BTC from 2024-08-01T00:00:00Z to 2024-08-05T01:00:00Z");
    EXPECT_EQ(play->source, "3 price files");
}

TEST(MergeKlines, CutsSeveralUnderlyingsToWhatTheyShare) {
    const Result<Scenario> play =
        mergeKlines({hours("ETH", "2024-08-01T06:00Z", 24), hours("BTC", "2024-08-01", 24)});
    ASSERT_TRUE(play) << play.error().message;
    ASSERT_EQ(play->series.size(), 2u);
    EXPECT_EQ(play->series[0].underlying, "ETH");  // in the order of the files
    EXPECT_EQ(play->series[1].underlying, "BTC");
    for (const PriceSeries& series : play->series) {
        EXPECT_EQ(series.begin(), instant("2024-08-01T06:00Z"));
        EXPECT_EQ(series.end(), instant("2024-08-02"));
        EXPECT_EQ(series.bars.size(), 18u);
    }
}

TEST(MergeKlines, RefusesOverlapsAndEmptyRanges) {
    const auto refused = [](std::vector<PriceSeries> files) {
        const Result<Scenario> play = mergeKlines(std::move(files));
        return play ? "accepted" : play.error().message;
    };
    EXPECT_EQ(refused({}), "there is no price file to play");
    EXPECT_EQ(refused({hours("BTC", "2024-08-01", 24), hours("BTC", "2024-08-01T23:00Z", 2)}),
              "BTC: two price files overlap from 2024-08-01T23:00:00Z to 2024-08-02T00:00:00Z");
    EXPECT_EQ(refused({hours("BTC", "2024-08-01", 24), hours("ETH", "2024-08-03", 24)}),
              "the price files of BTC, ETH share no bar: the last begins at 2024-08-03T00:00:00Z, "
              "the first ends at 2024-08-02T00:00:00Z");
    // They share half an hour, but no whole bar.
    EXPECT_EQ(refused({hours("BTC", "2024-08-01", 1), hours("ETH", "2024-08-01T00:30Z", 1)}),
              "the price files of BTC, ETH share no bar: the last begins at 2024-08-01T00:30:00Z, "
              "the first ends at 2024-08-01T01:00:00Z");
}

TEST(KlineFile, DamagedBytesNeverGetThrough) {
    Random random(43, 1);
    const std::string packed = gzip(kPlain);
    for (int i = 0; i < 10'000; ++i) {
        std::string damaged = i % 3 == 0 ? packed : i % 3 == 1 ? kPlain : kDump;
        damaged[random.uniformInt(damaged.size())] = static_cast<char>(random.uniformInt(256));
        const Result<PriceSeries> result = parseKlines(damaged, "BTCUSDT.csv");
        if (!result) {
            EXPECT_TRUE(result.error().message.starts_with("BTCUSDT.csv:"));
            continue;
        }
        for (const Bar& one : result->bars) {
            EXPECT_TRUE(one.low.isPositive() && one.low <= one.open && one.open <= one.high &&
                        one.low <= one.close && one.close <= one.high);
        }
    }
}

}  // namespace
}  // namespace breakwater::sim
