// breakwaterctl: what it answers, and how it refuses.
#include <map>
#include <regex>

#include "storage/record_writer.hpp"
#include "storage/sqlite.hpp"
#include "tests/app/breakwaterctl/command.hpp"

namespace breakwater {
namespace {

using test::Answer;
using test::bytesOf;
using test::ctl;
using test::expectRefused;
using test::holds;
using test::Scratch;
using test::writeBytes;

namespace fs = std::filesystem;

constexpr const char* kScenario = "2025-10-10_liquidation_cascade";

// The top-level keys of one JSON object without inner objects, with their raw values.
std::map<std::string, std::string> fieldsOf(const std::string& json) {
    std::map<std::string, std::string> fields;
    const std::regex field("\"([a-z_]+)\":(\"[^\"]*\"|[^,}]*)");
    for (std::sregex_iterator it(json.begin(), json.end(), field), end; it != end; ++it)
        fields[(*it)[1]] = (*it)[2];
    return fields;
}

std::string unquoted(const std::string& value) {
    return value.size() >= 2 && value.front() == '"' ? value.substr(1, value.size() - 2) : value;
}

// One small record of a play, made once.
class CtlRecord : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        s_scratch = new Scratch;
        s_simulated = new Answer(ctl(
            {"simulate", "--accounts", "40", "--until", "3m", "--json", "--out", path().string()}));
    }
    static void TearDownTestSuite() {
        delete s_scratch;
        delete s_simulated;
    }
    void SetUp() override { ASSERT_EQ(s_simulated->code, 0) << s_simulated->err; }

    static fs::path path() { return *s_scratch / "play.bwr"; }
    static std::map<std::string, std::string> simulated() { return fieldsOf(s_simulated->out); }

    static Scratch* s_scratch;
    static Answer* s_simulated;
};
Scratch* CtlRecord::s_scratch = nullptr;
Answer* CtlRecord::s_simulated = nullptr;

// ---- the command line itself

TEST(CtlCommandLine, AsksForASubcommandAndNamesWhatItDoesNotKnow) {
    expectRefused(ctl({}), {"subcommand is required"});
    expectRefused(ctl({"frobnicate"}), {"'frobnicate'", "simulate, replay, verify, export, bench"});
    expectRefused(ctl({"simulate", "--frobnicate"}), {"--frobnicate"});
    expectRefused(ctl({"verify"}), {"file is required"});
    expectRefused(ctl({"export", "r.bwr"}), {"--csv is required"});
}

TEST(CtlCommandLine, HelpAndVersionAreAnswers) {
    const Answer help = ctl({"--help"});
    EXPECT_EQ(help.code, 0);
    for (const char* word : {"simulate", "replay", "verify", "export", "bench"})
        EXPECT_TRUE(holds(help.out, word)) << word;
    const Answer version = ctl({"--version"});
    EXPECT_EQ(version.code, 0);
    EXPECT_TRUE(holds(version.out, "breakwater ")) << version.out;
}

// ---- simulate

TEST_F(CtlRecord, JsonHasExactlyTheThirteenKeysAndMoneyIsText) {
    const std::map<std::string, std::string> fields = simulated();
    const std::vector<std::string> keys{
        "accounts",        "adl_notional",      "events",       "final_digest", "fund_low",
        "inputs",          "inputs_per_second", "liquidations", "scenario",     "seed",
        "socialised_loss", "uncovered_loss",    "wall_seconds"};
    std::vector<std::string> found;
    for (const auto& [key, value] : fields)
        found.push_back(key);
    EXPECT_EQ(found, keys);
    const std::regex money("\"-?[0-9]+(\\.[0-9]+)?\""), count("[0-9]+"),
        number("[0-9]+(\\.[0-9]+)?");
    for (const char* key : {"fund_low", "adl_notional", "socialised_loss", "uncovered_loss"})
        EXPECT_TRUE(std::regex_match(fields.at(key), money)) << key << " " << fields.at(key);
    for (const char* key : {"seed", "accounts", "inputs", "events", "liquidations"})
        EXPECT_TRUE(std::regex_match(fields.at(key), count)) << key << " " << fields.at(key);
    for (const char* key : {"inputs_per_second", "wall_seconds"})
        EXPECT_TRUE(std::regex_match(fields.at(key), number)) << key << " " << fields.at(key);
    EXPECT_EQ(fields.at("scenario"), '"' + std::string(kScenario) + '"');
    EXPECT_TRUE(std::regex_match(fields.at("final_digest"), std::regex("\"[0-9a-f]{64}\"")));
    EXPECT_EQ(fields.at("seed"), "1");
}

