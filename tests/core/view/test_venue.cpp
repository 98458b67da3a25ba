#include "core/view/test_venue.hpp"

#include <cmath>
#include <fstream>
#include <iterator>
#include <random>

namespace breakwater::view::test {
namespace {

Profile profile() {
    std::ifstream file(BREAKWATER_SOURCE_DIR "/resources/profiles/breakwater.json");
    const std::string text((std::istreambuf_iterator<char>(file)),
                           std::istreambuf_iterator<char>());
    return *parseProfile(text, "breakwater.json");
}

}  // namespace

TestVenue::TestVenue(EngineOptions options)
    : m_engine(options), m_now(*Instant::parse("2025-10-10T20:00:00Z")) {
    feed(SessionStarted{Role::Authority, "embedded", "test", "test", 77, "0.1"});
    const Profile p = profile();
    feed(ProfileLoaded{p, digestOf(p)});
    list("ETH", "ETH", 0);
    list("BTC", "BTC", 1);
    list("SOL", "SOL", 2);
    list("ETHM", "ETH", 0);
    tick();
    open(1e12, {}, AccountTag::Maker, "maker");
}

void TestVenue::list(const std::string& code, const std::string& underlying,
                     std::uint16_t underlyingId) {
    Instrument i;
    i.id = InstrumentId(static_cast<std::uint16_t>(state().markets.size()));
    i.symbol = code + "-PERP";
    i.code = code;
    i.underlying = UnderlyingId(underlyingId);
    i.tick = *Price::parse("0.01");
    i.lot = *Quantity::parse("0.0001");
    i.takerFee = *Ratio::parse("0.0005");
    const auto tier = [](std::int64_t upTo, const char* maintenance, const char* initial) {
        return MarginTier{
            Money::fromInteger(upTo), *Ratio::parse(maintenance), *Ratio::parse(initial), {}, {}};
    };
    i.tiers = {tier(100'000, "0.01", "0.02"), tier(1'000'000, "0.025", "0.05"),
               tier(1'000'000'000, "0.1", "0.2")};
    completeDeductions(i.tiers);
    feed(InstrumentListed{i, underlying});
}

const std::vector<Event>& TestVenue::feed(InputBody body) {
    const Input input{++m_sequence, m_now, std::move(body)};
    m_events.clear();
    m_engine.apply(input, m_events);
    m_projector.observe(input, m_events, m_engine.state());
    return m_events;
}

const std::vector<Event>& TestVenue::tick() {
    wait(Duration::seconds(1));
    for (std::size_t u = 0; u < m_prices.size(); ++u) {
        for (std::size_t s = m_silent; s < state().profile.sources.size(); ++s) {
            feed(PriceObserved{UnderlyingId(static_cast<std::uint16_t>(u)),
                               SourceId(static_cast<std::uint16_t>(s)), price(m_prices[u]), m_now});
        }
    }
    return feed(ClockTick{});
}

void TestVenue::ticks(int count) {
    for (int i = 0; i < count; ++i)
        tick();
}

AccountId TestVenue::open(double deposit, std::vector<OpeningLeg> legs, AccountTag tag,
                          std::string name) {
    const AccountId id(static_cast<std::uint32_t>(state().books.accounts().size()));
    if (name.empty()) name = "0x" + std::to_string(100'000 + id.value() * 7919 % 900'000);
    feed(AccountFacts{id, std::move(name), tag, money(deposit), kMaker, std::move(legs)});
    return id;
}

AccountId TestVenue::openEth(double size, double equity) {
    return open(equity, {{kEth, quantity(size / m_prices[0]), price(m_prices[0])}});
}

void TestVenue::openRandom(std::size_t count, std::uint64_t seed) {
    std::mt19937_64 random(seed);
    const auto uniform = [&](double low, double high) {
        return low + (high - low) * static_cast<double>(random() >> 11) * 0x1p-53;
    };
    const std::array<double, 4> marks{m_prices[0], m_prices[1], m_prices[2], m_prices[0]};
    for (std::size_t n = 0; n < count; ++n) {
        std::vector<OpeningLeg> legs;
        double gross = 0, profit = 0;
        for (std::uint16_t m = 0; m < 4; ++m) {
            if (random() % 2 == 0) continue;
            // Sizes over all tiers; entries up to 10 % away from the mark.
            const double size = std::pow(10.0, uniform(2, 6.7));
            const double entry = marks[m] * uniform(0.9, 1.1);
            const double q = std::round(size / marks[m] * 1e4) / 1e4 * (random() % 2 == 0 ? 1 : -1);
            if (q == 0) continue;
            gross += size;
            profit += q * (marks[m] - entry);
            legs.push_back({InstrumentId(m), quantity(q), price(std::round(entry * 100) / 100)});
        }
        const double equity = legs.empty() ? uniform(0, 1e5) : gross * uniform(-0.02, 0.3);
        const auto tag = random() % 10 == 0 ? AccountTag::Maker : AccountTag::Client;
        const AccountId id = open(std::max(0.0, std::round(equity - profit)), std::move(legs), tag);
        if (random() % 5 == 0) feed(Transfer{id, AssetId(1), money(std::round(uniform(1, 5000)))});
    }
}

void TestVenue::command(BreakerLevel level, Duration duration, std::vector<InstrumentId> markets,
                        CommandKind kind) {
    OfficerCommand c;
    c.id = CommandId(++m_command);
    c.officer = "officer-1";
    c.kind = kind;
    c.scope = ScopeKind::List;
    c.instruments = std::move(markets);
    c.level = level;
    c.duration = duration;
    c.reason = "test";
    feed(c);
}

void TestVenue::acknowledge(std::uint64_t alarm) {
    OfficerCommand c;
    c.id = CommandId(++m_command);
    c.officer = "officer-1";
    c.kind = CommandKind::Acknowledge;
    c.alarm = alarm;
    feed(c);
}

void TestVenue::obey() {
    for (std::size_t m = 0; m < state().markets.size(); ++m) {
        feed(BreakerObserved{InstrumentId(static_cast<std::uint16_t>(m)),
                             state().breakers[m].level});
    }
}

std::vector<Alarm> TestVenue::alarmsOf(AlarmKind kind) {
    std::vector<Alarm> found;
    for (const Alarm& alarm : alarms().open) {
        if (alarm.kind == kind) found.push_back(alarm);
    }
    return found;
}

}  // namespace breakwater::view::test
