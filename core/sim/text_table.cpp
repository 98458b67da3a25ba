#include "core/sim/text_table.hpp"

#include <algorithm>
#include <charconv>

namespace breakwater::sim {
namespace {

constexpr std::size_t kQuotedBytes = 40;

bool isPrintable(char c) { return c >= ' ' && c <= '~'; }

}  // namespace

std::string quoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text.substr(0, kQuotedBytes))
        out += isPrintable(c) ? c : '?';
    return out + (text.size() > kQuotedBytes ? "...'" : "'");
}

TextReader::TextReader(std::string_view text, std::string_view fileName)
    : m_file(fileName), m_rest(text) {
    if (m_rest.starts_with("\xEF\xBB\xBF")) m_rest.remove_prefix(3);
    if (m_rest.empty()) m_error = textError({m_file, 1, 1}, "the file is empty").error();
}

bool TextReader::next() {
    while (!m_error && !m_rest.empty()) {
        const std::size_t end = m_rest.find('\n');
        ++m_number;
        if (end == std::string_view::npos) {
            m_error = textError(at(m_rest.size() + 1),
                                "the last line is not ended, so the file may be cut off")
                          .error();
            return false;
        }
        m_line = m_rest.substr(0, end);
        m_rest.remove_prefix(end + 1);
        if (m_line.ends_with('\r')) m_line.remove_suffix(1);
        if (!m_line.empty() && m_line.front() != '#') return true;
    }
    return false;
}

void TextReader::fields(std::vector<TextField>& into) const {
    into.clear();
    std::size_t begin = 0;
    while (true) {
        const std::size_t end = m_line.find(',', begin);
        into.push_back({m_line.substr(begin, end - begin), begin + 1});
        if (end == std::string_view::npos) return;
        begin = end + 1;
    }
}

std::vector<TextField> TextReader::fields() const {
    std::vector<TextField> result;
    fields(result);
    return result;
}

Result<Columns> Columns::read(const TextReader& reader, std::span<const ColumnRule> rules) {
    Columns columns;
    columns.m_places.resize(rules.size());
    const std::vector<TextField> header = reader.fields();
    columns.m_count = header.size();
    for (std::size_t i = 0; i < header.size(); ++i) {
        const auto rule = std::find_if(rules.begin(), rules.end(), [&](const ColumnRule& one) {
            return one.name == header[i].text;
        });
        if (rule == rules.end()) {
            std::string known;
            for (const ColumnRule& one : rules)
                known.append(known.empty() ? "" : ", ").append(one.name);
            return reader.refuse(header[i].column, "column " + quoted(header[i].text) +
                                                       " is not known here (known: " + known + ")");
        }
        std::optional<std::size_t>& place =
            columns.m_places[static_cast<std::size_t>(rule - rules.begin())];
        if (place) {
            return reader.refuse(header[i].column,
                                 "column " + quoted(header[i].text) + " is there twice");
        }
        place = i;
    }
    for (std::size_t i = 0; i < rules.size(); ++i) {
        if (rules[i].required && !columns.m_places[i]) {
            return reader.refuse(reader.line().size() + 1,
                                 "column '" + std::string(rules[i].name) + "' is missing");
        }
    }
    return columns;
}

TextField Columns::of(std::size_t rule, const std::vector<TextField>& row) const {
    const std::optional<std::size_t>& place = m_places[rule];
    return place ? row[*place] : TextField{};
}

Result<void> Columns::checkRow(const TextReader& reader, const std::vector<TextField>& row) const {
    if (row.size() == m_count) return {};
    const std::size_t column =
        row.size() < m_count ? reader.line().size() + 1 : row[m_count].column;
    return reader.refuse(column, "the line has " + std::to_string(row.size()) +
                                     " fields where the columns are " + std::to_string(m_count));
}

Result<Decimal> readDecimal(const TextReader& reader, std::string_view what, TextField field) {
    Result<Decimal> value = Decimal::parse(field.text);
    if (value) return value;
    const std::string name = std::string(what) + " ";
    // Decimal quotes what it was given; only short printable text goes into a message whole.
    const bool plain = field.text.size() <= kQuotedBytes &&
                       std::all_of(field.text.begin(), field.text.end(), isPrintable);
    return reader.refuse(field.column,
                         plain ? name + value.error().message
                               : name + quoted(field.text) + " is not a decimal number");
}

Result<Decimal> readPositive(const TextReader& reader, std::string_view what, TextField field) {
    Result<Decimal> value = readDecimal(reader, what, field);
    if (!value || value->isPositive()) return value;
    return reader.refuse(field.column,
                         std::string(what) + " must be above 0, not " + quoted(field.text));
}

Result<Decimal> readNotNegative(const TextReader& reader, std::string_view what, TextField field) {
    Result<Decimal> value = readDecimal(reader, what, field);
    if (!value || !value->isNegative()) return value;
    return reader.refuse(field.column,
                         std::string(what) + " must not be below 0, as " + quoted(field.text));
}

Result<Instant> readSecond(const TextReader& reader, std::string_view what, TextField field) {
    const Result<Instant> value = Instant::parse(field.text);
    if (!value) {
        return reader.refuse(field.column, std::string(what) + " " + quoted(field.text) +
                                               " is not a UTC time such as 2025-10-10T21:18:07Z");
    }
    if (value->microseconds() % 1'000'000 != 0) {
        return reader.refuse(field.column, std::string(what) + " " + quoted(field.text) +
                                               " is not on a whole second");
    }
    return *value;
}

Result<std::int64_t> readCount(const TextReader& reader, std::string_view what, TextField field,
                               std::int64_t most) {
    std::uint64_t value = 0;
    const char* last = field.text.data() + field.text.size();
    const auto [end, error] = std::from_chars(field.text.data(), last, value);
    if (error == std::errc::invalid_argument || end != last || field.text.empty()) {
        return reader.refuse(
            field.column, std::string(what) + " " + quoted(field.text) + " is not a whole number");
    }
    if (error != std::errc() || value > static_cast<std::uint64_t>(most)) {
        return reader.refuse(field.column, std::string(what) + " " + quoted(field.text) +
                                               " is above " + std::to_string(most));
    }
    return static_cast<std::int64_t>(value);
}

bool isUnderlyingName(std::string_view name) {
    return !name.empty() && name.size() <= 16 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    });
}

}  // namespace breakwater::sim
