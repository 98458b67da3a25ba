#include "core/view/history.hpp"

#include <algorithm>

namespace breakwater::view {

void SecondRing::push(double value) {
    if (m_closed.size() < kSeconds - 1) {
        m_closed.push_back(value);
        return;
    }
    m_closed[m_head] = value;
    m_head = (m_head + 1) % m_closed.size();
}

void SecondRing::close(std::int64_t count) {
    if (!m_started) return;
    // A gap longer than the ring fills it once.
    const std::int64_t most = std::min(count, static_cast<std::int64_t>(kSeconds));
    for (std::int64_t i = 0; i < most; ++i) {
        push(m_now);
        if (m_kind == Kind::Count) m_now = 0;
    }
}

Series SecondRing::series(std::int64_t second) const {
    Series series;
    series.last = Instant::fromMicroseconds(second * 1'000'000);
    if (!m_started) return series;
    series.values.reserve(m_closed.size() + 1);
    const auto head = m_closed.begin() + static_cast<std::ptrdiff_t>(m_head);
    series.values.insert(series.values.end(), head, m_closed.end());
    series.values.insert(series.values.end(), m_closed.begin(), head);
    series.values.push_back(m_now);
    return series;
}

void Histories::prime(const EngineState& state) {
    m_primed = true;
    m_changed = true;
    m_second = state.time.microseconds() / 1'000'000;
    m_started.set(0);
    m_ended.set(0);
    m_running.set(static_cast<double>(state.liquidations.size()));
    m_fund.set(state.books.fund().toDouble());
    for (std::size_t m = 0; m < state.markets.size(); ++m) {
        if (state.markets[m].hasMark) setMark(m, state.markets[m].mark.toDouble());
    }
}

void Histories::closeSeconds(std::int64_t second) {
    if (!m_primed || second < m_second) return;
    const std::int64_t count = second - m_second;
    for (SecondRing& ring : m_marks)
        ring.close(count);
    m_started.close(count);
    m_ended.close(count);
    m_running.close(count);
    m_fund.close(count);
    m_second = second;
    m_changed = true;
}

void Histories::setMark(std::size_t market, double value) {
    if (market >= m_marks.size()) m_marks.resize(market + 1, SecondRing(SecondRing::Kind::Level));
    m_marks[market].set(value);
}

void Histories::onEvents(const std::vector<Event>& events, const EngineState& state) {
    for (const Event& event : events) {
        if (const auto* mark = std::get_if<MarkChanged>(&event)) {
            setMark(mark->instrument.value(), mark->mark.toDouble());
        } else if (std::holds_alternative<LiquidationStarted>(event)) {
            m_started.add(1);
        } else if (std::holds_alternative<LiquidationEnded>(event)) {
            m_ended.add(1);
        } else if (std::holds_alternative<FundMoved>(event) ||
                   std::holds_alternative<FundingSettled>(event)) {
            m_fund.set(state.books.fund().toDouble());
        } else {
            continue;
        }
        m_changed = true;
    }
    m_running.set(static_cast<double>(state.liquidations.size()));
}

void Histories::copyAll() {
    if (!m_changed && m_marketCopy != nullptr) return;
    m_changed = false;
    auto markets = std::make_shared<std::vector<MarketHistory>>(m_marks.size());
    for (std::size_t m = 0; m < m_marks.size(); ++m)
        (*markets)[m].mark = m_marks[m].series(m_second);
    m_marketCopy = std::move(markets);
    m_flowCopy = std::make_shared<const FlowHistory>(FlowHistory{
        m_started.series(m_second), m_ended.series(m_second), m_running.series(m_second)});
    m_fundCopy = m_fund.series(m_second);
}

std::shared_ptr<const std::vector<MarketHistory>> Histories::markets() {
    copyAll();
    return m_marketCopy;
}

std::shared_ptr<const FlowHistory> Histories::flow() {
    copyAll();
    return m_flowCopy;
}

const Series& Histories::fund() {
    copyAll();
    return m_fundCopy;
}

}  // namespace breakwater::view
