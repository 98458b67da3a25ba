// Inside core/view: keeps the QueueLog from events, on the engine's thread.
#pragma once

#include <map>
#include <memory>
#include <vector>

#include "core/engine/state.hpp"
#include "core/event/events.hpp"
#include "core/view/queue_log.hpp"

namespace breakwater::view {

class QueueWatch {
public:
    // Starts from a state that is not empty: what runs is known, how it came to run is not.
    void prime(const EngineState& state);
    void observe(const std::vector<Event>& events, const EngineState& state);
    std::shared_ptr<const QueueLog> photograph(Instant now);

private:
    // A trace that a log holds is never written: the next entry copies it first.
    struct Slot {
        std::shared_ptr<LiquidationTrace> trace;
        bool shared = false;
    };
    template <std::size_t N>
    struct Minutes {  // one figure a minute, the last N minutes
        std::array<std::int64_t, N> minute{};
        std::array<Money, N> sum{};
        void add(std::int64_t now, Money amount);
        Money total(std::int64_t now) const;
    };
    struct Flow {
        FundFlow flow;
        Minutes<60> hour;
    };
    struct TakenMinute {
        std::int64_t minute = 0;
        std::uint32_t fills = 0;
        double notional = 0;
        double edge = 0;
    };

    void onEvent(const Event& event, const EngineState& state);
    void onStarted(const LiquidationStarted& event, Instant now);
    void onOrdered(const LiquidationOrdered& event, const EngineState& state);
    void onFilled(const LiquidationFilled& event, Instant now);
    void onEnded(const LiquidationEnded& event, Instant now);
    void onFund(const FundMoved& event, Instant now);
    void onSight(const IndexSight& event, const EngineState& state);
    void onBreaker(const BreakerChanged& event, const EngineState& state);
    // The running liquidation of an account, writable; null when none is known.
    LiquidationTrace* of(AccountId account);
    LiquidationTrace* of(LiquidationId id);
    void paidFor(AccountId account, QueueEntry::Kind kind, InstrumentId market, Money amount,
                 Instant now);
    // Into every running liquidation that holds a leg of a market for which `concerns` holds.
    template <class Concerns>
    void tellHolders(const EngineState& state, const QueueEntry& entry, Concerns concerns);

    QueueTotals m_totals;
    std::optional<EndedLiquidation> m_lastEnded;
    std::map<LiquidationId, Slot> m_running;
    std::map<AccountId, LiquidationId> m_byAccount;
    std::vector<std::optional<Instant>> m_blindSince;
    std::vector<Flow> m_flows;
    std::map<AccountId, std::array<TakenMinute, 10>> m_takers;
    std::shared_ptr<const QueueLog> m_copy;
    std::int64_t m_copyMinute = 0;
};

}  // namespace breakwater::view
