// The window over a record: breakwater --open FILE.
#pragma once

#include <chrono>

#include "app/breakwater/options.hpp"

namespace breakwater {

// The program's exit code.
int runPast(const Options& options, std::chrono::steady_clock::time_point started);

}  // namespace breakwater
