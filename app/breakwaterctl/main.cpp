// breakwaterctl: the workstation's arithmetic without its window. Links no Qt.
#include <cstdio>
#include <unistd.h>

#include "app/breakwaterctl/commands.hpp"
#include "app/runtime/resources.hpp"

namespace breakwater::ctl {

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
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        const int code = app.exit(error);
        return code == 0 ? 0 : 2;
    }
    return chosen.run();
}
