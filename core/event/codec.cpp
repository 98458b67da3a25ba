#include "core/event/codec.hpp"

#include "core/event/binary.hpp"
#include "core/event/json.hpp"

namespace breakwater {
namespace {

template <class Variant>
void encodeVariant(const Variant& value, ByteBuffer& out) {
    out.push_back(static_cast<std::uint8_t>(value.index()));
    std::visit(
        [&](const auto& record) {
            binary::Writer writer(out);
            writer.write(record);
        },
        value);
}

template <class Variant, std::size_t... I>
bool readAlternative(std::size_t index, binary::Reader& reader, Variant& out,
                     std::index_sequence<I...>) {
    const auto attempt = [&]<std::size_t K>() {
        if (index != K) return false;
        reader.read(out.template emplace<K>());
        return true;
    };
    return (attempt.template operator()<I>() || ...);
}

template <class Variant>
Result<Variant> decodeVariant(Bytes bytes, const char* what) {
    if (bytes.empty()) return fail(ErrorCode::Corrupt, std::string("an empty ") + what);
    binary::Reader reader(bytes.subspan(1));
    Variant value;
    const bool known = readAlternative(bytes[0], reader, value,
                                       std::make_index_sequence<std::variant_size_v<Variant>>());
    if (!known) {
        return fail(ErrorCode::NewerVersion,
                    std::string("unknown ") + what + " kind " + std::to_string(bytes[0]));
    }
    if (!reader.atEnd()) {
        return fail(ErrorCode::Corrupt,
                    std::string("the bytes of this ") + what + " do not follow their format");
    }
    return value;
}

// name{field=value, field=value}: figures bare, text quoted only where it has to be.
class TextWriter {
public:
    explicit TextWriter(std::string& out) : m_out(out) {}

    template <class T>
    void operator()(std::string_view name, const T& value) {
        if (!m_first) m_out += ", ";
        m_first = false;
        m_out += name;
        m_out.push_back('=');
        write(value);
    }

    void write(bool value) { m_out += value ? "yes" : "no"; }
    template <std::integral T>
    void write(T value) {
        m_out += std::to_string(value);
    }
    template <binary::Enumeration T>
    void write(T value) {
        m_out += word(value);
    }
    template <binary::HasValue T>
    void write(T id) {
        m_out += std::to_string(id.value());
    }
    template <class Tag>
    void write(Unit<Tag> figure) {
        m_out += figure.toString();
    }
    void write(Instant t) { m_out += t.toString(); }
    void write(Duration d) { m_out += json::secondsText(d) + "s"; }
    void write(const Digest& digest) { m_out += digest.toHex(); }
    void write(const std::string& text) { json::appendQuoted(m_out, text); }
    template <class T>
    void write(const std::vector<T>& list) {
        m_out.push_back('[');
        for (std::size_t i = 0; i < list.size(); ++i) {
            if (i > 0) m_out += ", ";
            write(list[i]);
        }
        m_out.push_back(']');
    }
    template <class T>
    requires requires(const T& x, TextWriter& w) { T::fields(x, w); }
    void write(const T& record) {
        m_out.push_back('{');
        TextWriter inner(m_out);
        T::fields(record, inner);
        m_out.push_back('}');
    }

private:
    std::string& m_out;
    bool m_first = true;
};

template <class Variant>
std::string_view variantName(const Variant& value) {
    return std::visit([](const auto& record) { return std::decay_t<decltype(record)>::kName; },
                      value);
}

template <class Variant>
std::string variantText(const Variant& value) {
    std::string out;
    std::visit(
        [&](const auto& record) {
            out += record.kName;
            TextWriter(out).write(record);
        },
        value);
    return out;
}

template <class Variant>
std::string variantJson(const Variant& value) {
    std::string out = "{\"kind\":";
    std::visit(
        [&](const auto& record) {
            json::appendQuoted(out, record.kName);
            std::string fields;
            json::Writer writer(fields);
            std::decay_t<decltype(record)>::fields(record, writer);
            if (!fields.empty()) out += "," + fields;
        },
        value);
    return out + "}";
}

template <std::size_t... I>
bool emplaceNamed(std::string_view name, InputBody& out, std::index_sequence<I...>) {
    const auto attempt = [&]<std::size_t K>() {
        if (std::variant_alternative_t<K, InputBody>::kName != name) return false;
        out.emplace<K>();
        return true;
    };
    return (attempt.template operator()<I>() || ...);
}

}  // namespace

void encode(const InputBody& body, ByteBuffer& out) { encodeVariant(body, out); }
void encode(const Event& event, ByteBuffer& out) { encodeVariant(event, out); }
Result<InputBody> decodeInput(Bytes bytes) { return decodeVariant<InputBody>(bytes, "input"); }
Result<Event> decodeEvent(Bytes bytes) { return decodeVariant<Event>(bytes, "event"); }

void encodeProfile(const Profile& profile, ByteBuffer& out) { binary::Writer(out).write(profile); }

std::string_view nameOf(const InputBody& body) { return variantName(body); }
std::string_view nameOf(const Event& event) { return variantName(event); }
std::string toText(const InputBody& body) { return variantText(body); }
std::string toText(const Event& event) { return variantText(event); }
std::string toJson(const InputBody& body) { return variantJson(body); }
std::string toJson(const Event& event) { return variantJson(event); }

Result<InputBody> inputFromJson(std::string_view text) {
    simdjson::dom::parser parser;
    simdjson::dom::object object;
    const simdjson::padded_string padded(text);
    if (parser.parse(padded).get(object) != simdjson::SUCCESS) {
        return fail(ErrorCode::Malformed, "the line is not a JSON object");
    }
    std::string_view kind;
    if (object["kind"].get(kind) != simdjson::SUCCESS) {
        return fail(ErrorCode::Malformed, "field 'kind' is missing");
    }
    InputBody body;
    if (!emplaceNamed(kind, body, std::make_index_sequence<std::variant_size_v<InputBody>>())) {
        return fail(ErrorCode::Malformed, "'" + std::string(kind) + "' is not a kind of input");
    }
    json::Reader reader(object, json::Missing::KeepsDefault);
    std::visit([&](auto& record) { std::decay_t<decltype(record)>::fields(record, reader); }, body);
    reader.refuseUnknown("kind");
    if (!reader.ok()) return fail(ErrorCode::Malformed, reader.error());
    return body;
}

}  // namespace breakwater
