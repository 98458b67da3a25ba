// The layering rules over one source file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace breakwater::layering {

// `path` is the file's place from the project root; it decides which doors are open. Each
// violation is one line: place, what was found, why it is refused.
std::vector<std::string> violations(const std::string& path, std::string_view source);

}  // namespace breakwater::layering
