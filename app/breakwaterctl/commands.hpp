// The subcommands of breakwaterctl. Each adds its options and returns its exit code when chosen.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include <CLI/CLI.hpp>

#include "core/base/result.hpp"

namespace breakwater::ctl {

// Exit codes: 0 done, 1 the answer is no (differs), 2 could not be done.
using Command = std::function<int()>;

struct Chosen {
    Command run;
};

void addSimulate(CLI::App& app, Chosen& chosen);
void addReplay(CLI::App& app, Chosen& chosen);
void addVerify(CLI::App& app, Chosen& chosen);
void addExport(CLI::App& app, Chosen& chosen);
void addBench(CLI::App& app, Chosen& chosen);

int complain(const Error& error);  // prints to standard error, returns 2
Result<std::filesystem::path> resources();
std::string programName();  // "breakwater 0.1.0"
bool onTerminal();          // standard error is a terminal: progress lines make sense
std::string jsonText(const std::string& text);  // quoted

}  // namespace breakwater::ctl
