# A room is one library made of the folders it owns (ARCHITECTURE.md, "Rooms and doors").
# Sources are globbed so that a new file needs no second mention; a room whose folders are
# still empty is not created.

include(CMakeParseArguments)

define_property(GLOBAL PROPERTY BW_EXPORTED_ROOMS BRIEF_DOCS "Rooms installed as Breakwater::*")

# bw_room(<target> FOLDERS <dir>... [PUBLIC <lib>...] [PRIVATE <lib>...] [EXPORT <name>] [QT])
# Folders are relative to the project root. EXPORT installs the room's library and headers as
# Breakwater::<name>.
function(bw_room target)
  cmake_parse_arguments(ROOM "QT" "EXPORT" "FOLDERS;PUBLIC;PRIVATE" ${ARGN})
  set(sources)
  foreach(folder IN LISTS ROOM_FOLDERS)
    file(GLOB found CONFIGURE_DEPENDS
         ${PROJECT_SOURCE_DIR}/${folder}/*.cpp ${PROJECT_SOURCE_DIR}/${folder}/*.hpp)
    list(APPEND sources ${found})
  endforeach()
  if(NOT sources)
    return()
  endif()
  add_library(${target} STATIC ${sources})
  target_include_directories(${target} PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>
                                              $<INSTALL_INTERFACE:include/breakwater>)
  target_compile_features(${target} PUBLIC cxx_std_20)
  target_compile_options(${target} PUBLIC ${BREAKWATER_NUMERIC_FLAGS})
  set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON LINKER_LANGUAGE CXX)
  if(ROOM_QT)
    set_target_properties(${target} PROPERTIES AUTOMOC ON)
  endif()
  foreach(lib IN LISTS ROOM_PUBLIC)
    if(NOT lib MATCHES "^bw_" OR TARGET ${lib})
      target_link_libraries(${target} PUBLIC ${lib})
    endif()
  endforeach()
  foreach(lib IN LISTS ROOM_PRIVATE)
    target_link_libraries(${target} PRIVATE ${lib})
  endforeach()
  target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:bw_flags>)
  bw_headers_alone(${target})
  if(ROOM_EXPORT)
    set_target_properties(${target} PROPERTIES EXPORT_NAME ${ROOM_EXPORT})
    install(TARGETS ${target} EXPORT BreakwaterTargets
            ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development)
    foreach(folder IN LISTS ROOM_FOLDERS)
      install(DIRECTORY ${PROJECT_SOURCE_DIR}/${folder}/
              DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/breakwater/${folder} COMPONENT development
              FILES_MATCHING PATTERN "*.hpp")
    endforeach()
    set_property(GLOBAL APPEND PROPERTY BW_EXPORTED_ROOMS ${target})
  endif()
endfunction()

# Every header of a target compiled by itself, with the target's own flags: a header that leans
# on what its includer happened to include fails here. Outside of `all`; packaging/check-headers
# builds the sum of them.
function(bw_headers_alone target)
  get_target_property(sources ${target} SOURCES)
  set(units)
  foreach(header IN LISTS sources)
    if(header MATCHES "\\.hpp$")
      cmake_path(RELATIVE_PATH header BASE_DIRECTORY ${PROJECT_SOURCE_DIR} OUTPUT_VARIABLE path)
      set(unit ${PROJECT_BINARY_DIR}/headers_alone/${path}.cpp)
      file(CONFIGURE OUTPUT ${unit} CONTENT "#include \"${path}\"\n" @ONLY)
      list(APPEND units ${unit})
    endif()
  endforeach()
  if(NOT units)
    return()
  endif()
  set(check ${target}_headers_alone)
  add_library(${check} OBJECT EXCLUDE_FROM_ALL ${units})
  # The same private doors as the target: an internal header may use a private third party.
  get_target_property(libraries ${target} LINK_LIBRARIES)
  target_link_libraries(${check} PRIVATE ${libraries})
  target_include_directories(${check} PRIVATE ${PROJECT_SOURCE_DIR})
  target_compile_features(${check} PRIVATE cxx_std_20)
  # Only the front end matters. Fortify insists on an optimised build, so it goes as well.
  target_compile_options(${check} PRIVATE ${BREAKWATER_NUMERIC_FLAGS} -O0 -U_FORTIFY_SOURCE)
  if(NOT TARGET headers_alone)
    add_custom_target(headers_alone)
  endif()
  add_dependencies(headers_alone ${check})
endfunction()

# bw_program(<name> FOLDER <dir> LINK <lib>... [QT])
# One executable made of the sources of one folder, created when the folder has its first.
function(bw_program name)
  cmake_parse_arguments(P "QT" "FOLDER" "LINK" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS
       ${PROJECT_SOURCE_DIR}/${P_FOLDER}/*.cpp ${PROJECT_SOURCE_DIR}/${P_FOLDER}/*.hpp)
  if(NOT sources)
    return()
  endif()
  add_executable(${name} ${sources})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR})
  # The version is said once, in project(); where the resources lie is known only at install.
  target_compile_definitions(${name} PRIVATE
    BREAKWATER_VERSION="${PROJECT_VERSION}"
    BREAKWATER_SOURCE_RESOURCES="${PROJECT_SOURCE_DIR}/resources"
    BREAKWATER_INSTALLED_RESOURCES="${CMAKE_INSTALL_DATADIR}/breakwater")
  foreach(lib IN LISTS P_LINK)
    if(NOT lib MATCHES "^bw_" OR TARGET ${lib})
      target_link_libraries(${name} PRIVATE ${lib})
    endif()
  endforeach()
  target_link_libraries(${name} PRIVATE bw_flags)
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
  if(P_QT)
    set_target_properties(${name} PROPERTIES AUTOMOC ON)
  endif()
  bw_headers_alone(${name})
  install(TARGETS ${name} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endfunction()
