// What happens at a clock tick, in this order: sources, index and marks, breakers, funding,
// health, withdrawals, liquidations.
#include <algorithm>
#include <cmath>

#include "core/breaker/permissions.hpp"
#include "core/engine/engine.hpp"
#include "core/engine/figures.hpp"

namespace breakwater {
void Engine::on(const PriceObserved& in, Events& out) {
    const char* what = in.kName.data();
    if (in.underlying.value() >= m_state.underlyings.size()) {
        refuse(what, Refusal::UnknownUnderlying, in.underlying.value(), "no such underlying", out);
        return;
    }
    Underlying& underlying = m_state.underlyings[in.underlying.value()];
    if (in.source.value() >= underlying.sources.size()) {
        refuse(what, Refusal::UnknownSource, in.source.value(), "no such source", out);
        return;
    }
    SourceQuote& quote = underlying.sources[in.source.value()];
    if (!sane(in.price)) {
        refuse(what, Refusal::BadFigure, in.source.value(), "price " + in.price.toString(), out);
        return;
    }
    if (in.observedAt < Instant() || in.observedAt > m_state.time ||
        (quote.seen && in.observedAt < quote.observedAt)) {
        refuse(what, Refusal::BackwardTime, in.source.value(),
               "observed at " + in.observedAt.toString(), out);
        return;
    }
    quote.seen = true;
    quote.price = in.price;
    quote.observedAt = in.observedAt;
    if (quote.state == SourceState::Gapped)
        quote.state = SourceState::Stale;  // fresh again at the tick
}

void Engine::on(const FeedGap& in, Events& out) {
    const char* what = in.kName.data();
    if (in.underlying.value() >= m_state.underlyings.size()) {
        refuse(what, Refusal::UnknownUnderlying, in.underlying.value(), "no such underlying", out);
        return;
    }
    Underlying& underlying = m_state.underlyings[in.underlying.value()];
    if (in.source.value() >= underlying.sources.size()) {
        refuse(what, Refusal::UnknownSource, in.source.value(), "no such source", out);
        return;
    }
    SourceQuote& quote = underlying.sources[in.source.value()];
    if (quote.state == SourceState::Gapped) return;
    quote.state = SourceState::Gapped;
    out.emplace_back(SourceChanged{in.underlying, in.source, SourceState::Gapped,
                                   quote.seen ? m_state.time - quote.observedAt : Duration()});
}

void Engine::on(const BookObserved& in, Events& out) {
    const char* what = in.kName.data();
    if (!knows(in.instrument)) {
        refuse(what, Refusal::UnknownInstrument, in.instrument.value(), "no such instrument", out);
        return;
    }
    const bool basisIsSane = in.basis <= kLargestPrice && in.basis >= -kLargestPrice;
    if (!basisIsSane || !sane(in.bidDepth) || !sane(in.askDepth) || in.bidDepth.isNegative() ||
        in.askDepth.isNegative()) {
        refuse(what, Refusal::BadFigure, in.instrument.value(), "basis " + in.basis.toString(),
               out);
        return;
    }
    Market& market = m_state.markets[in.instrument.value()];
    market.basis = in.basis;
    market.bidDepth = in.bidDepth;
    market.askDepth = in.askDepth;
}

void Engine::on(const BreakerObserved& in, Events& out) {
    if (!knows(in.instrument)) {
        refuse(in.kName.data(), Refusal::UnknownInstrument, in.instrument.value(),
               "no such instrument", out);
        return;
    }
    BreakerState& breaker = m_state.breakers[in.instrument.value()];
    breaker.effective = in.level;
    out.emplace_back(BreakerEffective{in.instrument, in.level, in.level == breaker.level,
                                      m_state.time - breaker.commandedAt});
}

void Engine::on(const ClockTick&, Events& out) {
    if (!m_state.hasProfile) return;
    updateSources(out);
    if (updateMarks(out)) m_certificates.advance(m_largestMove, m_due);
    runBreakers(out);
    runFunding(out);
    // In account order: what the record says must not depend on how the queue came to be.
    std::sort(m_due.begin(), m_due.end());
    for (const AccountId account : m_due)
        reassess(account, out);
    m_due.clear();
    runWithdrawals(out);
    runLiquidations(out);
}

void Engine::updateSources(Events& out) {
    for (std::size_t u = 0; u < m_state.underlyings.size(); ++u) {
        Underlying& underlying = m_state.underlyings[u];
        for (std::size_t i = 0; i < underlying.sources.size(); ++i) {
            SourceQuote& quote = underlying.sources[i];
            if (!quote.seen || quote.state == SourceState::Gapped) continue;
            const Duration age = m_state.time - quote.observedAt;
            const SourceState state =
                age > m_state.profile.sourceStaleAfter ? SourceState::Stale : SourceState::Fresh;
            if (state == quote.state) continue;
            quote.state = state;
            out.emplace_back(SourceChanged{UnderlyingId(static_cast<std::uint16_t>(u)),
                                           SourceId(static_cast<std::uint16_t>(i)), state, age});
        }
        const std::optional<Price> index =
            aggregateIndex(underlying.sources, m_state.profile.quorum);
        if (underlying.blind != !index.has_value()) {
            underlying.blind = !index.has_value();
            out.emplace_back(IndexSight{UnderlyingId(static_cast<std::uint16_t>(u)),
                                        underlying.blind,
                                        static_cast<std::uint16_t>(freshCount(underlying.sources)),
                                        m_state.profile.quorum});
        }
        if (!index) continue;
        underlying.index = *index;
        underlying.hasIndex = true;
        underlying.window.push(*index);
    }
}

bool Engine::updateMarks(Events& out) {
    bool moved = false;
    m_largestMove = 0;
    for (std::size_t m = 0; m < m_state.markets.size(); ++m) {
        Market& market = m_state.markets[m];
        const Underlying& underlying = m_state.underlyings[market.instrument.underlying.value()];
        if (underlying.blind) continue;
        const bool stopped = m_state.breakers[m].level == BreakerLevel::Stop;
        const Price mark = markFrom(market, underlying.index, stopped);
        if (!stopped) {
            market.premiumSum += ratio(market.basis, underlying.index, Round::TowardZero);
            ++market.premiumCount;
        }
        if (market.hasMark && mark == market.mark) continue;
        const double before = market.mark.toDouble();
        market.mark = mark;
        market.hasMark = true;
        m_screen[m].mark = mark.toDouble();
        // Nobody holds a leg before the first mark, so it moves nobody.
        if (before > 0) {
            m_largestMove =
                std::max(m_largestMove, std::fabs(m_screen[m].mark / before - 1) * (1 + 1e-9));
            moved = true;
        }
        out.emplace_back(MarkChanged{market.instrument.id, underlying.index, mark});
    }
    return moved;
}

void Engine::reassess(AccountId account, Events& out) {
    const AccountBook& accounts = m_state.books.accounts();
    const Account& a = accounts.at(account);
    const ScreenCollateral collateral = screenCollateral(accounts, account, m_state.profile.assets);
    const Certificate certificate = certify(collateral, accounts.legs(account), m_screen,
                                            m_state.profile.warningFactor.toDouble());
    if (certificate.radius <= 0 || certificate.band != a.band) decideBand(account, out);
    m_certificates.put(account, certificate.radius);
}

void Engine::reassessAll(Events& out) {
    for (std::uint32_t i = 0; i < m_state.books.accounts().size(); ++i)
        reassess(AccountId(i), out);
}

void Engine::decideBand(AccountId account, Events& out) {
    const Margin margin = marginOf(account);
    const HealthBand band = bandOf(margin, m_state.profile.warningFactor);
    const Account& a = m_state.books.accounts().at(account);
    if (band != a.band) {
        out.emplace_back(HealthBandChanged{account, a.band, band, margin.equity, margin.initial,
                                           margin.maintenance});
        m_state.books.accounts().edit(account).band = band;
    }
    if (band >= HealthBand::BelowMaintenance &&
        m_state.books.accounts().at(account).liquidation.value() == 0 &&
        m_state.role == Role::Authority) {
        startLiquidation(account, margin, out);
    }
}

void Engine::runBreakers(Events& out) {
    for (std::size_t m = 0; m < m_state.markets.size(); ++m) {
        const InstrumentId instrument(static_cast<std::uint16_t>(m));
        BreakerState& breaker = m_state.breakers[m];
        const Underlying& underlying = underlyingOf(instrument);
        if (const auto trip = judgeRules(breaker, m_state.profile, underlying, m_state.time)) {
            setBreaker(instrument, *trip, out);
        } else if (const auto end =
                       judgeExpiry(breaker, m_state.profile, underlying, m_state.time)) {
            setBreaker(instrument, *end, out);
        }
    }
}

void Engine::runFunding(Events& out) {
    const Duration interval = m_state.profile.fundingInterval;
    if (!m_state.fundingScheduled) {
        // On the interval's own grid, so that an hourly rate settles on the hour.
        const std::int64_t done = m_state.time.microseconds() / interval.count();
        m_state.nextFunding = Instant::fromMicroseconds((done + 1) * interval.count());
        m_state.fundingScheduled = true;
        return;
    }
    if (m_state.time < m_state.nextFunding) return;
    const std::int64_t missed = (m_state.time - m_state.nextFunding).count() / interval.count();
    m_state.nextFunding = m_state.nextFunding + interval * (missed + 1);
    bool settled = false;
    for (std::size_t m = 0; m < m_state.markets.size(); ++m) {
        Market& market = m_state.markets[m];
        const Permission permission = permissionOf(m_state.breakers[m].level, Action::Funding);
        const Rate cap =
            permission == Permission::Capped
                ? std::min(m_state.profile.fundingCap, m_state.profile.fundingCapRestricted)
                : m_state.profile.fundingCap;
        const Rate rate = fundingRate(market, cap);
        market.premiumSum = Ratio();
        market.premiumCount = 0;
        if (permission == Permission::Suspended || rate.isZero() || !market.hasMark) continue;
        settleFunding(market.instrument.id, rate, out);
        settled = true;
    }
    if (settled) reassessAll(out);
}

void Engine::settleFunding(InstrumentId instrument, Rate rate, Events& out) {
    Books& books = m_state.books;
    const Price mark = m_state.markets[instrument.value()].mark;
    FundingSettled event{instrument, rate, {}, {}};
    const std::size_t n = books.accounts().size();
    const auto pass = [&](bool paying) {
        for (std::uint32_t i = 0; i < n; ++i) {
            const AccountId account(i);
            const Leg* leg = books.accounts().leg(account, instrument);
            if (leg == nullptr || (leg->quantity.isNegative() == rate.isNegative()) != paying)
                continue;
            // Rounded up for those who pay and down for those who receive, so that the fund never
            // pays the difference.
            const Round round = paying ? Round::Ceiling : Round::Floor;
            const Decimal size = notional(leg->quantity.abs(), mark, round).value();
            const Money amount(Decimal::multiply(size, rate.value().abs(), round));
            if (paying) {
                books.accountToFund(account, amount);
                event.paid += amount;
            } else {
                books.fundToAccount(account, amount);
                event.received += amount;
            }
        }
    };
    pass(true);
    pass(false);
    out.emplace_back(event);
    const Money rounding = event.paid - event.received;
    if (rounding.isPositive()) moveFund(rounding, "funding rounding", nullptr, out);
}

void Engine::runWithdrawals(Events& out) {
    std::vector<QueuedWithdrawal> waiting;
    waiting.swap(m_state.withdrawals);
    for (const QueuedWithdrawal& w : waiting) {
        if (permissionOf(strictestLevel(w.account), Action::Withdrawal) == Permission::Queued) {
            m_state.withdrawals.push_back(w);
            continue;
        }
        const Transfer transfer{w.account, w.asset, -w.amount};
        const bool paid = judgeWithdrawal(transfer, out);
        if (paid) {
            m_state.books.deposit(w.account, w.asset, -w.amount);
            reassess(w.account, out);
        }
        out.emplace_back(
            WithdrawalReleased{w.account, w.asset, w.amount, paid, m_state.time - w.since});
    }
}

}  // namespace breakwater
