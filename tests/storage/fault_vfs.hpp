// SQLite's file layer with faults: the default one, except where a test says otherwise.
#pragma once

#include <atomic>
#include <functional>
#include <string>

namespace breakwater::storage {

enum class FileCall { Write, Sync };

class FaultVfs {
public:
    // Asked before each write and sync with its number from 1 on; a SQLite error code makes the
    // call fail with it, 0 lets it through.
    using Judge = std::function<int(FileCall, int)>;

    explicit FaultVfs(Judge judge);
    ~FaultVfs();  // after the last connection
    FaultVfs(const FaultVfs&) = delete;
    FaultVfs& operator=(const FaultVfs&) = delete;

    const std::string& name() const { return m_name; }
    int calls(FileCall call) const { return call == FileCall::Write ? m_writes : m_syncs; }
    int judge(FileCall call);

    static int diskFull();    // SQLITE_FULL
    static int syncError();   // SQLITE_IOERR_FSYNC
    static int writeError();  // SQLITE_IOERR_WRITE

private:
    struct Registration;

    Judge m_judge;
    std::string m_name;
    std::atomic<int> m_writes{0};
    std::atomic<int> m_syncs{0};
    Registration* m_registration;
};

}  // namespace breakwater::storage
