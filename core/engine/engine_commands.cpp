// Officer commands: judged by direction, applied per market.
#include <algorithm>

#include "core/breaker/permissions.hpp"
#include "core/engine/engine.hpp"

namespace breakwater {
namespace {

std::vector<InstrumentId> resolve(const OfficerCommand& in, std::size_t markets) {
    if (in.scope != ScopeKind::Venue) return in.instruments;
    std::vector<InstrumentId> all;
    for (std::size_t m = 0; m < markets; ++m)
        all.emplace_back(static_cast<std::uint16_t>(m));
    return all;
}

}  // namespace

bool Engine::judgeCommand(const OfficerCommand& in, Events& out) {
    const char* what = in.kName.data();
    const std::uint64_t id = in.id.value();
    const auto no = [&](Refusal reason, std::string detail) {
        refuse(what, reason, id, std::move(detail), out);
        return false;
    };
    if (!m_state.hasProfile) return no(Refusal::NoProfile, "no profile is loaded");
    if (in.id <= m_state.lastCommand)
        return no(Refusal::DuplicateCommand, "the number was used before");
    if (in.kind == CommandKind::Acknowledge) return true;
    if (in.reason.empty()) return no(Refusal::NoReason, "a reason is mandatory");
    const std::vector<InstrumentId> scope = resolve(in, m_state.markets.size());
    if (scope.empty()) return no(Refusal::EmptyScope, "the scope holds no market");
    for (const InstrumentId instrument : scope) {
        if (!knows(instrument))
            return no(Refusal::UnknownInstrument,
                      "no market " + std::to_string(instrument.value()));
    }
    if (in.kind == CommandKind::SetLevel && in.level != BreakerLevel::Normal &&
        m_state.profile.termsOf(in.level) == nullptr) {
        return no(Refusal::UnsupportedLevel,
                  "this venue has no level " + std::string(word(in.level)));
    }
    for (const InstrumentId instrument : scope) {
        const BreakerState& breaker = m_state.breakers[instrument.value()];
        const std::string& symbol = m_state.markets[instrument.value()].instrument.symbol;
        const BreakerLevel level = in.kind == CommandKind::Renew ? breaker.level : in.level;
        if (in.kind == CommandKind::Renew && level == BreakerLevel::Normal) {
            return no(Refusal::NothingToRenew, symbol + " is at level normal");
        }
        if (level != BreakerLevel::Normal) {
            const Duration longest = m_state.profile.termsOf(level)->longest;
            if (in.duration <= Duration() || in.duration > longest) {
                return no(Refusal::BadDuration, "level " + std::string(word(level)) +
                                                    " lasts at most " +
                                                    std::to_string(longest.wholeSeconds()) + " s");
            }
        }
        // Loosening rests on knowing the price; tightening never waits for it.
        if (in.kind == CommandKind::SetLevel && level < breaker.level &&
            underlyingOf(instrument).blind) {
            return no(Refusal::LooseningLocked, "the index of " + symbol + " has no quorum");
        }
    }
    return true;
}

void Engine::on(const OfficerCommand& in, Events& out) {
    if (!judgeCommand(in, out)) return;
    m_state.lastCommand = in.id;
    if (in.kind == CommandKind::Acknowledge) {
        out.emplace_back(AlarmAcknowledged{in.alarm, in.officer});
        return;
    }
    const std::vector<InstrumentId> scope = resolve(in, m_state.markets.size());
    const bool blind = std::any_of(scope.begin(), scope.end(),
                                   [&](InstrumentId i) { return underlyingOf(i).blind; });
    // There are no roles on the embedded venue: the one officer holds every level, and says so.
    out.emplace_back(CommandAccepted{in.id, in.officer, static_cast<std::uint32_t>(scope.size()),
                                     blind, "single officer, embedded venue"});
    for (const InstrumentId instrument : scope) {
        const BreakerState& breaker = m_state.breakers[instrument.value()];
        const BreakerLevel level = in.kind == CommandKind::Renew ? breaker.level : in.level;
        const Instant ends =
            level == BreakerLevel::Normal ? m_state.time : m_state.time + in.duration;
        setBreaker(instrument, {level, BreakerCause::Officer, in.officer, in.reason, ends, 0}, out);
    }
}

void Engine::setBreaker(InstrumentId instrument, const BreakerMove& move, Events& out) {
    BreakerState& breaker = m_state.breakers[instrument.value()];
    const BreakerLevel from = breaker.level;
    applyMove(breaker, move, m_state.time);
    out.emplace_back(BreakerChanged{instrument, from, breaker.level, move.cause, move.by,
                                    breaker.ends, move.reason, breaker.renewals});
}

}  // namespace breakwater
