#include "core/model/account_book.hpp"

#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "tests/core/model/sample.hpp"
#include "tests/core/num/oracle.hpp"

namespace breakwater {
namespace {

using test::Draw;
using test::money;
using test::quantity;

constexpr std::uint64_t kSeed = 20251010;
constexpr AssetId kUsdc{1};

AccountId at(std::uint32_t n) { return AccountId(n); }
InstrumentId market(std::uint16_t n) { return InstrumentId(n); }

AccountBook bookOf(std::uint32_t accounts) {
    AccountBook book;
    for (std::uint32_t i = 0; i < accounts; ++i) {
        book.open("account " + std::to_string(i), AccountTag::Client);
    }
    return book;
}

TEST(AccountBook, GivesDenseIdsAndRemembersNamesAndTags) {
    AccountBook book;
    EXPECT_EQ(book.open("north", AccountTag::Maker), at(0));
    EXPECT_EQ(book.open("south", AccountTag::Client), at(1));
    EXPECT_EQ(book.size(), 2u);
    EXPECT_TRUE(book.has(at(1)));
    EXPECT_FALSE(book.has(at(2)));
    EXPECT_EQ(book.nameOf(at(0)), "north");
    EXPECT_EQ(book.at(at(0)).tag, AccountTag::Maker);
}

TEST(AccountBook, KeepsLegsSortedByInstrument) {
    AccountBook book = bookOf(1);
    for (const std::uint16_t m : std::vector<std::uint16_t>{7, 2, 9, 4, 1, 8, 3}) {
        book.setLeg(at(0), market(m), quantity("1"), money(std::to_string(m)));
    }
    book.setLeg(at(0), market(4), Quantity(), Money());
    book.setLeg(at(0), market(9), quantity("-2"), money("-90"));
    std::vector<std::uint16_t> seen;
    for (const Leg& leg : book.legs(at(0)))
        seen.push_back(leg.instrument.value());
    EXPECT_EQ(seen, (std::vector<std::uint16_t>{1, 2, 3, 7, 8, 9}));
    EXPECT_EQ(book.leg(at(0), market(9))->quantity, quantity("-2"));
    EXPECT_EQ(book.leg(at(0), market(4)), nullptr);
}

TEST(AccountBook, HoldsAsManyLegsAsItPromises) {
    AccountBook book = bookOf(2);
    for (std::uint16_t m = 0; m < AccountBook::kMaxLegs; ++m) {
        book.setLeg(at(0), market(static_cast<std::uint16_t>(254 - m)), quantity("1"), money("1"));
        book.setLeg(at(1), market(m), quantity("-1"), money("-1"));
    }
    EXPECT_EQ(book.legs(at(0)).size(), AccountBook::kMaxLegs);
    EXPECT_TRUE(
        std::is_sorted(book.legs(at(0)).begin(), book.legs(at(0)).end(),
                       [](const Leg& a, const Leg& b) { return a.instrument < b.instrument; }));
    EXPECT_EQ(book.legs(at(1))[254].quantity, quantity("-1"));
}

TEST(AccountBook, SideBalancesAddUpAndVanishAtZero) {
    AccountBook book = bookOf(3);
    book.addSideBalance(at(1), kUsdc, money("5"));
    book.addSideBalance(at(2), kUsdc, money("7"));
    book.addSideBalance(at(1), AssetId(2), money("1"));
    book.addSideBalance(at(1), kUsdc, money("-2"));
    EXPECT_EQ(book.sideBalance(at(1), kUsdc), money("3"));
    EXPECT_EQ(book.sideBalance(at(0), kUsdc), money("0"));
    EXPECT_EQ(book.sideBalances(at(1)).size(), 2u);
    book.addSideBalance(at(1), kUsdc, money("-3"));
    EXPECT_EQ(book.sideBalances(at(1)).size(), 1u);
    EXPECT_EQ(book.sideBalance(at(2), kUsdc), money("7"));
}

TEST(AccountBook, AFrozenChunkNeverChanges) {
    AccountBook book = bookOf(1'500);  // two chunks
    book.setLeg(at(3), market(1), quantity("2"), money("20"));
    book.addSideBalance(at(3), kUsdc, money("9"));
    const AccountChunks frozen = book.freeze();
    const AccountChunk before = *frozen[0];  // its contents, copied; names are shared

    book.edit(at(3)).cash = money("100");
    book.setLeg(at(3), market(1), quantity("5"), money("50"));
    book.setLeg(at(3), market(0), quantity("1"), money("10"));
    book.addSideBalance(at(3), kUsdc, money("-9"));
    book.open("late", AccountTag::Maker);

    EXPECT_EQ(frozen[0]->accounts[3].cash, Money());
    ASSERT_EQ(frozen[0]->legsOf(3).size(), 1u);
    EXPECT_EQ(frozen[0]->legsOf(3)[0], (Leg{market(1), quantity("2"), money("20")}));
    ASSERT_EQ(frozen[0]->sideBalances.size(), 1u);
    EXPECT_EQ(frozen[0]->sideBalances[0].amount, money("9"));
    EXPECT_TRUE(std::equal(before.legs.begin(), before.legs.end(), frozen[0]->legs.begin(),
                           frozen[0]->legs.end()));
    EXPECT_EQ(frozen[1]->accounts.size(), 1'500u - AccountChunk::kSize);
    EXPECT_EQ(frozen[1]->names->size(), 1'500u - AccountChunk::kSize)
        << "the late account is not in it";
    EXPECT_EQ(book.nameOf(at(1'500)), "late");
}

TEST(AccountBook, SharesTheChunksThatNobodyTouched) {
    AccountBook book = bookOf(3 * 1'024);
    const AccountChunks first = book.freeze();
    book.edit(at(1'024)).cash = money("1");
    const AccountChunks second = book.freeze();
    EXPECT_EQ(first[0], second[0]);
    EXPECT_NE(first[1], second[1]);
    EXPECT_EQ(first[2], second[2]);
    EXPECT_EQ(first[1]->names, second[1]->names) << "names are copied only when one is added";
}

// A what-if runs on a copy of the state while the venue goes on.
TEST(AccountBook, ACopyIsIndependentInBothDirections) {
    AccountBook book = bookOf(2);
    book.setLeg(at(0), market(0), quantity("1"), money("10"));
    AccountBook copy = book;
    book.edit(at(0)).cash = money("7");
    book.setLeg(at(0), market(0), quantity("3"), money("30"));
    copy.edit(at(1)).cash = money("5");
    copy.open("only in the copy", AccountTag::Client);
    EXPECT_EQ(copy.at(at(0)).cash, Money());
    EXPECT_EQ(copy.leg(at(0), market(0))->quantity, quantity("1"));
    EXPECT_EQ(book.at(at(1)).cash, Money());
    EXPECT_EQ(book.size(), 2u);
    EXPECT_EQ(copy.nameOf(at(2)), "only in the copy");

    AccountBook assigned;
    assigned = book;
    assigned.edit(at(0)).cash = money("1");
    EXPECT_EQ(book.at(at(0)).cash, money("7"));
}

TEST(AccountBook, DigestDependsOnTheContentsAndNotOnTheirHistory) {
    AccountBook straight = bookOf(1'100);
    AccountBook winding = bookOf(1'100);
    (void)winding.digest();
    straight.setLeg(at(1'050), market(2), quantity("1"), money("3"));
    straight.setLeg(at(1'050), market(5), quantity("-1"), money("-4"));
    straight.edit(at(9)).cash = money("12");

    for (std::uint16_t m = 0; m < 12; ++m)
        winding.setLeg(at(1'050), market(m), quantity("9"), money("1"));
    const AccountChunks held = winding.freeze();
    winding.setLeg(at(1'050), market(2), quantity("1"), money("3"));
    winding.edit(at(9)).cash = money("5");
    (void)winding.digest();
    for (std::uint16_t m = 0; m < 12; ++m) {
        if (m != 2 && m != 5) winding.setLeg(at(1'050), market(m), Quantity(), Money());
    }
    winding.setLeg(at(1'050), market(5), quantity("-1"), money("-4"));
    winding.addSideBalance(at(4), kUsdc, money("3"));
    winding.addSideBalance(at(4), kUsdc, money("-3"));
    winding.edit(at(9)).cash = money("12");
    EXPECT_EQ(winding.digest(), straight.digest());

    straight.edit(at(9)).band = HealthBand::Warning;
    EXPECT_NE(winding.digest(), straight.digest());
}

TEST(AccountBook, DigestSeesEveryField) {
    const Digest empty = bookOf(2).digest();
    const auto differs = [&](auto change) {
        AccountBook book = bookOf(2);
        (void)book.digest();
        change(book);
        return book.digest() != empty;
    };
    EXPECT_TRUE(differs([](AccountBook& b) { b.edit(at(1)).cash = Money(Decimal::fromRaw(1)); }));
    EXPECT_TRUE(
        differs([](AccountBook& b) { b.edit(at(1)).fundAdvanced = Money(Decimal::fromRaw(1)); }));
    EXPECT_TRUE(differs([](AccountBook& b) { b.edit(at(1)).liquidation = LiquidationId(1); }));
    EXPECT_TRUE(differs([](AccountBook& b) { b.edit(at(1)).tag = AccountTag::Maker; }));
    EXPECT_TRUE(differs([](AccountBook& b) { b.edit(at(1)).band = HealthBand::BelowZero; }));
    EXPECT_TRUE(
        differs([](AccountBook& b) { b.setLeg(at(1), market(0), quantity("1"), Money()); }));
    EXPECT_TRUE(differs([](AccountBook& b) { b.addSideBalance(at(1), kUsdc, money("1")); }));
    EXPECT_TRUE(differs([](AccountBook& b) { b.open("", AccountTag::Client); }));
}

// A thousand accounts edited at random while snapshots are taken, against a plain map.
TEST(AccountBook, AgreesWithAPlainMapOverRandomEdits) {
    SCOPED_TRACE(kSeed);
    Draw draw(kSeed);
    AccountBook book = bookOf(2'000);
    std::map<std::pair<std::uint32_t, std::uint16_t>, Leg> plain;
    std::vector<std::pair<AccountChunks, Digest>> held;
    for (int i = 0; i < 50'000; ++i) {
        const auto account = static_cast<std::uint32_t>(draw.word() % 2'000);
        const auto m = static_cast<std::uint16_t>(draw.word() % 12);
        const bool removes = draw.between(0, 3) == 0;
        const Quantity size =
            removes ? Quantity() : Quantity(Decimal::fromInteger(draw.between(1, 99)));
        const Money cost = removes ? Money() : Money(Decimal::fromInteger(draw.between(-99, 99)));
        book.setLeg(at(account), market(m), size, cost);
        if (removes) {
            plain.erase({account, m});
        } else {
            plain[{account, m}] = Leg{market(m), size, cost};
        }
        if (i % 5'000 == 0) held.emplace_back(book.freeze(), book.digest());
    }
    std::vector<Leg> expected, seen;
    for (const auto& [key, leg] : plain)
        expected.push_back(leg);
    for (std::uint32_t a = 0; a < 2'000; ++a) {
        for (const Leg& leg : book.legs(at(a)))
            seen.push_back(leg);
    }
    EXPECT_EQ(seen, expected);
}

TEST(AccountBook, EncodesAndDecodesWholeAndRefusesEveryTruncation) {
    AccountBook book = bookOf(1'030);
    book.setLeg(at(2), market(1), quantity("2"), money("20"));
    book.addSideBalance(at(1'029), kUsdc, money("9"));
    book.edit(at(5)).liquidation = LiquidationId(3);
    std::vector<std::uint8_t> bytes;
    book.encode(bytes);
    Result<AccountBook> again = AccountBook::decode(Bytes(bytes));
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->digest(), book.digest());
    EXPECT_EQ(again->size(), 1'030u);
    again->setLeg(at(2), market(0), quantity("1"), money("1"));  // goes on where the other stood
    book.setLeg(at(2), market(0), quantity("1"), money("1"));
    EXPECT_EQ(again->digest(), book.digest());
    again->open("next", AccountTag::Client);
    EXPECT_EQ(again->nameOf(at(1'030)), "next");

    for (std::size_t n = 0; n < bytes.size(); n += n < 200 ? 1 : 37) {
        ASSERT_FALSE(AccountBook::decode(Bytes(bytes).first(n))) << n;
    }
    bytes.push_back(0);
    EXPECT_FALSE(AccountBook::decode(Bytes(bytes)));
}

}  // namespace
}  // namespace breakwater
