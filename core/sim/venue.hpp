// The embedded venue: an exchange with clients, makers, liquidators and an arbitrage agent, that
// lives on a recorded outside price and obeys the engine.
//
// Lockstep: next() gives one input; the caller applies it and hands the events to observe()
// before it asks again. The venue reads the engine's books as an exchange reads its own, never a
// clock; what it draws at random is keyed by (seed, agent, venue second), so the same options
// give the same inputs at any speed.
//
// Prices (domain section 10). The file is the outside market. Each oracle source quotes each
// underlying once a venue second with its own noise, delay and outages. The venue's mark is the
// index plus its own basis; forced flow and trades move the basis against a depth that thins as
// volatility rises, and the arbitrage agent (capital, latency, outages) closes it. An officer's
// act changes the outside path only through market share s:
//     outside = recorded x (1 + s x (forced impact of this run - forced impact without the act))
// where the run without the act is a twin venue that starts at the first command.
#pragma once

#include <array>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include <queue>

#include "core/engine/engine.hpp"
#include "core/sim/bridge.hpp"
#include "core/sim/population.hpp"

namespace breakwater::sim {

struct VenueOptions {
    Scenario scenario;
    Profile profile;
    std::string program;
    std::uint64_t seed = 1;
    std::size_t accounts = 20'000;
    std::optional<std::vector<SimAccount>> population;  // instead of a generated one
    Ratio marketShare;                                  // s in [0, 1]
    std::optional<Instant> from;                        // default scenario.watchFrom
    std::optional<Instant> until;
    TouchOrder order = TouchOrder::Seeded;
};

struct TimedInput {
    Instant time;
    InputBody body;
};

class Venue {
public:
    // Refuses a start or end outside the play, a market share outside [0, 1], no account,
    // figures beyond what the engine books. A population need not be balanced (the house keeps the
    // other side) nor start healthy (whoever does not is liquidated at once).
    static Result<Venue> create(VenueOptions options);

    // The next input, given the engine's state after all inputs so far. Nothing when it would lie
    // after `notAfter`, or at the end of the play (then ended() says so).
    std::optional<TimedInput> next(const EngineState& state, Instant notAfter);
    bool ended() const { return m_phase == Phase::Ended; }
    // What the engine made of an input, an officer's command included.
    void observe(const InputBody& body, const std::vector<Event>& events, const EngineState& state);
    // An officer is about to act for the first time: keeps a twin that goes on without the act.
    void keepTwin(Engine& engine);

    Instant from() const { return m_from; }
    Instant until() const { return m_until; }
    const Scenario& scenario() const { return m_outside.scenario(); }
    std::size_t clients() const { return m_population->size(); }  // without the venue's staff

private:
    // Staff: the house that opens the books, then makers, liquidators and arbitrage agents.
    static constexpr std::size_t kMakers = 8, kLiquidators = 6, kArbitrageurs = 2;
    static constexpr std::size_t kStaff = 1 + kMakers + kLiquidators + kArbitrageurs;

    enum class Phase : std::uint8_t { Listing, FirstQuotes, Accounts, Quotes, Reactions, Ended };
    enum class Desk : std::uint8_t { Orders, TopUps, Triggers, Noise, Arbitrage, Breakers, Done };

    // A price at which a client trades: a stop or a dip purchase.
    struct Trigger {
        double price;
        std::uint32_t account;
        bool stop;
    };
    struct TriggerLists {  // by market: falling triggers, highest first; rising ones, lowest first
        std::vector<std::vector<Trigger>> falling, rising;
    };
    struct TopUp {
        Instant due;
        AccountId account;
        bool operator>(const TopUp& o) const {
            return std::tie(due, account) > std::tie(o.due, o.account);
        }
    };
    struct Order {  // a liquidation order to be worked in this second
        LiquidationId id;
        InstrumentId instrument;
        Quantity remaining;
        bool hasLimit = false;
        Price limit;
        std::uint32_t attempts = 0;
    };
    struct Book {                       // the venue's own book of one market
        std::array<Price, 4> recent{};  // outside prices of this second and the three before
        bool quoted = false;            // there has been an outside price
        Instant quotedFrom;             // recent[] holds nothing older: the start, or a gap's end
        double outside = 0;             // recent[0]
        double basis = 0;               // relative to outside
        double variance = 0;            // per second, of outside returns, exponentially weighted
        double baseDepth = 0;           // $ within 1 %, calm
        double sold = 0, bought = 0;    // $ taken from each side, not yet refilled
        double forced = 0;              // relative impact of forced flow, decaying
        BreakerLevel level = BreakerLevel::Normal;  // as the venue's matching obeys it
        std::size_t fallingAt = 0, risingAt = 0;    // triggers used up
        bool inGap = false;
    };
    struct Source {
        std::vector<double> noise;  // by underlying, AR(1)
        Instant downUntil;
        Duration delay;
    };
    struct BreakerNotice {
        Instant due;
        InstrumentId instrument;
        BreakerLevel level;
    };
    struct Twin;

