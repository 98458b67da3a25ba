// Liquidations and the waterfall: own margin, book, insurance fund, ADL, socialised loss. A
// layer pays only while its entry condition holds, and the event names that condition.
#include <algorithm>

#include "core/breaker/permissions.hpp"
#include "core/engine/engine.hpp"
#include "core/engine/figures.hpp"
#include "core/mitigation/fund.hpp"
#include "core/mitigation/socialise.hpp"

namespace breakwater {

void Engine::startLiquidation(AccountId account, const Margin& margin, Events& out) {
    const LiquidationId id(m_state.nextLiquidation++);
    Liquidation running;
    running.id = id;
    running.account = account;
    running.since = m_state.time;
    m_state.liquidations.emplace(id, running);
    m_state.books.accounts().edit(account).liquidation = id;
    ++m_state.tally.liquidations;
    out.emplace_back(LiquidationStarted{id, account, margin.equity, margin.maintenance});
}

void Engine::runLiquidations(Events& out) {
    if (m_state.liquidations.empty() || m_state.role != Role::Authority) return;
    m_rankings.assign(m_state.markets.size() * 2, {});
    m_ranked.assign(m_state.markets.size() * 2, false);
    m_tradable.assign(m_state.markets.size(), false);
    for (std::size_t m = 0; m < m_state.markets.size(); ++m) {
        m_tradable[m] =
            m_state.markets[m].hasMark &&
            !underlyingOf(InstrumentId(static_cast<std::uint16_t>(m))).blind &&
            permissionOf(m_state.breakers[m].level, Action::Liquidation) == Permission::Yes;
    }
    // A step may start further liquidations (a hedge taken by ADL): they begin at the next step.
    const LiquidationId last = m_state.liquidations.rbegin()->first;
    for (auto it = m_state.liquidations.begin();
         it != m_state.liquidations.end() && it->first <= last;) {
        if (stepLiquidation(it->second, out)) {
            it = m_state.liquidations.erase(it);
        } else {
            ++it;
        }
    }
}

bool Engine::stepLiquidation(Liquidation& running, Events& out) {
    running.hasOrder = false;
    running.remaining = Quantity();
    const auto legs = m_state.books.accounts().legs(running.account);
    // Health that rests on a blind index is not known: the case is kept and the clock runs.
    const auto isBlind = [&](const Leg& leg) { return underlyingOf(leg.instrument).blind; };
    if (std::any_of(legs.begin(), legs.end(), isBlind)) return false;
    Margin margin = marginOf(running.account);
    const auto trades = [&](const Leg& leg) { return m_tradable[leg.instrument.value()]; };
    if (margin.equity.isNegative() && std::all_of(legs.begin(), legs.end(), trades)) {
        coverDeficit(running, -margin.equity, out);
        reassess(running.account, out);
        margin = marginOf(running.account);
    }
    if (finishLiquidation(running, margin, out)) return true;
    if (!margin.equity.isNegative()) placeOrder(running, margin, out);
    return false;
}

bool Engine::finishLiquidation(Liquidation& running, const Margin& margin, Events& out) {
    const Account& account = m_state.books.accounts().at(running.account);
    const bool flat = account.legCount == 0;
    const Money target =
        scale(margin.maintenance, m_state.profile.targetHealth, Round::AwayFromZero);
    if (margin.equity.isNegative() || (!flat && margin.equity < target)) return false;
    const bool advanced = account.fundAdvanced.isPositive();
    if (advanced) {
        // The fund stood behind the account: what is left above target is the fund's first.
        const Money back = std::min(
            {account.fundAdvanced, std::max(account.cash, Money()), margin.equity - target});
        if (back.isPositive()) {
            m_state.books.accountToFund(running.account, back);
            moveFund(back, "recovery", &running.account, out);
        }
        m_state.books.accounts().edit(running.account).fundAdvanced = Money();
    }
    m_state.books.accounts().edit(running.account).liquidation = LiquidationId();
    const LiquidationEnd end = running.socialised    ? LiquidationEnd::Socialised
                               : running.deleveraged ? LiquidationEnd::AutoDeleveraged
                               : advanced            ? LiquidationEnd::CoveredByFund
                               : flat                ? LiquidationEnd::Flat
                                                     : LiquidationEnd::Restored;
    const Margin now = marginOf(running.account);
    out.emplace_back(LiquidationEnded{running.id, running.account, end, running.steps, now.equity,
                                      now.maintenance});
    reassess(running.account, out);
    return true;
}

void Engine::placeOrder(Liquidation& running, const Margin& margin, Events& out) {
    const AccountBook& accounts = m_state.books.accounts();
    const bool fundBehind =
        accounts.at(running.account).fundAdvanced.isPositive() || running.socialised;
    const std::optional<StepPlan> plan =
        planStep(running, accounts.legs(running.account), margin, fundBehind, m_state.markets,
                 m_tradable, m_state.profile);
    if (!plan) return;
    running.hasOrder = true;
    running.instrument = plan->instrument;
    running.remaining = plan->quantity;
    running.hasLimit = plan->hasLimit;
    running.limit = plan->limit;
    running.legAtStart = plan->legAtStart;
    ++running.steps;
    out.emplace_back(
        LiquidationOrdered{running.id, running.account, plan->instrument, running.steps,
                           plan->quantity, m_state.markets[plan->instrument.value()].mark,
                           plan->hasLimit, plan->limit, margin.equity, margin.maintenance});
}

void Engine::on(const LiquidationFill& in, Events& out) {
    const char* what = in.kName.data();
    const auto it = m_state.liquidations.find(in.liquidation);
    if (it == m_state.liquidations.end() || !it->second.hasOrder) {
        refuse(what, Refusal::NotLiquidating, in.liquidation.value(), "no order stands", out);
        return;
    }
    Liquidation& running = it->second;
    Books& books = m_state.books;
    const std::uint64_t id = in.liquidation.value();
    if (!books.accounts().has(in.counterparty) || in.counterparty == running.account) {
        refuse(what, Refusal::UnknownAccount, in.counterparty.value(),
               "the counterparty must be another account", out);
        return;
    }
    if (in.quantity.isZero() || in.quantity.isNegative() != running.remaining.isNegative() ||
        !sane(in.quantity, in.price) || in.quantity.abs() > running.remaining.abs()) {
        refuse(what, Refusal::BadFigure, id, in.quantity.toString() + " at " + in.price.toString(),
               out);
        return;
    }
    const bool sells = in.quantity.isNegative();
    if (running.hasLimit && (sells ? in.price < running.limit : in.price > running.limit)) {
        refuse(what, Refusal::WorseThanBankruptcy, id,
               in.price.toString() + " against " + running.limit.toString(), out);
        return;
    }
    if (permissionOf(m_state.breakers[running.instrument.value()].level, Action::Liquidation) !=
        Permission::Yes) {
        refuse(what, Refusal::BreakerLevel, id, "liquidations are suspended", out);
        return;
    }
    if (!judgeSide(what, {in.counterparty, -in.quantity, true}, running.instrument, in.price,
                   Money(), out))
        return;

    const AccountId account = running.account;
    books.trade(running.instrument, account, in.counterparty, in.quantity, in.price);
    running.remaining -= in.quantity;
    running.hasOrder = !running.remaining.isZero();
    // The fee is paid while there is equity to pay it: it must not make the account bankrupt.
    const Money due = scale(notional(in.quantity.abs(), in.price, Round::Ceiling),
                            m_state.profile.liquidationFee, Round::AwayFromZero);
    const Money fee = std::min(due, std::max(marginOf(account).equity, Money()));
    if (fee.isPositive()) {
        books.accountToFund(account, fee);
        moveFund(fee, "liquidation fee", &account, out);
    }
    const Margin margin = marginOf(account);
    out.emplace_back(LiquidationFilled{
        in.liquidation, account, in.counterparty, running.instrument, in.quantity, in.price,
        m_state.markets[running.instrument.value()].mark, fee, margin.equity, margin.maintenance});
    reassess(account, out);
    reassess(in.counterparty, out);
}

void Engine::coverDeficit(Liquidation& running, Money deficit, Events& out) {
    Books& books = m_state.books;
    const Money paid = fundDraw(deficit, books.fund());
    if (paid.isPositive()) {
        books.fundToAccount(running.account, paid);
        books.accounts().edit(running.account).fundAdvanced += paid;
        moveFund(-paid, "deficit", &running.account, out);
        deficit -= paid;
    }
    if (deficit.isPositive()) deficit = deleverage(running, deficit, out);
    if (deficit.isPositive()) socialise(running, deficit, out);
}

Money Engine::deleverage(Liquidation& running, Money deficit, Events& out) {
    const auto span = m_state.books.accounts().legs(running.account);
    std::vector<Leg> legs(span.begin(), span.end());  // ADL closes them while we go
    Money gross;
    for (const Leg& leg : legs) {
        gross += notional(leg.quantity.abs(), m_state.markets[leg.instrument.value()].mark,
                          Round::Floor);
    }
    Money left = deficit;
    for (std::size_t i = 0; i < legs.size() && gross.isPositive(); ++i) {
        const Leg& leg = legs[i];
        const Money size = notional(leg.quantity.abs(),
                                    m_state.markets[leg.instrument.value()].mark, Round::Floor);
        // Each leg carries the deficit by its notional; the last takes what rounding left.
        const Money due = i + 1 == legs.size()
                              ? left
                              : std::min(left, share(deficit, size, gross, Round::TowardZero));
        left -= deleverageLeg(running, leg, due, out);
    }
    return left;
}

// Closes one leg against winners at the mark; each winner contributes to the deficit beside it.
Money Engine::deleverageLeg(Liquidation& running, const Leg& leg, Money deficit, Events& out) {
    if (permissionOf(m_state.breakers[leg.instrument.value()].level, Action::AutoDeleveraging) !=
        Permission::Yes) {
        return {};
    }
    Books& books = m_state.books;
    const Price mark = m_state.markets[leg.instrument.value()].mark;
    const bool bankruptIsLong = leg.quantity.isPositive();
    const AdlPlan plan =
        planAdl(ranking(leg.instrument, !bankruptIsLong), leg.quantity.abs(), deficit);
    Money covered;
    for (const AdlTake& take : plan.takes) {
        const Quantity closing = bankruptIsLong ? -take.quantity : take.quantity;
        books.trade(leg.instrument, running.account, take.winner, closing, mark);
        // The ranking is of the step's beginning: another leg's ADL may have taken from the same
        // equity since, and nobody is made a debtor by giving.
        const Money able = std::max(marginOf(take.winner).equity, Money());
        const Money contribution = std::min(take.contribution, able);
        if (contribution.isPositive()) {
            books.accountToAdl(take.winner, contribution);
            books.adlToAccount(running.account, contribution);
        }
        covered += contribution;
        const Price give = unitPrice(contribution, take.quantity, Round::TowardZero);
        m_state.tally.adlNotional += notional(take.quantity, mark, Round::TowardZero);
        m_state.tally.adlContribution += contribution;
        out.emplace_back(AdlExecuted{running.account, take.winner, leg.instrument, closing, mark,
                                     bankruptIsLong ? mark + give : mark - give, contribution,
                                     take.score, "fund empty"});
        reassess(take.winner, out);
    }
    if (!plan.takes.empty()) running.deleveraged = true;
    return covered;
}

// Profitable holders of one side of a market, best first; made once a step and used up by it.
std::vector<AdlCandidate>& Engine::ranking(InstrumentId instrument, bool longs) {
    const std::size_t at = instrument.value() * 2u + (longs ? 1u : 0u);
    std::vector<AdlCandidate>& ranked = m_rankings[at];
    if (m_ranked[at]) return ranked;
    m_ranked[at] = true;
    const AccountBook& accounts = m_state.books.accounts();
    const Price mark = m_state.markets[instrument.value()].mark;
    for (std::uint32_t i = 0; i < accounts.size(); ++i) {
        const AccountId account(i);
        const Leg* leg = accounts.leg(account, instrument);
        if (leg == nullptr || leg->quantity.isPositive() != longs ||
            accounts.at(account).liquidation.value() != 0)
            continue;
        const auto candidate =
            adlCandidate(account, *leg, mark, [&] { return marginOf(account).equity; });
        if (candidate) ranked.push_back(*candidate);
    }
    std::sort(ranked.begin(), ranked.end(), rankBefore);
    return ranked;
}

void Engine::socialise(Liquidation& running, Money deficit, Events& out) {
    Books& books = m_state.books;
    std::vector<Payer> payers;
    for (std::uint32_t i = 0; i < books.accounts().size(); ++i) {
        const AccountId account(i);
        if (account == running.account) continue;
        const Money equity = marginOf(account).equity;
        if (equity.isPositive()) payers.push_back({account, equity});
    }
    const SocialisedPlan plan = planSocialised(payers, deficit);
    for (const SocialisedShare& s : plan.shares)
        books.accountToSocialised(s.account, s.amount);
    if (plan.covered.isPositive()) {
        books.socialisedToAccount(running.account, plan.covered);
        const Money surplus = plan.collected - plan.covered;
        if (surplus.isPositive()) books.socialisedToFund(surplus);
        m_state.tally.socialised += plan.covered;
        running.socialised = true;
        out.emplace_back(LossSocialised{
            running.account, plan.covered, static_cast<std::uint32_t>(plan.shares.size()),
            plan.payersEquity, "fund empty, no profitable counterparty left"});
        if (surplus.isPositive()) moveFund(surplus, "socialised rounding", nullptr, out);
    }
    // The same hole is met again at every step; only what is new is told and counted.
    const Money uncovered = deficit - plan.covered;
    if (uncovered > running.uncovered) {
        m_state.tally.uncovered += uncovered - running.uncovered;
        out.emplace_back(LossUncovered{running.account, uncovered - running.uncovered});
        running.uncovered = uncovered;
    }
    // Everybody's cash changed; rankings and certificates rest on it.
    m_ranked.assign(m_ranked.size(), false);
    for (auto& ranked : m_rankings)
        ranked.clear();
    reassessAll(out);
}

}  // namespace breakwater
