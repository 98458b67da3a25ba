// SQLite's file layer with faults: the default one, except where a test says otherwise.
#pragma once

#include <array>
#include <atomic>
#include <functional>
#include <string>

namespace breakwater::storage {

enum class FileCall { Write, Sync, Truncate, HalfWritten };

class FaultVfs {
public:
    // Asked before each write, sync and truncation with its number from 1 on; a SQLite error code
    // makes the call fail with it, 0 lets it through. After halfWrite() half of the bytes are
    // written, the judge is told (HalfWritten), and the call fails.
    using Judge = std::function<int(FileCall, int)>;

    explicit FaultVfs(Judge judge);
    ~FaultVfs();  // after the last connection
    FaultVfs(const FaultVfs&) = delete;
    FaultVfs& operator=(const FaultVfs&) = delete;

    const std::string& name() const { return m_name; }
    int calls(FileCall call) const { return m_calls[static_cast<std::size_t>(call)]; }
    int judge(FileCall call);

    static int diskFull();    // SQLITE_FULL
    static int syncError();   // SQLITE_IOERR_FSYNC
    static int writeError();  // SQLITE_IOERR_WRITE
    static int truncateError();
    static int halfWrite();

private:
    struct Registration;

    Judge m_judge;
    std::string m_name;
    std::array<std::atomic<int>, 4> m_calls{};
    Registration* m_registration;
};

}  // namespace breakwater::storage
