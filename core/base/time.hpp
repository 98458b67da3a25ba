// Instants and durations of venue time, in microseconds since 1970-01-01T00:00:00Z.
//
// Time is data: nothing in core/ reads a clock. Text form is ISO 8601 in UTC
// ("2025-10-10T21:18:07Z", fractions and a missing seconds part accepted).
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace breakwater {

class Duration {
public:
    constexpr Duration() = default;
    static constexpr Duration microseconds(std::int64_t n) { return Duration(n); }
    static constexpr Duration milliseconds(std::int64_t n) { return Duration(n * 1'000); }
    static constexpr Duration seconds(std::int64_t n) { return Duration(n * 1'000'000); }
    static constexpr Duration minutes(std::int64_t n) { return seconds(n * 60); }
    static constexpr Duration hours(std::int64_t n) { return minutes(n * 60); }

    constexpr std::int64_t count() const { return m_us; }
    constexpr std::int64_t wholeSeconds() const { return m_us / 1'000'000; }
    constexpr double toSeconds() const { return static_cast<double>(m_us) * 1e-6; }

    friend constexpr auto operator<=>(const Duration&, const Duration&) = default;
    friend constexpr Duration operator+(Duration a, Duration b) {
        return Duration(a.m_us + b.m_us);
    }
    friend constexpr Duration operator-(Duration a, Duration b) {
        return Duration(a.m_us - b.m_us);
    }
    friend constexpr Duration operator*(Duration a, std::int64_t n) { return Duration(a.m_us * n); }

private:
    constexpr explicit Duration(std::int64_t us) : m_us(us) {}
    std::int64_t m_us = 0;
};

class Instant {
public:
    constexpr Instant() = default;
    static constexpr Instant fromMicroseconds(std::int64_t us) { return Instant(us); }
    static Result<Instant> parse(std::string_view text);

    constexpr std::int64_t microseconds() const { return m_us; }
    std::string toString() const;  // shortest of ...:ssZ, ...:ss.mmmZ, ...:ss.uuuuuuZ

    friend constexpr auto operator<=>(const Instant&, const Instant&) = default;
    friend constexpr Instant operator+(Instant t, Duration d) {
        return Instant(t.m_us + d.count());
    }
    friend constexpr Instant operator-(Instant t, Duration d) {
        return Instant(t.m_us - d.count());
    }
    friend constexpr Duration operator-(Instant a, Instant b) {
        return Duration::microseconds(a.m_us - b.m_us);
    }

private:
    constexpr explicit Instant(std::int64_t us) : m_us(us) {}
    std::int64_t m_us = 0;
};

}  // namespace breakwater