TEST_F(CtlRecord, TheSameSeedGivesTheSamePlayWithAndWithoutARecord) {
    const auto play = [](const char* seed) {
        const Answer answer =
            ctl({"simulate", "--accounts", "40", "--until", "3m", "--seed", seed, "--json"});
        EXPECT_EQ(answer.code, 0) << answer.err;
        return fieldsOf(answer.out);
    };
    const auto same = play("1"), other = play("2");
    for (const char* key : {"inputs", "events", "liquidations", "fund_low", "final_digest"})
        EXPECT_EQ(same.at(key), simulated().at(key)) << key;
    EXPECT_NE(other.at("final_digest"), simulated().at("final_digest"));
}

TEST(CtlSimulate, TheEndMayBeAnInstantOrALength) {
    const Answer length = ctl({"simulate", "--accounts", "20", "--until", "90s", "--json"});
    const Answer instant =
        ctl({"simulate", "--accounts", "20", "--until", "2025-10-10T20:31:30Z", "--json"});
    const Answer text = ctl({"simulate", "--accounts", "20", "--until", "90"});
    ASSERT_EQ(length.code, 0) << length.err;
    ASSERT_EQ(instant.code, 0) << instant.err;
    ASSERT_EQ(text.code, 0) << text.err;
    const std::string digest = fieldsOf(length.out).at("final_digest");
    EXPECT_EQ(fieldsOf(instant.out).at("final_digest"), digest);
    EXPECT_TRUE(holds(text.out, unquoted(digest)));
    EXPECT_TRUE(holds(text.out, "2025-10-10T20:31:30Z"));
}

TEST(CtlSimulate, RefusesAnUnknownScenarioAndNamesTheKnownOnes) {
    expectRefused(ctl({"simulate", "--scenario", "2031"}),
                  {"2031", "2020-03-12_black_thursday", "2021-05-19_leverage_flush",
                   "2022-05-09_luna_collapse", "2022-06-13_credit_crunch",
                   "2022-11-08_exchange_failure", "2024-08-05_carry_unwind", kScenario});
    expectRefused(ctl({"simulate", "--scenario", "2022"}), {"fits several"});
    expectRefused(ctl({"simulate", "--scenario", ""}), {"is no scenario"});
    expectRefused(ctl({"simulate", "--scenario", "/nowhere/x.scenario"}), {"is no scenario"});
}

TEST(CtlSimulate, RefusesFiguresOutsideTheirRange) {
    const auto refused = [](const std::vector<std::string>& options,
                            const std::vector<std::string>& reasons) {
        SCOPED_TRACE(options.front() + " " + options.back());
        std::vector<std::string> words{"simulate"};
        words.insert(words.end(), options.begin(), options.end());
        expectRefused(ctl(words), reasons);
    };
    refused({"--accounts", "1"}, {"--accounts"});
    refused({"--accounts", "0"}, {"--accounts"});
    refused({"--accounts", "-5"}, {"--accounts"});
    refused({"--accounts", "1000001"}, {"--accounts"});
    refused({"--accounts", "many"}, {"--accounts"});
    refused({"--seed", "-1"}, {"--seed"});
    refused({"--market-share", "2"}, {"market share", "between 0 and 1"});
    refused({"--market-share", "-0.1"}, {"market share"});
    refused({"--market-share", "nan"}, {"market share"});
    refused({"--market-share", "inf"}, {"market share"});
    refused({"--market-share", ""}, {"market share"});
    refused({"--record-limit", "0"}, {"--record-limit"});
    refused({"--record-limit", "-3"}, {"--record-limit"});
    refused({"--record-limit", "nan"}, {"--record-limit"});
    refused({"--record-limit", "inf"}, {"--record-limit"});
    refused({"--record-limit", "1e300"}, {"--record-limit"});
    refused({"--until", "2025-10-10T20:00:00Z"}, {"must lie after the start"});
    refused({"--until", "2025-10-10T20:30:00Z"}, {"must lie after the start"});
    refused({"--until", "2026-01-01T00:00:00Z"}, {"within the prices"});
    refused({"--until", "tomorrow"}, {"'tomorrow'", "20m"});
    refused({"--until", "0m"}, {"'0m'"});
    refused({"--until", "-5m"}, {"'-5m'"});
    refused({"--until", "5w"}, {"'5w'"});
    // A length of many thousand years must not wrap around into one that fits.
    refused({"--until", "1000000000d"}, {"1000000000d"});
    refused({"--until", "213503982d"}, {"213503982d"});
    refused({"--until", "99999999999999999999s"}, {"neither"});
    refused({"--from", "2024-01-01T00:00:00Z"}, {"outside the prices"});
    refused({"--from", "noon"}, {"noon"});
    refused({"--scenario", "luna", "--prices", "x.csv"}, {"--prices"});
}

