#include "storage/opened_record.hpp"

#include <array>
#include <string>
#include <thread>

#include "storage/log_check.hpp"

namespace breakwater::storage {

// Written as SQLite keeps it, so that the schema can be compared byte by byte.
static constexpr std::array<std::array<const char*, 2>, 6> kTables = {{
    {"meta", "CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID"},
    {"inputs",
     "CREATE TABLE inputs(seq INTEGER PRIMARY KEY, time INTEGER NOT NULL, kind INTEGER NOT NULL, "
     "payload BLOB NOT NULL, chain BLOB NOT NULL) STRICT"},
    {"events",
     "CREATE TABLE events(id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, payload BLOB NOT NULL, "
     "chain BLOB NOT NULL) STRICT"},
    {"state_digests",
     "CREATE TABLE state_digests(id INTEGER PRIMARY KEY, digest BLOB NOT NULL, "
     "chain BLOB NOT NULL) STRICT"},
    {"checkpoints",
     "CREATE TABLE checkpoints(seq INTEGER PRIMARY KEY, time INTEGER NOT NULL, "
     "state_digest BLOB NOT NULL, state BLOB NOT NULL, digest BLOB NOT NULL) STRICT"},
    {"tail",
     "CREATE TABLE tail(id INTEGER PRIMARY KEY, state INTEGER NOT NULL, last_seq INTEGER NOT NULL, "
     "last_time INTEGER NOT NULL, events INTEGER NOT NULL, state_digests INTEGER NOT NULL, "
     "checkpoints INTEGER NOT NULL, chain BLOB NOT NULL, checkpoint_chain BLOB NOT NULL, "
     "digest BLOB NOT NULL) STRICT"},
}};

namespace {

constexpr std::string_view kMagic("SQLite format 3\0", 16);
constexpr std::size_t kHeaderSize = 100;
constexpr int kCopyAttempts = 8;

using Header = std::array<std::uint8_t, kHeaderSize>;

std::uint32_t bigEndian(const Header& header, std::size_t at, std::size_t size) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < size; ++i)
        value = value << 8 | header[at + i];
    return value;
}

Unexpected damaged(const std::filesystem::path& path, const std::string& why) {
    return fail(ErrorCode::Corrupt, path.string() + " is damaged: " + why);
}

std::filesystem::path beside(const std::filesystem::path& path, const char* suffix) {
    return std::filesystem::path(path.string() + suffix);
}

std::uint64_t sizeOf(const std::filesystem::path& path) {
    std::error_code error;
    const std::uintmax_t size = std::filesystem::file_size(path, error);
    return error ? 0 : size;
}

// The first bytes of a write-ahead log name its generation: they change when it starts anew.
Result<ByteBuffer> logGeneration(const std::filesystem::path& log) {
    ByteBuffer header(32);
    const Result<std::shared_ptr<RecordFile>> file =
        RecordFile::open(log, RecordFile::Access::Read);
    if (!file) return ByteBuffer();
    const Result<std::size_t> size = (*file)->readAt(0, header);
    if (!size) return Unexpected(size.error());
    header.resize(*size);
    return header;
}

Result<void> copyBeside(const std::filesystem::path& from, const std::filesystem::path& to) {
    const Result<std::shared_ptr<RecordFile>> file =
        RecordFile::open(from, RecordFile::Access::Read);
    if (!file && file.error().code == ErrorCode::NotFound) return {};
    if (!file) return Unexpected(file.error());
    return (*file)->copyTo(to);
}

// Copies the record with its log. False when a living writer changed what was being copied. The
// order matters: a page that the writer moves from the log into the file after we copied the file
// is still in the log we copy later, unless the log started anew in between.
Result<bool> copyRecord(const RecordFile& file, const std::filesystem::path& path,
                        const std::filesystem::path& copy) {
    const Result<ByteBuffer> before = logGeneration(beside(path, "-wal"));
    if (!before) return Unexpected(before.error());
    const RecordFile::Stamp stamp = file.stamp();
    for (const char* suffix : {"", "-journal", "-wal"}) {
        const Result<void> copied = *suffix == '\0'
                                        ? file.copyTo(copy)
                                        : copyBeside(beside(path, suffix), beside(copy, suffix));
        if (!copied) return Unexpected(copied.error());
    }
    const Result<ByteBuffer> after = logGeneration(beside(path, "-wal"));
    if (!after) return Unexpected(after.error());
    return *before == *after && (!before->empty() || file.stamp() == stamp);
}

