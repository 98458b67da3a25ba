// A failure cannot be overlooked by accident.
//
// case 1: unused-result
// case 2: unused-result
// case 3: cannot convert|incompatible type
// case 4: could not convert|cannot convert|no viable conversion
#include "core/base/result.hpp"

// Every room is compiled with warnings as errors; this case stands alone.
#pragma GCC diagnostic error "-Wunused-result"

using namespace breakwater;

Result<int> count();
Result<void> save();

int use() {
    static_cast<void>(save());  // on purpose, and visible as such
    const Result<int> counted = count();
    int number = counted ? *counted : 0;

#if BW_CASE == 1
    count();
#endif
#if BW_CASE == 2
    save();
#endif
#if BW_CASE == 3  // a value is asked for by name
    number = counted;
#endif
#if BW_CASE == 4  // success is asked for, not converted
    const bool worked = counted;
#endif
    return number;
}
