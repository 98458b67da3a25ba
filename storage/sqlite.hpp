// SQLite behind Result: a connection and a prepared statement. Internal to storage; nothing of
// SQLite's own header passes through here.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/digest.hpp"
#include "core/base/result.hpp"

struct sqlite3;
struct sqlite3_stmt;

namespace breakwater::storage {

class Statement {
public:
    Statement() = default;

    // Bytes and text are not copied: they must live until the statement is reset or bound anew.
    void bind(int parameter, std::int64_t value);
    void bind(int parameter, std::uint64_t value) {
        bind(parameter, static_cast<std::int64_t>(value));
    }
    void bind(int parameter, Bytes value);
    void bind(int parameter, const Digest& value) { bind(parameter, Bytes(value.bytes)); }
    void bind(int parameter, std::string_view value);

    Result<bool> step();  // true: a row
    Result<void> run();   // to the end, then reset
    void reset();

    // A column has to be of the type that was written, not only of the same bytes: a flipped bit
    // may turn a blob into a text of equal content, which other queries tell apart.
    bool isInteger(int column) const;
    bool isBlob(int column) const;
    bool isText(int column) const;
    std::int64_t integer(int column) const;
    std::uint64_t number(int column) const { return static_cast<std::uint64_t>(integer(column)); }
    Bytes blob(int column) const;
    std::string_view text(int column) const;
    bool digest(int column, Digest& out) const;  // false: not a blob of 32 bytes

private:
    friend class Database;
    struct Finalizer {
        void operator()(sqlite3_stmt* statement) const;
    };
    std::unique_ptr<sqlite3_stmt, Finalizer> m_statement;
};

enum class OpenMode {
    ReadWrite,  // must exist
    Immutable,  // no locks, no other file; for a file that nobody changes
};

class Database {
public:
    Database() = default;
    static Result<Database> open(const std::filesystem::path& path, OpenMode mode,
                                 const std::string& vfs = {});

    Result<void> exec(const char* sql);
    Result<Statement> prepare(std::string_view sql);
    Result<std::int64_t> queryInteger(std::string_view sql);
    Result<std::string> queryText(std::string_view sql);

    // Moves the write-ahead log into the file as far as possible; returns the pages still in it.
    Result<int> checkpointLog();
    int logPages();         // in the write-ahead log after the last commit
    void keepLogOnClose();  // what may not be on the disk must not overwrite the file
    // Asked now and then while a statement runs; false ends it with an error. It outlives its use;
    // null: nobody is asked.
    void askWhetherToGoOn(const std::function<bool()>* goOn);
    void close() { m_database.reset(); }
    explicit operator bool() const { return m_database != nullptr; }

private:
    struct Closer {
        void operator()(sqlite3* database) const;
    };
    std::unique_ptr<sqlite3, Closer> m_database;
    std::unique_ptr<int> m_logPages;  // written by SQLite's hook, so its address must not move
};

}  // namespace breakwater::storage
