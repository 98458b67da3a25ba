// The record at a glance as the lanes show it, and what each lane says at an instant.
#pragma once

#include "ui/record_desk.hpp"
#include "widgets/lanes.hpp"

namespace breakwater::ui {

enum class LaneId : std::uint8_t {
    Price,
    Oracle,
    OpenInterest,
    Liquidations,
    Fund,
    Breakers,
    Alarms,
    Officer,
    FeedGaps
};
inline constexpr int kLanes = 9;

// How far the lanes are drawn: a record of the past whole, that of a venue that runs up to `now`.
Instant endOfLanes(const RecordLanes& record, std::optional<Instant> now);
// `market` is whose price is drawn; breakers are those of all markets.
widgets::LanesData lanesOf(const RecordLanes& record, const view::Snapshot& names,
                           InstrumentId market, Instant end);
// In the order of LaneId. Figures are those of the last column that had ended by then.
QVector<widgets::LaneReading> readingsAt(const RecordLanes& record, const view::Snapshot& names,
                                         InstrumentId market, Instant at);
}  // namespace breakwater::ui
