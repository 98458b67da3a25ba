// The state machine: one input in, state changed, events out. No clock, no file, no thread, no
// random; the same inputs give the same events and the same state digest everywhere.
//
// Role authority: the engine decides liquidations, fund, ADL, socialised loss and breakers, and
// asserts after every input that the books balance (and, with checkEveryInput, that every class
// total equals the sum of its cells).
#pragma once

#include <vector>

#include "core/engine/state.hpp"
#include "core/event/events.hpp"
#include "core/event/inputs.hpp"
#include "core/mitigation/adl.hpp"
#include "core/risk/certificate.hpp"

namespace breakwater {

struct EngineOptions {
    std::uint64_t digestEvery = 10'000;  // inputs between two StateDigested events
    bool checkEveryInput = false;        // re-add all cells after every input (tests)
};

class Engine {
public:
    explicit Engine(EngineOptions options = {});
    // Starts from a state that was decoded from a checkpoint.
    Engine(EngineState state, EngineOptions options);

    // Sequences must follow one another. Appends the events to `out`.
    void apply(const Input& input, std::vector<Event>& out) noexcept;

    const EngineState& state() const { return m_state; }
    AccountChunks freezeAccounts() { return m_state.books.accounts().freeze(); }
    Margin marginOf(AccountId account) const;

private:
    using Events = std::vector<Event>;
    struct Side {
        AccountId account;
        Quantity quantity;  // signed, what the trade adds
        bool maker;
    };

    // One overload per kind of input.
    void on(const SessionStarted& in, Events& out);
    void on(const ProfileLoaded& in, Events& out);
    void on(const InstrumentListed& in, Events& out);
    void on(const AccountFacts& in, Events& out);
    void on(const Transfer& in, Events& out);
    void on(const FundTransfer& in, Events& out);
    void on(const PriceObserved& in, Events& out);
    void on(const BookObserved& in, Events& out);
    void on(const Fill& in, Events& out);
    void on(const LiquidationFill& in, Events& out);
    void on(const ClockTick& in, Events& out);
    void on(const OfficerCommand& in, Events& out);
    void on(const BreakerObserved& in, Events& out);
    void on(const FeedGap& in, Events& out);
    void on(const SessionEnded& in, Events& out);

    // engine_accounts.cpp
    bool judgeFacts(const AccountFacts& in, Events& out);
    bool judgeFigures(const Fill& in, Events& out);
    // False, with a refusal, when the side may not do this; `what` names the input.
    bool judgeSide(const char* what, const Side& side, InstrumentId instrument, Price price,
                   Money fee, Events& out);
    bool judgeWithdrawal(const Transfer& in, Events& out);
    BreakerLevel strictestLevel(AccountId account) const;

    // engine_step.cpp
    void updateSources(Events& out);
    bool updateMarks(Events& out);  // true when a mark moved; fills m_largestMove
    void runBreakers(Events& out);
    void runFunding(Events& out);
    void settleFunding(InstrumentId instrument, Rate rate, Events& out);
    void runWithdrawals(Events& out);
    // Screens one account and decides it exactly where the screen cannot.
    void reassess(AccountId account, Events& out);
    void reassessAll(Events& out);
    void decideBand(AccountId account, Events& out);

    // engine_liquidation.cpp
    void startLiquidation(AccountId account, const Margin& margin, Events& out);
    void runLiquidations(Events& out);
    bool stepLiquidation(Liquidation& running, Events& out);  // true when it has ended
    bool finishLiquidation(Liquidation& running, const Margin& margin, Events& out);
    void placeOrder(Liquidation& running, const Margin& margin, Events& out);
    void coverDeficit(Liquidation& running, Money deficit, Events& out);
    Money deleverage(Liquidation& running, Money deficit, Events& out);
    Money deleverageLeg(Liquidation& running, const Leg& leg, Money deficit, Events& out);
    void socialise(Liquidation& running, Money deficit, Events& out);
    std::vector<AdlCandidate>& ranking(InstrumentId instrument, bool longs);

    // engine_commands.cpp
    bool judgeCommand(const OfficerCommand& in, Events& out);
    void setBreaker(InstrumentId instrument, const BreakerMove& move, Events& out);

    void refuse(const char* what, Refusal reason, std::uint64_t subject, std::string detail,
                Events& out);
    void moveFund(Money amount, const char* cause, const AccountId* account, Events& out);
    void digestState(Events& out);
    bool knows(InstrumentId instrument) const {
        return instrument.value() < m_state.markets.size();
    }
    const Underlying& underlyingOf(InstrumentId instrument) const {
        return m_state
            .underlyings[m_state.markets[instrument.value()].instrument.underlying.value()];
    }

    EngineOptions m_options;
    EngineState m_state;

    // Caches: rebuilt from the state, they decide nothing.
    std::vector<ScreenMarket> m_screen;
    CertificateQueue m_certificates;
    std::vector<AccountId> m_due;
    double m_largestMove = 0;
    std::vector<std::vector<AdlCandidate>> m_rankings;  // per market: shorts, longs; of this step
    std::vector<bool> m_ranked;
    std::vector<bool> m_tradable;
};

}  // namespace breakwater