// ---- files that are not what they should be

class CtlFile : public ::testing::Test {
protected:
    fs::path file(const std::string& name, const std::string& text) const {
        writeBytes(m_scratch / name, text);
        return m_scratch / name;
    }
    const Scratch m_scratch;
};

TEST_F(CtlFile, ABadLineInAScenarioIsNamedByItsPlace) {
    const std::string head =
        "breakwater scenario 1\nname: mine\ntitle: t\nsource: s\n\n"
        "start,minutes,underlying,open,high,low,close\n"
        "2025-10-10T12:00Z,60,BTC,100,110,90,105\n";
    const auto refused = [&](const std::string& line, const std::vector<std::string>& reasons) {
        SCOPED_TRACE(line);
        const std::string path = file("mine.scenario", head + line + "\n").string();
        expectRefused(ctl({"simulate", "--accounts", "10", "--scenario", path}), reasons);
    };
    refused("2025-10-10T13:00Z,60,BTC,nan,110,90,105", {"mine.scenario:8:26: "});
    refused("2025-10-10T13:00Z,60,BTC,inf,110,90,105", {"mine.scenario:8:26: "});
    refused("2025-10-10T13:00Z,60,BTC,0,110,90,105", {"mine.scenario:8:26: "});
    refused("2025-10-10T13:00Z,60,BTC,-100,110,90,105", {"mine.scenario:8:26: "});
    refused("2025-10-10T13:00Z,60,BTC,1e2,110,90,105", {"mine.scenario:8:26: "});
    refused("2025-10-10T13:00Z,60,BTC,100,110,120,105", {"mine.scenario:8:"});
    refused("2025-10-10T11:00Z,60,BTC,100,110,90,105", {"mine.scenario:8:1: "});
    refused("2025-10-10T12:00Z,60,BTC,100,110,90,105", {"mine.scenario:8:1: "});
    refused("2025-10-10T13:00Z,60,BTC,100,110,90", {"mine.scenario:8:"});
    refused("2025-10-10T13:00Z,sixty,BTC,100,110,90,105", {"mine.scenario:8:19: "});
    refused("yesterday,60,BTC,100,110,90,105", {"mine.scenario:8:1: "});

    expectRefused(ctl({"simulate", "--scenario", file("empty.scenario", "").string()}),
                  {"empty.scenario:1:1: "});
    expectRefused(
        ctl({"simulate", "--scenario", file("later.scenario", "breakwater scenario 2\n").string()}),
        {"later.scenario:1:"});
    const Answer good = ctl({"simulate", "--accounts", "10", "--json", "--scenario",
                             file("good.scenario", head).string(), "--until", "1m"});
    EXPECT_EQ(good.code, 0) << good.err;
    EXPECT_TRUE(holds(good.out, "\"scenario\":\"mine\"")) << good.out;
}

