#include "core/view/record_lanes.hpp"

#include <algorithm>

#include "core/view/words.hpp"

namespace breakwater::view {
namespace {

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();

std::string whereOf(const OfficerCommand& command, const EngineState& state) {
    if (command.scope == ScopeKind::Venue) return "all markets";
    if (command.instruments.size() == 1 && command.instruments[0].value() < state.markets.size()) {
        return state.markets[command.instruments[0].value()].instrument.symbol;
    }
    return counted(command.instruments.size(), "market", "markets");
}

std::string textOf(const OfficerCommand& command, const EngineState& state) {
    switch (command.kind) {
        case CommandKind::Acknowledge:
            return command.officer + " acknowledges alarm " + std::to_string(command.alarm);
        case CommandKind::Renew: return command.officer + " renews " + whereOf(command, state);
        case CommandKind::SetLevel: break;
    }
    return command.officer + " sets " + whereOf(command, state) + " to " + levelName(command.level);
}

}  // namespace

double openInterestOf(const EngineState& state) {
    std::vector<double> marks(state.markets.size());
    for (std::size_t m = 0; m < marks.size(); ++m)
        marks[m] = state.markets[m].hasMark ? state.markets[m].mark.toDouble() : 0;
    double sum = 0;
    const AccountBook& accounts = state.books.accounts();
    for (std::uint32_t i = 0; i < accounts.size(); ++i) {
        for (const Leg& leg : accounts.legs(AccountId(i))) {
            const double quantity = leg.quantity.toDouble();
            if (quantity > 0) sum += quantity * marks[leg.instrument.value()];
        }
    }
    return sum;
}

LanesBuilder::LanesBuilder(Instant from, Instant to, std::size_t columns)
    : m_columnLength(1), m_mostColumns(std::max<std::size_t>(columns, 1)) {
    m_lanes.from = m_lanes.upTo = from;
    m_lanes.to = std::max(from, to);
    const std::int64_t length = (m_lanes.to - from).count();
    const auto count = static_cast<std::int64_t>(m_mostColumns);
    m_columnLength = std::max<std::int64_t>(1, (length + count) / count);
    m_lanes.column = Duration::microseconds(m_columnLength);
}

std::size_t LanesBuilder::columnOf(Instant time) const {
    const std::int64_t at = (time - m_lanes.from).count() / m_columnLength;
    return std::min(static_cast<std::size_t>(std::max<std::int64_t>(at, 0)), m_mostColumns - 1);
}

// New columns begin with what stands; silent ones in between keep it.
void LanesBuilder::openColumns(std::size_t count, const EngineState& state) {
    RecordLanes::Column next;
    if (!m_lanes.columns.empty()) next = m_lanes.columns.back();
    next.liquidations = 0;
    next.levels.assign(state.breakers.size(), 0);
    for (std::size_t m = 0; m < next.levels.size(); ++m)
        next.levels[m] = static_cast<std::uint8_t>(state.breakers[m].level);
    m_lanes.columns.resize(count, next);
}

void LanesBuilder::observe(const Input& input, const std::vector<Event>& events,
                           const EngineState& state,
                           const std::function<double(const EngineState&)>& openInterest) {
    const std::size_t column = columnOf(input.time);
    if (column >= m_lanes.columns.size()) {
        m_copy.reset();
        if (!m_lanes.columns.empty()) m_lanes.columns.back().openInterest = openInterest(state);
        openColumns(column + 1, state);
    }
    m_lanes.upTo = input.time;
    if (const auto* command = std::get_if<OfficerCommand>(&input.body)) {
        addMark(RecordLanes::Mark::Lane::Officer, input, textOf(*command, state));
    } else if (std::holds_alternative<SessionEnded>(input.body)) {
        m_lanes.columns.back().openInterest = openInterest(state);
    }
    for (const Event& event : events)
        onEvent(event, input, state);
}

void LanesBuilder::onEvent(const Event& event, const Input& input, const EngineState& state) {
    RecordLanes::Column& now = m_lanes.columns.back();
    if (const auto* mark = std::get_if<MarkChanged>(&event)) {
        const std::size_t market = mark->instrument.value();
        if (market >= now.marks.size()) now.marks.resize(market + 1, kUnknown);
        now.marks[market] = mark->mark.toDouble();
    } else if (std::holds_alternative<LiquidationStarted>(event)) {
        ++now.liquidations;
    } else if (std::holds_alternative<FundMoved>(event) ||
               std::holds_alternative<FundingSettled>(event)) {
        now.fund = state.books.fund().toDouble();
    } else if (const auto* breaker = std::get_if<BreakerChanged>(&event)) {
        const std::size_t market = breaker->instrument.value();
        if (market >= now.levels.size()) now.levels.resize(market + 1, 0);
        now.levels[market] = std::max(now.levels[market], static_cast<std::uint8_t>(breaker->to));
        addMark(RecordLanes::Mark::Lane::Breaker, input,
                state.markets[market].instrument.symbol + " " + levelName(breaker->from) + " to " +
                    levelName(breaker->to) + " by " + breaker->by);
    } else if (const auto* sight = std::get_if<IndexSight>(&event)) {
        countSources(state);
        // An index without its first quorum is not lost but not there yet.
        if (sight->blind) {
            addMark(RecordLanes::Mark::Lane::FeedGap, input,
                    state.underlyings[sight->underlying.value()].symbol + " index is blind");
        }
    } else if (const auto* source = std::get_if<SourceChanged>(&event)) {
        countSources(state);
        if (source->state == SourceState::Gapped) {
            addMark(RecordLanes::Mark::Lane::FeedGap, input,
                    state.profile.sources[source->source.value()] + " gap on " +
                        state.underlyings[source->underlying.value()].symbol);
        }
    } else {
        return;
    }
    m_copy.reset();
}

void LanesBuilder::countSources(const EngineState& state) {
    RecordLanes::Column& now = m_lanes.columns.back();
    now.sourcesLate = now.blind = 0;
    for (const Underlying& underlying : state.underlyings) {
        now.blind += underlying.hasIndex && underlying.blind ? 1U : 0U;
        for (const SourceQuote& quote : underlying.sources)
            now.sourcesLate += quote.seen && quote.state != SourceState::Fresh ? 1U : 0U;
    }
}

void LanesBuilder::addMark(RecordLanes::Mark::Lane lane, const Input& input, std::string text) {
    if (m_lanes.marks.size() >= kMarks) return;
    m_lanes.marks.push_back({lane, input.sequence, input.time, {}, std::move(text)});
    m_copy.reset();
}

void LanesBuilder::addAlarm(const TimelineEntry& raised) {
    if (m_lanes.marks.size() >= kMarks) return;
    m_lanes.marks.push_back({RecordLanes::Mark::Lane::Alarm, raised.sequence, raised.time,
                             raised.priority, raised.text});
    m_copy.reset();
}

std::shared_ptr<const RecordLanes> LanesBuilder::lanes() {
    if (m_copy == nullptr) m_copy = std::make_shared<const RecordLanes>(m_lanes);
    return m_copy;
}

}  // namespace breakwater::view
