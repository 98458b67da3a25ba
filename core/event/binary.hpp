// The binary visitors behind codec.hpp and the engine's state encoding.
#pragma once

#include <concepts>
#include <cstring>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "core/base/digest.hpp"
#include "core/base/ids.hpp"
#include "core/base/time.hpp"
#include "core/model/kinds.hpp"
#include "core/num/units.hpp"

namespace breakwater::binary {

template <class T>
concept Enumeration = std::is_enum_v<T>;

template <class T>
concept HasValue = requires(const T& x) {
    typename T::number_type;
    x.value();
};

class Writer {
public:
    explicit Writer(std::vector<std::uint8_t>& out) : m_out(out) {}

    template <class T>
    void operator()(std::string_view, const T& value) {
        write(value);
    }

    template <std::integral T>
    void write(T value) {
        std::uint8_t raw[sizeof(T)];
        auto bits =
            static_cast<std::make_unsigned_t<std::conditional_t<std::same_as<T, bool>, char, T>>>(
                value);
        for (std::uint8_t& byte : raw) {
            byte = static_cast<std::uint8_t>(bits);
            if constexpr (sizeof(T) > 1) bits = static_cast<decltype(bits)>(bits >> 8);
        }
        m_out.insert(m_out.end(), raw, raw + sizeof(T));
    }
    template <Enumeration T>
    void write(T value) {
        m_out.push_back(static_cast<std::uint8_t>(value));
    }
    template <HasValue T>
    void write(T id) {
        write(id.value());
    }
    template <class Tag>
    void write(Unit<Tag> figure) {
        write(figure.value());
    }
    void write(Decimal figure) {
        std::uint8_t raw[17];
        Int128 rest = figure.raw();
        std::uint8_t n = 0;
        while (rest != 0 && rest != -1) {
            raw[++n] = static_cast<std::uint8_t>(rest);
            rest >>= 8;
        }
        // One more byte where the top bit would lie about the sign (or for a lone -1).
        if (rest == -1 ? (n == 0 || raw[n] < 0x80) : (n > 0 && raw[n] >= 0x80)) {
            raw[++n] = static_cast<std::uint8_t>(rest);
        }
        raw[0] = n;
        m_out.insert(m_out.end(), raw, raw + n + 1);
    }
    void write(Instant t) { write(t.microseconds()); }
    void write(Duration d) { write(d.count()); }
    void write(const Digest& digest) {
        m_out.insert(m_out.end(), digest.bytes.begin(), digest.bytes.end());
    }
    void write(const std::string& text) {
        write(static_cast<std::uint32_t>(text.size()));
        m_out.insert(m_out.end(), text.begin(), text.end());
    }
    template <class T>
    void write(const std::vector<T>& list) {
        write(static_cast<std::uint32_t>(list.size()));
        for (const T& item : list)
            write(item);
    }
    template <class T>
    requires requires(const T& x, Writer& w) { T::fields(x, w); }
    void write(const T& record) { T::fields(record, *this); }

private:
    std::vector<std::uint8_t>& m_out;
};

// Reads until the first fault; ok() tells. Never reads past the end, never allocates for a
// count that the remaining bytes could not hold.
class Reader {
public:
    explicit Reader(Bytes bytes) : m_bytes(bytes) {}

    bool ok() const { return m_ok; }
    bool atEnd() const { return m_ok && m_at == m_bytes.size(); }
    std::size_t position() const { return m_at; }
    void refuse() { m_ok = false; }

    template <class T>
    void operator()(std::string_view, T& value) {
        read(value);
    }

    template <std::integral T>
    void read(T& value) {
        if (!need(sizeof(T))) return;
        std::uint64_t bits = 0;
        for (std::size_t i = 0; i < sizeof(T); ++i) {
            bits |= static_cast<std::uint64_t>(m_bytes[m_at + i]) << (8 * i);
        }
        m_at += sizeof(T);
        if constexpr (std::same_as<T, bool>) {
            if (bits > 1) m_ok = false;
            value = bits == 1;
        } else {
            value = static_cast<T>(bits);
        }
    }
    template <Enumeration T>
    void read(T& value) {
        std::uint8_t raw = 0;
        read(raw);
        if (raw >= EnumWords<T>::words.size()) {
            m_ok = false;
            return;
        }
        value = static_cast<T>(raw);
    }
    template <HasValue T>
    void read(T& id) {
        typename T::number_type raw{};
        read(raw);
        id = T(raw);
    }
    template <class Tag>
    void read(Unit<Tag>& figure) {
        Decimal value;
        read(value);
        figure = Unit<Tag>(value);
    }
    void read(Decimal& figure) {
        std::uint8_t n = 0;
        read(n);
        if (n > 16 || !need(n)) {
            m_ok = false;
            return;
        }
        UInt128 raw = n > 0 && m_bytes[m_at + n - 1] >= 0x80 ? ~UInt128{0} : UInt128{0};
        for (std::size_t i = n; i-- > 0;)
            raw = (raw << 8) | m_bytes[m_at + i];
        // One value has one form: a last byte that only repeats the sign is refused.
        if (n > 0) {
            const std::uint8_t last = m_bytes[m_at + n - 1];
            const bool signBefore = n > 1 && m_bytes[m_at + n - 2] >= 0x80;
            if ((last == 0 && !signBefore) || (last == 0xff && n > 1 && signBefore)) m_ok = false;
        }
        m_at += n;
        figure = Decimal::fromRaw(static_cast<Int128>(raw));
    }
    void read(Instant& t) {
        std::int64_t us = 0;
        read(us);
        t = Instant::fromMicroseconds(us);
    }
    void read(Duration& d) {
        std::int64_t us = 0;
        read(us);
        d = Duration::microseconds(us);
    }
    void read(Digest& digest) {
        if (!need(digest.bytes.size())) return;
        std::memcpy(digest.bytes.data(), m_bytes.data() + m_at, digest.bytes.size());
        m_at += digest.bytes.size();
    }
    void read(std::string& text) {
        std::uint32_t n = 0;
        read(n);
        if (!need(n)) return;
        text.assign(reinterpret_cast<const char*>(m_bytes.data()) + m_at, n);
        m_at += n;
    }
    template <class T>
    void read(std::vector<T>& list) {
        std::uint32_t n = 0;
        read(n);
        if (!need(n)) return;  // every item takes at least one byte
        // One by one: an item in memory may be a hundred times its least bytes.
        list.clear();
        for (std::uint32_t i = 0; i < n && m_ok; ++i)
            read(list.emplace_back());
    }
    template <class T>
    requires requires(T& x, Reader& r) { T::fields(x, r); }
    void read(T& record) { T::fields(record, *this); }

private:
    bool need(std::size_t n) {
        if (m_bytes.size() - m_at < n) m_ok = false;
        return m_ok;
    }

    Bytes m_bytes;
    std::size_t m_at = 0;
    bool m_ok = true;
};

}  // namespace breakwater::binary
