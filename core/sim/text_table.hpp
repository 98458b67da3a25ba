// The common part of the room's text formats: lines, fields and columns that know their place.
// Private to core/sim.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/num/decimal.hpp"
#include "core/sim/text_error.hpp"

namespace breakwater::sim {

// The text in quotes for a message: cut after 40 bytes, unprintable bytes as '?'.
std::string quoted(std::string_view text);

struct TextField {
    std::string_view text;
    std::size_t column = 1;
};

// A file read line by line. A byte order mark is skipped, "\r\n" ends a line like "\n".
class TextReader {
public:
    TextReader(std::string_view text, std::string_view fileName);

    // The next line that is neither empty nor a comment ('#'); false at the end or on an error.
    // A last line without a line end is an error: what is cut off there may be half a number.
    bool next();
    // What stopped next(), if not the end.
    const std::optional<Error>& error() const { return m_error; }

    std::string_view line() const { return m_line; }
    std::vector<TextField> fields() const;  // of the line, at ','
    // The same without an allocation, for the rows of long files.
    void fields(std::vector<TextField>& into) const;

    std::string_view file() const { return m_file; }
    std::size_t lineNumber() const { return m_number; }
    TextPlace at(std::size_t column) const { return {m_file, m_number, column}; }
    Unexpected refuse(std::size_t column, std::string_view reason,
                      ErrorCode code = ErrorCode::Malformed) const {
        return textError(at(column), reason, code);
    }

private:
    std::string_view m_file;
    std::string_view m_rest;
    std::string_view m_line;
    std::size_t m_number = 0;
    std::optional<Error> m_error;
};

struct ColumnRule {
    std::string_view name;
    bool required = true;
};

// Where each rule's column is in the reader's current line; none for an absent optional one.
// Refuses unknown, doubled and missing columns.
class Columns {
public:
    static Result<Columns> read(const TextReader& reader, std::span<const ColumnRule> rules);

    std::size_t count() const { return m_count; }
    bool has(std::size_t rule) const { return m_places[rule].has_value(); }
    // The field of the rule in a row of count() fields; an empty one for an absent column.
    TextField of(std::size_t rule, const std::vector<TextField>& row) const;
    // Refuses a row that has not exactly count() fields.
    Result<void> checkRow(const TextReader& reader, const std::vector<TextField>& row) const;

private:
    std::vector<std::optional<std::size_t>> m_places;
    std::size_t m_count = 0;
};

// Plain decimals with a message that says whose value it is: "open 'nan' is not a decimal number".
Result<Decimal> readDecimal(const TextReader& reader, std::string_view what, TextField field);
Result<Decimal> readPositive(const TextReader& reader, std::string_view what, TextField field);
Result<Decimal> readNotNegative(const TextReader& reader, std::string_view what, TextField field);
// An instant on a whole second.
Result<Instant> readSecond(const TextReader& reader, std::string_view what, TextField field);
// Decimal digits only, at most `most`.
Result<std::int64_t> readCount(const TextReader& reader, std::string_view what, TextField field,
                               std::int64_t most);

// 1 to 16 of [A-Z0-9]: "BTC", "1000PEPE".
bool isUnderlyingName(std::string_view name);

}  // namespace breakwater::sim
