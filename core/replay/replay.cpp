#include "core/replay/replay.hpp"

namespace breakwater {

std::string describeDifference(const Step& recorded, const Step& again) {
    std::vector<Bytes> theirs;
    std::vector<Bytes> ours;
    forEachEvent(recorded, [&](Bytes b) { theirs.push_back(b); });
    forEachEvent(again, [&](Bytes b) { ours.push_back(b); });
    const auto text = [](Bytes b) {
        const Result<Event> event = decodeEvent(b);
        return event ? toText(*event) : event.error().message;
    };
    for (std::size_t i = 0; i < std::max(theirs.size(), ours.size()); ++i) {
        if (i >= theirs.size())
            return "event " + std::to_string(i + 1) + " is not in the record: " + text(ours[i]);
        if (i >= ours.size())
            return "event " + std::to_string(i + 1) +
                   " of the record does not happen again: " + text(theirs[i]);
        if (!std::equal(theirs[i].begin(), theirs[i].end(), ours[i].begin(), ours[i].end())) {
            return "event " + std::to_string(i + 1) + ": recorded " + text(theirs[i]) +
                   ", recomputed " + text(ours[i]);
        }
    }
    return "the input is not encoded as it was";
}

void encodeStep(const Input& input, const std::vector<Event>& events, Step& out) {
    out.clear();
    out.sequence = input.sequence;
    out.time = input.time;
    encode(input.body, out.bytes);
    out.inputSize = static_cast<std::uint32_t>(out.bytes.size());
    for (const Event& event : events) {
        const std::size_t before = out.bytes.size();
        encode(event, out.bytes);
        out.eventSizes.push_back(static_cast<std::uint32_t>(out.bytes.size() - before));
    }
}

void applyAndEncode(Engine& engine, const Input& input, std::vector<Event>& events, Step& out) {
    events.clear();
    engine.apply(input, events);
    encodeStep(input, events, out);
}

Result<ReplayOutcome> replay(Engine& engine, StepSource& source, const ReplayLimits& limits,
                             const std::function<void(const ReplayOutcome&)>& progress) {
    ReplayOutcome outcome;
    outcome.lastSequence = engine.state().sequence;
    outcome.lastTime = engine.state().time;
    Step recorded;
    Step again;
    std::vector<Event> events;
    while (true) {
        const Result<bool> more = source.next(recorded);
        if (!more) return Unexpected(more.error());
        if (!*more || (limits.toSequence && recorded.sequence > *limits.toSequence) ||
            (limits.toTime && recorded.time > *limits.toTime)) {
            break;
        }
        if (recorded.sequence != engine.state().sequence + 1) {
            return fail(ErrorCode::Corrupt, "sequence " + std::to_string(recorded.sequence) +
                                                " follows " +
                                                std::to_string(engine.state().sequence));
        }
        Result<InputBody> body = decodeInput(recorded.input());
        if (!body) {
            return fail(body.error().code, "sequence " + std::to_string(recorded.sequence) + ": " +
                                               body.error().message);
        }
        applyAndEncode(engine, {recorded.sequence, recorded.time, std::move(*body)}, events, again);
        if (!(again == recorded)) {
            outcome.differsAt = recorded.sequence;
            outcome.difference = describeDifference(recorded, again);
            break;
        }
        ++outcome.inputs;
        outcome.events += events.size();
        outcome.lastSequence = recorded.sequence;
        outcome.lastTime = recorded.time;
        if (progress && outcome.inputs % 8192 == 0) progress(outcome);
    }
    outcome.finalDigest = engine.state().digest();
    return outcome;
}

}  // namespace breakwater
