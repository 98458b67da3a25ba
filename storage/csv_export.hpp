// A record as text: inputs.csv, events.csv and manifest.txt.
//
// RFC 4180 in UTF-8. Text that a spreadsheet would take for a formula begins with an apostrophe;
// bytes that are not UTF-8 become U+FFFD. The manifest is written last: a folder without one is
// an export that did not end.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

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

}  // namespace breakwater::storage
