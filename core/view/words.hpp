// Figures and times as the short texts of alarms and the timeline. No locale: the same words on
// every machine and in every replay.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/time.hpp"
#include "core/model/kinds.hpp"

namespace breakwater::view {

std::string grouped(std::uint64_t count);            // "4,112"
std::string fixed(double value, int decimals);       // "−12.50", U+2212 when negative
std::string amount(double value);                    // "812", "12.3k", "1.2M", "3.40B"
std::string percent(double fraction, int decimals);  // "12 %"
std::string signedPercent(double fraction);          // "−6.9 %", "+5.0 %"
std::string seconds(Duration duration);              // "4.2 s", "118 s"
std::string clockTime(Instant time);                 // "21:18:07Z"
std::string levelName(BreakerLevel level);           // "L1"
// "1 account", "4,112 accounts".
std::string counted(std::uint64_t count, std::string_view one, std::string_view many);

}  // namespace breakwater::view
