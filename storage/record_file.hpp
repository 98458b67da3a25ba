// The record's file as the operating system sees it: who may open it, and its bytes.
//
// Two kinds of lock must not be confused. Ours is flock(): it belongs to the open file, ends with
// the process, and keeps two Breakwaters apart. SQLite's own are POSIX locks: the kernel drops
// them all when the process closes *any* descriptor of that file. So while this process writes a
// record, its readers share the writer's descriptor instead of opening and closing their own.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "core/base/digest.hpp"
#include "core/base/result.hpp"

namespace breakwater::storage {

enum class Hold { Shared, Exclusive };

class RecordFile {
public:
    enum class Access { CreateNew, CreateOver, Write, Read };

    // NotFound, Refused (exists, is not a file), Io.
    static Result<std::shared_ptr<RecordFile>> open(const std::filesystem::path& path,
                                                    Access access);
    // As open() and locked exclusively, known to this process's readers until release().
    static Result<std::shared_ptr<RecordFile>> openForWriting(const std::filesystem::path& path,
                                                              Access access);
    // The descriptor this process writes that record by, if it does.
    static std::shared_ptr<RecordFile> writtenHere(const std::filesystem::path& path);

    ~RecordFile();
    RecordFile(const RecordFile&) = delete;
    RecordFile& operator=(const RecordFile&) = delete;

    bool tryLock(Hold hold);  // false: another holds it
    void release();           // the lock; the descriptor stays for those who share it
    Result<void> makeEmpty();
    // Gives the file its name, unless there is one of that name, and makes that last.
    static Result<void> rename(const std::filesystem::path& from, const std::filesystem::path& to);

    struct Stamp {
        std::uint64_t size = 0;
        std::int64_t seconds = 0;
        std::int64_t nanoseconds = 0;
        friend bool operator==(const Stamp&, const Stamp&) = default;
    };
    Stamp stamp() const;
    // Fewer bytes at the end of the file.
    Result<std::size_t> readAt(std::uint64_t offset, std::span<std::uint8_t> out) const;
    Result<void> copyTo(const std::filesystem::path& target) const;

private:
    explicit RecordFile(int descriptor) : m_descriptor(descriptor) {}

    int m_descriptor;
};

// The folder a private copy lies in: mode 0700, removed with everything in it.
class PrivateFolder {
public:
    static Result<PrivateFolder> create(std::uint64_t bytesNeeded);
    PrivateFolder(PrivateFolder&& other) noexcept;
    PrivateFolder& operator=(PrivateFolder&&) = delete;
    ~PrivateFolder();

    const std::filesystem::path& path() const { return m_path; }

private:
    explicit PrivateFolder(std::filesystem::path path) : m_path(std::move(path)) {}

    std::filesystem::path m_path;
};

}  // namespace breakwater::storage
