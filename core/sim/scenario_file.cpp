#include "core/sim/scenario_file.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "core/sim/bar_check.hpp"
#include "core/sim/text_table.hpp"

namespace breakwater::sim {
namespace {

constexpr std::string_view kMagic = "breakwater scenario ";
constexpr std::int64_t kVersion = 1;
constexpr std::size_t kMostUnderlyings = 256;

enum Column : std::size_t { kStart, kMinutes, kUnderlying, kOpen, kHigh, kLow, kClose };
constexpr std::array<ColumnRule, 7> kColumns{
    {{"start"}, {"minutes"}, {"underlying"}, {"open"}, {"high"}, {"low"}, {"close"}}};

struct Header {
    std::optional<std::string> name;
    std::optional<std::string> title;
    std::optional<std::string> source;
    std::optional<Instant> watchFrom;
    TextPlace watchPlace;
};

bool isScenarioName(std::string_view text) {
    return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-' || c == '.';
    });
}

Unexpected stopped(const TextReader& reader, std::string_view otherwise) {
    if (reader.error()) return Unexpected(*reader.error());
    return reader.refuse(reader.line().size() + 1, otherwise);
}

Result<void> readMagic(TextReader& reader) {
    constexpr std::string_view kWanted =
        "this is not a scenario: the first line must be 'breakwater scenario 1'";
    if (!reader.next()) {
        if (reader.error()) return Unexpected(*reader.error());
        return textError({reader.file(), 1, 1}, kWanted);
    }
    if (!reader.line().starts_with(kMagic)) return reader.refuse(1, kWanted);
    const TextField number{reader.line().substr(kMagic.size()), kMagic.size() + 1};
    const Result<std::int64_t> version = readCount(reader, "version", number, 1'000'000);
    if (!version) return Unexpected(version.error());
    if (*version > kVersion) {
        return reader.refuse(number.column,
                             "scenario version " + std::to_string(*version) +
                                 " is newer than this program understands (1)",
                             ErrorCode::NewerVersion);
    }
    if (*version < kVersion) return reader.refuse(number.column, "there is no scenario version 0");
    return {};
}

Result<void> readText(const TextReader& reader, std::string_view key, TextField value,
                      std::optional<std::string>& into) {
    if (into) return reader.refuse(1, "'" + std::string(key) + "' is there twice");
    if (value.text.empty()) {
        return reader.refuse(value.column, "'" + std::string(key) + "' has no value");
    }
    if (value.text.size() > 400) {
        return reader.refuse(value.column, "'" + std::string(key) + "' is over 400 bytes");
    }
    // Titles reach widgets and logs: no control bytes, whatever the encoding.
    const auto bad = std::find_if(value.text.begin(), value.text.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    });
    if (bad != value.text.end()) {
        return reader.refuse(value.column + static_cast<std::size_t>(bad - value.text.begin()),
                             "'" + std::string(key) + "' holds a control byte");
    }
    into = std::string(value.text);
    return {};
}

Result<void> readKey(const TextReader& reader, std::size_t colon, Header& header) {
    const std::string_view key = reader.line().substr(0, colon);
    TextField value{reader.line().substr(colon + 1), colon + 2};
    while (value.text.starts_with(' ')) {
        value.text.remove_prefix(1);
        ++value.column;
    }
    while (value.text.ends_with(' '))
        value.text.remove_suffix(1);
    if (key == "title") return readText(reader, key, value, header.title);
    if (key == "source") return readText(reader, key, value, header.source);
    if (key == "name") {
        if (!value.text.empty() && !isScenarioName(value.text)) {
            return reader.refuse(value.column, "name " + quoted(value.text) +
                                                   " may only have letters, digits, '_', '-' and "
                                                   "'.', at most 64");
        }
        return readText(reader, key, value, header.name);
    }
    if (key == "watch_from") {
        if (header.watchFrom) return reader.refuse(1, "'watch_from' is there twice");
        const Result<Instant> instant = readSecond(reader, key, value);
        if (!instant) return Unexpected(instant.error());
        header.watchFrom = *instant;
        header.watchPlace = reader.at(value.column);
        return {};
    }
    return reader.refuse(
        1, "key " + quoted(key) + " is not known here (known: name, title, source, watch_from)");
}

