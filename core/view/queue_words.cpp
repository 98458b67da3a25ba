#include "core/view/queue_words.hpp"

#include <algorithm>
#include <cmath>

#include "core/view/words.hpp"

namespace breakwater::view {
namespace {

using Kind = QueueEntry::Kind;

const std::string& codeOf(const Snapshot& snapshot, InstrumentId market) {
    return (*snapshot.markets)[market.value()].instrument.code;
}

const std::string& symbolOf(const Snapshot& snapshot, InstrumentId market) {
    return (*snapshot.markets)[market.value()].instrument.symbol;
}

// As many decimals as the tick has, "3,745.20".
std::string priceText(const Snapshot& snapshot, InstrumentId market, Price price) {
    const std::string tick = (*snapshot.markets)[market.value()].instrument.tick.toString();
    const std::size_t point = tick.find('.');
    const int decimals = point == std::string::npos ? 0 : static_cast<int>(tick.size() - point - 1);
    const std::string plain = fixed(price.toDouble(), decimals);
    const std::size_t end = std::min(plain.find('.'), plain.size());
    return grouped(static_cast<std::uint64_t>(std::stoull(plain.substr(0, end)))) +
           plain.substr(end);
}

std::string sizeText(Quantity quantity) {
    const double size = std::fabs(quantity.toDouble());
    return size >= 1000 ? amount(size) : fixed(size, size >= 100 ? 1 : size >= 1 ? 2 : 4);
}

std::string verb(Quantity quantity) { return quantity.isNegative() ? "sells " : "buys "; }

std::string times(std::uint32_t count, const char* many) {
    return count > 1 ? ", " + grouped(count) + " " + many : std::string();
}

std::string blindWhy(const Snapshot& snapshot, const QueueRow& row) {
    const UnderlyingId u = (*snapshot.markets)[row.market->value()].instrument.underlying;
    const Underlying& underlying = (*snapshot.underlyings)[u.value()];
    return underlying.symbol + " index blind, " + std::to_string(freshCount(underlying.sources)) +
           " of " + std::to_string(snapshot.profile->quorum) + " sources";
}

std::string stoppedWhy(const Snapshot& snapshot, const QueueRow& row) {
    const BreakerState& breaker = (*snapshot.breakers)[row.market->value()];
    const std::string text = symbolOf(snapshot, *row.market) + " stopped by " + breaker.by +
                             " until " + clockTime(breaker.ends);
    return row.equity < 0 ? text + "; the deficit waits" : text;
}

}  // namespace

void describe(const Snapshot& snapshot, QueueRow& row) {
    switch (row.state) {
        case QueueState::OrderStands: row.why = "order stands"; return;
        case QueueState::NextStep: row.why = "filled, waits for the next step"; return;
        case QueueState::NoBid:
            row.why = row.hasLimit
                          ? std::string("no ") + (row.sizeLeft > 0 ? "bid" : "offer") + " at " +
                                priceText(snapshot, *row.market, row.limit) + " or better"
                          : "nobody takes it";
            row.advice =
                "Ask market makers to quote on " + codeOf(snapshot, *row.market) +
                "; restrict new risk there if others follow. If the mark moves past the limit the "
                "fund pays.";
            return;
        case QueueState::FundBehind:
            row.why = row.isStuck ? "fund behind, no taker at any price"
                                  : "fund behind it, closes at any price";
            if (row.isStuck)
                row.advice =
                    "The book is empty on that side: ask market makers to quote; what the price "
                    "moves meanwhile is the fund's.";
            return;
        case QueueState::BelowZero: row.why = "below zero, paid at the next step"; return;
        case QueueState::Uncovered:
            row.why = "below zero and nobody left to pay";
            row.advice = "Bring capital into the fund, or stop the market.";
            return;
        case QueueState::Blind:
            row.why = blindWhy(snapshot, row);
            row.advice =
                "Nothing is decided on a blind index; the list is kept and the clock runs. "
                "Restrict "
                "new risk on its markets and get the sources back.";
            return;
        case QueueState::Stopped:
            row.why = stoppedWhy(snapshot, row);
            row.advice =
                "Level 4 suspends liquidations. Lower the level to let it be worked; the price may "
                "move meanwhile.";
            return;
    }
}

std::string textOf(const QueueEntry& entry, const Snapshot& snapshot) {
    switch (entry.kind) {
        case Kind::Started: return "began with " + amount(entry.amount.toDouble()) + " of equity";
        case Kind::Ordered: {
            const std::string at =
                entry.price.isZero()
                    ? std::string(" at any price")
                    : " at " + priceText(snapshot, entry.market, entry.price) + " or better";
            return "step " + grouped(entry.step) + " " + verb(entry.quantity) +
                   sizeText(entry.quantity) + " " + codeOf(snapshot, entry.market) + at +
                   times(entry.count, "orders");
        }
        case Kind::Filled: {
            const double gap = entry.price.toDouble() / entry.mark.toDouble() - 1;
            return (entry.quantity.isNegative() ? "sold " : "bought ") + sizeText(entry.quantity) +
                   " at " + priceText(snapshot, entry.market, entry.price) + ", " +
                   fixed(gap * 100, 2) + " % of the mark" + times(entry.count, "fills");
        }
        case Kind::FundPaid: return "fund paid " + amount(entry.amount.toDouble());
        case Kind::Deleveraged:
            return "ADL: winners gave " + amount(entry.amount.toDouble()) +
                   times(entry.count, "closed");
        case Kind::Socialised: return "everybody paid " + amount(entry.amount.toDouble());
        case Kind::Uncovered: return amount(entry.amount.toDouble()) + " found no payer";
        case Kind::Blind: return codeOf(snapshot, entry.market) + " index went blind";
        case Kind::Sees: return codeOf(snapshot, entry.market) + " index sees again";
        case Kind::Stopped: return symbolOf(snapshot, entry.market) + " stopped by " + entry.by;
        case Kind::Freed: return symbolOf(snapshot, entry.market) + " may trade again";
    }
    return {};
}

}  // namespace breakwater::view
