// What clients do: send money late, stop out, buy dips, trade a little.
#include <algorithm>
#include <cmath>

#include "core/sim/random.hpp"
#include "core/sim/venue.hpp"

namespace breakwater::sim {
namespace {

constexpr std::uint32_t kNoiseStream = 140;
constexpr double kDeepestOrder = 3.0;
constexpr double kDepthShare =
    0.025;  // calm depth within 1 %, each side, of a market's open interest
constexpr Duration kStaffDelay = Duration::seconds(20);

}  // namespace

// Prices at which clients act, sorted once: a stop closes the leg, a dip purchase adds to it at
// every 10 % below the start. Also the open interest that depth, staff and fund are sized by.
void Venue::buildTriggers(const std::vector<PopulationMarket>& markets) {
    auto lists = std::make_shared<TriggerLists>();
    lists->falling.resize(m_books.size());
    lists->rising.resize(m_books.size());
    std::vector<double> longs(m_books.size(), 0.0), shorts(m_books.size(), 0.0);
    for (std::size_t i = 0; i < m_population->size(); ++i) {
        const SimAccount& account = (*m_population)[i];
        const auto id = static_cast<std::uint32_t>(i + kStaff);
        for (const SimLeg& leg : account.legs) {
            const double start = markets[leg.underlying].price.toDouble();
            const bool isLong = leg.quantity.isPositive();
            (isLong ? longs : shorts)[leg.underlying] += std::fabs(leg.quantity.toDouble()) * start;
            const double stop = account.behaviour.stopLoss.toDouble();
            const double level = leg.entry.toDouble() * (isLong ? 1 - stop : 1 + stop);
            // A stop that the start has already passed would have fired long ago.
            if (stop > 0 && (isLong ? level < start : level > start)) {
                (isLong ? lists->falling : lists->rising)[leg.underlying].push_back(
                    {level, id, true});
            }
            if (isLong && account.behaviour.dipBuy.isPositive()) {
                for (const double drop : {0.9, 0.8, 0.7})
                    lists->falling[leg.underlying].push_back({start * drop, id, false});
            }
        }
    }
    const auto tie = [](const Trigger& a, const Trigger& b) { return a.account < b.account; };
    for (std::size_t m = 0; m < m_books.size(); ++m) {
        std::sort(lists->falling[m].begin(), lists->falling[m].end(),
                  [&](const Trigger& a, const Trigger& b) {
                      return a.price != b.price ? a.price > b.price : tie(a, b);
                  });
        std::sort(lists->rising[m].begin(), lists->rising[m].end(),
                  [&](const Trigger& a, const Trigger& b) {
                      return a.price != b.price ? a.price < b.price : tie(a, b);
                  });
        const double interest = std::max(longs[m], shorts[m]);
        m_books[m].baseDepth = std::max(1'000.0, interest * kDepthShare);
        m_openInterest += interest;
    }
    m_triggers = std::move(lists);
}

void Venue::noteHealth(const HealthBandChanged& event) {
    if (event.to <= event.from) return;
    const std::size_t i = event.account.value();
    if (i >= m_reserves.size() || !m_reserves[i].isPositive()) return;
    if (isStaff(event.account)) {
        if (i != 0) m_topUps.push({m_time + kStaffDelay, event.account});
        return;
    }
    if (event.to < HealthBand::Warning) return;
    m_topUps.push(
        {m_time + (*m_population)[i - m_staff.size()].behaviour.topUpDelay, event.account});
}

// Money that is due arrives: enough for a healthy account, or what is left of the reserve.
std::optional<InputBody> Venue::topUps(const EngineState& state) {
    while (!m_topUps.empty() && m_topUps.top().due <= m_time) {
        const AccountId account = m_topUps.top().account;
        m_topUps.pop();
        const AccountBook& accounts = state.books.accounts();
        const Account& a = accounts.at(account);
        Money& reserve = m_reserves[account.value()];
        const bool inNeed =
            isStaff(account) ? a.band > HealthBand::Healthy : a.band >= HealthBand::Warning;
        if (a.legCount == 0 || !inNeed || !reserve.isPositive()) continue;
        const Margin margin = evaluateMargin(a.cash, accounts.legs(account), state.markets);
        const Money wanted =
            margin.initial + (isStaff(account) ? margin.initial : Money()) - margin.equity;
        const Money amount = std::min(reserve, wanted);
        if (!amount.isPositive()) continue;
        reserve -= amount;
        return Transfer{account, Books::kSettlement, amount};
    }
    return std::nullopt;
}

std::optional<InputBody> Venue::triggers(const EngineState& state) {
    while (m_marketCursor < m_books.size()) {
        const std::uint16_t m = m_marketCursor;
        Book& book = m_books[m];
        if (!state.markets[m].hasMark || book.inGap || book.level == BreakerLevel::Stop) {
            ++m_marketCursor;
            continue;
        }
        const double mark = state.markets[m].mark.toDouble();
        const std::vector<Trigger>& falling = m_triggers->falling[m];
        const std::vector<Trigger>& rising = m_triggers->rising[m];
        const Trigger* due = nullptr;
        if (book.fallingAt < falling.size() && mark <= falling[book.fallingAt].price) {
            due = &falling[book.fallingAt++];
        } else if (book.risingAt < rising.size() && mark >= rising[book.risingAt].price) {
            due = &rising[book.risingAt++];
        } else {
            ++m_marketCursor;
            continue;
        }
        const AccountId account(due->account);
        const AccountBook& accounts = state.books.accounts();
        const Leg* leg = accounts.leg(account, InstrumentId(m));
        if (leg == nullptr || accounts.at(account).liquidation.value() != 0) continue;
        Quantity wanted = -leg->quantity;
        if (!due->stop) {
            const SimAccount& client = (*m_population)[due->account - m_staff.size()];
            if (!leg->quantity.isPositive() || accounts.at(account).band != HealthBand::Healthy)
                continue;
            wanted = scale(leg->quantity, client.behaviour.dipBuy, Round::TowardZero);
            wanted = Quantity(Decimal::toMultiple(wanted.value(), m_instruments[m].lot.value(),
                                                  Round::TowardZero));
        }
        if (auto order = marketOrder(state, account, m, wanted)) return order;
    }
    return std::nullopt;
}

std::optional<InputBody> Venue::noise(const EngineState& state) {
    const AccountBook& accounts = state.books.accounts();
    while (m_noiseLeft > 0) {
        Random random(m_seed, kNoiseStream + 1,
                      static_cast<std::uint64_t>(second()) * 256 + m_noiseLeft);
        --m_noiseLeft;
        const AccountId account(
            static_cast<std::uint32_t>(m_staff.size() + random.uniformInt(m_population->size())));
        const auto legs = accounts.legs(account);
        if (legs.empty() || accounts.at(account).liquidation.value() != 0) continue;
        const Leg& leg = legs[random.uniformInt(legs.size())];
        const std::uint16_t m = leg.instrument.value();
        const bool reduce = random.chance(0.5) || accounts.at(account).band != HealthBand::Healthy;
        const double share = random.uniform01() * (reduce ? 0.25 : 0.2);
        const double held = leg.quantity.toDouble();
        const Quantity lot = m_instruments[m].lot;
        const Quantity wanted(
            Decimal::toMultiple(*Decimal::fromDouble(reduce ? -held * share : held * share),
                                lot.value(), Round::TowardZero));
        if (m_books[m].inGap || m_books[m].level == BreakerLevel::Stop) continue;
        if (auto order = marketOrder(state, account, m, wanted)) return order;
    }
    return std::nullopt;
}

// A client's market order against the makers. One that wanted to leave and found nobody is told
// all the same: it counts in the exit fill ratio.
std::optional<InputBody> Venue::marketOrder(const EngineState& state, AccountId account,
                                            std::uint16_t m, Quantity wanted) {
    if (wanted.isZero()) return std::nullopt;
    const Leg* leg = state.books.accounts().leg(account, InstrumentId(m));
    const bool exits = leg != nullptr && leg->quantity.isNegative() != wanted.isNegative() &&
                       wanted.abs() <= leg->quantity.abs();
    if (!exits && m_books[m].level >= BreakerLevel::Restrict) return std::nullopt;
    const std::optional<Quote> quote = walk(m, wanted, nullptr, kDeepestOrder);
    const std::optional<AccountId> maker =
        quote ? pickCounterparty(state, m, -quote->quantity, false) : std::nullopt;
    if (maker) return Fill{InstrumentId(m), account, *maker, quote->quantity, wanted, quote->price};
    if (!exits) return std::nullopt;
    return Fill{InstrumentId(m), account, AccountId(1), Quantity(), wanted, state.markets[m].mark};
}

std::optional<InputBody> Venue::breakers() {
    for (std::size_t i = 0; i < m_notices.size(); ++i) {
        if (m_notices[i].due > m_time) continue;
        const BreakerNotice notice = m_notices[i];
        m_notices.erase(m_notices.begin() + static_cast<std::ptrdiff_t>(i));
        m_books[notice.instrument.value()].level = notice.level;
        return BreakerObserved{notice.instrument, notice.level};
    }
    return std::nullopt;
}

}  // namespace breakwater::sim
