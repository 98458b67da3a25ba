#include "core/scenario/heat_map.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/mitigation/fund.hpp"
#include "core/scenario/screen.hpp"

namespace breakwater::scenario {
namespace {

using view::asDouble;

constexpr std::size_t kMost = HeatRequest::kMostSteps;

enum Axis : std::size_t { Across, Up, Neither };

// A market on an axis: its mark at every step.
struct AxisMarket {
    Axis axis = Neither;
    std::vector<Price> marks;  // one when on neither
    std::vector<double> screen;
    double least = 0, most = 0;
};

// What an account adds up to along one axis.
struct Line {
    std::size_t legs = 0;
    std::array<Money, kMost> equity;
    std::array<double, kMost> equityD;
    std::array<double, kMost> needD;
};

class Mapper {
public:
    Mapper(const view::Snapshot& snapshot, const HeatRequest& request)
        : m_snapshot(snapshot),
          m_request(request),
          m_venue(view::venueFigures(snapshot)),
          m_gates(snapshot),
          m_columns(request.across.moves.size()),
          m_rows(request.up.moves.size()) {
        m_map.request = request;
        m_map.sequence = snapshot.sequence;
        m_map.asOf = snapshot.asOf;
        m_map.cells.resize(m_columns * m_rows);
        m_acrossOnly.resize(m_columns);
        m_upOnly.resize(m_rows);
        for (const Market& market : *snapshot.markets)
            m_markets.push_back(axisMarket(market));
    }

    std::optional<HeatMap> run(const std::stop_token& stop) {
        for (const auto& chunk : *m_snapshot.accounts) {
            if (stop.stop_requested()) return std::nullopt;
            for (std::size_t slot = 0; slot < chunk->accounts.size(); ++slot)
                add(*chunk, slot);
        }
        const Money fund = std::max(m_snapshot.fund.balance, Money());
        for (std::size_t row = 0; row < m_rows; ++row) {
            for (std::size_t column = 0; column < m_columns; ++column) {
                HeatCell& cell = m_map.cells[row * m_columns + column];
                for (const HeatCell* part : {&m_acrossOnly[column], &m_upOnly[row], &m_always}) {
                    cell.belowMaintenance += part->belowMaintenance;
                    cell.belowZero += part->belowZero;
                    cell.shortfall += part->shortfall;
                    cell.waiting += part->waiting;
                }
                const Money asked = cell.shortfall - cell.waiting;
                cell.fundPaid = fundDraw(asked, fund);
                cell.adlAsked = asked - cell.fundPaid;
            }
        }
        return std::move(m_map);
    }

private:
    AxisMarket axisMarket(const Market& market) const {
        AxisMarket out;
        const UnderlyingId u = market.instrument.underlying;
        std::vector<Ratio> moves{m_request.others.of(u)};
        if (u == m_request.across.underlying) {
            out.axis = Across;
            moves = m_request.across.moves;
        } else if (u == m_request.up.underlying) {
            out.axis = Up;
            moves = m_request.up.moves;
        }
        for (const Ratio move : moves) {
            out.marks.push_back(shockedMark(market, move));
            out.screen.push_back(out.marks.back().toDouble());
        }
        out.least = *std::min_element(out.screen.begin(), out.screen.end());
        out.most = *std::max_element(out.screen.begin(), out.screen.end());
        return out;
    }

    // False when the account stays above maintenance in every cell. Leaves the rounding bound of
    // every figure of the account anywhere on the map in m_slack.
    bool mayFall(const AccountChunk& chunk, std::size_t slot) {
        const double cash = asDouble(chunk.accounts[slot].cash.value());
        double room = cash, gross = std::fabs(cash);
        for (const SideBalance& b : view::sideBalancesOf(chunk, slot)) {
            const double held = asDouble(b.amount.value());
            room += held < 0 ? held : held * m_venue.keep[b.asset.value()];
            gross += std::fabs(held);
        }
        for (const Leg& leg : chunk.legsOf(slot)) {
            const AxisMarket& market = m_markets[leg.instrument.value()];
            const ScreenMarket& tiers = m_venue.markets[leg.instrument.value()];
            const double quantity = asDouble(leg.quantity.value());
            const double cost = asDouble(leg.cost.value());
            const double size = std::fabs(quantity) * market.most;
            const ScreenMarket::Tier& tier = view::tierFor(tiers, size);
            room += quantity * (quantity > 0 ? market.least : market.most) - cost;
            // A requirement never falls with the size.
            room -= size * tier.maintenanceRate - tier.maintenanceDeduction;
            gross += size + std::fabs(cost) + tier.maintenanceDeduction;
        }
        m_slack = slackOf(gross);
        return room <= m_slack;
    }

    void add(const AccountChunk& chunk, std::size_t slot) {
        if (!mayFall(chunk, slot)) return;
        m_legs = chunk.legsOf(slot);
        m_waits = m_gates.waits(m_legs);
        m_equity = view::collateralOf(m_snapshot, chunk, slot);
        m_need = 0;
        for (Line& line : m_lines)
            line.legs = 0;
        for (const Leg& leg : m_legs)
            addLeg(leg);
        m_equityD = asDouble(m_equity.value());
        if (m_lines[Across].legs != 0 && m_lines[Up].legs != 0) {
            addCells();
        } else if (m_lines[Across].legs != 0) {
            for (std::size_t i = 0; i < m_columns; ++i)
                addLine(m_acrossOnly[i], m_lines[Across], i, i, 0);
        } else if (m_lines[Up].legs != 0) {
            for (std::size_t j = 0; j < m_rows; ++j)
                addLine(m_upOnly[j], m_lines[Up], j, 0, j);
        } else {
            judge(
                m_always, m_equityD, m_need, [&] { return m_equity; }, 0, 0);
        }
    }

