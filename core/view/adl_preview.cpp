#include "core/view/adl_preview.hpp"

#include <algorithm>
#include <map>

#include "core/breaker/permissions.hpp"
#include "core/mitigation/adl.hpp"
#include "core/mitigation/fund.hpp"

namespace breakwater::view {
namespace {

using Rankings = std::vector<std::vector<AdlCandidate>>;  // by market: shorts, longs

std::size_t placeOf(InstrumentId market, bool longs) {
    return market.value() * 2u + (longs ? 1u : 0u);
}

Rankings rankAll(const Snapshot& snapshot) {
    Rankings rankings(snapshot.markets->size() * 2);
    for (std::uint32_t i = 0; i < snapshot.accountCount; ++i) {
        const AccountId account(i);
        if (accountOf(snapshot, account).liquidation.value() != 0) continue;
        std::optional<Money> equity;  // of all its legs, asked once
        for (const Leg& leg : legsOf(snapshot, account)) {
            const Market& market = (*snapshot.markets)[leg.instrument.value()];
            if (!market.hasMark) continue;
            const auto candidate = adlCandidate(account, leg, market.mark, [&] {
                if (!equity) equity = exactMargin(snapshot, account).equity;
                return *equity;
            });
            if (candidate)
                rankings[placeOf(leg.instrument, leg.quantity.isPositive())].push_back(*candidate);
        }
    }
    for (auto& ranked : rankings)
        std::sort(ranked.begin(), ranked.end(), rankBefore);
    return rankings;
}

// The engine's deleverage() without its postings: what each deficit takes of whom.
class Plan {
public:
    Plan(const Snapshot& snapshot, Rankings rankings)
        : m_snapshot(snapshot), m_rankings(std::move(rankings)) {}

    void take(const Deficit& deficit) {
        const auto legs = legsOf(m_snapshot, deficit.account);
        Money gross;
        for (const Leg& leg : legs)
            gross += sizeOf(leg);
        Money left = deficit.amount;
        for (std::size_t i = 0; i < legs.size() && gross.isPositive(); ++i) {
            const Money due = i + 1 == legs.size()
                                  ? left
                                  : std::min(left, share(deficit.amount, sizeOf(legs[i]), gross,
                                                         Round::TowardZero));
            left -= takeLeg(legs[i], due);
        }
    }

    Money covered() const { return m_covered; }
    AdlTaken of(std::size_t place) const {
        const auto found = m_sides.find(place);
        return found == m_sides.end() ? AdlTaken() : found->second;
    }
    AdlTaken of(std::size_t place, AccountId winner) const {
        const auto found = m_takes.find({place, winner});
        return found == m_takes.end() ? AdlTaken() : found->second;
    }

private:
    Price markOf(const Leg& leg) const {
        return (*m_snapshot.markets)[leg.instrument.value()].mark;
    }
    Money sizeOf(const Leg& leg) const {
        return notional(leg.quantity.abs(), markOf(leg), Round::Floor);
    }
    Money takeLeg(const Leg& leg, Money due) {
        if (permissionOf((*m_snapshot.breakers)[leg.instrument.value()].level,
                         Action::AutoDeleveraging) != Permission::Yes)
            return {};
        const std::size_t place = placeOf(leg.instrument, !leg.quantity.isPositive());
        const AdlPlan plan = planAdl(m_rankings[place], leg.quantity.abs(), due);
        for (const AdlTake& take : plan.takes) {
            const double closes =
                notional(take.quantity, markOf(leg), Round::TowardZero).toDouble();
            const double gives = take.contribution.toDouble();
            for (AdlTaken* sum : {&m_takes[{place, take.winner}], &m_sides[place]}) {
                sum->closes += closes;
                sum->gives += gives;
            }
        }
        m_covered += plan.covered;
        return plan.covered;
    }

