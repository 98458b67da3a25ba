// Text files that a test compares with, and rewrites when BREAKWATER_REWRITE_GOLDEN=1.
#pragma once

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace breakwater::test {

inline bool rewriteGolden() {
    const char* wish = std::getenv("BREAKWATER_REWRITE_GOLDEN");
    return wish != nullptr && std::string_view(wish) == "1";
}

inline std::string sourcePath(const std::string& path) {
    return std::string(BREAKWATER_SOURCE_DIR) + "/" + path;
}

// The whole file; empty when there is none.
inline std::string readFile(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

inline void writeFile(const std::string& path, const std::string& text) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << text;
}

inline std::vector<std::string> linesOf(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

// Where two texts part, in words; empty when they are equal.
inline std::string firstDifference(const std::string& golden, const std::string& now) {
    if (golden == now) return {};
    const std::vector<std::string> a = linesOf(golden), b = linesOf(now);
    for (std::size_t i = 0; i < a.size() || i < b.size(); ++i) {
        const std::string left = i < a.size() ? a[i] : "(end of file)";
        const std::string right = i < b.size() ? b[i] : "(end of file)";
        if (left != right) {
            return "line " + std::to_string(i + 1) + "\n  golden: " + left + "\n  now:    " + right;
        }
    }
    return "the files differ in their line ends";
}

}  // namespace breakwater::test
