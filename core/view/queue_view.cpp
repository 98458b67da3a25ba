#include "core/view/queue_view.hpp"

#include <algorithm>
#include <cmath>

#include "core/breaker/permissions.hpp"
#include "core/view/queue_words.hpp"

namespace breakwater::view {
namespace {

double lastMinute(const Series& series) {
    double sum = 0;
    const std::size_t count = series.values.size();
    for (std::size_t i = count > 60 ? count - 60 : 0; i < count; ++i)
        sum += series.values[i];
    return sum;
}

bool isBlind(const Snapshot& snapshot, InstrumentId market) {
    const UnderlyingId u = (*snapshot.markets)[market.value()].instrument.underlying;
    return (*snapshot.underlyings)[u.value()].blind;
}

bool mayLiquidate(const Snapshot& snapshot, InstrumentId market) {
    return (*snapshot.markets)[market.value()].hasMark &&
           permissionOf((*snapshot.breakers)[market.value()].level, Action::Liquidation) ==
               Permission::Yes;
}

double shortfallOf(const Snapshot& snapshot, AccountId account, double equity) {
    return std::max(0.0, costOfClosing(snapshot, account) - equity);
}

bool isOpenDefault(const Snapshot& snapshot, const Liquidation& running, bool belowZero) {
    return belowZero || running.socialised ||
           accountOf(snapshot, running.account).fundAdvanced.isPositive();
}

class RowMaker {
public:
    RowMaker(const Snapshot& snapshot, const Liquidation& running)
        : m_snapshot(snapshot),
          m_running(running),
          m_legs(legsOf(snapshot, running.account)),
          m_trace(traceOf(snapshot, running.id)) {}

    QueueRow make() {
        m_row.id = m_running.id;
        m_row.account = m_running.account;
        m_row.steps = m_running.steps;
        m_row.age = m_snapshot.asOf - m_running.since;
        m_row.hasOrder = m_running.hasOrder;
        chooseLeg();
        if (m_leg != nullptr) measureLeg();
        weigh();
        judge();
        return std::move(m_row);
    }

private:
    void chooseLeg();
    void measureLeg();
    void weigh();
    void judge();
    bool judgeHindered();
    void judgeOrder();

