// Why the program does not start, where its user can read it: on standard error, and in a window
// too when it was started from a menu, where no terminal shows standard error.
#pragma once

#include <string>

namespace breakwater {

bool hasDisplay();

// Both return the exit code of "could not be done", 2. `complain` puts the program's name before.
int complain(const std::string& message);
int complainAsIs(const std::string& text);

}  // namespace breakwater