// Reads keys until the column line, which has no "word:" before its first comma.
Result<Header> readHeader(TextReader& reader) {
    Header header;
    while (true) {
        if (!reader.next())
            return stopped(reader, "the file has no column line (start,minutes,...)");
        const std::size_t colon = reader.line().find(':');
        if (colon == std::string_view::npos || reader.line().find(',') < colon) break;
        if (const auto ok = readKey(reader, colon, header); !ok) return Unexpected(ok.error());
    }
    const auto missing = [&](const char* key) {
        return reader.refuse(1, std::string("the header has no '") + key + ":' line");
    };
    if (!header.name) return missing("name");
    if (!header.title) return missing("title");
    if (!header.source) return missing("source");
    return header;
}

Result<PriceSeries*> seriesOf(const TextReader& reader, TextField name, Scenario& scenario) {
    for (PriceSeries& one : scenario.series) {
        if (one.underlying == name.text) return &one;
    }
    if (!isUnderlyingName(name.text)) {
        return reader.refuse(name.column, "underlying " + quoted(name.text) +
                                              " is not 1 to 16 capital letters and digits");
    }
    if (scenario.series.size() == kMostUnderlyings) {
        return reader.refuse(name.column, "there are more than 256 underlyings");
    }
    scenario.series.push_back({std::string(name.text), {}});
    return &scenario.series.back();
}

Result<void> readRow(const TextReader& reader, const Columns& columns,
                     const std::vector<TextField>& row, Scenario& scenario) {
    if (const auto ok = columns.checkRow(reader, row); !ok) return ok;
    const TextField start = columns.of(kStart, row);
    const TextField minutes = columns.of(kMinutes, row);
    const Result<Instant> instant = readSecond(reader, "start", start);
    if (!instant) return Unexpected(instant.error());
    const Result<std::int64_t> count = readCount(reader, "minutes", minutes, 24 * 60);
    if (!count) return Unexpected(count.error());
    if (*count == 0) return reader.refuse(minutes.column, "a bar of 0 minutes has no price");
    const Result<PriceSeries*> series = seriesOf(reader, columns.of(kUnderlying, row), scenario);
    if (!series) return Unexpected(series.error());
    Result<Bar> bar = readBarPrices(reader, {start, columns.of(kOpen, row), columns.of(kHigh, row),
                                             columns.of(kLow, row), columns.of(kClose, row)});
    if (!bar) return Unexpected(bar.error());
    bar->start = *instant;
    bar->length = Duration::minutes(*count);
    return appendBar(reader, start, **series, *bar);
}

}  // namespace

Result<Scenario> parseScenario(std::string_view text, std::string_view fileName) {
    TextReader reader(text, fileName);
    if (const auto ok = readMagic(reader); !ok) return Unexpected(ok.error());
    Result<Header> header = readHeader(reader);
    if (!header) return Unexpected(header.error());
    const Result<Columns> columns = Columns::read(reader, kColumns);
    if (!columns) return Unexpected(columns.error());
    Scenario scenario;
    scenario.name = *header->name;
    scenario.title = *header->title;
    scenario.source = *header->source;
    std::vector<TextField> row;
    while (reader.next()) {
        reader.fields(row);
        if (const auto ok = readRow(reader, *columns, row, scenario); !ok) {
            return Unexpected(ok.error());
        }
    }
    if (reader.error()) return Unexpected(*reader.error());
    if (scenario.series.empty()) {
        return reader.refuse(reader.line().size() + 1, "there is no bar in the file");
    }
    if (scenario.begin() >= scenario.end()) {
        return reader.refuse(1, "there is no instant at which every underlying has a price");
    }
    scenario.watchFrom = header->watchFrom.value_or(scenario.begin());
    if (scenario.watchFrom < scenario.begin() || scenario.watchFrom >= scenario.end()) {
        return textError(header->watchPlace, "watch_from is outside of the play, " +
                                                 scenario.begin().toString() + " to " +
                                                 scenario.end().toString());
    }
    return scenario;
}

}  // namespace breakwater::sim
