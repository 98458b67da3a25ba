// Typed ids: small dense numbers that cannot be mistaken for one another.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace breakwater {

template <class Tag, class Number = std::uint32_t>
class Id {
public:
    using number_type = Number;

    constexpr Id() = default;
    constexpr explicit Id(Number value) : m_value(value) {}
    constexpr Number value() const { return m_value; }

    friend constexpr auto operator<=>(const Id&, const Id&) = default;

private:
    Number m_value = 0;
};

using AccountId = Id<struct AccountIdTag>;                         // dense, from 0
using InstrumentId = Id<struct InstrumentIdTag, std::uint16_t>;    // dense, from 0
using UnderlyingId = Id<struct UnderlyingIdTag, std::uint16_t>;    // dense, from 0
using AssetId = Id<struct AssetIdTag, std::uint16_t>;              // dense, from 0
using SourceId = Id<struct SourceIdTag, std::uint16_t>;            // oracle source, dense, from 0
using LiquidationId = Id<struct LiquidationIdTag, std::uint64_t>;  // from 1
using CommandId = Id<struct CommandIdTag, std::uint64_t>;          // chosen by the officer's desk
using Sequence = std::uint64_t;                                    // place in the record, from 1

}  // namespace breakwater

template <class Tag, class Number>
struct std::hash<breakwater::Id<Tag, Number>> {
    std::size_t operator()(breakwater::Id<Tag, Number> id) const noexcept {
        return std::hash<Number>()(id.value());
    }
};
