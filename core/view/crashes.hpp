// The recorded crashes as yardsticks: how far a move that is feared has been before.
//
// The figures are the largest falls and rises within 24 hours of the prices shipped in
// resources/scenarios (a test computes them anew): from the highest high, or the bar's own open,
// to a later low. How often a move has happened since is not known from them and is not said.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace breakwater::view {

struct CrashMove {
    std::string_view scenario;    // file in resources/scenarios
    std::string_view date;        // "10 Oct 2025"
    std::string_view underlying;  // "ETH"
    double fall = 0;              // within 24 h, > 0
    double rise = 0;
};
inline constexpr std::size_t kCrashes = 7;
std::span<const CrashMove> crashMoves();  // newest last

struct Comparator {
    const CrashMove* newest = nullptr;  // in which the underlying was recorded
    double multiple = 0;                // the move, relative to that one
    std::size_t further = 0;            // crashes of `recorded` that went further
    std::size_t recorded = 0;           // crashes with this underlying
};
// A signed relative move of an underlying; nothing when no crash recorded it.
std::optional<Comparator> comparatorFor(std::string_view underlying, double move);
// "10 Oct 2025 ×0.7"
std::string shortText(const Comparator& comparator);

}  // namespace breakwater::view
