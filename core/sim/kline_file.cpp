#include "core/sim/kline_file.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <optional>

#include "core/sim/bar_check.hpp"
#include "core/sim/gunzip.hpp"
#include "core/sim/text_table.hpp"

namespace breakwater::sim {
namespace {

enum Column : std::size_t { kOpenTime, kTimeUtc, kOpen, kHigh, kLow, kClose, kCloseTime };
// Names of the public dumps and of the older ones; what stands behind kCloseTime is not read.
constexpr std::array<ColumnRule, 18> kColumns{{{"open_time", false},
                                               {"time_utc", false},
                                               {"open"},
                                               {"high"},
                                               {"low"},
                                               {"close"},
                                               {"close_time", false},
                                               {"volume", false},
                                               {"quote_volume", false},
                                               {"count", false},
                                               {"taker_buy_volume", false},
                                               {"taker_buy_quote_volume", false},
                                               {"ignore", false},
                                               {"quote_asset_volume", false},
                                               {"number_of_trades", false},
                                               {"taker_buy_base_asset_volume", false},
                                               {"taker_buy_quote_asset_volume", false},
                                               {"trades", false}}};
constexpr std::string_view kDumpHeader =
    "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,"
    "taker_buy_quote_volume,ignore\n";

bool isDigit(char c) { return c >= '0' && c <= '9'; }

// Milliseconds in 13 digits or microseconds in 16: both cover 2001 to 2286 and cannot be mixed up.
Result<Instant> readEpoch(const TextReader& reader, std::string_view what, TextField field) {
    const bool digits = std::all_of(field.text.begin(), field.text.end(), isDigit);
    if (!digits || (field.text.size() != 13 && field.text.size() != 16)) {
        return reader.refuse(field.column, std::string(what) + " " + quoted(field.text) +
                                               " is neither milliseconds (13 digits) nor "
                                               "microseconds (16 digits) since 1970");
    }
    const Result<std::int64_t> value =
        readCount(reader, what, field, std::numeric_limits<std::int64_t>::max());
    if (!value) return Unexpected(value.error());
    return Instant::fromMicroseconds(field.text.size() == 13 ? *value * 1'000 : *value);
}

Result<Instant> readStart(const TextReader& reader, const Columns& columns, TextField field) {
    if (!columns.has(kOpenTime)) return readSecond(reader, "time_utc", field);
    Result<Instant> start = readEpoch(reader, "open_time", field);
    if (start && start->microseconds() % 1'000'000 != 0) {
        return reader.refuse(field.column,
                             "open_time " + quoted(field.text) + " is not on a whole second");
    }
    return start;
}

// What the rows say, before the bar length is known.
struct Rows {
    PriceSeries series;
    std::vector<std::size_t> lines;      // of each bar, for messages
    std::optional<Instant> firstClosed;  // close_time of the first bar
};

Result<void> readRow(const TextReader& reader, const Columns& columns,
                     const std::vector<TextField>& row, Rows& rows) {
    if (const auto ok = columns.checkRow(reader, row); !ok) return ok;
    const TextField time = columns.of(columns.has(kOpenTime) ? kOpenTime : kTimeUtc, row);
    const Result<Instant> start = readStart(reader, columns, time);
    if (!start) return Unexpected(start.error());
    Result<Bar> bar = readBarPrices(reader, {time, columns.of(kOpen, row), columns.of(kHigh, row),
                                             columns.of(kLow, row), columns.of(kClose, row)});
    if (!bar) return Unexpected(bar.error());
    bar->start = *start;
    if (rows.series.bars.empty() && columns.has(kCloseTime)) {
        const Result<Instant> closed = readEpoch(reader, "close_time", columns.of(kCloseTime, row));
        if (!closed) return Unexpected(closed.error());
        rows.firstClosed = *closed;
    }
    rows.lines.push_back(reader.lineNumber());
    return appendBar(reader, time, rows.series, *bar);
}

Result<Columns> readColumns(TextReader& reader) {
    if (!reader.next()) {
        if (reader.error()) return Unexpected(*reader.error());
        return textError({reader.file(), 1, 1}, "the file has no bar");
    }
    Result<Columns> columns = Columns::read(reader, kColumns);
    if (columns && columns->has(kOpenTime) == columns->has(kTimeUtc)) {
        return reader.refuse(1,
                             "one of the columns open_time and time_utc is needed, and only one");
    }
    return columns;
}

// Without a header line the first byte is a digit of open_time; the dump's own header is then
// put in front of the reader, not of the lines, so that line numbers stay true.
Result<Columns> dumpColumns(std::string_view fileName) {
    TextReader header(kDumpHeader, fileName);
    return readColumns(header);
}

Result<Rows> readRows(std::string_view text, std::string_view fileName, std::string underlying) {
    TextReader reader(text, fileName);
    const std::string_view body = text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text;
    const bool bare = !body.empty() && isDigit(body.front());
    const Result<Columns> columns = bare ? dumpColumns(fileName) : readColumns(reader);
    if (!columns) return Unexpected(columns.error());
    Rows rows;
    rows.series.underlying = std::move(underlying);
    std::vector<TextField> row;
    while (reader.next()) {
        reader.fields(row);
        if (const auto ok = readRow(reader, *columns, row, rows); !ok)
            return Unexpected(ok.error());
    }
    if (reader.error()) return Unexpected(*reader.error());
    if (rows.series.bars.empty()) {
        return reader.refuse(reader.line().size() + 1, "the file has no bar");
    }
    return rows;
}

// close_time is the bar's last millisecond or microsecond, so half a second more rounds it up.
Result<Duration> loneLength(const Rows& rows, const TextPlace& place) {
    if (!rows.firstClosed) {
        return textError(place, "one bar alone does not tell its length; at least two are needed");
    }
    const Duration span = *rows.firstClosed - rows.series.begin();
    return Duration::seconds((span.count() + 500'000) / 1'000'000);
}

Result<void> setLengths(Rows& rows, std::string_view fileName) {
    std::vector<Bar>& bars = rows.series.bars;
    const auto place = [&](std::size_t bar) { return TextPlace{fileName, rows.lines[bar], 1}; };
    Duration length = Duration::microseconds(std::numeric_limits<std::int64_t>::max());
    std::size_t shortest = 0;
    for (std::size_t i = 1; i < bars.size(); ++i) {
        const Duration spacing = bars[i].start - bars[i - 1].start;
        if (spacing < length) {
            length = spacing;
            shortest = i;
        }
    }
    if (bars.size() == 1) {
        const Result<Duration> lone = loneLength(rows, place(0));
        if (!lone) return Unexpected(lone.error());
        length = *lone;
    }
    if (length < kShortestBar || length > kLongestBar) {
        return textError(place(shortest),
                         "bars of " + std::to_string(length.wholeSeconds()) +
                             " s are not supported; they may last a minute to a day",
                         ErrorCode::Unsupported);
    }
    for (std::size_t i = 0; i < bars.size(); ++i) {
        if ((bars[i].start - bars[0].start).count() % length.count() != 0) {
            return textError(place(i), "the bar at " + bars[i].start.toString() +
                                           " is off the grid of " +
                                           std::to_string(length.wholeSeconds()) + " s bars");
        }
        bars[i].length = length;
    }
    return {};
}

// Bars wholly inside [begin, end).
void cutTo(PriceSeries& series, Instant begin, Instant end) {
    std::erase_if(series.bars,
                  [&](const Bar& bar) { return bar.start < begin || bar.end() > end; });
}

Result<std::vector<PriceSeries>> joined(std::vector<PriceSeries> files) {
    std::stable_sort(files.begin(), files.end(), [](const PriceSeries& a, const PriceSeries& b) {
        return a.begin() < b.begin();
    });
    std::vector<PriceSeries> series;
    for (PriceSeries& file : files) {
        const auto same = std::find_if(series.begin(), series.end(), [&](const PriceSeries& one) {
            return one.underlying == file.underlying;
        });
        if (same == series.end()) {
            series.push_back(std::move(file));
            continue;
        }
        if (file.begin() < same->end()) {
            return fail(ErrorCode::InvalidArgument,
                        file.underlying + ": two price files overlap from " +
                            file.begin().toString() + " to " +
                            std::min(file.end(), same->end()).toString());
        }
        same->bars.insert(same->bars.end(), file.bars.begin(), file.bars.end());
    }
    return series;
}

}  // namespace

std::string underlyingOfFileName(std::string_view fileName) {
    const std::size_t slash = fileName.find_last_of("/\\");
    if (slash != std::string_view::npos) fileName.remove_prefix(slash + 1);
    std::string_view name = fileName.substr(0, fileName.find_first_of("_-. "));
    for (const std::string_view quote : {"FDUSD", "USDT", "USDC", "BUSD", "TUSD", "USD"}) {
        if (name.size() > quote.size() && name.ends_with(quote)) {
            name.remove_suffix(quote.size());
            break;
        }
    }
    return isUnderlyingName(name) ? std::string(name) : std::string();
}

Result<PriceSeries> parseKlines(std::string_view bytes, std::string_view fileName,
                                std::string_view underlying) {
    const std::string name =
        underlying.empty() ? underlyingOfFileName(fileName) : std::string(underlying);
    if (!isUnderlyingName(name)) {
        return textError(
            {fileName},
            underlying.empty()
                ? "the file name begins with no underlying such as BTCUSDT; name it"
                : "underlying " + quoted(underlying) + " is not 1 to 16 capital letters and digits",
            ErrorCode::InvalidArgument);
    }
    if (bytes.starts_with("PK\x03\x04")) {
        return textError({fileName}, "this is a zip archive; unpack it first",
                         ErrorCode::Unsupported);
    }
    std::string unpacked;
    if (isGzip(bytes)) {
        Result<std::string> result = gunzip(bytes, fileName);
        if (!result) return Unexpected(result.error());
        unpacked = *std::move(result);
        bytes = unpacked;
    }
    Result<Rows> rows = readRows(bytes, fileName, name);
    if (!rows) return Unexpected(rows.error());
    if (const auto ok = setLengths(*rows, fileName); !ok) return Unexpected(ok.error());
    return std::move(rows->series);
}

Result<Scenario> mergeKlines(std::vector<PriceSeries> files) {
    if (files.empty()) return fail(ErrorCode::InvalidArgument, "there is no price file to play");
    // The play's underlyings keep the order in which they were named.
    std::vector<std::string> order;
    for (const PriceSeries& file : files) {
        if (std::find(order.begin(), order.end(), file.underlying) == order.end()) {
            order.push_back(file.underlying);
        }
    }
    if (order.size() > 256) return fail(ErrorCode::InvalidArgument, "more than 256 underlyings");
    const std::size_t fileCount = files.size();
    Result<std::vector<PriceSeries>> series = joined(std::move(files));
    if (!series) return Unexpected(series.error());
    std::sort(series->begin(), series->end(), [&](const PriceSeries& a, const PriceSeries& b) {
        return std::find(order.begin(), order.end(), a.underlying) <
               std::find(order.begin(), order.end(), b.underlying);
    });
    Scenario scenario;
    scenario.series = *std::move(series);
    const Instant begin = scenario.begin();
    const Instant end = scenario.end();
    std::string names;
    bool shared = true;
    for (PriceSeries& one : scenario.series) {
        names.append(names.empty() ? "" : ", ").append(one.underlying);
        cutTo(one, begin, end);
        shared = shared && !one.bars.empty();
    }
    // Cutting whole bars can move the ends apart once more.
    if (!shared || scenario.begin() >= scenario.end()) {
        return fail(ErrorCode::InvalidArgument,
                    "the price files of " + names + " share no bar: the last begins at " +
                        begin.toString() + ", the first ends at " + end.toString());
    }
    scenario.name = "price_files";
    scenario.title =
        names + " from " + scenario.begin().toString() + " to " + scenario.end().toString();
    scenario.source = fileCount == 1 ? "a price file" : std::to_string(fileCount) + " price files";
    scenario.watchFrom = scenario.begin();
    return scenario;
}

}  // namespace breakwater::sim
