// The figures of the what-if: one shock, and a heat map, over the whole venue.
#pragma once

#include "app/runtime/bench.hpp"

namespace breakwater::runtime {

// `baseline`: seconds of one operation of the run's baseline (Figure::ratio).
Result<void> benchWhatIf(const BenchRequest& request, double baseline,
                         const std::function<void(Figure)>& report);

}  // namespace breakwater::runtime
