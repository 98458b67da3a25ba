#include "storage/csv_export.hpp"

#include <gtest/gtest.h>

#include "tests/storage/fixtures.hpp"

namespace breakwater::storage {
namespace {

// RFC 4180, the reading side, for the test alone.
std::vector<std::vector<std::string>> parseCsv(const std::string& text) {
    std::vector<std::vector<std::string>> rows(1, {std::string()});
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string& field = rows.back().back();
        if (quoted && text[i] == '"' && i + 1 < text.size() && text[i + 1] == '"') {
            field += text[++i];
        } else if (text[i] == '"') {
            quoted = !quoted;
        } else if (!quoted && text[i] == ',') {
            rows.back().emplace_back();
        } else if (!quoted && text.compare(i, 2, "\r\n") == 0) {
            ++i;
            rows.push_back({std::string()});
        } else {
            field += text[i];
        }
    }
    EXPECT_EQ(rows.back(), std::vector<std::string>{std::string()});  // ends with a line end
    rows.pop_back();
    return rows;
}

TEST(CsvExport, WritesInputsEventsAndAManifest) {
    const TemporaryFolder folder;
    writeRecord(folder / "r.bwr", 100, 40);
    const Result<ExportSummary> summary = exportCsv(folder / "r.bwr", folder / "out");
    ASSERT_TRUE(summary) << summary.error().message;
    EXPECT_EQ(summary->inputs, 100U);

    const auto inputs = parseCsv(readFile(folder / "out/inputs.csv"));
    ASSERT_EQ(inputs.size(), 101U);
    EXPECT_EQ(inputs[0], (std::vector<std::string>{"sequence", "time", "kind", "text", "json"}));
    const Step step = testStep(22);  // an officer's command with a line end and quotes
    const InputBody body = decodeInput(step.input()).value();
    EXPECT_EQ(inputs[22], (std::vector<std::string>{"22", step.time.toString(), "officer_command",
                                                    toText(body), toJson(body)}));

    const auto events = parseCsv(readFile(folder / "out/events.csv"));
    EXPECT_EQ(events.size(), summary->events + 1);
    for (const auto& row : events)
        EXPECT_EQ(row.size(), 6U);
    EXPECT_EQ(events[1][0], "1");
    EXPECT_EQ(events[1][1], "0");
    EXPECT_EQ(events[1][3], "mark_changed");

    const std::string manifest = readFile(folder / "out/manifest.txt");
    for (const char* const line : {"venue: breakwater\n", "seed: 18446744073709551615\n",
                                   "market_share: 0.1\n", "state: closed\n", "inputs: 100\n"}) {
        EXPECT_NE(manifest.find(line), std::string::npos) << line;
    }
    EXPECT_NE(manifest.find("chain head: " + summary->chain.toHex()), std::string::npos);
    const std::string text = readFile(folder / "out/inputs.csv");
    EXPECT_NE(manifest.find("inputs.csv BLAKE2b-256: " + digestOf(bytesOf(text)).toHex()),
              std::string::npos);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder / "out"), {}), 3);
}

TEST(CsvExport, RefusesAFolderThatIsNotEmpty) {
    const TemporaryFolder folder;
    writeRecord(folder / "r.bwr", 3);
    std::filesystem::create_directory(folder / "out");
    writeFile(folder / "out/notes.txt", "mine");
    const Result<ExportSummary> refused = exportCsv(folder / "r.bwr", folder / "out");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::Refused);
    EXPECT_NE(refused.error().message.find("is not empty"), std::string::npos);
    const Result<ExportSummary> file = exportCsv(folder / "r.bwr", folder / "out/notes.txt");
    ASSERT_FALSE(file);
    EXPECT_NE(file.error().message.find("is not a folder"), std::string::npos);
    EXPECT_EQ(readFile(folder / "out/notes.txt"), "mine");
}

TEST(CsvExport, FillsAnEmptyFolderAndMakesAMissingOne) {
    const TemporaryFolder folder;
    writeRecord(folder / "r.bwr", 3);
    std::filesystem::create_directory(folder / "empty");
    EXPECT_TRUE(exportCsv(folder / "r.bwr", folder / "empty"));
    EXPECT_TRUE(exportCsv(folder / "r.bwr", folder / "a/b/c"));
    EXPECT_FALSE(exportCsv(folder / "none.bwr", folder / "d"));
    EXPECT_FALSE(std::filesystem::exists(folder / "d"));  // nothing is made for nothing
}

TEST(CsvExport, LeavesNothingWhenTheRecordDiffers) {
    const TemporaryFolder folder;
    writeRecord(folder / "r.bwr", 100);
    std::string bytes = readFile(folder / "r.bwr");
    const Step damaged = testStep(60);
    const std::size_t at =
        bytes.find(std::string(damaged.bytes.begin(), damaged.bytes.begin() + damaged.inputSize));
    ASSERT_NE(at, std::string::npos);
    bytes[at + 9] = static_cast<char>(bytes[at + 9] ^ 4);
    writeFile(folder / "r.bwr", bytes);
    const Result<ExportSummary> refused = exportCsv(folder / "r.bwr", folder / "out");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::Corrupt);
    EXPECT_TRUE(std::filesystem::is_empty(folder / "out"));
}

TEST(CsvField, QuotesWhatNeedsIt) {
    EXPECT_EQ(csvField("plain"), "plain");
    EXPECT_EQ(csvField(""), "");
    EXPECT_EQ(csvField("a,b"), "\"a,b\"");
    EXPECT_EQ(csvField("say \"x\""), "\"say \"\"x\"\"\"");
    EXPECT_EQ(csvField("two\nlines"), "\"two\nlines\"");
}

TEST(CsvField, DisarmsFormulas) {
    EXPECT_EQ(csvField("=1+1"), "'=1+1");
    EXPECT_EQ(csvField("+1"), "'+1");
    EXPECT_EQ(csvField("-1"), "'-1");
    EXPECT_EQ(csvField("@x"), "'@x");
    EXPECT_EQ(csvField("\tx"), "'\tx");
    EXPECT_EQ(csvField("\rx"), "\"'\rx\"");
    EXPECT_EQ(csvField("a=1"), "a=1");
}

TEST(CsvField, IsAlwaysUtf8) {
    EXPECT_EQ(csvField("\xc3\xa9t\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80"),
              "\xc3\xa9t\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80");
    const std::string bad = "\xef\xbf\xbd";
    EXPECT_EQ(csvField("\xff"), bad);
    EXPECT_EQ(csvField("\xc3"), bad);
    EXPECT_EQ(csvField("\xc0\xaf"), bad + bad);            // overlong
    EXPECT_EQ(csvField("\xed\xa0\x80"), bad + bad + bad);  // a surrogate
    EXPECT_EQ(csvField("\xf4\x90\x80\x80"), bad + bad + bad + bad);
    EXPECT_EQ(csvField("a\xe2\x82"), "a" + bad + bad);
}

}  // namespace
}  // namespace breakwater::storage