    const Snapshot& m_snapshot;
    Rankings m_rankings;
    Money m_covered;
    std::map<std::pair<std::size_t, AccountId>, AdlTaken> m_takes;
    std::map<std::size_t, AdlTaken> m_sides;
};

// What the fund leaves of each deficit, oldest liquidation first.
std::vector<Deficit> afterFund(const std::vector<Deficit>& deficits, Money balance, Money& paid) {
    std::vector<Deficit> left;
    for (const Deficit& deficit : deficits) {
        const Money draw = fundDraw(deficit.amount, balance);
        balance -= draw;
        paid += draw;
        if (draw < deficit.amount) left.push_back({deficit.account, deficit.amount - draw});
    }
    return left;
}

Money sumOf(const std::vector<Deficit>& deficits) {
    Money sum;
    for (const Deficit& deficit : deficits)
        sum += deficit.amount;
    return sum;
}

AdlRank rankOf(const Snapshot& snapshot, const AdlCandidate& candidate, InstrumentId market) {
    AdlRank rank;
    rank.account = candidate.account;
    rank.score = candidate.score.toDouble();
    const double mark = (*snapshot.markets)[market.value()].mark.toDouble();
    rank.size = candidate.quantity.toDouble() * mark;
    const double equity = exactMargin(snapshot, candidate.account).equity.toDouble();
    if (equity > 0) rank.leverage = rank.size / equity;
    for (const Leg& leg : legsOf(snapshot, candidate.account)) {
        if (leg.instrument != market || leg.cost.isZero()) continue;
        const double cost = leg.cost.toDouble();
        rank.profit = (leg.quantity.toDouble() * mark - cost) / (cost < 0 ? -cost : cost);
    }
    return rank;
}

}  // namespace

AdlPreview adlPreview(const Snapshot& snapshot, const QueueView& queue) {
    std::vector<const QueueRow*> rows;
    for (const QueueRow& row : queue.rows)
        rows.push_back(&row);
    std::sort(rows.begin(), rows.end(),
              [](const QueueRow* a, const QueueRow* b) { return a->id < b->id; });
    std::vector<Deficit> standing, coming;
    for (const QueueRow* row : rows) {
        const Money equity = exactMargin(snapshot, row->account).equity;
        if (equity.isNegative()) standing.push_back({row->account, -equity});
        const auto missing = Decimal::fromDouble(row->shortfall);
        if (missing && Money(*missing).isPositive())
            coming.push_back({row->account, Money(*missing)});
    }

    const Rankings rankings = rankAll(snapshot);
    const Money balance = snapshot.fund.balance;
    AdlPreview preview;
    Money paidNow, paid;
    Plan now(snapshot, rankings), later(snapshot, rankings), empty(snapshot, rankings);
    const std::vector<Deficit> missing = afterFund(standing, balance, paidNow);
    for (const Deficit& deficit : missing)
        now.take(deficit);
    for (const Deficit& deficit : afterFund(coming, balance, paid))
        later.take(deficit);
    for (const Deficit& deficit : coming)
        empty.take(deficit);
    preview.missingNow = sumOf(missing).toDouble();
    preview.shortfall = sumOf(coming).toDouble();
    preview.fundPays = paid.toDouble();
    preview.adlPays = later.covered().toDouble();
    preview.adlPaysIfEmpty = empty.covered().toDouble();

    for (std::size_t place = 0; place < rankings.size(); ++place) {
        AdlSide side;
        side.market = InstrumentId(static_cast<std::uint16_t>(place / 2));
        side.longs = place % 2 == 1;
        side.ranked = rankings[place].size();
        side.now = now.of(place);
        side.ifEmpty = empty.of(place);
        for (std::size_t i = 0; i < std::min(side.ranked, AdlSide::kShown); ++i) {
            AdlRank rank = rankOf(snapshot, rankings[place][i], side.market);
            rank.now = now.of(place, rank.account);
            rank.ifEmpty = empty.of(place, rank.account);
            side.ranks.push_back(rank);
        }
        preview.sides.push_back(std::move(side));
    }
    return preview;
}

}  // namespace breakwater::view
