#include "core/scenario/layers.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_map>

#include "core/mitigation/adl.hpp"
#include "core/mitigation/fund.hpp"

namespace breakwater::scenario {
namespace {

using view::asDouble;

// adlScore() lies within: its quotients are rounded down to 1e-12 and end at a million.
struct ScoreBounds {
    double low = 0;
    double high = 0;
};

ScoreBounds scoreBounds(double profit, double cost, double size, const Screened& owner) {
    constexpr double kLimit = 1e6, kGrown = 1 + 1e-9, kUnit = 1e-12;
    const auto most = [&](double top, double bottom) {
        return bottom <= 0 ? kLimit : std::min(kLimit, top / bottom);
    };
    const auto least = [&](double top, double bottom) {
        return std::max(0.0, most(top, bottom) - kUnit);
    };
    const double held = std::fabs(cost);
    return {least((profit - kUnit) / kGrown, held * kGrown) *
                    least((size - owner.slack) / kGrown, owner.equity + owner.slack) / kGrown -
                kUnit,
            most((profit + kUnit) * kGrown, held / kGrown) *
                most((size + owner.slack) * kGrown, owner.equity - owner.slack) * kGrown};
}

// Profitable holders of one side of a market, put into the order of rankBefore() only as far down
// as contracts are asked for. They are told apart by bounds of their scores, and scored exactly
// only where the bounds of two meet.
class Winners {
public:
    void reserve(std::size_t accounts) {
        m_all.reserve(accounts);
        m_bounds.reserve(accounts);
    }
    void add(const AdlCandidate& candidate, ScoreBounds score) {
        m_bounds.push_back({score, static_cast<std::uint32_t>(m_all.size())});
        m_all.push_back(candidate);
    }

    // The ranking from its best on, with at least `wanted` contracts left where there are so many.
    template <class Score>
    std::vector<AdlCandidate>& ranked(Quantity wanted, Score score) {
        const auto used = [](const AdlCandidate& c) { return c.quantity.isZero(); };
        m_ranked.erase(m_ranked.begin(), std::find_if_not(m_ranked.begin(), m_ranked.end(), used));
        while (m_left < wanted && m_next < m_bounds.size())
            rankNext(score);
        return m_ranked;
    }
    void take(Quantity closed) { m_left -= closed; }

private:
    struct Bound {
        ScoreBounds score;
        std::uint32_t at;
        friend bool operator<(const Bound& a, const Bound& b) {
            return a.score.high != b.score.high ? a.score.high > b.score.high : a.at < b.at;
        }
    };

    // Sorted from the front, in pieces that double: a few winners cost little, all of them a sort.
    const Bound& front() {
        if (m_next == m_sorted) {
            const auto at = [&](std::size_t i) {
                return m_bounds.begin() + static_cast<std::ptrdiff_t>(i);
            };
            const std::size_t end =
                std::min(m_bounds.size(), m_sorted + std::max<std::size_t>(256, m_sorted));
            if (end < m_bounds.size()) std::nth_element(at(m_sorted), at(end), m_bounds.end());
            std::sort(at(m_sorted), at(end));
            m_sorted = end;
        }
        return m_bounds[m_next];
    }

    // The best one; with it all whose bounds meet its own or one another's, in exact order.
    template <class Score>
    void rankNext(Score score) {
        const std::size_t first = m_ranked.size();
        double low = front().score.low;
        do {
            const Bound& bound = front();
            low = std::min(low, bound.score.low);
            m_ranked.push_back(m_all[bound.at]);
            m_left += m_ranked.back().quantity;
            ++m_next;
        } while (m_next < m_bounds.size() && front().score.high >= low);
        if (m_ranked.size() == first + 1) return;
        for (std::size_t i = first; i < m_ranked.size(); ++i)
            m_ranked[i].score = score(m_ranked[i].account);
        std::sort(m_ranked.begin() + static_cast<std::ptrdiff_t>(first), m_ranked.end(),
                  rankBefore);
    }

