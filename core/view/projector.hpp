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

    // A command the desk did not let through to the engine, and why.
    void refuse(const OfficerCommand& command, std::string why, const EngineState& state);

    std::shared_ptr<const Snapshot> project(Engine& engine);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

}  // namespace breakwater::view
