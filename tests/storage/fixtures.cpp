#include "tests/storage/fixtures.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdlib.h>

#include <gtest/gtest.h>

#include "storage/sqlite.hpp"

namespace breakwater::storage {

TemporaryFolder::TemporaryFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "bw-test-XXXXXX").string();
    BW_ASSERT(::mkdtemp(name.data()) != nullptr);
    m_path = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

std::vector<std::string> TemporaryFolder::names() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(m_path)) {
        names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

RecordMeta testMeta() {
    RecordMeta meta;
    meta.program = "breakwater test";
    meta.venue = "breakwater";
    meta.scenario = "storage, \"quoted\"";
    meta.seed = 18'446'744'073'709'551'615U;
    meta.created = "2026-01-02T03:04:05Z";
    meta.extra = {{"market_share", "0.1"}};
    return meta;
}

// Two steps at a time share an instant: venue time may stand still.
Instant testTime(Sequence sequence) {
    return Instant::fromMicroseconds(1'760'130'000'000'000 +
                                     static_cast<std::int64_t>(sequence / 2) * 250'000);
}

Step testStep(Sequence sequence) {
    Step step;
    step.sequence = sequence;
    step.time = testTime(sequence);
    const auto figure = [&](std::int64_t n) {
        return Decimal::fromRaw(static_cast<Int128>(n) * 1'000'000'000);
    };
    const auto number = static_cast<std::int64_t>(sequence);
    if (sequence % 7 == 0) {
        encode(InputBody(ClockTick{}), step.bytes);
    } else if (sequence % 11 == 0) {
        OfficerCommand command;
        command.id = CommandId(sequence);
        command.officer = "=HYPERLINK(\"x\"), \xc3\xa9ric";
        command.reason = std::string(sequence % 500, 'r') + "\nsecond line";
        encode(InputBody(command), step.bytes);
    } else {
        encode(InputBody(PriceObserved{UnderlyingId(1), SourceId(2), Price(figure(number * 7919)),
                                       step.time}),
               step.bytes);
    }
    step.inputSize = static_cast<std::uint32_t>(step.bytes.size());
    const auto add = [&step](const Event& event) {
        const std::size_t before = step.bytes.size();
        encode(event, step.bytes);
        step.eventSizes.push_back(static_cast<std::uint32_t>(step.bytes.size() - before));
    };
    for (Sequence i = 0; i < sequence % 3; ++i) {
        add(MarkChanged{InstrumentId(static_cast<std::uint16_t>(i)), Price(figure(number * 7919)),
                        Price(figure(number * 7907))});
    }
    if (sequence % 10 == 0) add(StateDigested{digestOf(step.bytes)});
    return step;
}

Checkpoint testCheckpoint(Sequence sequence, std::size_t stateBytes) {
    Checkpoint checkpoint;
    checkpoint.sequence = sequence;
    checkpoint.time = testTime(sequence);
    checkpoint.state.resize(stateBytes);
    for (std::size_t i = 0; i < stateBytes; ++i) {
        checkpoint.state[i] = static_cast<std::uint8_t>(sequence * 31 + i * 17);
    }
    checkpoint.stateDigest = digestOf(checkpoint.state);
    return checkpoint;
}

void appendSteps(RecordWriter& writer, Sequence last) {
    while (writer.lastSequence() < last) {
        const Result<void> done = writer.append(testStep(writer.lastSequence() + 1));
        ASSERT_TRUE(done) << done.error().message;
    }
}

void writeRecord(const std::filesystem::path& path, Sequence last, Sequence checkpointEvery,
                 const WriterOptions& options) {
    Result<RecordWriter> writer = RecordWriter::create(path, testMeta(), options);
    ASSERT_TRUE(writer) << writer.error().message;
    for (Sequence next = 1; next <= last; ++next) {
        Result<void> done = writer->append(testStep(next));
        ASSERT_TRUE(done) << done.error().message;
        if (checkpointEvery > 0 && next % checkpointEvery == 0) {
            done = writer->appendCheckpoint(testCheckpoint(next));
            ASSERT_TRUE(done) << done.error().message;
        }
    }
    const Result<void> closed = writer->close();
    ASSERT_TRUE(closed) << closed.error().message;
}

Sequence expectTestSteps(const std::filesystem::path& path) {
    Result<RecordReader> reader = RecordReader::open(path);
    EXPECT_TRUE(reader) << reader.error().message;
    if (!reader) return 0;
    Step step;
    Sequence last = 0;
    for (;;) {
        const Result<bool> more = reader->next(step);
        EXPECT_TRUE(more) << more.error().message;
        if (!more || !*more) break;
        EXPECT_EQ(step, testStep(last + 1)) << "step " << last + 1;
        last = step.sequence;
    }
    EXPECT_EQ(last, reader->lastSequence());
    return last;
}

std::string readFile(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    return bytes.str();
}

void writeFile(const std::filesystem::path& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary) << bytes;
}

namespace {

Result<std::string> rowsOf(Database& database, const std::string& sql, std::int64_t key,
                           std::vector<std::int64_t>* keys) {
    std::string text;
    Result<Statement> rows = database.prepare(sql);
    if (!rows) return Unexpected(rows.error());
    if (sql.find('?') != std::string::npos) rows->bind(1, key);
    for (;;) {
        const Result<bool> row = rows->step();
        if (!row) return Unexpected(row.error());
        if (!*row) return text;
        text += std::string(rows->text(0)) + "\n";
        if (keys != nullptr) keys->push_back(rows->integer(1));
    }
}

}  // namespace

Result<std::string> dumpOf(const std::filesystem::path& path) {
    Result<Database> database = Database::open(path, OpenMode::Immutable);
    if (!database) return Unexpected(database.error());
    const auto column = [](const std::string& name) {
        return "typeof(" + name + ")||':'||quote(" + name + ")||'|'";
    };
    const std::vector<std::vector<std::string>> tables = {
        {"meta", "key", "value"},
        {"inputs", "seq", "time", "kind", "payload", "chain"},
        {"events", "id", "kind", "payload", "chain"},
        {"state_digests", "id", "digest", "chain"},
        {"checkpoints", "seq", "time", "state_digest", "state", "digest"},
        {"tail", "id", "state", "last_seq", "last_time", "events", "state_digests", "checkpoints",
         "chain", "checkpoint_chain", "digest"}};
    std::string dump;
    for (const auto& table : tables) {
        std::string columns = column(table[1]);
        for (std::size_t i = 2; i < table.size(); ++i)
            columns += "||" + column(table[i]);
        const std::string select = "SELECT " + columns + "," + table[1] + " FROM " + table[0];
        std::vector<std::int64_t> keys;
        for (const char* order : {" ORDER BY 2", " ORDER BY 2 DESC"}) {
            keys.clear();
            const Result<std::string> scan = rowsOf(*database, select + order, 0, &keys);
            if (!scan) return scan;
            dump += *scan;
        }
        const Result<std::int64_t> count =
            database->queryInteger("SELECT count(*) FROM " + table[0]);
        if (!count) return Unexpected(count.error());
        dump += table[0] + " " + std::to_string(*count) + "\n";
        if (table[0] == "meta") continue;
        for (const std::int64_t key : keys) {
            const Result<std::string> found =
                rowsOf(*database, select + " WHERE " + table[1] + "=?1", key, nullptr);
            if (!found) return found;
            dump += *found;
        }
    }
    for (const char* pragma : {"PRAGMA application_id", "PRAGMA user_version"}) {
        const Result<std::int64_t> value = database->queryInteger(pragma);
        if (!value) return Unexpected(value.error());
        dump += std::to_string(*value) + "\n";
    }
    const Result<std::string> schema =
        rowsOf(*database, "SELECT type||name||tbl_name||sql FROM sqlite_schema", 0, nullptr);
    if (!schema) return schema;
    return dump + *schema;
}

}  // namespace breakwater::storage
