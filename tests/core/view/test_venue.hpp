// A real engine with a projector behind it, fed by hand: three underlyings, four markets (two on
// ETH), five price sources, ticks of one second.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/engine/engine.hpp"
#include "core/view/projector.hpp"

namespace breakwater::view::test {

inline Money money(double value) { return Money(*Decimal::fromDouble(value)); }
inline Price price(double value) { return Price(*Decimal::fromDouble(value)); }
inline Quantity quantity(double value) { return Quantity(*Decimal::fromDouble(value)); }

class TestVenue {
public:
    static constexpr AccountId kMaker{0};
    static constexpr InstrumentId kEth{0}, kBtc{1}, kSol{2}, kEthMini{3};
    static constexpr double kEthPrice = 4000, kBtcPrice = 100'000, kSolPrice = 200;

    // Listed, priced, with a maker of deep pockets.
    explicit TestVenue(EngineOptions options = {});
    TestVenue(const TestVenue&) = delete;
    TestVenue& operator=(const TestVenue&) = delete;

    // Every input is numbered, applied and shown to the projector. Returns its events.
    const std::vector<Event>& feed(InputBody body);
    void wait(Duration duration) { m_now = m_now + duration; }
    // A second passes, every source quotes every price, the clock ticks.
    const std::vector<Event>& tick();
    void ticks(int count);
    void setPrices(double eth, double btc, double sol) { m_prices = {eth, btc, sol}; }
    void moveEth(double relative) { m_prices[0] = kEthPrice * (1 + relative); }
    // That many sources go silent from now on.
    void silence(std::size_t sources) { m_silent = sources; }

    AccountId open(double deposit, std::vector<OpeningLeg> legs,
                   AccountTag tag = AccountTag::Client, std::string name = {});
    // One ETH leg of `size` dollars, negative for short, with `equity` dollars behind it.
    AccountId openEth(double size, double equity);
    // `count` accounts with up to four legs on either side, from healthy to deep under water.
    void openRandom(std::size_t count, std::uint64_t seed);
    void command(BreakerLevel level, Duration duration, std::vector<InstrumentId> markets,
                 CommandKind kind = CommandKind::SetLevel);
    void acknowledge(std::uint64_t alarm);
    // The venue's matching is seen to obey, on every market.
    void obey();
    void capital(double amount) { feed(FundTransfer{Books::kSettlement, money(amount)}); }

    std::shared_ptr<const Snapshot> project() { return m_projector.project(m_engine); }
    AlarmView alarms() { return *project()->alarms; }
    // Open alarms of a kind; a test mostly wants none or one.
    std::vector<Alarm> alarmsOf(AlarmKind kind);

    Engine& engine() { return m_engine; }
    Projector& projector() { return m_projector; }
    const EngineState& state() const { return m_engine.state(); }
    Instant now() const { return m_now; }

private:
    void list(const std::string& code, const std::string& underlying, std::uint16_t underlyingId);

    Engine m_engine;
    Projector m_projector;
    std::vector<Event> m_events;
    Sequence m_sequence = 0;
    Instant m_now;
    std::array<double, 3> m_prices{kEthPrice, kBtcPrice, kSolPrice};
    std::size_t m_silent = 0;
    std::uint64_t m_command = 0;
};

}  // namespace breakwater::view::test