TEST_F(CtlFile, ABadLineInAPriceFileIsNamedByItsPlace) {
    const std::string head =
        "time_utc,open,high,low,close\n2025-10-10T12:00:00Z,100,110,90,105\n"
        "2025-10-10T12:05:00Z,105,110,90,105\n";
    const auto refused = [&](const std::string& line, const std::vector<std::string>& reasons) {
        SCOPED_TRACE(line);
        const std::string path = file("BTCUSDT.csv", head + line + "\n").string();
        expectRefused(ctl({"simulate", "--accounts", "10", "--prices", path}), reasons);
    };
    refused("2025-10-10T12:10:00Z,nan,110,90,105", {"BTCUSDT.csv:4:22: "});
    refused("2025-10-10T12:10:00Z,105,inf,90,105", {"BTCUSDT.csv:4:26: "});
    refused("2025-10-10T12:10:00Z,105,110,0,105", {"BTCUSDT.csv:4:30: "});
    refused("2025-10-10T12:10:00Z,105,110,-90,105", {"BTCUSDT.csv:4:30: "});
    refused("2025-10-10T12:10:00Z,105,110,90,200", {"BTCUSDT.csv:4:"});
    refused("2025-10-10T12:01:00Z,105,110,90,105", {"BTCUSDT.csv:4:"});
    refused("2025-10-10T12:05:00Z,105,110,90,105", {"BTCUSDT.csv:4:"});
    refused("2025-10-10T12:10:00Z,105", {"BTCUSDT.csv:4:"});

    expectRefused(ctl({"simulate", "--prices", (m_scratch / "none.csv").string()}), {"none.csv"});
    expectRefused(ctl({"simulate", "--prices", file("BTC2.csv", "").string()}), {"BTC2.csv"});
    expectRefused(ctl({"simulate", "--prices", m_scratch.path().string()}), {"is a folder"});
    const std::string good = file("BTCUSDT.csv", head).string();
    expectRefused(ctl({"simulate", "--prices", good, "--prices", good}), {"BTC"});
    const Answer played = ctl({"simulate", "--accounts", "10", "--prices", good, "--until", "2m"});
    EXPECT_EQ(played.code, 0) << played.err;
}

TEST_F(CtlFile, ABadLineInAPopulationIsNamedByItsPlace) {
    const std::string head =
        "account,kind,deposit,underlying,quantity,entry\n"
        "alice,cross,100000,BTC,1,116000\n";
    const auto play = [&](const std::string& line) {
        const std::string path = file("people.csv", head + line + "\n").string();
        return ctl({"simulate", "--population", path, "--until", "1m", "--json"});
    };
    const auto refused = [&](const std::string& line, const std::vector<std::string>& reasons) {
        SCOPED_TRACE(line);
        expectRefused(play(line), reasons);
    };
    refused("bob,cross,nan,BTC,-1,116000", {"people.csv:3:11: "});
    refused("bob,cross,-5,BTC,-1,116000", {"people.csv:3:11: "});
    refused("bob,cross,1000,DOGE,-1,116000", {"people.csv:3:16: "});
    refused("bob,cross,1000,BTC,0,116000", {"people.csv:3:20: "});
    refused("bob,cross,1000,BTC,-1,0", {"people.csv:3:23: "});
    refused("bob,brave,1000,BTC,-1,116000", {"people.csv:3:5: "});
    refused("bob,cross,1000,BTC", {"people.csv:3:"});
    // Figures that a file may state and no venue can book.
    refused("bob,cross,1000,BTC,2000000000000,100", {"bob", "more than the venue can book"});
    refused("bob,cross,1000,BTC,1000000000,1000000", {"bob", "more than the venue can book"});
    expectRefused(
        ctl({"simulate", "--population",
             file("nobody.csv", "account,kind,deposit,underlying,quantity,entry\n").string()}),
        {});
    expectRefused(ctl({"simulate", "--population", (m_scratch / "none.csv").string()}),
                  {"none.csv"});

    const Answer balanced = play("bob,cross,100000,BTC,-1,116000");
    EXPECT_EQ(balanced.code, 0) << balanced.err;
    const Answer alone = play("bob,cross,100000,BTC,3,116000");
    EXPECT_EQ(alone.code, 0) << "the house keeps the other side: " << alone.err;
    EXPECT_EQ(fieldsOf(alone.out).at("accounts"), fieldsOf(balanced.out).at("accounts"));
}

// ---- records that are none

