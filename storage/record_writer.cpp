#include "storage/record_writer.hpp"

#include <algorithm>
#include <utility>

#include "storage/step_cursor.hpp"
#include "storage/write_connection.hpp"

namespace breakwater::storage {
namespace {

// SQLite keeps one value below 10^9 bytes.
constexpr std::size_t kLargestState = 900'000'000;

}  // namespace

RecordWriter::RecordWriter(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
RecordWriter::RecordWriter(RecordWriter&&) noexcept = default;
RecordWriter& RecordWriter::operator=(RecordWriter&&) noexcept = default;
RecordWriter::~RecordWriter() = default;

Result<RecordWriter> RecordWriter::create(const std::filesystem::path& path, const RecordMeta& meta,
                                          const WriterOptions& options) {
    const Result<MetaEntries> entries = toEntries(meta);
    if (!entries) return Unexpected(entries.error());
    std::error_code ignored;
    if (std::filesystem::exists(std::filesystem::symlink_status(path, ignored))) {
        return fail(ErrorCode::Refused,
                    path.string() + " exists already; a record is never written over");
    }
    const std::filesystem::path making = path.string() + kMakingSuffix;
    Result<std::shared_ptr<RecordFile>> file =
        RecordFile::openForWriting(making, RecordFile::Access::CreateOver);
    if (!file) return Unexpected(file.error());
    auto impl = std::make_unique<Impl>();
    impl->path = path;
    impl->options = options;
    impl->record.file = std::move(*file);
    impl->record.meta = meta;
    impl->record.genesis = genesisOf(*entries);
    impl->record.tail.chain = impl->record.genesis;
    impl->record.tail.checkpointChain = impl->record.genesis;
    impl->chain = Chain(impl->record.genesis);

    const Result<void> made = impl->openNew(*entries);
    if (!made) {
        // Its own, whichever name it bears by now; somebody else's file is not touched.
        const bool named = RecordFile::writtenHere(path) == impl->record.file;
        impl.reset();
        const std::string name = (named ? path : making).string();
        for (const char* suffix : {"", "-journal", "-wal"}) {
            std::filesystem::remove(name + suffix, ignored);
        }
        return fail(made.error().code,
                    path.string() + " cannot be made a record: " + made.error().message);
    }
    return RecordWriter(std::move(impl));
}

Result<RecordWriter> RecordWriter::resume(const std::filesystem::path& path,
                                          const WriterOptions& options) {
    Result<std::shared_ptr<RecordFile>> file =
        RecordFile::openForWriting(path, RecordFile::Access::Write);
    if (!file) return Unexpected(file.error());
    const Result<void> known = checkHeader(**file, path);
    if (!known) return Unexpected(known.error());
    auto impl = std::make_unique<Impl>();
    impl->path = path;
    impl->options = options;
    impl->record.file = std::move(*file);

    const Result<void> adopted = impl->openExisting();
    if (!adopted) {
        return fail(adopted.error().code,
                    path.string() + " cannot be gone on with: " + adopted.error().message);
    }
    return RecordWriter(std::move(impl));
}

Result<void> RecordWriter::append(const Step& step) {
    Impl& w = *m_impl;
    if (w.failure) return Unexpected(*w.failure);
    const RecordTail& tail = w.record.tail;
    const Result<void> follows = checkFollows(step, tail.lastSequence, tail.lastTime);
    if (!follows) return follows;
    const std::uint64_t size = storedSizeAtMost(step);
    if (!w.full && !w.fits(size)) {
        // What is uncommitted counts by an upper estimate; once written it counts as it is.
        const Result<void> measured = w.commit();
        if (!measured) return measured;
    }
    if (w.full || !w.fits(size)) {
        const Result<void> marked = markFull();
        if (!marked) return marked;
        return fail(ErrorCode::Full, w.path.string() +
                                         " has reached its size limit; it ends with step " +
                                         std::to_string(tail.lastSequence));
    }
    w.record.tail.state = RecordState::Open;
    Result<void> done = w.ensureTransaction();
    if (done) done = w.insertStep(step);
    if (!done) return w.failed(done.error());
    w.rows += 1 + step.eventCount();
    w.uncommittedSize += size;
    if (w.options.groupRows > 0 && w.rows >= w.options.groupRows) return w.commit();
    return {};
}

Result<void> RecordWriter::appendCheckpoint(const Checkpoint& checkpoint) {
    Impl& w = *m_impl;
    if (w.failure) return Unexpected(*w.failure);
    const std::string name = "the checkpoint of step " + std::to_string(checkpoint.sequence);
    if (w.lastCheckpoint > 0 && checkpoint.sequence == w.lastCheckpoint &&
        checkpoint.stateDigest == w.lastCheckpointState) {
        return {};
    }
    if (checkpoint.sequence <= w.lastCheckpoint || checkpoint.sequence > lastSequence()) {
        return fail(ErrorCode::InvalidArgument,
                    name + " is not between the last checkpoint (step " +
                        std::to_string(w.lastCheckpoint) + ") and the last step (" +
                        std::to_string(lastSequence()) + ")");
    }
    if (checkpoint.state.size() > kLargestState) {
        return fail(ErrorCode::OutOfRange, name + " is too large for a record");
    }
    const std::uint64_t size = storedSizeAtMost(checkpoint);
    if (!w.fits(size)) {
        return fail(ErrorCode::Full, name + " does not fit into the record's size limit");
    }
    const Result<ChainPoint> point = chainAfter(w.record, checkpoint.sequence);
    if (!point) return w.failed(point.error());
    if (point->time != checkpoint.time) {
        return fail(ErrorCode::InvalidArgument, name + " does not bear that step's time");
    }
    const Digest link = checkpointLink(w.record.tail.checkpointChain, checkpoint, point->chain);
    Result<void> done = w.ensureTransaction();
    w.insertCheckpoint.bind(1, checkpoint.sequence);
    w.insertCheckpoint.bind(2, checkpoint.time.microseconds());
    w.insertCheckpoint.bind(3, checkpoint.stateDigest);
    w.insertCheckpoint.bind(4, Bytes(checkpoint.state));
    w.insertCheckpoint.bind(5, link);
    if (done) done = w.insertCheckpoint.run();
    if (!done) return w.failed(done.error());
    ++w.record.tail.checkpoints;
    w.record.tail.checkpointChain = link;
    w.lastCheckpoint = checkpoint.sequence;
    w.lastCheckpointState = checkpoint.stateDigest;
    w.uncommittedSize += size;
    ++w.rows;
    return {};
}

Result<void> RecordWriter::commit() {
    if (m_impl->failure) return Unexpected(*m_impl->failure);
    return m_impl->commit();
}

Result<void> RecordWriter::markFull() {
    Impl& w = *m_impl;
    if (w.failure) return Unexpected(*w.failure);
    if (std::exchange(w.full, true)) return w.commit();
    w.record.tail.state = RecordState::Full;
    const Result<void> begun = w.ensureTransaction();
    if (!begun) return w.failed(begun.error());
    return w.commit();
}

// Not inside a transaction: an error of the disk while reading would take the rows with it.
Result<void> RecordWriter::read(const std::function<void(OpenedRecord&)>& look) {
    Impl& w = *m_impl;
    if (w.failure) return Unexpected(*w.failure);
    if (w.inTransaction) return fail(ErrorCode::Refused, "rows wait for their commit");
    look(w.record);
    return {};
}

Result<void> RecordWriter::close() {
    Impl& w = *m_impl;
    if (w.failure) {
        const Error error = *w.failure;
        w.closeDatabase();
        return Unexpected(error);
    }
    w.record.tail.state = RecordState::Closed;
    Result<void> done = w.ensureTransaction();
    if (done) done = w.commit();
    if (done) done = w.endLog();
    w.closeDatabase();
    w.failure = Error{ErrorCode::Refused, w.path.string() + " is closed"};
    if (!done) {
        return fail(done.error().code,
                    w.path.string() + " could not be closed: " + done.error().message);
    }
    return {};
}

const std::filesystem::path& RecordWriter::path() const { return m_impl->path; }
const RecordMeta& RecordWriter::meta() const { return m_impl->record.meta; }
const RecordTail& RecordWriter::tail() const { return m_impl->record.tail; }
Sequence RecordWriter::durableSequence() const { return m_impl->durable; }
Sequence RecordWriter::lastCheckpoint() const { return m_impl->lastCheckpoint; }
std::uint64_t RecordWriter::sizeBytes() const { return m_impl->committedSize; }
std::uint64_t RecordWriter::usableBytes() const {
    const std::uint64_t limit = m_impl->options.sizeLimitBytes;
    return limit == 0 ? 0 : std::max<std::uint64_t>(limit, kReserveBytes + 1) - kReserveBytes;
}
std::size_t RecordWriter::uncommittedRows() const { return m_impl->rows; }

Growth RecordWriter::growth() const {
    Growth growth;
    growth.sizeBytes = m_impl->committedSize;
    growth.bytesPerSecond = m_impl->growth.bytesPerSecond();
    std::error_code error;
    const std::filesystem::space_info space = std::filesystem::space(m_impl->path, error);
    const std::uint64_t limit = m_impl->options.sizeLimitBytes;
    if (!error) growth.limitBytes = growth.sizeBytes + space.available;
    if (limit > 0 && (error || limit < growth.limitBytes)) growth.limitBytes = limit;
    if (growth.bytesPerSecond > 0 && growth.limitBytes > 0) {
        const std::uint64_t left =
            growth.limitBytes - std::min(growth.limitBytes, growth.sizeBytes);
        // A year is as good as for ever, and keeps the count in range.
        const double seconds = std::min(static_cast<double>(left) / growth.bytesPerSecond, 3.2e7);
        growth.timeToLimit = Duration::seconds(static_cast<std::int64_t>(seconds));
    }
    return growth;
}

}  // namespace breakwater::storage
