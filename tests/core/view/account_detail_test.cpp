#include "core/view/account_detail.hpp"

#include <cmath>
#include <map>

#include <gtest/gtest.h>

#include "core/view/test_venue.hpp"

namespace breakwater::view {
namespace {

using test::TestVenue;

AccountId idOf(std::size_t i) { return AccountId(static_cast<std::uint32_t>(i)); }

class AccountDetailTest : public ::testing::Test {
protected:
    AccountDetailTest() {
        m_venue.capital(1e6);
        m_venue.openRandom(1500, 4711);
        m_venue.setPrices(4103.37, 96'123.45, 205.77);
        m_venue.ticks(3);
    }
    TestVenue m_venue;
};

// What is shown is text; what is shown must add up.
TEST_F(AccountDetailTest, TheTermsAsTextAddUpToTheEnginesOwnMargin) {
    const auto snapshot = m_venue.project();
    std::size_t withDeduction = 0;
    for (std::size_t i = 1; i < snapshot->accountCount; ++i) {
        const AccountDetail detail = explainAccount(*snapshot, idOf(i));
        std::map<MarginPart, Money> sums;
        std::map<MarginPart, Money> totals;
        for (const MarginTerm& term : marginTerms(*snapshot, detail)) {
            const Money shown = *Money::parse(term.amount.toString());
            if (term.total)
                totals[term.part] = shown;
            else
                sums[term.part] += shown;
            if (term.name.find("deduction") != std::string::npos) ++withDeduction;
        }
        const Margin engine = m_venue.engine().marginOf(idOf(i));
        ASSERT_EQ(totals[MarginPart::Equity], engine.equity) << i;
        ASSERT_EQ(totals[MarginPart::Maintenance], engine.maintenance) << i;
        ASSERT_EQ(totals[MarginPart::Initial], engine.initial) << i;
        for (const auto& [part, total] : totals)
            ASSERT_EQ(sums[part], total) << "account " << i << " part " << int(part);
        ASSERT_EQ(detail.freeMargin, engine.equity - engine.maintenance);
    }
    EXPECT_GT(withDeduction, 0u) << "no account reaches the second tier: the case is not tried";
}

TEST_F(AccountDetailTest, EveryLegSaysWhatTheRuleSays) {
    const AccountId id =
        m_venue.open(9'000, {{TestVenue::kEth, test::quantity(60), test::price(4100)},
                             {TestVenue::kSol, test::quantity(-10), test::price(200)}});
    m_venue.tick();
    const auto snapshot = m_venue.project();
    const AccountDetail detail = explainAccount(*snapshot, id);
    ASSERT_EQ(detail.legs.size(), 2u);
    const LegDetail& eth = detail.legs[0];
    EXPECT_EQ(eth.entry, test::price(4100));
    EXPECT_EQ(eth.size, notional(eth.quantity, eth.mark, Round::Ceiling));
    EXPECT_EQ(eth.tier, 1u);  // 246k lies in the second tier
    EXPECT_EQ(eth.maintenanceRate, *Ratio::parse("0.025"));
    EXPECT_EQ(eth.maintenanceDeduction, Money::fromInteger(1'500));  // 100k x (0.025 - 0.01)
    EXPECT_EQ(eth.maintenance, eth.maintenanceTimesRate - eth.maintenanceDeduction);
    EXPECT_FALSE(eth.raised);
    EXPECT_TRUE(detail.legs[1].quantity.isNegative());
    EXPECT_EQ(detail.unrealised, eth.unrealised + detail.legs[1].unrealised);
    m_venue.command(BreakerLevel::Tighten, Duration::minutes(10), {TestVenue::kEth});
    const auto after = m_venue.project();
    EXPECT_TRUE(explainAccount(*after, id).legs[0].raised);
    EXPECT_EQ(explainAccount(*after, id).margin, detail.margin)
        << "a breaker never raises the margin of what is held";
}

// The same snapshot after relative moves of marks.
Snapshot moved(const Snapshot& snapshot, const std::vector<std::size_t>& markets, double move) {
    Snapshot out = snapshot;
    auto list = std::make_shared<std::vector<Market>>(*snapshot.markets);
    for (const std::size_t m : markets)
        (*list)[m].mark = test::price((*list)[m].mark.toDouble() * (1 + move));
    out.markets = list;
    return out;
}

double room(const Snapshot& snapshot, AccountId account) {
    const Margin margin = exactMargin(snapshot, account);
    return (margin.equity - margin.maintenance).toDouble();
}

TEST_F(AccountDetailTest, AtTheLineTheExactMarginChangesSides) {
    const auto snapshot = m_venue.project();
    const std::vector<std::size_t> all{0, 1, 2, 3};
    std::size_t single = 0, common = 0;
    const auto expectLine = [&](AccountId id, const std::vector<std::size_t>& markets,
                                const std::optional<double>& move, std::size_t& count) {
        if (!move || *move < -0.999 || *move > 50) return;
        const double near = std::max(1e-6, std::fabs(*move) * 1e-6);
        const double away = *move < 0 ? -near : near;
        const double before = room(moved(*snapshot, markets, *move - away), id);
        const double after = room(moved(*snapshot, markets, *move + away), id);
        EXPECT_NE(before >= 0, after >= 0) << id.value() << " at " << *move;
        ++count;
    };
    for (std::size_t i = 1; i < snapshot->accountCount; i += 3) {
        const AccountDetail detail = explainAccount(*snapshot, idOf(i));
        for (const LegDetail& leg : detail.legs) {
            const std::vector<std::size_t> one{leg.instrument.value()};
            expectLine(idOf(i), one, leg.line.down, single);
            expectLine(idOf(i), one, leg.line.up, single);
        }
        expectLine(idOf(i), all, detail.together.down, common);
        expectLine(idOf(i), all, detail.together.up, common);
    }
    EXPECT_GT(single, 300u);
    EXPECT_GT(common, 200u);
}

TEST_F(AccountDetailTest, NoNearerCommonMoveReachesTheLine) {
    const auto snapshot = m_venue.project();
    const std::vector<std::size_t> all{0, 1, 2, 3};
    for (std::size_t i = 1; i < 200; ++i) {
        const AccountDetail detail = explainAccount(*snapshot, idOf(i));
        if (detail.legs.empty()) continue;
        const bool safe = room(*snapshot, idOf(i)) >= 0;
        for (int k = 1; k < 40; ++k) {
            const double down = (detail.together.down ? *detail.together.down : -1.0) * k / 40.0;
            EXPECT_EQ(room(moved(*snapshot, all, down * 0.999), idOf(i)) >= 0, safe) << i;
            const double up = (detail.together.up ? *detail.together.up : 3.0) * k / 40.0;
            EXPECT_EQ(room(moved(*snapshot, all, up * 0.999), idOf(i)) >= 0, safe) << i;
        }
    }
}

TEST_F(AccountDetailTest, AnAccountWithoutPositionHasNoLine) {
    const AccountId id = m_venue.open(500, {});
    const auto snapshot = m_venue.project();
    const AccountDetail detail = explainAccount(*snapshot, id);
    EXPECT_TRUE(detail.legs.empty());
    EXPECT_FALSE(detail.together.down || detail.together.up);
    EXPECT_EQ(detail.margin.equity, Money::fromInteger(500));
    EXPECT_EQ(detail.collateral.size(), 1u);
    EXPECT_EQ(marginTerms(*snapshot, detail).size(), 4u);  // the balance and three totals
}

TEST_F(AccountDetailTest, SideCollateralShowsItsHaircut) {
    const AccountId id = m_venue.open(1'000, {});
    m_venue.feed(Transfer{id, AssetId(1), Money::fromInteger(500)});
    const auto snapshot = m_venue.project();
    const AccountDetail detail = explainAccount(*snapshot, id);
    ASSERT_EQ(detail.collateral.size(), 2u);
    EXPECT_EQ(detail.collateral[1].haircut, *Ratio::parse("0.02"));
    EXPECT_EQ(detail.collateral[1].value, Money::fromInteger(490));
    EXPECT_EQ(detail.collateralValue, detail.margin.equity);
}

TEST_F(AccountDetailTest, ABlindIndexIsSaid) {
    const AccountId id = m_venue.openEth(10'000, 2'000);
    m_venue.silence(4);
    m_venue.ticks(10);
    const auto snapshot = m_venue.project();
    EXPECT_TRUE(explainAccount(*snapshot, id).blind);
}

}  // namespace
}  // namespace breakwater::view
