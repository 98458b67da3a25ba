// Replay: the record's inputs through a fresh engine, its events compared byte for byte.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/engine/engine.hpp"
#include "core/replay/step.hpp"

namespace breakwater {

// Applies one input and encodes it with its events, as the record stores them.
// `events` is scratch that also returns the decoded events.
void applyAndEncode(Engine& engine, const Input& input, std::vector<Event>& events, Step& out);

// The encoding half of it, for callers that apply by themselves.
void encodeStep(const Input& input, const std::vector<Event>& events, Step& out);

// How a step computed again is not the recorded one, in words.
std::string describeDifference(const Step& recorded, const Step& again);

struct ReplayLimits {
    std::optional<Sequence> toSequence;
    std::optional<Instant> toTime;  // inputs at this instant are still applied
};

struct ReplayOutcome {
    std::uint64_t inputs = 0;
    std::uint64_t events = 0;
    Sequence lastSequence = 0;
    Instant lastTime;
    Digest finalDigest;
    // The first step whose recomputed events are not the recorded ones, and how.
    std::optional<Sequence> differsAt;
    std::string difference;
};

// Runs until the limits, the source's end, or the first difference. A source error (a broken
// chain, an unreadable row) is returned as such. `progress` may be empty; called now and then.
Result<ReplayOutcome> replay(Engine& engine, StepSource& source, const ReplayLimits& limits,
                             const std::function<void(const ReplayOutcome&)>& progress = {});

}  // namespace breakwater
