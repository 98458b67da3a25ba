#include "core/base/time.hpp"

#include <array>
#include <charconv>
#include <cstdio>

namespace breakwater {
namespace {

// Days since 1970-01-01 of a proleptic Gregorian date.
// Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
std::int64_t daysFromCivil(std::int64_t y, unsigned m, unsigned d) {
    y -= m <= 2;
    const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
    const auto yoe = static_cast<unsigned>(y - era * 400);
    const unsigned doy = (153 * (m > 2 ? m - 3 : m + 9) + 2) / 5 + d - 1;
    const unsigned doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
    return era * 146097 + static_cast<std::int64_t>(doe) - 719468;
}

struct Civil {
    std::int64_t year;
    unsigned month;
    unsigned day;
};

Civil civilFromDays(std::int64_t z) {
    z += 719468;
    const std::int64_t era = (z >= 0 ? z : z - 146096) / 146097;
    const auto doe = static_cast<unsigned>(z - era * 146097);
    const unsigned yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const unsigned doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
    const unsigned mp = (5 * doy + 2) / 153;
    const unsigned month = mp < 10 ? mp + 3 : mp - 9;
    return {static_cast<std::int64_t>(yoe) + era * 400 + (month <= 2), month,
            doy - (153 * mp + 2) / 5 + 1};
}

bool readNumber(std::string_view text, std::size_t at, std::size_t width, unsigned& out) {
    if (at + width > text.size()) return false;
    const char* first = text.data() + at;
    const auto [end, error] = std::from_chars(first, first + width, out);
    return error == std::errc() && end == first + width;
}

}  // namespace

Result<Instant> Instant::parse(std::string_view text) {
    const auto refuse = [&] {
        return fail(ErrorCode::Malformed,
                    "'" + std::string(text) + "' is not a UTC time such as 2025-10-10T21:18:07Z");
    };
    unsigned year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
    if (!readNumber(text, 0, 4, year) || !readNumber(text, 5, 2, month) ||
        !readNumber(text, 8, 2, day) || text[4] != '-' || text[7] != '-') {
        return refuse();
    }
    std::int64_t micros = 0;
    std::size_t at = 10;
    if (text.size() > at) {
        if ((text[at] != 'T' && text[at] != ' ') || !readNumber(text, 11, 2, hour) ||
            !readNumber(text, 14, 2, minute) || text[13] != ':') {
            return refuse();
        }
        at = 16;
        if (at < text.size() && text[at] == ':') {
            if (!readNumber(text, 17, 2, second)) return refuse();
            at = 19;
            if (at < text.size() && text[at] == '.') {
                std::int64_t unit = 100'000;
                std::size_t digits = 0;
                for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, ++digits) {
                    micros += (text[at] - '0') * unit;
                    unit /= 10;
                }
                if (digits == 0 || digits > 6) return refuse();
            }
        }
        if (at < text.size() && text[at] == 'Z') ++at;
    }
    constexpr std::array<unsigned, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    if (at != text.size() || month < 1 || month > 12 || day < 1 ||
        day > kDays[month - 1] + (month == 2 && leap ? 1u : 0u) || hour > 23 || minute > 59 ||
        second > 59) {
        return refuse();
    }
    const std::int64_t seconds =
        daysFromCivil(year, month, day) * 86'400 + hour * 3'600 + minute * 60 + second;
    return Instant(seconds * 1'000'000 + micros);
}

std::string Instant::toString() const {
    std::int64_t seconds = m_us / 1'000'000;
    std::int64_t micros = m_us % 1'000'000;
    if (micros < 0) {
        micros += 1'000'000;
        --seconds;
    }
    std::int64_t days = seconds / 86'400;
    std::int64_t rest = seconds % 86'400;
    if (rest < 0) {
        rest += 86'400;
        --days;
    }
    const Civil date = civilFromDays(days);
    std::array<char, 48> buffer{};
    int n =
        std::snprintf(buffer.data(), buffer.size(), "%04lld-%02u-%02uT%02lld:%02lld:%02lld",
                      static_cast<long long>(date.year), date.month, date.day,
                      static_cast<long long>(rest / 3'600), static_cast<long long>(rest / 60 % 60),
                      static_cast<long long>(rest % 60));
    std::string text(buffer.data(), static_cast<std::size_t>(n));
    if (micros != 0) {
        const bool whole = micros % 1'000 == 0;
        n = std::snprintf(buffer.data(), buffer.size(), whole ? ".%03lld" : ".%06lld",
                          static_cast<long long>(whole ? micros / 1'000 : micros));
        text.append(buffer.data(), static_cast<std::size_t>(n));
    }
    return text + "Z";
}

}  // namespace breakwater
