// The words of alarms: a headline that says what is wrong, an effect that says how it stands.
#include <algorithm>

#include "core/breaker/ladder.hpp"
#include "core/view/alarm_board.hpp"
#include "core/view/words.hpp"

namespace breakwater::view {
namespace {

bool isByUnderlying(AlarmKind kind) {
    return kind == AlarmKind::PriceShock || kind == AlarmKind::IndexBlind ||
           kind == AlarmKind::OracleLate;
}

bool isByMarket(AlarmKind kind) {
    return kind == AlarmKind::ExitBlocked || kind == AlarmKind::BreakerRenewed ||
           kind == AlarmKind::BreakerEnding || kind == AlarmKind::BreakerLate;
}

std::string shockEffect(double now) { return "now " + signedPercent(now); }

std::string lateSources(const Underlying& underlying, const EngineState& state) {
    std::string text;
    std::size_t more = 0;
    for (std::size_t i = 0; i < underlying.sources.size(); ++i) {
        const SourceQuote& quote = underlying.sources[i];
        if (!quote.seen || quote.state == SourceState::Fresh) continue;
        if (std::count(text.begin(), text.end(), ',') == 2) {
            ++more;
            continue;
        }
        if (!text.empty()) text += ", ";
        text += state.profile.sources[i] + " " + seconds(state.time - quote.observedAt) + " old";
    }
    return more == 0 ? text : text + " and " + std::to_string(more) + " more";
}

std::string fundText(double balance, double capital) {
    return amount(balance) + " left of " + amount(capital) + " capital (" +
           percent(balance / capital, 0) + ")";
}

std::string stuckText(const std::map<LiquidationId, Instant>& unfilled, const EngineState& state) {
    std::uint64_t stuck = 0;
    Instant oldest = state.time;
    for (const auto& [id, since] : unfilled) {
        if (state.time - since < AlarmBoard::kStuckAfter) continue;
        ++stuck;
        oldest = std::min(oldest, since);
    }
    if (stuck == 0) return "all have found a taker since";
    return counted(stuck, "liquidation", "liquidations") + " of " +
           grouped(state.liquidations.size()) + " without a fill, the longest for " +
           seconds(state.time - oldest);
}

}  // namespace

std::size_t AlarmBoard::worstOf(Topic topic) const {
    const std::vector<Member>& members = m_topics[topic].members;
    std::size_t worst = members.size();
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (members[i].on && (worst == members.size() || members[i].figure > members[worst].figure))
            worst = i;
    }
    return worst == members.size() ? 0 : worst;
}

std::optional<InstrumentId> AlarmBoard::marketOf(Topic topic, const EngineState& state) const {
    const AlarmKind kind = kindOf(topic);
    const std::size_t subject = worstOf(topic);
    if (isByMarket(kind)) return InstrumentId(static_cast<std::uint16_t>(subject));
    if (!isByUnderlying(kind)) return std::nullopt;
    const auto it = std::find_if(
        state.markets.begin(), state.markets.end(),
        [&](const Market& market) { return market.instrument.underlying.value() == subject; });
    return it == state.markets.end() ? std::nullopt : std::optional(it->instrument.id);
}

std::string AlarmBoard::headline(Topic topic, const EngineState& state) const {
    const AlarmKind kind = kindOf(topic);
    const Standing& standing = m_topics[topic];
    const std::size_t worst = worstOf(topic);
    const std::string name = isByUnderlying(kind)           ? state.underlyings[worst].symbol
                             : worst < state.markets.size() ? state.markets[worst].instrument.symbol
                                                            : std::string();
    const std::string others =
        standing.on > 1 ? " and " + std::to_string(standing.on - 1) + " more" : std::string();
    switch (kind) {
        case AlarmKind::PriceShock: {
            const double figure = standing.members[worst].figure;
            return name + " shock " + signedPercent(topic == kShockUp ? figure : -figure) +
                   " in 5 min" + others;
        }
        case AlarmKind::IndexBlind: return name + " index blind" + others;
        case AlarmKind::OracleLate: return name + " price sources late" + others;
        case AlarmKind::BacklogGrowing: return "Liquidation backlog grows";
        case AlarmKind::FundLow: return "Insurance fund below half of its capital";
        case AlarmKind::FundEmpty: return "Insurance fund empty";
        case AlarmKind::AutoDeleveraging: return "Auto-deleveraging: winners are being closed";
        case AlarmKind::SocialisedLoss: return "Loss taken from solvent accounts";
        case AlarmKind::ExitBlocked: return name + " exits blocked" + others;
        case AlarmKind::BreakerRenewed: return name + " breaker renewed by the venue" + others;
        case AlarmKind::BreakerEnding:
            return name + " " + levelName(state.breakers[worst].level) + " ends " +
                   clockTime(state.breakers[worst].ends) + others;
        case AlarmKind::BreakerLate:
            return name + " " + levelName(state.breakers[worst].level) + " not in effect" + others;
        case AlarmKind::LiquidationStuck: return "Liquidation orders find no taker";
        case AlarmKind::RecordNearLimit:
        case AlarmKind::RecordStopped: break;
    }
    return std::string(recordOf(kind).title);
}