// SQLite opens the file with its first read.
Result<std::vector<Database>> openImmutable(const std::filesystem::path& path, std::size_t count) {
    std::vector<Database> databases;
    while (databases.size() < count) {
        Result<Database> database = Database::open(path, OpenMode::Immutable);
        if (!database) return Unexpected(database.error());
        const Result<std::int64_t> first =
            database->queryInteger("SELECT count(*) FROM sqlite_schema");
        if (!first) return Unexpected(first.error());
        databases.push_back(std::move(*database));
    }
    return databases;
}

// Makes the copy one whole file and opens it; its name is gone before anything is read from it,
// so that even a crash leaves nothing behind.
Result<std::vector<Database>> openCopy(const std::filesystem::path& copy,
                                       const std::filesystem::path& path, std::size_t count) {
    {
        Result<Database> recovering = Database::open(copy, OpenMode::ReadWrite);
        if (!recovering) return Unexpected(recovering.error());
        const Result<void> recovered = recovering->exec(
            "PRAGMA locking_mode=EXCLUSIVE; PRAGMA synchronous=OFF; PRAGMA journal_mode=DELETE");
        if (!recovered) return Unexpected(recovered.error());
    }
    Result<std::shared_ptr<RecordFile>> file = RecordFile::open(copy, RecordFile::Access::Read);
    if (!file) return Unexpected(file.error());
    const Result<void> whole = checkWhole(**file, path);
    if (!whole) return Unexpected(whole.error());
    return openImmutable(copy, count);
}

struct Attempt {
    bool done = false;
    std::vector<OpenedRecord> records;
};

std::vector<OpenedRecord> recordsOf(std::vector<Database> databases) {
    std::vector<OpenedRecord> records(databases.size());
    for (std::size_t i = 0; i < records.size(); ++i)
        records[i].database = std::move(databases[i]);
    return records;
}

Result<Attempt> tryOpen(const std::filesystem::path& path, std::size_t count) {
    Attempt attempt;
    std::shared_ptr<RecordFile> file = RecordFile::writtenHere(path);
    const bool writtenHere = file != nullptr;
    if (!writtenHere) {
        Result<std::shared_ptr<RecordFile>> opened =
            RecordFile::open(path, RecordFile::Access::Read);
        if (!opened) return Unexpected(opened.error());
        file = std::move(*opened);
    }
    const Result<void> known = checkHeader(*file, path);
    if (!known) return Unexpected(known.error());
    const bool quiet = !writtenHere && file->tryLock(Hold::Shared);
    const std::uint64_t logSize = sizeOf(beside(path, "-wal")) + sizeOf(beside(path, "-journal"));
    if (quiet && logSize == 0) {
        const Result<void> whole = checkWhole(*file, path);
        if (!whole) return Unexpected(whole.error());
        Result<std::vector<Database>> databases = openImmutable(path, count);
        if (!databases) return Unexpected(databases.error());
        attempt.records = recordsOf(std::move(*databases));
        for (OpenedRecord& record : attempt.records)
            record.file = file;
        attempt.done = true;
        return attempt;
    }
    Result<PrivateFolder> folder = PrivateFolder::create(file->stamp().size + 2 * logSize);
    if (!folder) return Unexpected(folder.error());
    const std::filesystem::path copy = folder->path() / "record";
    const Result<bool> whole = copyRecord(*file, path, copy);
    if (!whole) return Unexpected(whole.error());
    if (!*whole) return attempt;
    std::uint64_t lostCommits = 0;
    if (quiet) {  // a copy of a log that grows meanwhile may have a hole, and that is no damage
        const Result<std::uint64_t> lost = commitsBehindDamage(beside(copy, "-wal"));
        if (!lost) return Unexpected(lost.error());
        lostCommits = *lost;
    }
    Result<std::vector<Database>> databases = openCopy(copy, path, count);
    if (!databases) return Unexpected(databases.error());
    attempt.records = recordsOf(std::move(*databases));
    for (OpenedRecord& record : attempt.records) {
        record.isPrivateCopy = true;
        record.wasBeingWritten = !quiet;
        record.lostCommits = lostCommits;
    }
    attempt.done = true;
    return attempt;
}

