// The reserve: a file beside the record, allocated when recording starts, that takes officers'
// commands while the record itself cannot be written. Internal to storage.
//
// Its space is there before it is needed, so a full disk does not stop it. Sectors of 512 bytes,
// integers little endian, H = BLAKE2b-256; no write ever touches a sector that another entry
// lies in, and a sector is written whole or not at all:
//   0      "BWRESERV" || u32 version || genesis || u64 count || H(all before)
//   1      "BWDURABL" || u64 sequence || chain after it || H(genesis || all before)
//   2 ...  entries, each from a sector of its own:
//          u32 size || u64 index || u64 sequence || i64 time || payload || H(genesis || all before)
// An entry counts once the header says so, and the header is written after the entry is on the
// disk: an entry below the count that does not agree with its digest is damage, never a crash.
//
// Sector 1 says what the record last acknowledged. It is not synced: after a crash of the program
// it is exact, after a loss of power it may be older. A record that ends before it has lost
// something that was on the disk, which the write-ahead log alone cannot tell from a crash.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "storage/record_format.hpp"

namespace breakwater::storage {

// An input that was decided and could not be recorded; `sequence` is its place in the record.
struct ReservedInput {
    Sequence sequence = 0;
    Instant time;
    ByteBuffer input;

    friend bool operator==(const ReservedInput&, const ReservedInput&) = default;
};

class ReserveFile {
public:
    // Makes the file, or takes up one of the same record. Refused: it holds commands of another.
    // Corrupt: what it holds is not what was written.
    static Result<std::unique_ptr<ReserveFile>> open(const std::filesystem::path& record,
                                                     const Digest& genesis, std::uint64_t bytes);
    static std::filesystem::path beside(const std::filesystem::path& record);

    ~ReserveFile();
    ReserveFile(const ReserveFile&) = delete;
    ReserveFile& operator=(const ReserveFile&) = delete;

    const std::vector<ReservedInput>& entries() const { return m_entries; }
    // On the disk when it returns. Full: no room left.
    Result<void> append(ReservedInput entry);
    Result<void> clear();
    // Any thread, beside the others: it touches nothing they do. An error is nobody's concern.
    void noteDurable(Sequence sequence, const Digest& chain) const;
    void remove();
    bool isNew() const { return m_isNew; }  // made by this open()

    struct Durable {
        Sequence sequence = 0;
        Digest chain;
    };
    // What a reserve beside this record says was acknowledged; nothing where none can be read.
    static std::optional<Durable> durableOf(const std::filesystem::path& record,
                                            const Digest& genesis);

private:
    ReserveFile(std::filesystem::path path, int descriptor, const Digest& genesis,
                std::uint64_t bytes);
    Result<void> load();
    Result<void> writeHeader(std::uint64_t count);
    Result<void> put(std::uint64_t offset, Bytes bytes);

    const std::filesystem::path m_path;
    const int m_descriptor;
    const Digest m_genesis;
    const std::uint64_t m_bytes;
    std::vector<ReservedInput> m_entries;
    std::uint64_t m_end;  // offset of the next entry
    bool m_isNew = false;
};

}  // namespace breakwater::storage
