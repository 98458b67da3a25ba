// Where the program's data lies: beside the installed program, or in the source tree it was
// built from, or where BREAKWATER_RESOURCES says.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/profile/profile.hpp"
#include "core/sim/bars.hpp"

namespace breakwater::runtime {

struct ResourcePlaces {
    std::filesystem::path installed;  // relative to the prefix, "share/breakwater"
    std::filesystem::path source;     // absolute, of the build's source tree
};

Result<std::filesystem::path> findResources(const ResourcePlaces& places);

Result<std::string> readFile(const std::filesystem::path& path);
Result<Profile> loadProfile(const std::filesystem::path& resources, const std::string& name);
// By file stem, or any unambiguous part of it ("2025-10-10", "luna").
Result<sim::Scenario> loadScenario(const std::filesystem::path& resources, const std::string& name);
std::vector<std::string> scenarioNames(const std::filesystem::path& resources);

}  // namespace breakwater::runtime
