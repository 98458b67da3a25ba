#include "ui/readings.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/text.hpp"

namespace breakwater::ui {
namespace {

constexpr std::size_t kHour = 3'600;

const Underlying& underlyingOf(const view::Snapshot& snapshot, std::size_t market) {
    return (*snapshot.underlyings)[(*snapshot.markets)[market].instrument.underlying.value()];
}

struct Volume {
    double submitted = 0;
    double filled = 0;
    std::optional<double> ratio() const {
        if (submitted <= 0) return std::nullopt;
        return filled / submitted;
    }
};

void addVolume(Volume& volume, const ExitFlow& flow, Instant now, double price) {
    const std::int64_t second = now.microseconds() / 1'000'000;
    for (const ExitFlow::Second& entry : flow.seconds) {
        if (entry.second <= second - static_cast<std::int64_t>(ExitFlow::kSeconds)) continue;
        volume.submitted += std::abs(entry.submitted.toDouble()) * price;
        volume.filled += std::abs(entry.filled.toDouble()) * price;
    }
}

}  // namespace

std::vector<AdlDistance> adlDistances(const view::VenueScan& scan) {
    std::vector<AdlDistance> found;
    for (std::size_t m = 0; m < scan.moveToFirstAdl.size(); ++m) {
        if (scan.moveToFirstAdl[m]) found.push_back({m, *scan.moveToFirstAdl[m]});
    }
    std::stable_sort(found.begin(), found.end(), [](const AdlDistance& a, const AdlDistance& b) {
        return std::abs(a.move) < std::abs(b.move);
    });
    return found;
}

std::optional<NearestRule> nearestRule(const view::Snapshot& snapshot, std::size_t market) {
    if (!snapshot.profile) return std::nullopt;
    std::optional<NearestRule> nearest;
    for (std::size_t rule = 0; rule < snapshot.profile->moveRules.size(); ++rule) {
        const std::optional<MoveReading> reading = view::ruleReading(snapshot, market, rule);
        if (!reading) continue;
        const double share = reading->share.toDouble();
        if (!nearest || share > nearest->share) {
            nearest = NearestRule{rule, share, reading->move.toDouble()};
        }
    }
    return nearest;
}

std::optional<double> changeOver(const view::Series& series, std::size_t seconds) {
    const std::size_t count = series.values.size();
    if (count <= seconds) return std::nullopt;
    const double before = series.values[count - 1 - seconds];
    if (!(before > 0)) return std::nullopt;
    return series.values.back() / before - 1;
}

QList<double> sampleHour(const view::Series& series, int points) {
    QList<double> out(points, std::numeric_limits<double>::quiet_NaN());
    const std::size_t count = series.values.size();
    const std::size_t step = kHour / static_cast<std::size_t>(std::max(1, points));
    for (int i = 0; i < points; ++i) {
        const std::size_t back = static_cast<std::size_t>(points - 1 - i) * step;
        if (back < count) out[i] = series.values[count - 1 - back];
    }
    return out;
}

double lastMinute(const view::Series& series) {
    double sum = 0;
    const std::size_t count = series.values.size();
    for (std::size_t i = count > 60 ? count - 60 : 0; i < count; ++i)
        sum += series.values[i];
    return sum;
}

QVector<QPointF> perMinute(const view::Series& series, std::size_t every) {
    QVector<QPointF> out;
    const std::size_t count = series.values.size();
    const qint64 last = millis(series.last);
    double sum = 0;
    for (std::size_t i = 0; i < count; ++i) {
        sum += series.values[i];
        if (i >= 60) sum -= series.values[i - 60];
        const std::size_t back = count - 1 - i;
        if (back % every == 0) {
            out.append({static_cast<double>(last - static_cast<qint64>(back) * 1'000),
                        std::max(0.0, sum)});
        }
    }
    return out;
}

OracleReading oracleOf(const view::Snapshot& snapshot, std::size_t market) {
    OracleReading out;
    const Underlying& underlying = underlyingOf(snapshot, market);
    out.total = underlying.sources.size();
    out.fresh = freshCount(underlying.sources);
    Instant newest;
    for (std::size_t s = 0; s < underlying.sources.size(); ++s) {
        const SourceQuote& quote = underlying.sources[s];
        if (!quote.seen) continue;
        const Duration age = snapshot.asOf - quote.observedAt;
        newest = std::max(newest, quote.observedAt);
        if (!out.oldest || age > *out.oldest) out.oldest = age;
        if (quote.state == SourceState::Fresh || (out.lateAge && age <= *out.lateAge)) continue;
        out.lateAge = age;
        if (snapshot.profile && s < snapshot.profile->sources.size()) {
            out.lateName = text(snapshot.profile->sources[s]);
        }
    }
    out.blind = underlying.blind;
    if (out.blind && underlying.hasIndex) {
        const InstrumentId id = (*snapshot.markets)[market].instrument.id;
        const view::Alarm* alarm = openAlarm(snapshot, view::AlarmKind::IndexBlind, id);
        out.blindSince = alarm ? alarm->raisedAt : newest;
    }
    return out;
}

std::optional<std::size_t> worstOracle(const view::Snapshot& snapshot) {
    std::optional<std::size_t> worst;
    std::size_t late = 0;
    Duration age;
    for (std::size_t m = 0; m < snapshot.markets->size(); ++m) {
        const OracleReading reading = oracleOf(snapshot, m);
        const std::size_t missing = reading.total - reading.fresh;
        if (missing == 0) continue;
        const Duration its = reading.lateAge.value_or(Duration());
        if (!worst || missing > late || (missing == late && its > age)) {
            worst = m;
            late = missing;
            age = its;
        }
    }
    return worst;
}

ExitRatio exitRatioOf(const view::Snapshot& snapshot, std::size_t market) {
    Volume sell, buy;
    const Market& m = (*snapshot.markets)[market];
    addVolume(sell, m.sellExits, snapshot.asOf, 1);
    addVolume(buy, m.buyExits, snapshot.asOf, 1);
    return {sell.ratio(), buy.ratio()};
}

ExitRatio exitRatioOf(const view::Snapshot& snapshot) {
    Volume sell, buy;
    for (const Market& m : *snapshot.markets) {
        addVolume(sell, m.sellExits, snapshot.asOf, m.mark.toDouble());
        addVolume(buy, m.buyExits, snapshot.asOf, m.mark.toDouble());
    }
    return {sell.ratio(), buy.ratio()};
}

widgets::Priority worstAlarmOf(const view::Snapshot& snapshot, InstrumentId market) {
    if (!snapshot.alarms) return widgets::Priority::None;
    std::optional<view::AlarmPriority> worst;
    for (const view::Alarm& alarm : snapshot.alarms->open) {
        if (alarm.market != market || alarm.state == view::AlarmState::ReturnedUnacknowledged)
            continue;
        if (!worst || alarm.priority < *worst) worst = alarm.priority;
    }
    return worst ? priorityOf(*worst) : widgets::Priority::None;
}

const view::Alarm* openAlarm(const view::Snapshot& snapshot, view::AlarmKind kind,
                             std::optional<InstrumentId> market) {
    if (!snapshot.alarms) return nullptr;
    for (const view::Alarm& alarm : snapshot.alarms->open) {
        if (alarm.kind == kind && (!market || alarm.market == market)) return &alarm;
    }
    return nullptr;
}

const view::Alarm* alarmToAcknowledge(const view::Snapshot& snapshot) {
    if (!snapshot.alarms) return nullptr;
    for (const view::Alarm& alarm : snapshot.alarms->open) {
        if (alarm.state != view::AlarmState::Acknowledged) return &alarm;
    }
    return nullptr;
}

Duration timeLeft(const view::Alarm& alarm, Instant now) {
    const Duration left = view::recordOf(alarm.kind).timeToAct - (now - alarm.raisedAt);
    return std::max(left, Duration());
}

std::size_t breakersOn(const view::Snapshot& snapshot) {
    return static_cast<std::size_t>(
        std::count_if(snapshot.breakers->begin(), snapshot.breakers->end(),
                      [](const BreakerState& b) { return b.level != BreakerLevel::Normal; }));
}

bool hasMarkets(const view::Board& board) {
    return board.snapshot && board.snapshot->profile && board.snapshot->markets &&
           board.snapshot->underlyings && board.snapshot->breakers &&
           !board.snapshot->markets->empty();
}

}  // namespace breakwater::ui
