#include "core/sim/bridge.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "core/base/assert.hpp"
#include "core/num/math.hpp"
#include "core/sim/random.hpp"

namespace breakwater::sim {
namespace {

// P(low first) = 1 / (1 + exp(-k (close - open) / (high - low))): fitted to hours made of 5-minute
// bars (BTC, ETH, SOL; 2021, 2024, 2025), where the log odds at +-0.2, +-0.4 are +-1.3, +-2.5.
constexpr double kOrderOdds = 6.5;
constexpr double kCommonVariance = 0.85;
constexpr double kSecondsPerJump = 60.0;
// Variance of a Brownian path of range R: R^2 / (4 ln 2).
// Source: M. Parkinson, "The extreme value method", Journal of Business 53 (1980).
constexpr double kParkinson = 2.77258872223978123767;
constexpr double kMostTicks = 0x1p50;

// A bar in log prices.
struct LogBar {
    double open;
    double high;
    double low;
    double close;

    double range() const { return high - low; }
};

struct Touch {
    std::size_t at;
    double level;  // log price
    Price price;
};

// The four points the path is pinned to, in time order.
using Pins = std::array<Touch, 4>;

struct Walk {
    double variance;            // a second
    std::vector<double> steps;  // free steps: diffusion and jumps
};

struct Shape {
    double order;                  // uniform
    std::array<double, 3> length;  // Gamma(2): weights of the three legs
};

std::uint64_t indexOf(const Bar& bar) {
    return static_cast<std::uint64_t>(bar.start.microseconds());
}

Shape drawShape(Random& random) {
    Shape shape{};
    shape.order = random.uniform01();
    for (double& one : shape.length)
        one = random.exponential(1.0) + random.exponential(1.0);
    return shape;
}

bool lowFirst(const Bar& bar, const LogBar& logs, TouchOrder order, double draw) {
    if (bar.open == bar.low) return true;
    if (bar.open == bar.high) return false;
    if (order != TouchOrder::Seeded) return order == TouchOrder::LowFirst;
    const double rise = (logs.close - logs.open) / logs.range();
    return draw < 1.0 / (1.0 + math::exp(-kOrderOdds * rise));
}

Pins pinsOf(const Bar& bar, const LogBar& logs, std::size_t seconds, TouchOrder order,
            const Shape& shape) {
    const bool low = lowFirst(bar, logs, order, shape.order);
    const std::size_t last = seconds - 1;
    Touch first{0, low ? logs.low : logs.high, low ? bar.low : bar.high};
    Touch second{0, low ? logs.high : logs.low, low ? bar.high : bar.low};
    // A leg takes time with the distance it covers; the floor lets short legs linger.
    const std::array<double, 3> distance{std::fabs(first.level - logs.open) / logs.range(), 1.0,
                                         std::fabs(second.level - logs.close) / logs.range()};
    std::array<double, 3> weight{};
    double sum = 0.0;
    for (std::size_t i = 0; i < 3; ++i) {
        weight[i] = distance[i] > 0.0 ? (distance[i] + 0.1) * shape.length[i] : 0.0;
        sum += weight[i];
    }
    const bool openTouches = first.price == bar.open;
    const bool closeTouches = second.price == bar.close;
    const auto place = [&](double share) {
        return static_cast<std::size_t>(share / sum * static_cast<double>(last) + 0.5);
    };
    second.at =
        closeTouches ? last : std::clamp(place(weight[0] + weight[1]), std::size_t{2}, last - 1);
    first.at = openTouches ? 0 : std::clamp(place(weight[0]), std::size_t{1}, second.at - 1);
    return {Touch{0, logs.open, bar.open}, first, second, Touch{last, logs.close, bar.close}};
}

// Steps of a free walk: diffusion that underlyings mostly share, and shared jumps.
std::vector<double> drawSteps(const Bar& bar, std::size_t seconds, std::uint16_t underlying,
                              double variance, Random& jumps, const PathOptions& options) {
    Random common(options.seed, streams::kBarCommon, indexOf(bar));
    Random own(options.seed, streams::kBarOwn + underlying, indexOf(bar));
    const double diffusion = std::sqrt(variance * (1.0 - options.jumpShare));
    const double commonScale = diffusion * std::sqrt(kCommonVariance);
    const double ownScale = diffusion * std::sqrt(1.0 - kCommonVariance);
    std::vector<double> steps(seconds, 0.0);
    for (std::size_t k = 1; k < seconds; ++k) {
        // One statement each: the order of evaluation inside a sum is the compiler's.
        const double shared = common.normal();
        const double alone = own.normal();
        steps[k] = commonScale * shared + ownScale * alone;
    }
    const double jump = std::sqrt(variance * options.jumpShare * kSecondsPerJump);
    double at = jumps.exponential(kSecondsPerJump);
    while (jump > 0.0 && at + 1.0 < static_cast<double>(seconds)) {
        steps[static_cast<std::size_t>(at) + 1] += jump * jumps.normal();
        at += jumps.exponential(kSecondsPerJump);
    }
    return steps;
}

// Reflects at both borders as often as it takes.
double folded(double x, const LogBar& logs) {
    if (x >= logs.low && x <= logs.high) return x;
    const double range = logs.range();
    double y = x - logs.low;
    y -= std::floor(y / (2.0 * range)) * (2.0 * range);
    return logs.low + (y > range ? 2.0 * range - y : y);
}

// Rounds to ticks inside [low, high].
class TickGrid {
public:
    TickGrid(const Bar& bar, Price tick) : m_open(bar.open), m_step(tick.value()) {
        BW_ASSERT(tick.isPositive());
        while (bar.high.toDouble() > kMostTicks * m_step.toDouble()) {
            m_step = Decimal::fromRaw(m_step.raw() * 10);
        }
        m_size = m_step.toDouble();
        const Int128 low = bar.low.value().raw();
        const Int128 high = bar.high.value().raw();
        m_least = ticks(low - 1) + 1;
        m_most = ticks(high);
        m_aboveLow = ticks(low) + 1;
        m_belowHigh = ticks(high - 1);
    }

