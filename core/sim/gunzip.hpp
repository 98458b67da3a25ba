// Unpacks gzip bytes. Private to core/sim; zlib stays behind the .cpp.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace breakwater::sim {

bool isGzip(std::string_view bytes);

// All members of the gzip, one after another. ErrorCode::Corrupt with "FILE: reason" when the
// bytes are damaged or cut off, ErrorCode::OutOfRange when more than `most` bytes would come out.
Result<std::string> gunzip(std::string_view bytes, std::string_view fileName,
                           std::size_t most = std::size_t{1} << 30);

}  // namespace breakwater::sim
