// The conditions: what is looked at, against which figures.
#include <algorithm>
#include <utility>

#include "core/view/alarm_board.hpp"

namespace breakwater::view {
namespace {

std::int64_t secondOf(Instant time) { return time.microseconds() / 1'000'000; }

std::size_t stepsOf(Duration window, Duration step) {
    return static_cast<std::size_t>(window.count() / step.count()) + 1;
}

}  // namespace

void AlarmBoard::onEvent(const Event& event, const EngineState& state) {
    if (const auto* band = std::get_if<HealthBandChanged>(&event)) {
        onBand(*band, state);
    } else if (std::holds_alternative<LiquidationStarted>(event)) {
        m_started.add(secondOf(state.time));
    } else if (std::holds_alternative<LiquidationEnded>(event)) {
        m_ended.add(secondOf(state.time));
        m_unfilled.erase(std::get<LiquidationEnded>(event).liquidation);
    } else if (const auto* ordered = std::get_if<LiquidationOrdered>(&event)) {
        m_unfilled.emplace(ordered->liquidation, state.time);
    } else if (const auto* filled = std::get_if<LiquidationFilled>(&event)) {
        m_unfilled.erase(filled->liquidation);
    } else if (const auto* fund = std::get_if<FundMoved>(&event)) {
        if (fund->cause == "capital") m_capital += fund->amount;
    } else if (const auto* adl = std::get_if<AdlExecuted>(&event)) {
        pulse(topicOf(AlarmKind::AutoDeleveraging), 1,
              notional(adl->quantity.abs(), adl->mark, Round::TowardZero).toDouble(), state.time);
    } else if (const auto* loss = std::get_if<LossSocialised>(&event)) {
        pulse(topicOf(AlarmKind::SocialisedLoss), loss->payers, loss->amount.toDouble(),
              state.time);
    } else if (const auto* uncovered = std::get_if<LossUncovered>(&event)) {
        pulse(topicOf(AlarmKind::SocialisedLoss), 0, uncovered->amount.toDouble(), state.time);
    } else if (const auto* breaker = std::get_if<BreakerChanged>(&event)) {
        onBreaker(*breaker, state);
    } else if (const auto* effective = std::get_if<BreakerEffective>(&event)) {
        judgeBreaker(effective->instrument.value(), state);
    } else if (const auto* acknowledged = std::get_if<AlarmAcknowledged>(&event)) {
        acknowledge(acknowledged->alarm);
    }
}

void AlarmBoard::onBand(const HealthBandChanged& event, const EngineState& state) {
    const bool was = event.from >= HealthBand::BelowMaintenance;
    const bool is = event.to >= HealthBand::BelowMaintenance;
    if (was == is) return;
    if (is) {
        ++m_below;
        countChild(event.account, state);
    } else if (m_below > 0) {
        --m_below;
    }
}

void AlarmBoard::onBreaker(const BreakerChanged& event, const EngineState& state) {
    const std::size_t market = event.instrument.value();
    if (market >= m_granted.size()) m_granted.resize(market + 1);
    m_granted[market] = event.to == BreakerLevel::Normal ? Duration() : event.ends - state.time;
    if (event.cause == BreakerCause::Renewal) {
        // Every renewal is news, also of a market whose earlier renewal was acknowledged.
        const Topic topic = topicOf(AlarmKind::BreakerRenewed);
        turnOff(topic, market, state.time);
        turnOn(topic, market, state.time);
    }
    // An officer who renewed need not wait for the tick to see the alarm go.
    judgeBreaker(market, state);
}

void AlarmBoard::judgeAll(const EngineState& state) {
    if (!state.hasProfile) return;
    judgeUnderlyings(state);
    for (std::size_t m = 0; m < state.markets.size(); ++m)
        judgeBreaker(m, state);
    judgeFund(state);
    judgePulse(topicOf(AlarmKind::AutoDeleveraging), state);
    judgePulse(topicOf(AlarmKind::SocialisedLoss), state);
    const std::int64_t second = secondOf(state.time);
    const std::uint64_t running = state.liquidations.size();
    const std::uint64_t began = m_started.sum(second), ended = m_ended.sum(second);
    // A backlog that stands still with nobody taking it is not over; one that shrinks is.
    judge(topicOf(AlarmKind::BacklogGrowing), 0,
          {running >= kBacklogOn && began > ended, running < kBacklogOff || ended > began,
           static_cast<double>(running)},
          state);
    judgeStuck(state);
}

void AlarmBoard::judgeUnderlyings(const EngineState& state) {
    const std::size_t steps = stepsOf(kShockWindow, state.profile.step);
    for (std::size_t u = 0; u < state.underlyings.size(); ++u) {
        const Underlying& underlying = state.underlyings[u];
        // Before its first quorum an index is not lost but not there yet.
        const bool blind = underlying.hasIndex && underlying.blind;
        judge(topicOf(AlarmKind::IndexBlind), u, {blind, !blind, 0}, state);
        const bool late =
            !underlying.blind && std::any_of(underlying.sources.begin(), underlying.sources.end(),
                                             [](const SourceQuote& q) {
                                                 return q.seen && q.state != SourceState::Fresh;
                                             });
        judge(topicOf(AlarmKind::OracleLate), u, {late, !late, 0}, state);
        // A blind index does not say that the shock is over.
        if (underlying.blind) continue;
        const auto range = underlying.window.range(steps);
        if (!range) continue;
        const double fall = (range->high - underlying.index).toDouble() / range->high.toDouble();
        const double rise = (underlying.index - range->low).toDouble() / range->low.toDouble();
        judge(topicOf(AlarmKind::PriceShock), u, {fall >= kShockOn, fall < kShockOff, fall}, state);
        judge(kShockUp, u, {rise >= kShockOn, rise < kShockOff, rise}, state);
    }
}

void AlarmBoard::judgeBreaker(std::size_t market, const EngineState& state) {
    const BreakerState& breaker = state.breakers[market];
    const bool active = breaker.level != BreakerLevel::Normal;
    const bool renewed = active && breaker.renewals > 0;
    judge(topicOf(AlarmKind::BreakerRenewed), market, {renewed, !renewed, 0}, state);
    // A level given for a short time is not "ending" from its first second on.
    const Duration granted = market < m_granted.size() ? m_granted[market] : Duration();
    const Duration early =
        granted > Duration() ? std::min(kEndingBefore, Duration::microseconds(granted.count() / 2))
                             : kEndingBefore;
    const Duration left = breaker.ends - state.time;
    const bool ending = active && left <= early;
    judge(topicOf(AlarmKind::BreakerEnding), market, {ending, !ending, -left.toSeconds()}, state);
    const bool late =
        breaker.effective != breaker.level && state.time - breaker.commandedAt >= kLateAfter;
    judge(topicOf(AlarmKind::BreakerLate), market, {late, !late, 0}, state);
    const bool exits =
        breaker.level == BreakerLevel::Restrict || breaker.level == BreakerLevel::Auction;
    double filled = 1;  // of the side that fares worse
    if (exits) {
        const Market& m = state.markets[market];
        for (const ExitFlow* flow : {&m.sellExits, &m.buyExits}) {
            if (const auto ratio = flow->ratio(state.time))
                filled = std::min(filled, ratio->toDouble());
        }
    }
    judge(topicOf(AlarmKind::ExitBlocked), market,
          {filled < kExitOn, filled >= kExitOff, 1 - filled}, state);
}

void AlarmBoard::judgeFund(const EngineState& state) {
    const double capital = m_capital.toDouble();
    const double share = capital > 0 ? state.books.fund().toDouble() / capital : 1;
    const Topic empty = topicOf(AlarmKind::FundEmpty);
    judge(empty, 0, {share <= kFundEmptyOn, share > kFundEmptyOff, 1 - share}, state);
    // An empty fund is low as well: that is one cause and one alarm.
    const bool low = share < kFundLowOn && m_topics[empty].on == 0;
    judge(topicOf(AlarmKind::FundLow), 0, {low, share > kFundLowOff, 1 - share}, state);
}

void AlarmBoard::judgePulse(Topic topic, const EngineState& state) {
    if (m_topics[topic].on == 0) return;
    // The delay begins anew with every event.
    OpenAlarm* alarm = open(topic);
    const bool quiet = alarm == nullptr || !std::exchange(alarm->isPulsed, false);
    judge(topic, 0, {!quiet, quiet, 0}, state);
}

// A blind index or a stopped market keeps orders from standing at all: those are alarms and acts
// of their own, and the wait for a taker begins anew after them.
void AlarmBoard::judgeStuck(const EngineState& state) {
    std::erase_if(m_unfilled, [&](const auto& wait) {
        const auto running = state.liquidations.find(wait.first);
        return running == state.liquidations.end() || !running->second.hasOrder;
    });
    std::uint64_t stuck = 0;
    for (const auto& [id, since] : m_unfilled) {
        if (state.time - since >= kStuckAfter) ++stuck;
    }
    // A backlog that grows because nobody takes anything is one cause and one alarm.
    const bool alone = m_topics[topicOf(AlarmKind::BacklogGrowing)].on == 0;
    judge(topicOf(AlarmKind::LiquidationStuck), 0,
          {stuck > 0 && alone, stuck == 0, static_cast<double>(stuck)}, state);
}

}  // namespace breakwater::view
