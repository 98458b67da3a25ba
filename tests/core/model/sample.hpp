// The instrument and the small helpers most tests of the exact world share.
#pragma once

#include <string>
#include <vector>

#include "core/model/account_book.hpp"
#include "core/model/instrument.hpp"
#include "tests/core/num/exact.hpp"

namespace breakwater::test {

inline MarginTier tier(const char* upTo, const char* maintenance, const char* initial) {
    return {money(upTo), ratioOf(maintenance), ratioOf(initial), {}, {}};
}

// Three tiers whose deductions are easy by head:
//   up to   100,000   1   % / 2 %    - 0      / - 0
//   up to 1,000,000   2.5 % / 5 %    - 1,500  / - 3,000
//   beyond            5   % / 10 %   - 26,500 / - 53,000
inline std::vector<MarginTier> threeTiers() {
    std::vector<MarginTier> tiers{tier("100000", "0.01", "0.02"), tier("1000000", "0.025", "0.05"),
                                  tier("10000000", "0.05", "0.1")};
    completeDeductions(tiers);
    return tiers;
}

inline Instrument instrument(std::uint16_t id, const std::string& code, std::uint16_t underlying) {
    Instrument made;
    made.id = InstrumentId(id);
    made.symbol = code + "-PERP";
    made.code = code;
    made.underlying = UnderlyingId(underlying);
    made.tick = price("0.01");
    made.lot = quantity("0.001");
    made.takerFee = ratioOf("0.0005");
    made.tiers = threeTiers();
    return made;
}

inline Leg leg(std::uint16_t instrument, const char* size, const char* cost) {
    return {InstrumentId(instrument), quantity(size), money(cost)};
}

}  // namespace breakwater::test
