#include "storage/log_check.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <string_view>
#include <vector>

#include "storage/record_file.hpp"

namespace breakwater::storage {
namespace {

// https://www.sqlite.org/fileformat2.html#the_write_ahead_log
constexpr std::size_t kLogHeader = 32;
constexpr std::size_t kFrameHeader = 24;
constexpr std::uint32_t kMagic = 0x377f0682;  // the lowest bit tells the checksum's byte order

std::uint32_t bigEndian(std::span<const std::uint8_t> bytes, std::size_t at) {
    return std::uint32_t{bytes[at]} << 24 | std::uint32_t{bytes[at + 1]} << 16 |
           std::uint32_t{bytes[at + 2]} << 8 | bytes[at + 3];
}

std::uint32_t littleEndian(std::span<const std::uint8_t> bytes, std::size_t at) {
    return std::uint32_t{bytes[at + 3]} << 24 | std::uint32_t{bytes[at + 2]} << 16 |
           std::uint32_t{bytes[at + 1]} << 8 | bytes[at];
}

class Checksum {
public:
    explicit Checksum(bool isBigEndian) : m_isBigEndian(isBigEndian) {}

    void add(std::span<const std::uint8_t> bytes) {
        for (std::size_t at = 0; at + 8 <= bytes.size(); at += 8) {
            m_first += word(bytes, at) + m_second;
            m_second += word(bytes, at + 4) + m_first;
        }
    }
    // Goes on from a frame's stored sum: each vouches for all before it.
    void goOnFrom(std::span<const std::uint8_t> stored, std::size_t at) {
        m_first = bigEndian(stored, at);
        m_second = bigEndian(stored, at + 4);
    }
    bool equals(std::span<const std::uint8_t> stored, std::size_t at) const {
        return bigEndian(stored, at) == m_first && bigEndian(stored, at + 4) == m_second;
    }

private:
    std::uint32_t word(std::span<const std::uint8_t> bytes, std::size_t at) const {
        return m_isBigEndian ? bigEndian(bytes, at) : littleEndian(bytes, at);
    }

    bool m_isBigEndian;
    std::uint32_t m_first = 0;
    std::uint32_t m_second = 0;
};

using Salt = std::array<std::uint8_t, 8>;

Salt saltAt(std::span<const std::uint8_t> bytes, std::size_t at) {
    Salt salt;
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), salt.size(), salt.begin());
    return salt;
}

// Of one generation of a log: the last whole frame of each page, by its place.
using LastFrames = std::map<std::uint32_t, std::uint64_t>;

// A log begins anew only when all of it is in the file; what is left of it then is overwritten bit
// by bit, and a loss of power on the way makes it look damaged. Nothing is lost where the file
// holds every page that the log would give.
Result<bool> allInFile(const RecordFile& log, std::filesystem::path path, const LastFrames& frames,
                       std::uint32_t pageSize) {
    if (frames.empty()) return false;  // nothing of it can be read at all
    const std::string name = path.string();
    const Result<std::shared_ptr<RecordFile>> file = RecordFile::open(
        name.substr(0, name.size() - std::string_view("-wal").size()), RecordFile::Access::Read);
    if (!file) return false;
    std::vector<std::uint8_t> logged(pageSize);
    std::vector<std::uint8_t> stored(pageSize);
    for (const auto& [page, at] : frames) {
        const Result<std::size_t> there = log.readAt(at + kFrameHeader, logged);
        if (!there) return Unexpected(there.error());
        const Result<std::size_t> size =
            (*file)->readAt((std::uint64_t{page} - 1) * pageSize, stored);
        if (!size) return Unexpected(size.error());
        if (*size < pageSize || stored != logged) return false;
    }
    return true;
}

}  // namespace

Result<std::uint64_t> commitsBehindDamage(const std::filesystem::path& log) {
    const Result<std::shared_ptr<RecordFile>> file =
        RecordFile::open(log, RecordFile::Access::Read);
    if (!file && file.error().code == ErrorCode::NotFound) return std::uint64_t{0};
    if (!file) return Unexpected(file.error());
    std::array<std::uint8_t, kLogHeader> header{};
    const Result<std::size_t> headerSize = (*file)->readAt(0, header);
    if (!headerSize) return Unexpected(headerSize.error());
    if (*headerSize < kLogHeader) return std::uint64_t{0};

    Checksum checksum((bigEndian(header, 0) & 1) != 0);
    checksum.add(std::span(header).first(24));
    bool sound = (bigEndian(header, 0) & ~1U) == kMagic && checksum.equals(header, 24);
    Salt salt = saltAt(header, 16);
    const std::uint32_t pageSize = bigEndian(header, 8);
    const bool sizeKnown =
        pageSize >= 512 && pageSize <= 65'536 && (pageSize & (pageSize - 1)) == 0;
    if (!sizeKnown) return std::uint64_t{(*file)->stamp().size > kLogHeader ? 1U : 0U};

    std::uint64_t lost = 0;
    LastFrames committed;
    LastFrames open;  // of the transaction whose commit is not yet met
    Checksum own(false);
    bool ownSeeded = false;
    std::vector<std::uint8_t> frame(kFrameHeader + pageSize);
    for (std::uint64_t at = kLogHeader;; at += frame.size()) {
        const Result<std::size_t> size = (*file)->readAt(at, frame);
        if (!size) return Unexpected(size.error());
        if (*size < frame.size()) break;
        // A damaged header does not name this log's generation; its first frame still does.
        if (!sound && at == kLogHeader) salt = saltAt(frame, 8);
        if (saltAt(frame, 8) != salt) {
            sound = false;
            continue;
        }
        if (sound) {
            checksum.add(std::span(frame).first(8));
            checksum.add(std::span(frame).subspan(kFrameHeader));
            sound = checksum.equals(frame, 16);
        }
        if (ownSeeded) {
            own.add(std::span(frame).first(8));
            own.add(std::span(frame).subspan(kFrameHeader));
        }
        const bool whole = sound || (ownSeeded && own.equals(frame, 16));
        if (whole && bigEndian(frame, 0) > 0) open[bigEndian(frame, 0)] = at;
        own = Checksum((bigEndian(header, 0) & 1) != 0);
        own.goOnFrom(frame, 16);
        ownSeeded = true;
        // A frame torn between two generations may bear the commit mark of the older.
        const bool commits = whole && bigEndian(frame, 4) != 0;
        if (!commits) continue;
        if (!sound) ++lost;
        for (const auto& [page, place] : open)
            committed[page] = place;
        open.clear();
    }
    // The first may be the transaction during which the writer died.
    if (lost <= 1) return std::uint64_t{0};
    const Result<bool> kept = allInFile(**file, log, committed, pageSize);
    if (!kept) return Unexpected(kept.error());
    return *kept ? 0 : lost - 1;
}

}  // namespace breakwater::storage
