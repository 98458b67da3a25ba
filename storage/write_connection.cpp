#include "storage/write_connection.hpp"

#include <utility>

#include "storage/log_check.hpp"
#include "storage/step_cursor.hpp"

namespace breakwater::storage {

Unexpected RecordWriter::Impl::failed(const Error& error) {
    failure = Error{error.code, path.string() + " can no longer be written: " + error.message};
    // What was not synced must not be moved over what was.
    record.database.keepLogOnClose();
    return Unexpected(*failure);
}

// Made under another name and renamed when whole: a crash leaves no half-made record behind, and
// what bears a record's name is one.
Result<void> RecordWriter::Impl::openNew(const MetaEntries& entries) {
    const std::filesystem::path making = path.string() + kMakingSuffix;
    Result<void> done = record.file->makeEmpty();
    if (!done) return done;
    std::error_code ignored;
    std::filesystem::remove(making.string() + "-journal", ignored);
    {
        Result<Database> database = Database::open(making, OpenMode::ReadWrite, options.vfs);
        if (!database) return Unexpected(database.error());
        record.database = std::move(*database);
        done = insertSchema(entries);
        dropStatements();
        record.database.close();
    }
    if (done) done = RecordFile::rename(making, path);
    if (!done) return done;
    Result<Database> database = Database::open(path, OpenMode::ReadWrite, options.vfs);
    if (!database) return Unexpected(database.error());
    record.database = std::move(*database);
    pageSize = options.pageSize;
    done = beginLog();
    if (done) done = prepare();
    if (done) done = measure();
    if (done) done = openReserve();
    return done;
}

// Nothing is changed before something is appended.
Result<void> RecordWriter::Impl::openExisting() {
    const Result<std::uint64_t> lost = commitsBehindDamage(path.string() + "-wal");
    if (!lost) return Unexpected(lost.error());
    // To go on would write over what may still be saved from the log.
    if (*lost > 0) return fail(ErrorCode::Corrupt, lostCommitsText(*lost));
    return openRecorded();
}

Result<void> RecordWriter::Impl::openRecorded() {
    const std::string log = path.string() + "-wal";
    // Whatever the log holds is taken as recorded from here on, so it has to be on the disk.
    Result<void> done = writeAgain(log, options.vfs);
    if (!done) return done;
    Result<Database> database = Database::open(path, OpenMode::ReadWrite, options.vfs);
    if (!database) return Unexpected(database.error());
    record.database = std::move(*database);
    done = record.database.exec("PRAGMA locking_mode=EXCLUSIVE");
    if (done) done = describe(record, path);
    if (done) done = nothingLost();
    if (done) done = adoptTail();
    if (!done) {
        record.database.keepLogOnClose();
        return done;
    }
    const Result<std::int64_t> size = record.database.queryInteger("PRAGMA page_size");
    if (!size) return Unexpected(size.error());
    pageSize = static_cast<std::uint64_t>(*size);
    done = prepare();
    if (done) done = measure();
    return done;
}

// The same record, still locked by us: it has to hold all that was acknowledged, by its chain.
// That is exact, where commits behind damage are only a sign: a log's header that was half written
// looks as if all behind it were lost.
Result<void> RecordWriter::Impl::openAgain() {
    dropStatements();
    record.database.close();
    inTransaction = logBegun = full = false;
    rows = 0;
    if (!record.file || RecordFile::writtenHere(path) != record.file) {
        return fail(ErrorCode::NotFound, "another file, or none, bears its name");
    }
    const Sequence acknowledged = durable;
    const Digest acknowledgedChain = durableChain;
    const Result<void> opened = openRecorded();
    if (!opened) return opened;
    const Result<ChainPoint> point = chainAfter(record, acknowledged);
    if (!point) return Unexpected(point.error());
    if (point->chain != acknowledgedChain) {
        return fail(ErrorCode::Corrupt, "it no longer holds what was acknowledged");
    }
    return {};
}

// Allocated now, because then there may be no space.
Result<void> RecordWriter::Impl::openReserve() {
    if (options.reserveBytes == 0 || reserve) return {};
    Result<std::unique_ptr<ReserveFile>> opened =
        ReserveFile::open(path, record.genesis, options.reserveBytes);
    if (!opened) return Unexpected(opened.error());
    reserve = std::move(*opened);
    return {};
}

// A flip in the log's last commit looks like a crash during it; the reserve knows better.
Result<void> RecordWriter::Impl::nothingLost() const {
    const std::optional<ReserveFile::Durable> told = ReserveFile::durableOf(path, record.genesis);
    if (!told || told->sequence <= record.tail.lastSequence) return {};
    return fail(ErrorCode::Corrupt, lostInputsText(record.tail.lastSequence, told->sequence));
}

Result<void> RecordWriter::Impl::insertSchema(const MetaEntries& entries) {
    Database& database = record.database;
    const std::string sql = "PRAGMA page_size=" + std::to_string(options.pageSize) +
                            "; PRAGMA locking_mode=EXCLUSIVE; PRAGMA synchronous=FULL; BEGIN; " +
                            "PRAGMA application_id=" + std::to_string(kApplicationId) +
                            "; PRAGMA user_version=" + std::to_string(kRecordFormat) + "; " +
                            schemaSql();
    Result<void> done = database.exec(sql.c_str());
    if (!done) return done;
    Result<Statement> insert = database.prepare("INSERT INTO meta(key, value) VALUES(?1, ?2)");
    if (!insert) return Unexpected(insert.error());
    for (const auto& [key, value] : entries) {
        insert->bind(1, std::string_view(key));
        insert->bind(2, std::string_view(value));
        done = insert->run();
        if (!done) return done;
    }
    done = prepare();
    if (!done) return done;
    done = writeTail();
    if (!done) return done;
    return database.exec("COMMIT");
}

Result<void> RecordWriter::Impl::prepare() {
    const std::pair<Statement*, const char*> all[] = {
        {&insertInput, "INSERT INTO inputs VALUES(?1, ?2, ?3, ?4, ?5)"},
        {&insertEvent, "INSERT INTO events VALUES(?1, ?2, ?3, ?4)"},
        {&insertStateDigest, "INSERT INTO state_digests VALUES(?1, ?2, ?3)"},
        {&insertCheckpoint, "INSERT INTO checkpoints VALUES(?1, ?2, ?3, ?4, ?5)"},
        {&updateTail, "INSERT OR REPLACE INTO tail VALUES(1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"},
        {&begin, "BEGIN IMMEDIATE"},
        {&commitStatement, "COMMIT"},
        {&pageCount, "PRAGMA page_count"},
    };
    for (const auto& [statement, sql] : all) {
        Result<Statement> prepared = record.database.prepare(sql);
        if (!prepared) return Unexpected(prepared.error());
        *statement = std::move(*prepared);
    }
    return {};
}

// Exclusive locking keeps the log's index in memory: no third file, and no other program can
// take part in checkpoints (two that do so can corrupt a file, SQLite up to 3.51.2).
Result<void> RecordWriter::Impl::beginLog() {
    Database& database = record.database;
    const Result<void> set = database.exec(
        "PRAGMA locking_mode=EXCLUSIVE; PRAGMA synchronous=FULL; "
        "PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-65536");
    if (!set) return set;
    const Result<std::string> mode = database.queryText("PRAGMA journal_mode=WAL");
    if (!mode) return Unexpected(mode.error());
    if (*mode != "wal") return fail(ErrorCode::Io, "the file system knows no write-ahead log");
    database.logPages();  // begins counting
    logBegun = true;
    return {};
}

Result<void> RecordWriter::Impl::measure() {
    const Result<bool> row = pageCount.step();
    if (!row) return Unexpected(row.error());
    committedSize = pageCount.number(0) * pageSize;
    pageCount.reset();
    uncommittedSize = 0;
    growth.note(GrowthMeter::Clock::now(), committedSize);
    return {};
}

// Verifies what lies after the last checkpoint and takes the chain up from there.
Result<void> RecordWriter::Impl::adoptTail() {
    const Result<Checkpoint> checkpoint = loadCheckpoint(record, record.tail.lastSequence);
    if (!checkpoint) return Unexpected(checkpoint.error());
    lastCheckpoint = checkpoint->sequence;
    lastCheckpointState = checkpoint->stateDigest;
    Result<StepCursor> cursor = StepCursor::after(record, lastCheckpoint);
    if (!cursor) return Unexpected(cursor.error());
    Step step;
    for (;;) {
        const Result<bool> row = cursor->next(step);
        if (!row) return Unexpected(row.error());
        if (!*row) break;
    }
    chain = Chain(cursor->chain());
    durable = record.tail.lastSequence;
    durableChain = record.tail.chain;
    return {};
}

Result<void> RecordWriter::Impl::writeTail() {
    const RecordTail& tail = record.tail;
    const Digest digest = tailDigest(record.genesis, tail);
    updateTail.bind(1, static_cast<std::int64_t>(tail.state));
    updateTail.bind(2, tail.lastSequence);
    updateTail.bind(3, tail.lastTime.microseconds());
    updateTail.bind(4, tail.events);
    updateTail.bind(5, tail.stateDigests);
    updateTail.bind(6, tail.checkpoints);
    updateTail.bind(7, tail.chain);
    updateTail.bind(8, tail.checkpointChain);
    updateTail.bind(9, digest);
    return updateTail.run();
}

Result<void> RecordWriter::Impl::ensureTransaction() {
    if (inTransaction) return {};
    if (!logBegun) {
        const Result<void> logged = beginLog();
        if (!logged) return logged;
    }
    // Here and not in commit(), whose caller waits for nothing but the disk's word.
    if (static_cast<std::uint64_t>(record.database.logPages()) * pageSize > options.walBytes) {
        const Result<int> left = record.database.checkpointLog();
        if (!left) return Unexpected(left.error());
    }
    const Result<void> begun = begin.run();
    if (!begun) return begun;
    inTransaction = true;
    return {};
}

Result<void> RecordWriter::Impl::insertStep(const Step& step) {
    Digest link = chain.addInput(step.sequence, step.time, step.input());
    insertInput.bind(1, step.sequence);
    insertInput.bind(2, step.time.microseconds());
    insertInput.bind(3, std::int64_t{step.bytes[0]});
    insertInput.bind(4, step.input());
    insertInput.bind(5, link);
    Result<void> done = insertInput.run();
    std::uint64_t id = eventId(step.sequence, 0);
    forEachEvent(step, [&](Bytes event) {
        if (!done) return;
        link = chain.addEvent(id, event);
        insertEvent.bind(1, id);
        insertEvent.bind(2, std::int64_t{event[0]});
        insertEvent.bind(3, event);
        insertEvent.bind(4, link);
        done = insertEvent.run();
        if (done && isStateDigest(event)) {
            insertStateDigest.bind(1, id);
            insertStateDigest.bind(2, event.subspan(1));
            insertStateDigest.bind(3, link);
            done = insertStateDigest.run();
            ++record.tail.stateDigests;
        }
        ++id;
    });
    if (!done) return done;
    record.tail.lastSequence = step.sequence;
    record.tail.lastTime = step.time;
    record.tail.events += step.eventCount();
    record.tail.chain = chain.head();
    return {};
}

Result<void> RecordWriter::Impl::commit() {
    if (!inTransaction) return {};
    Result<void> done = writeTail();
    if (done) done = commitStatement.run();
    if (!done) return failed(done.error());
    inTransaction = false;
    rows = 0;
    durable = record.tail.lastSequence;
    durableChain = record.tail.chain;
    if (reserve) reserve->noteDurable(durable, durableChain);
    done = measure();
    if (!done) return failed(done.error());
    return {};
}

// One file, in the rollback format: programs that only look at it make no files beside it.
Result<void> RecordWriter::Impl::endLog() {
    const Result<int> left = record.database.checkpointLog();
    if (!left) return Unexpected(left.error());
    dropStatements();
    const Result<std::string> mode = record.database.queryText("PRAGMA journal_mode=DELETE");
    if (!mode) return Unexpected(mode.error());
    if (*mode != "delete") return fail(ErrorCode::Io, "the write-ahead log cannot be put away");
    return {};
}

void RecordWriter::Impl::dropStatements() {
    for (Statement* statement : {&insertInput, &insertEvent, &insertStateDigest, &insertCheckpoint,
                                 &updateTail, &begin, &commitStatement, &pageCount}) {
        *statement = Statement();
    }
}

void RecordWriter::Impl::closeDatabase() {
    dropStatements();
    record.database.close();
    if (record.file) record.file->release();
    record.file.reset();
}

}  // namespace breakwater::storage
