#include "core/base/assert.hpp"

#include <cstdio>
#include <cstdlib>

namespace breakwater {
namespace {

void printAndAbort(const AssertFailure& failure) {
    std::fprintf(stderr, "breakwater: assertion failed: %s (%s:%d)\n", failure.expression,
                 failure.file, failure.line);
    std::abort();
}

thread_local AssertHandler threadHandler = printAndAbort;

}  // namespace

AssertHandlerScope::AssertHandlerScope(AssertHandler handler) noexcept : m_previous(threadHandler) {
    threadHandler = handler;
}

AssertHandlerScope::~AssertHandlerScope() { threadHandler = m_previous; }

void assertFailed(const char* expression, const char* file, int line) {
    threadHandler(AssertFailure{expression, file, line});
    std::abort();  // a handler that returns would let a bug become a figure
}

}  // namespace breakwater
