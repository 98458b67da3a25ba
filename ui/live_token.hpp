// The right to act on the venue, as a type.
//
// A command can be handed over only together with a LiveToken. Only the window makes one, and only
// in LIVE: not while a past instant or a what-if is on screen, not after the engine halted or the
// play ended. A desk over a record has no CommandDesk at all.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/event/inputs.hpp"

namespace breakwater::ui {

// Good for one act; it cannot be copied or kept for a later mode.
class LiveToken {
public:
    LiveToken(LiveToken&&) = default;
    LiveToken& operator=(LiveToken&&) = delete;
    LiveToken(const LiveToken&) = delete;
    LiveToken& operator=(const LiveToken&) = delete;

private:
    friend class MainWindow;
    LiveToken() = default;
};

class CommandDesk {
public:
    virtual ~CommandDesk() = default;
    // Numbers the command, queues it, returns the number.
    virtual CommandId submit(LiveToken token, OfficerCommand command) = 0;
};

// What a screen that acts asks of the window.
struct ActGate {
    // Hands the command to the venue; absent where nothing can be sent in this mode.
    std::function<std::optional<CommandId>(OfficerCommand command)> send;
    // Why nothing can be sent, one clause; empty in LIVE.
    std::function<std::string()> whyNot;
};

}  // namespace breakwater::ui
