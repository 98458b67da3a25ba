// The record's one writer: the only connection that writes and checkpoints the SQLite file.
//
// Single-threaded; Recorder puts a thread and a queue before it. A step and its events commit
// together. While a writer lives no other can open the record (advisory lock on the file,
// released by the kernel if the process dies); readers go on reading a private copy.
//
// After an error of the disk the writer is finished: every further call returns that error, and
// the way back is resume(), which trusts only what it reads again.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

#include "storage/record_format.hpp"

namespace breakwater::storage {

struct WriterOptions {
    std::size_t groupRows = 10'000;    // commit by itself after so many rows; 0: only on commit()
    std::uint64_t sizeLimitBytes = 0;  // of the closed file; 0: none
    std::uint32_t pageSize = 8192;     // fixed when the record is made
    std::uint64_t walBytes = std::uint64_t{16} << 20;  // moved into the file beyond this
    std::string vfs;  // SQLite's file system layer, for fault tests; "" the default
};

struct OpenedRecord;

struct Growth {
    std::uint64_t sizeBytes = 0;   // of the file, once closed
    std::uint64_t limitBytes = 0;  // the size limit or what the disk can still take, the smaller
    double bytesPerSecond = 0;     // over the last minute of real time
    // Real time until the limit at that pace; absent when the record does not grow.
    std::optional<Duration> timeToLimit;
};

class RecordWriter {
public:
    // Refuses a path that exists.
    static Result<RecordWriter> create(const std::filesystem::path& path, const RecordMeta& meta,
                                       const WriterOptions& options = {});
    // Goes on where a record ends, whether it was closed, full or its writer crashed: recovers
    // what was committed, verifies the chain from the last checkpoint on, refuses a record that
    // differs. tail() tells where it ends and tail().state how it had ended.
    static Result<RecordWriter> resume(const std::filesystem::path& path,
                                       const WriterOptions& options = {});

    RecordWriter(RecordWriter&&) noexcept;
    RecordWriter& operator=(RecordWriter&&) noexcept;
    // Without close() the uncommitted rows are dropped and the record stays without its end.
    ~RecordWriter();

    // ErrorCode::Full when the step would pass the size limit: everything before it is committed
    // then, and the record says that it is full. Refused when the step does not follow the last.
    Result<void> append(const Step& step);
    // Of a step that is recorded, later than the last checkpoint. The same one again is accepted
    // and not stored twice. ErrorCode::Full leaves the record as it was, open for steps.
    Result<void> appendCheckpoint(const Checkpoint& checkpoint);
    Result<void> commit();
    // Commits, marks the record full when the size limit stopped the caller before append did.
    Result<void> markFull();
    // Lets `look` read what is committed by the writer's own connection, which admits no other.
    // Refused between append() and commit().
    Result<void> read(const std::function<void(OpenedRecord&)>& look);
    // Writes the end and leaves one file. The writer is finished either way.
    Result<void> close();

    const std::filesystem::path& path() const;
    const RecordMeta& meta() const;
    const RecordTail& tail() const;  // with what is not yet committed
    Sequence lastSequence() const { return tail().lastSequence; }
    Sequence durableSequence() const;  // on the disk, whatever happens
    Sequence lastCheckpoint() const;   // 0 without one
    std::uint64_t sizeBytes() const;   // as of the last commit
    // Sum of storedSizeAtMost() up to which append() certainly does not say Full; 0: no limit.
    std::uint64_t usableBytes() const;
    std::size_t uncommittedRows() const;
    Growth growth() const;

private:
    struct Impl;
    explicit RecordWriter(std::unique_ptr<Impl> impl);

    std::unique_ptr<Impl> m_impl;
};

}  // namespace breakwater::storage
