#include "core/base/digest.hpp"

#include <sodium.h>

#include "core/base/assert.hpp"

namespace breakwater {
namespace {

static_assert(sizeof(crypto_generichash_state) <= 384);
static_assert(alignof(crypto_generichash_state) <= 64);

// Picks the fastest BLAKE2b of this processor; every choice gives the same bits.
void initialise() {
    static const bool ready = sodium_init() >= 0;
    BW_ASSERT(ready);
}

}  // namespace

std::string Digest::toHex() const {
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string hex;
    hex.reserve(bytes.size() * 2);
    for (const std::uint8_t byte : bytes) {
        hex.push_back(kDigits[byte >> 4]);
        hex.push_back(kDigits[byte & 15]);
    }
    return hex;
}

std::string Digest::toShortHex() const {
    const std::string hex = toHex();
    return hex.substr(0, 4) + ".." + hex.substr(62);
}

Result<Digest> Digest::fromHex(std::string_view hex) {
    const auto nibble = [](char c) {
        if (c >= '0' && c <= '9') return c - '0';
        if (c >= 'a' && c <= 'f') return c - 'a' + 10;
        return -1;
    };
    if (hex.size() != 64) return fail(ErrorCode::Malformed, "a digest has 64 hexadecimal digits");
    Digest digest;
    for (std::size_t i = 0; i < 32; ++i) {
        const int high = nibble(hex[2 * i]);
        const int low = nibble(hex[2 * i + 1]);
        if (high < 0 || low < 0) {
            return fail(ErrorCode::Malformed, "a digest has 64 lower-case hexadecimal digits");
        }
        digest.bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return digest;
}

Digest digestOf(Bytes data) {
    initialise();
    Digest digest;
    crypto_generichash(digest.bytes.data(), digest.bytes.size(), data.data(), data.size(), nullptr,
                       0);
    return digest;
}

Digest chained(const Digest& previous, Bytes data) {
    return DigestBuilder().add(previous).add(data).finish();
}

DigestBuilder::DigestBuilder() {
    initialise();
    crypto_generichash_init(reinterpret_cast<crypto_generichash_state*>(m_state.data()), nullptr, 0,
                            32);
}

DigestBuilder& DigestBuilder::add(Bytes data) {
    crypto_generichash_update(reinterpret_cast<crypto_generichash_state*>(m_state.data()),
                              data.data(), data.size());
    return *this;
}

Digest DigestBuilder::finish() {
    Digest digest;
    const int refused =
        crypto_generichash_final(reinterpret_cast<crypto_generichash_state*>(m_state.data()),
                                 digest.bytes.data(), digest.bytes.size());
    BW_ASSERT(refused == 0);  // finished twice: the answer would be 32 zeros
    return digest;
}

}  // namespace breakwater
