#include "storage/record_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <mutex>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace breakwater::storage {
namespace {

// The one lock of this room besides the recorder's queue. It is taken when a record is opened,
// never while rows are read or written.
std::mutex writersMutex;
std::vector<std::weak_ptr<RecordFile>> writers;  // guarded by writersMutex

std::string reason(int number) { return std::strerror(number); }

Unexpected openFailure(const std::filesystem::path& path, int number) {
    const std::string name = path.string();
    switch (number) {
        case ENOENT: return fail(ErrorCode::NotFound, "there is no record at " + name);
        case EEXIST:
            return fail(ErrorCode::Refused,
                        name + " exists already; a record is never written over");
        default: return fail(ErrorCode::Io, name + " cannot be opened: " + reason(number));
    }
}

}  // namespace

Result<std::shared_ptr<RecordFile>> RecordFile::open(const std::filesystem::path& path,
                                                     Access access) {
    int flags = O_CLOEXEC | (access == Access::Read ? O_RDONLY : O_RDWR);
    const bool creates = access == Access::CreateNew || access == Access::CreateOver;
    if (creates) flags |= O_CREAT;
    if (access == Access::CreateNew) flags |= O_EXCL;
    // A pipe would block, a device might act: look before opening.
    struct stat seen {};
    if (access != Access::CreateNew && ::stat(path.c_str(), &seen) == 0 && !S_ISREG(seen.st_mode)) {
        return fail(ErrorCode::Refused, path.string() + " is not a file");
    }
    const int descriptor = ::open(path.c_str(), flags, 0600);
    if (descriptor < 0) {
        const int number = errno;
        if (number == ENOENT && creates) {
            return fail(ErrorCode::NotFound, "there is no folder for " + path.string());
        }
        return openFailure(path, number);
    }
    return std::shared_ptr<RecordFile>(new RecordFile(descriptor));
}

Result<std::shared_ptr<RecordFile>> RecordFile::openForWriting(const std::filesystem::path& path,
                                                               Access access) {
    if (writtenHere(path)) {
        return fail(ErrorCode::Locked, path.string() + " is being written by this program already");
    }
    Result<std::shared_ptr<RecordFile>> file = open(path, access);
    if (!file) return file;
    if (!(*file)->tryLock(Hold::Exclusive)) {
        const bool onlyRead = (*file)->tryLock(Hold::Shared);
        return fail(ErrorCode::Locked,
                    path.string() + (onlyRead ? " is open for reading; close it there first"
                                              : " is being written by another Breakwater"));
    }
    const std::lock_guard lock(writersMutex);
    writers.push_back(*file);
    return file;
}

std::shared_ptr<RecordFile> RecordFile::writtenHere(const std::filesystem::path& path) {
    struct stat wanted {};
    if (::stat(path.c_str(), &wanted) != 0) return nullptr;
    const std::lock_guard lock(writersMutex);
    std::erase_if(writers, [](const auto& writer) { return writer.expired(); });
    for (const auto& writer : writers) {
        std::shared_ptr<RecordFile> file = writer.lock();
        struct stat seen {};
        if (file && ::fstat(file->m_descriptor, &seen) == 0 && seen.st_dev == wanted.st_dev &&
            seen.st_ino == wanted.st_ino) {
            return file;
        }
    }
    return nullptr;
}

RecordFile::~RecordFile() { ::close(m_descriptor); }

bool RecordFile::tryLock(Hold hold) {
    const int operation = (hold == Hold::Shared ? LOCK_SH : LOCK_EX) | LOCK_NB;
    // A file system that knows no locks has no other Breakwater to be kept out by one.
    return ::flock(m_descriptor, operation) == 0 || errno != EWOULDBLOCK;
}

void RecordFile::release() {
    {
        const std::lock_guard lock(writersMutex);
        std::erase_if(writers, [this](const auto& writer) { return writer.lock().get() == this; });
    }
    ::flock(m_descriptor, LOCK_UN);
}

