// Shared by the tests of the venue's input side.
#pragma once

#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>

#include "core/num/units.hpp"
#include "core/sim/bars.hpp"

namespace breakwater::sim::test {

inline std::string fileBytes(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot open " + path);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return bytes.str();
}

inline Price price(std::string_view text) { return Price::parse(text).value(); }
inline Money money(std::string_view text) { return Money::parse(text).value(); }
inline Quantity quantity(std::string_view text) { return Quantity::parse(text).value(); }
inline Ratio plainRatio(std::string_view text) { return Ratio::parse(text).value(); }
inline Instant instant(std::string_view text) { return Instant::parse(text).value(); }

inline Bar bar(std::string_view start, int minutes, std::string_view open, std::string_view high,
               std::string_view low, std::string_view close) {
    return {instant(start), Duration::minutes(minutes), price(open), price(high), price(low),
            price(close)};
}

}  // namespace breakwater::sim::test
