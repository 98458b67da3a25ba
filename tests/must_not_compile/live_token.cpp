// A command cannot be handed over without a token, and nobody but the window makes one.
// case 1: private
// case 2: no matching function|cannot convert|could not convert|too few arguments
// case 3: deleted
// case 4: no member named
#include <utility>

#include "ui/desk.hpp"
using namespace breakwater;
using namespace breakwater::ui;

CommandId sendWith(CommandDesk& desk, LiveToken token, OfficerCommand command) {
#if BW_CASE == 1
    return desk.submit(LiveToken(), std::move(command));
#elif BW_CASE == 2
    return desk.submit(std::move(command));
#elif BW_CASE == 3
    const LiveToken kept = token;
    return desk.submit(std::move(token), std::move(command));
#else
    return desk.submit(std::move(token), std::move(command));
#endif
}

void past(Desk& desk, OfficerCommand command) {
#if BW_CASE == 4
    desk.submit(std::move(command));
#endif
    static_cast<void>(desk);
    static_cast<void>(command);
}