    std::vector<AdlCandidate> m_all;
    std::vector<Bound> m_bounds;
    std::size_t m_sorted = 0;
    std::size_t m_next = 0;  // of m_bounds, the first not yet ranked
    std::vector<AdlCandidate> m_ranked;
    Quantity m_left;  // contracts in m_ranked
};

class Waterfall {
public:
    Waterfall(const Screen& screen, const MarketGates& gates, const std::vector<Screened>& looks,
              Layers& out)
        : m_screen(screen), m_gates(gates), m_looks(looks), m_out(out) {}

    void run(std::vector<Debtor>& debtors) {
        for (const Debtor& d : debtors)
            m_out.asked += d.deficit;
        m_out.fundHeld = std::max(m_screen.snapshot().fund.balance, Money());
        m_out.fundPaid = fundDraw(m_out.asked, m_out.fundHeld);
        m_out.adlAsked = m_out.asked - m_out.fundPaid;
        if (m_out.adlAsked.isZero()) return;
        std::sort(debtors.begin(), debtors.end(), [](const Debtor& a, const Debtor& b) {
            const bool startsA = a.liquidation.value() == 0, startsB = b.liquidation.value() == 0;
            if (startsA != startsB) return startsB;
            if (a.liquidation != b.liquidation) return a.liquidation < b.liquidation;
            return a.account < b.account;
        });
        findWinners(debtors);
        Money fund = m_out.fundHeld;
        Money left;
        for (const Debtor& d : debtors) {
            const Money paid = fundDraw(d.deficit, fund);
            fund -= paid;
            if (paid < d.deficit) left += deleverage(d.account, d.deficit - paid);
        }
        socialise(left);
    }

private:
    std::size_t sideOf(const Leg& leg, bool opposite) const {
        return leg.instrument.value() * 2u +
               (leg.quantity.isPositive() != opposite ? 1u : 0u);  // shorts, longs
    }
    const AccountChunk& chunk(AccountId account) const {
        return view::chunkOf(m_screen.snapshot(), account);
    }
    static std::size_t slot(AccountId account) { return account.value() % AccountChunk::kSize; }
    Price mark(InstrumentId instrument) const {
        return (*m_screen.snapshot().markets)[instrument.value()].mark;
    }

    void findWinners(const std::vector<Debtor>& debtors) {
        m_winners.assign(m_screen.venue().markets.size() * 2, {});
        m_needed.assign(m_winners.size(), false);
        m_short.assign(m_looks.size(), false);
        for (const Debtor& d : debtors) {
            for (const Leg& leg : chunk(d.account).legsOf(slot(d.account)))
                m_needed[sideOf(leg, true)] = m_gates.adl[leg.instrument.value()];
        }
        for (std::size_t side = 0; side < m_winners.size(); ++side) {
            if (m_needed[side]) m_winners[side].reserve(m_looks.size() / 4);
        }
        forEachAccount(m_screen.snapshot(),
                       [&](AccountId account, const AccountChunk& c, std::size_t s) {
                           if (m_looks[account.value()].band >= HealthBand::BelowMaintenance ||
                               c.accounts[s].liquidation.value() != 0)
                               return;
                           addWinner(account, c, s);
                       });
    }

    void addWinner(AccountId account, const AccountChunk& c, std::size_t s) {
        const Screened& owner = m_looks[account.value()];
        if (owner.equity + owner.slack <= 0) return;
        double gains = 0;
        for (const Leg& leg : c.legsOf(s)) {
            if (!m_needed[sideOf(leg, false)]) continue;
            Money profit = notional(leg.quantity, mark(leg.instrument), Round::Floor) - leg.cost;
            if (!profit.isPositive()) continue;
            const double gain = asDouble(profit.value());
            // What it owns bounds what it can give; reckoned exactly only where the two are close.
            if (gain >= owner.equity - owner.slack) {
                const Money equity = m_screen.equity(c, s);
                if (!equity.isPositive()) return;
                profit = std::min(profit, equity);
            }
            gains += gain;
            m_out.adlHeld += profit;
            const double size =
                std::fabs(asDouble(leg.quantity.value())) * asDouble(mark(leg.instrument).value());
            m_winners[sideOf(leg, false)].add(
                {account, leg.quantity.abs(), profit, Ratio()},
                scoreBounds(gain, asDouble(leg.cost.value()), size, owner));
        }
        if (gains * (1 + 1e-12) >= owner.equity - owner.slack) m_short[account.value()] = true;
    }

