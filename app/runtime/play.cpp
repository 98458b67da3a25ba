#include "app/runtime/play.hpp"

#include <charconv>

#include "app/runtime/resources.hpp"
#include "core/sim/kline_file.hpp"

namespace breakwater::runtime {
namespace {

Result<sim::Scenario> loadPrices(const std::vector<std::string>& files) {
    std::vector<sim::PriceSeries> series;
    for (const std::string& file : files) {
        Result<std::string> bytes = readFile(file);
        if (!bytes) return Unexpected(bytes.error());
        Result<sim::PriceSeries> one = sim::parseKlines(*bytes, file);
        if (!one) return Unexpected(one.error());
        series.push_back(std::move(*one));
    }
    return sim::mergeKlines(std::move(series));
}

Result<std::optional<Instant>> startOf(const std::string& text, const sim::Scenario& scenario) {
    if (text.empty()) return std::optional<Instant>();
    if (text == "begin") return std::optional<Instant>(scenario.begin());
    const Result<Instant> at = Instant::parse(text);
    if (!at) return Unexpected(at.error());
    return std::optional<Instant>(*at);
}

Result<std::optional<Instant>> endOf(const std::string& text, Instant from) {
    if (text.empty()) return std::optional<Instant>();
    const Result<Instant> at = Instant::parse(text);
    if (at) return std::optional<Instant>(*at);
    const Result<Duration> length = parseLength(text);
    if (!length) {
        return fail(
            ErrorCode::Malformed,
            "'" + text +
                "' is neither a UTC time such as 2025-10-10T21:20Z nor a length such as 20m");
    }
    return std::optional<Instant>(from + *length);
}

}  // namespace

Result<Duration> parseLength(const std::string& text) {
    std::int64_t n = 0;
    const char* last = text.data() + text.size();
    const auto [end, error] = std::from_chars(text.data(), last, n);
    const std::string unit(end, last);
    const std::int64_t seconds = unit.empty() || unit == "s" ? 1
                                 : unit == "m"               ? 60
                                 : unit == "h"               ? 3'600
                                 : unit == "d"               ? 86'400
                                                             : 0;
    if (error != std::errc() || n <= 0 || seconds == 0 || n > 1'000'000'000 / seconds) {
        return fail(ErrorCode::Malformed,
                    "'" + text + "' is not a length such as 90s, 20m, 2h or 1d");
    }
    return Duration::seconds(n * seconds);
}

Result<sim::Venue> makeVenue(const PlayRequest& request, const std::filesystem::path& resources) {
    sim::VenueOptions options;
    Result<sim::Scenario> scenario = request.prices.empty()
                                         ? loadScenario(resources, request.scenario)
                                         : loadPrices(request.prices);
    if (!scenario) return Unexpected(scenario.error());
    options.scenario = std::move(*scenario);
    Result<Profile> profile = loadProfile(resources, "breakwater");
    if (!profile) return Unexpected(profile.error());
    options.profile = std::move(*profile);
    options.program = request.program;
    options.seed = request.seed;
    options.accounts = request.accounts;
    const Result<Ratio> share = Ratio::parse(request.marketShare);
    if (!share) return fail(ErrorCode::Malformed, "market share: " + share.error().message);
    options.marketShare = *share;
    Result<std::optional<Instant>> from = startOf(request.from, options.scenario);
    if (!from) return Unexpected(from.error());
    options.from = *from;
    Result<std::optional<Instant>> until =
        endOf(request.until, from->value_or(options.scenario.watchFrom));
    if (!until) return Unexpected(until.error());
    options.until = *until;
    if (!request.population.empty()) {
        Result<std::string> text = readFile(request.population);
        if (!text) return Unexpected(text.error());
        std::vector<std::string> names;
        for (const sim::PriceSeries& series : options.scenario.series)
            names.push_back(series.underlying);
        Result<std::vector<sim::SimAccount>> accounts =
            sim::parsePopulation(*text, request.population, names);
        if (!accounts) return Unexpected(accounts.error());
        options.population = std::move(*accounts);
    }
    return sim::Venue::create(std::move(options));
}

storage::RecordMeta recordMeta(const PlayRequest& request, const sim::Venue& venue,
                               std::string created) {
    storage::RecordMeta meta;
    meta.program = request.program;
    meta.venue = "embedded";
    meta.scenario = venue.scenario().name;
    meta.seed = request.seed;
    meta.created = std::move(created);
    meta.extra = {{"accounts", std::to_string(request.accounts)},
                  {"from", venue.from().toString()},
                  {"market_share", request.marketShare},
                  {"population", request.population},
                  {"prices", venue.scenario().source}};
    return meta;
}

}  // namespace breakwater::runtime
