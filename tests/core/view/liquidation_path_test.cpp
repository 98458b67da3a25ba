#include "core/view/liquidation_path.hpp"

#include <cmath>

#include <gtest/gtest.h>

#include "core/view/test_venue.hpp"

namespace breakwater::view {
namespace {

using test::TestVenue;

class LiquidationPathTest : public ::testing::Test {
protected:
    LiquidationPathTest() {
        m_venue.capital(1e6);
        m_liquidator = m_venue.open(1e9, {}, AccountTag::Liquidator, "liquidator");
    }

    // Lets the engine liquidate the account, filling every order whole; what it did, in its words.
    struct Done {
        std::vector<LiquidationOrdered> orders;
        std::vector<LiquidationFilled> fills;
        std::vector<LiquidationEnded> ends;
    };
    Done liquidate(FillAt fill, int ticks) {
        Done done;
        for (int i = 0; i < ticks && done.ends.empty(); ++i) {
            const std::vector<Event> events = m_venue.tick();
            for (const Event& event : events) {
                if (const auto* ended = std::get_if<LiquidationEnded>(&event))
                    done.ends.push_back(*ended);
                const auto* order = std::get_if<LiquidationOrdered>(&event);
                if (order == nullptr) continue;
                done.orders.push_back(*order);
                LiquidationFill answer;
                answer.liquidation = order->liquidation;
                answer.counterparty = m_liquidator;
                answer.quantity = order->quantity;
                answer.price =
                    fill == FillAt::Limit && order->hasLimit ? order->limit : order->mark;
                const std::vector<Event> filled = m_venue.feed(answer);
                for (const Event& e : filled) {
                    if (const auto* f = std::get_if<LiquidationFilled>(&e))
                        done.fills.push_back(*f);
                }
            }
        }
        return done;
    }

    void expectAsRehearsed(const LiquidationPath& path, const Done& done) {
        ASSERT_EQ(path.steps.size(), done.fills.size());
        ASSERT_EQ(path.steps.size(), done.orders.size());
        for (std::size_t i = 0; i < path.steps.size(); ++i) {
            const PathStep& step = path.steps[i];
            EXPECT_EQ(step.order, done.orders[i].step) << i;
            EXPECT_EQ(step.instrument, done.orders[i].instrument) << i;
            EXPECT_EQ(step.quantity, done.orders[i].quantity) << i;
            EXPECT_EQ(step.limit, done.orders[i].limit) << i;
            EXPECT_EQ(step.price, done.fills[i].price) << i;
            EXPECT_EQ(step.fee, done.fills[i].fee) << i;
            EXPECT_EQ(step.equity, done.fills[i].equity) << i;
            EXPECT_EQ(step.maintenance, done.fills[i].maintenance) << i;
        }
    }