    void addLeg(const Leg& leg) {
        const AxisMarket& market = m_markets[leg.instrument.value()];
        const ScreenMarket& tiers = m_venue.markets[leg.instrument.value()];
        const double quantity = std::fabs(asDouble(leg.quantity.value()));
        if (market.axis == Neither) {
            m_equity += notional(leg.quantity, market.marks[0], Round::Floor) - leg.cost;
            m_need += view::maintenanceFor(tiers, quantity * market.screen[0]);
            return;
        }
        Line& line = m_lines[market.axis];
        const bool first = line.legs++ == 0;
        for (std::size_t i = 0; i < market.marks.size(); ++i) {
            const Money value = notional(leg.quantity, market.marks[i], Round::Floor) - leg.cost;
            const double need = view::maintenanceFor(tiers, quantity * market.screen[i]);
            line.equity[i] = first ? value : line.equity[i] + value;
            line.needD[i] = first ? need : line.needD[i] + need;
            line.equityD[i] = asDouble(line.equity[i].value());
        }
    }

    void addLine(HeatCell& cell, const Line& line, std::size_t at, std::size_t column,
                 std::size_t row) {
        judge(
            cell, m_equityD + line.equityD[at], m_need + line.needD[at],
            [&] { return m_equity + line.equity[at]; }, column, row);
    }

    void addCells() {
        const Line& a = m_lines[Across];
        const Line& b = m_lines[Up];
        for (std::size_t j = 0; j < m_rows; ++j) {
            const double equity = m_equityD + b.equityD[j];
            const double need = m_need + b.needD[j];
            HeatCell* cells = m_map.cells.data() + j * m_columns;
            for (std::size_t i = 0; i < m_columns; ++i) {
                const double e = equity + a.equityD[i], n = need + a.needD[i];
                if (e - n > m_slack) continue;
                judge(
                    cells[i], e, n, [&] { return m_equity + b.equity[j] + a.equity[i]; }, i, j);
            }
        }
    }

    template <class Exact>
    void judge(HeatCell& cell, double equity, double need, Exact exact, std::size_t column,
               std::size_t row) {
        const double room = equity - need;
        if (room > m_slack) return;
        if (equity > m_slack) {
            if (room < -m_slack || exact() < exactNeed(column, row)) ++cell.belowMaintenance;
            return;
        }
        const Money e = exact();
        if (e.isNegative()) {
            ++cell.belowZero;
            ++cell.belowMaintenance;
            cell.shortfall -= e;
            if (m_waits) cell.waiting -= e;
        } else if (e < exactNeed(column, row)) {
            ++cell.belowMaintenance;
        }
    }

    Money exactNeed(std::size_t column, std::size_t row) const {
        Money need;
        for (const Leg& leg : m_legs) {
            const AxisMarket& market = m_markets[leg.instrument.value()];
            const std::size_t at = market.axis == Across ? column : market.axis == Up ? row : 0;
            const Money size = notional(leg.quantity.abs(), market.marks[at], Round::Ceiling);
            need +=
                requirementOf((*m_snapshot.markets)[leg.instrument.value()].instrument.tiers, size)
                    .maintenance;
        }
        return need;
    }

    const view::Snapshot& m_snapshot;
    const HeatRequest& m_request;
    view::VenueFigures m_venue;
    MarketGates m_gates;
    std::size_t m_columns;
    std::size_t m_rows;
    HeatMap m_map;
    std::vector<AxisMarket> m_markets;
    std::vector<HeatCell> m_acrossOnly, m_upOnly;  // accounts of one axis: added to a whole line
    HeatCell m_always;

    // Of the account at work.
    std::span<const Leg> m_legs;
    std::array<Line, 2> m_lines;
    Money m_equity;  // collateral and the legs on neither axis
    double m_equityD = 0, m_need = 0, m_slack = 0;
    bool m_waits = false;
};

}  // namespace

Result<void> validate(const HeatRequest& request, const view::Snapshot& snapshot) {
    const std::size_t known = snapshot.underlyings ? snapshot.underlyings->size() : 0;
    if (request.across.underlying == request.up.underlying)
        return fail(ErrorCode::InvalidArgument, "the two axes must be different underlyings");
    for (const HeatAxis* axis : {&request.across, &request.up}) {
        if (axis->underlying.value() >= known)
            return fail(ErrorCode::InvalidArgument, "an axis names no underlying of this venue");
        if (axis->moves.empty() || axis->moves.size() > kMost)
            return fail(ErrorCode::OutOfRange, "an axis has 1 to 64 steps");
        if (!std::all_of(axis->moves.begin(), axis->moves.end(), isWithin))
            return fail(ErrorCode::OutOfRange, "a move must lie between -90 % and +300 %");
    }
    return validate(request.others, snapshot);
}

Shock shockAt(const HeatRequest& request, std::size_t across, std::size_t up) {
    Shock out = request.others;
    const auto set = [&](const HeatAxis& axis, std::size_t at) {
        if (out.moves.size() <= axis.underlying.value())
            out.moves.resize(axis.underlying.value() + 1u);
        out.moves[axis.underlying.value()] = axis.moves[at];
    };
    set(request.across, across);
    set(request.up, up);
    return out;
}

std::optional<HeatMap> heatMap(const view::Snapshot& snapshot, const HeatRequest& request,
                               const std::stop_token& stop) {
    BW_ASSERT(validate(request, snapshot).has_value());
    return Mapper(snapshot, request).run(stop);
}

}  // namespace breakwater::scenario
