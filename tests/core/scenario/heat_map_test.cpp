// Every cell of a map is the outcome of its own shock.
#include "core/scenario/heat_map.hpp"

#include <gtest/gtest.h>

#include "core/scenario/what_if.hpp"
#include "core/view/test_venue.hpp"

namespace breakwater::scenario {
namespace {

using view::test::TestVenue;

std::vector<Ratio> steps(int first, int step, int count) {
    std::vector<Ratio> out;
    for (int i = 0; i < count; ++i)
        out.emplace_back(Decimal::fromRaw(10'000'000'000LL * (first + step * i)));
    return out;
}

HeatRequest requestOf(int step, Shock others = {}) {
    HeatRequest request;
    request.across = {UnderlyingId(0), steps(-10 * step, step, 21)};
    request.up = {UnderlyingId(1), steps(-6 * step, step, 13)};
    request.others = std::move(others);
    return request;
}

void expectEveryCell(const view::Snapshot& snapshot, const HeatRequest& request) {
    const std::optional<HeatMap> map = heatMap(snapshot, request);
    ASSERT_TRUE(map.has_value());
    ASSERT_EQ(map->cells.size(), request.across.moves.size() * request.up.moves.size());
    EXPECT_EQ(map->sequence, snapshot.sequence);
    for (std::size_t j = 0; j < request.up.moves.size(); ++j) {
        for (std::size_t i = 0; i < request.across.moves.size(); ++i) {
            const Outcome outcome = evaluate(snapshot, shockAt(request, i, j));
            const HeatCell& cell = map->at(i, j);
            EXPECT_EQ(cell.belowMaintenance, outcome.then.accounts[2]) << i << ' ' << j;
            EXPECT_EQ(cell.belowZero, outcome.then.accounts[3]) << i << ' ' << j;
            EXPECT_EQ(cell.shortfall, outcome.then.shortfall) << i << ' ' << j;
            EXPECT_EQ(cell.waiting, outcome.layers.waiting) << i << ' ' << j;
            EXPECT_EQ(cell.fundPaid, outcome.layers.fundPaid) << i << ' ' << j;
            EXPECT_EQ(cell.adlAsked, outcome.layers.adlAsked) << i << ' ' << j;
        }
    }
}

TEST(HeatMap, EveryCellIsItsOwnShock) {
    TestVenue venue;
    venue.capital(3e6);
    venue.openRandom(300, 77);
    venue.command(BreakerLevel::Stop, Duration::minutes(5), {TestVenue::kBtc});
    venue.tick();
    const auto snapshot = venue.project();
    expectEveryCell(*snapshot, requestOf(5));
    // With a third market moved as well, and the axes the other way round.
    HeatRequest turned = requestOf(1, Shock{{{}, {}, *Ratio::parse("-0.35")}});
    std::swap(turned.across.underlying, turned.up.underlying);
    expectEveryCell(*snapshot, turned);
}

TEST(HeatMap, DecidesExactlyWhereACellTouchesAThreshold) {
    TestVenue venue;
    // Worth 9,000 at -10 %, of which 90 must be owned: exactly so, and a cent less.
    venue.openEth(10'000, 1'090);
    venue.openEth(10'000, 1'089.99);
    venue.openEth(10'000, 1'000);  // nothing left at -10 %
    const auto snapshot = venue.project();
    const HeatRequest request = requestOf(5);
    expectEveryCell(*snapshot, request);
    const HeatCell cell = heatMap(*snapshot, request)->at(8, 6);
    EXPECT_EQ(cell.belowMaintenance, 2u);
    EXPECT_EQ(cell.belowZero, 0u);
}

TEST(HeatMap, RefusesWhatHasNoMeaning) {
    TestVenue venue;
    const auto snapshot = venue.project();
    EXPECT_TRUE(validate(requestOf(5), *snapshot).has_value());
    HeatRequest same = requestOf(5);
    same.up.underlying = same.across.underlying;
    EXPECT_FALSE(validate(same, *snapshot).has_value());
    HeatRequest unknown = requestOf(5);
    unknown.up.underlying = UnderlyingId(9);
    EXPECT_FALSE(validate(unknown, *snapshot).has_value());
    EXPECT_FALSE(validate(requestOf(10), *snapshot).has_value()) << "-100 %";
    HeatRequest none = requestOf(5);
    none.across.moves.clear();
    EXPECT_FALSE(validate(none, *snapshot).has_value());
    none.across.moves.assign(65, Ratio());
    EXPECT_FALSE(validate(none, *snapshot).has_value());
    EXPECT_FALSE(validate(requestOf(5, Shock{{{}, {}, Ratio::fromInteger(9)}}), *snapshot));
}

TEST(HeatMap, StopsWhenAsked) {
    TestVenue venue;
    std::stop_source source;
    source.request_stop();
    EXPECT_FALSE(heatMap(*venue.project(), requestOf(5), source.get_token()).has_value());
}

}  // namespace
}  // namespace breakwater::scenario