    const Snapshot& m_snapshot;
    const Liquidation& m_running;
    std::span<const Leg> m_legs;
    const LiquidationTrace* m_trace;
    const Leg* m_leg = nullptr;
    QueueRow m_row;
};

void RowMaker::chooseLeg() {
    double most = -1;
    for (const Leg& leg : m_legs) {
        const Market& market = (*m_snapshot.markets)[leg.instrument.value()];
        const double size = std::fabs(leg.quantity.toDouble()) * market.mark.toDouble();
        m_row.valueLeft += size;
        const bool worked = m_running.steps > 0 && leg.instrument == m_running.instrument;
        if (!worked && size <= most) continue;
        m_leg = &leg;
        most = worked ? 1e300 : size;
    }
}

void RowMaker::measureLeg() {
    const Market& market = (*m_snapshot.markets)[m_leg->instrument.value()];
    m_row.market = m_leg->instrument;
    m_row.sizeLeft = m_leg->quantity.toDouble();
    const bool worked = m_running.steps > 0 && m_leg->instrument == m_running.instrument;
    const double atStart = m_running.legAtStart.toDouble();
    if (worked && atStart > 0)
        m_row.closedShare = std::clamp(1 - std::fabs(m_row.sizeLeft) / atStart, 0.0, 1.0);
    if (worked && m_running.hasOrder && m_running.hasLimit) {
        m_row.hasLimit = true;
        m_row.limit = m_running.limit;
        if (market.hasMark)
            m_row.limitGap = m_running.limit.toDouble() / market.mark.toDouble() - 1;
    }
    const bool isLong = m_leg->quantity.isPositive();
    const double value = std::fabs(m_row.sizeLeft) * market.mark.toDouble();
    const double depth = depthFor(market, isLong);
    m_row.hasDepth = depth > 0;
    m_row.impact = (isLong ? -1 : 1) * moveOf(value, depth);
}

void RowMaker::weigh() {
    const Margin margin = exactMargin(m_snapshot, m_running.account);
    m_row.equity = margin.equity.toDouble();
    m_row.maintenance = margin.maintenance.toDouble();
    m_row.shortfall = shortfallOf(m_snapshot, m_running.account, m_row.equity);
    m_row.isUnderwater = isOpenDefault(m_snapshot, m_running, margin.equity.isNegative());
}

void RowMaker::judge() {
    if (!judgeHindered()) judgeOrder();
    const bool waits = m_row.state == QueueState::NoBid || m_row.state == QueueState::FundBehind;
    const bool unfilled = m_trace != nullptr && m_trace->unfilledSince && m_row.hasOrder &&
                          m_snapshot.asOf - *m_trace->unfilledSince >= QueueView::kStuckAfter;
    m_row.isStuck = m_row.state == QueueState::Blind || m_row.state == QueueState::Stopped ||
                    m_row.state == QueueState::Uncovered || (waits && unfilled);
    describe(m_snapshot, m_row);
}

// What keeps it from being worked at all. In the engine's own order: a blind index first.
bool RowMaker::judgeHindered() {
    const QueueLog* log = m_snapshot.queue.get();
    m_row.stateSince = m_running.since;
    for (const Leg& leg : m_legs) {
        if (!isBlind(m_snapshot, leg.instrument)) continue;
        const std::size_t u =
            (*m_snapshot.markets)[leg.instrument.value()].instrument.underlying.value();
        m_row.state = QueueState::Blind;
        m_row.market = leg.instrument;
        if (log != nullptr && u < log->blindSince.size() && log->blindSince[u])
            m_row.stateSince = std::max(m_running.since, *log->blindSince[u]);
        return true;
    }
    const bool below = m_row.equity < 0;
    const auto barred = [&](const Leg& leg) { return !mayLiquidate(m_snapshot, leg.instrument); };
    // A deficit waits while any of its markets is stopped; orders only when all are.
    const bool stopped = below
                             ? std::any_of(m_legs.begin(), m_legs.end(), barred)
                             : !m_legs.empty() && std::all_of(m_legs.begin(), m_legs.end(), barred);
    if (stopped) {
        const Leg& leg = *std::find_if(m_legs.begin(), m_legs.end(), barred);
        m_row.state = QueueState::Stopped;
        m_row.market = leg.instrument;
        const Instant since = (*m_snapshot.breakers)[leg.instrument.value()].since;
        m_row.stateSince = std::max(m_running.since, since);
        return true;
    }
    if (!below) return false;
    const bool unpaid = m_running.uncovered.isPositive();
    m_row.state = unpaid ? QueueState::Uncovered : QueueState::BelowZero;
    // Between two steps only a fill can take an account below zero.
    const auto since = m_trace == nullptr ? std::nullopt
                       : unpaid           ? m_trace->fundSince
                                          : m_trace->lastFill;
    if (since) m_row.stateSince = *since;
    return true;
}

void RowMaker::judgeOrder() {
    const std::optional<Instant> unfilled =
        m_trace != nullptr ? m_trace->unfilledSince : std::nullopt;
    const std::optional<Instant> filled = m_trace != nullptr ? m_trace->lastFill : std::nullopt;
    if (m_row.isUnderwater) {
        m_row.state = QueueState::FundBehind;
        if (m_trace != nullptr && m_trace->fundSince) m_row.stateSince = *m_trace->fundSince;
    } else if (!m_row.hasOrder) {
        m_row.state = QueueState::NextStep;
        if (filled) m_row.stateSince = *filled;
    } else if (unfilled && m_snapshot.asOf - *unfilled >= m_snapshot.profile->step * 2) {
        // Two steps: an order that is a moment old has not been refused by anybody yet.
        m_row.state = QueueState::NoBid;
        m_row.stateSince = *unfilled;
    } else {
        m_row.state = QueueState::OrderStands;
        if (unfilled || filled) m_row.stateSince = unfilled ? *unfilled : *filled;
    }
}

// When the row began to be stuck: a wait for a taker may have begun after its state.
Instant stuckSince(const Snapshot& snapshot, const QueueRow& row) {
    if (row.state != QueueState::FundBehind) return row.stateSince;
    const LiquidationTrace* trace = traceOf(snapshot, row.id);
    return trace != nullptr && trace->unfilledSince ? *trace->unfilledSince : row.stateSince;
}

void judgeRates(QueueView& view, const Snapshot& snapshot) {
    if (snapshot.flow != nullptr) {
        view.arriving = lastMinute(snapshot.flow->started);
        view.cleared = lastMinute(snapshot.flow->ended);
    }
    if (view.rows.empty()) return;
    const double net = view.cleared - view.arriving;
    view.trend = net > 0   ? BacklogTrend::Shrinking
                 : net < 0 ? BacklogTrend::Growing
                           : BacklogTrend::Steady;
    if (net > 0) view.minutesToClear = static_cast<double>(view.rows.size()) / net;
}

}  // namespace

double moveOf(double value, double depth) {
    return depth > 0 ? std::min(0.5, 0.01 * value / depth) : value > 0 ? 0.5 : 0;
}

double costOf(double value, double depth) { return value * moveOf(value, depth) / 2; }

double depthFor(const Market& market, bool isLong) {
    return (isLong ? market.bidDepth : market.askDepth).toDouble();
}

double costOfClosing(const Snapshot& snapshot, AccountId account) {
    double cost = 0;
    for (const Leg& leg : legsOf(snapshot, account)) {
        const Market& market = (*snapshot.markets)[leg.instrument.value()];
        cost += costOf(std::fabs(leg.quantity.toDouble()) * market.mark.toDouble(),
                       depthFor(market, leg.quantity.isPositive()));
    }
    return cost;
}

const LiquidationTrace* traceOf(const Snapshot& snapshot, LiquidationId id) {
    if (snapshot.queue == nullptr) return nullptr;
    const auto& running = snapshot.queue->running;
    const auto found = std::lower_bound(running.begin(), running.end(), id,
                                        [](const std::shared_ptr<const LiquidationTrace>& trace,
                                           LiquidationId wanted) { return trace->id < wanted; });
    return found != running.end() && (*found)->id == id ? found->get() : nullptr;
}

double committedNow(const Snapshot& snapshot) {
    double sum = 0;
    if (snapshot.liquidations == nullptr) return sum;
    for (const Liquidation& running : *snapshot.liquidations) {
        const double equity = exactMargin(snapshot, running.account).equity.toDouble();
        if (isOpenDefault(snapshot, running, equity < 0))
            sum += shortfallOf(snapshot, running.account, equity);
    }
    return sum;
}

QueueView queueOf(const Snapshot& snapshot) {
    QueueView view;
    if (snapshot.liquidations == nullptr || snapshot.profile == nullptr) return view;
    view.rows.reserve(snapshot.liquidations->size());
    for (const Liquidation& running : *snapshot.liquidations) {
        view.rows.push_back(RowMaker(snapshot, running).make());
        const QueueRow& row = view.rows.back();
        view.value += row.valueLeft;
        view.shortfall += row.shortfall;
        if (row.isUnderwater) {
            ++view.underwater;
            view.committed += row.shortfall;
        }
        if (!row.isStuck) continue;
        ++view.stuck;
        const Duration stuck = snapshot.asOf - stuckSince(snapshot, row);
        view.oldestStuck = std::max(view.oldestStuck.value_or(Duration()), stuck);
    }
    judgeRates(view, snapshot);
    std::stable_sort(view.rows.begin(), view.rows.end(), [](const QueueRow& a, const QueueRow& b) {
        if (a.isStuck != b.isStuck) return a.isStuck;
        return a.isStuck ? a.stateSince < b.stateSince : a.age > b.age;
    });
    return view;
}

}  // namespace breakwater::view
