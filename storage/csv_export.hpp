// A record as text: inputs.csv, events.csv and manifest.txt.
//
// RFC 4180 in UTF-8. Text that a spreadsheet would take for a formula begins with an apostrophe;
// bytes that are not UTF-8 become U+FFFD. The manifest is written last: a folder without one is
// an export that did not end.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "storage/record_format.hpp"

namespace breakwater::storage {

struct ExportSummary {
    std::uint64_t inputs = 0;
    std::uint64_t events = 0;
    Digest chain;  // head of the exported record
};

// Makes `folder`, or fills it when it is empty; refuses one that is not.
Result<ExportSummary> exportCsv(const std::filesystem::path& record,
                                const std::filesystem::path& folder);

// One field as RFC 4180 wants it, guarded.
std::string csvField(std::string_view text);

// A table of such fields, written row by row. It bears its name once it is finished; dropped
// before that, it leaves nothing.
class CsvFile {
public:
    static Result<CsvFile> create(const std::filesystem::path& path,
                                  const std::vector<std::string>& header);
    CsvFile(CsvFile&&) noexcept;
    CsvFile& operator=(CsvFile&&) noexcept;
    ~CsvFile();

    void add(const std::vector<std::string>& row);
    Result<void> finish();  // every row is written and the file has its name

private:
    struct Impl;
    explicit CsvFile(std::unique_ptr<Impl> impl);

    std::unique_ptr<Impl> m_impl;
};

}  // namespace breakwater::storage
