// The record's format, version 1: one SQLite file whose every row is under a BLAKE2b-256 digest.
//
// Tables (all STRICT; no index but the primary keys, so every query reads what verify read)
//   meta(key, value)                               what the record is of; fixed when it is made
//   inputs(seq, time, kind, payload, chain)        seq from 1 without a gap; time never backward
//   events(id, kind, payload, chain)               id = seq << 20 | index, index from 0
//   state_digests(id, digest, chain)               copies of the StateDigested events
//   checkpoints(seq, time, state_digest, state, digest)
//   tail(one row)                                  counts and heads as of the last commit
// kind is the payload's first byte; time is microseconds of venue time; application_id is
// "BWRC" and user_version the format's version.
//
// Digests (integers little endian, H = BLAKE2b-256, || joins bytes)
//   genesis      = H("breakwater record 1\n" || for each meta row by key:
//                    u32 size || key || u32 size || value)
//   input link   = H(previous || 0x01 || u64 seq || i64 time || u32 size || payload)
//   event link   = H(previous || 0x02 || u64 id || u32 size || payload)
//   checkpoint   = H(previous checkpoint || 0x03 || u64 seq || i64 time || state_digest ||
//                    chain after seq || u64 size || state)
//   tail digest  = H(genesis || 0x04 || u8 state || u64 last seq || i64 last time ||
//                    u64 events || u64 state digests || u64 checkpoints || chain || checkpoint
//                    chain)
// The journal's chain and the chain of checkpoints both begin with genesis. A link with a payload
// of up to 75 bytes is one block of BLAKE2b.
//
// A chain without a witness does not stop somebody who writes the whole file anew.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/base/digest.hpp"
#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/replay/step.hpp"

namespace breakwater::storage {

inline constexpr std::uint32_t kApplicationId = 0x42575243;  // "BWRC"
inline constexpr int kRecordFormat = 1;
inline constexpr unsigned kEventIndexBits = 20;
inline constexpr std::size_t kMaxEventsPerStep = std::size_t{1} << kEventIndexBits;

constexpr std::uint64_t eventId(Sequence sequence, std::uint64_t index) {
    return sequence << kEventIndexBits | index;
}
constexpr Sequence sequenceOf(std::uint64_t eventId) { return eventId >> kEventIndexBits; }
constexpr std::uint64_t indexOf(std::uint64_t eventId) { return eventId & (kMaxEventsPerStep - 1); }

struct RecordMeta {
    std::string program;   // "breakwater 0.1.0"
    std::string venue;     // profile id
    std::string scenario;  // "" on a foreign feed
    std::uint64_t seed = 0;
    std::string created;  // wall clock as text, for people only
    int codec = kCodecVersion;
    // Whatever else is worth keeping; the names above are taken.
    std::vector<std::pair<std::string, std::string>> extra;

    friend bool operator==(const RecordMeta&, const RecordMeta&) = default;
};

enum class RecordState : std::uint8_t {
    Open,    // being written, or its writer crashed
    Full,    // stopped at its size limit with everything before it recorded
    Closed,  // ended properly
};

// Where the record ends, rewritten by every commit together with the rows it counts.
struct RecordTail {
    RecordState state = RecordState::Open;
    Sequence lastSequence = 0;
    Instant lastTime;
    std::uint64_t events = 0;
    std::uint64_t stateDigests = 0;
    std::uint64_t checkpoints = 0;
    Digest chain;            // head of the journal's chain
    Digest checkpointChain;  // head of the chain of checkpoints

    friend bool operator==(const RecordTail&, const RecordTail&) = default;
};

using MetaEntries = std::vector<std::pair<std::string, std::string>>;  // sorted by key

// Refuses two entries of one name.
Result<MetaEntries> toEntries(const RecordMeta& meta);
Result<RecordMeta> fromEntries(const MetaEntries& entries);

Digest genesisOf(const MetaEntries& entries);
Digest tailDigest(const Digest& genesis, const RecordTail& tail);
Digest checkpointLink(const Digest& previous, const Checkpoint& checkpoint,
                      const Digest& chainAfter);

// The journal's chain. Every link is one digest over contiguous bytes.
class Chain {
public:
    explicit Chain(const Digest& head);

    const Digest& head() const { return m_head; }
    const Digest& addInput(Sequence sequence, Instant time, Bytes payload);
    const Digest& addEvent(std::uint64_t id, Bytes payload);

private:
    const Digest& link(std::size_t headerSize, Bytes payload);

    Digest m_head;
    ByteBuffer m_message;
};

// Whether a step can be recorded after the last one: the next number, no time going backward, an
// input and events that are not empty.
Result<void> checkFollows(const Step& step, Sequence last, Instant lastTime);

// An upper estimate of what a step adds to the file, from which the size limit is kept.
std::uint64_t storedSizeAtMost(const Step& step);
std::uint64_t storedSizeAtMost(const Checkpoint& checkpoint);

// Whether an event's bytes are a StateDigested.
bool isStateDigest(Bytes event);

}  // namespace breakwater::storage
