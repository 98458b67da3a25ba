// The JSON form of inputs: what stories and feeds are written in.
#include <string>

#include <gtest/gtest.h>

#include "core/event/codec.hpp"
#include "tests/core/event/fill_record.hpp"
#include "tests/core/num/exact.hpp"

namespace breakwater {
namespace {

using test::Filler;

constexpr std::uint64_t kSeed = 20251010;

TEST(InputJson, EveryKindGoesRoundWithoutLoss) {
    SCOPED_TRACE(kSeed);
    Filler filler(kSeed, Filler::Reach::Json);
    for (std::size_t kind = 0; kind < std::variant_size_v<InputBody>; ++kind) {
        for (int i = 0; i < 1'000; ++i) {
            const InputBody body = filler.ofKind<InputBody>(kind);
            const Result<InputBody> again = inputFromJson(toJson(body));
            ASSERT_TRUE(again) << toJson(body) << "\n" << again.error().message;
            ASSERT_EQ(toText(*again), toText(body));
        }
    }
}

template <class T>
T read(std::string_view json) {
    Result<InputBody> body = inputFromJson(json);
    EXPECT_TRUE(body) << json << ": " << (body ? "" : body.error().message);
    return body && std::holds_alternative<T>(*body) ? std::get<T>(*body) : T{};
}

TEST(InputJson, ReadsFiguresAsTextOrNumber) {
    using test::money;
    EXPECT_EQ(read<Transfer>(R"({"kind":"transfer","amount":"-0.05"})").amount, money("-0.05"));
    EXPECT_EQ(read<Transfer>(R"({"kind":"transfer","amount":-0.05})").amount, money("-0.05"));
    EXPECT_EQ(read<Transfer>(R"({"kind":"transfer","amount":12})").amount, money("12"));
    EXPECT_EQ(read<Transfer>(R"({"kind":"transfer","amount":1e3})").amount, money("1000"));
    EXPECT_EQ(read<Transfer>(R"({"kind":"transfer","amount":"1000000000000000"})").amount,
              money("1000000000000000"));
}

TEST(InputJson, ReadsDurationsAsSecondsToTheMicrosecond) {
    const auto lasts = [](const std::string& seconds) {
        return read<OfficerCommand>(R"({"kind":"officer_command","duration":)" + seconds + "}")
            .duration;
    };
    EXPECT_EQ(lasts("600"), Duration::minutes(10));
    EXPECT_EQ(lasts("0.5"), Duration::milliseconds(500));
    EXPECT_EQ(lasts("\"0.000001\""), Duration::microseconds(1));
    // 28 hours less one microsecond has no exact double; truncation would lose another one.
    EXPECT_EQ(lasts("100799.999999"), Duration::microseconds(100'799'999'999));
    EXPECT_EQ(lasts("-86399.999999"), Duration::microseconds(-86'399'999'999));
}

TEST(InputJson, AbsentFieldsKeepTheirDefaults) {
    const auto command =
        read<OfficerCommand>(R"({"kind":"officer_command","id":4,"reason":"drill"})");
    EXPECT_EQ(command.id, CommandId(4));
    EXPECT_EQ(command.kind, CommandKind::SetLevel);
    EXPECT_EQ(command.level, BreakerLevel::Normal);
    EXPECT_TRUE(command.instruments.empty());
}

TEST(InputJson, EveryRefusalNamesTheFieldAndTheReason) {
    struct Case {
        const char* json;
        const char* says;
    };
    for (const Case& c : std::vector<Case>{
             {"", "not a JSON object"},
             {"[]", "not a JSON object"},
             {"{", "not a JSON object"},
             {R"({"amount":"1"})", "'kind' is missing"},
             {R"({"kind":"payday"})", "'payday' is not a kind of input"},
             {R"({"kind":"clock_tick","time":"2025-10-10T00:00:00Z"})",
              "'time' is not a known field"},
             {R"({"kind":"transfer","amout":"1"})", "'amout' is not a known field"},
             {R"({"kind":"transfer","amount":"1","amount":"2"})", "'amount' appears twice"},
             {R"({"kind":"transfer","amount":"1e5"})", "'amount' must be a decimal figure"},
             {R"({"kind":"transfer","amount":1e16})", "'amount' must be a decimal figure"},
             {R"({"kind":"transfer","amount":"0.0000000000001"})",
              "'amount' must be a decimal figure"},
             {R"({"kind":"transfer","amount":null})", "'amount' must be a decimal figure"},
             {R"({"kind":"transfer","account":-1})", "'account' must be a whole number in range"},
             {R"({"kind":"transfer","account":4294967296})",
              "'account' must be a whole number in range"},
             {R"({"kind":"transfer","asset":65536})", "'asset' must be a whole number in range"},
             {R"({"kind":"transfer","account":"3"})", "'account' must be a whole number in range"},
             {R"({"kind":"officer_command","level":"panic"})",
              "'level' must be one of: normal, tighten, restrict, auction, stop"},
             {R"({"kind":"officer_command","reason":7})", "'reason' must be text"},
             {R"({"kind":"officer_command","instruments":0})", "'instruments' must be a list"},
             {R"({"kind":"officer_command","instruments":[0,"x"]})",
              "'instruments[1]' must be a whole number in range"},
             {R"({"kind":"officer_command","duration":"soon"})",
              "'duration' must be a number of seconds"},
             {R"({"kind":"officer_command","duration":1e14})",
              "'duration' must be a number of seconds"},
             {R"({"kind":"price_observed","observed_at":1760131087})",
              "'observed_at' must be a UTC time"},
             {R"({"kind":"price_observed","observed_at":"yesterday"})",
              "'observed_at' 'yesterday'"},
             {R"({"kind":"profile_loaded","digest":"zz"})", "'digest'"},
             {R"({"kind":"profile_loaded","profile":[]})", "'profile' must be an object"},
             {R"({"kind":"profile_loaded","profile":{"nme":"x"}})",
              "'profile.nme' is not a known field"},
             {R"({"kind":"account_facts","legs":[{"quantity":"1","prise":"2"}]})",
              "'legs[0].prise' is not a known field"},
             {R"({"kind":"instrument_listed","instrument":{"tiers":[{},{"up_to":"many"}]}})",
              "'instrument.tiers[1].up_to' must be a decimal figure"},
         }) {
        const Result<InputBody> body = inputFromJson(c.json);
        ASSERT_FALSE(body) << c.json;
        EXPECT_EQ(body.error().code, ErrorCode::Malformed) << c.json;
        EXPECT_NE(body.error().message.find(c.says), std::string::npos)
            << c.json << "\n  says: " << body.error().message << "\n  not:  " << c.says;
    }
}

}  // namespace
}  // namespace breakwater
