// breakwaterctl: the workstation's arithmetic without its window. Links no Qt.
#include <cstdio>
#include <unistd.h>

#include "app/breakwaterctl/commands.hpp"
#include "app/runtime/resources.hpp"

namespace breakwater::ctl {
namespace {

// CLI11 would only say that a subcommand is required.
std::string unknownSubcommand(CLI::App& app, int argc, char** argv) {
    if (argc < 2 || argv[1][0] == '-') return "";
    std::string known;
    for (const CLI::App* sub : app.get_subcommands(nullptr)) {
        if (sub->get_name() == argv[1]) return "";
        known += (known.empty() ? "" : ", ") + sub->get_name();
    }
    return "'" + std::string(argv[1]) + "' is no subcommand; there are: " + known;
}

}  // namespace

int complain(const Error& error) {
    std::fprintf(stderr, "breakwaterctl: %s\n", error.message.c_str());
    return 2;
}

Result<std::filesystem::path> resources() {
    return runtime::findResources({BREAKWATER_INSTALLED_RESOURCES, BREAKWATER_SOURCE_RESOURCES});
}

std::string programName() { return std::string("breakwater ") + BREAKWATER_VERSION; }

bool onTerminal() { return isatty(STDERR_FILENO) != 0; }

std::string jsonText(const std::string& text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (static_cast<unsigned char>(c) >= 0x20) out += c;
    }
    return out + "\"";
}

}  // namespace breakwater::ctl

int main(int argc, char** argv) {
    using namespace breakwater;
    using namespace breakwater::ctl;
    CLI::App app{"Breakwater without a window: play, replay, verify, export and measure."};
    app.set_version_flag("--version", programName());
    app.require_subcommand(1);
    Chosen chosen;
    addSimulate(app, chosen);
    addReplay(app, chosen);
    addVerify(app, chosen);
    addExport(app, chosen);
    addBench(app, chosen);
    if (const std::string unknown = unknownSubcommand(app, argc, argv); !unknown.empty()) {
        return complain({ErrorCode::InvalidArgument, unknown});
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int code = app.exit(error);
        return code == 0 ? 0 : 2;
    }
    return chosen.run();
}
