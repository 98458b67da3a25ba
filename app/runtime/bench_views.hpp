// The passes behind the queue and fund screens, timed on one snapshot.
#pragma once

#include <functional>

#include "app/runtime/bench.hpp"
#include "core/engine/engine.hpp"

namespace breakwater::runtime {

// `engine` is a venue of many accounts; its second market rises so far that a part of the
// shorts falls into liquidation. `baseline`: seconds of one baseline operation.
void benchViews(Engine& engine, Instant now, double baseline,
                const std::function<void(Figure)>& report);

}  // namespace breakwater::runtime
