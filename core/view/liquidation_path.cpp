#include "core/view/liquidation_path.hpp"

#include <algorithm>

#include "core/breaker/permissions.hpp"
#include "core/engine/figures.hpp"
#include "core/view/figures.hpp"

namespace breakwater::view {
namespace {

constexpr std::size_t kMostSteps = 10'000;  // 255 legs take at most some 20 orders each

// The account alone in books of its own, beside one that takes the other side of every order.
class Rehearsal {
public:
    Rehearsal(const Snapshot& snapshot, AccountId account, FillAt fill)
        : m_snapshot(snapshot),
          m_fill(fill),
          m_markets(*snapshot.markets),
          m_books(snapshot.profile->assets.size()) {
        const Account& held = accountOf(snapshot, account);
        m_me = m_books.accounts().open("account", held.tag);
        m_other = m_books.accounts().open("taker", AccountTag::Liquidator);
        m_books.deposit(m_me, Books::kSettlement, held.cash);
        const AccountChunk& chunk = chunkOf(snapshot, account);
        for (const SideBalance& b : chunk.sideBalances) {
            if (b.slot == account.value() % AccountChunk::kSize)
                m_books.deposit(m_me, b.asset, b.amount);
        }
        for (const Leg& leg : legsOf(snapshot, account))
            m_books.accounts().setLeg(m_me, leg.instrument, leg.quantity, leg.cost);
        m_fundBehind = held.fundAdvanced.isPositive();
        findRunning(held);
        findTradable();
    }

    LiquidationPath run() {
        Margin margin = marginNow();
        m_path.now = m_running.id.value() != 0 || margin.equity < margin.maintenance;
        if (!m_path.now && !moveToMaintenance()) {
            m_path.equity = m_path.equityAfter = margin.equity;
            m_path.maintenance = m_path.maintenanceAfter = margin.maintenance;
            return m_path;
        }
        margin = marginNow();
        m_path.equity = margin.equity;
        m_path.maintenance = margin.maintenance;
        for (std::size_t i = 0; i < kMostSteps && !isOver(margin); ++i)
            margin = step(margin);
        m_path.equityAfter = margin.equity;
        m_path.maintenanceAfter = margin.maintenance;
        if (margin.equity.isNegative()) m_path.shortfall = -margin.equity;
        return m_path;
    }

private:
    void findRunning(const Account& held) {
        if (held.liquidation.value() == 0 || !m_snapshot.liquidations) return;
        for (const Liquidation& running : *m_snapshot.liquidations) {
            if (running.id == held.liquidation) m_running = running;
        }
        m_fundBehind = m_fundBehind || m_running.socialised;
    }

    bool isBlind(InstrumentId instrument) const {
        const UnderlyingId u = m_markets[instrument.value()].instrument.underlying;
        return (*m_snapshot.underlyings)[u.value()].blind;
    }

    // Where the engine would place an order (Engine::runLiquidations).
    void findTradable() {
        for (std::size_t m = 0; m < m_markets.size(); ++m) {
            const InstrumentId id(static_cast<std::uint16_t>(m));
            m_tradable.push_back(m_markets[m].hasMark && !isBlind(id) &&
                                 permissionOf((*m_snapshot.breakers)[m].level,
                                              Action::Liquidation) == Permission::Yes);
        }
    }

    Margin marginNow() const {
        return evaluateMargin(collateralValue(m_books.accounts(), m_me, m_snapshot.profile->assets),
                              m_books.accounts().legs(m_me), m_markets);
    }

    bool isBelow(Market& market, Decimal ticks) {
        const Price before = market.mark;
        market.mark = Price(Decimal::multiply(ticks, market.instrument.tick.value(), Round::Floor));
        const Margin margin = marginNow();
        market.mark = before;
        return margin.equity < margin.maintenance;
    }

    // The nearest mark, in ticks, at which this leg's market alone brings the account below
    // maintenance. Equity less maintenance is monotone in one mark, so halving finds it.
    bool moveMark(const Leg& leg) {
        Market& market = m_markets[leg.instrument.value()];
        const Decimal tick = market.instrument.tick.value();
        const auto ticksOf = [&](Decimal price, Round round) {
            return static_cast<std::int64_t>(Decimal::divide(price, tick, round).raw() /
                                             Decimal::kScale);
        };
        std::int64_t safe = ticksOf(market.mark.value(), Round::Floor);
        std::int64_t below = 0;
        if (leg.quantity.isPositive()) {
            below = 1;
            safe += 1;  // the mark itself may lie between two ticks
            if (!isBelow(market, Decimal::fromInteger(below))) return false;
        } else {
            const std::int64_t most = ticksOf(kLargestPrice.value(), Round::Floor);
            for (below = std::max<std::int64_t>(1, safe);
                 !isBelow(market, Decimal::fromInteger(below)); below = std::min(most, below * 2)) {
                if (below == most) return false;
            }
        }
        while (std::max(safe, below) - std::min(safe, below) > 1) {
            const std::int64_t middle = safe + (below - safe) / 2;
            (isBelow(market, Decimal::fromInteger(middle)) ? below : safe) = middle;
        }
        const Price from = market.mark;
        market.mark = Price(Decimal::multiply(Decimal::fromInteger(below), tick, Round::Floor));
        m_path.market = leg.instrument;
        m_path.mark = market.mark;
        m_path.move = market.mark.toDouble() / from.toDouble() - 1;
        return true;
    }

