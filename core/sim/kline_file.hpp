// Price files of the public kind: Binance klines and the plain time_utc form.
//
// Accepted, plain or gzip (told by the bytes, not by the name):
//   - the public dumps' 12 columns without a header line: open_time, open, high, low, close,
//     volume, close_time, quote_volume, count, taker_buy_volume, taker_buy_quote_volume, ignore;
//   - the same with its header line, in any order, columns after close optional;
//   - time_utc,open,high,low,close[,volume] with its header line.
// open_time is milliseconds (13 digits) or microseconds (16 digits) since 1970; time_utc is ISO
// 8601. Only time and prices are read; the bar length is the smallest spacing between two bars (one
// bar alone: its close_time); every start must lie on that grid, and a hole stays a gap.
//
// Refused with "FILE:LINE:COLUMN: reason": what scenario_file.hpp refuses in a bar, a gzip that
// is cut off or damaged, a zip archive, an unknown column, a last line that is not ended, bars
// under a minute or over a day.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/sim/bars.hpp"

namespace breakwater::sim {

// The underlying in a price file's name: "BTCUSDT_binance_perp_1h.csv.gz" and
// "data/BTCUSDT-5m-2024-08.csv" give "BTC". Empty if the name has none.
std::string underlyingOfFileName(std::string_view fileName);

// An empty `underlying` takes it from the file name. ErrorCode::Corrupt for a damaged gzip,
// Unsupported for a zip or a bar length outside the limits, Malformed for the rest.
Result<PriceSeries> parseKlines(std::string_view bytes, std::string_view fileName,
                                std::string_view underlying = {});

// One play of several files. Series of one underlying are joined in time order (a bar that two
// files have in common is refused); several underlyings are cut to the range they share, and a
// bar that is not wholly inside it is dropped. Refused when nothing is shared. watchFrom is the
// first instant; name, title and source say what was joined and may be overwritten.
Result<Scenario> mergeKlines(std::vector<PriceSeries> files);

}  // namespace breakwater::sim
