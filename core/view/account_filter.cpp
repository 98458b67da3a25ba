// The filter line of the accounts table.
//
//   filter    = [ condition { "&" condition } ]
//   condition = "health" ("<" | ">=") figure | ("equity" | "gross") ">" figure
//             | ("market" | "mkt") ":" code | "band" ":" band | "tag" ":" tag | "liq" | part of a
//             name
//   figure    = decimal number with an optional k, M or B
#include <algorithm>
#include <charconv>
#include <cmath>

#include "core/view/snapshot.hpp"

namespace breakwater::view {
namespace {

std::string lowered(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

// Edits between two words (Levenshtein), for "did you mean".
std::size_t editsBetween(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t above = row[j];
            row[j] =
                std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
            diagonal = above;
        }
    }
    return row[b.size()];
}

std::string nearest(std::string_view word, const std::vector<std::string>& known) {
    const auto best =
        std::min_element(known.begin(), known.end(), [&](const auto& a, const auto& b) {
            return editsBetween(lowered(word), lowered(a)) <
                   editsBetween(lowered(word), lowered(b));
        });
    return best == known.end() ? std::string() : *best;
}

template <class Enum>
std::vector<std::string> wordsOf() {
    return {EnumWords<Enum>::words.begin(), EnumWords<Enum>::words.end()};
}

const std::vector<std::string>& fieldNames() {
    static const std::vector<std::string> names{"health", "equity", "gross", "market",
                                                "band",   "tag",    "liq"};
    return names;
}

class FilterParser {
public:
    FilterParser(std::string_view text, const Snapshot& snapshot)
        : m_text(text), m_snapshot(snapshot) {}

    Result<AccountQuery> run() {
        if (trimmed(0, m_text.size()).text.empty()) return m_query;
        std::size_t begin = 0;
        while (m_error.empty() && begin <= m_text.size()) {
            const std::size_t end = std::min(m_text.find('&', begin), m_text.size());
            parseCondition(trimmed(begin, end));
            begin = end + 1;
        }
        if (!m_error.empty()) return fail(ErrorCode::Malformed, m_error);
        return m_query;
    }

private:
    struct Part {
        std::string_view text;
        std::size_t at;  // 0-based
    };

    Part trimmed(std::size_t begin, std::size_t end) const {
        while (begin < end && m_text[begin] == ' ')
            ++begin;
        while (end > begin && m_text[end - 1] == ' ')
            --end;
        return {m_text.substr(begin, end - begin), begin};
    }
    Part after(const Part& part, std::size_t skip) const {
        return trimmed(part.at + skip, part.at + part.text.size());
    }
    // The first fault is reported: later ones may only follow from it.
    void error(std::size_t at, const std::string& what) {
        if (m_error.empty()) m_error = "column " + std::to_string(at + 1) + ": " + what;
    }
    void unknown(const Part& part, const std::string& what, const std::vector<std::string>& known) {
        const std::string near = nearest(part.text, known);
        error(part.at, "no " + what + " '" + std::string(part.text) + "'" +
                           (near.empty() ? std::string() : "; did you mean '" + near + "'?"));
    }
    template <class Field, class Value>
    void set(std::optional<Field>& field, const Value& value, const Part& part,
             const std::string& name) {
        if (field) return error(part.at, name + " is given twice");
        field = value;
    }

    void parseCondition(const Part& part) {
        if (part.text.empty()) return error(part.at, "a condition is missing");
        const std::size_t sign = part.text.find_first_of("<>=:");
        if (sign == std::string_view::npos) return parseWord(part);
        Part name = trimmed(part.at, part.at + sign);
        const std::string field = lowered(name.text);
        std::size_t length = 1;
        if (part.text[sign] != ':') {
            while (sign + length < part.text.size() &&
                   std::string_view("<>=").find(part.text[sign + length]) !=
                       std::string_view::npos) {
                ++length;
            }
        }
        const Part sense{part.text.substr(sign, length), part.at + sign};
        const Part value = after(part, sign + length);
        if (name.text.empty())
            return error(part.at, "a field is missing before '" + std::string(sense.text) + "'");
        if (field == "health" || field == "equity" || field == "gross")
            return parseFigure(field, sense, value, part);
        if (field == "market" || field == "mkt" || field == "band" || field == "tag") {
            if (sense.text != ":") return error(sense.at, field + " takes ':' and a word");
            if (value.text.empty())
                return error(value.at, "a word is missing after '" + field + ":'");
            return parseMember(field, value, part);
        }
        if (field == "liq") return error(sense.at, "liq stands alone");
        unknown(name, "field", fieldNames());
    }

