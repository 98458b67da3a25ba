#include "core/scenario/shock.hpp"

#include <algorithm>

namespace breakwater::scenario {
namespace {

constexpr std::size_t kMinute = 60;
constexpr std::size_t kMinutes = 60;
constexpr double kHighestBeta = 3;
const Decimal kBetaStep = Decimal::fromRaw(10'000'000'000);  // 0.01
const Decimal kMoveStep = Decimal::fromRaw(100'000'000);     // 0.01 %

// The series of the underlying's first market that has one.
const view::Series* historyOf(const view::Snapshot& snapshot, UnderlyingId underlying) {
    if (!snapshot.marketHistory || !snapshot.markets) return nullptr;
    const std::size_t n = std::min(snapshot.markets->size(), snapshot.marketHistory->size());
    for (std::size_t m = 0; m < n; ++m) {
        const view::Series& series = (*snapshot.marketHistory)[m].mark;
        if ((*snapshot.markets)[m].instrument.underlying == underlying && !series.values.empty())
            return &series;
    }
    return nullptr;
}

// Returns of whole minutes back from the newest value, newest first.
std::vector<double> minuteReturns(const view::Series& series) {
    std::vector<double> out;
    const std::vector<double>& v = series.values;
    for (std::size_t k = 0; k < kMinutes; ++k) {
        const std::size_t back = (k + 1) * kMinute;
        if (back >= v.size()) break;
        const double before = v[v.size() - 1 - back];
        const double after = v[v.size() - 1 - back + kMinute];
        if (!(before > 0)) break;
        out.push_back(after / before - 1);
    }
    return out;
}

Beta withoutEstimate(std::string reason) {
    Beta out;
    out.reason = std::move(reason);
    return out;
}

Beta betaOf(const std::vector<double>& leader, const std::vector<double>& other) {
    const std::size_t n = std::min(leader.size(), other.size());
    if (n < Beta::kFewestReturns) {
        return withoutEstimate("only " + std::to_string(n) + " minutes of history, " +
                               std::to_string(Beta::kFewestReturns) + " needed");
    }
    double meanX = 0, meanY = 0;
    for (std::size_t i = 0; i < n; ++i) {
        meanX += leader[i];
        meanY += other[i];
    }
    meanX /= static_cast<double>(n);
    meanY /= static_cast<double>(n);
    double xx = 0, xy = 0;
    for (std::size_t i = 0; i < n; ++i) {
        xx += (leader[i] - meanX) * (leader[i] - meanX);
        xy += (leader[i] - meanX) * (other[i] - meanY);
    }
    // Below a hundredth of a basis point a minute there is no move to follow.
    if (xx < 1e-12 * static_cast<double>(n)) return withoutEstimate("the leader did not move");
    const double raw = xy / xx;
    const double kept = std::clamp(raw, 0.0, kHighestBeta);
    Beta out;
    out.value = Ratio(Decimal::toMultiple(*Decimal::fromDouble(kept), kBetaStep, Round::HalfEven));
    out.returns = n;
    out.bounded = kept != raw;
    if (out.bounded) out.reason = raw < 0 ? "estimate below 0, kept at 0" : "estimate above 3";
    return out;
}

}  // namespace

bool Shock::isNone() const {
    return std::all_of(moves.begin(), moves.end(), [](Ratio move) { return move.isZero(); });
}

bool isWithin(Ratio move) { return move >= kLargestFall && move <= kLargestRise; }

Result<void> validate(const Shock& shock, const view::Snapshot& snapshot) {
    const std::size_t known = snapshot.underlyings ? snapshot.underlyings->size() : 0;
    for (std::size_t u = 0; u < shock.moves.size(); ++u) {
        if (!isWithin(shock.moves[u])) {
            return fail(ErrorCode::OutOfRange, "a move must lie between -90 % and +300 %, not " +
                                                   shock.moves[u].toString());
        }
        if (u >= known && !shock.moves[u].isZero()) {
            return fail(ErrorCode::InvalidArgument,
                        "the venue has no underlying " + std::to_string(u));
        }
    }
    return {};
}

Price shockedMark(const Market& market, Ratio move) {
    if (move.isZero() || !market.hasMark) return market.mark;
    const Price moved = scale(market.mark, Ratio::fromInteger(1) + move, Round::HalfEven);
    const Price tick = market.instrument.tick;
    const Decimal rounded = Decimal::toMultiple(moved.value(), tick.value(), Round::HalfEven);
    return std::max(Price(rounded), tick);
}

view::Snapshot shocked(const view::Snapshot& snapshot, const Shock& shock) {
    BW_ASSERT(validate(shock, snapshot).has_value());
    view::Snapshot out = snapshot;
    if (shock.isNone() || !snapshot.markets) return out;
    auto markets = std::make_shared<std::vector<Market>>(*snapshot.markets);
    for (Market& market : *markets)
        market.mark = shockedMark(market, shock.of(market.instrument.underlying));
    out.markets = std::move(markets);
    return out;
}

std::vector<Beta> betasTo(const view::Snapshot& snapshot, UnderlyingId leader) {
    const std::size_t n = snapshot.underlyings ? snapshot.underlyings->size() : 0;
    std::vector<Beta> out(n);
    const view::Series* lead = historyOf(snapshot, leader);
    const std::vector<double> x = lead ? minuteReturns(*lead) : std::vector<double>();
    for (std::size_t u = 0; u < n; ++u) {
        if (u == leader.value()) {
            out[u].returns = x.size();
            continue;
        }
        const view::Series* own = historyOf(snapshot, UnderlyingId(static_cast<std::uint16_t>(u)));
        if (lead == nullptr || own == nullptr || own->last != lead->last) {
            out[u] = withoutEstimate("no history of its mark");
        } else {
            out[u] = betaOf(x, minuteReturns(*own));
        }
    }
    return out;
}

Shock follow(const std::vector<Beta>& betas, UnderlyingId leader, Ratio move) {
    Shock out;
    out.moves.resize(betas.size());
    for (std::size_t u = 0; u < betas.size(); ++u) {
        if (u == leader.value()) {
            out.moves[u] = move;
            continue;
        }
        const Decimal product =
            Decimal::multiply(betas[u].value.value(), move.value(), Round::HalfEven);
        const Ratio moved(Decimal::toMultiple(product, kMoveStep, Round::HalfEven));
        out.moves[u] = std::clamp(moved, kLargestFall, kLargestRise);
    }
    return out;
}

}  // namespace breakwater::scenario
