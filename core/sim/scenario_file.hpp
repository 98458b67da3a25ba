// The project's own text format for a recorded stress, `.scenario`:
//
//     breakwater scenario 1
//     name: 2025-10-10_liquidation_cascade
//     title: 10 October 2025: the largest liquidation cascade on record
//     source: Binance USDT perpetuals, 5-minute bars aggregated; prices in USD(T)
//     watch_from: 2025-10-10T20:30Z
//
//     start,minutes,underlying,open,high,low,close
//     2025-10-10T12:00Z,60,BTC,121493.2,121638.7,121353.7,121534.8
//
// The first line names the format and its version. Then `key: value` lines in any order; name,
// title and source are required, watch_from defaults to the first instant of the play, any other
// key is refused. Then the column line (any order, all seven, nothing else), then one line a bar:
// start in UTC on a whole second, whole minutes, plain decimals. Bars of one underlying come in
// time order; underlyings may be mixed as one likes, their order is that of their first bars.
// Empty lines and lines that begin with '#' are skipped. The last line must be ended.
//
// Every refusal reads "FILE:LINE:COLUMN: reason". Refused are, among others: NaN, infinity, zero,
// negative or exponent prices, high below low, open or close outside [low, high], a bar that is
// out of order, doubled or overlapping, unknown, doubled or missing columns and keys, a file that
// is empty or cut off, and a play with no instant at which every underlying has a price.
#pragma once

#include <string_view>

#include "core/base/result.hpp"
#include "core/sim/bars.hpp"

namespace breakwater::sim {

// Version above 1: ErrorCode::NewerVersion. Everything else: ErrorCode::Malformed.
Result<Scenario> parseScenario(std::string_view text, std::string_view fileName);

}  // namespace breakwater::sim
