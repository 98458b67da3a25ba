#include "storage/record_format.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <type_traits>
#include <variant>

#include "core/base/assert.hpp"

namespace breakwater::storage {
namespace {

constexpr std::string_view kGenesisName = "breakwater record 1\n";
constexpr std::uint8_t kInputTag = 1;
constexpr std::uint8_t kEventTag = 2;
constexpr std::uint8_t kCheckpointTag = 3;
constexpr std::uint8_t kTailTag = 4;
constexpr std::size_t kDigestSize = sizeof(Digest::bytes);

template <class T>
std::uint8_t* put(std::uint8_t* at, T value) {
    auto bits = static_cast<std::make_unsigned_t<T>>(value);
    for (std::size_t i = 0; i < sizeof(T); ++i) {
        *at++ = static_cast<std::uint8_t>(bits);
        if constexpr (sizeof(T) > 1) bits = static_cast<decltype(bits)>(bits >> 8);
    }
    return at;
}

std::uint8_t* put(std::uint8_t* at, const Digest& digest) {
    std::memcpy(at, digest.bytes.data(), kDigestSize);
    return at + kDigestSize;
}

template <class Variant, class Alternative, std::size_t I = 0>
constexpr std::size_t alternativeIndex() {
    if constexpr (std::is_same_v<std::variant_alternative_t<I, Variant>, Alternative>) {
        return I;
    } else {
        return alternativeIndex<Variant, Alternative, I + 1>();
    }
}

Result<std::uint64_t> parseNumber(const std::string& name, const std::string& text) {
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) {
        return fail(ErrorCode::Corrupt, "the record's " + name + " is not a whole number");
    }
    return value;
}

// What a row of this payload takes at most: its own bytes, the share of a page that rows of its
// size leave empty, and, for a long one, the last overflow page.
std::uint64_t rowSizeAtMost(std::uint64_t payload) {
    const std::uint64_t row = payload + 80;
    return row < 1'000 ? row + row / 6 : 2 * row + 16'384;
}

}  // namespace

Result<MetaEntries> toEntries(const RecordMeta& meta) {
    MetaEntries entries = meta.extra;
    entries.emplace_back("codec", std::to_string(meta.codec));
    entries.emplace_back("created", meta.created);
    entries.emplace_back("program", meta.program);
    entries.emplace_back("scenario", meta.scenario);
    entries.emplace_back("seed", std::to_string(meta.seed));
    entries.emplace_back("venue", meta.venue);
    std::sort(entries.begin(), entries.end());
    const auto sameName = [](const auto& a, const auto& b) { return a.first == b.first; };
    const auto twice = std::adjacent_find(entries.begin(), entries.end(), sameName);
    if (twice != entries.end()) {
        return fail(ErrorCode::InvalidArgument,
                    "a record cannot be described twice by '" + twice->first + "'");
    }
    return entries;
}

Result<RecordMeta> fromEntries(const MetaEntries& entries) {
    RecordMeta meta;
    int known = 0;
    for (const auto& [key, value] : entries) {
        ++known;
        if (key == "created") {
            meta.created = value;
        } else if (key == "program") {
            meta.program = value;
        } else if (key == "scenario") {
            meta.scenario = value;
        } else if (key == "venue") {
            meta.venue = value;
        } else if (key == "seed" || key == "codec") {
            const Result<std::uint64_t> number = parseNumber(key, value);
            if (!number) return fail(number.error().code, number.error().message);
            if (key == "seed") meta.seed = *number;
            if (key == "codec")
                meta.codec = static_cast<int>(std::min<std::uint64_t>(*number, 1'000'000));
        } else {
            --known;
            meta.extra.emplace_back(key, value);
        }
    }
    if (known != 6) return fail(ErrorCode::Corrupt, "the record's description is incomplete");
    return meta;
}

Digest genesisOf(const MetaEntries& entries) {
    ByteBuffer message(kGenesisName.begin(), kGenesisName.end());
    const auto add = [&message](const std::string& text) {
        std::uint8_t size[4];
        put(size, static_cast<std::uint32_t>(text.size()));
        message.insert(message.end(), size, size + 4);
        message.insert(message.end(), text.begin(), text.end());
    };
    for (const auto& [key, value] : entries) {
        add(key);
        add(value);
    }
    return digestOf(message);
}

