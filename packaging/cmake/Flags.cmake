# One interface target carries the warnings, hardening and numeric flags of every room.
# The numeric flags are part of the product: other contraction gives other digests. They are
# public on every room (Rooms.cmake), because headers hold arithmetic too.
set(BREAKWATER_NUMERIC_FLAGS -ffp-contract=off -fno-fast-math)

set(BREAKWATER_SANITIZE "" CACHE STRING "Sanitizers of the whole build: 'address,undefined' or 'thread'")

add_library(bw_flags INTERFACE)
target_compile_options(bw_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
  -Woverloaded-virtual -Wno-unused-function -Werror
  -fstack-protector-strong)
target_compile_definitions(bw_flags INTERFACE BOOST_ASIO_DISABLE_CO_AWAIT
  $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)
target_link_options(bw_flags INTERFACE -Wl,-z,relro,-z,now -Wl,-z,noexecstack)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # -Wrestrict misfires on std::string concatenation in GCC 12 (PR 105651).
  target_compile_options(bw_flags INTERFACE -Wduplicated-cond -Wlogical-op -Wno-restrict)
endif()
if(CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|amd64|AMD64")
  target_compile_options(bw_flags INTERFACE -fstack-clash-protection -fcf-protection)
endif()
# __int128 is the exact world's carrier; -Wpedantic complains about it on GCC unless marked
# with __extension__, which core/num does in one place.

if(BREAKWATER_SANITIZE)
  # Global, not in bw_flags: a test executable that links an instrumented room must be
  # instrumented itself. The first report ends the program, so that a test cannot pass over it.
  add_compile_options(-fsanitize=${BREAKWATER_SANITIZE} -fno-sanitize-recover=all
                      -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${BREAKWATER_SANITIZE})
else()
  # Fortify and the sanitizers intercept the same calls; each build has one of them.
  target_compile_definitions(bw_flags INTERFACE
    $<$<CONFIG:Release,RelWithDebInfo>:_FORTIFY_SOURCE=2>)
endif()

# Both make a rebuild faster and neither changes what is built.
find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
find_program(LLD ld.lld)
if(LLD)
  add_link_options(-fuse-ld=lld)
endif()
