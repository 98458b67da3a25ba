#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "core/view/snapshot.hpp"
#include "core/view/test_venue.hpp"

namespace breakwater::view {
namespace {

using test::TestVenue;

AccountId idOf(std::size_t i) { return AccountId(static_cast<std::uint32_t>(i)); }

class AccountOrderTest : public ::testing::Test {
protected:
    AccountOrderTest() {
        m_venue.capital(1e6);
        m_venue.openRandom(2500, 99);
        m_venue.setPrices(4080, 101'000, 198);
        m_venue.ticks(2);
        m_snapshot = m_venue.project();
        for (std::size_t i = 0; i < m_snapshot->accountCount; ++i)
            m_figures.push_back(figuresOf(*m_snapshot, idOf(i)));
    }

    // Three-way by one column, from the published figures only.
    int compare(AccountColumn column, AccountId a, AccountId b) const {
        const AccountFigures& f = m_figures[a.value()];
        const AccountFigures& g = m_figures[b.value()];
        const auto by = [](double x, double y) { return x < y ? -1 : x > y ? 1 : 0; };
        const auto distance = [](const AccountFigures& x) {
            if (!x.distance) return HUGE_VAL;
            return x.equity < x.maintenance ? -std::fabs(*x.distance) : std::fabs(*x.distance);
        };
        const Account& p = accountOf(*m_snapshot, a);
        const Account& q = accountOf(*m_snapshot, b);
        switch (column) {
            case AccountColumn::Name: return nameOf(*m_snapshot, a).compare(nameOf(*m_snapshot, b));
            case AccountColumn::Tag: return static_cast<int>(p.tag) - static_cast<int>(q.tag);
            case AccountColumn::Band: return static_cast<int>(p.band) - static_cast<int>(q.band);
            case AccountColumn::Equity: return by(f.equity, g.equity);
            case AccountColumn::Maintenance: return by(f.maintenance, g.maintenance);
            case AccountColumn::Health: return by(f.health, g.health);
            case AccountColumn::Distance: return by(distance(f), distance(g));
            case AccountColumn::Leverage: return by(f.leverage, g.leverage);
            case AccountColumn::Gross: return by(f.gross, g.gross);
            case AccountColumn::Unrealised: return by(f.unrealised, g.unrealised);
            case AccountColumn::Cash: return by(f.cash, g.cash);
            case AccountColumn::State:
                return (p.liquidation.value() != 0) - (q.liquidation.value() != 0);
        }
        return 0;
    }

    std::vector<AccountId> sorted(AccountColumn column, bool descending) const {
        std::vector<AccountId> ids;
        for (std::size_t i = 0; i < m_snapshot->accountCount; ++i)
            ids.push_back(idOf(i));
        std::stable_sort(ids.begin(), ids.end(), [&](AccountId a, AccountId b) {
            const int c = compare(column, a, b);
            return descending ? c > 0 : c < 0;
        });
        return ids;
    }

    template <class Match>
    void expectMatches(const AccountQuery& query, Match match) const {
        const AccountOrder order = orderAccounts(*m_snapshot, query);
        std::size_t count = 0;
        double equity = 0, maintenance = 0, gross = 0;
        for (std::size_t i = 0; i < m_snapshot->accountCount; ++i) {
            if (!match(idOf(i), m_figures[i])) continue;
            ++count;
            equity += m_figures[i].equity;
            maintenance += m_figures[i].maintenance;
            gross += m_figures[i].gross;
        }
        EXPECT_GT(count, 0u) << "the filter is not tried";
        EXPECT_LT(count, m_snapshot->accountCount);
        EXPECT_EQ(order.total, count);
        EXPECT_EQ(order.order.size(), count);
        EXPECT_NEAR(order.equity, equity, 1e-9 * (std::fabs(equity) + gross));
        EXPECT_NEAR(order.maintenance, maintenance, 1e-9 * maintenance);
        EXPECT_NEAR(order.gross, gross, 1e-9 * gross);
        for (const AccountId id : order.order)
            EXPECT_TRUE(match(id, m_figures[id.value()]));
    }

    TestVenue m_venue;
    std::shared_ptr<const Snapshot> m_snapshot;
    std::vector<AccountFigures> m_figures;
};

class EveryColumn : public AccountOrderTest, public ::testing::WithParamInterface<int> {};

TEST_P(EveryColumn, SortsAsBruteForceBothWays) {
    for (const bool descending : {false, true}) {
        AccountQuery query;
        query.sort = static_cast<AccountColumn>(GetParam());
        query.descending = descending;
        const AccountOrder order = orderAccounts(*m_snapshot, query);
        EXPECT_EQ(order.total, m_snapshot->accountCount);
        EXPECT_EQ(order.sequence, m_snapshot->sequence);
        EXPECT_EQ(order.order, sorted(query.sort, descending))
            << (descending ? "descending" : "ascending");
    }
}
INSTANTIATE_TEST_SUITE_P(Columns, EveryColumn, ::testing::Range(0, 12));

TEST_F(AccountOrderTest, FiltersByHealth) {
    AccountQuery query;
    query.healthBelow = 1.5;
    query.healthFrom = 0.9;
    expectMatches(query, [](AccountId, const AccountFigures& f) {
        return f.health < 1.5 && f.health >= 0.9;
    });
}

TEST_F(AccountOrderTest, FiltersByEquityAndGross) {
    AccountQuery query;
    query.equityAbove = 10'000;
    query.grossAbove = 500'000;
    expectMatches(query, [](AccountId, const AccountFigures& f) {
        return f.equity > 10'000 && f.gross > 500'000;
    });
}

TEST_F(AccountOrderTest, FiltersByBandTagMarketAndState) {
    AccountQuery query;
    query.bandAtLeast = HealthBand::Warning;
    expectMatches(query, [&](AccountId id, const AccountFigures&) {
        return accountOf(*m_snapshot, id).band >= HealthBand::Warning;
    });
    query = {};
    query.tag = AccountTag::Maker;
    expectMatches(query, [&](AccountId id, const AccountFigures&) {
        return accountOf(*m_snapshot, id).tag == AccountTag::Maker;
    });
    query = {};
    query.market = TestVenue::kSol;
    expectMatches(query, [&](AccountId id, const AccountFigures&) {
        const auto legs = legsOf(*m_snapshot, id);
        return std::any_of(legs.begin(), legs.end(),
                           [](const Leg& l) { return l.instrument == TestVenue::kSol; });
    });
    query = {};
    query.liquidatingOnly = true;
    expectMatches(query, [&](AccountId id, const AccountFigures&) {
        return accountOf(*m_snapshot, id).liquidation.value() != 0;
    });
}

TEST_F(AccountOrderTest, FiltersByPartOfTheNameInAnyCase) {
    AccountQuery query;
    query.nameContains = "X10";
    query.sort = AccountColumn::Name;
    expectMatches(query, [&](AccountId id, const AccountFigures&) {
        return nameOf(*m_snapshot, id).find("x10") != std::string_view::npos;
    });
}

TEST_F(AccountOrderTest, LongNamesWithEqualHeadsAreComparedInFull) {
    const AccountId b = m_venue.open(1, {}, AccountTag::Client, "aaaaaaaaab");
    const AccountId a = m_venue.open(1, {}, AccountTag::Client, "aaaaaaaaaa");
    const AccountId shorter = m_venue.open(1, {}, AccountTag::Client, "aaaaaaaa");
    const auto snapshot = m_venue.project();
    AccountQuery query;
    query.sort = AccountColumn::Name;
    query.nameContains = "aaaa";
    EXPECT_EQ(orderAccounts(*snapshot, query).order, (std::vector<AccountId>{shorter, a, b}));
    query.descending = true;
    EXPECT_EQ(orderAccounts(*snapshot, query).order, (std::vector<AccountId>{b, a, shorter}));
}

TEST_F(AccountOrderTest, NothingMatchesIsAnEmptyOrder) {
    AccountQuery query;
    query.nameContains = "nobody";
    const AccountOrder order = orderAccounts(*m_snapshot, query);
    EXPECT_EQ(order.total, 0u);
    EXPECT_TRUE(order.order.empty());
    EXPECT_EQ(order.equity, 0);
}

TEST_F(AccountOrderTest, NothingMatchesSaysWhatWould) {
    AccountQuery query;
    query.healthBelow = 0;
    query.market = TestVenue::kEth;
    double least = 1e9;
    for (std::size_t i = 0; i < m_figures.size(); ++i) {
        const auto legs = legsOf(*m_snapshot, idOf(i));
        if (m_figures[i].health >= 0 && std::any_of(legs.begin(), legs.end(), [](const Leg& l) {
                return l.instrument == TestVenue::kEth;
            }))
            least = std::min(least, m_figures[i].health);
    }
    query.healthFrom = 0;  // between 0 and 0: nobody
    const AccountOrder order = orderAccounts(*m_snapshot, query);
    ASSERT_EQ(order.total, 0u);
    ASSERT_FALSE(order.nearest.empty());
    const std::string& condition = order.nearest.front().condition;
    ASSERT_EQ(condition.substr(0, 7), "health<") << condition;
    const double bound = std::stod(condition.substr(7));
    EXPECT_GT(bound, least);
    EXPECT_LE(bound, least + 0.0101);
    const Result<AccountQuery> typed =
        parseAccountFilter(condition + " & market:ETH & health>=0", *m_snapshot);
    ASSERT_TRUE(typed) << condition;
    EXPECT_EQ(orderAccounts(*m_snapshot, *typed).total, order.nearest.front().count);
}

TEST_F(AccountOrderTest, AnAmountIsLoosenedToOneThatSomebodyHas) {
    AccountQuery query;
    query.equityAbove = 1e15;
    const AccountOrder order = orderAccounts(*m_snapshot, query);
    ASSERT_FALSE(order.nearest.empty());
    const Result<AccountQuery> typed =
        parseAccountFilter(order.nearest.front().condition, *m_snapshot);
    ASSERT_TRUE(typed) << order.nearest.front().condition;
    EXPECT_EQ(orderAccounts(*m_snapshot, *typed).total, order.nearest.front().count);
    EXPECT_GT(order.nearest.front().count, 0u);
    EXPECT_TRUE(orderAccounts(*m_snapshot, {}).nearest.empty());
}

TEST(AccountFirstPage, IsTheBeginningOfTheWhole) {
    TestVenue venue;
    for (int i = 0; i < 60'000; ++i)
        venue.open(10 + i % 977 + (i % 13) * 0.25, {});
    const auto snapshot = venue.project();
    for (const AccountColumn sort : {AccountColumn::Equity, AccountColumn::Name}) {
        for (const bool descending : {false, true}) {
            AccountQuery query;
            query.sort = sort;
            query.descending = descending;
            AccountOrder page;
            int pages = 0;
            const AccountOrder whole = orderAccounts(*snapshot, query, [&](AccountOrder first) {
                page = std::move(first);
                ++pages;
            });
            ASSERT_EQ(pages, 1);
            ASSERT_GE(page.sorted, 500u);
            EXPECT_EQ(page.total, whole.total);
            EXPECT_EQ(page.equity, whole.equity);
            ASSERT_EQ(page.order.size(), whole.order.size());
            EXPECT_TRUE(std::equal(page.order.begin(),
                                   page.order.begin() + static_cast<std::ptrdiff_t>(page.sorted),
                                   whole.order.begin()));
            std::sort(page.order.begin(), page.order.end());
            std::vector<AccountId> all = whole.order;
            std::sort(all.begin(), all.end());
            EXPECT_EQ(page.order, all) << "a page leaves nobody out";
            EXPECT_EQ(whole.sorted, whole.order.size());
        }
    }
}

}  // namespace
}  // namespace breakwater::view
