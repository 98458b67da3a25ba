// The command line of the workstation.
#pragma once

#include <optional>
#include <string>

#include <QSize>

#include "app/runtime/play.hpp"
#include "ui/main_window.hpp"

namespace breakwater {

// In the worst of 10 October 2025: what --screenshots shows unless --at is given.
inline constexpr const char* kPictureTime = "2025-10-10T21:16:52Z";

struct Options {
    runtime::PlayRequest play;
    double speed = 1;
    bool paused = false;
    bool record = true;
    std::string open;        // a record to be read; empty: the embedded venue is played
    std::string recordPath;  // empty: a new file in the user's data folder
    double recordLimitMb = 2'000;
    std::string officer = "officer-1";
    std::string screenshots;
    std::string at;
    QSize size = QSize(1600, 900);
    widgets::Appearance appearance;
    int measureSeconds = 0;
};

// Fills the options, or answers the exit code of --help, --version and mistakes.
std::optional<int> parseOptions(int argc, char** argv, Options& options);

}  // namespace breakwater
