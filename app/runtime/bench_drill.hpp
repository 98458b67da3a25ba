// The part of the benchmark that reads: ordering and searching a million accounts, and taking one
// account apart.
#pragma once

#include <functional>

#include "app/runtime/bench.hpp"

namespace breakwater::runtime {

// `baseline` in seconds; figures go to `report` in their order.
Result<void> benchDrill(const BenchRequest& request, double baseline,
                        const std::function<void(Figure)>& report);

}  // namespace breakwater::runtime
