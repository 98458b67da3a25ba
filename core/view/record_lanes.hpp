// A whole record at a glance: at most a few thousand columns of equal length, for the lanes and
// the slider. Built input by input, by a pass over a record or beside a venue that runs.
#pragma once

#include <cstdint>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/view/alarms.hpp"
#include "core/view/snapshot.hpp"

namespace breakwater::view {

struct RecordLanes {
    Instant from, to;
    Instant upTo;     // how far it has come
    Duration column;  // length of each; those that upTo has reached are held
    struct Column {   // what happened within it; prices and fund as they stood at its end
        std::vector<double> marks;  // by market; NaN before the first
        double openInterest = std::numeric_limits<double>::quiet_NaN();  // long, at the marks
        double fund = std::numeric_limits<double>::quiet_NaN();          // while unknown
        std::uint32_t liquidations = 0;                                  // begun
        std::uint32_t sourcesLate = 0;     // at its end, over all underlyings
        std::uint32_t blind = 0;           // underlyings without quorum at its end
        std::vector<std::uint8_t> levels;  // breaker level by market, the highest within it
    };
    std::vector<Column> columns;
    struct Mark {  // what deserves a shape of its own
        enum class Lane : std::uint8_t { Alarm, Officer, FeedGap, Breaker };
        Lane lane = Lane::Officer;
        Sequence sequence = 0;
        Instant time;
        std::optional<AlarmPriority> priority;  // of an alarm
        std::string text;
    };
    std::vector<Mark> marks;  // by time
};

class LanesBuilder {
public:
    static constexpr std::size_t kColumns = 1'200;
    static constexpr std::size_t kMarks = 20'000;  // more are no longer looked at as shapes

    LanesBuilder(Instant from, Instant to, std::size_t columns = kColumns);

    // After the input was applied. `openInterest` is asked when a column ends.
    void observe(const Input& input, const std::vector<Event>& events, const EngineState& state,
                 const std::function<double(const EngineState&)>& openInterest);
    void addAlarm(const TimelineEntry& raised);
    std::shared_ptr<const RecordLanes> lanes();  // the same one until something is added

private:
    std::size_t columnOf(Instant time) const;
    void openColumns(std::size_t count, const EngineState& state);
    void onEvent(const Event& event, const Input& input, const EngineState& state);
    void countSources(const EngineState& state);
    void addMark(RecordLanes::Mark::Lane lane, const Input& input, std::string text);

    RecordLanes m_lanes;
    std::int64_t m_columnLength;  // µs
    std::size_t m_mostColumns;
    std::shared_ptr<const RecordLanes> m_copy;
};

// What all longs are worth at their marks.
double openInterestOf(const EngineState& state);

}  // namespace breakwater::view
