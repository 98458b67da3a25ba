#include "tests/storage/power_vfs.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <sqlite3.h>

#include "core/base/assert.hpp"

namespace breakwater::storage {
namespace {

constexpr std::size_t kSector = 512;

struct PowerFile {
    sqlite3_file base;
    PowerVfs* disk;
    const char* path;  // SQLite's own, lives as long as the file; null: not watched
    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

PowerFile* of(sqlite3_file* file) { return reinterpret_cast<PowerFile*>(file); }
const sqlite3_io_methods* methodsOf(sqlite3_file* file) { return of(file)->real()->pMethods; }
bool watched(sqlite3_file* file) { return of(file)->path != nullptr; }

int closeFile(sqlite3_file* file) { return methodsOf(file)->xClose(of(file)->real()); }
int readFile(sqlite3_file* file, void* out, int size, sqlite3_int64 at) {
    return methodsOf(file)->xRead(of(file)->real(), out, size, at);
}
int writeFile(sqlite3_file* file, const void* data, int size, sqlite3_int64 at) {
    const int status = methodsOf(file)->xWrite(of(file)->real(), data, size, at);
    if (status == SQLITE_OK && watched(file)) {
        of(file)->disk->wrote(of(file)->path, static_cast<const char*>(data),
                              static_cast<std::size_t>(size), static_cast<std::size_t>(at));
    }
    return status;
}
int truncateFile(sqlite3_file* file, sqlite3_int64 size) {
    const int status = methodsOf(file)->xTruncate(of(file)->real(), size);
    if (status == SQLITE_OK && watched(file))
        of(file)->disk->truncated(of(file)->path, static_cast<std::size_t>(size));
    return status;
}
// The real sync would cost a disk's time and change nothing here.
int syncFile(sqlite3_file* file, int) {
    if (watched(file)) of(file)->disk->synced(of(file)->path);
    return SQLITE_OK;
}
int fileSize(sqlite3_file* file, sqlite3_int64* size) {
    return methodsOf(file)->xFileSize(of(file)->real(), size);
}
int lockFile(sqlite3_file* file, int level) {
    return methodsOf(file)->xLock(of(file)->real(), level);
}
int unlockFile(sqlite3_file* file, int level) {
    return methodsOf(file)->xUnlock(of(file)->real(), level);
}
int checkReservedLock(sqlite3_file* file, int* held) {
    return methodsOf(file)->xCheckReservedLock(of(file)->real(), held);
}
int fileControl(sqlite3_file* file, int operation, void* argument) {
    return methodsOf(file)->xFileControl(of(file)->real(), operation, argument);
}
// A sector of the disk is 512 bytes, and nothing more is promised: SQLite's own layer says 4096
// and "safe append" or "powersafe overwrite" where it thinks it knows the disk.
int sectorSize(sqlite3_file*) { return static_cast<int>(kSector); }
int characteristics(sqlite3_file*) { return SQLITE_IOCAP_POWERSAFE_OVERWRITE; }

const sqlite3_io_methods kMethods = [] {
    sqlite3_io_methods methods{};
    methods.iVersion = 1;
    methods.xClose = closeFile;
    methods.xRead = readFile;
    methods.xWrite = writeFile;
    methods.xTruncate = truncateFile;
    methods.xSync = syncFile;
    methods.xFileSize = fileSize;
    methods.xLock = lockFile;
    methods.xUnlock = unlockFile;
    methods.xCheckReservedLock = checkReservedLock;
    methods.xFileControl = fileControl;
    methods.xSectorSize = sectorSize;
    methods.xDeviceCharacteristics = characteristics;
    return methods;
}();

sqlite3_vfs* realVfs() { return sqlite3_vfs_find(nullptr); }

std::string contentOf(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    return bytes.str();
}

}  // namespace

struct PowerVfs::Registration {
    sqlite3_vfs vfs;

