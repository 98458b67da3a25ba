#include "core/view/projector.hpp"

#include <algorithm>
#include <type_traits>
#include <utility>

#include "core/view/alarm_board.hpp"
#include "core/view/history.hpp"
#include "core/view/timeline.hpp"

namespace breakwater::view {
namespace {

// The parts of a snapshot that are copied from the state, and only when an input touched them.
enum Part : std::uint32_t {
    kAccounts = 1,
    kUnderlyings = 2,
    kMarkets = 4,
    kBreakers = 8,
    kLiquidations = 16,
    kWithdrawals = 32,
    kProfile = 64,
    kAlarms = 128,
    kAll = 255,
};

// By the input's place in InputBody. A tick may touch everything but the profile.
constexpr std::array<std::uint32_t, std::variant_size_v<InputBody>> kTouches{
    0,                                             // SessionStarted
    kAll,                                          // ProfileLoaded
    kUnderlyings | kMarkets | kBreakers,           // InstrumentListed
    kAccounts | kLiquidations,                     // AccountFacts
    kAccounts | kLiquidations | kWithdrawals,      // Transfer
    0,                                             // FundTransfer
    kUnderlyings,                                  // PriceObserved
    kMarkets,                                      // BookObserved
    kAccounts | kMarkets | kLiquidations,          // Fill
    kAccounts | kMarkets | kLiquidations,          // LiquidationFill
    kAll & ~static_cast<std::uint32_t>(kProfile),  // ClockTick
    kBreakers,                                     // OfficerCommand
    kBreakers,                                     // BreakerObserved
    kUnderlyings,                                  // FeedGap
    0,                                             // SessionEnded
};
static_assert(kTouches.size() == 15, "a new input says here what it touches");

constexpr std::size_t kTick = 10;
static_assert(std::is_same_v<std::variant_alternative_t<kTick, InputBody>, ClockTick>);

template <class T>
std::shared_ptr<const T> shared(T value) {
    return std::make_shared<const T>(std::move(value));
}

}  // namespace

struct Projector::Impl {
    bool primed = false;
    std::uint32_t dirty = kAll;
    Sequence sequence = 0;  // of the last input seen
    std::uint64_t seed = 0;
    Digest digest;
    Sequence digestAt = 0;
    Money capitalIn, capitalOut;
    Histories histories;
    Timeline timeline;
    AlarmBoard alarms;
    bool listened = false;
    std::vector<TimelineEntry> raised;
    Snapshot parts;  // the shared parts as they were last copied

