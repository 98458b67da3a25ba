// The tree against the door table, and the rules against made-up offenders: a rule that
// reports nothing anywhere would hold on every tree.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "layering/doors.hpp"
#include "layering/rules.hpp"
#include "layering/scan.hpp"

namespace breakwater::layering {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const fs::path kRoot = BREAKWATER_SOURCE_DIR;

std::string contentOf(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    EXPECT_TRUE(file) << path;
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<fs::path> sourcesOfTheTree() {
    std::vector<fs::path> found;
    for (const char* top : {"core", "storage", "widgets", "ui", "app"}) {
        if (!fs::exists(kRoot / top)) continue;
        for (const auto& entry : fs::recursive_directory_iterator(kRoot / top)) {
            const auto extension = entry.path().extension();
            if (extension == ".hpp" || extension == ".cpp" || extension == ".h") {
                found.push_back(entry.path());
            }
        }
    }
    return found;
}

std::string fromRoot(const fs::path& path) { return fs::relative(path, kRoot).generic_string(); }

TEST(Layering, TheTreeKeepsToTheDoors) {
    const auto sources = sourcesOfTheTree();
    ASSERT_FALSE(sources.empty());
    for (const auto& path : sources) {
        for (const auto& violation : violations(fromRoot(path), contentOf(path))) {
            ADD_FAILURE() << violation;
        }
    }
}

TEST(Layering, RoomsOpenOnlyRoomsAboveThemInTheTable) {
    std::set<std::string_view> seen;
    for (const Room& room : rooms()) {
        for (const auto used : room.uses)
            EXPECT_TRUE(seen.contains(used)) << room.name << used;
        seen.insert(room.name);
    }
}

// The link lines say the same as the table: otherwise a door closed to includes stays open to
// the linker, or the other way round.
TEST(Layering, CMakeLinksWhatTheTableOpens) {
    const std::string cmake =
        contentOf(kRoot / "CMakeLists.txt") + contentOf(kRoot / "app/CMakeLists.txt");
    for (const Room& room : rooms()) {
        const std::regex call("(?:bw_room|bw_program)\\(" + std::string(room.name) +
                              "\\s([^)]*)\\)");
        std::smatch match;
        ASSERT_TRUE(std::regex_search(cmake, match, call)) << room.name;
        const std::string arguments = match[1].str();
        std::set<std::string> folders;
        std::set<std::string> uses;
        const std::regex word(R"([^\s]+)");
        for (std::sregex_iterator it(arguments.begin(), arguments.end(), word), end; it != end;
             ++it) {
            const std::string token = it->str();
            if (token.starts_with("bw_")) uses.insert(token);
            if (std::isupper(static_cast<unsigned char>(token[0])) == 0 &&
                !token.starts_with("bw_") && token.find("::") == std::string::npos) {
                folders.insert(token);
            }
        }
        // The exported name of a room is a plain lower-case word behind EXPORT.
        if (std::smatch name; std::regex_search(arguments, name, std::regex("EXPORT (\\w+)"))) {
            folders.erase(name[1].str());
        }
        EXPECT_EQ(folders, std::set<std::string>(room.folders.begin(), room.folders.end()))
            << room.name;
        EXPECT_EQ(uses, std::set<std::string>(room.uses.begin(), room.uses.end())) << room.name;
    }
}

TEST(Layering, ArchitecturePageNamesEveryRoom) {
    const std::string page = contentOf(kRoot / "ARCHITECTURE.md");
    for (const Room& room : rooms()) {
        EXPECT_THAT(page, HasSubstr("`" + std::string(room.name) + "`"));
        for (const auto folder : room.folders)
            EXPECT_THAT(page, HasSubstr(std::string(folder)));
    }
}

// A package is in the list because something includes it, and the other way round.
TEST(Layering, PackageListFollowsTheIncludes) {
    std::set<std::string_view> used;
    for (const auto& path : sourcesOfTheTree()) {
        for (const Include& include : scan(contentOf(path)).includes) {
            for (const ThirdParty& party : thirdParties()) {
                const bool matches = std::any_of(
                    party.prefixes.begin(), party.prefixes.end(),
                    [&](std::string_view prefix) { return include.path.starts_with(prefix); });
                if (include.quoted || !matches) continue;
                used.insert(party.package);
                break;
            }
        }
    }
    const std::string list = contentOf(kRoot / "packaging/apt-packages.txt");
    for (const ThirdParty& party : thirdParties()) {
        const std::regex line("(^|\n)" + std::string(party.package) + "(\n|$)");
        EXPECT_EQ(std::regex_search(list, line), used.contains(party.package)) << party.package;
    }
}

// Made-up offenders.

TEST(LayeringRules, DoorsOpenDownwardsOnly) {
    EXPECT_THAT(violations("core/base/x.cpp", "#include \"core/engine/engine.hpp\"\n"),
                ElementsAre("core/base/x.cpp:1: core/engine/engine.hpp: there is no door from "
                            "bw_base to bw_engine"));
    EXPECT_THAT(violations("core/engine/x.cpp", "#include \"core/base/time.hpp\"\n"), IsEmpty());
    EXPECT_THAT(violations("core/breaker/x.cpp", "#include \"core/mitigation/a.hpp\"\n"),
                ElementsAre(HasSubstr("no door from bw_breaker to bw_mitigation")));
    EXPECT_THAT(violations("widgets/x.hpp", "\n#include \"core/view/snapshot.hpp\"\n"),
                ElementsAre(HasSubstr("widgets/x.hpp:2:")));
    EXPECT_THAT(violations("ui/models/x.cpp", "#include \"storage/journal.hpp\"\n"),
                ElementsAre(HasSubstr("bw_storage")));
    EXPECT_THAT(violations("ui/screens/x.cpp", "#include \"widgets/heat_map.hpp\"\n"), IsEmpty());
    EXPECT_THAT(violations("app/breakwaterctl/main.cpp", "#include \"ui/main_window.hpp\"\n"),
                ElementsAre(HasSubstr("bw_ui")));
}

TEST(LayeringRules, PathsStartAtTheRoot) {
    EXPECT_THAT(violations("core/num/x.cpp", "#include \"decimal.hpp\"\n"),
                ElementsAre(HasSubstr("written from the project root")));
    EXPECT_THAT(violations("core/num/x.cpp", "#include \"../base/time.hpp\"\n"),
                ElementsAre(HasSubstr("written from the project root")));
    EXPECT_THAT(violations("core/cellar/x.cpp", ""), ElementsAre(HasSubstr("no room owns")));
    EXPECT_THAT(violations("ui/screens/x.cpp", "#include \"x.moc\"\n"), IsEmpty());
}

TEST(LayeringRules, ThirdPartiesStayInTheirRoom) {
    const std::vector<std::pair<std::string, std::string>> refused = {
        {"core/model/x.cpp", "sodium.h"},         {"core/base/x.cpp", "sleef.h"},
        {"core/engine/x.cpp", "simdjson.h"},      {"core/risk/x.cpp", "Random123/philox.h"},
        {"core/engine/x.cpp", "zlib.h"},          {"core/replay/x.cpp", "sqlite3.h"},
        {"app/breakwaterctl/x.cpp", "sqlite3.h"}, {"storage/x.cpp", "boost/asio/post.hpp"},
        {"app/runtime/x.cpp", "CLI/CLI.hpp"},     {"ui/x.cpp", "QChartView"},
        {"ui/x.cpp", "QtCharts/QLineSeries"},     {"core/engine/x.cpp", "boost/random/sobol.hpp"},
        {"storage/x.cpp", "nlohmann/json.hpp"}};
    for (const auto& [path, header] : refused) {
        EXPECT_EQ(violations(path, "#include <" + header + ">\n").size(), 1U) << path << header;
    }
    EXPECT_THAT(violations("storage/x.cpp", "#include <sqlite3.h>\n"), IsEmpty());
    EXPECT_THAT(violations("widgets/x.cpp", "#include <QtCharts/QChartView>\n"), IsEmpty());
    EXPECT_THAT(violations("core/sim/x.cpp", "#include <Random123/philox.h>\n#include <zlib.h>\n"),
                IsEmpty());
}

TEST(LayeringRules, QtStaysOnTheDesktop) {
    for (const char* path : {"core/view/x.cpp", "storage/x.cpp", "app/runtime/x.cpp",
                             "app/breakwaterctl/x.cpp", "core/base/x.hpp"}) {
        EXPECT_EQ(violations(path, "#include <QString>\n").size(), 1U) << path;
        EXPECT_EQ(violations(path, "#include <QtCore/QString>\n").size(), 1U) << path;
    }
    for (const char* path :
         {"widgets/x.cpp", "ui/x.cpp", "ui/models/x.cpp", "app/breakwater/x.cpp"}) {
        EXPECT_THAT(violations(path, "#include <QString>\n"), IsEmpty()) << path;
    }
}

TEST(LayeringRules, CoreHasNoEffects) {
    for (const char* header : {"thread", "mutex", "random", "fstream", "iostream", "unistd.h"}) {
        EXPECT_EQ(
            violations("core/engine/x.cpp", "#include <" + std::string(header) + ">\n").size(), 1U)
            << header;
        EXPECT_THAT(violations("app/runtime/x.cpp", "#include <" + std::string(header) + ">\n"),
                    IsEmpty());
    }
}

TEST(LayeringRules, CoreTakesNoTranscendentalFromLibm) {
    for (const char* offender :
         {"double y = std::exp(x);", "double y = ::log(x);", "auto y = std :: pow(x, 2.0);",
          "double y = 2.0 * exp(x);", "return erf(x);", "float y = std::sinf(x);",
          "double y = __builtin_tanh(x);", "using std::cos;", "auto f = &std::erfc;"}) {
        EXPECT_EQ(violations("core/risk/x.cpp", std::string(offender) + "\n").size(), 1U)
            << offender;
    }
    for (const char* fine :
         {"double y = math::exp(x);", "double y = std::sqrt(x);", "bool y = std::isfinite(x);",
          "double y = row.log(x);", "double y = row->sin(x);", "int exp = 3;", "// std::exp(x)",
          "/* std::log(x) */", "auto s = \"std::exp(x)\";", "auto n = 1'000; auto c = 'x';",
          "double y = breakwater::math::pow(x, y);", "auto s = R\"(\" std::exp(x))\";",
          "int expiry(int);", "double y = std::fma(a, b, c);"}) {
        EXPECT_THAT(violations("core/risk/x.cpp", std::string(fine) + "\n"), IsEmpty()) << fine;
    }
    EXPECT_THAT(violations("ui/x.cpp", "double y = std::exp(x);\n"), IsEmpty());
    EXPECT_THAT(violations("core/num/math.cpp", "double y = exp(x);\n"), IsEmpty());
    EXPECT_EQ(violations("core/num/math.cpp", "double y = std::exp(x);\n").size(), 1U);
    EXPECT_EQ(violations("core/num/math.cpp", "auto y = Sleef_finz_expd1_u10purecfma(x);\n").size(),
              1U);
    EXPECT_THAT(violations("core/num/math.cpp", "auto y = Sleef_cinz_expd1_u10purec(x);\n"),
                IsEmpty());
}

TEST(LayeringRules, LineNumbersSurviveCommentsAndLiterals) {
    const std::string source =
        "/* two\nlines */ auto a = R\"(three\nlines)\";\n#define F(x) std::exp(x)\n"
        "  #  include <QString>  // why\n";
    EXPECT_THAT(violations("core/risk/x.cpp", source),
                ElementsAre(HasSubstr("x.cpp:5: QString"), HasSubstr("x.cpp:4: exp")));
}

}  // namespace
}  // namespace breakwater::layering
