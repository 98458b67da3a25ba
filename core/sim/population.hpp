// The venue's clients: a seeded population, and populations from and to a file.
//
// What is calibrated and to what (methods, section 10; the winners that were auto-deleveraged on
// 10 October 2025, the only side that was published):
//   position notional   log-normal body, Pareto tail from the 95th percentile: p50 $481,
//                       p99 $1.04 M, tail index 0.715; the largest 1 % hold 84 %, less where
//                       `largestShare` binds (20,000 accounts at 3 %: about 80 %)
//   effective leverage  gross notional / (equity + free balance): p50 0.44, p90 3.3, p95 6.6
//   underlyings         BTC : ETH : SOL = 29.5 : 21.8 : 13.1, any other 8, scaled to what exists
// The losing side was not published. Assumed: 60 % isolated-like at 5-50x, 25 % cross at 2-10x,
// 10 % hedged or market making at 1.5-8x gross, 5 % conservative at 0.2-1.5x (gross notional /
// equity, a little lower for large accounts and within the venue's tiers); small accounts two
// thirds long, large ones on whatever side balances the venue. Habits (top-up, stop, dip buying)
// are assumptions too. About 28 % of the accounts with 10 % of the notional are below a 1 %
// maintenance margin after a fall of 10 % in everything. There are no options in this version.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/time.hpp"
#include "core/num/units.hpp"

namespace breakwater::sim {

struct SimLeg {
    std::uint16_t underlying = 0;  // index into the play's underlyings
    Quantity quantity;             // signed, long > 0, never 0, a multiple of the lot
    Price entry;                   // > 0

    friend bool operator==(const SimLeg&, const SimLeg&) = default;
};

enum class ClientKind : std::uint8_t { Isolated, Cross, Hedged, Conservative };

std::string_view nameOf(ClientKind kind);  // "isolated", "cross", "hedged", "conservative"

// What a client does when it hurts. Zero switches a behaviour off.
struct ClientBehaviour {
    Money freeBalance;    // what the client has besides the deposit; never at risk by itself
    Money topUpReserve;   // the part of it that is sent when health gets low; <= freeBalance
    Duration topUpDelay;  // from noticing to the money being there
    Ratio stopLoss;       // closes when price is this far beyond entry against the position
    Ratio dipBuy;         // adds this share of the position per 10 % that price falls

    friend bool operator==(const ClientBehaviour&, const ClientBehaviour&) = default;
};

struct SimAccount {
    std::string name;  // "0x7a3f9c02e1", unique in the population
    ClientKind kind = ClientKind::Cross;
    Money deposit;  // > 0; equity at the start = deposit + sum of quantity (price - entry)
    std::vector<SimLeg> legs;  // at most one per underlying, by ascending underlying
    ClientBehaviour behaviour;

    friend bool operator==(const SimAccount&, const SimAccount&) = default;
};

// From this gross notional on, at most so much leverage on the whole position. Tiers ascend in
// `from`, the first begins at 0.
struct LeverageTier {
    Money from;
    Ratio maxLeverage;  // initial margin = notional / maxLeverage
};

struct PopulationMarket {
    std::string underlying;
    Price price;  // at the start of the play
    Price tick;
    Quantity lot;  // no leg is smaller; best below $10, or the body of the distribution is cut
    std::vector<LeverageTier> tiers;
    double weight = 0.0;  // share of notional; 0 = the calibrated weight for the name
};

struct PopulationOptions {
    std::uint64_t seed = 1;
    std::size_t accounts = 0;
    std::vector<PopulationMarket> markets;  // one per underlying, in the play's order
    double largestShare = 0.03;             // of the venue's expected notional, for one account
};

// Promised:
//   - a pure function of the options, the same on every machine;
//   - every account starts healthy: equity at `price` >= initial margin / 0.95;
//   - long and short quantity of every underlying are exactly equal (two or more accounts);
//   - with 20,000 accounts or more and the markets' lots small enough: each figure at the head of
//     this file within the band that population_test.cpp states;
//   - 20,000 accounts take well under 100 ms.
// InvalidArgument: no market, a price, tick or lot that is not positive, a lot worth over
// $1,000,000, tiers that do not ascend from 0, a leverage below 1.
Result<std::vector<SimAccount>> generatePopulation(const PopulationOptions& options);

// Sum of the quantities per underlying: all zero when the venue is balanced.
std::vector<Quantity> netQuantities(std::span<const SimAccount> accounts, std::size_t underlyings);

// Population file: CSV with a header line. Columns, in any order:
//   account      1-32 characters of [A-Za-z0-9_.-]; rows of one account may lie apart
//   kind         isolated | cross | hedged | conservative
//   deposit      > 0
//   underlying   a name of the play
//   quantity     signed, not 0
//   entry        > 0
// and optionally free_balance, top_up_reserve, top_up_delay_s, stop_loss, dip_buy (>= 0, 0 if
// absent). One row a leg. What belongs to the account (kind, deposit, the optional columns) is
// said in its first row and left empty or repeated in the others. An account without a position
// leaves underlying, quantity and entry empty. Lines that begin with '#' are skipped.
// Refused with "FILE:LINE:COLUMN: reason", as in scenario_file.hpp. Whether long equals short is
// not asked here (netQuantities).
Result<std::vector<SimAccount>> parsePopulation(std::string_view text, std::string_view fileName,
                                                std::span<const std::string> underlyings);
// The text that parsePopulation reads back as the same accounts (same names in `underlyings`).
std::string formatPopulation(std::span<const SimAccount> accounts,
                             std::span<const std::string> underlyings);

}  // namespace breakwater::sim
