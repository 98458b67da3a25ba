#include "core/view/queue_watch.hpp"

#include <algorithm>

namespace breakwater::view {
namespace {

using Kind = QueueEntry::Kind;

std::int64_t minuteOf(Instant time) { return time.microseconds() / 60'000'000; }

void append(LiquidationTrace& trace, QueueEntry entry) {
    trace.entries.push_back(std::move(entry));
    if (trace.entries.size() <= LiquidationTrace::kEntries) return;
    trace.entries.erase(trace.entries.begin() + 1);
    ++trace.dropped;
}

QueueEntry entryOf(Kind kind, Instant now) {
    QueueEntry entry;
    entry.kind = kind;
    entry.time = entry.last = now;
    return entry;
}

}  // namespace

template <std::size_t N>
void QueueWatch::Minutes<N>::add(std::int64_t now, Money amount) {
    const std::size_t at = static_cast<std::size_t>(now) % N;
    if (minute[at] != now) sum[at] = Money();
    minute[at] = now;
    sum[at] += amount;
}

template <std::size_t N>
Money QueueWatch::Minutes<N>::total(std::int64_t now) const {
    Money all;
    for (std::size_t i = 0; i < N; ++i) {
        if (now - minute[i] < static_cast<std::int64_t>(N)) all += sum[i];
    }
    return all;
}

void QueueWatch::prime(const EngineState& state) {
    m_totals.since = state.time;
    m_totals.whole = state.sequence <= 1;
    for (const auto& [id, running] : state.liquidations) {
        auto trace = std::make_shared<LiquidationTrace>();
        trace->id = id;
        trace->account = running.account;
        m_running[id] = {std::move(trace), false};
        m_byAccount[running.account] = id;
    }
    m_copy.reset();
}

void QueueWatch::observe(const std::vector<Event>& events, const EngineState& state) {
    for (const Event& event : events)
        onEvent(event, state);
}

void QueueWatch::onEvent(const Event& event, const EngineState& state) {
    const Instant now = state.time;
    if (const auto* ordered = std::get_if<LiquidationOrdered>(&event)) {
        onOrdered(*ordered, state);
    } else if (const auto* filled = std::get_if<LiquidationFilled>(&event)) {
        onFilled(*filled, now);
    } else if (const auto* started = std::get_if<LiquidationStarted>(&event)) {
        onStarted(*started, now);
    } else if (const auto* ended = std::get_if<LiquidationEnded>(&event)) {
        onEnded(*ended, now);
    } else if (const auto* fund = std::get_if<FundMoved>(&event)) {
        onFund(*fund, now);
    } else if (const auto* adl = std::get_if<AdlExecuted>(&event)) {
        paidFor(adl->bankrupt, Kind::Deleveraged, adl->instrument, adl->contribution, now);
    } else if (const auto* loss = std::get_if<LossSocialised>(&event)) {
        paidFor(loss->bankrupt, Kind::Socialised, {}, loss->amount, now);
    } else if (const auto* uncovered = std::get_if<LossUncovered>(&event)) {
        paidFor(uncovered->bankrupt, Kind::Uncovered, {}, uncovered->amount, now);
    } else if (const auto* sight = std::get_if<IndexSight>(&event)) {
        onSight(*sight, state);
    } else if (const auto* breaker = std::get_if<BreakerChanged>(&event)) {
        onBreaker(*breaker, state);
    } else {
        return;
    }
    m_copy.reset();
}

LiquidationTrace* QueueWatch::of(LiquidationId id) {
    const auto found = m_running.find(id);
    if (found == m_running.end()) return nullptr;
    Slot& slot = found->second;
    if (slot.shared) {
        slot.trace = std::make_shared<LiquidationTrace>(*slot.trace);
        slot.shared = false;
    }
    return slot.trace.get();
}

LiquidationTrace* QueueWatch::of(AccountId account) {
    const auto found = m_byAccount.find(account);
    return found == m_byAccount.end() ? nullptr : of(found->second);
}

void QueueWatch::onStarted(const LiquidationStarted& event, Instant now) {
    auto trace = std::make_shared<LiquidationTrace>();
    trace->id = event.liquidation;
    trace->account = event.account;
    trace->whole = true;
    trace->equityAtStart = event.equity;
    QueueEntry entry = entryOf(Kind::Started, now);
    entry.amount = event.equity;
    append(*trace, std::move(entry));
    m_totals.marginHeld += std::max(event.equity, Money());
    m_byAccount[event.account] = event.liquidation;
    m_running[event.liquidation] = {std::move(trace), false};
}

void QueueWatch::onOrdered(const LiquidationOrdered& event, const EngineState& state) {
    LiquidationTrace* trace = of(event.liquidation);
    if (trace == nullptr) return;
    const Instant now = state.time;
    // After a step without an order (a blind index, a stopped market) the wait begins anew.
    const bool gap = trace->lastOrder && now - *trace->lastOrder > state.profile.step * 2;
    if (!trace->unfilledSince || gap) trace->unfilledSince = now;
    trace->lastOrder = now;
    QueueEntry* last = trace->entries.empty() ? nullptr : &trace->entries.back();
    if (last == nullptr || last->kind != Kind::Ordered || last->market != event.instrument || gap) {
        QueueEntry entry = entryOf(Kind::Ordered, now);
        entry.market = event.instrument;
        entry.count = 0;
        append(*trace, std::move(entry));
        last = &trace->entries.back();
    }
    last->last = now;
    ++last->count;
    last->step = event.step;
    last->quantity = event.quantity;
    last->price = event.hasLimit ? event.limit : Price();
    last->mark = event.mark;
}

void QueueWatch::onFilled(const LiquidationFilled& event, Instant now) {
    const Money value = notional(event.quantity.abs(), event.price, Round::TowardZero);
    m_totals.closed += value;
    ++m_totals.fills;
    const Money atMark = notional(event.quantity.abs(), event.mark, Round::TowardZero);
    TakenMinute& taken = m_takers[event.counterparty][static_cast<std::size_t>(minuteOf(now)) % 10];
    if (taken.minute != minuteOf(now)) taken = {minuteOf(now), 0, 0, 0};
    ++taken.fills;
    taken.notional += value.toDouble();
    // Who takes what a liquidated long sells wins when the mark stands above the price.
    const double above = (atMark - value).toDouble();
    taken.edge += event.quantity.isNegative() ? above : -above;
    LiquidationTrace* trace = of(event.liquidation);
    if (trace == nullptr) return;
    ++trace->fills;
    trace->closed += value;
    trace->lastFill = now;
    trace->unfilledSince.reset();
    QueueEntry* last = trace->entries.empty() ? nullptr : &trace->entries.back();
    if (last == nullptr || last->kind != Kind::Filled || last->market != event.instrument ||
        last->last != now) {
        QueueEntry entry = entryOf(Kind::Filled, now);
        entry.market = event.instrument;
        entry.count = 0;
        append(*trace, std::move(entry));
        last = &trace->entries.back();
    }
    ++last->count;
    last->quantity += event.quantity;
    last->price = event.price;
    last->mark = event.mark;
}

void QueueWatch::onEnded(const LiquidationEnded& event, Instant now) {
    const auto found = m_running.find(event.liquidation);
    if (found != m_running.end()) {
        const LiquidationTrace& trace = *found->second.trace;
        if (trace.whole) {
            m_totals.marginLeft +=
                std::clamp(event.equity, Money(), std::max(trace.equityAtStart, Money()));
        }
        m_running.erase(found);
    }
    m_byAccount.erase(event.account);
    ++m_totals.ends[static_cast<std::size_t>(event.end)];
    m_lastEnded = EndedLiquidation{now, event.account, event.end, event.steps};
}

void QueueWatch::onFund(const FundMoved& event, Instant now) {
    auto found = std::find_if(m_flows.begin(), m_flows.end(),
                              [&](const Flow& f) { return f.flow.cause == event.cause; });
    if (found == m_flows.end()) {
        m_flows.push_back({{event.cause, {}, {}, 0}, {}});
        found = m_flows.end() - 1;
    }
    found->flow.session += event.amount;
    ++found->flow.count;
    found->hour.add(minuteOf(now), event.amount);
    if (!event.hasAccount || !event.amount.isNegative()) return;
    paidFor(event.account, Kind::FundPaid, {}, -event.amount, now);
    if (LiquidationTrace* trace = of(event.account)) trace->fundPaid += -event.amount;
}

void QueueWatch::paidFor(AccountId account, Kind kind, InstrumentId market, Money amount,
                         Instant now) {
    LiquidationTrace* trace = of(account);
    if (trace == nullptr) return;
    if (!trace->fundSince) trace->fundSince = now;
    QueueEntry* last = trace->entries.empty() ? nullptr : &trace->entries.back();
    // One ADL closes many winners, one event each.
    if (last == nullptr || last->kind != kind || last->last != now || last->market != market) {
        QueueEntry entry = entryOf(kind, now);
        entry.market = market;
        entry.count = 0;
        append(*trace, std::move(entry));
        last = &trace->entries.back();
    }
    ++last->count;
    last->amount += amount;
}

template <class Concerns>
void QueueWatch::tellHolders(const EngineState& state, const QueueEntry& entry, Concerns concerns) {
    for (const auto& [id, slot] : m_running) {
        for (const Leg& leg : state.books.accounts().legs(slot.trace->account)) {
            if (!concerns(leg.instrument)) continue;
            QueueEntry own = entry;
            own.market = leg.instrument;
            append(*of(id), std::move(own));
            break;
        }
    }
}

void QueueWatch::onSight(const IndexSight& event, const EngineState& state) {
    const std::size_t u = event.underlying.value();
    if (u >= m_blindSince.size()) m_blindSince.resize(u + 1);
    m_blindSince[u] = event.blind ? std::optional(state.time) : std::nullopt;
    tellHolders(state, entryOf(event.blind ? Kind::Blind : Kind::Sees, state.time),
                [&](InstrumentId market) {
                    return state.markets[market.value()].instrument.underlying == event.underlying;
                });
}

void QueueWatch::onBreaker(const BreakerChanged& event, const EngineState& state) {
    const bool stopped = event.to == BreakerLevel::Stop;
    if (stopped == (event.from == BreakerLevel::Stop)) return;
    QueueEntry entry = entryOf(stopped ? Kind::Stopped : Kind::Freed, state.time);
    entry.by = event.by;
    tellHolders(state, entry, [&](InstrumentId market) { return market == event.instrument; });
}

std::shared_ptr<const QueueLog> QueueWatch::photograph(Instant now) {
    const std::int64_t minute = minuteOf(now);
    if (m_copy != nullptr && m_copyMinute == minute) return m_copy;
    auto out = std::make_shared<QueueLog>();
    out->totals = m_totals;
    out->lastEnded = m_lastEnded;
    out->running.reserve(m_running.size());
    for (auto& [id, slot] : m_running) {
        slot.shared = true;
        out->running.push_back(slot.trace);
    }
    out->blindSince = m_blindSince;
    for (const Flow& flow : m_flows) {
        out->flows.push_back(flow.flow);
        out->flows.back().lastHour = flow.hour.total(minute);
    }
    for (const auto& [account, minutes] : m_takers) {
        TakerFlow taker{account, 0, 0, 0};
        for (const TakenMinute& taken : minutes) {
            if (minute - taken.minute >= 10) continue;
            taker.fills += taken.fills;
            taker.notional += taken.notional;
            taker.edge += taken.edge;
        }
        if (taker.fills > 0) out->takers.push_back(taker);
    }
    m_copy = std::move(out);
    m_copyMinute = minute;
    return m_copy;
}

}  // namespace breakwater::view
