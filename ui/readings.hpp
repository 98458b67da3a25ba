// Figures the screens derive from one board. Pure functions: the same board gives the same words.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include <QList>
#include <QPointF>
#include <QString>
#include <QVector>

#include "core/view/snapshot.hpp"
#include "widgets/badge.hpp"

namespace breakwater::ui {

// The market whose move first costs an ADL dollar, worst first.
struct AdlDistance {
    std::size_t market = 0;
    double move = 0;  // signed, -0.194
};
std::vector<AdlDistance> adlDistances(const view::VenueScan& scan);

// The move rule nearest to its trip. Nothing while the rules do not look (blind, no history).
struct NearestRule {
    std::size_t rule = 0;
    double share = 0;
    double move = 0;
};
std::optional<NearestRule> nearestRule(const view::Snapshot& snapshot, std::size_t market);

// Relative change over the last `seconds`; nothing when the history is shorter.
std::optional<double> changeOver(const view::Series& series, std::size_t seconds);
// The newest hour in `points` steps, NaN where nothing was known yet.
QList<double> sampleHour(const view::Series& series, int points);
// Events of the last minute, once every `every` seconds; x is UTC ms.
QVector<QPointF> perMinute(const view::Series& series, std::size_t every);
double lastMinute(const view::Series& series);

struct OracleReading {
    std::size_t fresh = 0;
    std::size_t total = 0;
    std::optional<Duration> oldest;  // age of the oldest source that has spoken
    QString lateName;                // of the oldest source that is not fresh
    std::optional<Duration> lateAge;
    bool blind = false;
    std::optional<Instant> blindSince;
};
OracleReading oracleOf(const view::Snapshot& snapshot, std::size_t market);
// The market whose oracle stands worst, if any source of it is not fresh.
std::optional<std::size_t> worstOracle(const view::Snapshot& snapshot);

// Filled / submitted of reducing orders in 60 s.
struct ExitRatio {
    std::optional<double> sell;
    std::optional<double> buy;
};
ExitRatio exitRatioOf(const view::Snapshot& snapshot, std::size_t market);
// Over all markets, weighted by money at the mark.
ExitRatio exitRatioOf(const view::Snapshot& snapshot);

// Open alarms that name the market: its worst priority.
widgets::Priority worstAlarmOf(const view::Snapshot& snapshot, InstrumentId market);
const view::Alarm* openAlarm(const view::Snapshot& snapshot, view::AlarmKind kind,
                             std::optional<InstrumentId> market);
// The one F8 answers: worst first, first out first, not yet acknowledged.
const view::Alarm* alarmToAcknowledge(const view::Snapshot& snapshot);

Duration timeLeft(const view::Alarm& alarm, Instant now);

std::size_t breakersOn(const view::Snapshot& snapshot);
bool hasMarkets(const view::Board& board);

}  // namespace breakwater::ui