Result<void> checkSchema(Database& database, const std::filesystem::path& path) {
    const char* const notOurs = "its tables are not those of a record";
    const Result<std::string> encoding = database.queryText("PRAGMA encoding");
    if (!encoding) return damaged(path, encoding.error().message);
    if (*encoding != "UTF-8") return damaged(path, "its text is not UTF-8");
    Result<Statement> rows =
        database.prepare("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY rowid");
    if (!rows) return damaged(path, rows.error().message);
    for (const auto& [name, sql] : kTables) {
        const Result<bool> row = rows->step();
        if (!row) return damaged(path, row.error().message);
        if (!*row || rows->text(0) != "table" || rows->text(1) != name || rows->text(2) != name ||
            rows->text(3) != sql) {
            return damaged(path, notOurs);
        }
    }
    const Result<bool> more = rows->step();
    if (!more) return damaged(path, more.error().message);
    if (*more) return damaged(path, notOurs);
    return {};
}

Result<MetaEntries> readMeta(Database& database, const std::filesystem::path& path) {
    MetaEntries entries;
    Result<Statement> rows = database.prepare("SELECT key, value FROM meta ORDER BY key");
    if (!rows) return damaged(path, rows.error().message);
    for (;;) {
        const Result<bool> row = rows->step();
        if (!row) return damaged(path, row.error().message);
        if (!*row) return entries;
        if (!rows->isText(0) || !rows->isText(1)) {
            return damaged(path, "its description is not text");
        }
        entries.emplace_back(rows->text(0), rows->text(1));
    }
}

Result<RecordTail> readTail(Database& database, const Digest& genesis,
                            const std::filesystem::path& path) {
    Result<Statement> rows = database.prepare(
        "SELECT id, state, last_seq, last_time, events, state_digests, checkpoints, chain, "
        "checkpoint_chain, digest FROM tail");
    if (!rows) return damaged(path, rows.error().message);
    const Result<bool> row = rows->step();
    if (!row) return damaged(path, row.error().message);
    RecordTail tail;
    Digest stated;
    bool sound = *row && rows->digest(7, tail.chain) && rows->digest(8, tail.checkpointChain) &&
                 rows->digest(9, stated);
    for (int column = 0; sound && column < 7; ++column)
        sound = rows->isInteger(column);
    sound = sound && rows->integer(0) == 1 && rows->number(1) <= 2;
    if (sound) {
        tail.state = static_cast<RecordState>(rows->integer(1));
        tail.lastSequence = rows->number(2);
        tail.lastTime = Instant::fromMicroseconds(rows->integer(3));
        tail.events = rows->number(4);
        tail.stateDigests = rows->number(5);
        tail.checkpoints = rows->number(6);
        sound = tailDigest(genesis, tail) == stated;
    }
    const Result<bool> more = sound ? rows->step() : Result<bool>(false);
    if (!more) return damaged(path, more.error().message);
    if (!sound || *more) {
        return damaged(path, "what it says of itself (its description or its end) was altered");
    }
    return tail;
}

}  // namespace

std::string lostCommitsText(std::uint64_t count) {
    return "its write-ahead log is damaged; at least " + std::to_string(count) +
           (count == 1 ? " commit" : " commits") + " after the end cannot be read";
}

std::string schemaSql() {
    std::string sql;
    for (const auto& table : kTables)
        sql += std::string(table[1]) + ";\n";
    return sql;
}