    static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* out, int flags,
                    int* outFlags) {
        PowerFile* file = of(out);
        file->base.pMethods = nullptr;
        file->disk = static_cast<PowerVfs*>(vfs->pAppData);
        file->path = (flags & SQLITE_OPEN_DELETEONCLOSE) != 0 ? nullptr : name;
        const int status = realVfs()->xOpen(realVfs(), name, file->real(), flags, outFlags);
        if (status != SQLITE_OK) return status;
        file->base.pMethods = &kMethods;
        if (file->path != nullptr) file->disk->opened(file->path);
        return status;
    }
    static int remove(sqlite3_vfs* vfs, const char* name, int syncFolder) {
        const int status = realVfs()->xDelete(realVfs(), name, syncFolder);
        if (status == SQLITE_OK)
            static_cast<PowerVfs*>(vfs->pAppData)->deleted(name, syncFolder != 0);
        return status;
    }
};

PowerVfs::PowerVfs(Watch watch)
    : m_watch(std::move(watch)),
      m_name("power-" + std::to_string(reinterpret_cast<std::uintptr_t>(this))),
      m_registration(new Registration{*realVfs()}) {
    sqlite3_vfs& vfs = m_registration->vfs;
    vfs.pNext = nullptr;
    vfs.zName = m_name.c_str();
    vfs.szOsFile = static_cast<int>(sizeof(PowerFile)) + realVfs()->szOsFile;
    vfs.pAppData = this;
    vfs.xOpen = Registration::open;
    vfs.xDelete = Registration::remove;
    BW_ASSERT(sqlite3_vfs_register(&vfs, 0) == SQLITE_OK);
}

PowerVfs::~PowerVfs() {
    sqlite3_vfs_unregister(&m_registration->vfs);
    delete m_registration;
}

void PowerVfs::did() {
    ++m_operations;
    m_watch(m_operations);
}

// A file that comes from elsewhere (a new record that was renamed, its folder synced) is certain;
// one that SQLite has just made is not, until its first sync.
void PowerVfs::opened(const std::string& path) {
    if (m_files.contains(path) && m_files[path].currentExists) return;
    File& file = m_files[path];
    file.current = contentOf(path);
    file.currentExists = true;
    if (file.current.empty()) {  // a new file, whatever bore its name before
        file.certain.clear();
        file.exists = false;
    } else {
        file.certain = file.current;
        file.exists = true;
        file.pending.clear();
    }
}

void PowerVfs::wrote(const std::string& path, const char* data, std::size_t size, std::size_t at) {
    File& file = m_files[path];
    if (file.current.size() < at + size) file.current.resize(at + size);
    file.current.replace(at, size, data, size);
    for (std::size_t sector = at / kSector * kSector; sector < at + size; sector += kSector)
        file.pending.push_back({false, sector, file.current.substr(sector, kSector)});
    did();
}

void PowerVfs::truncated(const std::string& path, std::size_t size) {
    File& file = m_files[path];
    file.current.resize(size);
    file.pending.push_back({true, size, {}});
    did();
}

// The first sync of a new log or journal syncs its folder too, and so every deletion in it.
void PowerVfs::synced(const std::string& path) {
    File& file = m_files[path];
    if (!file.exists) {
        std::erase_if(m_files, [](const auto& other) { return !other.second.currentExists; });
    }
    file.certain = file.current;
    file.exists = file.currentExists;
    file.pending.clear();
    did();
}

void PowerVfs::deleted(const std::string& path, bool folderSynced) {
    File& file = m_files[path];
    file.currentExists = false;
    file.current.clear();
    if (folderSynced) {
        file = File();
    } else {
        // It may come back as it was synced last, or not at all; a new one of its name begins
        // with nothing pending on the old.
        file.pending.clear();
    }
    did();
}

// What was not synced happens or does not, and of two versions of a sector either may be the
// later: the disk's queue knows no order. A size that shrank may come before or after.
std::string PowerVfs::found(const File& file, std::mt19937& random) {
    std::string bytes = file.certain;
    const auto chance = [&](unsigned percent) { return random() % 100 < percent; };
    static constexpr unsigned kKept[] = {0, 10, 50, 90, 100};
    const unsigned kept = kKept[random() % 5];
    std::vector<const Change*> changes;
    for (const Change& change : file.pending)
        changes.push_back(&change);
    const bool reordered = chance(50);
    if (reordered) {
        // Not a size against the sectors it made room for or took away: that is one journal.
        std::shuffle(changes.begin(), changes.end(), random);
        std::stable_partition(changes.begin(), changes.end(),
                              [](const Change* change) { return change->isSize; });
    }
    for (const Change* change : changes) {
        if (!chance(kept)) continue;
        if (change->isSize) {
            bytes.resize(change->at);
            continue;
        }
        const std::size_t end = change->at + change->bytes.size();
        if (bytes.size() < end) bytes.resize(end);
        bytes.replace(change->at, change->bytes.size(), change->bytes);
    }
    return bytes;
}

void PowerVfs::losePower(const std::filesystem::path& folder, std::mt19937& random) const {
    for (const auto& [path, file] : m_files) {
        const std::filesystem::path target = folder / std::filesystem::path(path).filename();
        std::filesystem::remove(target);
        // Made and never synced, or deleted without its folder's sync: either may be found.
        const bool either = file.exists != file.currentExists;
        if (!file.exists && !file.currentExists) continue;
        if (either && random() % 2 == 0) continue;
        std::ofstream(target, std::ios::binary) << found(file, random);
    }
}

}  // namespace breakwater::storage
