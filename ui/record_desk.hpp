// What the window may ask of a record: its events by page, where an event came from, its whole
// length at a glance, and (of a record opened to be read) another instant.
//
// Answers to requests arrive later, on the UI thread; a newer request of the same kind makes the
// answer of an older one vanish. Reading never blocks the caller and never changes the record.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/view/causes.hpp"
#include "core/view/event_line.hpp"
#include "core/view/record_lanes.hpp"

namespace breakwater::ui {

// Where a page begins: at this place of the record, and onwards or backwards from it.
enum class PageDirection : std::uint8_t { Onward, Backward };

struct EventRequest {
    view::EventFilter filter;
    Sequence sequence = 0;    // 0 with Onward: the first event; 0 with Backward: from the last one
    std::uint32_t index = 0;  // of the event after `sequence`; the page begins with it
    PageDirection direction = PageDirection::Backward;
    std::size_t count = 200;
};

struct EventPage {
    std::vector<view::EventLine> lines;  // oldest first, whatever the direction
    bool complete = false;               // false: the search goes on and this page will come again
    bool atEnd = false;                  // nothing of this filter lies further in that direction
    double searched = 0;                 // share of the way to that end, 0..1
    std::string error;                   // one sentence; no line is shown then
};

using CauseLink = view::CauseLink;
using RecordLanes = view::RecordLanes;  // for the lanes and the slider, built in the background

// Of a record that is read and not written.
struct PastStatus {
    std::string path;
    Instant from, to;           // the times it holds
    Sequence lastSequence = 0;  // its last input
    Sequence sequence = 0;      // what is shown
    Instant time;
    bool busy = false;    // a seek is under way; what is shown is still the instant before
    bool closed = false;  // false: its writer crashed or still runs
    bool playing = false;
    double speed = 1;  // of playing, venue seconds per second
    // Histories, timeline and alarms are what the venue's own window showed; while false they
    // begin at the checkpoint before, and `surveyed` (0..1) says how far the pass over the record
    // has come that fills them. Accounts, markets and the fund are exact either way.
    bool whole = true;
    double surveyed = 1;
    bool wasBeingWritten = false;  // by another Breakwater: this is a photograph of it
    std::string damage;            // what is not as it was written, one sentence
    // The digest of the whole state where the record keeps one (at or before what is shown): of
    // the state computed again, and of the record.
    Sequence digestAt = 0;
    Digest computed;
    std::optional<Digest> recorded;
    // Every event computed again equals the recorded one up to here.
    std::string difference;  // the first that does not, empty while all agree
    double verified = 0;     // share of the rows held against the chain so far, 1 = all
    std::string verdict;     // of verify, once it is done: "intact"
    bool damaged = false;    // verify or a seek found a difference
    std::string error;       // a seek that could not be done, one sentence
};

class RecordDesk {
public:
    virtual ~RecordDesk() = default;

    virtual void requestEvents(const EventRequest& request,
                               std::function<void(const EventPage&)> answer) = 0;
    // Why this event: first cause first, the event itself last.
    virtual void requestCauses(Sequence sequence, std::uint32_t index,
                               std::function<void(const std::vector<CauseLink>&)> answer) = 0;
    // All events of the filter as CSV; the answer is one sentence, `ok` says whether it is good.
    virtual void exportEvents(const view::EventFilter& filter, const std::string& path,
                              std::function<void(bool ok, const std::string& text)> answer) = 0;
    virtual std::shared_ptr<const RecordLanes> lanes() const = 0;  // never null

    // Absent while the record is being written (the venue is live).
    virtual std::optional<PastStatus> past() const = 0;
    virtual void seek(Instant time) = 0;         // the state after the last input at or before it
    virtual void seekTo(Sequence sequence) = 0;  // the state after that input
    virtual void stepEvent(int direction) = 0;   // to the next (+1) or former (-1) input that
                                                 // gave an event other than a price or digest
};

}  // namespace breakwater::ui
