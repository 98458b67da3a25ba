// What the window may ask of the running venue, and nothing more.
//
// The program implements it over app/runtime; tests over a list of snapshots. Reading never
// blocks; a command takes its number in the one input queue and its effect comes back with a
// later board.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/event/inputs.hpp"
#include "core/view/snapshot.hpp"
#include "ui/live_token.hpp"

namespace breakwater::ui {

struct DeskStatus {
    double speed = 1;  // venue seconds per second; 0 while paused
    double chosenSpeed = 1;
    bool paused = false;
    bool finished = false;  // the price history is played out
    bool past = false;      // a record is read; there is no venue behind it
    bool halted = false;    // the engine stopped on a fault; figures are stale
    std::string haltText;
    Instant playFrom, playTo;  // the venue times that can be played

    bool recording = false;
    std::string recordPath;
    std::string recordError;  // why recording stopped, empty while it runs
    Sequence durable = 0;     // every input up to here is on disk
    std::uint64_t recordBytes = 0;
    std::optional<std::uint64_t> recordLimit;
    std::optional<double> secondsToLimit;

    double inputsPerSecond = 0;  // recent, wall clock
    double projectMillis = 0;    // last photograph
};

class RecordDesk;

class Desk {
public:
    virtual ~Desk() = default;
    virtual view::Board board() const = 0;  // latest; pointers are null before the first
    virtual DeskStatus status() const = 0;
    virtual void setSpeed(double factor) = 0;
    virtual void setPaused(bool paused) = 0;
    virtual void step() = 0;  // one venue second while paused
    // Where commands go; null where there is no venue to obey them.
    virtual CommandDesk* commands() { return nullptr; }
    // The record behind it; null where nothing is recorded.
    virtual RecordDesk* record() { return nullptr; }
};

}  // namespace breakwater::ui