    TestVenue m_venue;
    AccountId m_liquidator;
};

TEST_F(LiquidationPathTest, TheEngineDoesWhatWasRehearsed) {
    for (const FillAt fill : {FillAt::Mark, FillAt::Limit}) {
        const AccountId id =
            m_venue.open(9'500, {{TestVenue::kEth, test::quantity(50), test::price(4000)},
                                 {TestVenue::kBtc, test::quantity(-1), test::price(100'000)},
                                 {TestVenue::kSol, test::quantity(200), test::price(200)}});
        // Below maintenance by a little: the engine takes the account, but nobody answers yet.
        m_venue.moveEth(-0.025);
        m_venue.tick();
        const auto snapshot = m_venue.project();
        ASSERT_NE(accountOf(*snapshot, id).liquidation.value(), 0u);
        const LiquidationPath path = liquidationPath(*snapshot, id, fill);
        EXPECT_TRUE(path.now);
        EXPECT_EQ(path.equity, m_venue.engine().marginOf(id).equity);
        EXPECT_GT(path.steps.size(), 1u);
        const Done done = liquidate(fill, 60);
        expectAsRehearsed(path, done);
        if (path.end == PathEnd::Restored || path.end == PathEnd::Flat) {
            ASSERT_EQ(done.ends.size(), 1u);
            EXPECT_EQ(done.ends[0].end, path.end == PathEnd::Restored ? LiquidationEnd::Restored
                                                                      : LiquidationEnd::Flat);
            EXPECT_EQ(done.ends[0].equity, path.equityAfter);
        }
        EXPECT_FALSE(path.equityAfter.isNegative());
        EXPECT_TRUE(path.shortfall.isZero());
        m_venue.moveEth(0);
        m_venue.ticks(3);
    }
}

TEST_F(LiquidationPathTest, AHealthyAccountStartsAtTheTickWhereItFalls) {
    for (const double size : {300'000.0, -300'000.0}) {
        const AccountId id = m_venue.openEth(size, 20'000);
        const auto snapshot = m_venue.project();
        const LiquidationPath path = liquidationPath(*snapshot, id, FillAt::Mark);
        EXPECT_FALSE(path.now);
        ASSERT_EQ(path.market, TestVenue::kEth);
        const AccountFigures figures = figuresOf(*snapshot, id);
        EXPECT_NEAR(path.move, *figures.distance, 1e-5);
        EXPECT_LT(path.equity, path.maintenance);
        EXPECT_FALSE(path.steps.empty());
        // One tick nearer the account still stands.
        auto markets = std::make_shared<std::vector<Market>>(*snapshot->markets);
        const Price tick = (*markets)[0].instrument.tick;
        (*markets)[0].mark = size > 0 ? path.mark + tick : path.mark - tick;
        Snapshot before = *snapshot;
        before.markets = markets;
        const Margin margin = exactMargin(before, id);
        EXPECT_GE(margin.equity, margin.maintenance);
    }
}

TEST_F(LiquidationPathTest, BelowZeroEndsAtTheFund) {
    const AccountId id = m_venue.openEth(100'000, 3'000);
    auto snapshot = m_venue.project();
    Snapshot fallen = *snapshot;
    auto markets = std::make_shared<std::vector<Market>>(*snapshot->markets);
    (*markets)[0].mark = test::price(3'800);
    fallen.markets = markets;
    const LiquidationPath path = liquidationPath(fallen, id, FillAt::Mark);
    EXPECT_TRUE(path.now);
    EXPECT_EQ(path.end, PathEnd::BelowZero);
    EXPECT_TRUE(path.steps.empty());
    EXPECT_EQ(path.shortfall, -exactMargin(fallen, id).equity);
    EXPECT_TRUE(path.shortfall.isPositive());
}

TEST_F(LiquidationPathTest, FillsAtTheLimitNeverLeaveADebt) {
    m_venue.openRandom(800, 99);
    const auto snapshot = m_venue.project();
    std::size_t rehearsed = 0;
    for (std::uint32_t i = 2; i < snapshot->accountCount; ++i) {
        const LiquidationPath worst = liquidationPath(*snapshot, AccountId(i), FillAt::Limit);
        const LiquidationPath best = liquidationPath(*snapshot, AccountId(i), FillAt::Mark);
        if (worst.steps.empty()) continue;
        ++rehearsed;
        // A hair below zero is the rounding of one notional; the engine's own limit allows it.
        EXPECT_LE(worst.shortfall.toDouble(), 1e-9) << i;
        EXPECT_LE(worst.equityAfter, best.equityAfter + Money(Decimal::fromRaw(1'000))) << i;
        EXPECT_NE(worst.end, PathEnd::NoLine);
    }
    EXPECT_GT(rehearsed, 300u);
}

TEST_F(LiquidationPathTest, ABlindIndexAndAStoppedMarketWait) {
    const AccountId id = m_venue.openEth(100'000, 1'500);
    m_venue.moveEth(-0.007);
    m_venue.tick();
    m_venue.command(BreakerLevel::Stop, Duration::minutes(5), {TestVenue::kEth});
    EXPECT_EQ(liquidationPath(*m_venue.project(), id, FillAt::Mark).end, PathEnd::Waits);
    m_venue.command(BreakerLevel::Normal, Duration(), {TestVenue::kEth});
    EXPECT_NE(liquidationPath(*m_venue.project(), id, FillAt::Mark).end, PathEnd::Waits);
    m_venue.silence(4);
    m_venue.ticks(10);
    EXPECT_EQ(liquidationPath(*m_venue.project(), id, FillAt::Mark).end, PathEnd::Waits);
}

TEST_F(LiquidationPathTest, WithoutPositionThereIsNoLine) {
    const AccountId rich = m_venue.open(500, {});
    const LiquidationPath path = liquidationPath(*m_venue.project(), rich, FillAt::Mark);
    EXPECT_EQ(path.end, PathEnd::NoLine);
    EXPECT_FALSE(path.market.has_value());
    EXPECT_TRUE(path.steps.empty());
    // A long that is paid in full cannot be brought down either.
    const AccountId paid = m_venue.openEth(10'000, 11'000);
    EXPECT_EQ(liquidationPath(*m_venue.project(), paid, FillAt::Mark).end, PathEnd::NoLine);
}

}  // namespace
}  // namespace breakwater::view
