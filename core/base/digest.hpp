// Digests: BLAKE2b-256 (RFC 7693), by libsodium.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace breakwater {

struct Digest {
    std::array<std::uint8_t, 32> bytes{};

    std::string toHex() const;       // 64 lower-case digits
    std::string toShortHex() const;  // "9f3a..c1", for the eye only
    static Result<Digest> fromHex(std::string_view hex);

    friend auto operator<=>(const Digest&, const Digest&) = default;
};

using Bytes = std::span<const std::uint8_t>;

inline Bytes bytesOf(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

Digest digestOf(Bytes data);
// Digest over the previous digest followed by data: one link of a chain.
Digest chained(const Digest& previous, Bytes data);

// Digest of a message that arrives in pieces.
class DigestBuilder {
public:
    DigestBuilder();
    DigestBuilder& add(Bytes data);
    DigestBuilder& add(const Digest& digest) { return add(Bytes(digest.bytes)); }
    Digest finish();  // once

private:
    // libsodium's state, kept opaque so that the library stays private to core/base.
    alignas(64) std::array<std::byte, 384> m_state;
};

}  // namespace breakwater