TEST_F(CtlRecord, WhatIsNoRecordIsRefusedByEverySubcommand) {
    const Scratch scratch;
    const std::string bytes = bytesOf(path());
    writeBytes(scratch / "empty.bwr", "");
    writeBytes(scratch / "text.bwr", std::string(200, 'x') + "\nnot a record\n");
    writeBytes(scratch / "short.bwr", bytes.substr(0, bytes.size() / 2));
    writeBytes(scratch / "stub.bwr", bytes.substr(0, 50));
    {
        writeBytes(scratch / "foreign.bwr", "");
        Result<storage::Database> foreign =
            storage::Database::open(scratch / "foreign.bwr", storage::OpenMode::ReadWrite);
        ASSERT_TRUE(foreign) << foreign.error().message;
        ASSERT_TRUE(foreign->exec("CREATE TABLE cats(name TEXT); INSERT INTO cats VALUES('tom')"));
    }
    fs::copy_file(path(), scratch / "later.bwr");
    {
        Result<storage::Database> later =
            storage::Database::open(scratch / "later.bwr", storage::OpenMode::ReadWrite);
        ASSERT_TRUE(later) << later.error().message;
        ASSERT_TRUE(later->exec("PRAGMA user_version=99"));
    }
    const std::vector<std::pair<std::string, std::string>> cases{
        {"missing.bwr", "there is no record at"},
        {"empty.bwr", "is empty"},
        {"text.bwr", "is not a Breakwater record"},
        {"short.bwr", "is cut short"},
        {"stub.bwr", "is cut short"},
        {"foreign.bwr", "an SQLite database, but not a Breakwater record"},
        {"later.bwr", "was written by a later Breakwater"},
    };
    for (const auto& [name, reason] : cases) {
        SCOPED_TRACE(name);
        const std::string file = (scratch / name).string();
        const std::string before = bytesOf(file);
        expectRefused(ctl({"replay", file}), {reason, name});
        expectRefused(ctl({"export", file, "--csv", (scratch / ("csv-" + name)).string()}),
                      {reason, name});
        const Answer verified = ctl({"verify", file});
        EXPECT_EQ(verified.code, 2) << verified.out;
        EXPECT_TRUE(holds(verified.out, "unreadable: ")) << verified.out;
        EXPECT_TRUE(holds(verified.out, reason)) << verified.out;
        EXPECT_EQ(bytesOf(file), before) << "asking changed the file";
    }
    const Answer folder = ctl({"verify", scratch.path().string()});
    EXPECT_EQ(folder.code, 2) << folder.out;
    EXPECT_TRUE(holds(folder.out, "is not a file")) << folder.out;
}

TEST_F(CtlRecord, OneThatIsBeingWrittenIsReadAndNotWrittenOver) {
    const Scratch scratch;
    storage::RecordMeta meta;
    meta.program = "breakwater test";
    meta.venue = "embedded";
    Result<storage::RecordWriter> writer =
        storage::RecordWriter::create(scratch / "live.bwr", meta);
    ASSERT_TRUE(writer) << writer.error().message;
    const std::string file = (scratch / "live.bwr").string();
    expectRefused(ctl({"simulate", "--accounts", "10", "--until", "1m", "--out", file}),
                  {"live.bwr", "exists already"});
    const Answer verified = ctl({"verify", file});
    EXPECT_EQ(verified.code, 0) << verified.out;
    EXPECT_TRUE(holds(verified.out, "intact, ends without a close")) << verified.out;
    ASSERT_TRUE(writer->close());
    EXPECT_EQ(ctl({"verify", file}).code, 0);
}

TEST_F(CtlRecord, AnExistingFileIsNeverWrittenOver) {
    const std::string before = bytesOf(path());
    expectRefused(ctl({"simulate", "--accounts", "10", "--until", "1m", "--out", path().string()}),
                  {"exists already"});
    EXPECT_EQ(bytesOf(path()), before);
    const Scratch scratch;
    expectRefused(ctl({"simulate", "--accounts", "10", "--until", "1m", "--out",
                       (scratch / "no" / "folder.bwr").string()}),
                  {"folder"});
}

// ---- replay, verify, export

TEST_F(CtlRecord, ReplayComesToTheDigestOfThePlay) {
    const Answer answer = ctl({"replay", path().string(), "--json"});
    ASSERT_EQ(answer.code, 0) << answer.err;
    const auto fields = fieldsOf(answer.out);
    EXPECT_EQ(fields.at("final_digest"), simulated().at("final_digest"));
    EXPECT_EQ(fields.at("inputs"), simulated().at("inputs"));
    EXPECT_EQ(fields.at("events"), simulated().at("events"));
    EXPECT_EQ(fields.at("equal"), "true");
    const Answer text = ctl({"replay", path().string()});
    EXPECT_EQ(text.code, 0);
    EXPECT_TRUE(holds(text.out, "every event is as recorded")) << text.out;
}

