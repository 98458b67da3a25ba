// An event as one line of the log, and which lines a reader wants.
//
// Pure: bytes of the record or events of the engine in, words out. Names of accounts, markets and
// sources come from a snapshot of the same record.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/event/events.hpp"
#include "core/view/snapshot.hpp"

namespace breakwater::view {

// The kinds in the order of Event's alternatives: "liquidation_started", ...
std::span<const std::string_view> eventKinds();
// What an officer calls that kind: "Liquidation started".
std::string_view titleOfKind(std::size_t kind);

struct EventFilter {
    std::optional<AccountId> account;    // it is about, or takes part
    std::optional<InstrumentId> market;  // it is about (an underlying's events: its markets)
    std::vector<std::size_t> kinds;      // of eventKinds(); empty: all
    std::optional<Instant> from, to;     // both inclusive

    friend bool operator==(const EventFilter&, const EventFilter&) = default;
};

struct EventLine {
    Sequence sequence = 0;    // of the input that caused it
    std::uint32_t index = 0;  // among that input's events
    Instant time;
    std::size_t kind = 0;  // of eventKinds()
    std::optional<AccountId> account;
    std::optional<InstrumentId> market;
    std::string text;  // one sentence with the figures of the decision
};

// Time and kind are the caller's to check first: they need no decoding.
bool matches(const EventFilter& filter, const Event& event, const Snapshot& names);
EventLine lineOf(const Event& event, Sequence sequence, std::uint32_t index, Instant time,
                 const Snapshot& names);

}  // namespace breakwater::view
