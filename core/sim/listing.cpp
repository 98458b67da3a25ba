#include "core/sim/listing.hpp"

namespace breakwater::sim {
namespace {

struct TierRow {
    std::int64_t upTo;
    const char* maintenance;
    const char* initial;
};

constexpr TierRow kMajor[] = {{250'000, "0.005", "0.01"},
                              {1'000'000, "0.01", "0.02"},
                              {10'000'000, "0.025", "0.05"},
                              {50'000'000, "0.05", "0.1"},
                              {500'000'000, "0.125", "0.25"}};
constexpr TierRow kOther[] = {{50'000, "0.01", "0.02"},
                              {250'000, "0.02", "0.04"},
                              {1'000'000, "0.04", "0.08"},
                              {10'000'000, "0.1", "0.2"},
                              {100'000'000, "0.25", "0.5"}};

Ratio figure(const char* text) { return *Ratio::parse(text); }

Decimal powerOfTen(int exponent) {
    Int128 raw = Decimal::kScale;
    for (; exponent > 0; --exponent)
        raw *= 10;
    for (; exponent < 0; ++exponent)
        raw /= 10;
    return Decimal::fromRaw(raw);
}

// Largest e with 10^e <= price.
int exponentOf(Price price) {
    int e = -11;
    while (e < 14 && powerOfTen(e + 1) <= price.value())
        ++e;
    return e;
}

}  // namespace

Instrument listPerpetual(InstrumentId id, UnderlyingId underlying, const std::string& symbol,
                         Price price) {
    Instrument instrument;
    instrument.id = id;
    instrument.underlying = underlying;
    instrument.symbol = symbol + "-PERP";
    instrument.code = symbol;
    const int e = exponentOf(price);
    instrument.tick = Price(powerOfTen(std::max(e - 6, -11)));
    instrument.lot = Quantity(powerOfTen(std::clamp(-e, -9, 9)));
    instrument.takerFee = figure("0.0005");
    const bool major = symbol == "BTC" || symbol == "ETH";
    for (const TierRow& row : major ? kMajor : kOther) {
        MarginTier tier;
        tier.upTo = Money::fromInteger(row.upTo);
        tier.maintenanceRate = figure(row.maintenance);
        tier.initialRate = figure(row.initial);
        instrument.tiers.push_back(tier);
    }
    completeDeductions(instrument.tiers);
    return instrument;
}

PopulationMarket populationMarket(const Instrument& instrument, const std::string& underlying,
                                  Price price) {
    PopulationMarket market;
    market.underlying = underlying;
    market.price = price;
    market.tick = instrument.tick;
    market.lot = instrument.lot;
    Money from;
    for (const MarginTier& tier : instrument.tiers) {
        market.tiers.push_back(
            {from, Ratio(Decimal::divide(Decimal::fromInteger(1), tier.initialRate.value(),
                                         Round::TowardZero))});
        from = tier.upTo;
    }
    return market;
}

}  // namespace breakwater::sim
