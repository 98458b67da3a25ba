// Why an event happened: back from it over the events and inputs that decided, first cause first.
//
// Pure: what is asked of the record comes from a CauseSource. The chain follows the engine's own
// rules (a fill answers an order, an order belongs to a liquidation, a liquidation begins when a
// band is passed, a band is passed when a mark moves, a mark moves with a quote); where an input
// decided by itself, the chain begins with it.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/view/event_line.hpp"

namespace breakwater::view {

// One link of "why": the input or event that stands before the next one in the chain.
struct CauseLink {
    Sequence sequence = 0;
    std::optional<std::uint32_t> index;  // of an event; absent: the input itself
    Instant time;
    std::string what;  // "ETH-PERP mark 3,787.20", one sentence
    std::string why;   // how it led to the next: "the mark fell below the account's maintenance"
};

struct RecordedEvent {
    Sequence sequence = 0;
    std::uint32_t index = 0;
    Instant time;
    Event event;
};
struct RecordedStep {
    Input input;
    std::vector<Event> events;
};

class CauseSource {
public:
    virtual ~CauseSource() = default;
    // The last event of these kinds before that place of which `wanted` holds.
    virtual Result<std::optional<RecordedEvent>> lastBefore(
        Sequence sequence, std::uint32_t index, std::span<const std::size_t> kinds,
        const std::function<bool(const Event&)>& wanted) = 0;
    // The last input before that one of which `wanted` holds, among the `most` before it.
    virtual Result<std::optional<Input>> lastInputBefore(
        Sequence sequence, std::size_t most,
        const std::function<bool(const InputBody&)>& wanted) = 0;
    virtual Result<RecordedStep> stepAt(Sequence sequence) = 0;
};

Result<std::vector<CauseLink>> causesOf(Sequence sequence, std::uint32_t index, CauseSource& source,
                                        const Snapshot& names);

// An input as one sentence: "pyth quotes ETH at 3787.2".
std::string sentenceOf(const InputBody& input, const Snapshot& names);

}  // namespace breakwater::view
