// A damaged write-ahead log, which SQLite takes for a shorter one. Internal.
//
// SQLite reads a log up to the first frame whose checksum fails and silently forgets the rest.
// That is right after a crash: the rest is one transaction that nobody was told about. It is
// wrong when a bit flipped, and the two can be told apart: a writer syncs each transaction before
// it begins the next, so two commits behind a bad frame were on the disk once, and acknowledged.
#pragma once

#include <cstdint>
#include <filesystem>

#include "core/base/result.hpp"

namespace breakwater::storage {

// Acknowledged commits that SQLite would drop from the log; 0 without a log. A flip inside one of
// the last two commits looks like a loss of power during the last and is not counted; a record with
// a reserve file knows what was acknowledged (reserve_file.hpp).
Result<std::uint64_t> commitsBehindDamage(const std::filesystem::path& log);

}  // namespace breakwater::storage
