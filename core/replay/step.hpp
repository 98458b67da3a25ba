// A step: one input with the events it caused, in their binary form, as it lies in the record.
//
// Bytes are encoded once on the engine thread and never looked into again by storage; replay
// compares them without decoding the events.
#pragma once

#include <span>
#include <vector>

#include "core/event/codec.hpp"

namespace breakwater {

struct Step {
    Sequence sequence = 0;
    Instant time;
    ByteBuffer bytes;  // the input, then its events, back to back
    std::uint32_t inputSize = 0;
    std::vector<std::uint32_t> eventSizes;

    Bytes input() const { return Bytes(bytes).first(inputSize); }
    std::size_t eventCount() const { return eventSizes.size(); }
    void clear() {
        bytes.clear();
        eventSizes.clear();
        inputSize = 0;
    }
    friend bool operator==(const Step&, const Step&) = default;
};

// Visits each event's bytes in order.
template <class F>
void forEachEvent(const Step& step, F&& visit) {
    std::size_t at = step.inputSize;
    for (const std::uint32_t size : step.eventSizes) {
        visit(Bytes(step.bytes).subspan(at, size));
        at += size;
    }
}

// Where steps come from (a record, a list in a test). False at the end.
class StepSource {
public:
    virtual ~StepSource() = default;
    virtual Result<bool> next(Step& step) = 0;
};

// A state as it was after the input `sequence`, from which a replay may start.
struct Checkpoint {
    Sequence sequence = 0;
    Instant time;
    Digest stateDigest;
    ByteBuffer state;
};

}  // namespace breakwater
