#include <gtest/gtest.h>

#include "core/view/snapshot.hpp"
#include "core/view/test_venue.hpp"

namespace breakwater::view {
namespace {

using test::TestVenue;

class AccountFilterTest : public ::testing::Test {
protected:
    AccountFilterTest() : m_snapshot(m_venue.project()) {}
    AccountQuery parse(std::string_view text) {
        const Result<AccountQuery> query = parseAccountFilter(text, *m_snapshot);
        EXPECT_TRUE(query) << text << ": " << (query ? "" : query.error().message);
        return query ? *query : AccountQuery();
    }
    std::string errorOf(std::string_view text) {
        const Result<AccountQuery> query = parseAccountFilter(text, *m_snapshot);
        EXPECT_FALSE(query) << text;
        return query ? std::string() : query.error().message;
    }
    TestVenue m_venue;
    std::shared_ptr<const Snapshot> m_snapshot;
};

TEST_F(AccountFilterTest, EmptyTextMatchesAll) {
    for (const char* text : {"", "   "}) {
        const AccountQuery q = parse(text);
        EXPECT_FALSE(q.healthBelow || q.healthFrom || q.equityAbove || q.grossAbove ||
                     q.bandAtLeast || q.market || q.tag);
        EXPECT_FALSE(q.liquidatingOnly);
        EXPECT_TRUE(q.nameContains.empty());
    }
}

TEST_F(AccountFilterTest, ReadsEveryCondition) {
    const AccountQuery q = parse(
        "health<1.1 & health>=0.5 & equity>10k & gross>2.5M & market:ETH & band:warning & "
        "tag:maker & liq & 0x7a");
    EXPECT_EQ(q.healthBelow, 1.1);
    EXPECT_EQ(q.healthFrom, 0.5);
    EXPECT_EQ(q.equityAbove, 10'000);
    EXPECT_EQ(q.grossAbove, 2'500'000);
    EXPECT_EQ(q.market, TestVenue::kEth);
    EXPECT_EQ(q.bandAtLeast, HealthBand::Warning);
    EXPECT_EQ(q.tag, AccountTag::Maker);
    EXPECT_TRUE(q.liquidatingOnly);
    EXPECT_EQ(q.nameContains, "0x7a");
}

TEST_F(AccountFilterTest, BlanksAndCaseDoNotMatter) {
    const AccountQuery q = parse("  HEALTH < 1.1&Market : sol-perp &  LIQ ");
    EXPECT_EQ(q.healthBelow, 1.1);
    EXPECT_EQ(q.market, TestVenue::kSol);
    EXPECT_TRUE(q.liquidatingOnly);
    EXPECT_EQ(parse("mkt:btc").market, TestVenue::kBtc);
    EXPECT_EQ(parse("equity>-5K").equityAbove, -5000);
    EXPECT_EQ(parse("gross>1B").grossAbove, 1e9);
}

TEST_F(AccountFilterTest, EveryErrorNamesItsColumn) {
    const std::vector<std::pair<const char*, const char*>> cases{
        {"helth<1.1", "column 1: no field 'helth'; did you mean 'health'?"},
        {"liq & equty>5", "column 7: no field 'equty'; did you mean 'equity'?"},
        {"health", "column 7: health takes '<' or '>=' and a figure"},
        {"equity", "column 7: equity takes '>' and a figure"},
        {"market", "column 7: market takes ':' and a word"},
        {"health>1.1", "column 7: health takes '<' or '>='"},
        {"health:1.1", "column 7: health takes '<' or '>='"},
        {"equity<10k", "column 7: equity takes '>'"},
        {"gross>=10k", "column 6: gross takes '>'"},
        {"health<", "column 8: a figure is missing"},
        {"health< & liq", "column 8: a figure is missing"},
        {"equity>10x", "column 8: '10x' is not a figure such as 1.1, 10k or 2.5M"},
        {"equity>ten", "column 8: 'ten' is not a figure such as 1.1, 10k or 2.5M"},
        {"equity>inf", "column 8: 'inf' is not a figure such as 1.1, 10k or 2.5M"},
        {"equity>1e9", "column 8: '1e9' is not a figure such as 1.1, 10k or 2.5M"},
        {"market:ETX", "column 8: no market 'ETX'; did you mean 'ETH'?"},
        {"market: ", "column 8: a word is missing after 'market:'"},
        {"market<ETH", "column 7: market takes ':' and a word"},
        {"band:warnin", "column 6: no band 'warnin'; did you mean 'warning'?"},
        {"tag:mker", "column 5: no tag 'mker'; did you mean 'maker'?"},
        {"liq:1", "column 4: liq stands alone"},
        {"<1.1", "column 1: a field is missing before '<'"},
        {"liq & & 0x", "column 7: a condition is missing"},
        {"liq &", "column 6: a condition is missing"},
        {"& liq", "column 1: a condition is missing"},
        {"liq & liq", "column 7: liq is given twice"},
        {"health<1 & health<2", "column 12: health< is given twice"},
        {"health>=1 & health>=2", "column 13: health>= is given twice"},
        {"equity>1 & equity>2", "column 12: equity> is given twice"},
        {"market:ETH & market:BTC", "column 14: market is given twice"},
        {"band:warning & band:healthy", "column 16: band is given twice"},
        {"tag:maker & tag:client", "column 13: tag is given twice"},
        {"0x7a & 0x7b", "column 8: a part of the name is given twice"},
    };
    for (const auto& [text, message] : cases)
        EXPECT_EQ(errorOf(text), message) << "'" << text << "'";
}

TEST_F(AccountFilterTest, VenueWithoutMarketsKnowsNone) {
    Engine engine;
    Projector projector;
    const Result<AccountQuery> query = parseAccountFilter("market:ETH", *projector.project(engine));
    ASSERT_FALSE(query);
    EXPECT_EQ(query.error().message, "column 8: no market 'ETH'");
}

TEST_F(AccountFilterTest, AnyBytesAreRefusedOrReadButNeverCrash) {
    for (int a = 0; a < 256; ++a) {
        for (const std::string tail : {"", "<", ":", ">=1", "&&", "health"}) {
            const std::string text = std::string(1, static_cast<char>(a)) + tail;
            const Result<AccountQuery> query = parseAccountFilter(text, *m_snapshot);
            if (!query) {
                EXPECT_TRUE(query.error().message.starts_with("column ")) << query.error().message;
            }
        }
    }
}

}  // namespace
}  // namespace breakwater::view
