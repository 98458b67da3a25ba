// A play as a person asks for it (names, files, texts), made into a venue.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/sim/venue.hpp"
#include "storage/record_format.hpp"

namespace breakwater::runtime {

inline constexpr const char* kDefaultScenario = "2025-10-10_liquidation_cascade";

struct PlayRequest {
    std::string scenario = kDefaultScenario;
    std::vector<std::string> prices;  // kline files; instead of the scenario
    std::string population;           // CSV; instead of generated accounts
    std::size_t accounts = 20'000;
    std::uint64_t seed = 1;
    std::string marketShare = "0.1";
    std::string from;   // instant; "" the play's own start, "begin" its first bar
    std::string until;  // instant, or a length such as 20m, 2h, 90s; "" the end of the prices
    std::string program;
};

// "90s", "20m", "2h", "1d"; plain digits are seconds.
Result<Duration> parseLength(const std::string& text);

Result<sim::Venue> makeVenue(const PlayRequest& request, const std::filesystem::path& resources);
storage::RecordMeta recordMeta(const PlayRequest& request, const sim::Venue& venue,
                               std::string created);

}  // namespace breakwater::runtime
