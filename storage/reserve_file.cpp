#include "storage/reserve_file.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

namespace breakwater::storage {
namespace {

constexpr std::uint64_t kSector = 512;
constexpr std::uint64_t kFirstEntry = 2 * kSector;
constexpr std::uint32_t kVersion = 1;
constexpr std::string_view kHeaderMagic = "BWRESERV";
constexpr std::string_view kDurableMagic = "BWDURABL";
constexpr std::size_t kEntryHead = 4 + 8 + 8 + 8;
constexpr std::size_t kDigest = 32;

void add(ByteBuffer& out, std::string_view text) {
    out.insert(out.end(), text.begin(), text.end());
}
void add(ByteBuffer& out, const Digest& digest) {
    out.insert(out.end(), digest.bytes.begin(), digest.bytes.end());
}
void add(ByteBuffer& out, std::uint64_t value, std::size_t size) {
    for (std::size_t i = 0; i < size; ++i)
        out.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}
std::uint64_t number(Bytes bytes, std::size_t at, std::size_t size) {
    std::uint64_t value = 0;
    for (std::size_t i = size; i-- > 0;)
        value = value << 8 | bytes[at + i];
    return value;
}

bool sealed(const Digest& digest, Bytes bytes, std::size_t at) {
    return std::ranges::equal(digest.bytes, bytes.subspan(at, kDigest));
}

std::uint64_t sectorsOf(std::uint64_t bytes) { return (bytes + kSector - 1) / kSector * kSector; }

Unexpected ioFailure(const std::filesystem::path& path, const char* what) {
    return fail(ErrorCode::Io, "the reserve file " + path.string() + " cannot be " + what + ": " +
                                   std::strerror(errno));
}

Unexpected damaged(const std::filesystem::path& path) {
    return fail(ErrorCode::Corrupt,
                "the reserve file " + path.string() +
                    " is damaged; commands it took may be lost (move it away to go on without it)");
}

bool readExactly(int descriptor, std::uint64_t offset, std::span<std::uint8_t> out) {
    std::size_t done = 0;
    while (done < out.size()) {
        const ssize_t n = ::pread(descriptor, out.data() + done, out.size() - done,
                                  static_cast<off_t>(offset + done));
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        done += static_cast<std::size_t>(n);
    }
    return true;
}

// The directory entry of a new file is on the disk only once its folder is.
void syncFolderOf(const std::filesystem::path& path) {
    const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;
    ::fsync(descriptor);
    ::close(descriptor);
}

struct Header {
    Digest genesis;
    std::uint64_t count = 0;
};
constexpr std::size_t kHeaderSize = 8 + 4 + kDigest + 8 + kDigest;

ByteBuffer headerBytes(const Digest& genesis, std::uint64_t count) {
    ByteBuffer bytes;
    add(bytes, kHeaderMagic);
    add(bytes, kVersion, 4);
    add(bytes, genesis);
    add(bytes, count, 8);
    add(bytes, digestOf(bytes));
    bytes.resize(kSector);
    return bytes;
}

std::optional<Header> headerOf(Bytes sector) {
    const Bytes stated = sector.first(kHeaderSize - kDigest);
    Header header;
    if (!std::ranges::equal(sector.first(8), kHeaderMagic) || number(sector, 8, 4) != kVersion ||
        !sealed(digestOf(stated), sector, stated.size())) {
        return std::nullopt;
    }
    std::ranges::copy(sector.subspan(12, kDigest), header.genesis.bytes.begin());
    header.count = number(sector, 12 + kDigest, 8);
    return header;
}

}  // namespace

std::filesystem::path ReserveFile::beside(const std::filesystem::path& record) {
    return record.string() + ".reserve";
}

ReserveFile::ReserveFile(std::filesystem::path path, int descriptor, const Digest& genesis,
                         std::uint64_t bytes)
    : m_path(std::move(path)),
      m_descriptor(descriptor),
      m_genesis(genesis),
      m_bytes(bytes),
      m_end(kFirstEntry) {}

ReserveFile::~ReserveFile() { ::close(m_descriptor); }

Result<std::unique_ptr<ReserveFile>> ReserveFile::open(const std::filesystem::path& record,
                                                       const Digest& genesis, std::uint64_t bytes) {
    std::filesystem::path path = beside(record);
    const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (descriptor < 0) return ioFailure(path, "opened");
    std::unique_ptr<ReserveFile> file(
        new ReserveFile(std::move(path), descriptor, genesis, std::max(bytes, 3 * kSector)));
    const Result<void> loaded = file->load();
    if (!loaded) return Unexpected(loaded.error());
    return file;
}

Result<void> ReserveFile::load() {
    ByteBuffer sector(kSector);
    const bool there = readExactly(m_descriptor, 0, sector);
    const bool fresh = !there || std::ranges::all_of(sector, [](auto byte) { return byte == 0; });
    const std::optional<Header> header = fresh ? std::nullopt : headerOf(sector);
    if (!fresh && !header) return damaged(m_path);
    if (header && header->genesis != m_genesis && header->count > 0) {
        return fail(ErrorCode::Refused, m_path.string() + " holds " +
                                            std::to_string(header->count) +
                                            " commands of another record; move it away first");
    }
    const int allocated = ::posix_fallocate(m_descriptor, 0, static_cast<off_t>(m_bytes));
    if (allocated != 0) {
        errno = allocated;
        return ioFailure(m_path, "allocated");
    }
    if (!header || header->genesis != m_genesis) {
        m_isNew = true;
        // What another record left behind vouches for nothing here.
        Result<void> made = put(kSector, ByteBuffer(kSector));
        if (made) made = writeHeader(0);
        if (made) syncFolderOf(m_path);
        return made;
    }
    for (std::uint64_t index = 0; index < header->count; ++index) {
        ByteBuffer bytes(kEntryHead);
        if (!readExactly(m_descriptor, m_end, bytes)) return damaged(m_path);
        const std::uint64_t size = number(bytes, 0, 4);
        if (m_end + kEntryHead + size + kDigest > m_bytes) return damaged(m_path);
        bytes.resize(kEntryHead + size + kDigest);
        if (!readExactly(m_descriptor, m_end, bytes)) return damaged(m_path);
        const Bytes content = Bytes(bytes).first(kEntryHead + size);
        if (number(bytes, 4, 8) != index ||
            !sealed(chained(m_genesis, content), bytes, content.size()))
            return damaged(m_path);
        m_entries.push_back(
            {number(bytes, 12, 8),
             Instant::fromMicroseconds(static_cast<std::int64_t>(number(bytes, 20, 8))),
             {content.begin() + kEntryHead, content.end()}});
        m_end += sectorsOf(bytes.size());
    }
    return {};
}

Result<void> ReserveFile::put(std::uint64_t offset, Bytes bytes) {
    std::size_t done = 0;
    while (done < bytes.size()) {
        const ssize_t n = ::pwrite(m_descriptor, bytes.data() + done, bytes.size() - done,
                                   static_cast<off_t>(offset + done));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return ioFailure(m_path, "written");
        done += static_cast<std::size_t>(n);
    }
    if (::fdatasync(m_descriptor) != 0) return ioFailure(m_path, "synced");
    return {};
}

Result<void> ReserveFile::writeHeader(std::uint64_t count) {
    return put(0, headerBytes(m_genesis, count));
}

Result<void> ReserveFile::append(ReservedInput entry) {
    ByteBuffer bytes;
    add(bytes, entry.input.size(), 4);
    add(bytes, m_entries.size(), 8);
    add(bytes, entry.sequence, 8);
    add(bytes, static_cast<std::uint64_t>(entry.time.microseconds()), 8);
    bytes.insert(bytes.end(), entry.input.begin(), entry.input.end());
    add(bytes, chained(m_genesis, bytes));
    bytes.resize(sectorsOf(bytes.size()));
    if (m_end + bytes.size() > m_bytes) {
        return fail(ErrorCode::Full, "the reserve file " + m_path.string() + " is full");
    }
    Result<void> done = put(m_end, bytes);
    if (done) done = writeHeader(m_entries.size() + 1);
    if (!done) return done;
    m_end += bytes.size();
    m_entries.push_back(std::move(entry));
    return {};
}

Result<void> ReserveFile::clear() {
    if (m_entries.empty()) return {};
    const Result<void> done = writeHeader(0);
    if (!done) return done;
    m_entries.clear();
    m_end = kFirstEntry;
    return {};
}

void ReserveFile::noteDurable(Sequence sequence, const Digest& chain) const {
    ByteBuffer bytes;
    add(bytes, kDurableMagic);
    add(bytes, sequence, 8);
    add(bytes, chain);
    add(bytes, chained(m_genesis, bytes));
    bytes.resize(kSector);
    const ssize_t ignored = ::pwrite(m_descriptor, bytes.data(), bytes.size(), kSector);
    static_cast<void>(ignored);
}

void ReserveFile::remove() {
    std::error_code ignored;
    std::filesystem::remove(m_path, ignored);
}

std::optional<ReserveFile::Durable> ReserveFile::durableOf(const std::filesystem::path& record,
                                                           const Digest& genesis) {
    const int descriptor = ::open(beside(record).c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) return std::nullopt;
    ByteBuffer sector(kSector);
    const bool there = readExactly(descriptor, kSector, sector);
    ::close(descriptor);
    const Bytes stated = Bytes(sector).first(8 + 8 + kDigest);
    if (!there || !std::ranges::equal(Bytes(sector).first(8), kDurableMagic) ||
        !sealed(chained(genesis, stated), sector, stated.size())) {
        return std::nullopt;
    }
    Durable durable;
    durable.sequence = number(sector, 8, 8);
    std::ranges::copy(Bytes(sector).subspan(16, kDigest), durable.chain.bytes.begin());
    return durable;
}

}  // namespace breakwater::storage