Result<void> RecordFile::makeEmpty() {
    if (::ftruncate(m_descriptor, 0) == 0) return {};
    return fail(ErrorCode::Io, "the file cannot be emptied: " + reason(errno));
}

Result<void> RecordFile::rename(const std::filesystem::path& from,
                                const std::filesystem::path& to) {
    int done = ::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE);
    if (done != 0 && (errno == EINVAL || errno == ENOSYS)) {
        // This file system cannot promise it; looking first leaves only an instant in between.
        struct stat seen {};
        errno = EEXIST;
        if (::lstat(to.c_str(), &seen) != 0) done = ::rename(from.c_str(), to.c_str());
    }
    if (done != 0) return openFailure(to, errno);
    const std::filesystem::path folder = to.has_parent_path() ? to.parent_path() : ".";
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return openFailure(folder, errno);
    const int synced = ::fsync(descriptor);
    const int number = errno;
    ::close(descriptor);
    if (synced != 0) return openFailure(folder, number);
    return {};
}

RecordFile::Stamp RecordFile::stamp() const {
    struct stat seen {};
    if (::fstat(m_descriptor, &seen) != 0) return {};
    return {static_cast<std::uint64_t>(seen.st_size), seen.st_mtim.tv_sec, seen.st_mtim.tv_nsec};
}

Result<std::size_t> RecordFile::readAt(std::uint64_t offset, std::span<std::uint8_t> out) const {
    std::size_t done = 0;
    while (done < out.size()) {
        const ssize_t n = ::pread(m_descriptor, out.data() + done, out.size() - done,
                                  static_cast<off_t>(offset + done));
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return fail(ErrorCode::Io, "the record cannot be read: " + reason(errno));
        if (n == 0) break;
        done += static_cast<std::size_t>(n);
    }
    return done;
}

Result<void> RecordFile::copyTo(const std::filesystem::path& target) const {
    const Result<std::shared_ptr<RecordFile>> copy = open(target, Access::CreateNew);
    if (!copy) return Unexpected(copy.error());
    std::vector<std::uint8_t> buffer(std::size_t{1} << 20);
    for (std::uint64_t offset = 0;;) {
        const Result<std::size_t> read = readAt(offset, buffer);
        if (!read) return Unexpected(read.error());
        if (*read == 0) return {};
        for (std::size_t done = 0; done < *read;) {
            const ssize_t n = ::pwrite((*copy)->m_descriptor, buffer.data() + done, *read - done,
                                       static_cast<off_t>(offset + done));
            if (n < 0 && errno == EINTR) continue;
            if (n < 0) {
                return fail(ErrorCode::Io, "the private copy " + target.string() +
                                               " cannot be written: " + reason(errno));
            }
            done += static_cast<std::size_t>(n);
        }
        offset += *read;
    }
}

Result<PrivateFolder> PrivateFolder::create(std::uint64_t bytesNeeded) {
    std::error_code error;
    const std::filesystem::path base = std::filesystem::temp_directory_path(error);
    if (error) return fail(ErrorCode::Io, "there is no temporary folder: " + error.message());
    const std::filesystem::space_info space = std::filesystem::space(base, error);
    if (!error && space.available < bytesNeeded) {
        return fail(ErrorCode::Io, "the record is read from a private copy, and " + base.string() +
                                       " has no room for one (" +
                                       std::to_string(bytesNeeded >> 20) +
                                       " MiB); set TMPDIR to another folder");
    }
    std::string name = (base / "breakwater-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
        return fail(ErrorCode::Io,
                    "no private folder can be made in " + base.string() + ": " + reason(errno));
    }
    return PrivateFolder(name);
}

PrivateFolder::PrivateFolder(PrivateFolder&& other) noexcept : m_path(std::move(other.m_path)) {
    other.m_path.clear();
}

PrivateFolder::~PrivateFolder() {
    if (m_path.empty()) return;
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

}  // namespace breakwater::storage
