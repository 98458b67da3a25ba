// Two underlyings shocked against each other: one cell a pair of moves, every cell exact.
//
// Equity and requirement are sums over legs, so an account costs one value per step of each axis
// and a sum per cell; accounts that hold neither market are looked at once for the whole map, and
// accounts that cannot fall anywhere on it are told apart by their worst corner.
#pragma once

#include <optional>
#include <stop_token>
#include <vector>

#include "core/scenario/shock.hpp"

namespace breakwater::scenario {

struct HeatAxis {
    UnderlyingId underlying;
    std::vector<Ratio> moves;
    friend bool operator==(const HeatAxis&, const HeatAxis&) = default;
};

struct HeatRequest {
    static constexpr std::size_t kMostSteps = 64;
    HeatAxis across;
    HeatAxis up;
    Shock others;  // of the underlyings that are on neither axis
    friend bool operator==(const HeatRequest&, const HeatRequest&) = default;
};

struct HeatCell {
    std::uint32_t belowMaintenance = 0;
    std::uint32_t belowZero = 0;
    Money shortfall;
    Money waiting;   // of it, what the venue does not cover at once (Layers::waiting)
    Money fundPaid;  // Layers::fundPaid
    Money adlAsked;  // Layers::adlAsked: what reaches ADL and the layers after it
    friend bool operator==(const HeatCell&, const HeatCell&) = default;
};

struct HeatMap {
    HeatRequest request;
    Sequence sequence = 0;
    Instant asOf;
    std::vector<HeatCell> cells;  // row by row of the up axis

    const HeatCell& at(std::size_t across, std::size_t up) const {
        return cells[up * request.across.moves.size() + across];
    }
};

Result<void> validate(const HeatRequest& request, const view::Snapshot& snapshot);
// The shock of one cell.
Shock shockAt(const HeatRequest& request, std::size_t across, std::size_t up);
// The request must be valid. Nothing when it was stopped.
std::optional<HeatMap> heatMap(const view::Snapshot& snapshot, const HeatRequest& request,
                               const std::stop_token& stop = {});

}  // namespace breakwater::scenario