TEST_F(CtlRecord, ReplayStopsAtASequenceOrATime) {
    const Answer sequence = ctl({"replay", path().string(), "--json", "--to", "500"});
    ASSERT_EQ(sequence.code, 0) << sequence.err;
    EXPECT_EQ(fieldsOf(sequence.out).at("last_sequence"), "500");
    EXPECT_EQ(fieldsOf(sequence.out).at("inputs"), "500");
    const Answer time = ctl({"replay", path().string(), "--json", "--to", "2025-10-10T20:31:00Z"});
    ASSERT_EQ(time.code, 0) << time.err;
    EXPECT_EQ(fieldsOf(time.out).at("last_time"), "\"2025-10-10T20:31:00Z\"");
    const Answer beyond = ctl({"replay", path().string(), "--json", "--to", "999999999"});
    EXPECT_EQ(fieldsOf(beyond.out).at("final_digest"), simulated().at("final_digest"));
    expectRefused(ctl({"replay", path().string(), "--to", "noon"}), {"'noon'"});
    expectRefused(ctl({"replay", path().string(), "--to", "99999999999999999999"}), {"99999"});
    expectRefused(ctl({"replay", path().string(), "--to", "-1"}), {"-1"});
}

TEST_F(CtlRecord, VerifyAnswersNoughtForWhatWasWritten) {
    const Answer answer = ctl({"verify", path().string()});
    EXPECT_EQ(answer.code, 0);
    EXPECT_TRUE(holds(answer.out, "intact: ")) << answer.out;
}

TEST_F(CtlRecord, OneFlippedByteIsNeverPassedOver) {
    const Scratch scratch;
    const std::string bytes = bytesOf(path());
    const std::string file = (scratch / "flipped.bwr").string();
    int told = 0;
    // Bytes that no row holds (free space in a page) may change unseen; everything else is told.
    for (std::size_t i = 0; i < 24; ++i) {
        const std::size_t at = i < 4 ? i * 20 + 1 : (bytes.size() / 24) * i + 4'321;
        if (at >= bytes.size()) continue;
        std::string flipped = bytes;
        flipped[at] = static_cast<char>(flipped[at] ^ 0x10);
        writeBytes(file, flipped);
        const Answer answer = ctl({"verify", file});
        SCOPED_TRACE("byte " + std::to_string(at) + ": " + answer.out);
        ASSERT_TRUE(answer.code == 0 || answer.code == 1 || answer.code == 2);
        if (answer.code == 0) continue;
        ++told;
        EXPECT_TRUE(holds(answer.out, answer.code == 1 ? "differs at sequence" : "unreadable: "));
        const Answer replayed = ctl({"replay", file, "--json"});
        EXPECT_TRUE(replayed.code >= 0 && replayed.code <= 2) << replayed.code;
    }
    EXPECT_GE(told, 15);
}

// An input altered together with nothing else is told by its sequence, by verify and by replay.
TEST_F(CtlRecord, AnAlteredInputIsToldByItsSequence) {
    const Scratch scratch;
    fs::copy_file(path(), scratch / "altered.bwr");
    {
        Result<storage::Database> record =
            storage::Database::open(scratch / "altered.bwr", storage::OpenMode::ReadWrite);
        ASSERT_TRUE(record) << record.error().message;
        ASSERT_TRUE(
            record->exec("UPDATE inputs SET payload=(SELECT payload FROM inputs "
                         "WHERE seq=101) WHERE seq=100"));
    }
    const std::string file = (scratch / "altered.bwr").string();
    const Answer verified = ctl({"verify", file});
    EXPECT_EQ(verified.code, 1);
    EXPECT_TRUE(holds(verified.out, "differs at sequence 100")) << verified.out;
    const Answer replayed = ctl({"replay", file});
    EXPECT_EQ(replayed.code, 1) << replayed.out << replayed.err;
    EXPECT_TRUE(holds(replayed.out + replayed.err, "100")) << replayed.out << replayed.err;
}

TEST_F(CtlRecord, ExportWritesAFolderAndNeverIntoAFullOne) {
    const Scratch scratch;
    const std::string folder = (scratch / "csv").string();
    const Answer answer = ctl({"export", path().string(), "--csv", folder});
    ASSERT_EQ(answer.code, 0) << answer.err;
    for (const char* name : {"inputs.csv", "events.csv", "manifest.txt"})
        EXPECT_TRUE(fs::exists(fs::path(folder) / name)) << name;
    EXPECT_TRUE(holds(answer.out, simulated().at("inputs") + " inputs")) << answer.out;
    const std::string before = bytesOf(fs::path(folder) / "inputs.csv");
    expectRefused(ctl({"export", path().string(), "--csv", folder}), {"is not empty"});
    EXPECT_EQ(bytesOf(fs::path(folder) / "inputs.csv"), before);
    writeBytes(scratch / "file", "x");
    expectRefused(ctl({"export", path().string(), "--csv", (scratch / "file").string()}),
                  {"is not a folder"});
}

