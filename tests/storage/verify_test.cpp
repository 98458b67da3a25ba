#include "storage/verify.hpp"

#include <gtest/gtest.h>

#include "storage/sqlite.hpp"
#include "tests/storage/fixtures.hpp"

namespace breakwater::storage {
namespace {

// Small pages give a small record inner pages, overflow pages and several tables of depth two.
WriterOptions smallPages() {
    WriterOptions options;
    options.pageSize = 512;
    return options;
}

void alter(const std::filesystem::path& path, const char* sql) {
    Result<Database> database = Database::open(path, OpenMode::ReadWrite);
    ASSERT_TRUE(database);
    const Result<void> done = database->exec(sql);
    ASSERT_TRUE(done) << done.error().message;
}

TEST(Verify, TellsIntactFromWithoutClose) {
    const TemporaryFolder folder;
    writeRecord(folder / "r.bwr", 100, 30);
    const Verification closed = verify(folder / "r.bwr");
    EXPECT_EQ(closed.verdict, Verdict::Intact);
    EXPECT_EQ(closed.tail.lastSequence, 100U);
    EXPECT_EQ(closed.verified, 100 + closed.tail.events);
    EXPECT_EQ(closed.meta, testMeta());
    EXPECT_EQ(closed.sizeBytes, std::filesystem::file_size(folder / "r.bwr"));

    Result<RecordWriter> writer = RecordWriter::resume(folder / "r.bwr");
    ASSERT_TRUE(writer);
    appendSteps(*writer, 101);
    ASSERT_TRUE(writer->commit());
    EXPECT_EQ(verify(folder / "r.bwr").verdict, Verdict::IntactWithoutClose);
}

TEST(Verify, ExitCodes) {
    EXPECT_EQ(exitCode(Verdict::Intact), 0);
    EXPECT_EQ(exitCode(Verdict::IntactWithoutClose), 0);
    EXPECT_EQ(exitCode(Verdict::Differs), 1);
    EXPECT_EQ(exitCode(Verdict::Unreadable), 2);
}

TEST(Verify, MissingIsUnreadable) {
    const Verification verified = verify("/nowhere/r.bwr");
    EXPECT_EQ(verified.verdict, Verdict::Unreadable);
    EXPECT_NE(verified.why.find("no record"), std::string::npos);
}

// What somebody with SQLite at hand may try.
struct Alteration {
    const char* sql;
    Sequence at;  // where trust must end; 0: not told by an input
};
const Alteration kAlterations[] = {
    {"UPDATE inputs SET payload = zeroblob(5) WHERE seq = 40", 40},
    {"UPDATE inputs SET payload = CAST(payload || x'00' AS BLOB) WHERE seq = 40", 40},
    {"UPDATE inputs SET time = time + 1 WHERE seq = 40", 40},
    {"UPDATE inputs SET kind = kind + 1 WHERE seq = 40", 40},
    {"UPDATE inputs SET chain = zeroblob(32) WHERE seq = 40", 40},
    {"DELETE FROM inputs WHERE seq = 40", 40},
    {"DELETE FROM inputs WHERE seq = 100", 100},
    {"DELETE FROM inputs WHERE seq > 90", 91},
    {"DELETE FROM inputs WHERE seq > 90; DELETE FROM events WHERE id >= 91 << 20", 91},
    {"DELETE FROM events WHERE id = 41 << 20", 41},
    {"DELETE FROM events WHERE id = 41 << 20 | 1", 42},
    {"UPDATE events SET id = id + 5 WHERE id = 41 << 20 | 1", 41},
    {"UPDATE events SET payload = CAST(payload || x'01' AS BLOB) WHERE id = 41 << 20", 41},
    {"UPDATE events SET kind = 9 WHERE id = 41 << 20", 41},
    {"UPDATE events SET chain = zeroblob(32) WHERE id = 41 << 20", 41},
    {"INSERT INTO inputs SELECT -5, time, kind, payload, chain FROM inputs WHERE seq = 1", 1},
    {"INSERT INTO inputs SELECT 101, time, kind, payload, chain FROM inputs WHERE seq = 100", 101},
    {"INSERT INTO events SELECT -1, kind, payload, chain FROM events LIMIT 1", 0},
    {"INSERT INTO events SELECT 500 << 20, kind, payload, chain FROM events LIMIT 1", 101},
    {"UPDATE state_digests SET digest = zeroblob(32) WHERE id >> 20 = 50", 50},
    {"UPDATE state_digests SET chain = zeroblob(32) WHERE id >> 20 = 50", 50},
    {"DELETE FROM state_digests WHERE id >> 20 = 50", 0},
    {"INSERT INTO state_digests SELECT 1, digest, chain FROM state_digests LIMIT 1", 0},
    {"UPDATE checkpoints SET state = zeroblob(9) WHERE seq = 60", 60},
    {"UPDATE checkpoints SET time = time - 1 WHERE seq = 60", 60},
    {"UPDATE checkpoints SET state_digest = zeroblob(32) WHERE seq = 60", 60},
    {"UPDATE checkpoints SET digest = zeroblob(32) WHERE seq = 60", 60},
    {"UPDATE checkpoints SET seq = 61 WHERE seq = 60", 61},
    {"DELETE FROM checkpoints WHERE seq = 30", 60},
    {"DELETE FROM checkpoints WHERE seq = 90", 100},
    {"UPDATE meta SET value = 'another' WHERE key = 'venue'", 0},
    {"UPDATE meta SET key = 'vanue' WHERE key = 'venue'", 0},
    {"DELETE FROM meta WHERE key = 'seed'", 0},
    {"INSERT INTO meta VALUES('approved', 'yes')", 0},
    {"UPDATE tail SET last_seq = 99", 0},
    {"UPDATE tail SET last_time = 5", 0},
    {"UPDATE tail SET events = events - 1", 0},
    {"UPDATE tail SET state = 0", 0},
    {"UPDATE tail SET chain = zeroblob(32)", 0},
    {"UPDATE tail SET digest = zeroblob(32)", 0},
    {"DELETE FROM tail", 0},
    {"INSERT INTO tail SELECT 2, state, last_seq, last_time, events, state_digests, "
     "checkpoints, "
     "chain, checkpoint_chain, digest FROM tail",
     0},
    {"CREATE TABLE notes(text)", 0},
    {"CREATE VIEW v AS SELECT 1", 0},
    {"CREATE INDEX i ON inputs(time)", 0},
    {"DROP TABLE state_digests", 0},
};

TEST(Verify, FindsEveryKindOfAlteration) {
    const TemporaryFolder folder;
    writeRecord(folder / "good.bwr", 100, 30);
    for (const auto& [sql, at] : kAlterations) {
        writeFile(folder / "r.bwr", readFile(folder / "good.bwr"));
        alter(folder / "r.bwr", sql);
        const Verification verified = verify(folder / "r.bwr");
        EXPECT_EQ(verified.verdict, Verdict::Differs) << sql;
        EXPECT_FALSE(verified.why.empty()) << sql;
        if (at != 0) {
            EXPECT_EQ(verified.differsAt, at) << sql << ": " << verified.why;
        }
    }
}

}  // namespace
}  // namespace breakwater::storage
