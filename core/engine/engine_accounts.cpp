// Account facts, transfers and fills.
#include <algorithm>

#include "core/breaker/permissions.hpp"
#include "core/engine/engine.hpp"
#include "core/engine/figures.hpp"

namespace breakwater {
namespace {

bool reduces(const Leg* leg, Quantity quantity) {
    return leg != nullptr && leg->quantity.isNegative() != quantity.isNegative() &&
           quantity.abs() <= leg->quantity.abs();
}

}  // namespace

bool Engine::judgeFacts(const AccountFacts& in, Events& out) {
    const AccountBook& accounts = m_state.books.accounts();
    const char* what = in.kName.data();
    const std::uint64_t id = in.account.value();
    if (!m_state.hasProfile) {
        refuse(what, Refusal::NoProfile, id, "no profile is loaded", out);
        return false;
    }
    if (accounts.has(in.account)) {
        refuse(what, Refusal::DuplicateAccount, id, "the account exists", out);
        return false;
    }
    if (id != accounts.size()) {
        refuse(what, Refusal::UnknownAccount, id, "account ids must follow one another", out);
        return false;
    }
    if (!sane(in.deposit) || in.deposit.isNegative() || in.legs.size() > AccountBook::kMaxLegs) {
        refuse(what, Refusal::BadFigure, id,
               "deposit " + in.deposit.toString() + " is out of range", out);
        return false;
    }
    if (!in.legs.empty() && !accounts.has(in.counterparty)) {
        refuse(what, Refusal::UnknownAccount, in.counterparty.value(),
               "the counterparty is unknown", out);
        return false;
    }
    std::size_t newToCounterparty = 0;
    for (std::size_t i = 0; i < in.legs.size(); ++i) {
        const OpeningLeg& leg = in.legs[i];
        if (!knows(leg.instrument)) {
            refuse(what, Refusal::UnknownInstrument, leg.instrument.value(), "no such instrument",
                   out);
            return false;
        }
        if (leg.quantity.isZero() || !sane(leg.quantity, leg.price)) {
            refuse(what, Refusal::BadFigure, id,
                   "leg " + leg.quantity.toString() + " at " + leg.price.toString(), out);
            return false;
        }
        if (!m_state.markets[leg.instrument.value()].hasMark) {
            refuse(what, Refusal::Blind, leg.instrument.value(), "the market has no mark yet", out);
            return false;
        }
        // Several opening legs may add up in one instrument, and all of them at the counterparty.
        Quantity sum;
        for (std::size_t k = 0; k <= i; ++k) {
            if (in.legs[k].instrument == leg.instrument) sum += in.legs[k].quantity;
        }
        const Leg* held = accounts.leg(in.counterparty, leg.instrument);
        newToCounterparty += held == nullptr ? 1 : 0;
        if (!sane(sum) || !sane((held ? held->quantity : Quantity()) - sum) ||
            accounts.at(in.counterparty).legCount + newToCounterparty > AccountBook::kMaxLegs) {
            refuse(what, Refusal::BadFigure, id,
                   "the opening legs are more than an account may hold", out);
            return false;
        }
    }
    return true;
}

void Engine::on(const AccountFacts& in, Events& out) {
    if (!judgeFacts(in, out)) return;
    Books& books = m_state.books;
    const AccountId id = books.accounts().open(in.name, in.tag);
    m_certificates.resize(books.accounts().size());
    if (in.deposit.isPositive()) books.deposit(id, Books::kSettlement, in.deposit);
    for (const OpeningLeg& leg : in.legs)
        books.trade(leg.instrument, id, in.counterparty, leg.quantity, leg.price);
    reassess(id, out);
    if (!in.legs.empty()) reassess(in.counterparty, out);
}

BreakerLevel Engine::strictestLevel(AccountId account) const {
    const auto legs = m_state.books.accounts().legs(account);
    if (legs.empty() && !m_state.breakers.empty()) {
        // Levels act through the markets an account holds; one without a position is under a
        // level only when the whole venue is.
        const auto lower = [](const BreakerState& a, const BreakerState& b) {
            return a.level < b.level;
        };
        return std::min_element(m_state.breakers.begin(), m_state.breakers.end(), lower)->level;
    }
    BreakerLevel level = BreakerLevel::Normal;
    for (const Leg& leg : legs) {
        level = std::max(level, m_state.breakers[leg.instrument.value()].level);
    }
    return level;
}

void Engine::on(const Transfer& in, Events& out) {
    const char* what = in.kName.data();
    Books& books = m_state.books;
    if (!books.accounts().has(in.account)) {
        refuse(what, Refusal::UnknownAccount, in.account.value(), "no such account", out);
        return;
    }
    if (in.asset.value() >= books.assets()) {
        refuse(what, Refusal::UnknownAsset, in.asset.value(), "no such asset", out);
        return;
    }
    const Money held = in.asset == Books::kSettlement
                           ? books.accounts().at(in.account).cash
                           : books.accounts().sideBalance(in.account, in.asset);
    if (in.amount.isZero() || !sane(in.amount) || !sane(held + in.amount)) {
        refuse(what, Refusal::BadFigure, in.account.value(), "amount " + in.amount.toString(), out);
        return;
    }
    if (in.amount.isNegative() && !judgeWithdrawal(in, out)) return;
    books.deposit(in.account, in.asset, in.amount);
    reassess(in.account, out);
}

bool Engine::judgeWithdrawal(const Transfer& in, Events& out) {
    const char* what = in.kName.data();
    const AccountBook& accounts = m_state.books.accounts();
    const std::uint64_t id = in.account.value();
    const Money held = in.asset == Books::kSettlement ? accounts.at(in.account).cash
                                                      : accounts.sideBalance(in.account, in.asset);
    if (held < -in.amount) {
        refuse(what, Refusal::Overdrawn, id, "holds " + held.toString(), out);
        return false;
    }
    const Permission permission = permissionOf(strictestLevel(in.account), Action::Withdrawal);
    if (permission == Permission::Queued) {
        m_state.withdrawals.push_back({in.account, in.asset, -in.amount, m_state.time});
        out.emplace_back(WithdrawalQueued{in.account, in.asset, -in.amount});
        return false;
    }
    Margin margin = marginOf(in.account);
    const Ratio counts = Ratio::fromInteger(1) - m_state.profile.assets[in.asset.value()].haircut;
    margin.equity += scale(in.amount, counts, Round::AwayFromZero);
    // What the fund advanced is the fund's until the liquidation has ended.
    margin.equity -= accounts.at(in.account).fundAdvanced;
    Money need = margin.initial;
    if (permission == Permission::RaisedMargin)
        need = scale(need, m_state.profile.tightenFactor, Round::AwayFromZero);
    if (margin.equity < need) {
        refuse(what, Refusal::InitialMargin, id,
               "equity " + margin.equity.toString() + " after it, needs " + need.toString(), out);
        return false;
    }
    return true;
}

bool Engine::judgeFigures(const Fill& in, Events& out) {
    const char* what = in.kName.data();
    const AccountBook& accounts = m_state.books.accounts();
    if (!knows(in.instrument)) {
        refuse(what, Refusal::UnknownInstrument, in.instrument.value(), "no such instrument", out);
        return false;
    }
    if (!accounts.has(in.taker) || !accounts.has(in.maker) || in.taker == in.maker) {
        refuse(what, Refusal::UnknownAccount, in.taker.value(),
               "taker and maker must be two known accounts", out);
        return false;
    }
    const bool sameSide =
        in.quantity.isZero() || in.quantity.isNegative() == in.submitted.isNegative();
    if (!sane(in.quantity, in.price) || !sane(in.submitted) || in.submitted.isZero() || !sameSide ||
        in.submitted.abs() < in.quantity.abs()) {
        refuse(what, Refusal::BadFigure, in.taker.value(),
               in.quantity.toString() + " of " + in.submitted.toString() + " at " +
                   in.price.toString(),
               out);
        return false;
    }
    if (!m_state.markets[in.instrument.value()].hasMark) {
        refuse(what, Refusal::Blind, in.instrument.value(), "the market has no mark yet", out);
        return false;
    }
    return true;
}

bool Engine::judgeSide(const char* what, const Side& side, InstrumentId instrument, Price price,
                       Money fee, Events& out) {
    const AccountBook& accounts = m_state.books.accounts();
    const Market& market = m_state.markets[instrument.value()];
    const BreakerLevel level = m_state.breakers[instrument.value()].level;
    const Leg* leg = accounts.leg(side.account, instrument);
    const std::uint64_t id = side.account.value();
    if (reduces(leg, side.quantity)) {
        if (permissionOf(level, Action::ReducingOrder) == Permission::Yes) return true;
        refuse(what, Refusal::BreakerLevel, id, "reducing at level " + std::string(word(level)),
               out);
        return false;
    }
    const AccountTag tag = accounts.at(side.account).tag;
    const Price gap = price > market.mark ? price - market.mark : market.mark - price;
    const bool inBand = gap <= scale(market.mark, m_state.profile.makerBand, Round::Floor);
    const bool exempt = side.maker && tag != AccountTag::Client && inBand;
    const Permission permission =
        permissionOf(level, exempt ? Action::NewRiskMaker : Action::NewRiskTaker);
    if (permission == Permission::No) {
        refuse(what, Refusal::BreakerLevel, id, "new risk at level " + std::string(word(level)),
               out);
        return false;
    }
    if (leg == nullptr && accounts.at(side.account).legCount == AccountBook::kMaxLegs) {
        refuse(what, Refusal::BadFigure, id, "the account holds as many legs as it may", out);
        return false;
    }
    // New risk must be covered after the trade: what was needed before, and what it adds (at
    // level 1 times the profile's factor).
    const Margin before = marginOf(side.account);
    const Quantity held = leg ? leg->quantity : Quantity();
    if (!sane(held + side.quantity)) {
        refuse(what, Refusal::BadFigure, id, "a leg of " + (held + side.quantity).toString(), out);
        return false;
    }
    const auto need = [&](Quantity quantity) {
        return requirementOf(market.instrument.tiers,
                             notional(quantity.abs(), market.mark, Round::Ceiling))
            .initial;
    };
    const Money had = held.isZero() ? Money() : need(held);
    Money added = need(held + side.quantity) - had;
    if (permission == Permission::RaisedMargin && added.isPositive()) {
        added = scale(added, m_state.profile.tightenFactor, Round::AwayFromZero);
    }
    const Money equity = before.equity - accounts.at(side.account).fundAdvanced +
                         notional(side.quantity, market.mark, Round::Floor) -
                         notional(side.quantity, price, Round::TowardZero) - fee;
    if (equity >= before.initial + added) return true;
    refuse(
        what, Refusal::InitialMargin, id,
        "equity " + equity.toString() + " after it, needs " + (before.initial + added).toString(),
        out);
    return false;
}

void Engine::on(const Fill& in, Events& out) {
    if (!judgeFigures(in, out)) return;
    Books& books = m_state.books;
    Market& market = m_state.markets[in.instrument.value()];
    const Leg* leg = books.accounts().leg(in.taker, in.instrument);
    const bool exit = reduces(leg, in.submitted);
    ExitFlow& flow = in.submitted.isNegative() ? market.sellExits : market.buyExits;
    const Money value = notional(in.quantity.abs(), in.price, Round::Ceiling);
    const Money fee = scale(value, market.instrument.takerFee, Round::AwayFromZero);
    const bool allowed =
        in.quantity.isZero() || (judgeSide(in.kName.data(), {in.taker, in.quantity, false},
                                           in.instrument, in.price, fee, out) &&
                                 judgeSide(in.kName.data(), {in.maker, -in.quantity, true},
                                           in.instrument, in.price, Money(), out));
    if (exit) flow.add(m_state.time, in.submitted.abs(), allowed ? in.quantity.abs() : Quantity());
    if (!allowed || in.quantity.isZero()) return;
    books.trade(in.instrument, in.taker, in.maker, in.quantity, in.price);
    if (fee.isPositive()) books.accountToFees(in.taker, fee);
    reassess(in.taker, out);
    reassess(in.maker, out);
}

}  // namespace breakwater
