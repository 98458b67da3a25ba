// The record a live session writes: made new, or taken up where it ends. A start after a crash, a
// halt or a full disk is a start like any other.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "storage/recorder.hpp"

namespace breakwater::runtime {

// All null: the play is not recorded, and says so.
struct LiveRecord {
    std::unique_ptr<storage::Recorder> recorder;
    // The steps of a record that is taken up; null for a new one.
    std::unique_ptr<StepSource> recovered;
    std::string path;
    // Last sequence of the record that is taken up, or of the commands its reserve holds.
    Sequence takenUpTo = 0;
};

// With a reserve file beside it, and a recorder that finds its way back when the disk refused.
// Refused: the path holds a record of another play, which stays untouched.
Result<LiveRecord> openLiveRecord(const std::filesystem::path& path,
                                  const storage::RecordMeta& meta, storage::WriterOptions writing,
                                  storage::RecorderOptions recording = {});

}  // namespace breakwater::runtime
