// The binary visitors behind codec.hpp and the engine's state encoding.
#pragma once

#include <bit>
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

// Appends to `out`, by way of a small buffer of its own: what was written is in `out` once the
// writer is gone (or flushed). A record is dozens of short writes, and growing a vector by one
// byte at a time was most of their cost.
class Writer {
public:
    explicit Writer(std::vector<std::uint8_t>& out) : m_out(out) {}
    ~Writer() { flush(); }
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    void flush() {
        m_out.insert(m_out.end(), m_buffer, m_buffer + m_used);
        m_used = 0;
    }

    template <class T>
    void operator()(std::string_view, const T& value) {
        write(value);
    }

    template <std::integral T>
    void write(T value) {
        static_assert(std::endian::native == std::endian::little);
        put(&value, sizeof(T));
    }
    void write(bool value) { write(static_cast<std::uint8_t>(value ? 1 : 0)); }
    template <Enumeration T>
    void write(T value) {
        write(static_cast<std::uint8_t>(value));
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
        const Int128 value = figure.raw();
        std::memcpy(raw + 1, &value, sizeof value);
        // The shortest two's complement: leading bytes that only repeat the sign are left out.
        std::uint8_t n = 16;
        const std::uint8_t fill = value < 0 ? 0xff : 0;
        while (n > 0 && raw[n] == fill &&
               (n == 1 ? fill == 0 : (raw[n - 1] >= 0x80) == (fill != 0)))
            --n;
        raw[0] = n;
        put(raw, n + 1u);
    }
    void write(Instant t) { write(t.microseconds()); }
    void write(Duration d) { write(d.count()); }
    void write(const Digest& digest) { put(digest.bytes.data(), digest.bytes.size()); }
    void write(const std::string& text) {
        write(static_cast<std::uint32_t>(text.size()));
        put(text.data(), text.size());
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
    void put(const void* data, std::size_t size) {
        if (m_used + size > sizeof m_buffer) flush();
        if (size > sizeof m_buffer) {
            const auto* bytes = static_cast<const std::uint8_t*>(data);
            m_out.insert(m_out.end(), bytes, bytes + size);
            return;
        }
        std::memcpy(m_buffer + m_used, data, size);
        m_used += size;
    }

    std::vector<std::uint8_t>& m_out;
    std::size_t m_used = 0;
    std::uint8_t m_buffer[256];
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
