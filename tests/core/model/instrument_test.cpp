#include "core/model/instrument.hpp"

#include <functional>

#include <gtest/gtest.h>

#include "tests/core/model/sample.hpp"

namespace breakwater {
namespace {

using test::dec;
using test::money;
using test::ratioOf;

TEST(MarginTiers, DeductionsCloseTheStepAtEveryEdge) {
    const std::vector<MarginTier> tiers = test::threeTiers();
    EXPECT_EQ(tiers[0].maintenanceDeduction, money("0"));
    EXPECT_EQ(tiers[1].maintenanceDeduction, money("1500"));   // 100,000 x (2.5 % - 1 %)
    EXPECT_EQ(tiers[2].maintenanceDeduction, money("26500"));  // + 1,000,000 x (5 % - 2.5 %)
    EXPECT_EQ(tiers[1].initialDeduction, money("3000"));
    EXPECT_EQ(tiers[2].initialDeduction, money("53000"));
}

TEST(Instrument, TheSampleIsAccepted) { EXPECT_TRUE(validate(test::instrument(0, "ETH", 0))); }

TEST(Instrument, EveryRefusalNamesItsField) {
    struct Case {
        const char* says;
        std::function<void(Instrument&)> spoil;
    };
    const Decimal most = Decimal::fromRaw(static_cast<Int128>((UInt128{1} << 127) - 1));
    for (const Case& c : std::vector<Case>{
             {"needs a symbol", [](Instrument& i) { i.symbol.clear(); }},
             {"needs a symbol and a code", [](Instrument& i) { i.code.clear(); }},
             {"tick must be above zero", [](Instrument& i) { i.tick = Price(); }},
             {"lot must be above zero", [](Instrument& i) { i.lot = test::quantity("-1"); }},
             {"taker fee", [](Instrument& i) { i.takerFee = ratioOf("1"); }},
             {"taker fee", [](Instrument& i) { i.takerFee = ratioOf("-0.1"); }},
             {"no margin tier", [](Instrument& i) { i.tiers.clear(); }},
             {"tier 1 maintenance rate",
              [](Instrument& i) { i.tiers[0].maintenanceRate = Ratio(); }},
             {"tier 3 initial rate must be at most 1",
              [](Instrument& i) { i.tiers[2].initialRate = ratioOf("1.01"); }},
             {"tier 2 initial rate must be at least 1.2 x",
              [](Instrument& i) { i.tiers[1].initialRate = ratioOf("0.0299"); }},
             {"tier 2 must not be below", [](Instrument& i) { i.tiers[1].upTo = money("100000"); }},
             {"tier 2 must not be below",
              [](Instrument& i) { i.tiers[1].maintenanceRate = ratioOf("0.009"); }},
             {"tier 3 must not be below",
              [](Instrument& i) {
                  i.tiers[2].initialRate = ratioOf("0.06");
                  i.tiers[2].maintenanceRate = ratioOf("0.02");
              }},
             {"tier 2 deductions leave a step",
              [](Instrument& i) { i.tiers[1].maintenanceDeduction = money("1499"); }},
             {"tier 3 deductions leave a step",
              [](Instrument& i) { i.tiers[2].initialDeduction = money("53000.000000000001"); }},
             // Figures from a spoiled record: refused, never multiplied.
             {"tier 1 initial rate", [&](Instrument& i) { i.tiers[0].initialRate = Ratio(most); }},
             {"tier 2", [&](Instrument& i) { i.tiers[1].maintenanceRate = Ratio(most); }},
             {"tier 2",
              [&](Instrument& i) {
                  i.tiers[1].upTo = Money(most);
                  i.tiers[2].maintenanceRate = Ratio(most);
              }},
             {"tier 1", [&](Instrument& i) { i.tiers[0].upTo = Money(-most); }},
             {"tick", [&](Instrument& i) { i.tick = Price(most); }},
             {"lot", [&](Instrument& i) { i.lot = Quantity(most); }},
         }) {
        Instrument instrument = test::instrument(0, "ETH", 0);
        c.spoil(instrument);
        const Result<void> verdict = validate(instrument);
        ASSERT_FALSE(verdict) << c.says;
        EXPECT_EQ(verdict.error().code, ErrorCode::InvalidArgument);
        EXPECT_NE(verdict.error().message.find(c.says), std::string::npos)
            << verdict.error().message << "\n  not: " << c.says;
    }
}

}  // namespace
}  // namespace breakwater
