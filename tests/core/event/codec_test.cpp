#include "core/event/codec.hpp"

#include <set>
#include <string>

#include <gtest/gtest.h>

#include "tests/core/event/fill_record.hpp"
#include "tests/core/event/golden_file.hpp"
#include "tests/core/num/exact.hpp"

namespace breakwater {
namespace {

using test::Draw;
using test::Filler;

constexpr std::uint64_t kSeed = 20251010;
constexpr std::size_t kInputKinds = std::variant_size_v<InputBody>;
constexpr std::size_t kEventKinds = std::variant_size_v<Event>;

ByteBuffer bytesOfInput(const InputBody& body) {
    ByteBuffer out;
    encode(body, out);
    return out;
}
ByteBuffer bytesOfEvent(const Event& event) {
    ByteBuffer out;
    encode(event, out);
    return out;
}

// ---- bytes ------------------------------------------------------------------------------

TEST(Codec, EveryKindOfInputGoesRoundWithoutLoss) {
    SCOPED_TRACE(kSeed);
    Filler filler(kSeed, Filler::Reach::Bytes);
    for (std::size_t kind = 0; kind < kInputKinds; ++kind) {
        for (int i = 0; i < 2'000; ++i) {
            const InputBody body = filler.ofKind<InputBody>(kind);
            const ByteBuffer bytes = bytesOfInput(body);
            const Result<InputBody> again = decodeInput(Bytes(bytes));
            ASSERT_TRUE(again) << toText(body) << ": " << again.error().message;
            ASSERT_EQ(again->index(), kind);
            ASSERT_EQ(toText(*again), toText(body));
            ASSERT_EQ(bytesOfInput(*again), bytes);
        }
    }
}

TEST(Codec, EveryKindOfEventGoesRoundWithoutLoss) {
    SCOPED_TRACE(kSeed);
    Filler filler(kSeed, Filler::Reach::Bytes);
    for (std::size_t kind = 0; kind < kEventKinds; ++kind) {
        for (int i = 0; i < 2'000; ++i) {
            const Event event = filler.ofKind<Event>(kind);
            const ByteBuffer bytes = bytesOfEvent(event);
            const Result<Event> again = decodeEvent(Bytes(bytes));
            ASSERT_TRUE(again) << toText(event) << ": " << again.error().message;
            ASSERT_EQ(again->index(), kind);
            ASSERT_EQ(toText(*again), toText(event));
            ASSERT_EQ(bytesOfEvent(*again), bytes);
        }
    }
}

TEST(Codec, RefusesTruncationAtEveryByteAndOneByteTooMany) {
    Filler filler(kSeed, Filler::Reach::Bytes);
    const auto judge = [](ByteBuffer bytes, auto decode) {
        for (std::size_t n = 0; n < bytes.size(); ++n) {
            const auto cut = decode(Bytes(bytes).first(n));
            ASSERT_FALSE(cut) << n << " of " << bytes.size() << " bytes of kind " << int{bytes[0]};
            ASSERT_EQ(cut.error().code, ErrorCode::Corrupt);
        }
        bytes.push_back(0);
        ASSERT_FALSE(decode(Bytes(bytes))) << "trailing byte, kind " << int{bytes[0]};
    };
    for (int i = 0; i < 20; ++i) {
        for (std::size_t kind = 0; kind < kInputKinds; ++kind) {
            judge(bytesOfInput(filler.ofKind<InputBody>(kind)), decodeInput);
        }
        for (std::size_t kind = 0; kind < kEventKinds; ++kind) {
            judge(bytesOfEvent(filler.ofKind<Event>(kind)), decodeEvent);
        }
    }
}

TEST(Codec, SaysThatAKindIsNewerThanItself) {
    const ByteBuffer input{static_cast<std::uint8_t>(kInputKinds)};
    const ByteBuffer event{static_cast<std::uint8_t>(kEventKinds)};
    EXPECT_EQ(decodeInput(Bytes(input)).error().code, ErrorCode::NewerVersion);
    EXPECT_EQ(decodeEvent(Bytes(event)).error().code, ErrorCode::NewerVersion);
    EXPECT_EQ(decodeInput(Bytes()).error().code, ErrorCode::Corrupt);
    EXPECT_EQ(decodeEvent(Bytes()).error().code, ErrorCode::Corrupt);
}

TEST(Codec, RefusesFiguresInMoreBytesThanTheyNeed) {  // one value, one form
    struct Case {
        ByteBuffer figure;  // length and two's complement, least significant first
        bool accepted;
    };
    for (const Case& c : std::vector<Case>{
             {{0}, true},               // 0
             {{1, 0}, false},           // 0 in one byte
             {{1, 0x7f}, true},         // 127
             {{1, 0xff}, true},         // -1
             {{2, 0x7f, 0}, false},     // 127 in two
             {{2, 0x80, 0}, true},      // 128 needs its second byte
             {{2, 0xff, 0xff}, false},  // -1 in two
             {{2, 0x7f, 0xff}, true},   // -129
             {{17, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, false},
         }) {
        ByteBuffer bytes = bytesOfInput(FundTransfer{});
        bytes.pop_back();  // the amount, a lone 0
        bytes.insert(bytes.end(), c.figure.begin(), c.figure.end());
        const Result<InputBody> read = decodeInput(Bytes(bytes));
        EXPECT_EQ(read.has_value(), c.accepted) << testing::PrintToString(c.figure);
        if (read) {
            EXPECT_EQ(bytesOfInput(*read), bytes);
        }
    }
}

TEST(Codec, RefusesCountsThatTheBytesCannotHold) {
    ByteBuffer bytes = bytesOfInput(SessionStarted{});
    // After the kind and the role comes the venue's name: a 32-bit length of 4 GiB.
    for (std::size_t i = 2; i < 6; ++i)
        bytes[i] = 0xff;
    EXPECT_EQ(decodeInput(Bytes(bytes)).error().code, ErrorCode::Corrupt);

    ByteBuffer facts = bytesOfInput(AccountFacts{});
    for (std::size_t i = facts.size() - 4; i < facts.size(); ++i)
        facts[i] = 0xff;
    EXPECT_EQ(decodeInput(Bytes(facts)).error().code, ErrorCode::Corrupt);
}

TEST(Codec, NeverCrashesOnRandomBytesAndWritesBackWhatItAccepts) {
    SCOPED_TRACE(kSeed);
    Draw draw(kSeed);
    Filler filler(kSeed + 1, Filler::Reach::Bytes);
    int accepted = 0;
    const auto judge = [&](const ByteBuffer& bytes) {
        if (const Result<InputBody> input = decodeInput(Bytes(bytes))) {
            ++accepted;
            ASSERT_EQ(bytesOfInput(*input), bytes);
            ASSERT_FALSE(toText(*input).empty());
        }
        if (const Result<Event> event = decodeEvent(Bytes(bytes))) {
            ++accepted;
            ASSERT_EQ(bytesOfEvent(*event), bytes);
            ASSERT_FALSE(toJson(*event).empty());
        }
    };
    for (int i = 0; i < 100'000; ++i) {  // noise behind a kind that exists
        ByteBuffer bytes(static_cast<std::size_t>(draw.between(1, 80)));
        for (std::uint8_t& b : bytes)
            b = static_cast<std::uint8_t>(draw.word());
        bytes[0] = static_cast<std::uint8_t>(draw.between(0, kEventKinds));
        for (std::uint8_t& b : bytes) {
            if (draw.between(0, 2) == 0) b &= 3;  // small counts get further
        }
        judge(bytes);
    }
    for (int i = 0; i < 100'000; ++i) {  // a good record with one to three bytes spoiled
        const bool input = (draw.word() & 1) != 0;
        ByteBuffer bytes = input ? bytesOfInput(filler.ofKind<InputBody>(draw.word() % kInputKinds))
                                 : bytesOfEvent(filler.ofKind<Event>(draw.word() % kEventKinds));
        for (int n = draw.between(1, 3); n > 0; --n) {
            bytes[draw.word() % bytes.size()] = static_cast<std::uint8_t>(draw.word());
        }
        judge(bytes);
    }
    EXPECT_GT(accepted, 10'000) << "the noise should reach beyond the first check";
}

// ---- version 1, byte for byte -----------------------------------------------------------

std::string hexOf(const ByteBuffer& bytes) {
    static constexpr char kHex[] = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t b : bytes) {
        text.push_back(kHex[b >> 4]);
        text.push_back(kHex[b & 15]);
    }
    return text;
}

ByteBuffer bytesFromHex(std::string_view hex) {
    const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'a' + 10; };
    ByteBuffer bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        bytes.push_back(static_cast<std::uint8_t>(digit(hex[i]) * 16 + digit(hex[i + 1])));
    }
    return bytes;
}

const std::string kGoldenPath = test::sourcePath("tests/core/event/golden_v1.txt");

// Three lines a kind: whose it is, its text, its bytes.
std::string writeGolden() {
    Filler filler(kSeed, Filler::Reach::Json);
    std::string text =
        "# The binary form, version 1: every kind once. Written by codec_test.cpp with\n"
        "# BREAKWATER_REWRITE_GOLDEN=1; a record on somebody's disk has these bytes, so a change\n"
        "# here is a new version of the codec and another file.\n";
    for (std::size_t kind = 0; kind < kInputKinds; ++kind) {
        const InputBody body = filler.ofKind<InputBody>(kind);
        text += "input\n" + toText(body) + "\n" + hexOf(bytesOfInput(body)) + "\n";
    }
    for (std::size_t kind = 0; kind < kEventKinds; ++kind) {
        const Event event = filler.ofKind<Event>(kind);
        text += "event\n" + toText(event) + "\n" + hexOf(bytesOfEvent(event)) + "\n";
    }
    return text;
}

TEST(Codec, StillReadsAndWritesTheBytesOfVersion1) {
    if (test::rewriteGolden()) test::writeFile(kGoldenPath, writeGolden());
    const std::vector<std::string> lines = test::linesOf(test::readFile(kGoldenPath));
    std::set<std::size_t> inputs, events;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].starts_with("#")) continue;
        ASSERT_LT(i + 2, lines.size());
        const std::string& what = lines[i];
        const std::string& text = lines[i + 1];
        const ByteBuffer bytes = bytesFromHex(lines[i + 2]);
        i += 2;
        if (what == "input") {
            const Result<InputBody> body = decodeInput(Bytes(bytes));
            ASSERT_TRUE(body) << text << ": " << body.error().message;
            EXPECT_EQ(toText(*body), text);
            EXPECT_EQ(hexOf(bytesOfInput(*body)), hexOf(bytes));
            inputs.insert(body->index());
        } else {
            ASSERT_EQ(what, "event");
            const Result<Event> event = decodeEvent(Bytes(bytes));
            ASSERT_TRUE(event) << text << ": " << event.error().message;
            EXPECT_EQ(toText(*event), text);
            EXPECT_EQ(hexOf(bytesOfEvent(*event)), hexOf(bytes));
            events.insert(event->index());
        }
    }
    EXPECT_EQ(inputs.size(), kInputKinds) << "a kind of input is not in " << kGoldenPath;
    EXPECT_EQ(events.size(), kEventKinds) << "a kind of event is not in " << kGoldenPath;
}

