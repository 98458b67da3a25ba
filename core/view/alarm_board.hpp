// The board of alarms: decides from events and from the state at each tick which alarms stand.
//
// One cause, one alarm. All markets that a kind of alarm concerns stand in one alarm (a price
// shock: one for falls, one for rises), which names the worst and counts the others; a market
// that joins an acknowledged alarm makes it unacknowledged again (a shock: after five minutes,
// before that the markets that follow are the same shock). Accounts that fall below
// maintenance are counted in the alarm that caused it and never raise one of their own.
//
// Each condition has a dead band and delays in venue time, so that a figure that trembles around
// its limit raises one alarm. An alarm whose condition ended waits for its acknowledgement; if
// the condition comes back before, it is the same alarm.
#pragma once

#include <array>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/engine/state.hpp"
#include "core/event/events.hpp"
#include "core/view/alarms.hpp"

namespace breakwater::view {

class AlarmBoard {
public:
    // Figures by which conditions are judged; the delays stand beside them in alarm_board.cpp.
    static constexpr double kShockOn = 0.05, kShockOff = 0.03;  // move of the index
    static constexpr Duration kShockWindow = Duration::minutes(5);
    static constexpr std::uint64_t kBacklogOn = 20, kBacklogOff = 10;  // running liquidations
    static constexpr double kFundLowOn = 0.50, kFundLowOff = 0.55;     // of its capital
    static constexpr double kFundEmptyOn = 0.001, kFundEmptyOff = 0.05;
    static constexpr double kExitOn = 0.20, kExitOff = 0.25;  // fill ratio of reducing volume
    static constexpr Duration kEndingBefore = Duration::seconds(120);
    static constexpr Duration kLateAfter = Duration::seconds(3);
    static constexpr Duration kStuckAfter = Duration::seconds(60);  // orders without any fill

    // For the timeline: an alarm was raised, or an acknowledged market joined again.
    struct Notice {
        Instant time;
        AlarmPriority priority;
        std::string text;
    };

    AlarmBoard();
    // Starts from a state that is not empty: counts what its events would have told.
    void prime(const EngineState& state);
    // Worth calling for a clock tick and for any input that gave events.
    void observe(const Input& input, const std::vector<Event>& events, const EngineState& state);
    void report(AlarmKind kind, bool raised, std::string effect, Instant now);

    AlarmView view(const EngineState& state) const;
    std::vector<Notice> takeNotices() { return std::exchange(m_notices, {}); }
    bool isOpen() const { return !m_open.empty(); }
    // Net capital that was paid into the fund.
    Money fundCapital() const { return m_capital; }

private:
    // A topic holds the alarm of one kind; shocks have one for falls and one for rises.
    using Topic = std::size_t;
    static constexpr std::size_t kKinds = 15;
    static constexpr Topic kShockUp = kKinds;
    static constexpr std::size_t kTopics = kKinds + 1;
    static constexpr Topic topicOf(AlarmKind kind) { return static_cast<Topic>(kind); }
    static AlarmKind kindOf(Topic topic) {
        return topic == kShockUp ? AlarmKind::PriceShock : static_cast<AlarmKind>(topic);
    }

    // One market, underlying, or the venue, under a topic's condition.
    struct Member {
        bool on = false;
        bool waiting = false;  // the delay of the other state runs
        Instant since;         // of the delay, or of being on
        double figure = 0;     // worst while on
    };
    struct Standing {
        std::vector<Member> members;  // by subject
        std::size_t on = 0;
        std::optional<std::uint64_t> alarm;  // the open alarm of the topic
    };
    struct OpenAlarm {
        Alarm alarm;
        Topic topic = 0;
        bool isNews = true;      // raised, or joined again after an acknowledgement
        bool isChanged = false;  // a member joined: its words are said anew
        Instant newsAt;          // when it asked last
        Instant returnedAt;
        Instant lastPulse;        // the last ADL or socialised loss
        bool isPulsed = false;    // since the last tick
        std::uint64_t count = 0;  // ADL closings, socialised payers
        double money = 0;
        std::string reported;       // the desk's own words
        std::vector<bool> counted;  // accounts among the children
    };
    // What a condition says of one subject now. Neither holds inside the dead band.
    struct Reading {
        bool over = false;
        bool under = false;
        double figure = 0;
    };
    // Events per venue second over the last minute.
    class MinuteCount {
    public:
        void add(std::int64_t second);
        std::uint64_t sum(std::int64_t now) const;

    private:
        std::array<std::pair<std::int64_t, std::uint32_t>, 60> m_seconds{};
    };

    // alarm_board.cpp
    void judge(Topic topic, std::size_t subject, const Reading& reading, const EngineState& state);
    void turnOn(Topic topic, std::size_t subject, Instant now);
    void turnOff(Topic topic, std::size_t subject, Instant now);
    void pulse(Topic topic, std::uint64_t count, double money, Instant now);
    void acknowledge(std::uint64_t number);
    void countRaise(AlarmPriority priority, Instant now);
    OpenAlarm* open(Topic topic);
    void announce(const EngineState* state, Instant now);
    void countChild(AccountId account, const EngineState& state);

    // alarm_conditions.cpp
    void onEvent(const Event& event, const EngineState& state);
    void onBand(const HealthBandChanged& event, const EngineState& state);
    void onBreaker(const BreakerChanged& event, const EngineState& state);
    void judgeAll(const EngineState& state);
    void judgeUnderlyings(const EngineState& state);
    void judgeBreaker(std::size_t market, const EngineState& state);
    void judgeFund(const EngineState& state);
    void judgePulse(Topic topic, const EngineState& state);
    void judgeStuck(const EngineState& state);

    // alarm_text.cpp
    std::string headline(Topic topic, const EngineState& state) const;
    std::string effect(const OpenAlarm& open, const EngineState& state) const;
    std::string effectOn(Topic topic, std::size_t subject, const EngineState& state) const;
    std::size_t worstOf(Topic topic) const;
    std::optional<InstrumentId> marketOf(Topic topic, const EngineState& state) const;

    std::array<Standing, kTopics> m_topics;
    std::vector<OpenAlarm> m_open;  // by number
    std::uint64_t m_raised = 0;
    std::deque<Instant> m_recent;  // P1 and P2 raised within ten minutes
    std::deque<std::pair<std::int64_t, std::uint32_t>> m_windows;  // ten-minute window, raised
    std::optional<std::int64_t> m_firstWindow;
    std::vector<Notice> m_notices;

    std::uint64_t m_below = 0;  // accounts below maintenance now
    MinuteCount m_started, m_ended;
    std::map<LiquidationId, Instant> m_unfilled;  // since when their orders found no taker
    Money m_capital;
    std::vector<Duration> m_granted;  // per market: how long the standing level was given
};

}  // namespace breakwater::view
