// The golden stories of tests/stories: what they told when they were written must be what they
// tell today, and each makes a few claims of its own.
#include "tests/core/engine/story.hpp"

#include <gtest/gtest.h>

#include "tests/core/engine/story_scripts.hpp"

namespace breakwater {
namespace {

using test::money;
using test::quantity;
using test::Story;
using enum BreakerLevel;

class Stories : public testing::Test {
protected:
    // Tells the story and compares it with its golden files.
    Story tell(const std::string& name, void (*write)(test::Desk&)) {
        Result<Story> told = test::tellStory(name, write);
        EXPECT_TRUE(told) << (told ? "" : told.error().message);
        if (!told) return Story{{}, {}, {}, Engine(), {}, {}};
        const auto same = [&](const std::string& file, const std::string& now) {
            EXPECT_EQ(test::firstDifference(test::readFile(told->folder + "/" + file), now), "")
                << told->folder << "/" << file << " (BREAKWATER_REWRITE_GOLDEN=1 rewrites it)";
        };
        same("events.txt", told->events);
        same("final_state.txt", told->finalState);
        EXPECT_FALSE(test::readFile(told->folder + "/story.md").empty())
            << "a story says why it is told";
        EXPECT_TRUE(told->engine.state().books.balanced());
        EXPECT_TRUE(told->engine.state().books.cellsMatchTotals());
        return std::move(*told);
    }
    static std::vector<BreakerLevel> levelsOf(const Story& story, std::uint16_t market) {
        std::vector<BreakerLevel> levels;
        for (const BreakerChanged& c : story.all<BreakerChanged>()) {
            if (c.instrument == InstrumentId(market)) levels.push_back(c.to);
        }
        return levels;
    }
};

TEST_F(Stories, CalmDay) {
    const Story story = tell("calm_day", test::writeCalmDay);
    EXPECT_TRUE(story.all<LiquidationStarted>().empty());
    EXPECT_TRUE(story.all<BreakerChanged>().empty());
    EXPECT_TRUE(story.all<HealthBandChanged>().empty()) << "nobody left the healthy band";
    ASSERT_EQ(story.all<Refused>().size(), 1u);
    EXPECT_EQ(story.all<Refused>()[0].reason, Refusal::Overdrawn);
    EXPECT_EQ(story.all<FundingSettled>().size(), 24u) << "ETH on every hour; BTC has no premium";
    for (const FundingSettled& f : story.all<FundingSettled>())
        EXPECT_GE(f.paid, f.received);
    EXPECT_GE(story.engine.state().books.fund(), money("100000")) << "rounding is the fund's gain";
    EXPECT_EQ(story.all<StateDigested>().back().digest, story.engine.state().digest());
}

TEST_F(Stories, LiquidatedInSteps) {
    const Story story = tell("liquidated_in_steps", test::writeLiquidatedInSteps);
    const auto orders = story.all<LiquidationOrdered>();
    ASSERT_GE(orders.size(), 2u);
    for (const LiquidationOrdered& o : orders) {
        EXPECT_EQ(o.account, story.account("Dorothea"));
        EXPECT_LE(o.quantity.abs(), quantity("20")) << "a fifth of a hundred";
        EXPECT_TRUE(o.hasLimit);
    }
    const auto ends = story.all<LiquidationEnded>();
    ASSERT_EQ(ends.size(), 1u);
    EXPECT_EQ(ends[0].end, LiquidationEnd::Restored);
    EXPECT_GE(ends[0].equity, scale(ends[0].maintenance, test::ratioOf("1.25"), Round::Ceiling));
    EXPECT_GT(story.engine.state().books.fund(), money("50000")) << "the fund earned its fees";
    const Leg* left =
        story.engine.state().books.accounts().leg(story.account("Dorothea"), InstrumentId(0));
    ASSERT_NE(left, nullptr) << "Dorothea keeps what she can carry";
    EXPECT_GT(left->quantity, quantity("20"));
}

TEST_F(Stories, CascadeToTheLastLayer) {
    const Story story = tell("cascade_to_the_last_layer", test::writeCascadeToTheLastLayer);
    // The order of the layers: a lower one never pays before the one above it has paid.
    std::size_t fund = 0, adl = 0, socialised = 0;
    Money fundLeft;
    for (std::size_t i = 0; i < story.told.size(); ++i) {
        const Event& e = story.told[i].event;
        if (const auto* moved = std::get_if<FundMoved>(&e)) {
            fundLeft = moved->balance;
            if (moved->cause == "deficit" && fund == 0) fund = i;
        }
        if (std::holds_alternative<AdlExecuted>(e)) {
            EXPECT_EQ(fundLeft, Money()) << "ADL while the fund has money";
            if (adl == 0) adl = i;
        }
        if (std::holds_alternative<LossSocialised>(e)) {
            EXPECT_EQ(fundLeft, Money());
            if (socialised == 0) socialised = i;
        }
    }
    EXPECT_GT(fund, 0u);
    EXPECT_GT(adl, fund);
    EXPECT_GT(socialised, adl);
    Quantity closedByAdl;
    for (const AdlExecuted& a : story.all<AdlExecuted>()) {
        EXPECT_NE(a.winner, story.account("Jonas")) << "he has no profit to be ranked by";
        closedByAdl += a.quantity.abs();
    }
    EXPECT_EQ(closedByAdl, quantity("180")) << "Hedda's 120 and Ivo's 60, one for one";
    for (const char* name : {"Ellery", "Fenella", "Gustav"}) {
        EXPECT_GE(story.engine.marginOf(story.account(name)).equity, Money())
            << name << " ends without debt";
    }
    EXPECT_TRUE(story.all<LossUncovered>().empty());
    EXPECT_TRUE(story.engine.state().liquidations.empty());
}

TEST_F(Stories, BreakerDuringACascade) {
    const Story story = tell("breaker_during_a_cascade", test::writeBreakerDuringACascade);
    EXPECT_EQ(levelsOf(story, 0), (std::vector{Restrict, Stop, Restrict, Normal}));
    EXPECT_TRUE(levelsOf(story, 1).empty()) << "BTC was not in scope";
    const auto refused = story.all<Refused>();
    ASSERT_EQ(refused.size(), 4u)
        << "a taker, a maker out of band and a client at 2, a reducing order at 4";
    for (const Refused& r : refused)
        EXPECT_EQ(r.reason, Refusal::BreakerLevel) << r.detail;
    // No order of a liquidation stands while the market is stopped.
    bool stopped = false;
    for (const test::Told& t : story.told) {
        if (const auto* c = std::get_if<BreakerChanged>(&t.event)) stopped = c->to == Stop;
        EXPECT_FALSE(stopped && std::holds_alternative<LiquidationOrdered>(t.event));
        EXPECT_FALSE(stopped && std::holds_alternative<LiquidationFilled>(t.event));
    }
    ASSERT_EQ(story.all<WithdrawalQueued>().size(), 1u);
    const auto released = story.all<WithdrawalReleased>();
    ASSERT_EQ(released.size(), 1u);
    EXPECT_TRUE(released[0].paid);
    EXPECT_EQ(released[0].waited, Duration::seconds(11));
    for (const LiquidationEnded& e : story.all<LiquidationEnded>()) {
        EXPECT_EQ(e.end, LiquidationEnd::Restored);
        if (e.account == story.account("Gustav")) {
            EXPECT_EQ(e.steps, 0u) << "the deposit made at level 4 cured him before any order";
        }
    }
    EXPECT_EQ(story.all<LiquidationEnded>().size(), 2u);
}

TEST_F(Stories, StaleOracle) {
    const Story story = tell("stale_oracle", test::writeStaleOracle);
    const auto accepted = story.all<CommandAccepted>();
    ASSERT_EQ(accepted.size(), 3u);
    EXPECT_TRUE(accepted[0].blind) << "tightening goes out blind";
    EXPECT_TRUE(accepted[1].blind);
    EXPECT_FALSE(accepted[2].blind);
    ASSERT_EQ(story.all<Refused>().size(), 1u);
    EXPECT_EQ(story.all<Refused>()[0].reason, Refusal::LooseningLocked);
    const auto sight = story.all<IndexSight>();
    ASSERT_EQ(sight.size(), 3u);  // seen at the opening, lost, seen again
    EXPECT_TRUE(sight[1].blind);
    EXPECT_FALSE(sight[2].blind);
    // Nobody is judged by a price that nobody knows.
    bool blind = false;
    for (const test::Told& t : story.told) {
        if (const auto* s = std::get_if<IndexSight>(&t.event)) blind = s->blind;
        EXPECT_FALSE(blind && std::holds_alternative<HealthBandChanged>(t.event));
        EXPECT_FALSE(blind && std::holds_alternative<MarkChanged>(t.event));
    }
    EXPECT_EQ(story.all<LiquidationStarted>().size(), 1u);
    EXPECT_EQ(story.engine.state().breakers[0].level, Normal);
}

TEST_F(Stories, ExpiryStepsDown) {
    const Story story = tell("expiry_steps_down", test::writeExpiryStepsDown);
    const auto changes = story.all<BreakerChanged>();
    struct Change {
        BreakerLevel to;
        BreakerCause cause;
        std::uint16_t renewals;
    };
    const std::vector<Change> expected{
        {Restrict, BreakerCause::Rule, 0},    {Restrict, BreakerCause::Renewal, 1},
        {Restrict, BreakerCause::Renewal, 2}, {Restrict, BreakerCause::Renewal, 3},
        {Tighten, BreakerCause::Expiry, 0},   {Normal, BreakerCause::Expiry, 0}};
    ASSERT_EQ(changes.size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_EQ(changes[i].to, expected[i].to) << i;
        EXPECT_EQ(changes[i].cause, expected[i].cause) << i;
        EXPECT_EQ(changes[i].renewals, expected[i].renewals) << i;
        EXPECT_EQ(changes[i].by, "R-02");
    }
}

}  // namespace
}  // namespace breakwater