// ---- text -------------------------------------------------------------------------------

TEST(Codec, TextIsWhatAPersonWouldWrite) {
    const auto at = Instant::parse("2025-10-10T21:18:07Z").value();
    EXPECT_EQ(toText(InputBody(ClockTick{})), "clock_tick{}");
    EXPECT_EQ(
        toText(InputBody(PriceObserved{UnderlyingId(1), SourceId(2), test::price("64123.5"), at})),
        "price_observed{underlying=1, source=2, price=64123.5, observed_at=2025-10-10T21:18:07Z}");
    EXPECT_EQ(toText(Event(SourceChanged{UnderlyingId(0), SourceId(1), SourceState::Stale,
                                         Duration::milliseconds(5'500)})),
              "source_changed{underlying=0, source=1, state=stale, age=5.5s}");
    OfficerCommand command;
    command.id = CommandId(7);
    command.officer = "A. Meyer";
    command.instruments = {InstrumentId(0), InstrumentId(3)};
    command.level = BreakerLevel::Restrict;
    command.duration = Duration::minutes(10);
    command.reason = "said \"enough\"";
    EXPECT_EQ(toText(InputBody(command)),
              "officer_command{id=7, officer=\"A. Meyer\", act=set_level, scope=market, "
              "instruments=[0, 3], "
              "level=restrict, duration=600s, reason=\"said \\\"enough\\\"\", alarm=0}");
}

}  // namespace
}  // namespace breakwater