TEST(CtlSimulate, ARecordAtItsSizeLimitEndsThePlayAndIsARecord) {
    const Scratch scratch;
    const std::string file = (scratch / "full.bwr").string();
    const Answer answer = ctl({"simulate", "--accounts", "200", "--until", "20m", "--json", "--out",
                               file, "--record-limit", "1"});
    EXPECT_EQ(answer.code, 1);
    EXPECT_TRUE(holds(answer.err, "reached its size limit")) << answer.err;
    EXPECT_LE(fs::file_size(file), 1'000'000U);
    EXPECT_EQ(ctl({"verify", file}).code, 0);
    EXPECT_EQ(ctl({"replay", file}).code, 0);
}

#ifdef BREAKWATER
// The workstation where there is no screen to draw on.
Answer workstation(const std::vector<std::string>& arguments) {
    return test::start(BREAKWATER, arguments, {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"});
}

TEST(Workstation, WithoutADisplayNamesTheOtherWays) {
    expectRefused(workstation({}), {"no display", "--screenshots", "breakwaterctl"});
    expectRefused(workstation({"--frobnicate"}), {"--frobnicate"});
}

TEST_F(CtlRecord, TheWorkstationTakesUpNoRecordOfAnotherPlayOrOfAnotherWriter) {
    const Scratch scratch;
    const std::string pictures = (scratch / "pictures").string();
    expectRefused(workstation({"--screenshots", pictures, "--record", path().string(), "--accounts",
                               "41", "--until", "3m", "--at", "2025-10-10T20:32Z"}),
                  {"records another play"});
    EXPECT_EQ(ctl({"replay", path().string()}).code, 0);
    fs::copy_file(path(), scratch / "live.bwr");
    const Result<storage::RecordWriter> writer =
        storage::RecordWriter::resume(scratch / "live.bwr");
    ASSERT_TRUE(writer) << writer.error().message;
    expectRefused(
        workstation({"--screenshots", pictures, "--record", (scratch / "live.bwr").string(),
                     "--accounts", "40", "--until", "3m", "--at", "2025-10-10T20:32Z"}),
        {"live.bwr", "is being written by another Breakwater"});
}

TEST_F(CtlRecord, TheWorkstationOpensARecordAndSaysWhatItCannot) {
    const Scratch scratch;
    const std::string pictures = (scratch / "pictures").string();
    const auto open = [&](const std::string& file, const std::vector<std::string>& more = {}) {
        std::vector<std::string> arguments{"--open", file, "--screenshots", pictures};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return workstation(arguments);
    };
    expectRefused(open((scratch / "none.bwr").string()), {"there is no record"});
    writeBytes(scratch / "foreign.bwr", std::string(4'000, 'x'));
    expectRefused(open((scratch / "foreign.bwr").string()), {"not a Breakwater record"});
    expectRefused(open(path().string(), {"--at", "2024-01-01T00:00Z"}), {"outside the record"});
    expectRefused(open(path().string(), {"--seed", "2"}), {"--seed"});

    const std::string before = bytesOf(path());
    const Answer whole = open(path().string(), {"--at", "2025-10-10T20:31Z"});
    EXPECT_EQ(whole.code, 0) << whole.err;
    EXPECT_TRUE(fs::exists(fs::path(pictures) / "situation.png"));
    EXPECT_EQ(bytesOf(path()), before);

    // Somebody else writes it: what it held is shown, and that is said.
    fs::copy_file(path(), scratch / "live.bwr");
    const Result<storage::RecordWriter> writer =
        storage::RecordWriter::resume(scratch / "live.bwr");
    ASSERT_TRUE(writer) << writer.error().message;
    const Answer live = open((scratch / "live.bwr").string());
    EXPECT_EQ(live.code, 0) << live.err;
    EXPECT_TRUE(holds(live.err, "is being written by another Breakwater")) << live.err;
}
#endif

}  // namespace
}  // namespace breakwater
