#include "core/view/account_search.hpp"

#include <gtest/gtest.h>

#include "core/view/test_venue.hpp"

namespace breakwater::view {
namespace {

using test::TestVenue;

class AccountSearchTest : public ::testing::Test {
protected:
    AccountSearchTest() {
        for (const char* name : {"0xABCD", "0xabcdef", "0x99ab", "zz0xabc", "0xabc"})
            m_ids.push_back(m_venue.open(10, {}, AccountTag::Client, name));
        m_snapshot = m_venue.project();
    }
    TestVenue m_venue;
    std::vector<AccountId> m_ids;
    std::shared_ptr<const Snapshot> m_snapshot;
};

TEST_F(AccountSearchTest, TheNameItselfThenBeginningsThenTheRest) {
    const AccountHits hits = findAccounts(*m_snapshot, "0XABC", 10);
    EXPECT_TRUE(hits.exact);
    EXPECT_EQ(hits.total, 4u);
    EXPECT_EQ(hits.best, (std::vector<AccountId>{m_ids[4], m_ids[0], m_ids[1], m_ids[3]}));
}

TEST_F(AccountSearchTest, CountsMoreThanItNames) {
    const AccountHits hits = findAccounts(*m_snapshot, "0x", 2);
    EXPECT_EQ(hits.best.size(), 2u);
    EXPECT_EQ(hits.total, 5u);
    EXPECT_FALSE(hits.exact);
}

TEST_F(AccountSearchTest, NothingAndNobody) {
    EXPECT_EQ(findAccounts(*m_snapshot, "", 5).total, 0u);
    const AccountHits hits = findAccounts(*m_snapshot, "0xabcdefg", 5);
    EXPECT_EQ(hits.total, 0u);
    EXPECT_TRUE(hits.best.empty());
    EXPECT_EQ(hits.text, "0xabcdefg");
}

}  // namespace
}  // namespace breakwater::view
