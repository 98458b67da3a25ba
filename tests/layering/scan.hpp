// Reads C++ text as far as layering needs it: the includes, and the code without its comments
// and literals.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace breakwater::layering {

struct Include {
    std::size_t line = 0;
    std::string path;
    bool quoted = false;  // "path" rather than <path>
};

struct Scan {
    std::vector<Include> includes;
    std::string code;  // same lines as the source; comments, literals and includes blanked
};

Scan scan(std::string_view source);

}  // namespace breakwater::layering