    Venue(VenueOptions options, OutsideMarket outside);

    // venue.cpp
    void queueListing();
    std::optional<InputBody> nextAccount(const EngineState& state);
    void queueSecond();
    void queueQuotes(bool first);
    void quoteUnderlying(std::uint16_t u, bool first);
    std::optional<InputBody> react(const EngineState& state);
    double shareFactor(std::size_t m);
    void advanceTwin();
    void noteHealth(const HealthBandChanged& event);
    std::int64_t second() const { return m_time.microseconds() / 1'000'000; }
    bool isStaff(AccountId account) const { return account.value() < m_staff.size(); }

    // venue_book.cpp
    void moveBook(std::uint16_t m);
    double depth(const Book& book) const;
    void take(std::uint16_t m, double signedValue, bool forced);
    // What the book would give for a market order of `wanted`: quantity (lots) and price (tick).
    struct Quote {
        Quantity quantity;
        Price price;
    };
    std::optional<Quote> walk(std::uint16_t m, Quantity wanted, const Price* limit,
                              double deepest) const;
    std::optional<AccountId> pickCounterparty(const EngineState& state, std::uint16_t m,
                                              Quantity quantity, bool liquidators);
    std::optional<InputBody> workOrders(const EngineState& state);
    std::optional<InputBody> arbitrage(const EngineState& state);

    // venue_clients.cpp
    void buildTriggers(const std::vector<PopulationMarket>& markets);
    std::optional<InputBody> topUps(const EngineState& state);
    std::optional<InputBody> triggers(const EngineState& state);
    std::optional<InputBody> noise(const EngineState& state);
    std::optional<InputBody> marketOrder(const EngineState& state, AccountId account,
                                         std::uint16_t m, Quantity wanted);
    std::optional<InputBody> breakers();

    std::shared_ptr<const std::vector<SimAccount>> m_population;
    std::shared_ptr<const TriggerLists> m_triggers;
    std::vector<Instrument> m_instruments;
    Profile m_profile;
    std::string m_program;
    std::uint64_t m_seed = 1;
    Ratio m_marketShare;
    double m_share = 0;
    OutsideMarket m_outside;
    Instant m_from, m_until, m_time;

    Phase m_phase = Phase::Listing;
    Desk m_desk = Desk::Done;
    std::deque<InputBody> m_queue;
    std::size_t m_nextAccount = 0;
    double m_openInterest = 0;

    std::vector<Book> m_books;
    std::vector<Source> m_sources;
    std::deque<Order> m_orders;
    std::vector<Money> m_reserves;  // by account, what is left to send
    std::priority_queue<TopUp, std::vector<TopUp>, std::greater<TopUp>> m_topUps;
    std::vector<BreakerNotice> m_notices;
    struct Staff {
        AccountTag tag;
        bool arbitrage = false;
        double equity = 0;   // at the start
        Instant restsUntil;  // refused for want of margin: not asked again until then
    };
    std::vector<Staff> m_staff;  // the first accounts: house, makers, liquidators, arbitrage agents
    std::uint32_t m_noiseLeft = 0;
    std::uint32_t m_turn = 0;  // round robin over the staff
    std::uint16_t m_marketCursor = 0;
    Instant m_arbitrageDownUntil;
    bool m_houseSettled = false;
    std::shared_ptr<Twin> m_twin;
    bool m_isTwin = false;
};

}  // namespace breakwater::sim
