#include "core/market/market.hpp"

#include <algorithm>

namespace breakwater {

void PriceWindow::push(Price price) {
    if (m_prices.size() < m_capacity) {
        m_prices.push_back(price);
        return;
    }
    if (m_capacity == 0) return;
    m_prices[m_head] = price;
    m_head = (m_head + 1) % m_capacity;
}

std::optional<PriceWindow::Range> PriceWindow::range(std::size_t steps) const {
    const std::size_t n = std::min(steps, m_prices.size());
    if (n == 0) return std::nullopt;
    std::size_t at = (m_head + m_prices.size() - n) % m_prices.size();
    Range range{m_prices[at], m_prices[at]};
    for (std::size_t i = 0; i < n; ++i) {
        const Price p = m_prices[at];
        if (p < range.low) range.low = p;
        if (p > range.high) range.high = p;
        if (++at == m_prices.size()) at = 0;
    }
    return range;
}

void ExitFlow::add(Instant now, Quantity submitted, Quantity filled) {
    const std::int64_t second = now.microseconds() / 1'000'000;
    Second& s = seconds[static_cast<std::size_t>(second) % kSeconds];
    if (s.second != second) s = Second{second, {}, {}};
    s.submitted += submitted;
    s.filled += filled;
}

std::optional<Ratio> ExitFlow::ratio(Instant now) const {
    const std::int64_t second = now.microseconds() / 1'000'000;
    Quantity submitted, filled;
    for (const Second& s : seconds) {
        if (second - s.second >= static_cast<std::int64_t>(kSeconds)) continue;
        submitted += s.submitted;
        filled += s.filled;
    }
    if (submitted.isZero()) return std::nullopt;
    return Ratio(Decimal::divide(filled.value(), submitted.value(), Round::TowardZero));
}

std::size_t freshCount(std::span<const SourceQuote> sources) {
    return static_cast<std::size_t>(
        std::count_if(sources.begin(), sources.end(),
                      [](const SourceQuote& q) { return q.state == SourceState::Fresh; }));
}

std::optional<Price> aggregateIndex(std::span<const SourceQuote> sources, std::size_t quorum) {
    std::array<Price, 32> fresh;
    std::size_t n = 0;
    for (const SourceQuote& q : sources) {
        if (q.state == SourceState::Fresh) fresh[n++] = q.price;
    }
    if (n == 0 || n < quorum) return std::nullopt;
    std::sort(fresh.begin(), fresh.begin() + static_cast<std::ptrdiff_t>(n));
    if (n % 2 == 1) return fresh[n / 2];
    const Decimal sum = (fresh[n / 2 - 1] + fresh[n / 2]).value();
    return Price(Decimal::fromRaw(sum.raw() / 2));
}

Price markFrom(const Market& market, Price index, bool indexOnly) {
    const Price mark = indexOnly ? index : index + market.basis;
    return std::max(mark, market.instrument.tick);
}

Rate fundingRate(const Market& market, Rate cap) {
    if (market.premiumCount == 0) return {};
    const Decimal mean = Decimal::divide(
        market.premiumSum.value(), Decimal::fromInteger(market.premiumCount), Round::TowardZero);
    return std::clamp(Rate(mean), -cap, cap);
}

}  // namespace breakwater
