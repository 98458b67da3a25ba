// What the tests of the embedded venue share: plays of the shipped scenarios, and what was said
// in them.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/sim/listing.hpp"
#include "core/sim/lockstep.hpp"
#include "core/sim/scenario_file.hpp"
#include "tests/core/sim/sim_input_helpers.hpp"

namespace breakwater::sim::test {

inline constexpr std::uint32_t kVenuesOwn = 17;  // the venue's own accounts come first
inline const Instant kWatch = instant("2025-10-10T20:30:00Z");
inline const Instant kCrash = instant("2025-10-10T21:10:00Z");

inline const Scenario& october() {
    static const Scenario scenario = [] {
        const std::string path =
            BREAKWATER_SOURCE_DIR "/resources/scenarios/2025-10-10_liquidation_cascade.scenario";
        return parseScenario(fileBytes(path), path).value();
    }();
    return scenario;
}

inline const Profile& embedded() {
    static const Profile profile = [] {
        const std::string path = BREAKWATER_SOURCE_DIR "/resources/profiles/breakwater.json";
        return parseProfile(fileBytes(path), path).value();
    }();
    return profile;
}

inline VenueOptions options(std::size_t accounts, Instant from, Duration length,
                            std::uint64_t seed = 1) {
    VenueOptions options;
    options.scenario = october();
    options.profile = embedded();
    options.program = "breakwater test";
    options.seed = seed;
    options.accounts = accounts;
    options.marketShare = plainRatio("0.1");
    options.from = from;
    options.until = from + length;
    return options;
}

inline Venue venueOf(VenueOptions options) {
    Result<Venue> venue = Venue::create(std::move(options));
    if (!venue) throw std::runtime_error(venue.error().message);
    return std::move(*venue);
}

// The markets as Venue::create lists them.
inline std::vector<PopulationMarket> marketsOf(const VenueOptions& options) {
    std::vector<PopulationMarket> markets;
    const std::size_t n = options.scenario.series.size();
    OutsideMarket probe(options.scenario, std::vector<Price>(n, Price(Decimal::fromRaw(1))),
                        {options.seed, options.order});
    for (std::uint16_t u = 0; u < n; ++u) {
        const Price at = *probe.priceAt(u, *options.from);
        const std::string& symbol = options.scenario.series[u].underlying;
        markets.push_back(populationMarket(
            listPerpetual(InstrumentId(u), UnderlyingId(u), symbol, at), symbol, at));
    }
    return markets;
}

inline std::vector<SimAccount> populationOf(const VenueOptions& options) {
    return generatePopulation({options.seed, options.accounts, marketsOf(options)}).value();
}

// Plays to the end. `watch` sees every input with its events, once applied.
inline void playOut(Lockstep& play, const std::function<void(const Lockstep&)>& watch = {}) {
    while (play.advance()) {
        if (watch) watch(play);
    }
    EXPECT_TRUE(play.ended());
}

// Chained over every encoded step.
inline Digest stepsDigest(VenueOptions options) {
    Lockstep play(venueOf(std::move(options)));
    DigestBuilder digest;
    while (play.advance())
        digest.add(play.step().bytes);
    return digest.finish();
}

// Every quote of every source, in order.
struct QuoteLine {
    Instant time;
    PriceObserved quote;
    friend bool operator==(const QuoteLine& a, const QuoteLine& b) {
        return a.time == b.time && a.quote.underlying == b.quote.underlying &&
               a.quote.source == b.quote.source && a.quote.price == b.quote.price &&
               a.quote.observedAt == b.quote.observedAt;
    }
};

// `act` is given at `at`, unless it is null.
inline std::vector<QuoteLine> quotesOf(VenueOptions options, const OfficerCommand* act = nullptr,
                                       Instant at = {}) {
    Lockstep play(venueOf(std::move(options)));
    play.setEncoding(false);
    std::vector<QuoteLine> quotes;
    const auto collect = [&] {
        if (const auto* quote = std::get_if<PriceObserved>(&play.input().body))
            quotes.push_back({play.input().time, *quote});
    };
    if (act != nullptr) {
        while (play.advance(at))
            collect();
        play.command(*act);
    }
    while (play.advance())
        collect();
    return quotes;
}

inline OfficerCommand command(BreakerLevel level, std::int64_t seconds,
                              std::string reason = "test") {
    OfficerCommand command;
    command.id = CommandId(1);
    command.officer = "m.reyes";
    command.scope = ScopeKind::Venue;
    command.level = level;
    command.duration = Duration::seconds(seconds);
    command.reason = std::move(reason);
    return command;
}

}  // namespace breakwater::sim::test
