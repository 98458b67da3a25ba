// The events of a record by page: onward or backward from a place, of chosen kinds, of what a
// caller wants. A search is done in slices of a few milliseconds, so that it can be watched and
// given up. Every row handed out agrees with its link of the chain; rows that a damaged kind
// hides from a search are for verify to find.
//
// RecordReader answers for a record that is closed or whose writer crashed, Recorder::log() for
// the one this process is writing: on the storage thread, between two commits, because the
// writer's lock lets no other connection look at the file.
#pragma once

#include <functional>
#include <limits>
#include <optional>
#include <vector>

#include "core/event/events.hpp"
#include "storage/record_format.hpp"

namespace breakwater::storage {

struct EventRow {
    Sequence sequence = 0;
    std::uint32_t index = 0;
    Instant time;  // of the input
    ByteBuffer bytes;
};

struct EventPlace {
    Sequence sequence = 0;
    std::uint32_t index = 0;

    friend auto operator<=>(const EventPlace&, const EventPlace&) = default;
};
inline constexpr std::uint32_t kLastIndex = static_cast<std::uint32_t>(kMaxEventsPerStep - 1);

enum class Toward : std::uint8_t { End, Start };

struct EventSearch {
    std::vector<std::size_t> kinds;  // of Event's alternatives; empty: all
    Sequence first = 1;              // inputs outside of first..last are not looked at
    Sequence last = std::numeric_limits<Sequence>::max();
    EventPlace from;  // looked at first, itself included
    Toward toward = Toward::End;
    std::function<bool(const Event&)> wanted;  // empty: every one of the kinds
    std::size_t count = 200;                   // rows at most
};

struct EventSlice {
    std::vector<EventRow> rows;      // in the direction of the search
    std::optional<EventPlace> next;  // the search goes on here; absent: it came to its end
};

class EventLog {
public:
    virtual ~EventLog() = default;

    // As many rows as a few milliseconds give. To go on: the same search with `from` = next and
    // fewer rows to find.
    virtual Result<EventSlice> search(const EventSearch& search) = 0;
    // One input with its events, held against the chain. NotFound beyond the end.
    virtual Result<Step> stepAt(Sequence sequence) = 0;
    // The last input at or before an instant; 0 when the record begins later.
    virtual Result<Sequence> sequenceAt(Instant time) = 0;
    virtual Result<RecordTail> end() = 0;  // where it ends now
};

}  // namespace breakwater::storage
