#include "app/runtime/live_record.hpp"

#include <algorithm>

#include "storage/record_reader.hpp"

namespace breakwater::runtime {
namespace {

constexpr std::uint64_t kReserveBytes = std::uint64_t{8} << 20;
constexpr std::chrono::milliseconds kRetryEvery{1'000};

// Read before it is opened for writing; the reader's lock ends with it.
Result<void> checkSamePlay(const std::filesystem::path& path, const storage::RecordMeta& meta) {
    const Result<storage::RecordReader> reader = storage::RecordReader::open(path);
    if (!reader) return Unexpected(reader.error());
    const storage::RecordMeta& kept = reader->meta();
    if (kept.scenario == meta.scenario && kept.seed == meta.seed && kept.extra == meta.extra)
        return {};
    return fail(ErrorCode::Refused, path.string() + " records another play (" + kept.scenario +
                                        ", seed " + std::to_string(kept.seed) +
                                        "); name a new file, or the same options");
}

}  // namespace

Result<LiveRecord> openLiveRecord(const std::filesystem::path& path,
                                  const storage::RecordMeta& meta, storage::WriterOptions writing,
                                  storage::RecorderOptions recording) {
    if (writing.reserveBytes == 0) writing.reserveBytes = kReserveBytes;
    if (recording.retryEvery.count() == 0) recording.retryEvery = kRetryEvery;
    LiveRecord record;
    record.path = path.string();
    if (!std::filesystem::exists(path)) {
        Result<storage::RecordWriter> writer = storage::RecordWriter::create(path, meta, writing);
        if (!writer) return Unexpected(writer.error());
        record.recorder = std::make_unique<storage::Recorder>(std::move(*writer), recording);
        return record;
    }
    const Result<void> same = checkSamePlay(path, meta);
    if (!same) return Unexpected(same.error());
    Result<storage::RecordWriter> writer = storage::RecordWriter::resume(path, writing);
    if (!writer) return Unexpected(writer.error());
    record.takenUpTo = writer->lastSequence();
    record.recorder = std::make_unique<storage::Recorder>(std::move(*writer), recording);
    for (const storage::ReservedInput& input : record.recorder->reserved())
        record.takenUpTo = std::max(record.takenUpTo, input.sequence);
    Result<storage::RecordReader> reader = storage::RecordReader::open(path);
    if (!reader) {
        record.recorder->abandon();
        return Unexpected(reader.error());
    }
    record.recovered = std::make_unique<storage::RecordReader>(std::move(*reader));
    return record;
}

}  // namespace breakwater::runtime