Result<void> checkHeader(const RecordFile& file, const std::filesystem::path& path) {
    const std::string name = path.string();
    Header header{};
    const Result<std::size_t> size = file.readAt(0, header);
    if (!size) return Unexpected(size.error());
    if (*size == 0) return fail(ErrorCode::Malformed, name + " is empty");
    const std::string_view start(reinterpret_cast<const char*>(header.data()),
                                 std::min(*size, kMagic.size()));
    if (start != kMagic.substr(0, start.size())) {
        return fail(ErrorCode::Malformed, name + " is not a Breakwater record");
    }
    if (*size < kHeaderSize) {
        return fail(ErrorCode::Malformed,
                    name + " is cut short: " + std::to_string(*size) + " bytes");
    }
    if (bigEndian(header, 68, 4) != kApplicationId) {
        return fail(ErrorCode::Malformed,
                    name + " is an SQLite database, but not a Breakwater record");
    }
    const std::uint32_t version = bigEndian(header, 60, 4);
    if (version > kRecordFormat) {
        return fail(ErrorCode::NewerVersion,
                    name + " was written by a later Breakwater (record format " +
                        std::to_string(version) + "; this one reads up to " +
                        std::to_string(kRecordFormat) + ")");
    }
    if (version == 0) return damaged(path, "it has no format version");
    return {};
}

Result<void> checkWhole(const RecordFile& file, const std::filesystem::path& path) {
    Header header{};
    const Result<std::size_t> read = file.readAt(0, header);
    if (!read) return Unexpected(read.error());
    const std::uint32_t raw = bigEndian(header, 16, 2);
    const std::uint64_t pageSize = raw == 1 ? 65'536 : raw;
    // SQLite trusts its count of pages only when both change counters agree.
    const bool counted =
        *read == kHeaderSize && bigEndian(header, 24, 4) == bigEndian(header, 92, 4);
    const std::uint64_t expected = counted ? bigEndian(header, 28, 4) * pageSize : 0;
    const std::uint64_t size = file.stamp().size;
    if (*read < kHeaderSize || size < expected) {
        return fail(ErrorCode::Malformed, path.string() + " is cut short: " + std::to_string(size) +
                                              " of " + std::to_string(expected) + " bytes");
    }
    return {};
}

Result<void> describe(OpenedRecord& record, const std::filesystem::path& path) {
    const Result<void> schema = checkSchema(record.database, path);
    if (!schema) return schema;
    const Result<MetaEntries> entries = readMeta(record.database, path);
    if (!entries) return Unexpected(entries.error());
    record.genesis = genesisOf(*entries);
    // The tail's digest covers genesis and so the description: check before believing either.
    const Result<RecordTail> tail = readTail(record.database, record.genesis, path);
    if (!tail) return Unexpected(tail.error());
    record.tail = *tail;
    const Result<RecordMeta> meta = fromEntries(*entries);
    if (!meta) return damaged(path, meta.error().message);
    if (meta->codec > kCodecVersion) {
        return fail(ErrorCode::NewerVersion,
                    path.string() + " was written by a later Breakwater (codec " +
                        std::to_string(meta->codec) + "; this one reads up to " +
                        std::to_string(kCodecVersion) + ")");
    }
    record.meta = *meta;
    const Result<std::int64_t> pages = record.database.queryInteger("PRAGMA page_count");
    const Result<std::int64_t> pageSize = record.database.queryInteger("PRAGMA page_size");
    if (!pages || !pageSize) return damaged(path, "its size is unknown");
    record.sizeBytes = static_cast<std::uint64_t>(*pages * *pageSize);
    return {};
}

Result<OpenedRecord> openForReading(const std::filesystem::path& path) {
    Result<std::vector<OpenedRecord>> records = openForReading(path, 1);
    if (!records) return Unexpected(records.error());
    return std::move(records->front());
}

Result<std::vector<OpenedRecord>> openForReading(const std::filesystem::path& path,
                                                 std::size_t count) {
    for (int i = 0; i < kCopyAttempts; ++i) {
        Result<Attempt> attempt = tryOpen(path, count);
        if (!attempt) return Unexpected(attempt.error());
        if (!attempt->done) {
            std::this_thread::sleep_for(std::chrono::milliseconds(5));
            continue;
        }
        for (OpenedRecord& record : attempt->records) {
            const Result<void> described = describe(record, path);
            if (!described) return Unexpected(described.error());
        }
        return std::move(attempt->records);
    }
    return fail(ErrorCode::Locked,
                path.string() +
                    " is being written faster than it can be copied for reading; "
                    "try again when it is quieter");
}

}  // namespace breakwater::storage
