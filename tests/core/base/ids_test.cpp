#include "core/base/ids.hpp"

#include <concepts>
#include <type_traits>
#include <unordered_set>

#include <gtest/gtest.h>

namespace breakwater {
namespace {

template <class A, class B>
constexpr bool kStrangers = !std::equality_comparable_with<A, B> &&
                            !std::is_constructible_v<A, B> && !std::is_assignable_v<A&, B>;
static_assert(kStrangers<AccountId, InstrumentId> && kStrangers<InstrumentId, UnderlyingId> &&
              kStrangers<AssetId, SourceId> && kStrangers<LiquidationId, CommandId>);
static_assert(!std::is_convertible_v<int, AccountId> && !std::is_convertible_v<AccountId, int> &&
                  !std::is_assignable_v<AccountId&, unsigned>,
              "a number becomes an id by name only");

template <class I>
concept HasArithmetic = requires(I id) {
    id + id;
}
|| requires(I id) { ++id; };
static_assert(!HasArithmetic<AccountId>, "the sum of two accounts means nothing");

// They are stored by the million.
static_assert(sizeof(AccountId) == 4 && sizeof(InstrumentId) == 2);

TEST(Ids, CompareAndHashByTheirNumber) {
    EXPECT_EQ(AccountId(7), AccountId(7));
    EXPECT_LT(AccountId(7), AccountId(8));
    EXPECT_EQ(AccountId().value(), 0U);
    const std::unordered_set<AccountId> seen{AccountId(1), AccountId(2), AccountId(1)};
    EXPECT_EQ(seen.size(), 2U);
    EXPECT_TRUE(seen.contains(AccountId(2)));
    EXPECT_FALSE(seen.contains(AccountId(3)));
}

}  // namespace
}  // namespace breakwater
