#include "core/breaker/move_rule.hpp"

#include <algorithm>

namespace breakwater {

std::optional<MoveReading> evaluate(const MoveRule& rule, const Underlying& underlying,
                                    Duration step) {
    if (underlying.blind || !underlying.hasIndex) return std::nullopt;
    const auto steps = static_cast<std::size_t>(rule.window.count() / step.count()) + 1;
    const std::optional<PriceWindow::Range> range = underlying.window.range(steps);
    if (!range) return std::nullopt;
    const Price now = underlying.index;
    const Ratio up = ratio(now - range->low, range->low, Round::AwayFromZero);
    const Ratio down = ratio(range->high - now, range->high, Round::AwayFromZero);
    const Ratio move = std::max(up, down);
    return MoveReading{
        move, Ratio(Decimal::divide(move.value(), rule.tripAt.value(), Round::TowardZero))};
}

}  // namespace breakwater
