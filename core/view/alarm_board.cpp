// How alarms are raised, joined, returned, acknowledged and counted. Which conditions there are
// stands in alarm_conditions.cpp, their words in alarm_text.cpp.
#include "core/view/alarm_board.hpp"

#include <algorithm>

namespace breakwater::view {
namespace {

struct Delays {
    Duration on;   // the condition must hold this long before it raises
    Duration off;  // and be gone this long before it returns
};

// Upsets come in waves: what is gone for less than this is the same episode. The seven recorded
// crashes, played with an officer who acknowledges within ten seconds, ask at most 14 times in
// their worst ten minutes with it, and 24 times with one minute.
constexpr Duration kEpisode = Duration::minutes(5);

constexpr std::array<Delays, 15> kDelays{{
    {Duration(), kEpisode},                          // PriceShock
    {Duration(), Duration::seconds(10)},             // IndexBlind: raised at once, never flickers
    {Duration::seconds(3), Duration::seconds(60)},   // OracleLate
    {Duration::seconds(10), kEpisode},               // BacklogGrowing
    {Duration(), Duration::seconds(60)},             // FundLow
    {Duration(), Duration::seconds(60)},             // FundEmpty
    {Duration(), kEpisode},                          // AutoDeleveraging
    {Duration(), kEpisode},                          // SocialisedLoss
    {Duration::seconds(30), Duration::seconds(60)},  // ExitBlocked
    {Duration(), Duration()},                        // BreakerRenewed
    {Duration(), Duration()},                        // BreakerEnding
    {Duration(), Duration()},                        // BreakerLate: its three seconds are its own
    {Duration(), Duration()},                        // RecordNearLimit
    {Duration(), Duration()},                        // RecordStopped
    {Duration(), kEpisode},                          // LiquidationStuck: its minute is its own
}};

constexpr Duration kRateWindow = Duration::minutes(10);
constexpr std::size_t kRateWindows = 24;

std::int64_t windowOf(Instant time) { return time.microseconds() / kRateWindow.count(); }

}  // namespace

AlarmBoard::AlarmBoard() = default;

void AlarmBoard::MinuteCount::add(std::int64_t second) {
    auto& [at, count] = m_seconds[static_cast<std::size_t>(second) % m_seconds.size()];
    if (at != second) count = 0;
    at = second;
    ++count;
}

std::uint64_t AlarmBoard::MinuteCount::sum(std::int64_t now) const {
    std::uint64_t sum = 0;
    for (const auto& [at, count] : m_seconds) {
        if (now - at < static_cast<std::int64_t>(m_seconds.size())) sum += count;
    }
    return sum;
}

void AlarmBoard::prime(const EngineState& state) {
    const AccountBook& accounts = state.books.accounts();
    m_below = 0;
    for (std::uint32_t i = 0; i < accounts.size(); ++i) {
        if (accounts.at(AccountId(i)).band >= HealthBand::BelowMaintenance) ++m_below;
    }
    // What was paid in is not part of the state; the cash that stands is the best witness.
    m_capital = state.books.fund();
}

void AlarmBoard::observe(const Input& input, const std::vector<Event>& events,
                         const EngineState& state) {
    if (!m_firstWindow) m_firstWindow = windowOf(state.time);
    // Conditions before events: accounts that fell in the step that raised the shock are its.
    if (std::holds_alternative<ClockTick>(input.body)) judgeAll(state);
    for (const Event& event : events)
        onEvent(event, state);
    announce(&state, state.time);
}

void AlarmBoard::report(AlarmKind kind, bool raised, std::string effect, Instant now) {
    if (!m_firstWindow) m_firstWindow = windowOf(now);
    const Topic topic = topicOf(kind);
    if (raised) {
        turnOn(topic, 0, now);
        open(topic)->reported = std::move(effect);
    } else {
        turnOff(topic, 0, now);
    }
    announce(nullptr, now);
}

void AlarmBoard::judge(Topic topic, std::size_t subject, const Reading& reading,
                       const EngineState& state) {
    std::vector<Member>& members = m_topics[topic].members;
    if (subject >= members.size()) {
        if (!reading.over) return;
        members.resize(subject + 1);
    }
    Member& member = members[subject];
    const Delays& delays = kDelays[static_cast<std::size_t>(kindOf(topic))];
    if (member.on) member.figure = std::max(member.figure, reading.figure);
    if (member.on ? !reading.under : !reading.over) {
        member.waiting = false;
        return;
    }
    if (!member.waiting) {
        member.waiting = true;
        member.since = state.time;
    }
    if (state.time - member.since < (member.on ? delays.off : delays.on)) return;
    if (member.on) {
        // A returned shock keeps the worst it came to; other words stand as they were last said.
        OpenAlarm* alarm = open(topic);
        if (alarm != nullptr && alarm->alarm.kind == AlarmKind::PriceShock) {
            alarm->alarm.headline = headline(topic, state);
        }
        turnOff(topic, subject, state.time);
    } else {
        turnOn(topic, subject, state.time);
        members[subject].figure = reading.figure;
    }
}

AlarmBoard::OpenAlarm* AlarmBoard::open(Topic topic) {
    const std::optional<std::uint64_t>& number = m_topics[topic].alarm;
    if (!number) return nullptr;
    const auto it = std::find_if(m_open.begin(), m_open.end(),
                                 [&](const OpenAlarm& o) { return o.alarm.number == *number; });
    return it == m_open.end() ? nullptr : &*it;
}

void AlarmBoard::turnOn(Topic topic, std::size_t subject, Instant now) {
    Standing& standing = m_topics[topic];
    if (subject >= standing.members.size()) standing.members.resize(subject + 1);
    Member& member = standing.members[subject];
    if (!member.on) ++standing.on;
    const bool isNewHere = !member.on;
    member.on = true;
    member.waiting = false;
    member.since = now;
    OpenAlarm* alarm = open(topic);
    if (alarm == nullptr) {
        OpenAlarm fresh;
        fresh.topic = topic;
        fresh.alarm.number = ++m_raised;
        fresh.alarm.kind = kindOf(topic);
        fresh.alarm.priority = recordOf(fresh.alarm.kind).priority;
        fresh.alarm.raisedAt = now;
        fresh.newsAt = now;
        fresh.alarm.headline = std::string(recordOf(fresh.alarm.kind).title);
        standing.alarm = fresh.alarm.number;
        countRaise(fresh.alarm.priority, now);
        m_open.push_back(std::move(fresh));
        return;
    }
    alarm->isChanged = alarm->isChanged || isNewHere;
    // News are a market that joins what was acknowledged, because it asks for an act of its own,
    // and a condition that comes back. Within one episode neither is: markets that follow a shock
    // are the shock, and what comes and goes before it is acknowledged was told already.
    const bool cameBack = alarm->alarm.state == AlarmState::ReturnedUnacknowledged;
    const bool joined = alarm->alarm.state == AlarmState::Acknowledged && isNewHere;
    const bool sameEpisode =
        cameBack ? now - alarm->returnedAt < kEpisode
                 : alarm->alarm.kind == AlarmKind::PriceShock && now - alarm->newsAt < kEpisode;
    if (cameBack) alarm->alarm.state = AlarmState::Unacknowledged;
    if ((!cameBack && !joined) || sameEpisode) return;
    alarm->alarm.state = AlarmState::Unacknowledged;
    alarm->isNews = true;
    alarm->newsAt = now;
    countRaise(alarm->alarm.priority, now);
}

void AlarmBoard::turnOff(Topic topic, std::size_t subject, Instant now) {
    Standing& standing = m_topics[topic];
    if (subject >= standing.members.size() || !standing.members[subject].on) return;
    standing.members[subject] = Member();
    if (--standing.on != 0) return;
    OpenAlarm* alarm = open(topic);
    if (alarm == nullptr) return;
    if (alarm->alarm.state == AlarmState::Acknowledged) {
        m_open.erase(m_open.begin() + (alarm - m_open.data()));
        standing.alarm.reset();
        return;
    }
    alarm->alarm.state = AlarmState::ReturnedUnacknowledged;
    alarm->returnedAt = now;
}

void AlarmBoard::pulse(Topic topic, std::uint64_t count, double money, Instant now) {
    if (m_topics[topic].on == 0) turnOn(topic, 0, now);
    OpenAlarm* alarm = open(topic);
    alarm->lastPulse = now;
    alarm->isPulsed = true;
    alarm->count += count;
    alarm->money += money;
}

void AlarmBoard::acknowledge(std::uint64_t number) {
    const auto it = std::find_if(m_open.begin(), m_open.end(),
                                 [&](const OpenAlarm& o) { return o.alarm.number == number; });
    if (it == m_open.end()) return;
    if (it->alarm.state == AlarmState::ReturnedUnacknowledged) {
        m_topics[it->topic].alarm.reset();
        m_open.erase(it);
    } else {
        it->alarm.state = AlarmState::Acknowledged;
    }
}

void AlarmBoard::countRaise(AlarmPriority priority, Instant now) {
    if (priority == AlarmPriority::P3) return;
    m_recent.push_back(now);
    while (!m_recent.empty() && now - m_recent.front() >= kRateWindow)
        m_recent.pop_front();
    if (m_windows.empty() || m_windows.back().first != windowOf(now))
        m_windows.emplace_back(windowOf(now), 0);
    ++m_windows.back().second;
    if (m_windows.size() > kRateWindows) m_windows.pop_front();
}

void AlarmBoard::announce(const EngineState* state, Instant now) {
    for (OpenAlarm& o : m_open) {
        if (!o.isNews && !o.isChanged) continue;
        if (state != nullptr && m_topics[o.topic].on != 0) {
            o.alarm.headline = headline(o.topic, *state);
            o.alarm.market = marketOf(o.topic, *state);
        }
        if (o.isNews) m_notices.push_back({now, o.alarm.priority, o.alarm.headline});
        o.isNews = o.isChanged = false;
    }
}

void AlarmBoard::countChild(AccountId account, const EngineState& state) {
    const auto concerns = [&](const OpenAlarm& o) {
        if (o.alarm.kind != AlarmKind::PriceShock || m_topics[o.topic].on == 0) return false;
        const std::vector<Member>& members = m_topics[o.topic].members;
        const auto legs = state.books.accounts().legs(account);
        return std::any_of(legs.begin(), legs.end(), [&](const Leg& leg) {
            const std::size_t u =
                state.markets[leg.instrument.value()].instrument.underlying.value();
            return u < members.size() && members[u].on;
        });
    };
    auto it = std::find_if(m_open.begin(), m_open.end(), concerns);
    if (it == m_open.end()) {
        it = std::find_if(m_open.begin(), m_open.end(), [&](const OpenAlarm& o) {
            return o.alarm.kind == AlarmKind::BacklogGrowing && m_topics[o.topic].on != 0;
        });
    }
    if (it == m_open.end()) return;
    // An account that recovers and falls again is still one account.
    if (account.value() >= it->counted.size()) it->counted.resize(state.books.accounts().size());
    if (it->counted[account.value()]) return;
    it->counted[account.value()] = true;
    ++it->alarm.children;
}

AlarmView AlarmBoard::view(const EngineState& state) const {
    AlarmView view;
    for (const OpenAlarm& o : m_open) {
        Alarm alarm = o.alarm;
        const bool returned = alarm.state == AlarmState::ReturnedUnacknowledged;
        if (!returned) alarm.headline = headline(o.topic, state);
        alarm.effect = effect(o, state);
        ++view.counts[static_cast<std::size_t>(alarm.priority)];
        view.open.push_back(std::move(alarm));
    }
    std::stable_sort(view.open.begin(), view.open.end(),
                     [](const Alarm& a, const Alarm& b) { return a.priority < b.priority; });
    for (const Instant raisedAt : m_recent) {
        if (state.time - raisedAt < kRateWindow) ++view.lastTenMinutes;
    }
    const std::int64_t last = windowOf(state.time);
    const std::int64_t first =
        std::max(m_firstWindow.value_or(last), last - static_cast<std::int64_t>(kRateWindows) + 1);
    view.perTenMinutes.assign(static_cast<std::size_t>(last - first + 1), 0);
    for (const auto& [window, count] : m_windows) {
        if (window >= first && window <= last)
            view.perTenMinutes[static_cast<std::size_t>(window - first)] = count;
    }
    view.raised = m_raised;
    return view;
}

}  // namespace breakwater::view
