// Is a record what was written? Finds every change that alters what any query returns, without
// computing the record again (replay does that).
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "storage/record_format.hpp"

namespace breakwater::storage {

enum class Verdict {
    Intact,              // exit 0
    IntactWithoutClose,  // exit 0: everything committed is as written, the end is missing
    Differs,             // exit 1
    Unreadable,          // exit 2: missing, not a record, of a later version, ...
};

struct Verification {
    Verdict verdict = Verdict::Unreadable;
    std::string why;         // one sentence for Differs and Unreadable
    Sequence differsAt = 0;  // first input not vouched for; 0: what describes the record
    RecordMeta meta;
    RecordTail tail;             // last sequence, counts and chain head as the record states them
    std::uint64_t verified = 0;  // rows of inputs and events that agree
    std::uint64_t sizeBytes = 0;
};

Verification verify(const std::filesystem::path& path);

class RecordReader;
// The same of a record that is open already. `progress` gets the share that is done now and then;
// false gives up, and the verdict is Unreadable then.
Verification verify(RecordReader& reader, const std::function<bool(double)>& progress);
int exitCode(Verdict verdict);

}  // namespace breakwater::storage
