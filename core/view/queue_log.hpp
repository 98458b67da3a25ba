// What the desk remembers of the liquidations: derived from events, part of every snapshot.
//
// The engine's state says how a liquidation stands, not how it came to stand there. That is
// kept here, bounded, for as long as a liquidation runs; it decides nothing.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/model/kinds.hpp"
#include "core/num/units.hpp"

namespace breakwater::view {

// One line of a liquidation's own history. Orders that stand without a fill are one entry, and
// so are the fills of one order.
struct QueueEntry {
    enum class Kind : std::uint8_t {
        Started,
        Ordered,
        Filled,
        FundPaid,
        Deleveraged,
        Socialised,
        Uncovered,
        Blind,    // an index it needs lost its quorum
        Sees,     // ... and got it back
        Stopped,  // a market it needs was set to level 4
        Freed,    // ... and is below it again
    };
    Instant time;
    Instant last;  // of several that are one entry
    Kind kind = Kind::Started;
    std::uint32_t count = 1;
    std::uint32_t step = 0;
    InstrumentId market;  // of orders, fills, ADL, breakers, and of a blind index one of its own
    Quantity quantity;    // signed for the account
    Price price;          // limit of an order, last price of a fill; zero: none
    Price mark;
    Money amount;    // paid, contributed, equity when it began
    std::string by;  // who stopped the market
};

struct LiquidationTrace {
    static constexpr std::size_t kEntries = 24;

    LiquidationId id;
    AccountId account;
    bool whole = false;  // seen from its first event
    Money equityAtStart;
    std::uint32_t fills = 0;
    Money closed;    // notional of its fills
    Money fundPaid;  // into it
    // Since when orders have stood without any fill; absent while they are filled or none stands.
    std::optional<Instant> unfilledSince;
    std::optional<Instant> lastOrder;
    std::optional<Instant> lastFill;
    std::optional<Instant> fundSince;  // the fund, ADL or everybody paid for it first
    std::vector<QueueEntry> entries;   // oldest first; the first is kept, then the newest
    std::uint32_t dropped = 0;         // entries that stood after the first
};

// Sums since the watch began; `whole` when that is the session's beginning.
struct QueueTotals {
    Instant since;
    bool whole = false;
    Money marginHeld;  // equity above zero that liquidations began with
    Money marginLeft;  // of it, what those that ended had left
    Money closed;      // notional closed in the book
    std::uint64_t fills = 0;
    std::array<std::uint64_t, 5> ends{};  // by LiquidationEnd
};

struct EndedLiquidation {
    Instant time;
    AccountId account;
    LiquidationEnd end = LiquidationEnd::Restored;
    std::uint32_t steps = 0;
};

// The fund's cash by cause, as the events name it.
struct FundFlow {
    std::string cause;
    Money session;   // > 0 into the fund
    Money lastHour;  // in whole minutes, the running one included
    std::uint64_t count = 0;
};

// Who took liquidation orders in the last ten minutes.
struct TakerFlow {
    AccountId account;
    std::uint32_t fills = 0;
    double notional = 0;
    double edge = 0;  // mark against price paid, in its favour when > 0
};

struct QueueLog {
    QueueTotals totals;
    std::optional<EndedLiquidation> lastEnded;
    std::vector<std::shared_ptr<const LiquidationTrace>> running;  // in the order they began
    std::vector<std::optional<Instant>> blindSince;                // by underlying
    std::vector<FundFlow> flows;                                   // in the order they first came
    std::vector<TakerFlow> takers;                                 // by account
};

}  // namespace breakwater::view
