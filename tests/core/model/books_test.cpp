#include "core/model/books.hpp"

#include <gtest/gtest.h>

#include "tests/core/model/sample.hpp"
#include "tests/core/num/oracle.hpp"

namespace breakwater {
namespace {

using test::Draw;
using test::money;
using test::price;
using test::quantity;

constexpr std::uint64_t kSeed = 20251010;
constexpr InstrumentId kEth{0};
constexpr AccountId kTaker{0}, kMaker{1};

Books booksOf(std::uint32_t accounts, std::size_t assets = 1) {
    Books books(assets);
    for (std::uint32_t i = 0; i < accounts; ++i)
        books.accounts().open("a", AccountTag::Client);
    return books;
}

struct Position {
    const char* quantity;
    const char* cost;
    const char* cash;
};

void expectPosition(const Books& books, AccountId account, const Position& expected) {
    const Leg* leg = books.accounts().leg(account, kEth);
    EXPECT_EQ(leg != nullptr ? leg->quantity : Quantity(), quantity(expected.quantity));
    EXPECT_EQ(leg != nullptr ? leg->cost : Money(), money(expected.cost));
    EXPECT_EQ(books.accounts().at(account).cash, money(expected.cash));
}

TEST(Books, OpeningAddingPartialCloseFlipAndCloseByHand) {
    Books books = booksOf(2);
    struct Trade {
        const char* quantity;
        const char* price;
        Position taker;
    };
    for (const Trade& t : std::vector<Trade>{
             {"2", "100", {"2", "200", "0"}},       // opens
             {"2", "150", {"4", "500", "0"}},       // adds: 125 on average
             {"-1", "130", {"3", "375", "5"}},      // closes a quarter: 130 - 125
             {"-5", "120", {"-2", "-240", "-10"}},  // closes 3 at -5 each, opens 2 short at 120
             {"1", "110", {"-1", "-120", "0"}},     // the short gains 10
             {"1", "120", {"0", "0", "0"}},         // flat
         }) {
        books.trade(kEth, kTaker, kMaker, quantity(t.quantity), price(t.price));
        SCOPED_TRACE(t.quantity);
        expectPosition(books, kTaker, t.taker);
        EXPECT_TRUE(books.balanced());
        EXPECT_TRUE(books.cellsMatchTotals());
    }
}

TEST(Books, RoundsTheNotionalOnceForBothSides) {
    Books books = booksOf(2);
    // 0.0000001 x 0.0000123 = 1.23e-12: one unit, the rest does not exist.
    const Money value =
        books.trade(kEth, kTaker, kMaker, quantity("0.0000001"), price("0.0000123"));
    EXPECT_EQ(value, money("0.000000000001"));
    EXPECT_EQ(books.accounts().leg(kTaker, kEth)->cost, money("0.000000000001"));
    EXPECT_EQ(books.accounts().leg(kMaker, kEth)->cost, money("-0.000000000001"));
    EXPECT_TRUE(books.balanced());
}

TEST(Books, EveryMovementHasTwoSides) {
    Books books = booksOf(2, 2);
    const auto totalOf = [&](BookClass c) {
        return books.totals(Books::kSettlement)[static_cast<std::size_t>(c)];
    };
    books.deposit(kTaker, Books::kSettlement, money("100"));
    books.deposit(kTaker, AssetId(1), money("40"));
    books.deposit(kTaker, AssetId(1), money("-15"));
    books.capitaliseFund(Books::kSettlement, money("50"));
    books.accountToFees(kTaker, money("1"));
    books.accountToFund(kTaker, money("2"));
    books.fundToAccount(kMaker, money("20"));
    books.accountToAdl(kTaker, money("3"));
    books.adlToAccount(kMaker, money("3"));
    books.accountToSocialised(kTaker, money("5"));
    books.socialisedToAccount(kMaker, money("4"));
    books.socialisedToFund(money("1"));

    EXPECT_EQ(books.accounts().at(kTaker).cash, money("89"));
    EXPECT_EQ(books.accounts().at(kMaker).cash, money("27"));
    EXPECT_EQ(books.accounts().sideBalance(kTaker, AssetId(1)), money("25"));
    EXPECT_EQ(books.fund(), money("33"));
    EXPECT_EQ(books.fees(), money("1"));
    EXPECT_EQ(totalOf(BookClass::Adl), money("0"));
    EXPECT_EQ(totalOf(BookClass::Socialised), money("0"));
    EXPECT_EQ(totalOf(BookClass::External), money("-150"));
    EXPECT_TRUE(books.balanced());
    EXPECT_TRUE(books.cellsMatchTotals());
}

TEST(Books, NoticesACellThatNobodyPosted) {
    Books books = booksOf(2);
    books.accounts().edit(kTaker).cash = money("1");  // past the books
    EXPECT_FALSE(books.cellsMatchTotals());
}

// 100,000 trades of every shape: nothing appears, nothing is lost, to the last unit.
TEST(Books, ConserveOverRandomTrades) {
    SCOPED_TRACE(kSeed);
    constexpr std::uint32_t kAccounts = 40;
    constexpr std::uint16_t kMarkets = 5;
    Draw draw(kSeed);
    Books books = booksOf(kAccounts);
    Money deposited;
    for (std::uint32_t i = 0; i < kAccounts; ++i) {
        const Money amount(Decimal::fromRaw(draw.number(60)));
        books.deposit(AccountId(i), Books::kSettlement, amount);
        deposited += amount;
    }
    int flips = 0, partials = 0;
    for (int i = 0; i < 100'000; ++i) {
        const AccountId taker(static_cast<std::uint32_t>(draw.word() % kAccounts));
        const AccountId maker(
            (taker.value() + 1 + static_cast<std::uint32_t>(draw.word() % (kAccounts - 1))) %
            kAccounts);
        const InstrumentId market(static_cast<std::uint16_t>(draw.word() % kMarkets));
        const Price at(Decimal::fromRaw(draw.number(draw.between(30, 56))).abs());
        Quantity size(Decimal::fromRaw(draw.number(draw.between(20, 45))));
        const Leg* leg = books.accounts().leg(taker, market);
        if (leg != nullptr && draw.between(0, 9) == 0) size = -leg->quantity;  // exactly flat
        if (leg != nullptr && leg->quantity.isNegative() != size.isNegative()) {
            ++(size.abs() > leg->quantity.abs() ? flips : partials);
        }
        const Money value = books.trade(market, taker, maker, size, at);
        ASSERT_EQ(value, notional(size, at, Round::TowardZero));
        ASSERT_TRUE(books.balanced()) << i;
        if (i % 1'000 == 0) {
            ASSERT_TRUE(books.cellsMatchTotals()) << i;
        }
        if (books.accounts().leg(taker, market) == nullptr) continue;
        ASSERT_FALSE(books.accounts().leg(taker, market)->quantity.isZero());
    }
    EXPECT_GT(flips, 1'000);
    EXPECT_GT(partials, 1'000);
    // At any price the accounts together own what they deposited: what one side gains the
    // other loses. cash - cost needs no price, because the contracts add up to nothing.
    Money owned;
    std::vector<Quantity> open(kMarkets);
    for (std::uint32_t i = 0; i < kAccounts; ++i) {
        owned += books.accounts().at(AccountId(i)).cash;
        for (const Leg& leg : books.accounts().legs(AccountId(i))) {
            owned -= leg.cost;
            open[leg.instrument.value()] += leg.quantity;
        }
    }
    EXPECT_EQ(owned, deposited);
    for (const Quantity q : open)
        EXPECT_EQ(q, Quantity());
}

TEST(Books, EncodeAndDecodeWholeAndRefuseEveryTruncation) {
    Books books = booksOf(3, 2);
    books.deposit(kTaker, Books::kSettlement, money("10"));
    books.deposit(kMaker, AssetId(1), money("-3"));
    books.capitaliseFund(AssetId(1), money("8"));
    books.trade(kEth, kTaker, kMaker, quantity("2"), price("3.5"));
    std::vector<std::uint8_t> bytes;
    books.encode(bytes);
    const Result<Books> again = Books::decode(Bytes(bytes));
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->digest(), books.digest());
    EXPECT_EQ(again->fund(AssetId(1)), money("8"));
    EXPECT_TRUE(again->balanced());
    EXPECT_TRUE(again->cellsMatchTotals());
    for (std::size_t n = 0; n < bytes.size(); ++n)
        ASSERT_FALSE(Books::decode(Bytes(bytes).first(n))) << n;
    bytes.push_back(0);
    EXPECT_FALSE(Books::decode(Bytes(bytes)));
}

}  // namespace
}  // namespace breakwater
