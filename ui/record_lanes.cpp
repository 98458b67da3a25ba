#include "ui/record_lanes.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "core/view/alarms.hpp"
#include "ui/text.hpp"
#include "widgets/format.hpp"

namespace breakwater::ui {
namespace {

using widgets::Lane;
using widgets::LaneKind;
using widgets::LaneReading;
using widgets::LanesData;

constexpr int kSpanRows = 3;  // breakers that overlap further share the last row
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr Duration kTenMinutes = Duration::minutes(10);
constexpr Duration kLeastShown = Duration::minutes(10);  // of a venue that has just begun

double ms(Instant instant) { return static_cast<double>(millis(instant)); }

QString codeOf(const view::Snapshot& names, std::size_t market) {
    return names.markets && market < names.markets->size()
               ? text((*names.markets)[market].instrument.code)
               : QStringLiteral("#%1").arg(market);
}

QString symbolOf(const view::Snapshot& names, InstrumentId market) {
    return names.markets && market.value() < names.markets->size()
               ? text((*names.markets)[market.value()].instrument.symbol)
               : QStringLiteral("#%1").arg(market.value());
}

double markOf(const RecordLanes::Column& column, InstrumentId market) {
    return market.value() < column.marks.size() ? column.marks[market.value()] : kNone;
}

Instant endOf(const RecordLanes& record, std::size_t column) {
    return std::min(record.to, record.from + record.column * static_cast<std::int64_t>(column + 1));
}

// The last column that had ended at that time; nothing before the first has. The one at work tells
// what is known now.
std::optional<std::size_t> columnAt(const RecordLanes& record, Instant at) {
    if (record.columns.empty() || record.column <= Duration() || at < record.from)
        return std::nullopt;
    if (at >= record.upTo) return record.columns.size() - 1;
    const auto ended = static_cast<std::size_t>((at - record.from).count() / record.column.count());
    const std::size_t count = std::min(ended, record.columns.size());
    return count == 0 ? std::nullopt : std::optional(count - 1);
}

Lane valueLane(const char* name, LaneKind kind, double weight, int decimals) {
    Lane lane;
    lane.name = QString::fromUtf8(name);
    lane.kind = kind;
    lane.weight = weight;
    lane.decimals = decimals;
    return lane;
}

widgets::Priority oraclePriority(const RecordLanes::Column& column) {
    using view::AlarmKind;
    if (column.blind > 0) return priorityOf(view::recordOf(AlarmKind::IndexBlind).priority);
    if (column.sourcesLate > 0) return priorityOf(view::recordOf(AlarmKind::OracleLate).priority);
    return widgets::Priority::None;
}

int freeRow(std::array<double, kSpanRows>& endOfRow, double from, double to) {
    for (int row = 0; row < kSpanRows; ++row) {
        if (endOfRow[static_cast<std::size_t>(row)] > from) continue;
        endOfRow[static_cast<std::size_t>(row)] = to;
        return row;
    }
    endOfRow.back() = std::max(endOfRow.back(), to);
    return kSpanRows - 1;
}

QVector<widgets::LaneSpan> breakerSpans(const RecordLanes& record, const view::Snapshot& names) {
    QVector<widgets::LaneSpan> spans;
    const std::size_t known = record.columns.size();
    std::size_t markets = 0;
    for (std::size_t c = 0; c < known; ++c)
        markets = std::max(markets, record.columns[c].levels.size());
    const auto levelAt = [&](std::size_t market, std::size_t c) -> int {
        const auto& levels = record.columns[c].levels;
        return market < levels.size() ? levels[market] : 0;
    };
    for (std::size_t m = 0; m < markets; ++m) {
        for (std::size_t c = 0; c < known;) {
            const int level = levelAt(m, c);
            const std::size_t begin = c;
            while (c < known && levelAt(m, c) == level)
                ++c;
            if (level == 0) continue;
            const auto of = static_cast<BreakerLevel>(std::min(level, 4));
            spans.append(
                {begin == 0 ? ms(record.from) : ms(endOf(record, begin - 1)),
                 ms(endOf(record, c - 1)),
                 QStringLiteral("%1 %2 %3").arg(codeOf(names, m), levelCode(of), levelWord(of)),
                 0});
        }
    }
    std::stable_sort(spans.begin(), spans.end(),
                     [](const auto& a, const auto& b) { return a.from < b.from; });
    std::array<double, kSpanRows> endOfRow;
    endOfRow.fill(-1);
    for (widgets::LaneSpan& span : spans)
        span.row = freeRow(endOfRow, span.from, span.to);
    return spans;
}

QVector<widgets::LaneMark> marksOf(const RecordLanes& record, RecordLanes::Mark::Lane wanted) {
    QVector<widgets::LaneMark> marks;
    for (const RecordLanes::Mark& mark : record.marks) {
        if (mark.lane != wanted) continue;
        widgets::LaneMark out;
        out.at = ms(mark.time);
        out.text = text(mark.text);
        out.priority = mark.priority ? priorityOf(*mark.priority) : widgets::Priority::None;
        out.shape = wanted == RecordLanes::Mark::Lane::Alarm     ? widgets::LaneShape::Badge
                    : wanted == RecordLanes::Mark::Lane::FeedGap ? widgets::LaneShape::Tick
                    : wanted == RecordLanes::Mark::Lane::Officer ? widgets::LaneShape::Dot
                                                                 : widgets::LaneShape::Ring;
        marks.append(out);
    }
    return marks;
}

QVector<Lane> valueLanes(const RecordLanes& record, const view::Snapshot& names,
                         InstrumentId market) {
    const bool listed = names.markets && market.value() < names.markets->size();
    const int decimals = listed ? decimalsOf((*names.markets)[market.value()].instrument.tick) : 2;
    Lane price = valueLane("price", LaneKind::Line, 6.2, decimals);
    Lane oracle = valueLane("oracle", LaneKind::Bars, 2.6, 0);
    oracle.merge = widgets::LaneMerge::Highest;
    Lane interest = valueLane("open interest", LaneKind::Area, 3.4, -1);
    Lane liquidations = valueLane("liquidations", LaneKind::Bars, 4.2, 0);
    Lane fund = valueLane("fund", LaneKind::Line, 3.6, -1);
    for (const RecordLanes::Column& column : record.columns) {
        price.values.append(markOf(column, market));
        oracle.values.append(column.sourcesLate + column.blind);
        oracle.priorities.append(oraclePriority(column));
        interest.values.append(column.openInterest);
        liquidations.values.append(column.liquidations);
        fund.values.append(column.fund);
    }
    return {price, oracle, interest, liquidations, fund};
}

Lane markLane(const char* name, const RecordLanes& record, RecordLanes::Mark::Lane of,
              double weight) {
    Lane lane = valueLane(name, LaneKind::Marks, weight, 0);
    lane.marks = marksOf(record, of);
    return lane;
}

// --- what the lanes say at an instant -----------------------------------------------------------

LaneReading priceReading(const RecordLanes& record, const view::Snapshot& names,
                         InstrumentId market, std::size_t at) {
    const double mark = markOf(record.columns[at], market);
    if (!std::isfinite(mark)) return {QStringLiteral("no mark yet"), {}, {}};
    const bool listed = names.markets && market.value() < names.markets->size();
    const auto figure = [&](double value) {
        return listed ? priceText(value, (*names.markets)[market.value()].instrument.tick)
                      : widgets::formatExact(value);
    };
    std::size_t low = at;
    for (std::size_t c = 0; c < record.columns.size(); ++c) {
        const double value = markOf(record.columns[c], market);
        if (std::isfinite(value) && value < markOf(record.columns[low], market)) low = c;
    }
    return {figure(mark),
            QStringLiteral("low %1 at %2")
                .arg(figure(markOf(record.columns[low], market)), clockText(endOf(record, low))),
            {}};
}

LaneReading oracleReading(const RecordLanes::Column& column) {
    const widgets::Priority priority = oraclePriority(column);
    if (priority == widgets::Priority::None) return {QStringLiteral("every source fresh"), {}, {}};
    const QString late = QStringLiteral("%1 late").arg(column.sourcesLate);
    if (column.blind == 0) return {late, QStringLiteral("every index sees"), priority};
    return {QStringLiteral("%1 blind").arg(column.blind), late, priority};
}

LaneReading interestReading(const RecordLanes& record, std::size_t at) {
    const double now = record.columns[at].openInterest;
    if (!std::isfinite(now)) return {QStringLiteral("not known yet"), {}, {}};
    std::size_t first = 0;
    while (first < at && !(record.columns[first].openInterest > 0))
        ++first;
    const double then = record.columns[first].openInterest;
    const QString since =
        then > 0 && first < at
            ? QStringLiteral("%1 since %2")
                  .arg(widgets::formatPercent(now / then - 1, 0, widgets::Sign::Always),
                       clockText(endOf(record, first)))
            : QString();
    return {widgets::formatShort(now), since, {}};
}

// Liquidations begun a minute, over the minute (or the column, if that is longer) before.
double perMinute(const RecordLanes& record, std::size_t at) {
    const double column = record.column.toSeconds();
    if (!(column > 0)) return record.columns[at].liquidations;
    const auto wanted = static_cast<std::size_t>(std::max(1.0, std::round(60 / column)));
    const std::size_t count = std::min(wanted, at + 1);
    double sum = 0;
    for (std::size_t c = at + 1 - count; c <= at; ++c)
        sum += record.columns[c].liquidations;
    return wanted == 1 ? sum * 60 / column : sum;
}

LaneReading liquidationReading(const RecordLanes& record, std::size_t at) {
    double peak = 0;
    std::size_t peakAt = 0;
    for (std::size_t c = 0; c < record.columns.size(); ++c) {
        const double rate = perMinute(record, c);
        if (rate > peak) {
            peak = rate;
            peakAt = c;
        }
    }
    return {QStringLiteral("%1/min").arg(widgets::formatShort(perMinute(record, at))),
            peak > 0 ? QStringLiteral("peak %1/min at %2")
                           .arg(widgets::formatShort(peak), clockText(endOf(record, peakAt)))
                     : QStringLiteral("none in the record"),
            {}};
}

LaneReading fundReading(const RecordLanes& record, std::size_t at) {
    const std::size_t last = record.columns.size() - 1;
    return {widgets::formatShort(record.columns[at].fund),
            at == last ? QString()
                       : QStringLiteral("%1 at %2")
                             .arg(widgets::formatShort(record.columns[last].fund),
                                  clockText(endOf(record, last))),
            {}};
}

LaneReading breakerReading(const RecordLanes& record, const view::Snapshot& names, std::size_t at) {
    QStringList on;
    const auto& levels = record.columns[at].levels;
    for (std::size_t m = 0; m < levels.size(); ++m) {
        if (levels[m] != 0)
            on.append(QStringLiteral("%1 L%2").arg(codeOf(names, m)).arg(levels[m]));
    }
    if (on.isEmpty()) return {QStringLiteral("none on"), {}, {}};
    return {QStringLiteral("%1 on").arg(on.size()), on.join(QStringLiteral(", ")), {}};
}

LaneReading countReading(const RecordLanes& record, RecordLanes::Mark::Lane lane, Instant at) {
    std::size_t count = 0;
    const RecordLanes::Mark* last = nullptr;
    for (const RecordLanes::Mark& mark : record.marks) {
        if (mark.lane != lane || mark.time > at) continue;
        last = &mark;
        if (at - mark.time < kTenMinutes) ++count;
    }
    return {QStringLiteral("%1 in 10 min").arg(count),
            last != nullptr ? text(last->text) : QString(),
            {}};
}

}  // namespace

Instant endOfLanes(const RecordLanes& record, std::optional<Instant> now) {
    if (!now) return record.to;
    const Instant known = std::max(record.upTo, *now);
    return std::max(known, std::min(record.to, record.from + kLeastShown));
}

LanesData lanesOf(const RecordLanes& record, const view::Snapshot& names, InstrumentId market,
                  Instant end) {
    using Of = RecordLanes::Mark::Lane;
    LanesData data;
    data.title = QStringLiteral("The record, %1").arg(symbolOf(names, market));
    // Whole columns: the last may reach beyond the end.
    const std::int64_t length = std::max<std::int64_t>(1, record.column.count());
    const std::int64_t columns = ((end - record.from).count() + length - 1) / length;
    data.from = ms(record.from);
    data.columns = static_cast<int>(columns);
    data.to = data.from + static_cast<double>(columns * length) / 1'000;
    data.known = ms(record.upTo);
    data.lanes = valueLanes(record, names, market);
    Lane breakers = valueLane("breakers", LaneKind::Spans, 4.6, 0);
    breakers.spans = breakerSpans(record, names);
    data.lanes.append(breakers);
    data.lanes.append(markLane("alarms", record, Of::Alarm, 2.6));
    data.lanes.append(markLane("officer", record, Of::Officer, 2.8));
    data.lanes.append(markLane("feed gaps", record, Of::FeedGap, 2.2));
    return data;
}

QVector<LaneReading> readingsAt(const RecordLanes& record, const view::Snapshot& names,
                                InstrumentId market, Instant at) {
    using Of = RecordLanes::Mark::Lane;
    const std::optional<std::size_t> column = columnAt(record, at);
    if (!column) return QVector<LaneReading>(kLanes);
    return {priceReading(record, names, market, *column),
            oracleReading(record.columns[*column]),
            interestReading(record, *column),
            liquidationReading(record, *column),
            fundReading(record, *column),
            breakerReading(record, names, *column),
            countReading(record, Of::Alarm, at),
            countReading(record, Of::Officer, at),
            countReading(record, Of::FeedGap, at)};
}

}  // namespace breakwater::ui