    Ratio scoreOf(AccountId account, InstrumentId instrument) const {
        const AccountChunk& c = chunk(account);
        for (const Leg& leg : c.legsOf(slot(account))) {
            if (leg.instrument != instrument) continue;
            const Price at = mark(instrument);
            const Money profit = notional(leg.quantity, at, Round::Floor) - leg.cost;
            const Money size = notional(leg.quantity.abs(), at, Round::Floor);
            return adlScore(profit, leg.cost, size, m_screen.equity(c, slot(account)));
        }
        BW_ASSERT(false);
        return {};
    }

    // Each leg carries the deficit by its notional. Answers what winners could not pay.
    Money deleverage(AccountId debtor, Money deficit) {
        const std::span<const Leg> legs = chunk(debtor).legsOf(slot(debtor));
        Money gross;
        for (const Leg& leg : legs)
            gross += notional(leg.quantity.abs(), mark(leg.instrument), Round::Floor);
        Money left = deficit;
        for (std::size_t i = 0; i < legs.size() && gross.isPositive(); ++i) {
            const Money size =
                notional(legs[i].quantity.abs(), mark(legs[i].instrument), Round::Floor);
            const Money due = i + 1 == legs.size()
                                  ? left
                                  : std::min(left, share(deficit, size, gross, Round::TowardZero));
            if (m_gates.adl[legs[i].instrument.value()]) left -= closeAgainstWinners(legs[i], due);
        }
        return left;
    }

    Money closeAgainstWinners(const Leg& leg, Money due) {
        Winners& winners = m_winners[sideOf(leg, true)];
        std::vector<AdlCandidate>& ranked =
            winners.ranked(leg.quantity.abs(),
                           [&](AccountId account) { return scoreOf(account, leg.instrument); });
        const AdlPlan plan = planAdl(ranked, leg.quantity.abs(), due);
        winners.take(plan.closed);
        Money covered;
        for (const AdlTake& take : plan.takes)
            covered += contributionOf(take);
        m_out.adlClosed += notional(plan.closed, mark(leg.instrument), Round::TowardZero);
        m_out.adlTakes += static_cast<std::uint32_t>(plan.takes.size());
        m_out.adlPaid += covered;
        return covered;
    }

    // Another leg's ADL may have taken from the same equity: nobody is made a debtor by giving.
    Money contributionOf(const AdlTake& take) {
        if (!m_short[take.winner.value()]) return take.contribution;
        const AccountId winner = take.winner;
        Money& able =
            m_able.try_emplace(winner, m_screen.equity(chunk(winner), slot(winner))).first->second;
        const Money contribution = std::min(take.contribution, std::max(able, Money()));
        able -= contribution;
        return contribution;
    }

    void socialise(Money loss) {
        if (!loss.isPositive()) return;
        // Winners have given already; nobody else's equity has changed.
        double held = 0, slack = 0;
        for (const Screened& look : m_looks) {
            held += std::max(look.equity, 0.0);
            slack += look.slack;
        }
        const double after = held - m_out.adlPaid.toDouble() - slack - held * 1e-9;
        if (after > loss.toDouble() * (1 + 1e-9)) {
            m_out.socialised = loss;
            return;
        }
        Money exact;
        forEachAccount(m_screen.snapshot(), [&](AccountId, const AccountChunk& c, std::size_t s) {
            exact += std::max(m_screen.equity(c, s), Money());
        });
        m_out.socialised = std::clamp(loss, Money(), std::max(exact - m_out.adlPaid, Money()));
        m_out.uncovered = loss - m_out.socialised;
    }

    const Screen& m_screen;
    const MarketGates& m_gates;
    const std::vector<Screened>& m_looks;
    Layers& m_out;
    std::vector<Winners> m_winners;  // per market: shorts, longs
    std::vector<bool> m_needed;
    // Winners whose profits together may be more than they own, and what is left of that.
    std::vector<bool> m_short;
    std::unordered_map<AccountId, Money> m_able;
};

}  // namespace

void payDeficits(const Screen& screen, const MarketGates& gates, const std::vector<Screened>& looks,
                 std::vector<Debtor>& debtors, Layers& out) {
    Waterfall(screen, gates, looks, out).run(debtors);
}

}  // namespace breakwater::scenario
