// One way to say where a text file is wrong: "FILE:LINE:COLUMN: reason".
//
// Lines and columns count from 1; a column counts bytes. Line 0 means the file as a whole and
// column 0 the line as a whole; the part that is 0 is not printed.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace breakwater::sim {

struct TextPlace {
    std::string_view file;
    std::size_t line = 0;
    std::size_t column = 0;
};

inline Unexpected textError(const TextPlace& place, std::string_view reason,
                            ErrorCode code = ErrorCode::Malformed) {
    std::string message(place.file);
    if (place.line != 0) message += ":" + std::to_string(place.line);
    if (place.line != 0 && place.column != 0) message += ":" + std::to_string(place.column);
    return fail(code, message.append(": ").append(reason));
}

}  // namespace breakwater::sim
