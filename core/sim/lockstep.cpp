#include "core/sim/lockstep.hpp"

namespace breakwater::sim {

Lockstep::Lockstep(Venue venue, EngineOptions options)
    : m_venue(std::move(venue)), m_engine(options) {}

void Lockstep::apply(Instant time, InputBody body) {
    m_input = Input{m_engine.state().sequence + 1, time, std::move(body)};
    if (m_encoding) {
        applyAndEncode(m_engine, m_input, m_events, m_step);
    } else {
        m_events.clear();
        m_engine.apply(m_input, m_events);
    }
    m_venue.observe(m_input.body, m_events, m_engine.state());
}

bool Lockstep::advance(Instant notAfter) {
    std::optional<TimedInput> next = m_venue.next(m_engine.state(), notAfter);
    if (!next) return false;
    apply(next->time, std::move(next->body));
    return true;
}

void Lockstep::command(OfficerCommand command) {
    if (command.kind != CommandKind::Acknowledge) m_venue.keepTwin(m_engine);
    apply(m_engine.state().time, std::move(command));
}

void Lockstep::end() { apply(m_engine.state().time, SessionEnded{}); }

}  // namespace breakwater::sim
