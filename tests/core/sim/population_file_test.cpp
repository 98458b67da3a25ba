// parsePopulation and formatPopulation (core/sim/population.hpp, population_file.cpp).
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/sim/population.hpp"
#include "core/sim/random.hpp"
#include "tests/core/sim/sim_input_helpers.hpp"

namespace breakwater::sim {
namespace {

using test::money;
using test::plainRatio;
using test::price;
using test::quantity;

const std::vector<std::string> kUnderlyings{"BTC", "ETH"};
const std::string kShort = "account,kind,deposit,underlying,quantity,entry\n";
const std::string kLong =
    "account,kind,deposit,underlying,quantity,entry,free_balance,top_up_reserve,top_up_delay_s,"
    "stop_loss,dip_buy\n";

std::string refusal(const std::string& text) {
    const Result<std::vector<SimAccount>> result = parsePopulation(text, "who.csv", kUnderlyings);
    return result ? "accepted" : result.error().message;
}

TEST(PopulationFile, ReadsAccountsOfSeveralRows) {
    const Result<std::vector<SimAccount>> accounts =
        parsePopulation("# who trades\n" + kLong +
                            "alice,isolated,1200,ETH,-1.5,4020,8000,600,300,0.02,\n"
                            "fund-7,hedged,2500000,BTC,-120,117100,,,,,\n"
                            "alice,,,BTC,0.25,116900,,600,,,\n"
                            "idle.1,conservative,10,,,,,,,,0.5\n",
                        "who.csv", kUnderlyings);
    ASSERT_TRUE(accounts) << accounts.error().message;
    const std::vector<SimAccount> expected{
        {"alice",
         ClientKind::Isolated,
         money("1200"),
         {{0, quantity("0.25"), price("116900")}, {1, quantity("-1.5"), price("4020")}},
         {money("8000"), money("600"), Duration::seconds(300), plainRatio("0.02"), Ratio()}},
        {"fund-7",
         ClientKind::Hedged,
         money("2500000"),
         {{0, quantity("-120"), price("117100")}},
         {}},
        {"idle.1",
         ClientKind::Conservative,
         money("10"),
         {},
         {Money(), Money(), Duration(), Ratio(), plainRatio("0.5")}}};
    EXPECT_EQ(*accounts, expected);
}

TEST(PopulationFile, OptionalColumnsMayBeAbsentAndAReserveAloneIsTheFreeBalance) {
    const Result<std::vector<SimAccount>> accounts = parsePopulation(
        "top_up_reserve,account,kind,deposit,underlying,quantity,entry\n"
        "50,a,cross,100,BTC,1,5\n",
        "who.csv", kUnderlyings);
    ASSERT_TRUE(accounts) << accounts.error().message;
    EXPECT_EQ(accounts->front().behaviour.freeBalance, money("50"));
    EXPECT_EQ(accounts->front().behaviour.topUpReserve, money("50"));
}

TEST(PopulationFile, WhatIsWrittenReadsBackTheSame) {
    PopulationOptions options;
    options.accounts = 2'000;
    const std::vector<LeverageTier> tiers{{money("0"), plainRatio("50")}};
    options.markets = {{"BTC", price("116863.4"), price("0.1"), quantity("0.00001"), tiers, 0.0},
                       {"ETH", price("4012.53"), price("0.01"), quantity("0.0001"), tiers, 0.0}};
    std::vector<SimAccount> accounts = generatePopulation(options).value();
    SimAccount idle;
    idle.name = "nobody";
    idle.deposit = money("1");
    accounts.push_back(idle);
    const std::string text = formatPopulation(accounts, kUnderlyings);
    const Result<std::vector<SimAccount>> again = parsePopulation(text, "who.csv", kUnderlyings);
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(*again, accounts);
    EXPECT_EQ(formatPopulation(*again, kUnderlyings), text);
}

TEST(PopulationFile, RefusesBadColumnsAndEmptyFiles) {
    EXPECT_EQ(refusal(""), "who.csv:1:1: the file is empty");
    EXPECT_EQ(refusal("# only this\n"),
              "who.csv:1:1: the file has no column line (account,kind,...)");
    EXPECT_EQ(refusal(kShort), "who.csv:1:47: there is no account in the file");
    EXPECT_EQ(refusal("account,kind,deposit,underlying,quantity\n"),
              "who.csv:1:41: column 'entry' is missing");
    EXPECT_TRUE(
        refusal("account,password\n")
            .starts_with("who.csv:1:9: column 'password' is not known here (known: account"));
    EXPECT_EQ(refusal(kShort + "a,cross,1,BTC,1\n"),
              "who.csv:2:16: the line has 5 fields where the columns are 6");
    EXPECT_EQ(refusal(kShort + "a,cross,1,BTC,1,5"),
              "who.csv:2:18: the last line is not ended, so the file may be cut off");
}

TEST(PopulationFile, RefusesBadFigures) {
    const auto row = [](const std::string& text) { return refusal(kShort + text + "\n"); };
    EXPECT_EQ(row("a b,cross,1,BTC,1,5"),
              "who.csv:2:1: account 'a b' is not 1 to 32 letters, digits, '_', '-', '.'");
    EXPECT_EQ(row(",cross,1,BTC,1,5"),
              "who.csv:2:1: account '' is not 1 to 32 letters, digits, '_', '-', '.'");
    EXPECT_EQ(row("a,whale,1,BTC,1,5"),
              "who.csv:2:3: kind 'whale' is not isolated, cross, hedged or conservative");
    EXPECT_EQ(row("a,cross,0,BTC,1,5"), "who.csv:2:9: deposit must be above 0, not '0'");
    EXPECT_EQ(row("a,cross,inf,BTC,1,5"), "who.csv:2:9: deposit 'inf' is not a decimal number");
    EXPECT_EQ(row("a,cross,1,DOGE,1,5"),
              "who.csv:2:11: underlying 'DOGE' is not in this play (BTC, ETH)");
    EXPECT_EQ(row("a,cross,1,BTC,0,5"), "who.csv:2:15: quantity must not be 0");
    EXPECT_EQ(row("a,cross,1,BTC,nan,5"), "who.csv:2:15: quantity 'nan' is not a decimal number");
    EXPECT_EQ(row("a,cross,1,BTC,1,-5"), "who.csv:2:17: entry must be above 0, not '-5'");
    EXPECT_EQ(row("a,cross,1,BTC,1,"), "who.csv:2:17: entry '' is not a decimal number");
    EXPECT_EQ(row("a,cross,1,,1,5"), "who.csv:2:11: underlying '' is not in this play (BTC, ETH)");
    EXPECT_EQ(row("a,cross,1,BTC,-100000000,100000000"),
              "who.csv:2:15: quantity x entry is out of range (at most 1e15)");
}

TEST(PopulationFile, RefusesBadHabits) {
    const auto row = [](const std::string& habits) {
        return refusal(kLong + "a,cross,1,BTC,1,5," + habits + "\n");
    };
    EXPECT_EQ(row("10,20,,,"), "who.csv:2:22: top_up_reserve 20 is above free_balance 10");
    EXPECT_EQ(row("-1,,,,"), "who.csv:2:19: free_balance must not be below 0, as '-1'");
    EXPECT_EQ(row(",,soon,,"), "who.csv:2:21: top_up_delay_s 'soon' is not a whole number");
    EXPECT_EQ(row(",,9999999,,"), "who.csv:2:21: top_up_delay_s '9999999' is above 2592000");
    EXPECT_EQ(row(",,,-0.1,"), "who.csv:2:22: stop_loss must not be below 0, as '-0.1'");
    EXPECT_EQ(row(",,,,x"), "who.csv:2:23: dip_buy 'x' is not a decimal number");
}

TEST(PopulationFile, RefusesRowsOfOneAccountThatContradictEachOther) {
    const std::string first = kLong + "a,cross,100,BTC,1,5,50,20,60,0.1,0.2\n";
    EXPECT_EQ(refusal(first + "a,cross,100.0,ETH,1,5,50,20,60,0.10,0.2\n"), "accepted");
    EXPECT_EQ(refusal(first + "a,,,BTC,1,5,,,,,\n"),
              "who.csv:3:5: account a has two positions in BTC");
    EXPECT_EQ(refusal(first + "a,hedged,,ETH,1,5,,,,,\n"),
              "who.csv:3:3: kind 'hedged' differs from the first row of account a");
    EXPECT_EQ(refusal(first + "a,,101,ETH,1,5,,,,,\n"),
              "who.csv:3:4: deposit '101' differs from the first row of account a");
    EXPECT_EQ(refusal(first + "a,,,ETH,1,5,,,61,,\n"),
              "who.csv:3:15: top_up_delay_s '61' differs from the first row of account a");
    EXPECT_EQ(refusal(first + "a,,,,,,,,,,\n"),
              "who.csv:3:5: underlying '' is not in this play (BTC, ETH)");
}

TEST(PopulationFile, DamagedBytesNeverGetThrough) {
    const std::string text = kLong +
                             "alice,isolated,1200,ETH,-1.5,4020,8000,600,300,0.02,\n"
                             "alice,,,BTC,0.25,116900,,600,,,\n";
    Random random(44, 1);
    for (int i = 0; i < 10'000; ++i) {
        std::string damaged = text;
        damaged[random.uniformInt(damaged.size())] = static_cast<char>(random.uniformInt(256));
        const Result<std::vector<SimAccount>> result =
            parsePopulation(damaged, "who.csv", kUnderlyings);
        if (!result) {
            EXPECT_TRUE(result.error().message.starts_with("who.csv:"));
        }
    }
}

}  // namespace
}  // namespace breakwater::sim
