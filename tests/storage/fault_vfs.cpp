#include "tests/storage/fault_vfs.hpp"

#include <new>

#include <sqlite3.h>

#include "core/base/assert.hpp"

namespace breakwater::storage {
namespace {

struct FaultFile {
    sqlite3_file base;
    FaultVfs* faults;
    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

FaultFile* of(sqlite3_file* file) { return reinterpret_cast<FaultFile*>(file); }
const sqlite3_io_methods* methodsOf(sqlite3_file* file) { return of(file)->real()->pMethods; }

int closeFile(sqlite3_file* file) { return methodsOf(file)->xClose(of(file)->real()); }
int readFile(sqlite3_file* file, void* out, int size, sqlite3_int64 at) {
    return methodsOf(file)->xRead(of(file)->real(), out, size, at);
}
int writeFile(sqlite3_file* file, const void* data, int size, sqlite3_int64 at) {
    const int fault = of(file)->faults->judge(FileCall::Write);
    if (fault == FaultVfs::halfWrite()) {
        const int written = methodsOf(file)->xWrite(of(file)->real(), data, size / 2, at);
        of(file)->faults->judge(FileCall::HalfWritten);
        return written != 0 ? written : FaultVfs::writeError();
    }
    return fault != 0 ? fault : methodsOf(file)->xWrite(of(file)->real(), data, size, at);
}
int truncateFile(sqlite3_file* file, sqlite3_int64 size) {
    const int fault = of(file)->faults->judge(FileCall::Truncate);
    return fault != 0 ? fault : methodsOf(file)->xTruncate(of(file)->real(), size);
}
int syncFile(sqlite3_file* file, int flags) {
    const int fault = of(file)->faults->judge(FileCall::Sync);
    return fault != 0 ? fault : methodsOf(file)->xSync(of(file)->real(), flags);
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
int sectorSize(sqlite3_file* file) { return methodsOf(file)->xSectorSize(of(file)->real()); }
int characteristics(sqlite3_file* file) {
    return methodsOf(file)->xDeviceCharacteristics(of(file)->real());
}

// Version 1 has no shared memory, which a writer with exclusive locking must not need.
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

}  // namespace

struct FaultVfs::Registration {
    sqlite3_vfs vfs;

    static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* out, int flags,
                    int* outFlags) {
        FaultFile* file = of(out);
        file->base.pMethods = nullptr;
        file->faults = static_cast<FaultVfs*>(vfs->pAppData);
        const int status = realVfs()->xOpen(realVfs(), name, file->real(), flags, outFlags);
        if (status == SQLITE_OK) file->base.pMethods = &kMethods;
        return status;
    }
};

FaultVfs::FaultVfs(Judge judge)
    : m_judge(std::move(judge)),
      m_name("fault-" + std::to_string(reinterpret_cast<std::uintptr_t>(this))),
      m_registration(new Registration{*realVfs()}) {
    sqlite3_vfs& vfs = m_registration->vfs;
    vfs.pNext = nullptr;
    vfs.zName = m_name.c_str();
    vfs.szOsFile = static_cast<int>(sizeof(FaultFile)) + realVfs()->szOsFile;
    vfs.pAppData = this;
    vfs.xOpen = Registration::open;
    BW_ASSERT(sqlite3_vfs_register(&vfs, 0) == SQLITE_OK);
}

FaultVfs::~FaultVfs() {
    sqlite3_vfs_unregister(&m_registration->vfs);
    delete m_registration;
}

int FaultVfs::judge(FileCall call) {
    const int number = ++m_calls[static_cast<std::size_t>(call)];
    return m_judge(call, number);
}

int FaultVfs::diskFull() { return SQLITE_FULL; }
int FaultVfs::syncError() { return SQLITE_IOERR_FSYNC; }
int FaultVfs::writeError() { return SQLITE_IOERR_WRITE; }
int FaultVfs::truncateError() { return SQLITE_IOERR_TRUNCATE; }
int FaultVfs::halfWrite() { return -1; }

}  // namespace breakwater::storage
