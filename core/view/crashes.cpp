#include "core/view/crashes.hpp"

#include <array>

#include "core/view/words.hpp"

namespace breakwater::view {
namespace {

constexpr std::array<CrashMove, 20> kMoves{{
    {"2020-03-12_black_thursday", "12 Mar 2020", "BTC", 0.5299, 0.6486},
    {"2020-03-12_black_thursday", "12 Mar 2020", "ETH", 0.6729, 2.4303},
    {"2021-05-19_leverage_flush", "19 May 2021", "BTC", 0.3155, 0.3594},
    {"2021-05-19_leverage_flush", "19 May 2021", "ETH", 0.4550, 0.5468},
    {"2021-05-19_leverage_flush", "19 May 2021", "LUNA", 0.4823, 0.3464},
    {"2022-05-09_luna_collapse", "9 May 2022", "BTC", 0.1729, 0.1250},
    {"2022-05-09_luna_collapse", "9 May 2022", "ETH", 0.2759, 0.1546},
    {"2022-05-09_luna_collapse", "9 May 2022", "LUNA", 0.9997, 4.8356},
    {"2022-06-13_credit_crunch", "13 Jun 2022", "BTC", 0.2065, 0.1443},
    {"2022-06-13_credit_crunch", "13 Jun 2022", "ETH", 0.2497, 0.2419},
    {"2022-06-13_credit_crunch", "13 Jun 2022", "SOL", 0.2464, 0.3555},
    {"2022-11-08_exchange_failure", "8 Nov 2022", "BTC", 0.1939, 0.1790},
    {"2022-11-08_exchange_failure", "8 Nov 2022", "ETH", 0.2833, 0.2603},
    {"2022-11-08_exchange_failure", "8 Nov 2022", "SOL", 0.6182, 0.9937},
    {"2022-11-08_exchange_failure", "8 Nov 2022", "FTT", 0.7927, 0.6839},
    {"2024-08-05_carry_unwind", "5 Aug 2024", "BTC", 0.1980, 0.1347},
    {"2024-08-05_carry_unwind", "5 Aug 2024", "ETH", 0.2785, 0.1928},
    {"2025-10-10_liquidation_cascade", "10 Oct 2025", "BTC", 0.1713, 0.1311},
    {"2025-10-10_liquidation_cascade", "10 Oct 2025", "ETH", 0.2252, 0.1708},
    {"2025-10-10_liquidation_cascade", "10 Oct 2025", "SOL", 0.3703, 0.4428},
}};

}  // namespace

std::span<const CrashMove> crashMoves() { return kMoves; }

std::optional<Comparator> comparatorFor(std::string_view underlying, double move) {
    const bool falls = move < 0;
    const double size = falls ? -move : move;
    Comparator found;
    for (const CrashMove& crash : kMoves) {
        if (crash.underlying != underlying) continue;
        const double moved = falls ? crash.fall : crash.rise;
        ++found.recorded;
        if (moved > size) ++found.further;
        found.newest = &crash;
        found.multiple = size / moved;
    }
    return found.newest != nullptr ? std::optional(found) : std::nullopt;
}

std::string shortText(const Comparator& comparator) {
    return std::string(comparator.newest->date) + " \u00d7" + fixed(comparator.multiple, 1);
}

}  // namespace breakwater::view