std::string AlarmBoard::effect(const OpenAlarm& open, const EngineState& state) const {
    if (open.alarm.state == AlarmState::ReturnedUnacknowledged) {
        return "no longer so since " + clockTime(open.returnedAt);
    }
    const std::int64_t second = state.time.microseconds() / 1'000'000;
    switch (open.alarm.kind) {
        case AlarmKind::BacklogGrowing:
            return grouped(state.liquidations.size()) + " running; last minute " +
                   grouped(m_started.sum(second)) + " began, " + grouped(m_ended.sum(second)) +
                   " ended";
        case AlarmKind::FundLow:
        case AlarmKind::FundEmpty:
            return fundText(state.books.fund().toDouble(), m_capital.toDouble());
        case AlarmKind::AutoDeleveraging:
            return counted(open.count, "position closed", "positions closed") + ", " +
                   amount(open.money) + " notional, last at " + clockTime(open.lastPulse);
        case AlarmKind::SocialisedLoss:
            return amount(open.money) + " beyond the fund and winners, last at " +
                   clockTime(open.lastPulse);
        case AlarmKind::LiquidationStuck: return stuckText(m_unfilled, state);
        case AlarmKind::RecordNearLimit:
        case AlarmKind::RecordStopped: return open.reported;
        default: return effectOn(open.topic, worstOf(open.topic), state);
    }
}

std::string AlarmBoard::effectOn(Topic topic, std::size_t subject, const EngineState& state) const {
    const AlarmKind kind = kindOf(topic);
    if (isByUnderlying(kind)) {
        const Underlying& underlying = state.underlyings[subject];
        if (kind == AlarmKind::OracleLate) return lateSources(underlying, state);
        if (kind == AlarmKind::IndexBlind) {
            return std::to_string(freshCount(underlying.sources)) + " of " +
                   std::to_string(underlying.sources.size()) + " sources fresh, " +
                   std::to_string(state.profile.quorum) + " needed; index stands at " +
                   fixed(underlying.index.toDouble(), 2);
        }
        const std::string accounts = counted(m_below, "account", "accounts") +
                                     " below maintenance, " + grouped(state.liquidations.size()) +
                                     " in liquidation";
        const auto range = underlying.window.range(
            static_cast<std::size_t>(kShockWindow.count() / state.profile.step.count()) + 1);
        if (underlying.blind || !range) return accounts;
        const Price from = topic == kShockUp ? range->low : range->high;
        return accounts + ", " +
               shockEffect((underlying.index - from).toDouble() / from.toDouble());
    }
    const BreakerState& breaker = state.breakers[subject];
    if (kind == AlarmKind::ExitBlocked) {
        const Market& m = state.markets[subject];
        const auto side = [&](const ExitFlow& flow) {
            const std::optional<Ratio> filled = flow.ratio(state.time);
            return filled ? percent(filled->toDouble(), 0) : std::string("none asked");
        };
        return "filled of reducing volume in 60 s: sells " + side(m.sellExits) + ", buys " +
               side(m.buyExits);
    }
    if (kind == AlarmKind::BreakerLate) {
        return "commanded " + seconds(state.time - breaker.commandedAt) + " ago, seen " +
               levelName(breaker.effective);
    }
    const Underlying& underlying =
        state.underlyings[state.markets[subject].instrument.underlying.value()];
    const bool mayLeave = exitConditionMet(breaker.level, state.profile, underlying);
    const std::string exit = mayLeave ? "exit condition met" : "exit condition not met";
    if (kind == AlarmKind::BreakerEnding)
        return seconds(breaker.ends - state.time) + " left; " + exit;
    return "renewal " + std::to_string(breaker.renewals) + " of " +
           std::to_string(state.profile.renewals) + ", ends " + clockTime(breaker.ends) + "; " +
           exit;
}

}  // namespace breakwater::view
