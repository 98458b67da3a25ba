#include "core/sim/gunzip.hpp"

#include <algorithm>
#include <limits>

#include <zlib.h>

#include "core/sim/text_error.hpp"

namespace breakwater::sim {
namespace {

constexpr int kGzipOnly = 16 + MAX_WBITS;
constexpr std::size_t kChunk = std::size_t{1} << 18;

// inflateEnd on every way out.
class Inflater {
public:
    Inflater() : m_ready(inflateInit2(&m_stream, kGzipOnly) == Z_OK) {}
    ~Inflater() {
        if (m_ready) inflateEnd(&m_stream);
    }
    Inflater(const Inflater&) = delete;
    Inflater& operator=(const Inflater&) = delete;

    bool ready() const { return m_ready; }
    z_stream& stream() { return m_stream; }

private:
    z_stream m_stream{};
    bool m_ready = false;
};

// zlib counts input in 32 bits.
void feed(z_stream& stream, std::string_view& rest) {
    const std::size_t part =
        std::min<std::size_t>(rest.size(), std::numeric_limits<uInt>::max() / 2);
    stream.next_in = reinterpret_cast<z_const Bytef*>(const_cast<char*>(rest.data()));
    stream.avail_in = static_cast<uInt>(part);
    rest.remove_prefix(part);
}

}  // namespace

bool isGzip(std::string_view bytes) { return bytes.starts_with("\x1F\x8B"); }

Result<std::string> gunzip(std::string_view bytes, std::string_view fileName, std::size_t most) {
    const TextPlace file{fileName};
    Inflater inflater;
    if (!inflater.ready()) return textError(file, "zlib could not be started", ErrorCode::Full);
    z_stream& stream = inflater.stream();
    std::string out;
    std::string_view rest = bytes;
    bool ended = false;
    while (true) {
        if (stream.avail_in == 0) feed(stream, rest);
        if (stream.avail_in == 0) break;
        if (ended && inflateReset(&stream) != Z_OK) {
            return textError(file, "zlib could not be started again", ErrorCode::Full);
        }
        const std::size_t before = out.size();
        out.resize(before + kChunk);
        stream.next_out = reinterpret_cast<Bytef*>(out.data() + before);
        stream.avail_out = static_cast<uInt>(kChunk);
        const int code = inflate(&stream, Z_NO_FLUSH);
        out.resize(out.size() - stream.avail_out);
        ended = code == Z_STREAM_END;
        if (code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR) {
            return textError(
                file, "the gzip is damaged after " + std::to_string(out.size()) + " unpacked bytes",
                ErrorCode::Corrupt);
        }
        if (out.size() > most) {
            return textError(file,
                             "the gzip unpacks to more than " + std::to_string(most) + " bytes",
                             ErrorCode::OutOfRange);
        }
    }
    if (!ended) {
        return textError(
            file, "the gzip is cut off after " + std::to_string(out.size()) + " unpacked bytes",
            ErrorCode::Corrupt);
    }
    return out;
}

}  // namespace breakwater::sim
