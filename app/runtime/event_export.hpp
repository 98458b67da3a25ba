// The events of a filter as one CSV file, by the rules of storage/csv_export.hpp.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "core/view/event_line.hpp"
#include "storage/event_log.hpp"

namespace breakwater::runtime {

struct EventExport {
    std::uint64_t events = 0;
};

// The file gets its name once it is whole, over one that is there. The name of its last column
// says what it is of: the time the record had come to, the filter, the last state digest and the
// program. `goOn` may be asked often; false gives up and leaves nothing.
Result<EventExport> exportEvents(storage::EventLog& log, const view::EventFilter& filter,
                                 const view::Snapshot& names, const std::filesystem::path& path,
                                 const std::string& program, const std::function<bool()>& goOn);

// "kinds liquidation_started; market ETH-PERP; from 2025-10-10T21:15:00Z", "all events".
std::string filterText(const view::EventFilter& filter, const view::Snapshot& names);

}  // namespace breakwater::runtime