    void prime(Sequence at, const EngineState& state);
    void observe(const Input& input, const std::vector<Event>& events, const EngineState& state);
    void keep(const Event& event, Sequence at);
    void takeNotices();
    void refreshParts(Engine& engine);
    FundView fund(const EngineState& state);
};

// A projector may begin in the middle of a record, after a checkpoint.
void Projector::Impl::prime(Sequence at, const EngineState& state) {
    primed = true;
    histories.prime(state);
    if (at > 1) {
        alarms.prime(state);
        capitalIn = alarms.fundCapital();
    }
}

void Projector::Impl::observe(const Input& input, const std::vector<Event>& events,
                              const EngineState& state) {
    sequence = input.sequence;
    const std::size_t kind = input.body.index();
    dirty |= kTouches[kind];
    if (!primed) {
        prime(input.sequence, state);
        if (input.sequence > 1) return;
    }
    histories.advance(state.time);
    if (events.empty() && kTouches[kind] != 0 && kind != kTick) return;
    if (const auto* session = std::get_if<SessionStarted>(&input.body)) seed = session->seed;
    if (!events.empty()) {
        histories.onEvents(events, state);
        for (const Event& event : events)
            keep(event, input.sequence);
        // An event tells what its input touched besides its own parts.
        dirty |= kAlarms | kAccounts | kLiquidations | kWithdrawals;
    }
    timeline.observe(input, events, state);
    alarms.observe(input, events, state);
    takeNotices();
}

void Projector::Impl::keep(const Event& event, Sequence at) {
    if (const auto* digested = std::get_if<StateDigested>(&event)) {
        digest = digested->digest;
        digestAt = at;
    } else if (const auto* moved = std::get_if<FundMoved>(&event);
               moved != nullptr && moved->cause == "capital") {
        (moved->amount.isNegative() ? capitalOut : capitalIn) += moved->amount.abs();
    }
}

void Projector::Impl::takeNotices() {
    for (AlarmBoard::Notice& notice : alarms.takeNotices()) {
        if (listened) raised.push_back({sequence, notice.time, notice.text, notice.priority});
        timeline.add(sequence, notice.time, std::move(notice.text), notice.priority);
    }
}

void Projector::Impl::refreshParts(Engine& engine) {
    const EngineState& state = engine.state();
    if (dirty & kProfile) parts.profile = shared(state.profile);
    if (dirty & kAccounts) parts.accounts = shared(engine.freezeAccounts());
    if (dirty & kUnderlyings) parts.underlyings = shared(state.underlyings);
    if (dirty & kMarkets) parts.markets = shared(state.markets);
    if (dirty & kBreakers) parts.breakers = shared(state.breakers);
    if (dirty & kWithdrawals) parts.withdrawals = shared(state.withdrawals);
    if (dirty & kLiquidations) {
        std::vector<Liquidation> running;
        running.reserve(state.liquidations.size());
        for (const auto& [id, liquidation] : state.liquidations)
            running.push_back(liquidation);
        parts.liquidations = shared(std::move(running));
    }
    if (dirty & kAlarms) parts.alarms = shared(alarms.view(state));
    dirty = 0;
}

FundView Projector::Impl::fund(const EngineState& state) {
    FundView view;
    view.balance = state.books.fund();
    view.capital = capitalIn - capitalOut;
    view.low = state.tally.fundSeen ? state.tally.fundLow : view.balance;
    // The tally counts capital among the movements; here it stands apart.
    view.paid = state.tally.fundPaid - capitalOut;
    view.received = std::max(state.tally.fundReceived - capitalIn, Money());
    view.history = histories.fund();
    return view;
}

Projector::Projector() : m_impl(std::make_unique<Impl>()) {}
Projector::~Projector() = default;
Projector::Projector(Projector&&) noexcept = default;
Projector& Projector::operator=(Projector&&) noexcept = default;

void Projector::beginAt(const EngineState& state) {
    m_impl->sequence = state.sequence;
    m_impl->prime(state.sequence, state);
}

// Without the photographed parts: they would keep the account chunks of that instant alive.
Projector Projector::clone() const {
    Projector other;
    *other.m_impl = *m_impl;
    other.m_impl->parts = {};
    other.m_impl->dirty = kAll;
    other.m_impl->listened = false;
    other.m_impl->raised.clear();
    return other;
}

void Projector::listen() { m_impl->listened = true; }

std::vector<TimelineEntry> Projector::takeRaised() { return std::exchange(m_impl->raised, {}); }

void Projector::observe(const Input& input, const std::vector<Event>& events,
                        const EngineState& state) {
    m_impl->observe(input, events, state);
}

void Projector::report(AlarmKind kind, bool raised, std::string effect, Instant now) {
    m_impl->alarms.report(kind, raised, std::move(effect), now);
    m_impl->dirty |= kAlarms;
    m_impl->takeNotices();
}

std::shared_ptr<const Snapshot> Projector::project(Engine& engine) {
    const EngineState& state = engine.state();
    m_impl->refreshParts(engine);
    auto snapshot = std::make_shared<Snapshot>(m_impl->parts);
    snapshot->sequence = state.sequence;
    snapshot->asOf = state.time;
    snapshot->venue = state.venue;
    snapshot->scenario = state.scenario;
    snapshot->seed = m_impl->seed;
    snapshot->accountCount = state.books.accounts().size();
    snapshot->marketHistory = m_impl->histories.markets();
    snapshot->flow = m_impl->histories.flow();
    snapshot->timeline = m_impl->timeline.entries();
    snapshot->commands = m_impl->timeline.commands();
    snapshot->fund = m_impl->fund(state);
    snapshot->tally = state.tally;
    snapshot->stateDigest = m_impl->digest;
    snapshot->stateDigestAt = m_impl->digestAt;
    return snapshot;
}

}  // namespace breakwater::view
