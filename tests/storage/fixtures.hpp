// What the storage tests share: folders that vanish, steps that depend on their number alone,
// and a look at a record that owes nothing to the code under test but the SQLite wrapper.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "storage/record_reader.hpp"
#include "storage/record_writer.hpp"

namespace breakwater::storage {

class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    const std::filesystem::path& path() const { return m_path; }
    std::filesystem::path operator/(const std::string& name) const { return m_path / name; }
    std::vector<std::string> names() const;  // of what lies in it, sorted

private:
    std::filesystem::path m_path;
};

RecordMeta testMeta();
// The same number gives the same step. Every tenth has a StateDigested among its events.
Step testStep(Sequence sequence);
Checkpoint testCheckpoint(Sequence sequence, std::size_t stateBytes = 3'000);
Instant testTime(Sequence sequence);

// A record of the steps 1 to `last`, with a checkpoint every `checkpointEvery` steps, closed.
void writeRecord(const std::filesystem::path& path, Sequence last, Sequence checkpointEvery = 0,
                 const WriterOptions& options = {});
void appendSteps(RecordWriter& writer, Sequence last);  // up to and including
// Reads from the start and compares each step with testStep; the last sequence.
Sequence expectTestSteps(const std::filesystem::path& path);

std::string readFile(const std::filesystem::path& path);
void writeFile(const std::filesystem::path& path, const std::string& bytes);

// Every value that any query on the record can give, with its type, by scan and by key.
Result<std::string> dumpOf(const std::filesystem::path& path);

}  // namespace breakwater::storage
