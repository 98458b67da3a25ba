// The figures the README quotes, measured on this machine. Each workload is named with its
// figure; `ratio` relates it to a baseline of the same run (one BLAKE2b digest of 64 bytes), so
// that figures of noisy machines can be compared.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/base/result.hpp"

namespace breakwater::runtime {

struct Figure {
    std::string name;
    std::string workload;
    double value = 0;
    std::string unit;
    double target = 0;  // 0: none
    bool higherIsBetter = true;
    double ratio = 0;  // time per operation / time of one baseline operation; 0: not a time
    std::string note;
    bool met() const { return target == 0 || (higherIsBetter ? value >= target : value <= target); }
};

struct BenchRequest {
    std::filesystem::path resources;
    std::filesystem::path scratch;  // a folder for records, emptied again
    bool quick = false;             // a tenth of the work: for a first look
    std::string only;               // part of a figure's name; "" all
    std::filesystem::path record;   // what is opened and paged through; empty: the crash run's
};

// Measures one after the other; `show` gets each figure as it is known.
Result<std::vector<Figure>> bench(const BenchRequest& request,
                                  const std::function<void(const Figure&)>& show);

}  // namespace breakwater::runtime