Digest tailDigest(const Digest& genesis, const RecordTail& tail) {
    std::uint8_t message[2 * 8 + 3 * 8 + 3 * kDigestSize + 2];
    std::uint8_t* at = put(message, genesis);
    at = put(at, kTailTag);
    at = put(at, static_cast<std::uint8_t>(tail.state));
    at = put(at, tail.lastSequence);
    at = put(at, tail.lastTime.microseconds());
    at = put(at, tail.events);
    at = put(at, tail.stateDigests);
    at = put(at, tail.checkpoints);
    at = put(at, tail.chain);
    at = put(at, tail.checkpointChain);
    BW_ASSERT(at == message + sizeof message);
    return digestOf(message);
}

Digest checkpointLink(const Digest& previous, const Checkpoint& checkpoint,
                      const Digest& chainAfter) {
    std::uint8_t header[1 + 3 * 8 + 3 * kDigestSize];
    std::uint8_t* at = put(header, previous);
    at = put(at, kCheckpointTag);
    at = put(at, checkpoint.sequence);
    at = put(at, checkpoint.time.microseconds());
    at = put(at, checkpoint.stateDigest);
    at = put(at, chainAfter);
    at = put(at, static_cast<std::uint64_t>(checkpoint.state.size()));
    BW_ASSERT(at == header + sizeof header);
    return DigestBuilder().add(Bytes(header)).add(Bytes(checkpoint.state)).finish();
}

Chain::Chain(const Digest& head) : m_head(head), m_message(256) {}

const Digest& Chain::addInput(Sequence sequence, Instant time, Bytes payload) {
    std::uint8_t* at = put(m_message.data() + kDigestSize, kInputTag);
    at = put(at, sequence);
    at = put(at, time.microseconds());
    at = put(at, static_cast<std::uint32_t>(payload.size()));
    return link(static_cast<std::size_t>(at - m_message.data()), payload);
}

const Digest& Chain::addEvent(std::uint64_t id, Bytes payload) {
    std::uint8_t* at = put(m_message.data() + kDigestSize, kEventTag);
    at = put(at, id);
    at = put(at, static_cast<std::uint32_t>(payload.size()));
    return link(static_cast<std::size_t>(at - m_message.data()), payload);
}

const Digest& Chain::link(std::size_t headerSize, Bytes payload) {
    const std::size_t size = headerSize + payload.size();
    if (m_message.size() < size) m_message.resize(size);
    put(m_message.data(), m_head);
    if (!payload.empty())
        std::memcpy(m_message.data() + headerSize, payload.data(), payload.size());
    m_head = digestOf(Bytes(m_message.data(), size));
    return m_head;
}

Result<void> checkFollows(const Step& step, Sequence last, Instant lastTime) {
    const auto refuse = [&step](const std::string& why) {
        return fail(ErrorCode::InvalidArgument, "step " + std::to_string(step.sequence) + why);
    };
    if (step.sequence != last + 1) return refuse(" does not follow step " + std::to_string(last));
    if (last > 0 && step.time < lastTime) return refuse(" goes backward in time");
    if (step.eventCount() >= kMaxEventsPerStep) {
        return refuse(" has more events than a record can number");
    }
    if (step.inputSize == 0 || std::ranges::find(step.eventSizes, 0U) != step.eventSizes.end()) {
        return refuse(" has an input or an event without content");
    }
    return {};
}

std::uint64_t storedSizeAtMost(const Step& step) {
    std::uint64_t size = rowSizeAtMost(step.inputSize);
    for (const std::uint32_t event : step.eventSizes)
        size += rowSizeAtMost(event);
    return size;
}

std::uint64_t storedSizeAtMost(const Checkpoint& checkpoint) {
    // One overflow chain: four bytes of each page point to the next.
    return checkpoint.state.size() + checkpoint.state.size() / 64 + 32'768;
}

bool isStateDigest(Bytes event) {
    return event.size() == 1 + kDigestSize && event[0] == alternativeIndex<Event, StateDigested>();
}

}  // namespace breakwater::storage
