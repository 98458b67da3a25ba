#include "layering/scan.hpp"

#include <cctype>
#include <regex>

namespace breakwater::layering {
namespace {

bool isWord(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

class Scanner {
public:
    explicit Scanner(std::string_view source) : m_source(source) {}

    Scan run() {
        while (m_at < m_source.size())
            step();
        return std::move(m_scan);
    }

private:
    char peek(std::size_t ahead = 0) const {
        return m_at + ahead < m_source.size() ? m_source[m_at + ahead] : '\0';
    }

    // Keeps line numbers right: a blanked character becomes a space, a line end stays.
    void blank(std::size_t count) {
        for (; count > 0 && m_at < m_source.size(); --count, ++m_at) {
            const bool lineEnd = m_source[m_at] == '\n';
            m_scan.code += lineEnd ? '\n' : ' ';
            if (lineEnd) {
                ++m_line;
                m_lineHasCode = false;
            }
        }
    }

    void step() {
        const char c = peek();
        if (c == '/' && peek(1) == '/') {
            blank(lengthUntil("\n", 0));
        } else if (c == '/' && peek(1) == '*') {
            blank(lengthUntil("*/", 2) + 2);
        } else if (c == '#' && !m_lineHasCode) {
            directive();
        } else if (c == '"') {
            precededByRaw() ? rawLiteral() : literal('"');
        } else if (c == '\'' && !isDigitSeparator()) {
            literal('\'');
        } else if (c == '\n') {
            blank(1);
        } else {
            m_lineHasCode = m_lineHasCode || std::isspace(static_cast<unsigned char>(c)) == 0;
            m_scan.code += c;
            ++m_at;
        }
    }

    std::size_t lengthUntil(std::string_view end, std::size_t from) const {
        const auto found = m_source.find(end, m_at + from);
        return (found == std::string_view::npos ? m_source.size() : found) - m_at;
    }

    void directive() {
        static const std::regex include(R"rx(^#\s*include\s*(<([^>\n]+)>|"([^"\n]+)"))rx");
        const std::string line(m_source.substr(m_at, lengthUntil("\n", 0)));
        std::smatch match;
        if (!std::regex_search(line, match, include)) {  // a macro's body is code like any other
            m_lineHasCode = true;
            m_scan.code += '#';
            ++m_at;
            return;
        }
        const bool quoted = match[3].matched;
        m_scan.includes.push_back({m_line, quoted ? match[3].str() : match[2].str(), quoted});
        blank(static_cast<std::size_t>(match.length(0)));
    }

    bool precededByRaw() const { return m_at > 0 && m_source[m_at - 1] == 'R'; }

    void rawLiteral() {
        const auto open = m_source.find('(', m_at);
        if (open == std::string_view::npos) return blank(m_source.size() - m_at);
        std::string close(")");
        close += m_source.substr(m_at + 1, open - m_at - 1);
        close += '"';
        blank(lengthUntil(close, 1) + close.size());
    }

    void literal(char quote) {
        std::size_t length = 1;
        while (peek(length) != '\0' && peek(length) != quote && peek(length) != '\n') {
            length += peek(length) == '\\' ? 2U : 1U;
        }
        m_lineHasCode = true;
        blank(length + 1);
    }

    // In 1'000 the mark belongs to a number: the word it stands in begins with a digit.
    bool isDigitSeparator() const {
        std::size_t begin = m_at;
        while (begin > 0 && (isWord(m_source[begin - 1]) || m_source[begin - 1] == '\''))
            --begin;
        return begin < m_at && std::isdigit(static_cast<unsigned char>(m_source[begin])) != 0;
    }

    std::string_view m_source;
    std::size_t m_at = 0;
    std::size_t m_line = 1;
    bool m_lineHasCode = false;
    Scan m_scan;
};

}  // namespace

Scan scan(std::string_view source) { return Scanner(source).run(); }

}  // namespace breakwater::layering