    void parseWord(const Part& part) {
        const std::string word = lowered(part.text);
        if (word == "liq") {
            if (m_query.liquidatingOnly) return error(part.at, "liq is given twice");
            m_query.liquidatingOnly = true;
            return;
        }
        const std::size_t end = part.at + part.text.size();
        if (word == "health") return error(end, "health takes '<' or '>=' and a figure");
        if (word == "equity" || word == "gross")
            return error(end, word + " takes '>' and a figure");
        if (word == "market" || word == "mkt" || word == "band" || word == "tag") {
            return error(end, word + " takes ':' and a word");
        }
        if (!m_query.nameContains.empty())
            return error(part.at, "a part of the name is given twice");
        m_query.nameContains = std::string(part.text);
    }

    void parseFigure(const std::string& field, const Part& sense, const Part& value,
                     const Part& part) {
        const bool isHealth = field == "health";
        if (isHealth ? sense.text != "<" && sense.text != ">=" : sense.text != ">") {
            return error(sense.at, field + (isHealth ? " takes '<' or '>='" : " takes '>'"));
        }
        const std::optional<double> figure = parseNumber(value);
        if (!figure) return;
        if (!isHealth) {
            set(field == "equity" ? m_query.equityAbove : m_query.grossAbove, *figure, part,
                field + ">");
        } else if (sense.text == "<") {
            set(m_query.healthBelow, *figure, part, "health<");
        } else {
            set(m_query.healthFrom, *figure, part, "health>=");
        }
    }

    std::optional<double> parseNumber(const Part& value) {
        if (value.text.empty()) {
            error(value.at, "a figure is missing");
            return std::nullopt;
        }
        double figure = 0;
        const char* const first = value.text.data();
        const char* const last = first + value.text.size();
        const auto [end, code] = std::from_chars(first, last, figure, std::chars_format::fixed);
        const std::string_view unit(end, static_cast<std::size_t>(last - end));
        const std::string suffix = lowered(unit);
        const double factor = suffix.empty()  ? 1
                              : suffix == "k" ? 1e3
                              : suffix == "m" ? 1e6
                              : suffix == "b" ? 1e9
                                              : 0;
        if (code != std::errc() || !std::isfinite(figure) || factor <= 0) {
            error(value.at,
                  "'" + std::string(value.text) + "' is not a figure such as 1.1, 10k or 2.5M");
            return std::nullopt;
        }
        return figure * factor;
    }

    void parseMember(const std::string& field, const Part& value, const Part& part) {
        if (field == "band") {
            const auto band = fromWord<HealthBand>(lowered(value.text));
            if (!band) return unknown(value, "band", wordsOf<HealthBand>());
            return set(m_query.bandAtLeast, *band, part, "band");
        }
        if (field == "tag") {
            const auto tag = fromWord<AccountTag>(lowered(value.text));
            if (!tag) return unknown(value, "tag", wordsOf<AccountTag>());
            return set(m_query.tag, *tag, part, "tag");
        }
        const std::string wanted = lowered(value.text);
        std::vector<std::string> known;
        for (const Market& market : *m_snapshot.markets) {
            const Instrument& instrument = market.instrument;
            if (lowered(instrument.code) == wanted || lowered(instrument.symbol) == wanted) {
                return set(m_query.market, instrument.id, part, "market");
            }
            known.push_back(instrument.code);
            known.push_back(instrument.symbol);
        }
        unknown(value, "market", known);
    }

    std::string_view m_text;
    const Snapshot& m_snapshot;
    AccountQuery m_query;
    std::string m_error;
};

}  // namespace

Result<AccountQuery> parseAccountFilter(std::string_view text, const Snapshot& snapshot) {
    return FilterParser(text, snapshot).run();
}

}  // namespace breakwater::view
