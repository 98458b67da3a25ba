// BW_ASSERT: a broken promise inside the program, on in every build.
//
// A bug must never become a wrong figure. On an ordinary thread and in tests a failed
// assertion aborts. The engine thread installs a handler of its own (AssertHandlerScope), so
// that a bug there stops the arithmetic, is recorded with its place, and leaves the window
// standing.
#pragma once

namespace breakwater {

struct AssertFailure {
    const char* expression;
    const char* file;
    int line;
};

// Called with the failure; must not return. The default prints and aborts.
using AssertHandler = void (*)(const AssertFailure&);

// Installs a handler for the calling thread and restores the previous one when destroyed.
class AssertHandlerScope {
public:
    explicit AssertHandlerScope(AssertHandler handler) noexcept;
    ~AssertHandlerScope();
    AssertHandlerScope(const AssertHandlerScope&) = delete;
    AssertHandlerScope& operator=(const AssertHandlerScope&) = delete;

private:
    AssertHandler m_previous;
};

[[noreturn]] void assertFailed(const char* expression, const char* file, int line);

}  // namespace breakwater

#define BW_ASSERT(expression)            \
    (__builtin_expect(!!(expression), 1) \
         ? static_cast<void>(0)          \
         : ::breakwater::assertFailed(#expression, __FILE__, __LINE__))
