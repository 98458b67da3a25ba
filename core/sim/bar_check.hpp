// What every source of bars checks, said once. Private to core/sim.
#pragma once

#include "core/base/result.hpp"
#include "core/sim/bars.hpp"
#include "core/sim/text_table.hpp"

namespace breakwater::sim {

struct BarFields {
    TextField start;
    TextField open;
    TextField high;
    TextField low;
    TextField close;
};

// The four prices of a bar: positive, low <= open, close <= high. Start and length are left to
// the caller.
Result<Bar> readBarPrices(const TextReader& reader, const BarFields& fields);

// Appends the bar if it begins after the last one has ended. The reason is "BTC: ..." at the
// start field's place: out of order, doubled or overlapping.
Result<void> appendBar(const TextReader& reader, TextField start, PriceSeries& series,
                       const Bar& bar);

}  // namespace breakwater::sim
