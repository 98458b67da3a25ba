// What the console says and when it lets an act be armed.
#include "ui/breaker_draft.hpp"

#include <gtest/gtest.h>

#include "ui/small_venue.hpp"

namespace breakwater::ui::test {
namespace {

class BreakerDraftTest : public testing::Test {
protected:
    void SetUp() override { venue.run(5); }
    const view::Snapshot& snapshot() { return *venue.board().snapshot; }
    static BreakerDraft restrictEth() {
        BreakerDraft draft;
        draft.markets = {SmallVenue::kEth};
        draft.duration = Duration::minutes(10);
        draft.reason = QStringLiteral("oracle late");
        return draft;
    }
    void set(BreakerLevel level, Duration duration) {
        BreakerDraft draft = restrictEth();
        draft.level = level;
        draft.duration = duration;
        OfficerCommand command = commandOf(draft, snapshot(), "officer-1");
        command.id = CommandId(++m_number);
        venue.command(command);
        venue.run(2);
    }
    SmallVenue venue{{50, 1}};

private:
    std::uint64_t m_number = 0;
};

TEST_F(BreakerDraftTest, SaysWhatWillHappen) {
    const ScopeSentence sentence = sentenceOf(restrictEth(), snapshot());
    EXPECT_EQ(sentence.lead, QStringLiteral("Restrict new risk"));
    EXPECT_EQ(
        sentence.rest,
        QStringLiteral(
            "on ETH-PERP. Makers post-only inside the 1.0% band; reducing, cancels, deposits, "
            "liquidations stay on. Steps down to L1 at 20:40:07Z unless renewed."));
    EXPECT_EQ(holdText(restrictEth(), snapshot()), QStringLiteral("Hold F12 to trip L2 on ETH"));
}

TEST_F(BreakerDraftTest, CodesNameTheScope) {
    BreakerDraft draft = restrictEth();
    EXPECT_EQ(codeOf(draft, snapshot()), QStringLiteral("ETH"));
    draft.scope = ScopeKind::List;
    draft.markets = {SmallVenue::kEth, SmallVenue::kBtc};
    EXPECT_EQ(codeOf(draft, snapshot()), QStringLiteral("ETH+BTC"));
    draft.scope = ScopeKind::Venue;
    EXPECT_EQ(codeOf(draft, snapshot()), QStringLiteral("VENUE"));
    EXPECT_TRUE(codeMatches(QStringLiteral(" eth "), QStringLiteral("ETH")));
    EXPECT_FALSE(codeMatches(QStringLiteral("ETHX"), QStringLiteral("ETH")));
    EXPECT_FALSE(codeMatches(QString(), QString()));
}

TEST_F(BreakerDraftTest, NeedsReasonScopeAndPossibleLevel) {
    EXPECT_TRUE(whyNotArmed(restrictEth(), snapshot()).isEmpty());
    BreakerDraft draft = restrictEth();
    draft.reason = QStringLiteral("  ");
    EXPECT_EQ(whyNotArmed(draft, snapshot()), QStringLiteral("a reason is mandatory"));
    draft = restrictEth();
    draft.scope = ScopeKind::List;
    draft.markets.clear();
    EXPECT_EQ(whyNotArmed(draft, snapshot()), QStringLiteral("choose a market"));
    draft = restrictEth();
    draft.level = BreakerLevel::Auction;
    EXPECT_EQ(whyNotArmed(draft, snapshot()), QStringLiteral("L3 is not on this venue"));
    draft = restrictEth();
    draft.duration = Duration::hours(3);
    EXPECT_EQ(whyNotArmed(draft, snapshot()), QStringLiteral("L2 lasts at most 2:00:00"));
    draft = restrictEth();
    draft.level = BreakerLevel::Normal;
    EXPECT_EQ(whyNotArmed(draft, snapshot()), QStringLiteral("already at L0 normal"));
    draft.kind = CommandKind::Renew;
    EXPECT_EQ(whyNotArmed(draft, snapshot()), QStringLiteral("ETH-PERP has nothing to renew"));
}

TEST_F(BreakerDraftTest, ProfileProposesAndLimitsTheDuration) {
    const Profile& profile = *snapshot().profile;
    EXPECT_EQ(proposedOf(profile, BreakerLevel::Restrict), Duration::seconds(600));
    EXPECT_EQ(longestOf(profile, BreakerLevel::Restrict), Duration::hours(2));
    EXPECT_EQ(longestOf(profile, BreakerLevel::Auction), Duration());
    EXPECT_FALSE(isOnVenue(profile, BreakerLevel::Auction));
}

TEST_F(BreakerDraftTest, TighteningWorksBlindAndLooseningDoesNot) {
    set(BreakerLevel::Restrict, Duration::minutes(30));
    venue.silence(0, 4);
    venue.run(10);
    BreakerDraft draft = restrictEth();
    draft.level = BreakerLevel::Stop;
    draft.duration = Duration::minutes(5);
    EXPECT_TRUE(whyNotArmed(draft, snapshot()).isEmpty());
    EXPECT_TRUE(sentenceOf(draft, snapshot()).rest.contains(QStringLiteral("BLIND")));
    draft.level = BreakerLevel::Tighten;
    EXPECT_EQ(directionOf(draft, snapshot()), Direction::Loosening);
    EXPECT_EQ(whyNotArmed(draft, snapshot()),
              QStringLiteral("loosening is locked: ETH-PERP has no quorum"));
}

TEST_F(BreakerDraftTest, RenewalInTheLastMinutesNeedsTheHoldOnly) {
    set(BreakerLevel::Restrict, Duration::minutes(10));
    BreakerDraft draft = restrictEth();
    draft.kind = CommandKind::Renew;
    EXPECT_TRUE(needsCode(draft, snapshot()));
    venue.run(500);
    EXPECT_FALSE(needsCode(draft, snapshot()));
    EXPECT_EQ(directionOf(draft, snapshot()), Direction::Renewal);
    const OfficerCommand command = commandOf(draft, snapshot(), "officer-1");
    EXPECT_EQ(command.kind, CommandKind::Renew);
    EXPECT_EQ(command.level, BreakerLevel::Restrict);
    EXPECT_EQ(command.duration, Duration::minutes(10));
}

TEST_F(BreakerDraftTest, CommandCarriesTheResolvedScope) {
    BreakerDraft draft = restrictEth();
    draft.scope = ScopeKind::List;
    draft.markets = {SmallVenue::kEth, SmallVenue::kSol};
    const OfficerCommand several = commandOf(draft, snapshot(), "officer-7");
    EXPECT_EQ(several.instruments, draft.markets);
    EXPECT_EQ(several.officer, "officer-7");
    draft.scope = ScopeKind::Venue;
    EXPECT_TRUE(commandOf(draft, snapshot(), "o").instruments.empty());
    draft.level = BreakerLevel::Normal;
    EXPECT_EQ(commandOf(draft, snapshot(), "o").duration, Duration());
}

}  // namespace
}  // namespace breakwater::ui::test
