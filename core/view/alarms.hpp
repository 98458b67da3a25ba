// Alarms: abnormal and in need of an answer. Everything else is an entry of the timeline.
//
// Every alarm has a record in the catalogue (cause, consequence, action, time to act); without
// a record there is no alarm. The board is a function of the engine's state and events in venue
// time, so it is the same at any speed and in a replay.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.hpp"
#include "core/engine/state.hpp"
#include "core/event/events.hpp"
#include "core/event/inputs.hpp"

namespace breakwater::view {

enum class AlarmPriority : std::uint8_t { P1, P2, P3 };  // act in 1 min, in 10 min, this shift

enum class AlarmKind : std::uint8_t {
    PriceShock,      // a market's index moved by 5 % or more within 5 min
    IndexBlind,      // an index lost its quorum
    OracleLate,      // sources late or gapped, the quorum still stands
    BacklogGrowing,  // liquidations begin faster than they end
    FundLow,         // below half of its capital
    FundEmpty,
    AutoDeleveraging,
    SocialisedLoss,
    ExitBlocked,       // exit fill ratio below 20 % for 30 s at level 2
    BreakerRenewed,    // the venue renewed a breaker by itself
    BreakerEnding,     // 120 s or less to the step down
    BreakerLate,       // commanded but not observed effective within 3 s
    RecordNearLimit,   // reported by the desk
    RecordStopped,     // reported by the desk
    LiquidationStuck,  // orders of a liquidation have found no taker for 60 s
};

struct AlarmRecord {
    AlarmKind kind;
    AlarmPriority priority;
    std::string_view title;  // "Price shock"
    std::string_view cause;
    std::string_view consequence;  // what happens if left
    std::string_view action;       // what to do
    Duration timeToAct;
};
const AlarmRecord& recordOf(AlarmKind kind);

enum class AlarmState : std::uint8_t { Unacknowledged, Acknowledged, ReturnedUnacknowledged };

struct Alarm {
    std::uint64_t number = 0;  // from 1, in the order they were raised (first out first)
    AlarmKind kind = AlarmKind::PriceShock;
    AlarmPriority priority = AlarmPriority::P3;
    AlarmState state = AlarmState::Unacknowledged;
    std::optional<InstrumentId> market;  // of several, the worst when it was raised
    Instant raisedAt;
    std::string headline;        // "ETH shock −6.9 % in 5 min"
    std::string effect;          // figures now: "412 accounts below maintenance, 31 in liquidation"
    std::uint32_t children = 0;  // accounts that fell below maintenance since, for this cause
};

// Alarms that returned stay open until they are acknowledged. Alarms of one cause over several
// markets are one alarm; a market that joins it after the acknowledgement asks for another.
struct AlarmView {
    std::vector<Alarm> open;                   // worst first, then first out
    std::array<std::uint32_t, 3> counts{};     // open by priority
    std::uint32_t lastTenMinutes = 0;          // raised P1 and P2 in the last 10 min of venue time
    std::vector<std::uint32_t> perTenMinutes;  // history, oldest first, at most 24
    std::uint64_t raised = 0;
};

}  // namespace breakwater::view
