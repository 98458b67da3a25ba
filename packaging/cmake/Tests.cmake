# How tests are registered. Tests mirror the code (ARCHITECTURE.md, "Tests").
include(GoogleTest)

define_property(GLOBAL PROPERTY BW_DATA_TEST_COUNT BRIEF_DOCS "Tests over real market data")
set_property(GLOBAL PROPERTY BW_DATA_TEST_COUNT 0)

# bw_tests(<room> FOLDERS <dir under tests/>... [LINK <lib>...] [QT])
# One executable <room>_tests of those folders, and, when BREAKWATER_DATA names the real data, one
# <room>_data_tests of their *_data_test.cpp, labelled 'data'. There the data is expected: a
# missing file fails the test, nothing is skipped. Sources that are not *_test.cpp are helpers
# and belong to both.
function(bw_tests room)
  cmake_parse_arguments(T "QT" "" "FOLDERS;LINK" ${ARGN})
  if(NOT TARGET ${room})
    return()
  endif()
  set(tests)
  set(data_tests)
  set(helpers)
  foreach(folder IN LISTS T_FOLDERS)
    file(GLOB found CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/${folder}/*.cpp
         ${PROJECT_SOURCE_DIR}/tests/${folder}/*.hpp)
    foreach(source IN LISTS found)
      if(source MATCHES "_data_test\\.cpp$")
        list(APPEND data_tests ${source})
      elseif(source MATCHES "_test\\.cpp$")
        list(APPEND tests ${source})
      else()
        list(APPEND helpers ${source})
      endif()
    endforeach()
  endforeach()
  set(qt)
  if(T_QT)
    set(qt QT)
  endif()
  if(tests)
    bw_test_executable(${room}_tests SOURCES ${tests} ${helpers} LINK ${room} ${T_LINK}
                       LABEL ${room} ${qt})
  endif()
  if(data_tests AND BREAKWATER_DATA)
    bw_test_executable(${room}_data_tests SOURCES ${data_tests} ${helpers} LINK ${room} ${T_LINK}
                       LABEL data ${qt})
    target_compile_definitions(${room}_data_tests PRIVATE BREAKWATER_DATA="${BREAKWATER_DATA}")
    bw_count_data_tests(${data_tests})
  endif()
endfunction()

# bw_test_executable(<target> SOURCES <file>... LINK <lib>... LABEL <label> [QT])
# A Qt test brings its own main (it needs an application object); the others get GoogleTest's.
function(bw_test_executable target)
  cmake_parse_arguments(T "QT" "LABEL" "SOURCES;LINK" ${ARGN})
  add_executable(${target} ${T_SOURCES})
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(${target} PRIVATE ${T_LINK} bw_flags GTest::gtest GTest::gmock)
  target_compile_definitions(${target} PRIVATE
    BREAKWATER_SOURCE_DIR="${PROJECT_SOURCE_DIR}" BREAKWATER_BINARY_DIR="${PROJECT_BINARY_DIR}")
  if(T_QT)
    set_target_properties(${target} PROPERTIES AUTOMOC ON)
    file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/xdg_runtime)
    file(CHMOD ${PROJECT_BINARY_DIR}/xdg_runtime PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)
    # As an emulator, not as the tests' environment: that would not reach the run that lists
    # the tests, and it too creates the application object.
    set_target_properties(${target} PROPERTIES CROSSCOMPILING_EMULATOR
      "env;QT_QPA_PLATFORM=offscreen;XDG_RUNTIME_DIR=${PROJECT_BINARY_DIR}/xdg_runtime")
  else()
    target_link_libraries(${target} PRIVATE GTest::gtest_main)
  endif()
  # PRE_TEST: the list is asked for when ctest runs, so building one room's tests does not
  # start them, and a sanitizer build is not executed by the linker step.
  # The prefix keeps apart two rooms that both test a Journal.Rejects.
  string(REGEX REPLACE "_tests$" "." prefix ${target})
  gtest_discover_tests(${target} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60
                       TEST_PREFIX ${prefix} PROPERTIES LABELS ${T_LABEL} TIMEOUT 300)
endfunction()

function(bw_count_data_tests)
  get_property(count GLOBAL PROPERTY BW_DATA_TEST_COUNT)
  foreach(source IN LISTS ARGN)
    # A commented-out test does not count: the macro must begin its line.
    file(STRINGS ${source} found REGEX "^(TEST|TEST_F|TEST_P|TYPED_TEST)\\(")
    list(LENGTH found added)
    math(EXPR count "${count} + ${added}")
  endforeach()
  set_property(GLOBAL PROPERTY BW_DATA_TEST_COUNT ${count})
endfunction()

function(bw_report_data_tests)
  get_property(count GLOBAL PROPERTY BW_DATA_TEST_COUNT)
  if(BREAKWATER_DATA)
    message(STATUS "Tests over real market data (label 'data'): ${count} registered, from ${BREAKWATER_DATA}")
  else()
    message(STATUS "Tests over real market data (label 'data'): none registered, BREAKWATER_DATA is empty")
  endif()
endfunction()

# bw_must_not_compile(<name> <source>)
# Code that the types are there to refuse. The source names its cases in comment lines
#     // case 1: <regular expression that the compiler's message must match>
# and holds each between `#if BW_CASE == 1` and `#endif`. Every case must fail to compile with
# that message; with BW_CASE 0 the rest must compile, so that a case is refused for its own
# sake and not for a typing error or a missing include above it. A regular expression has to fit
# GCC and Clang.
function(bw_must_not_compile name source)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
  file(STRINGS ${source} cases REGEX "^// case [0-9]+: .+")
  if(NOT cases)
    message(FATAL_ERROR "${source}: no line '// case 1: <regular expression>'")
  endif()
  bw_add_compile_test(must_not_compile.${name}.control ${source} 0 "")
  foreach(line IN LISTS cases)
    string(REGEX REPLACE "^// case ([0-9]+): .*" "\\1" number "${line}")
    string(REGEX REPLACE "^// case [0-9]+: (.+)" "\\1" expected "${line}")
    bw_add_compile_test(must_not_compile.${name}.${number} ${source} ${number} "${expected}")
  endforeach()
endfunction()

# An empty `expected` asks for a compilation that succeeds.
function(bw_add_compile_test name source number expected)
  add_test(NAME ${name} COMMAND ${CMAKE_COMMAND}
    -D COMPILER=${CMAKE_CXX_COMPILER} -D INCLUDE=${PROJECT_SOURCE_DIR} -D SOURCE=${source}
    -D CASE=${number} -D EXPECTED=${expected}
    -P ${PROJECT_SOURCE_DIR}/packaging/cmake/CompileCase.cmake)
  set_tests_properties(${name} PROPERTIES LABELS must_not_compile TIMEOUT 60)
endfunction()
