#include "core/scenario/what_if.hpp"

#include <algorithm>

#include "core/breaker/permissions.hpp"

namespace breakwater::scenario {
namespace {

Margin marginOf(const view::Snapshot& snapshot, const AccountChunk& chunk, std::size_t slot) {
    return evaluateMargin(view::collateralOf(snapshot, chunk, slot), chunk.legsOf(slot),
                          *snapshot.markets);
}

class Pass {
public:
    Pass(const view::Snapshot& now, const view::Snapshot& then, const Shock& shock)
        : m_now(now), m_then(then), m_gates(now) {
        m_out.shock = shock;
        m_out.sequence = now.sequence;
        m_out.asOf = now.asOf;
        m_out.accounts = now.accountCount;
        m_looks.reserve(now.accountCount);
        for (std::size_t m = 0; now.markets && m < now.markets->size(); ++m) {
            m_out.markets.push_back(
                {(*now.markets)[m].mark, (*then.markets)[m].mark, Money(), Money()});
            const BreakerLevel level = (*now.breakers)[m].level;
            if (permissionOf(level, Action::Liquidation) != Permission::Yes) ++m_out.stopped;
        }
        for (std::size_t u = 0; now.underlyings && u < now.underlyings->size(); ++u)
            if ((*now.underlyings)[u].blind) ++m_out.blind;
    }

    std::optional<Outcome> run(const std::stop_token& stop) {
        const view::Snapshot& snapshot = m_now.snapshot();
        for (std::size_t c = 0; snapshot.accounts && c < snapshot.accounts->size(); ++c) {
            if (stop.stop_requested()) return std::nullopt;
            const AccountChunk& chunk = *(*snapshot.accounts)[c];
            for (std::size_t slot = 0; slot < chunk.accounts.size(); ++slot)
                add(AccountId(static_cast<std::uint32_t>(m_looks.size())), chunk, slot);
        }
        for (std::size_t d = 0; d < kDepths; ++d)
            count(d);
        payDeficits(m_then, m_gates, m_looks, m_debtors, m_out.layers);
        return std::move(m_out);
    }

private:
    void add(AccountId account, const AccountChunk& chunk, std::size_t slot) {
        const Account& a = chunk.accounts[slot];
        Screened& look = m_looks.emplace_back(m_then.look(chunk, slot));
        const HealthBand then = look.band = m_then.band(look, chunk, slot);
        ++m_moves[static_cast<std::size_t>(a.band)][static_cast<std::size_t>(then)];
        if (a.band >= HealthBand::BelowMaintenance) {
            if (a.band == HealthBand::BelowZero)
                m_out.now.shortfall += std::max(-m_now.equity(chunk, slot), Money());
            for (const Leg& leg : chunk.legsOf(slot))
                market(leg).belowNow +=
                    notional(leg.quantity.abs(), market(leg).mark, Round::Ceiling);
        }
        if (then >= HealthBand::BelowMaintenance) addFallen(account, a, chunk, slot);
    }

    void addFallen(AccountId account, const Account& a, const AccountChunk& chunk,
                   std::size_t slot) {
        const std::span<const Leg> legs = chunk.legsOf(slot);
        for (const Leg& leg : legs)
            market(leg).belowThen +=
                notional(leg.quantity.abs(), market(leg).shockedMark, Round::Ceiling);
        const Money equity = m_then.equity(chunk, slot);
        const Money held = std::max(m_now.equity(chunk, slot), Money());
        m_out.layers.ownHeld += held;
        m_out.layers.ownConsumed += std::max(held - std::max(equity, Money()), Money());
        if (!equity.isNegative()) return;
        m_out.then.shortfall += -equity;
        if (m_gates.waits(legs)) {
            m_out.layers.waiting += -equity;
        } else {
            m_debtors.push_back({a.liquidation, account, -equity});
        }
    }

    MarketOutcome& market(const Leg& leg) { return m_out.markets[leg.instrument.value()]; }

    // Accounts at depth d or deeper, from the table of bands now and then.
    void count(std::size_t d) {
        for (std::size_t now = 0; now < m_moves.size(); ++now) {
            for (std::size_t then = 0; then < m_moves.size(); ++then) {
                const std::uint32_t n = m_moves[now][then];
                if (now > d) m_out.now.accounts[d] += n;
                if (then > d) m_out.then.accounts[d] += n;
                if (now <= d && then > d) m_out.fallen[d] += n;
                if (now > d && then <= d) m_out.recovered[d] += n;
            }
        }
    }

    Screen m_now;
    Screen m_then;
    MarketGates m_gates;
    Outcome m_out;
    std::array<std::array<std::uint32_t, 5>, 5> m_moves{};  // [now][then] by HealthBand
    std::vector<Screened> m_looks;
    std::vector<Debtor> m_debtors;
};

}  // namespace

std::optional<Outcome> evaluate(const view::Snapshot& snapshot, const Shock& shock,
                                const std::stop_token& stop) {
    if (!snapshot.markets || !snapshot.profile) {
        Outcome empty;
        empty.shock = shock;
        empty.sequence = snapshot.sequence;
        empty.asOf = snapshot.asOf;
        return empty;
    }
    const view::Snapshot then = shocked(snapshot, shock);
    return Pass(snapshot, then, shock).run(stop);
}

Outcome evaluate(const view::Snapshot& snapshot, const Shock& shock) {
    return *evaluate(snapshot, shock, std::stop_token());
}

std::vector<Struck> accountsBehind(const view::Snapshot& snapshot, const Shock& shock, Depth depth,
                                   const std::stop_token& stop) {
    std::vector<Struck> out;
    if (!snapshot.markets || !snapshot.profile) return out;
    const view::Snapshot moved = shocked(snapshot, shock);
    const Screen screen(moved);
    forEachAccount(snapshot, [&](AccountId account, const AccountChunk& chunk, std::size_t slot) {
        if (slot == 0 && stop.stop_requested()) out.clear();
        if (stop.stop_requested()) return;
        const HealthBand band = screen.band(screen.look(chunk, slot), chunk, slot);
        if (band < bandAt(depth)) return;
        const Margin now = marginOf(snapshot, chunk, slot);
        const Margin then = marginOf(moved, chunk, slot);
        out.push_back({account, now.equity, now.maintenance, then.equity, then.maintenance,
                       chunk.accounts[slot].band, band});
    });
    std::sort(out.begin(), out.end(), [](const Struck& a, const Struck& b) {
        const Money shortA = a.shortfall(), shortB = b.shortfall();
        if (shortA != shortB) return shortA > shortB;
        const Money roomA = a.equityThen - a.maintenanceThen,
                    roomB = b.equityThen - b.maintenanceThen;
        if (roomA != roomB) return roomA < roomB;
        return a.account < b.account;
    });
    return out;
}

}  // namespace breakwater::scenario