    // By the market that binds, as the accounts table says; by another where that one cannot.
    bool moveToMaintenance() {
        const auto span = m_books.accounts().legs(m_me);
        std::vector<Leg> legs(span.begin(), span.end());
        const auto need = [&](const Leg& leg) {
            const Market& market = m_markets[leg.instrument.value()];
            return requirementOf(market.instrument.tiers,
                                 notional(leg.quantity.abs(), market.mark, Round::Ceiling))
                .maintenance;
        };
        std::stable_sort(legs.begin(), legs.end(),
                         [&](const Leg& a, const Leg& b) { return need(a) > need(b); });
        return std::any_of(legs.begin(), legs.end(), [&](const Leg& leg) { return moveMark(leg); });
    }

    // In the order in which the engine asks (Engine::stepLiquidation).
    bool isOver(const Margin& margin) {
        const auto legs = m_books.accounts().legs(m_me);
        const auto blind = [&](const Leg& leg) { return isBlind(leg.instrument); };
        if (std::any_of(legs.begin(), legs.end(), blind)) return ends(PathEnd::Waits);
        const auto trades = [&](const Leg& leg) { return m_tradable[leg.instrument.value()]; };
        // The fund is asked only where every leg could be closed.
        if (margin.equity.isNegative()) {
            return ends(std::all_of(legs.begin(), legs.end(), trades) ? PathEnd::BelowZero
                                                                      : PathEnd::Waits);
        }
        if (legs.empty()) return ends(PathEnd::Flat);
        const Money target =
            scale(margin.maintenance, m_snapshot.profile->targetHealth, Round::AwayFromZero);
        if (margin.equity >= target) return ends(PathEnd::Restored);
        if (std::none_of(legs.begin(), legs.end(), trades)) return ends(PathEnd::Waits);
        return false;
    }

    bool ends(PathEnd end) {
        m_path.end = end;
        return true;
    }

    Margin step(const Margin& before) {
        const std::optional<StepPlan> plan =
            planStep(m_running, m_books.accounts().legs(m_me), before, m_fundBehind, m_markets,
                     m_tradable, *m_snapshot.profile);
        BW_ASSERT(plan.has_value());
        m_running.instrument = plan->instrument;
        m_running.legAtStart = plan->legAtStart;
        PathStep step;
        step.order = ++m_running.steps;
        step.instrument = plan->instrument;
        step.quantity = plan->quantity;
        step.hasLimit = plan->hasLimit;
        step.limit = plan->limit;
        const Price mark = m_markets[plan->instrument.value()].mark;
        step.price = m_fill == FillAt::Limit && plan->hasLimit ? plan->limit : mark;
        m_books.trade(plan->instrument, m_me, m_other, plan->quantity, step.price);
        const Money due = scale(notional(plan->quantity.abs(), step.price, Round::Ceiling),
                                m_snapshot.profile->liquidationFee, Round::AwayFromZero);
        step.fee = std::min(due, std::max(marginNow().equity, Money()));
        if (step.fee.isPositive()) m_books.accountToFund(m_me, step.fee);
        const Margin after = marginNow();
        step.equity = after.equity;
        step.maintenance = after.maintenance;
        step.legs = m_books.accounts().legs(m_me).size();
        m_path.fees += step.fee;
        m_path.steps.push_back(step);
        return after;
    }

    const Snapshot& m_snapshot;
    FillAt m_fill;
    std::vector<Market> m_markets;
    std::vector<bool> m_tradable;
    Books m_books;
    AccountId m_me, m_other;
    Liquidation m_running;
    bool m_fundBehind = false;
    LiquidationPath m_path;
};

}  // namespace

LiquidationPath liquidationPath(const Snapshot& snapshot, AccountId account, FillAt fill) {
    return Rehearsal(snapshot, account, fill).run();
}

}  // namespace breakwater::view
