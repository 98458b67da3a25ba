// Accounts by name: for "go to" and the palette.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/view/snapshot.hpp"

namespace breakwater::view {

struct AccountHits {
    std::string text;             // what was looked for
    std::vector<AccountId> best;  // the name itself, then names that begin so, then that hold it
    std::size_t total = 0;        // of all three
    bool exact = false;           // best[0] is named so
};

// One pass over all names, letters compared without case; an empty text finds nothing.
AccountHits findAccounts(const Snapshot& snapshot, std::string_view text, std::size_t most);

}  // namespace breakwater::view
