#include "layering/rules.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

#include "layering/doors.hpp"
#include "layering/scan.hpp"

namespace breakwater::layering {
namespace {

using namespace std::string_view_literals;

constexpr std::array kStandard = {
    "algorithm"sv,
    "any"sv,
    "array"sv,
    "atomic"sv,
    "barrier"sv,
    "bit"sv,
    "bitset"sv,
    "cassert"sv,
    "cctype"sv,
    "cerrno"sv,
    "cfenv"sv,
    "cfloat"sv,
    "charconv"sv,
    "chrono"sv,
    "cinttypes"sv,
    "climits"sv,
    "clocale"sv,
    "cmath"sv,
    "codecvt"sv,
    "compare"sv,
    "complex"sv,
    "concepts"sv,
    "condition_variable"sv,
    "coroutine"sv,
    "csetjmp"sv,
    "csignal"sv,
    "cstdarg"sv,
    "cstddef"sv,
    "cstdint"sv,
    "cstdio"sv,
    "cstdlib"sv,
    "cstring"sv,
    "ctime"sv,
    "cuchar"sv,
    "cwchar"sv,
    "cwctype"sv,
    "deque"sv,
    "exception"sv,
    "execution"sv,
    "filesystem"sv,
    "forward_list"sv,
    "fstream"sv,
    "functional"sv,
    "future"sv,
    "initializer_list"sv,
    "iomanip"sv,
    "ios"sv,
    "iosfwd"sv,
    "iostream"sv,
    "istream"sv,
    "iterator"sv,
    "latch"sv,
    "limits"sv,
    "list"sv,
    "locale"sv,
    "map"sv,
    "memory"sv,
    "memory_resource"sv,
    "mutex"sv,
    "new"sv,
    "numbers"sv,
    "numeric"sv,
    "optional"sv,
    "ostream"sv,
    "queue"sv,
    "random"sv,
    "ranges"sv,
    "ratio"sv,
    "regex"sv,
    "scoped_allocator"sv,
    "semaphore"sv,
    "set"sv,
    "shared_mutex"sv,
    "source_location"sv,
    "span"sv,
    "sstream"sv,
    "stack"sv,
    "stdexcept"sv,
    "stop_token"sv,
    "streambuf"sv,
    "string"sv,
    "string_view"sv,
    "syncstream"sv,
    "system_error"sv,
    "thread"sv,
    "tuple"sv,
    "type_traits"sv,
    "typeindex"sv,
    "typeinfo"sv,
    "unordered_map"sv,
    "unordered_set"sv,
    "utility"sv,
    "valarray"sv,
    "variant"sv,
    "vector"sv,
    "version"sv,
};

// Inputs are facts and the engine is arithmetic: what reads a clock, a file, a locale or
// chance, and what blocks a thread, is an effect and has no place in core/.
constexpr std::array kEffects = {
    "barrier"sv,      "clocale"sv,    "condition_variable"sv,
    "csignal"sv,      "ctime"sv,      "filesystem"sv,
    "fstream"sv,      "future"sv,     "iostream"sv,
    "latch"sv,        "locale"sv,     "mutex"sv,
    "random"sv,       "regex"sv,      "semaphore"sv,
    "shared_mutex"sv, "syncstream"sv, "thread"sv,
};

// The operating system's own headers: only where effects live.
constexpr std::array kSystem = {
    "cxxabi.h"sv, "dirent.h"sv, "execinfo.h"sv, "fcntl.h"sv,   "poll.h"sv, "pthread.h"sv, "pwd.h"sv,
    "sched.h"sv,  "signal.h"sv, "sys/"sv,       "termios.h"sv, "time.h"sv, "unistd.h"sv};

// libm chooses these by CPU, so their last bit differs between machines. sqrt, fma, floor and
// the classification functions are exact by IEEE 754 and stay open.
constexpr std::array kTranscendental = {
    "acos"sv,  "acosh"sv,  "asin"sv,   "asinh"sv, "atan"sv,  "atan2"sv, "atanh"sv, "beta"sv,
    "cbrt"sv,  "cos"sv,    "cosh"sv,   "erf"sv,   "erfc"sv,  "exp"sv,   "exp2"sv,  "expint"sv,
    "expm1"sv, "hypot"sv,  "lgamma"sv, "log"sv,   "log10"sv, "log1p"sv, "log2"sv,  "pow"sv,
    "sin"sv,   "sincos"sv, "sinh"sv,   "tan"sv,   "tanh"sv,  "tgamma"sv};

template <class Names>
bool contains(const Names& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

template <class Prefixes>
bool anyPrefix(const Prefixes& prefixes, std::string_view path) {
    return std::any_of(prefixes.begin(), prefixes.end(),
                       [&](std::string_view prefix) { return path.starts_with(prefix); });
}

std::string folderOf(std::string_view path) {
    const auto slash = path.rfind('/');
    return std::string(slash == std::string_view::npos ? "" : path.substr(0, slash));
}

const Room* roomOf(std::string_view folder) {
    for (const Room& room : rooms()) {
        if (contains(room.folders, folder)) return &room;
    }
    return nullptr;
}

const Room* roomNamed(std::string_view name) {
    for (const Room& room : rooms()) {
        if (room.name == name) return &room;
    }
    return nullptr;
}

// The room itself and everything below it.
std::set<std::string_view> openRooms(const Room& room) {
    std::set<std::string_view> open = {room.name};
    for (const std::string_view used : room.uses) {
        if (const Room* lower = roomNamed(used)) open.merge(openRooms(*lower));
    }
    return open;
}

bool isWord(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

class FileRules {
public:
    FileRules(const std::string& path, std::string_view source)
        : m_path(path), m_folder(folderOf(path)), m_room(roomOf(m_folder)), m_scan(scan(source)) {}

    std::vector<std::string> run() {
        if (m_room == nullptr) {
            report(1, m_folder, "no room owns this folder; a new room is a row in doors.hpp");
            return std::move(m_found);
        }
        for (const Include& include : m_scan.includes) {
            include.quoted ? checkProject(include) : checkAngled(include);
        }
        if (isCore()) checkNames();
        return std::move(m_found);
    }

private:
    bool isCore() const { return m_folder.starts_with("core/"); }
    bool mayCallSystem() const { return m_folder == "storage" || m_folder.starts_with("app/"); }

    void report(std::size_t line, std::string_view what, std::string_view why) {
        m_found.push_back(m_path + ":" + std::to_string(line) + ": " + std::string(what) + ": " +
                          std::string(why));
    }

    void checkProject(const Include& include) {
        if (include.path.ends_with(".moc")) return;  // written by moc for this very file
        const Room* target = roomOf(folderOf(include.path));
        if (target == nullptr) {
            report(include.line, include.path,
                   "no room has this path; includes are written from the project root");
        } else if (!openRooms(*m_room).contains(target->name)) {
            report(include.line, include.path,
                   "there is no door from " + std::string(m_room->name) + " to " +
                       std::string(target->name));
        }
    }

    void checkAngled(const Include& include) {
        const std::string& path = include.path;
        if (contains(kStandard, path)) {
            if (isCore() && contains(kEffects, path)) {
                report(include.line, path, "core/ has no effects: no clock, file, chance or lock");
            }
            return;
        }
        if (anyPrefix(kSystem, path)) {
            if (!mayCallSystem())
                report(include.line, path, "the system is called in app/ and storage");
            return;
        }
        for (const ThirdParty& party : thirdParties()) {
            if (!anyPrefix(party.prefixes, path)) continue;
            if (!contains(party.folders, m_folder)) {
                report(include.line, path, "this third party has no door to " + m_folder);
            }
            return;
        }
        report(include.line, path, "neither standard nor a listed third party");
    }

    void checkNames() {
        const std::string& code = m_scan.code;
        std::size_t line = 1;
        for (std::size_t at = 0; at < code.size();) {
            if (code[at] == '\n') ++line;
            if (!isWord(code[at])) {
                ++at;
                continue;
            }
            const std::size_t begin = at;
            while (at < code.size() && isWord(code[at]))
                ++at;
            checkWord(std::string_view(code).substr(begin, at - begin), begin, at, line);
        }
    }

    void checkWord(std::string_view word, std::size_t begin, std::size_t end, std::size_t line) {
        static constexpr std::string_view why =
            "libm differs between processors; use core/num/math.hpp";
        if (word.starts_with("Sleef_") && !word.starts_with("Sleef_cinz_")) {
            report(line, word, "only the cinz_ family has the same bits everywhere");
            return;
        }
        std::string_view name = word;
        const bool builtin = name.starts_with("__builtin_");
        if (builtin) name.remove_prefix("__builtin_"sv.size());
        const bool known =
            contains(kTranscendental, name) ||
            ((name.ends_with('f') || name.ends_with('l')) &&
             contains(kTranscendental, name.substr(0, name.size() - 1)) && name != "erf");
        if (!known) return;
        if (builtin || isStandardName(begin) || isUnqualifiedCall(begin, end)) {
            report(line, word, why);
        }
    }

    std::string_view before(std::size_t at) const {
        std::string_view text = std::string_view(m_scan.code).substr(0, at);
        while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) {
            text.remove_suffix(1);
        }
        return text;
    }

    static std::string_view lastWord(std::string_view text) {
        std::size_t begin = text.size();
        while (begin > 0 && isWord(text[begin - 1]))
            --begin;
        return text.substr(begin);
    }

    // std::exp and ::exp, not math::exp.
    bool isStandardName(std::size_t begin) const {
        std::string_view text = before(begin);
        if (!text.ends_with("::")) return false;
        text = before(text.size() - 2);
        const std::string_view scope = lastWord(text);
        return scope.empty() || scope == "std";
    }

    // exp(x) by itself finds libm's through any header. core/num defines functions of these
    // names and may call them inside its own namespace.
    bool isUnqualifiedCall(std::size_t begin, std::size_t end) const {
        if (m_folder == "core/num") return false;
        std::string_view text = before(begin);
        if (text.ends_with("::") || text.ends_with(".") || text.ends_with("->")) return false;
        const std::string_view word = lastWord(text);
        if (!word.empty() && word != "return" && word != "else" && word != "case") {
            return false;  // a type before the name: a declaration
        }
        const auto next = m_scan.code.find_first_not_of(" \t\n", end);
        return next != std::string::npos && m_scan.code[next] == '(';
    }

    std::string m_path;
    std::string m_folder;
    const Room* m_room;
    Scan m_scan;
    std::vector<std::string> m_found;
};

}  // namespace

std::vector<std::string> violations(const std::string& path, std::string_view source) {
    return FileRules(path, source).run();
}

}  // namespace breakwater::layering
