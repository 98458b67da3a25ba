#include "app/runtime/resources.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>

#include "core/sim/scenario_file.hpp"

namespace breakwater::runtime {
namespace fs = std::filesystem;

Result<fs::path> findResources(const ResourcePlaces& places) {
    if (const char* chosen = std::getenv("BREAKWATER_RESOURCES")) {
        if (fs::is_directory(fs::path(chosen) / "profiles")) return fs::path(chosen);
        return fail(ErrorCode::NotFound, "BREAKWATER_RESOURCES names " + std::string(chosen) +
                                             ", which holds no profiles folder");
    }
    std::error_code ignored;
    const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
    for (const fs::path& candidate :
         {program.parent_path().parent_path() / places.installed, places.source}) {
        if (!candidate.empty() && fs::is_directory(candidate / "profiles", ignored))
            return candidate;
    }
    return fail(ErrorCode::NotFound,
                "the program's resources were found neither beside it nor in " +
                    places.source.string() + "; set BREAKWATER_RESOURCES");
}

Result<std::string> readFile(const fs::path& path) {
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) return fail(ErrorCode::Io, path.string() + " is a folder");
    std::ifstream in(path, std::ios::binary);
    if (!in)
        return fail(ErrorCode::NotFound,
                    "cannot read " + path.string() + ": " + std::strerror(errno));
    std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    if (in.bad()) return fail(ErrorCode::Io, "cannot read " + path.string());
    return text;
}

Result<Profile> loadProfile(const fs::path& resources, const std::string& name) {
    const fs::path path = resources / "profiles" / (name + ".json");
    Result<std::string> text = readFile(path);
    if (!text) return Unexpected(text.error());
    return parseProfile(*text, path.filename().string());
}

std::vector<std::string> scenarioNames(const fs::path& resources) {
    std::vector<std::string> names;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(resources / "scenarios", ignored)) {
        if (entry.path().extension() == ".scenario") names.push_back(entry.path().stem().string());
    }
    std::sort(names.begin(), names.end());
    return names;
}

Result<sim::Scenario> loadScenario(const fs::path& resources, const std::string& name) {
    fs::path path(name);
    std::error_code ignored;
    if (path.extension() != ".scenario" || !fs::exists(path, ignored)) {
        std::vector<std::string> found;
        std::string known;
        for (const std::string& candidate : scenarioNames(resources)) {
            known += (known.empty() ? "" : ", ") + candidate;
            if (candidate == name) {
                found = {candidate};
                break;
            }
            if (!name.empty() && candidate.find(name) != std::string::npos)
                found.push_back(candidate);
        }
        if (found.size() != 1) {
            return fail(ErrorCode::NotFound, "'" + name +
                                                 (found.empty() ? "' is no scenario; there are: "
                                                                : "' fits several scenarios of: ") +
                                                 known);
        }
        path = resources / "scenarios" / (found.front() + ".scenario");
    }
    Result<std::string> text = readFile(path);
    if (!text) return Unexpected(text.error());
    return sim::parseScenario(*text, path.filename().string());
}

}  // namespace breakwater::runtime
