#include "core/view/timeline.hpp"

#include <algorithm>

#include "core/view/words.hpp"

namespace breakwater::view {
namespace {

constexpr Duration kQuiet = Duration::seconds(5);
constexpr Duration kLongest = Duration::seconds(60);

const std::string& symbolOf(const EngineState& state, InstrumentId instrument) {
    return state.markets[instrument.value()].instrument.symbol;
}

// Two breaker changes that one sentence can tell.
bool isSameAct(const BreakerChanged& a, const BreakerChanged& b) {
    return a.from == b.from && a.to == b.to && a.cause == b.cause && a.by == b.by &&
           a.ends == b.ends;
}

std::string breakerText(const BreakerChanged& e, const std::string& where,
                        const EngineState& state) {
    const std::string until =
        e.to == BreakerLevel::Normal ? std::string() : " until " + clockTime(e.ends);
    switch (e.cause) {
        case BreakerCause::Officer:
        case BreakerCause::Rule:
            return e.by +
                   (e.from == e.to ? " renewed " + levelName(e.to) + " on " + where
                                   : " set " + where + " to " + levelName(e.to)) +
                   until;
        case BreakerCause::Expiry:
            return where + " stepped down from " + levelName(e.from) + " to " + levelName(e.to) +
                   until;
        case BreakerCause::Renewal: break;
    }
    return "The venue renewed " + levelName(e.to) + " on " + where + until + ", " +
           std::to_string(e.renewals) + " of " + std::to_string(state.profile.renewals);
}

}  // namespace

void Timeline::add(Sequence sequence, Instant time, std::string text,
                   std::optional<AlarmPriority> priority) {
    m_entries.push_front({sequence, time, std::move(text), priority});
    if (m_entries.size() > kEntries) m_entries.pop_back();
    ++m_added;
    m_entryCopy.reset();
}

void Timeline::observe(const Input& input, const std::vector<Event>& events,
                       const EngineState& state) {
    if (const auto* session = std::get_if<SessionStarted>(&input.body)) {
        add(input.sequence, state.time,
            "Session on " + session->venue +
                (session->scenario.empty() ? std::string() : ", " + session->scenario),
            {});
    } else if (const auto* command = std::get_if<OfficerCommand>(&input.body)) {
        addCommand(*command, events, state);
    } else if (std::holds_alternative<SessionEnded>(input.body)) {
        add(input.sequence, state.time, "Session ended", {});
    }
    bool breakers = false, sources = false;
    for (const Event& event : events) {
        breakers = breakers || std::holds_alternative<BreakerChanged>(event);
        sources = sources || std::holds_alternative<SourceChanged>(event);
        onEvent(event, input, state);
    }
    if (sources) addSources(events, state);
    if (breakers) addBreakers(events, state);
}

void Timeline::onEvent(const Event& event, const Input& input, const EngineState& state) {
    if (std::holds_alternative<LiquidationStarted>(event)) {
        burst(Liquidations, 1, 0, state);
    } else if (const auto* fund = std::get_if<FundMoved>(&event)) {
        if (fund->amount.isNegative() && fund->hasAccount)
            burst(FundPayments, 1, -fund->amount.toDouble(), state);
        if (fund->cause == "capital") {
            add(input.sequence, state.time,
                (fund->amount.isNegative() ? "Capital taken out of the fund: "
                                           : "Capital paid into the fund: ") +
                    amount(fund->amount.abs().toDouble()),
                {});
        }
    } else if (const auto* adl = std::get_if<AdlExecuted>(&event)) {
        burst(Deleveraging, 1,
              notional(adl->quantity.abs(), adl->mark, Round::TowardZero).toDouble(), state);
    } else if (const auto* loss = std::get_if<LossSocialised>(&event)) {
        burst(Socialised, 1, loss->amount.toDouble(), state);
    } else if (const auto* uncovered = std::get_if<LossUncovered>(&event)) {
        burst(Uncovered, 1, uncovered->amount.toDouble(), state);
    } else if (std::holds_alternative<WithdrawalQueued>(event)) {
        burst(Held, 1, 0, state);
    } else if (const auto* released = std::get_if<WithdrawalReleased>(&event)) {
        burst(Released, released->paid ? 1 : 0, 0, state);
    } else if (const auto* sight = std::get_if<IndexSight>(&event)) {
        const std::string& symbol = state.underlyings[sight->underlying.value()].symbol;
        const std::string count =
            std::to_string(sight->fresh) + " of " + std::to_string(sight->quorum);
        add(input.sequence, state.time,
            sight->blind ? symbol + " index is blind: " + count + " sources needed are fresh"
                         : symbol + " index sees: " +
                               counted(sight->fresh, "source is", "sources are") + " fresh",
            {});
    } else if (const auto* effective = std::get_if<BreakerEffective>(&event)) {
        if (effective->asCommanded) return;
        add(input.sequence, state.time,
            symbolOf(state, effective->instrument) + " was seen at " + levelName(effective->level) +
                ", not as commanded",
            {});
    } else if (const auto* acknowledged = std::get_if<AlarmAcknowledged>(&event)) {
        add(input.sequence, state.time,
            acknowledged->officer + " acknowledged alarm " + std::to_string(acknowledged->alarm),
            {});
    }
}

void Timeline::burst(BurstKind kind, std::uint64_t count, double money, const EngineState& state) {
    if (count == 0) return;
    Burst& b = m_bursts[kind];
    const bool over =
        b.entry == 0 || state.time - b.last > kQuiet || state.time - b.began > kLongest;
    if (over) {
        add(state.sequence, state.time, {}, {});
        b = Burst{m_added, state.time, state.time, 0, 0};
    }
    b.last = state.time;
    b.count += count;
    b.money += money;
    const std::uint64_t behind = m_added - b.entry;
    if (behind >= m_entries.size()) return;  // newer entries pushed it out
    m_entries[behind].text = textOf(kind, b);
    m_entryCopy.reset();
}

std::string Timeline::textOf(BurstKind kind, const Burst& b) const {
    const Duration length = b.last - b.began;
    const std::string within =
        length > Duration() ? " within " + std::to_string(length.wholeSeconds() + 1) + " s" : "";
    switch (kind) {
        case Liquidations:
            return counted(b.count, "liquidation", "liquidations") + " began" + within;
        case FundPayments:
            return "Fund paid " + amount(b.money) + " for " +
                   counted(b.count, "deficit", "deficits") + within;
        case Deleveraging:
            return "ADL closed " + counted(b.count, "winning position", "winning positions") +
                   ", " + amount(b.money) + " notional" + within;
        case Socialised:
            return counted(b.count, "loss", "losses") + " socialised, " + amount(b.money) + within;
        case Uncovered:
            return amount(b.money) + " of losses uncovered: nobody was left to pay" + within;
        case Held:
            return counted(b.count, "withdrawal", "withdrawals") + " held back by a breaker" +
                   within;
        case Released:
            return counted(b.count, "held withdrawal", "held withdrawals") + " paid out" + within;
        case kBursts: break;
    }
    return {};
}

void Timeline::addBreakers(const std::vector<Event>& events, const EngineState& state) {
    std::vector<const BreakerChanged*> heads;
    std::vector<std::size_t> sizes;
    for (const Event& event : events) {
        const auto* change = std::get_if<BreakerChanged>(&event);
        if (change == nullptr) continue;
        const auto it = std::find_if(heads.begin(), heads.end(), [&](const BreakerChanged* head) {
            return isSameAct(*head, *change);
        });
        if (it != heads.end()) {
            ++sizes[static_cast<std::size_t>(it - heads.begin())];
            continue;
        }
        heads.push_back(change);
        sizes.push_back(1);
    }
    for (std::size_t i = 0; i < heads.size(); ++i) {
        const std::string where = sizes[i] == 1 ? symbolOf(state, heads[i]->instrument)
                                                : std::to_string(sizes[i]) + " markets";
        add(state.sequence, state.time, breakerText(*heads[i], where, state), {});
    }
}

void Timeline::addSources(const std::vector<Event>& events, const EngineState& state) {
    // By source and new state: a source that fails fails everywhere at once.
    std::map<std::pair<SourceId, SourceState>, std::vector<UnderlyingId>> groups;
    for (const Event& event : events) {
        const auto* change = std::get_if<SourceChanged>(&event);
        if (change == nullptr) continue;
        const std::pair key{change->underlying, change->source};
        if (change->state == SourceState::Fresh ? m_lateSources.erase(key) == 0
                                                : (m_lateSources.insert(key), false)) {
            continue;  // its first quotes are no news
        }
        groups[{change->source, change->state}].push_back(change->underlying);
    }
    for (const auto& [key, underlyings] : groups) {
        const std::string where = underlyings.size() == 1
                                      ? state.underlyings[underlyings[0].value()].symbol
                                      : std::to_string(underlyings.size()) + " indices";
        const std::string what = key.second == SourceState::Fresh   ? " is fresh again on "
                                 : key.second == SourceState::Stale ? " is stale on "
                                                                    : " has a gap on ";
        add(state.sequence, state.time,
            "Source " + state.profile.sources[key.first.value()] + what + where, {});
    }
}

void Timeline::addCommand(const OfficerCommand& command, const std::vector<Event>& events,
                          const EngineState& state) {
    CommandOutcome outcome{command.id, state.time, false, {}};
    for (const Event& event : events) {
        if (const auto* refused = std::get_if<Refused>(&event)) {
            if (refused->what != OfficerCommand::kName) continue;
            outcome.text = refused->detail;
            add(state.sequence, state.time,
                "Command of " + command.officer + " refused: " + refused->detail, {});
        } else if (const auto* accepted = std::get_if<CommandAccepted>(&event)) {
            outcome.accepted = true;
            outcome.text = counted(accepted->markets, "market", "markets") +
                           (accepted->blind ? ", BLIND: " : ": ") + accepted->authorisation;
        } else if (const auto* acknowledged = std::get_if<AlarmAcknowledged>(&event)) {
            outcome.accepted = true;
            outcome.text = "alarm " + std::to_string(acknowledged->alarm) + " acknowledged";
        }
    }
    keep(std::move(outcome));
}

void Timeline::refuse(const OfficerCommand& command, std::string why, const EngineState& state) {
    add(state.sequence, state.time, "Command of " + command.officer + " refused: " + why, {});
    keep({command.id, state.time, false, std::move(why)});
}

void Timeline::keep(CommandOutcome outcome) {
    m_commands.push_front(std::move(outcome));
    if (m_commands.size() > kCommands) m_commands.pop_back();
    m_commandCopy.reset();
}

std::shared_ptr<const std::vector<TimelineEntry>> Timeline::entries() {
    if (m_entryCopy == nullptr) {
        m_entryCopy =
            std::make_shared<const std::vector<TimelineEntry>>(m_entries.begin(), m_entries.end());
    }
    return m_entryCopy;
}

std::shared_ptr<const std::vector<CommandOutcome>> Timeline::commands() {
    if (m_commandCopy == nullptr) {
        m_commandCopy = std::make_shared<const std::vector<CommandOutcome>>(m_commands.begin(),
                                                                            m_commands.end());
    }
    return m_commandCopy;
}

}  // namespace breakwater::view
