// The liquidation queue as an officer reads it: rates, and of every running liquidation how it
// stands, why, and since when. A function of the snapshot; its cost follows what runs.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/view/snapshot.hpp"

namespace breakwater::view {

enum class QueueState : std::uint8_t {
    OrderStands,  // placed in this step or filled a moment ago
    NextStep,     // this step's order is filled; the next comes with the next step
    NoBid,        // orders stand and nobody takes them at the bankruptcy price or better
    FundBehind,   // the fund stands behind the account: closed at any price
    BelowZero,    // equity is below zero; the layers pay at the next step
    Uncovered,    // ... and neither the fund nor winners nor anybody could pay
    Blind,        // an index it needs has no quorum: no order, the clock runs
    Stopped,      // every market it could close in is at level 4
};

struct QueueRow {
    LiquidationId id;
    AccountId account;
    std::optional<InstrumentId> market;  // of its order, or its largest leg; none when flat
    std::uint32_t steps = 0;             // orders placed so far
    double closedShare = 0;              // of that leg, since its first order, 0..1
    double sizeLeft = 0;                 // contracts of that leg, signed
    double valueLeft = 0;                // |notional| of all its legs
    bool hasOrder = false;
    bool hasLimit = false;
    Price limit;
    double limitGap = 0;  // limit / mark - 1
    Duration age;
    double equity = 0, maintenance = 0;
    bool hasDepth = false;      // the book shows something on the side that closes the leg
    double impact = 0;          // relative move that closing the leg costs, signed
    double shortfall = 0;       // what is missing once all of it is closed into the book
    bool isUnderwater = false;  // below zero, or the fund stands behind it
    bool isStuck = false;
    QueueState state = QueueState::OrderStands;
    Instant stateSince;
    std::string why;     // "no bid at 3,745.20 or better"
    std::string advice;  // what an officer can do, empty when nothing is asked
};

enum class BacklogTrend : std::uint8_t { Empty, Shrinking, Steady, Growing };

struct QueueView {
    // No fill for this long while orders stand is stuck; so is what may not be worked at all
    // (blind, stopped) and what nobody could cover.
    static constexpr Duration kStuckAfter = Duration::seconds(10);

    double arriving = 0, cleared = 0;  // liquidations in the last venue minute
    BacklogTrend trend = BacklogTrend::Empty;
    std::optional<double> minutesToClear;  // at this rate; absent when it never clears
    std::size_t stuck = 0, underwater = 0;
    std::optional<Duration> oldestStuck;  // how long the longest has been stuck
    double value = 0;                     // notional still to be closed
    double shortfall = 0;                 // of all rows, each alone in the book: a lower bound
    double committed = 0;                 // of it, of those that are open defaults (isUnderwater)
    std::vector<QueueRow> rows;           // stuck first (longest first), then the oldest
};

QueueView queueOf(const Snapshot& snapshot);
// QueueView::committed alone, cheap enough for a tile.
double committedNow(const Snapshot& snapshot);

// Linear book: draining the depth within 1 % costs 1 %, so `value` moves the price by
// 1 % x value / depth and pays half of it on average. Never more than half the price.
double moveOf(double value, double depth);
double costOf(double value, double depth);
// Depth on the side that closes a leg: bids for a long.
double depthFor(const Market& market, bool isLong);
// Of closing all legs of an account, alone in the book.
double costOfClosing(const Snapshot& snapshot, AccountId account);

// A line of a liquidation's history, "step 3 sells 12.5 at 3,745.20 or better, 14 orders".
std::string textOf(const QueueEntry& entry, const Snapshot& snapshot);
const LiquidationTrace* traceOf(const Snapshot& snapshot, LiquidationId id);

}  // namespace breakwater::view
