#include "core/view/words.hpp"

#include <array>
#include <charconv>
#include <cmath>

namespace breakwater::view {
namespace {

constexpr std::string_view kMinus = "\u2212";

std::string magnitude(double value, int decimals) {
    std::array<char, 400> text;
    const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(),
                                            std::fabs(value), std::chars_format::fixed, decimals);
    return error == std::errc() ? std::string(text.data(), end) : std::string("?");
}

bool isZeroText(std::string_view text) {
    return text.find_first_not_of("0.") == std::string_view::npos;
}

}  // namespace

std::string grouped(std::uint64_t count) {
    std::string text = std::to_string(count);
    for (std::size_t at = text.size(); at > 3;) {
        at -= 3;
        text.insert(at, 1, ',');
    }
    return text;
}

std::string fixed(double value, int decimals) {
    if (!std::isfinite(value)) return value > 0 ? "\u221e" : "?";
    const std::string text = magnitude(value, decimals);
    // A loss that rounds to nothing has no sign.
    return value < 0 && !isZeroText(text) ? std::string(kMinus) + text : text;
}

std::string amount(double value) {
    struct Step {
        double limit, unit;
        std::string_view suffix;
        int decimals;
    };
    // The limits lie where rounding would carry into the next unit.
    static constexpr std::array<Step, 4> kSteps{{{999.5, 1, "", 0},
                                                 {999'950, 1e3, "k", 1},
                                                 {999'950'000, 1e6, "M", 1},
                                                 {1e300, 1e9, "B", 2}}};
    // Below one unit: money that moved must not read as none.
    if (value != 0 && std::fabs(value) < 0.995) return fixed(value, 2);
    for (const Step& step : kSteps) {
        if (std::fabs(value) < step.limit)
            return fixed(value / step.unit, step.decimals) + std::string(step.suffix);
    }
    return fixed(value, 0);
}

std::string percent(double fraction, int decimals) {
    return fixed(fraction * 100, decimals) + " %";
}

std::string signedPercent(double fraction) {
    const std::string text = percent(fraction, 1);
    return fraction > 0 && !isZeroText(magnitude(fraction * 100, 1)) ? "+" + text : text;
}

std::string seconds(Duration duration) {
    const double value = duration.toSeconds();
    return fixed(value, std::fabs(value) < 10 && duration.count() % 1'000'000 != 0 ? 1 : 0) + " s";
}

std::string clockTime(Instant time) { return time.toString().substr(11, 8) + "Z"; }

std::string levelName(BreakerLevel level) { return "L" + std::to_string(static_cast<int>(level)); }

std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
    return grouped(count) + " " + std::string(count == 1 ? one : many);
}

}  // namespace breakwater::view
