// Engine and venue in step: the one loop behind `simulate`, the window and the tests.
//
// Pacing is the caller's: advance() does one input, as soon or as late as it is called.
#pragma once

#include <limits>

#include "core/replay/replay.hpp"
#include "core/sim/venue.hpp"

namespace breakwater::sim {

class Lockstep {
public:
    explicit Lockstep(Venue venue, EngineOptions options = {});

    // Applies the venue's next input. False, with nothing applied, when it would lie after
    // `notAfter` or at the end of the play (ended()). step() and events() then hold what is to be
    // recorded and what was decided.
    bool advance(
        Instant notAfter = Instant::fromMicroseconds(std::numeric_limits<std::int64_t>::max()));
    bool ended() const { return m_venue.ended(); }
    // Applies an officer's command at the present venue time.
    void command(OfficerCommand command);
    // Ends the session: the last input of every play.
    void end();

    const Input& input() const { return m_input; }
    const std::vector<Event>& events() const { return m_events; }
    Step& step() { return m_step; }  // may be moved from; it is filled anew
    Engine& engine() { return m_engine; }
    const EngineState& state() const { return m_engine.state(); }
    const Venue& venue() const { return m_venue; }

    // With false, inputs and events are not encoded (a benchmark of the engine alone).
    void setEncoding(bool on) { m_encoding = on; }

private:
    void apply(Instant time, InputBody body);

    Venue m_venue;
    Engine m_engine;
    Input m_input;
    std::vector<Event> m_events;
    Step m_step;
    bool m_encoding = true;
};

}  // namespace breakwater::sim
