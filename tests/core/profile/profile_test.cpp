#include "core/profile/profile.hpp"

#include <string>

#include <gtest/gtest.h>

#include "tests/core/event/golden_file.hpp"
#include "tests/core/num/exact.hpp"

namespace breakwater {
namespace {

using test::ratioOf;

const std::string kText = test::readFile(test::sourcePath("resources/profiles/breakwater.json"));

TEST(Profile, TheEmbeddedVenuesFileLoads) {
    const Result<Profile> profile = parseProfile(kText, "breakwater.json");
    ASSERT_TRUE(profile) << profile.error().message;
    EXPECT_EQ(profile->name, "breakwater");
    EXPECT_EQ(profile->step, Duration::seconds(1));
    EXPECT_EQ(profile->sources.size(), 5u);
    EXPECT_EQ(profile->quorum, 3);
    EXPECT_EQ(profile->warningFactor, ratioOf("1.1"));
    ASSERT_EQ(profile->levels.size(), 3u) << "no auction on this venue";
    EXPECT_EQ(profile->termsOf(BreakerLevel::Auction), nullptr);
    EXPECT_EQ(profile->termsOf(BreakerLevel::Stop)->longest, Duration::minutes(5));
    EXPECT_EQ(profile->stepBelow(BreakerLevel::Stop), BreakerLevel::Restrict);
    EXPECT_EQ(profile->stepBelow(BreakerLevel::Restrict), BreakerLevel::Tighten);
    EXPECT_EQ(profile->stepBelow(BreakerLevel::Tighten), BreakerLevel::Normal);
    EXPECT_TRUE(validate(*profile));
}

TEST(Profile, DigestSeesAChangedFigure) {
    const Profile profile = parseProfile(kText, "breakwater.json").value();
    Profile other = profile;
    EXPECT_EQ(digestOf(profile), digestOf(other));
    other.moveRules[1].confirmations = 3;
    EXPECT_NE(digestOf(profile), digestOf(other));
}

// The file's text with one passage replaced; a passage that is not there is the test's mistake.
std::string with(const std::string& passage, const std::string& instead) {
    std::string text = kText;
    const std::size_t at = text.find(passage);
    EXPECT_NE(at, std::string::npos) << passage;
    if (at != std::string::npos) text.replace(at, passage.size(), instead);
    return text;
}

TEST(Profile, EveryRefusalNamesTheFileAndTheField) {
    struct Case {
        const char* passage;
        const char* instead;
        const char* says;
    };
    for (const Case& c : std::vector<Case>{
             {"{", "", "is not a JSON object"},
             {R"("name": "breakwater",)", "", "'name' is missing"},
             {R"("step": 1,)", R"("step": 1, "stepp": 2,)", "'stepp' is not a known field"},
             {R"("step": 1,)", R"("step": 1, "step": 2,)", "'step' appears twice"},
             {R"("renewals": 3)", R"("renewals": -1)",
              "'renewals' must be a whole number in range"},
             {R"("small_leg": "1000")", R"("small_leg": "1 000")",
              "'small_leg' must be a decimal figure"},
             {R"({"level": "tighten", )", R"({"level": "tight", )",
              "must be one of: normal, tighten"},
             {R"("trip_at": "0.05", )", "", "'move_rules[0].trip_at' is missing"},
             {R"("haircut": "0.02")", R"("haircut": "0.02", "cap": 1)",
              "'assets[1].cap' is not a known field"},

             {R"("breakwater")", R"("")", "name is empty"},
             {R"("step": 1,)", R"("step": 0,)", "step must be above zero"},
             {R"(["alder", "birch", "cedar", "douglas", "elm"])", "[]", "needs 1 to 32 sources"},
             {R"("quorum": 3)", R"("quorum": 0)", "quorum must be between 1"},
             {R"("quorum": 3)", R"("quorum": 6)", "quorum must be between 1"},
             {R"("source_stale_after": 5)", R"("source_stale_after": 0)",
              "source_stale_after must be above zero"},
             {R"([{"symbol": "USD", "haircut": "0"}, {"symbol": "USDC", "haircut": "0.02"}])", "[]",
              "assets must name the settlement asset"},
             {R"("USDC")", R"("")", "assets need a symbol"},
             {R"("haircut": "0.02")", R"("haircut": "1")", "a haircut in [0, 1)"},
             {R"("haircut": "0")", R"("haircut": "0.01")", "the settlement asset has no haircut"},
             {R"("warning_factor": "1.1")", R"("warning_factor": "0.99")",
              "warning_factor must be in [1, 1.2]"},
             {R"("warning_factor": "1.1")", R"("warning_factor": "1.21")",
              "warning_factor must be in [1, 1.2]"},
             {R"("funding_cap": "0.0005")", R"("funding_cap": "-0.1")", "funding_cap"},
             {R"("funding_cap": "0.0005")", R"("funding_cap": "1.1")", "funding_cap"},
             {R"("funding_interval": 3600)", R"("funding_interval": 0)", "funding_interval"},
             {R"("target_health": "1.25")", R"("target_health": "1.09")",
              "target_health must be at least warning_factor"},
             {R"("target_health": "1.25")", R"("target_health": "1000000")", "target_health"},
             {R"("step_fraction": "0.2")", R"("step_fraction": "0")",
              "step_fraction must be in (0, 1]"},
             {R"("step_fraction": "0.2")", R"("step_fraction": "1.01")",
              "step_fraction must be in (0, 1]"},
             {R"("small_leg": "1000")", R"("small_leg": "-1")", "small_leg must not be negative"},
             {R"("liquidation_fee": "0.005")", R"("liquidation_fee": "1")",
              "liquidation_fee must be in [0, 1)"},
             {R"("tighten_factor": "1.5")", R"("tighten_factor": "0.9")", "tighten_factor must be"},
             {R"("tighten_factor": "1.5")", R"("tighten_factor": "1000000")",
              "tighten_factor must be"},
             {R"("maker_band": "0.01")", R"("maker_band": "0")", "maker_band must be in (0, 1]"},
             {R"("funding_cap_restricted": "0.0001")", R"("funding_cap_restricted": "-1")",
              "funding_cap_restricted"},
             {R"("funding_cap_restricted": "0.0001")", R"("funding_cap_restricted": "2")",
              "funding_cap_restricted"},

             {R"({"level": "tighten", "longest")", R"({"level": "normal", "longest")",
              "levels must ascend"},
             {R"({"level": "restrict", "longest")", R"({"level": "tighten", "longest")",
              "levels must ascend"},
             {R"({"level": "stop", "longest")", R"({"level": "auction", "longest")", "auction"},
             {R"("longest": 28800)", R"("longest": 0)", "0 < step_down <= longest"},
             {R"("longest": 28800)", R"("longest": 1e11)", "longest"},
             {R"("step_down": 300)", R"("step_down": 301)", "0 < step_down <= longest"},
             {R"("R-01")", R"("")", "move_rules need an id"},
             {R"("level": "restrict", "duration")", R"("level": "auction", "duration")",
              "R-02 names a level"},
             {R"("window": 300, "trip_at": "0.05")", R"("window": 0.5, "trip_at": "0.05")",
              "R-01 window"},
             {R"("window": 300, "trip_at": "0.05")", R"("window": 3601, "trip_at": "0.05")",
              "R-01 window"},
             {R"("release_below": "0.03")", R"("release_below": "0.05")",
              "R-01 needs 0 < release_below < trip_at"},
             {R"("trip_at": "0.10")", R"("trip_at": "1.1")", "R-02 needs"},
             {R"("trip_at": "0.05", "release_below": "0.03")",
              R"("trip_at": "0.00001", "release_below": "0.000001")", "R-01"},
             {R"("level": "tighten", "duration": 600)", R"("level": "tighten", "duration": 28801)",
              "R-01 duration is longer"},
             {R"("confirmations": 2})", R"("confirmations": 0})", "R-01 needs a confirmation"},
         }) {
        const Result<Profile> profile = parseProfile(with(c.passage, c.instead), "test.json");
        ASSERT_FALSE(profile) << c.instead;
        EXPECT_NE(profile.error().message.find("test.json: "), std::string::npos);
        EXPECT_NE(profile.error().message.find(c.says), std::string::npos)
            << profile.error().message << "\n  not: " << c.says;
    }
}

TEST(Profile, AcceptsFiguresAsTextOrNumber) {
    const Result<Profile> profile =
        parseProfile(with(R"("small_leg": "1000")", R"("small_leg": 1000.5)"), "t");
    ASSERT_TRUE(profile) << profile.error().message;
    EXPECT_EQ(profile->smallLeg, test::money("1000.5"));
}

}  // namespace
}  // namespace breakwater