    // Before the first extreme the second must not be touched, or the order would be the other.
    void leaveOutHigh() { m_most = m_belowHigh; }
    void leaveOutLow() { m_least = m_aboveLow; }

    Price round(double price) const {
        if (m_least > m_most) return m_open;
        const auto nearest = static_cast<std::int64_t>(price / m_size + 0.5);
        return Price(Decimal::fromRaw(m_step.raw() * std::clamp(nearest, m_least, m_most)));
    }

private:
    std::int64_t ticks(Int128 raw) const { return static_cast<std::int64_t>(raw / m_step.raw()); }

    Price m_open;
    Decimal m_step;
    double m_size = 0.0;
    std::int64_t m_least = 0;
    std::int64_t m_most = 0;
    std::int64_t m_aboveLow = 0;
    std::int64_t m_belowHigh = 0;
};

// The walk from one pin to the next: a Brownian bridge conditioned to stay between the borders.
// Conditioning acts as a push of variance / distance away from a border (a Bessel-3 process):
// after touching its low a price leaves it, where mere reflection would let it crawl along. The
// push is one standard deviation at most; a step that still leads outside is folded back.
void fillLeg(const Touch& from, const Touch& to, const Walk& walk, const LogBar& logs,
             const TickGrid& grid, std::vector<Price>& path) {
    path[from.at] = from.price;
    path[to.at] = to.price;
    const double deviation = std::sqrt(walk.variance);
    double x = from.level;
    for (std::size_t k = from.at + 1; k < to.at; ++k) {
        // variance / above - variance / below, with one division
        const double above = std::max(x - logs.low, deviation);
        const double below = std::max(logs.high - x, deviation);
        const double push = walk.variance * (below - above) / (above * below);
        const double pull = (to.level - x) / static_cast<double>(to.at - k + 1);
        x = folded(x + push + pull + walk.steps[k], logs);
        path[k] = grid.round(math::exp(x));
    }
}

// Prices so close that their logarithms are one double leave no room for a path.
void fillNarrow(const Bar& bar, TouchOrder order, std::vector<Price>& path) {
    const bool highFirst = order == TouchOrder::HighFirst;
    path[1] = highFirst ? bar.high : bar.low;
    path[2] = highFirst ? bar.low : bar.high;
    path.back() = bar.close;
}

}  // namespace

std::vector<Price> barPath(const Bar& bar, std::uint16_t underlying, Price tick,
                           const PathOptions& options) {
    BW_ASSERT(bar.length >= kShortestBar && options.jumpShare >= 0.0 && options.jumpShare <= 1.0);
    const auto seconds = static_cast<std::size_t>(bar.length.wholeSeconds());
    std::vector<Price> path(seconds, bar.open);
    if (bar.high == bar.low) return path;
    const LogBar logs{math::log(bar.open.toDouble()), math::log(bar.high.toDouble()),
                      math::log(bar.low.toDouble()), math::log(bar.close.toDouble())};
    if (!(logs.range() > 0.0)) {
        fillNarrow(bar, options.order, path);
        return path;
    }
    Random random(options.seed, streams::kBarShape, indexOf(bar));
    const Pins pins = pinsOf(bar, logs, seconds, options.order, drawShape(random));
    const double variance = logs.range() * logs.range() / kParkinson / static_cast<double>(seconds);
    const Walk walk{variance, drawSteps(bar, seconds, underlying, variance, random, options)};
    const TickGrid grid(bar, tick);
    TickGrid untilFirst = grid;
    if (pins[1].price == bar.low) {
        untilFirst.leaveOutHigh();
    } else {
        untilFirst.leaveOutLow();
    }
    fillLeg(pins[0], pins[1], walk, logs, untilFirst, path);
    fillLeg(pins[1], pins[2], walk, logs, grid, path);
    fillLeg(pins[2], pins[3], walk, logs, grid, path);
    return path;
}

OutsideMarket::OutsideMarket(Scenario scenario, std::vector<Price> ticks, PathOptions options)
    : m_scenario(std::make_shared<const Scenario>(std::move(scenario))),
      m_ticks(std::move(ticks)),
      m_options(options),
      m_begin(m_scenario->begin()),
      m_end(m_scenario->end()),
      m_cursors(m_scenario->series.size()) {
    BW_ASSERT(m_ticks.size() == m_scenario->series.size());
}

const Bar* OutsideMarket::barAt(std::uint16_t underlying, Instant at) const {
    BW_ASSERT(underlying < m_cursors.size());
    const std::vector<Bar>& bars = m_scenario->series[underlying].bars;
    // The current bar or the next one answers nearly every call of a play that moves forward.
    const std::size_t current = m_cursors[underlying].bar;
    for (std::size_t i = current; i < bars.size() && i < current + 2; ++i) {
        if (bars[i].start <= at && at < bars[i].end()) return &bars[i];
    }
    const auto after = std::upper_bound(bars.begin(), bars.end(), at,
                                        [](Instant t, const Bar& bar) { return t < bar.start; });
    if (after == bars.begin() || at >= std::prev(after)->end()) return nullptr;
    return &*std::prev(after);
}

std::optional<Price> OutsideMarket::priceAt(std::uint16_t underlying, Instant at) {
    const Bar* bar = barAt(underlying, at);
    if (bar == nullptr) return std::nullopt;
    Cursor& cursor = m_cursors[underlying];
    const auto place = static_cast<std::size_t>(bar - m_scenario->series[underlying].bars.data());
    if (cursor.path.empty() || cursor.bar != place) {
        cursor.path = barPath(*bar, underlying, m_ticks[underlying], m_options);
        cursor.bar = place;
    }
    return cursor.path[static_cast<std::size_t>((at - bar->start).wholeSeconds())];
}

}  // namespace breakwater::sim
