#include "core/base/digest.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace breakwater {
namespace {

// 00 01 02 ... fe ff 00 01 ...
std::vector<std::uint8_t> counting(std::size_t size) {
    std::vector<std::uint8_t> bytes(size);
    for (std::size_t i = 0; i < size; ++i) {
        bytes[i] = static_cast<std::uint8_t>(i & 0xff);
    }
    return bytes;
}

// Figures from an independent implementation (Python's hashlib, BLAKE2's reference code) with
// 32 bytes of output and no key; the empty one is also in libsodium's and RFC 7693's test sets.
TEST(Digest, IsBlake2b256) {
    EXPECT_EQ(digestOf(bytesOf("")).toHex(),
              "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    EXPECT_EQ(digestOf(bytesOf("abc")).toHex(),
              "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
    EXPECT_EQ(digestOf(bytesOf(std::string(1'000'000, 'a'))).toHex(),
              "0741850f36cba4259628355d1073e24ddb9ca0e1bfac36fd39ae5dc2101e23a4");
    EXPECT_EQ(digestOf({}), digestOf(bytesOf("")));
}

TEST(Digest, CrossesItsBlocksOf128Bytes) {
    struct Case {
        std::size_t size;
        const char* hex;
    };
    for (const Case& c : std::to_array<Case>({
             {1, "03170a2e7597b7b7e3d84c05391d139a62b157e78786d8c082f29dcf4c111314"},
             {127, "f2fe67ff342e21b8f45e8f2e0bcd1d9243245d50ee6c78042e9c491388791c72"},
             {128, "c3582f71ebb2be66fa5dd750f80baae97554f3b015663c8be377cfcb2488c1d1"},
             {129, "f7f3c46ba2564ff4c4c162da1f5b605f9f1c4aa6a20652a9f9a337c1a2f5b9c9"},
             {256, "39a7eb9fedc19aabc83425c6755dd90e6f9d0c804964a1f4aaeea3b9fb599835"},
             {1000, "c636324d47d89f2b2434dc2c994100663fbbaea880ff020fc5de89dd0f77a1ec"},
         })) {
        EXPECT_EQ(digestOf(counting(c.size)).toHex(), c.hex) << c.size;
    }
}

TEST(Digest, DoesNotDependOnHowAMessageIsCut) {
    const std::vector<std::uint8_t> message = counting(300);
    const Digest whole = digestOf(message);
    for (std::size_t cut = 0; cut <= message.size(); ++cut) {
        DigestBuilder builder;
        builder.add(Bytes(message).first(cut)).add(Bytes()).add(Bytes(message).subspan(cut));
        ASSERT_EQ(builder.finish(), whole) << cut;
    }
}

TEST(Digest, ACopiedBuilderGoesItsOwnWay) {
    DigestBuilder one;
    one.add(bytesOf("common "));
    DigestBuilder other = one;
    one.add(bytesOf("left"));
    other.add(bytesOf("right"));
    EXPECT_EQ(one.finish(), digestOf(bytesOf("common left")));
    EXPECT_EQ(other.finish(), digestOf(bytesOf("common right")));
}

TEST(Digest, AChainLinkCoversTheLinkBefore) {
    const Digest zero;
    const Digest first = chained(zero, bytesOf("abc"));
    EXPECT_EQ(first.toHex(), "5db827e5e925e6b933a86596a0446c345c0d74d77f55a751ade5d7c7162eead8");
    EXPECT_EQ(chained(first, bytesOf("def")),
              DigestBuilder().add(first).add(bytesOf("def")).finish());

    // One bit of history, or the order of two records, changes every link after it.
    Digest bent = first;
    bent.bytes[31] ^= 1;
    EXPECT_NE(chained(bent, bytesOf("def")), chained(first, bytesOf("def")));
    EXPECT_NE(chained(chained(zero, bytesOf("a")), bytesOf("b")),
              chained(chained(zero, bytesOf("b")), bytesOf("a")));
}

TEST(Digest, HexGoesRound) {
    const std::string text = "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8";
    const Result<Digest> digest = Digest::fromHex(text);
    ASSERT_TRUE(digest);
    EXPECT_EQ(digest->bytes[0], 0x0e);
    EXPECT_EQ(digest->bytes[31], 0xa8);
    EXPECT_EQ(digest->toHex(), text);
    EXPECT_EQ(digest->toShortHex(), "0e57..a8");
    EXPECT_EQ(Digest().toHex(), std::string(64, '0'));
}

TEST(Digest, RefusesHexThatIsNotADigest) {
    const std::string good(64, 'a');
    for (const std::string& text :
         {std::string(), good.substr(1), good + "a", good.substr(1) + "g", good.substr(1) + "A",
          good.substr(1) + " ", "0x" + good.substr(2), good.substr(1) + '\0'}) {
        const Result<Digest> digest = Digest::fromHex(text);
        ASSERT_FALSE(digest) << text;
        EXPECT_EQ(digest.error().code, ErrorCode::Malformed);
    }
}

TEST(Digest, OrdersByItsBytes) {
    Digest small, large;
    small.bytes[31] = 0xff;
    large.bytes[0] = 1;
    EXPECT_LT(small, large);
    EXPECT_EQ(small, small);
}

TEST(DigestDeathTest, ABuilderFinishesOnce) {
    DigestBuilder builder;
    builder.add(bytesOf("abc")).finish();
    EXPECT_DEATH(builder.finish(), "assertion failed");
}

}  // namespace
}  // namespace breakwater
