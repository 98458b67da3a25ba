// Seeded inputs for the simulation: a plausible venue, and faults.
#pragma once

#include <optional>
#include <vector>

#include "tests/core/engine/desk.hpp"
#include "tests/core/event/fill_record.hpp"

namespace breakwater::test {

// The digest of all that decides: without place, time and tallies, and without the exit flow,
// which counts a refused exit as submitted.
Digest substanceOf(const EngineState& state);

// Draws the next input, looking at the engine's state as a venue's participants would.
class Chaos {
public:
    explicit Chaos(std::uint64_t seed);

    // The session, profile, instruments and first accounts come first.
    Input next(const EngineState& state);

private:
    InputBody opening(const EngineState& state);
    InputBody plausible(const EngineState& state);
    InputBody faulty(const EngineState& state);
    void queueRound(const EngineState& state);

    Fill drawFill(const EngineState& state);
    InputBody drawLiquidationFill(const EngineState& state);
    OfficerCommand drawCommand(const EngineState& state);
    AccountFacts drawAccount(const EngineState& state);
    AccountId anyAccount(const EngineState& state);
    InstrumentId anyMarket(const EngineState& state);
    Price nearMark(const EngineState& state, InstrumentId market, int basisPoints);
    bool oneIn(int n) { return m_draw.between(1, n) == 1; }

    Draw m_draw;
    Filler m_filler;
    Instant m_now;
    bool m_wild;  // this seed meets prices that no market has seen
    std::uint64_t m_command = 0;
    std::vector<Decimal> m_outside;
    std::vector<InputBody> m_queue;  // last first
    std::vector<InputBody> m_past;
};

}  // namespace breakwater::test
