// A venue on the table: an engine, a clock, and the outside prices, moved by hand.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/engine/engine.hpp"
#include "tests/core/event/golden_file.hpp"
#include "tests/core/model/sample.hpp"

namespace breakwater::test {

inline const Profile& embeddedProfile() {
    static const Profile profile =
        parseProfile(readFile(sourcePath("resources/profiles/breakwater.json")), "breakwater.json")
            .value();
    return profile;
}

inline OpeningLeg opening(std::uint16_t market, const char* size, const char* at) {
    return {InstrumentId(market), quantity(size), price(at)};
}

class Desk {
public:
    explicit Desk(EngineOptions options = {.digestEvery = 0, .checkEveryInput = true});

    // Applies one input now; returns its events.
    const std::vector<Event>& put(InputBody body);
    const std::vector<Event>& last() const { return m_last; }
    // Everything told since the desk was set up.
    const std::vector<Event>& told() const { return m_told; }
    const std::vector<Input>& inputs() const { return m_inputs; }

    // The session, its profile, and one market per code at its outside price.
    void openVenue(const Profile& profile,
                   const std::vector<std::pair<std::string, const char*>>& markets);
    AccountId open(const std::string& name, AccountTag tag, const char* deposit,
                   std::vector<OpeningLeg> legs = {}, AccountId counterparty = AccountId(0));
    void setPrice(std::uint16_t underlying, const char* at) { m_outside[underlying] = price(at); }
    // Only these sources speak from now on.
    void setSources(std::vector<std::uint16_t> sources) { m_sources = std::move(sources); }
    // Lets time pass, quotes the outside prices and ticks; returns the tick's events.
    const std::vector<Event>& tick(Duration pause = Duration::seconds(1));
    void wait(Duration pause) { m_now = m_now + pause; }
    void startAt(const char* time) { m_now = Instant::parse(time).value(); }
    void deposit(AccountId account, const char* amount, AssetId asset = AssetId(0)) {
        put(Transfer{account, asset, money(amount)});
    }
    const std::vector<Event>& command(BreakerLevel level, Duration duration,
                                      std::vector<InstrumentId> markets, const std::string& reason);
    const std::vector<Event>& fill(std::uint16_t market, AccountId taker, AccountId maker,
                                   const char* size, const char* at);
    // Somebody takes the standing order of the account's liquidation, whole, at this price.
    const std::vector<Event>& takeOrder(AccountId liquidated, AccountId counterparty,
                                        const char* at);

    const Engine& engine() const { return m_engine; }
    const EngineState& state() const { return m_engine.state(); }
    const Books& books() const { return state().books; }
    Instant now() const { return m_now; }
    Money cash(AccountId account) const { return books().accounts().at(account).cash; }
    Quantity held(AccountId account, std::uint16_t market) const;
    BreakerLevel level(std::uint16_t market) const { return state().breakers[market].level; }
    const Liquidation* liquidationOf(AccountId account) const;

private:
    Engine m_engine;
    Instant m_now = Instant::parse("2025-10-10T21:00:00Z").value();
    std::map<std::uint16_t, Price> m_outside;
    std::vector<std::uint16_t> m_sources{0, 1, 2};
    std::vector<Event> m_last;
    std::vector<Event> m_told;
    std::vector<Input> m_inputs;
    std::uint64_t m_command = 0;
};

template <class T>
std::vector<T> all(const std::vector<Event>& events) {
    std::vector<T> found;
    for (const Event& e : events) {
        if (const T* one = std::get_if<T>(&e)) found.push_back(*one);
    }
    return found;
}

// The reason of the only refusal among the events; nothing when there is none.
inline std::optional<Refusal> refusal(const std::vector<Event>& events) {
    const std::vector<Refused> found = all<Refused>(events);
    if (found.empty()) return std::nullopt;
    return found.front().reason;
}

}  // namespace breakwater::test

namespace breakwater {

inline void PrintTo(Refusal value, std::ostream* out) { *out << word(value); }
inline void PrintTo(BreakerLevel value, std::ostream* out) { *out << word(value); }
inline void PrintTo(HealthBand value, std::ostream* out) { *out << word(value); }
inline void PrintTo(LiquidationEnd value, std::ostream* out) { *out << word(value); }

}  // namespace breakwater
