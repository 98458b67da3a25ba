// A record opened and recognised: what reading, verifying and resuming begin with. Internal.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "storage/record_file.hpp"
#include "storage/record_format.hpp"
#include "storage/sqlite.hpp"

namespace breakwater::storage {

// Creates the tables. The order of the columns is part of the format.
std::string schemaSql();

struct OpenedRecord {
    std::shared_ptr<RecordFile> file;  // shared lock, while the record itself is read
    Database database;
    RecordMeta meta;
    Digest genesis;
    RecordTail tail;
    std::uint64_t sizeBytes = 0;
    bool isPrivateCopy = false;
    bool wasBeingWritten = false;
    std::uint64_t lostCommits = 0;  // of a damaged log
};

// What to say of a log that has lost some.
std::string lostCommitsText(std::uint64_t count);

// Through a shared lock or a private copy; see record_reader.hpp.
Result<OpenedRecord> openForReading(const std::filesystem::path& path);
// Several connections to one photograph of the record.
Result<std::vector<OpenedRecord>> openForReading(const std::filesystem::path& path,
                                                 std::size_t count);

// The first hundred bytes and the size: is this one of ours, and of a version we know?
Result<void> checkHeader(const RecordFile& file, const std::filesystem::path& path);
// Whether a file without a log has all the pages it speaks of.
Result<void> checkWhole(const RecordFile& file, const std::filesystem::path& path);

// Schema, meta and tail of a database that checkHeader let pass.
Result<void> describe(OpenedRecord& record, const std::filesystem::path& path);

}  // namespace breakwater::storage
