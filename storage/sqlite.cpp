#include "storage/sqlite.hpp"

#include <sqlite3.h>

#include "core/base/assert.hpp"

namespace breakwater::storage {
namespace {

ErrorCode codeOf(int status) {
    switch (status & 0xff) {
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return ErrorCode::Locked;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_MISMATCH: return ErrorCode::Corrupt;
        default: return ErrorCode::Io;
    }
}

Unexpected failure(sqlite3* database, int status) {
    // ErrorCode::Full is the record's own limit, where everything before is safe.
    if ((status & 0xff) == SQLITE_FULL) return fail(ErrorCode::Io, "the disk is full");
    std::string message = database != nullptr ? sqlite3_errmsg(database) : sqlite3_errstr(status);
    // "disk I/O error" alone does not say which call failed.
    if (database != nullptr && (status & 0xff) == SQLITE_IOERR) {
        message += " (SQLite " + std::to_string(sqlite3_extended_errcode(database)) + ")";
    }
    return fail(codeOf(status), std::move(message));
}

// A path as SQLite's URI: what has a meaning there is escaped.
std::string uriOf(const std::filesystem::path& path, const char* query) {
    static constexpr char kHex[] = "0123456789ABCDEF";
    std::string uri = "file:";
    for (const char c : std::filesystem::absolute(path).string()) {
        if (c == '%' || c == '?' || c == '#') {
            const auto byte = static_cast<unsigned char>(c);
            uri += '%';
            uri += kHex[byte >> 4];
            uri += kHex[byte & 15];
        } else {
            uri += c;
        }
    }
    return uri + query;
}

int noteLogPages(void* pages, sqlite3*, const char*, int count) {
    *static_cast<int*>(pages) = count;
    return SQLITE_OK;
}

int shouldStop(void* goOn) { return (*static_cast<const std::function<bool()>*>(goOn))() ? 0 : 1; }

}  // namespace

void Statement::Finalizer::operator()(sqlite3_stmt* statement) const {
    sqlite3_finalize(statement);
}

void Statement::bind(int parameter, std::int64_t value) {
    const int status = sqlite3_bind_int64(m_statement.get(), parameter, value);
    BW_ASSERT(status == SQLITE_OK);
}

void Statement::bind(int parameter, Bytes value) {
    // A null pointer would bind NULL.
    const void* data = value.empty() ? static_cast<const void*>("") : value.data();
    const int status =
        sqlite3_bind_blob64(m_statement.get(), parameter, data, value.size(), SQLITE_STATIC);
    BW_ASSERT(status == SQLITE_OK || status == SQLITE_TOOBIG);
}

void Statement::bind(int parameter, std::string_view value) {
    const char* data = value.empty() ? "" : value.data();
    const int status = sqlite3_bind_text64(m_statement.get(), parameter, data, value.size(),
                                           SQLITE_STATIC, SQLITE_UTF8);
    BW_ASSERT(status == SQLITE_OK);
}

Result<bool> Statement::step() {
    const int status = sqlite3_step(m_statement.get());
    if (status == SQLITE_ROW) return true;
    if (status == SQLITE_DONE) return false;
    return failure(sqlite3_db_handle(m_statement.get()), status);
}

Result<void> Statement::run() {
    const int status = sqlite3_step(m_statement.get());
    if (status != SQLITE_DONE) {
        const Unexpected error = failure(sqlite3_db_handle(m_statement.get()), status);
        sqlite3_reset(m_statement.get());
        return error;
    }
    sqlite3_reset(m_statement.get());
    return {};
}

void Statement::reset() { sqlite3_reset(m_statement.get()); }

bool Statement::isInteger(int column) const {
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_INTEGER;
}
bool Statement::isBlob(int column) const {
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_BLOB;
}
bool Statement::isText(int column) const {
    return sqlite3_column_type(m_statement.get(), column) == SQLITE_TEXT;
}
std::int64_t Statement::integer(int column) const {
    return sqlite3_column_int64(m_statement.get(), column);
}
Bytes Statement::blob(int column) const {
    const void* data = sqlite3_column_blob(m_statement.get(), column);
    const int size = sqlite3_column_bytes(m_statement.get(), column);
    return {static_cast<const std::uint8_t*>(data),
            data != nullptr ? static_cast<std::size_t>(size) : 0};
}
std::string_view Statement::text(int column) const {
    const unsigned char* data = sqlite3_column_text(m_statement.get(), column);
    if (data == nullptr) return {};
    return {reinterpret_cast<const char*>(data),
            static_cast<std::size_t>(sqlite3_column_bytes(m_statement.get(), column))};
}
bool Statement::digest(int column, Digest& out) const {
    if (!isBlob(column)) return false;
    const Bytes bytes = blob(column);
    if (bytes.size() != out.bytes.size()) return false;
    std::copy(bytes.begin(), bytes.end(), out.bytes.begin());
    return true;
}

void Database::Closer::operator()(sqlite3* database) const { sqlite3_close_v2(database); }

Result<Database> Database::open(const std::filesystem::path& path, OpenMode mode,
                                const std::string& vfs) {
    const bool immutable = mode == OpenMode::Immutable;
    const std::string uri = uriOf(path, immutable ? "?mode=ro&immutable=1" : "?mode=rw");
    const int flags = SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX |
                      (immutable ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
    sqlite3* handle = nullptr;
    const int status =
        sqlite3_open_v2(uri.c_str(), &handle, flags, vfs.empty() ? nullptr : vfs.c_str());
    Database database;
    database.m_database.reset(handle);
    if (status != SQLITE_OK) return failure(handle, status);
    sqlite3_extended_result_codes(handle, 1);
    // A record may come from anywhere: nothing in its schema is run.
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, nullptr);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    const Result<void> checks = database.exec("PRAGMA cell_size_check=ON; PRAGMA mmap_size=0");
    if (!checks) return Unexpected(checks.error());
    return database;
}

Result<void> Database::exec(const char* sql) {
    const int status = sqlite3_exec(m_database.get(), sql, nullptr, nullptr, nullptr);
    if (status != SQLITE_OK) return failure(m_database.get(), status);
    return {};
}

Result<Statement> Database::prepare(std::string_view sql) {
    Statement statement;
    sqlite3_stmt* handle = nullptr;
    const int status =
        sqlite3_prepare_v3(m_database.get(), sql.data(), static_cast<int>(sql.size()),
                           SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
    statement.m_statement.reset(handle);
    if (status != SQLITE_OK) return failure(m_database.get(), status);
    return statement;
}

Result<std::int64_t> Database::queryInteger(std::string_view sql) {
    Result<Statement> statement = prepare(sql);
    if (!statement) return Unexpected(statement.error());
    const Result<bool> row = statement->step();
    if (!row) return Unexpected(row.error());
    if (!*row) return fail(ErrorCode::Corrupt, "no answer to " + std::string(sql));
    return statement->integer(0);
}

Result<std::string> Database::queryText(std::string_view sql) {
    Result<Statement> statement = prepare(sql);
    if (!statement) return Unexpected(statement.error());
    const Result<bool> row = statement->step();
    if (!row) return Unexpected(row.error());
    if (!*row) return fail(ErrorCode::Corrupt, "no answer to " + std::string(sql));
    return std::string(statement->text(0));
}

Result<int> Database::checkpointLog() {
    int inLog = 0;
    int moved = 0;
    const int status = sqlite3_wal_checkpoint_v2(m_database.get(), nullptr,
                                                 SQLITE_CHECKPOINT_PASSIVE, &inLog, &moved);
    if (status != SQLITE_OK) return failure(m_database.get(), status);
    if (m_logPages) *m_logPages = inLog - moved;
    return inLog - moved;
}

int Database::logPages() {
    if (!m_logPages) {
        // Replaces SQLite's own automatic checkpoint, which the writer does itself.
        m_logPages = std::make_unique<int>(0);
        sqlite3_wal_hook(m_database.get(), noteLogPages, m_logPages.get());
    }
    return *m_logPages;
}

void Database::askWhetherToGoOn(const std::function<bool()>* goOn) {
    constexpr int kInstructions = 100'000;
    // SQLite keeps the pointer untyped; what it points to is only read.
    sqlite3_progress_handler(m_database.get(), goOn != nullptr ? kInstructions : 0,
                             goOn != nullptr ? &shouldStop : nullptr,
                             const_cast<std::function<bool()>*>(goOn));
}

void Database::keepLogOnClose() {
    sqlite3_db_config(m_database.get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
}

}  // namespace breakwater::storage
