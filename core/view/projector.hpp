// The projector: watches inputs and events on the engine's thread and photographs the state.
#pragma once

#include "core/engine/engine.hpp"
#include "core/view/snapshot.hpp"

namespace breakwater::view {

class Projector {
public:
    Projector();
    ~Projector();
    Projector(Projector&&) noexcept;
    Projector& operator=(Projector&&) noexcept;

    // After engine.apply(input) gave `events`. Cheap: runs for every input.
    void observe(const Input& input, const std::vector<Event>& events, const EngineState& state);
    // A condition only the desk can see (record size, storage stopped); clear with raised false.
    void report(AlarmKind kind, bool raised, std::string effect, Instant now);

    std::shared_ptr<const Snapshot> project(Engine& engine);

    // Begins the watch at a state that is not empty (a checkpoint): histories and alarms start
    // there. Without it, the first input observed is where it begins.
    void beginAt(const EngineState& state);
    // Another one that has seen the same, to go on from here with an engine in the same state.
    Projector clone() const;
    // Alarms raised since the last call, as the timeline has them. Kept only while `listen`ed.
    void listen();
    std::vector<TimelineEntry> takeRaised();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace breakwater::view
