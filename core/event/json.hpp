// JSON visitors for records with fields(): the writer, and a strict reader over simdjson.
// Included by the codec and the profile loader only, so that simdjson stays private.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <simdjson.h>

#include "core/event/binary.hpp"

namespace breakwater::json {

inline void appendQuoted(std::string& out, std::string_view text) {
    static constexpr char kHex[] = "0123456789abcdef";
    out.push_back('"');
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out.push_back('\\');
            out.push_back(c);
        } else if (byte < 0x20) {
            out += "\\u00";
            out.push_back(kHex[byte >> 4]);
            out.push_back(kHex[byte & 15]);
        } else {
            out.push_back(c);
        }
    }
    out.push_back('"');
}

inline std::string secondsText(Duration d) {
    return Decimal::fromRaw(static_cast<Int128>(d.count()) * 1'000'000).toString();
}

class Writer {
public:
    explicit Writer(std::string& out) : m_out(out) {}

    template <class T>
    void operator()(std::string_view name, const T& value) {
        if (!m_first) m_out.push_back(',');
        m_first = false;
        appendQuoted(m_out, name);
        m_out.push_back(':');
        write(value);
    }

    void write(bool value) { m_out += value ? "true" : "false"; }
    template <std::integral T>
    void write(T value) {
        m_out += std::to_string(value);
    }
    template <binary::Enumeration T>
    void write(T value) {
        appendQuoted(m_out, word(value));
    }
    template <binary::HasValue T>
    void write(T id) {
        m_out += std::to_string(id.value());
    }
    template <class Tag>
    void write(Unit<Tag> figure) {
        appendQuoted(m_out, figure.toString());
    }
    void write(Instant t) { appendQuoted(m_out, t.toString()); }
    void write(Duration d) { m_out += secondsText(d); }
    void write(const Digest& digest) { appendQuoted(m_out, digest.toHex()); }
    void write(const std::string& text) { appendQuoted(m_out, text); }
    template <class T>
    void write(const std::vector<T>& list) {
        m_out.push_back('[');
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (i > 0) m_out.push_back(',');
            write(list[i]);
        }
        m_out.push_back(']');
    }
    template <class T>
    requires requires(const T& x, Writer& w) { T::fields(x, w); }
    void write(const T& record) {
        m_out.push_back('{');
        Writer inner(m_out);
        T::fields(record, inner);
        m_out.push_back('}');
    }

private:
    std::string& m_out;
    bool m_first = true;
};

enum class Missing { KeepsDefault, IsRefused };

// Reads one object's fields; the first fault names its path ("tiers[1].up_to: ...").
class Reader {
public:
    Reader(simdjson::dom::object object, Missing missing, std::string path = {})
        : m_object(object), m_missing(missing), m_path(std::move(path)) {}

    bool ok() const { return m_error.empty(); }
    const std::string& error() const { return m_error; }

    template <class T>
    void operator()(std::string_view name, T& value) {
        m_known.push_back(name);
        if (!ok()) return;
        simdjson::dom::element element;
        if (m_object[name].get(element) != simdjson::SUCCESS) {
            if (m_missing == Missing::IsRefused) refuse(std::string(name), "is missing");
            return;
        }
        read(std::string(name), element, value);
    }

    // After fields(): a name nobody asked for is a spelling mistake, not an extension, and a name
    // given twice has two values.
    void refuseUnknown(std::string_view alsoKnown = {}) {
        std::vector<std::string_view> seen;
        for (const auto field : m_object) {
            if (!ok()) return;
            for (const std::string_view name : seen) {
                if (name == field.key) refuse(std::string(field.key), "appears twice");
            }
            seen.push_back(field.key);
            bool known = field.key == alsoKnown;
            for (const std::string_view name : m_known)
                known = known || name == field.key;
            if (!known) refuse(std::string(field.key), "is not a known field");
        }
    }

private:
    using Element = simdjson::dom::element;

    void refuse(const std::string& name, const std::string& why) {
        if (m_error.empty()) m_error = "field '" + m_path + name + "' " + why;
    }

