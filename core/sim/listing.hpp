// How the embedded venue lists a perpetual on an underlying it has a price history of.
#pragma once

#include "core/model/instrument.hpp"
#include "core/sim/population.hpp"

namespace breakwater::sim {

// Tick and lot follow the price (about six significant digits; a lot below $10). Majors (BTC,
// ETH) start at 100x, all others at 50x; requirements rise with size. Assumed figures in the
// range of public venues' tables, not any venue's own.
Instrument listPerpetual(InstrumentId id, UnderlyingId underlying, const std::string& symbol,
                         Price price);

// The same instrument as the population generator sees it.
PopulationMarket populationMarket(const Instrument& instrument, const std::string& underlying,
                                  Price price);

}  // namespace breakwater::sim
