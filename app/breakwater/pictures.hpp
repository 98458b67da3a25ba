// `--screenshots`: every screen as a picture, once what is shown has settled.
#pragma once

#include <functional>

#include "app/breakwater/options.hpp"

namespace breakwater::ui {
class MainWindow;
}

namespace breakwater {

// Runs the event loop, asking `settled` every `everyMs`; then writes the pictures, prints their
// names and ends the program. The answer is the exit code.
int takePictures(ui::MainWindow& window, const Options& options, int everyMs,
                 const std::function<bool()>& settled);

}  // namespace breakwater