    void read(const std::string& name, Element element, bool& value) {
        if (element.get(value) != simdjson::SUCCESS) refuse(name, "must be true or false");
    }
    template <std::integral T>
    void read(const std::string& name, Element element, T& value) {
        std::uint64_t raw = 0;
        if (element.get(raw) != simdjson::SUCCESS || raw > std::numeric_limits<T>::max()) {
            refuse(name, "must be a whole number in range");
            return;
        }
        value = static_cast<T>(raw);
    }
    template <binary::Enumeration T>
    void read(const std::string& name, Element element, T& value) {
        std::string_view text;
        const bool isText = element.get(text) == simdjson::SUCCESS;
        const std::optional<T> found = isText ? fromWord<T>(text) : std::nullopt;
        if (!found) {
            std::string words;
            for (const std::string_view w : EnumWords<T>::words) {
                words += (words.empty() ? "" : ", ") + std::string(w);
            }
            refuse(name, "must be one of: " + words);
            return;
        }
        value = *found;
    }
    template <binary::HasValue T>
    void read(const std::string& name, Element element, T& id) {
        typename T::number_type raw{};
        read(name, element, raw);
        id = T(raw);
    }
    Result<Decimal> figure(Element element) {
        std::string_view text;
        if (element.get(text) == simdjson::SUCCESS) return Decimal::parse(text);
        std::int64_t whole = 0;
        if (element.get(whole) == simdjson::SUCCESS) return Decimal::parse(std::to_string(whole));
        double number = 0;
        if (element.get(number) == simdjson::SUCCESS) return Decimal::fromDouble(number);
        return fail(ErrorCode::Malformed, "is not a figure");
    }
    template <class Tag>
    void read(const std::string& name, Element element, Unit<Tag>& value) {
        const Result<Decimal> parsed = figure(element);
        if (!parsed) {
            refuse(name, "must be a decimal figure: " + parsed.error().message);
            return;
        }
        value = Unit<Tag>(*parsed);
    }
    void read(const std::string& name, Element element, Instant& value) {
        std::string_view text;
        if (element.get(text) != simdjson::SUCCESS) {
            refuse(name, "must be a UTC time");
            return;
        }
        const Result<Instant> parsed = Instant::parse(text);
        if (!parsed) {
            refuse(name, parsed.error().message);
            return;
        }
        value = *parsed;
    }
    void read(const std::string& name, Element element, Duration& value) {
        const Result<Decimal> parsed = figure(element);
        // A thousand million seconds are 31 years.
        if (!parsed || parsed->abs() > Decimal::fromInteger(1'000'000'000)) {
            refuse(name, "must be a number of seconds, at most 1e9");
            return;
        }
        // To the nearest: a microsecond that a JSON number cannot hold exactly must not be lost.
        const Int128 half = parsed->isNegative() ? -500'000 : 500'000;
        value =
            Duration::microseconds(static_cast<std::int64_t>((parsed->raw() + half) / 1'000'000));
    }
    void read(const std::string& name, Element element, Digest& value) {
        std::string_view text;
        const bool isText = element.get(text) == simdjson::SUCCESS;
        const Result<Digest> parsed = Digest::fromHex(isText ? text : std::string_view());
        if (!parsed) {
            refuse(name, parsed.error().message);
            return;
        }
        value = *parsed;
    }
    void read(const std::string& name, Element element, std::string& value) {
        std::string_view text;
        if (element.get(text) != simdjson::SUCCESS) {
            refuse(name, "must be text");
            return;
        }
        value = std::string(text);
    }
    template <class T>
    void read(const std::string& name, Element element, std::vector<T>& list) {
        simdjson::dom::array array;
        if (element.get(array) != simdjson::SUCCESS) {
            refuse(name, "must be a list");
            return;
        }
        list.clear();
        for (const Element item : array) {
            T value{};
            read(name + "[" + std::to_string(list.size()) + "]", item, value);
            list.push_back(std::move(value));
        }
    }
    template <class T>
    requires requires(T& x, Reader& r) { T::fields(x, r); }
    void read(const std::string& name, Element element, T& record) {
        simdjson::dom::object object;
        if (element.get(object) != simdjson::SUCCESS) {
            refuse(name, "must be an object");
            return;
        }
        Reader inner(object, m_missing, m_path + name + ".");
        T::fields(record, inner);
        inner.refuseUnknown();
        if (!inner.ok()) m_error = inner.error();
    }

    simdjson::dom::object m_object;
    Missing m_missing;
    std::string m_path;
    std::vector<std::string_view> m_known;
    std::string m_error;
};

}  // namespace breakwater::json
