// Reading a record. Reading never changes a byte of it and leaves nothing beside it: a closed
// record is opened immutable under a shared lock; one with a write-ahead log (live, or its writer
// crashed) is read from a private copy, a photograph of its last commit.
//
// Every step is checked against the chain before it is handed out.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "storage/event_log.hpp"

namespace breakwater::storage {

struct OpenedRecord;
struct Verification;

// Several readers may read one record; each belongs to one thread at a time.
class RecordReader final : public StepSource, public EventLog {
public:
    // Refused: missing, empty, cut short, not a record, written by a later version, damaged in
    // what describes it.
    static Result<RecordReader> open(const std::filesystem::path& path);
    // Several of one photograph of the record, for as many threads: one private copy serves all.
    static Result<std::vector<RecordReader>> open(const std::filesystem::path& path,
                                                  std::size_t count);

    RecordReader(RecordReader&&) noexcept;
    RecordReader& operator=(RecordReader&&) noexcept;
    ~RecordReader() override;

    const RecordMeta& meta() const;
    const RecordTail& tail() const;
    Sequence lastSequence() const { return tail().lastSequence; }
    bool closed() const { return tail().state == RecordState::Closed; }
    bool isPrivateCopy() const;
    // Somebody held it for writing when it was opened; what is read is a photograph.
    bool wasBeingWritten() const;
    // Commits after the end that a damaged write-ahead log still hints at; 0 where all is well.
    std::uint64_t lostCommits() const;
    std::uint64_t sizeBytes() const;

    // The next step, from the first on or from where seek() put it. ErrorCode::Corrupt names the
    // first input that differs; nothing after it is handed out.
    Result<bool> next(Step& step) override;
    // next() gives `sequence` then; beyond the end it gives none.
    Result<void> seek(Sequence sequence);

    // The last checkpoint at or before a step, checked.
    Result<std::optional<Checkpoint>> checkpointBefore(Sequence sequence);
    // Where there are checkpoints, in order; each is checked when it is asked for.
    Result<std::vector<Sequence>> checkpoints();
    // The last step at or before an instant; 0 when the record begins later.
    Result<Sequence> sequenceAt(Instant time) override;
    Result<EventSlice> search(const EventSearch& search) override;
    Result<Step> stepAt(Sequence sequence) override;
    Result<RecordTail> end() override { return tail(); }
    // Up to `count` events of `from` and the steps after it. Does not move next().
    Result<std::vector<EventRow>> eventsPage(Sequence from, std::size_t count);

private:
    friend Verification verify(RecordReader& reader, const std::function<bool(double)>& progress);
    struct Impl;
    OpenedRecord& opened();
    explicit RecordReader(std::unique_ptr<Impl> impl);

    std::unique_ptr<Impl> m_impl;
};

}  // namespace breakwater::storage
