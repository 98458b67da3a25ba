// The write connection behind RecordWriter. Internal.
#pragma once

#include <string>

#include "storage/growth_meter.hpp"
#include "storage/opened_record.hpp"
#include "storage/record_writer.hpp"

namespace breakwater::storage {

// Kept free below the size limit for the tail, the tables' roots and a page half used in each.
inline constexpr std::uint64_t kReserveBytes = 16 * 8192;
// Behind the name of a record that is being made.
inline constexpr const char* kMakingSuffix = ".making";

struct RecordWriter::Impl {
    std::filesystem::path path;
    WriterOptions options;
    OpenedRecord record;  // its tail includes what is not yet committed
    Chain chain{Digest()};
    Statement insertInput, insertEvent, insertStateDigest, insertCheckpoint, updateTail;
    Statement begin, commitStatement, pageCount;
    std::unique_ptr<ReserveFile> reserve;
    Sequence durable = 0;
    Digest durableChain;
    Sequence lastCheckpoint = 0;
    Digest lastCheckpointState;
    std::uint64_t pageSize = 0;
    std::uint64_t committedSize = 0;
    std::uint64_t uncommittedSize = 0;  // at most
    std::size_t rows = 0;
    bool inTransaction = false;
    bool logBegun = false;
    bool full = false;             // append() has said so
    std::optional<Error> failure;  // sticky
    GrowthMeter growth;

    ~Impl() { closeDatabase(); }

    Unexpected failed(const Error& error);  // from now on
    Result<void> openNew(const MetaEntries& entries);
    Result<void> openExisting();
    Result<void> openRecorded();
    Result<void> openAgain();
    Result<void> openReserve();
    Result<void> beginLog();
    Result<void> prepare();
    Result<void> measure();
    Result<void> nothingLost() const;
    Result<void> adoptTail();
    Result<void> insertSchema(const MetaEntries& entries);
    Result<void> writeTail();
    Result<void> ensureTransaction();
    Result<void> insertStep(const Step& step);
    Result<void> commit();
    Result<void> endLog();
    void dropStatements();
    void closeDatabase();
    bool fits(std::uint64_t more) const {
        return options.sizeLimitBytes == 0 ||
               committedSize + uncommittedSize + more + kReserveBytes <= options.sizeLimitBytes;
    }
};

}  // namespace breakwater::storage
