// Any record with fields(), filled with seeded contents: edges often, the middle otherwise.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/event/binary.hpp"
#include "tests/core/num/oracle.hpp"

namespace breakwater::test {

class Filler {
public:
    // What the bytes of a record can hold is wider than what JSON text may say (kBorderLimit,
    // years of four digits, valid UTF-8).
    enum class Reach { Bytes, Json };

    Filler(std::uint64_t seed, Reach reach) : m_draw(seed), m_reach(reach) {}

    template <class T>
    void operator()(std::string_view, T& value) {
        fill(value);
    }

    // A random value of the variant's alternative `index`.
    template <class Variant>
    Variant ofKind(std::size_t index) {
        Variant value;
        emplaceKind(value, index, std::make_index_sequence<std::variant_size_v<Variant>>());
        return value;
    }

private:
    void fill(bool& value) { value = (m_draw.word() & 1) != 0; }
    template <std::integral T>
    void fill(T& value) {
        switch (m_draw.between(0, 4)) {
            case 0: value = 0; break;
            case 1: value = std::numeric_limits<T>::max(); break;
            case 2: value = static_cast<T>(m_draw.between(1, 9)); break;
            default: value = static_cast<T>(m_draw.word()); break;
        }
    }
    template <binary::Enumeration T>
    void fill(T& value) {
        value = static_cast<T>(m_draw.word() % EnumWords<T>::words.size());
    }
    template <binary::HasValue T>
    void fill(T& id) {
        typename T::number_type raw{};
        fill(raw);
        id = T(raw);
    }
    template <class Tag>
    void fill(Unit<Tag>& figure) {
        const int bits = m_reach == Reach::Json ? 89 : 127;
        Int128 raw = m_draw.number(m_draw.between(1, bits));
        if (m_draw.between(0, 9) == 0) raw = m_draw.between(-1, 1);
        if (m_draw.between(0, 19) == 0 && m_reach == Reach::Bytes) {
            raw = static_cast<Int128>(UInt128{1} << 127);  // the least of all
        }
        figure = Unit<Tag>(Decimal::fromRaw(raw));
    }
    void fill(Instant& t) {
        const std::uint64_t bits = m_draw.word();
        constexpr std::uint64_t kYear10000 = 253'402'300'800'000'000;
        t = Instant::fromMicroseconds(
            static_cast<std::int64_t>(m_reach == Reach::Json ? bits % kYear10000 : bits));
    }
    void fill(Duration& d) {
        const auto bits = static_cast<std::int64_t>(m_draw.word());
        d = Duration::microseconds(m_reach == Reach::Json ? bits % 1'000'000'000'000'000 : bits);
    }
    void fill(Digest& digest) {
        for (std::uint8_t& byte : digest.bytes)
            byte = static_cast<std::uint8_t>(m_draw.word());
    }
    void fill(std::string& text) {
        static constexpr std::array<const char*, 8> kPieces{
            "ETH-PERP", "\"", "\\", "\n", "\x01", "caf\xc3\xa9", "a = b, {c}", " "};
        text.clear();
        for (int i = m_draw.between(0, 5); i > 0; --i)
            text += kPieces[m_draw.word() % 8];
        if (m_reach == Reach::Bytes && m_draw.between(0, 4) == 0) text += std::string("\0\xff", 2);
    }
    template <class T>
    void fill(std::vector<T>& list) {
        list.resize(m_draw.word() % 4);
        for (T& item : list)
            fill(item);
    }
    template <class T>
    requires requires(T& x, Filler& f) { T::fields(x, f); }
    void fill(T& record) { T::fields(record, *this); }

    template <class Variant, std::size_t... I>
    void emplaceKind(Variant& value, std::size_t index, std::index_sequence<I...>) {
        ((index == I ? fill(value.template emplace<I>()) : void()), ...);
    }

    Draw m_draw;
    Reach m_reach;
};

}  // namespace breakwater::test
