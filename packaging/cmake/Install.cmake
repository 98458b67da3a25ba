# What `cmake --install` lays down: programs (bw_program), resources, the desktop's files, the
# licence, and the core as the package Breakwater with its target Breakwater::engine. Two
# components, one Debian package each (Package.cmake): what an officer needs, and the core.
include(CMakePackageConfigHelpers)

install(DIRECTORY resources/ DESTINATION ${CMAKE_INSTALL_DATADIR}/breakwater)
install(FILES LICENSE README.md CHANGELOG.md packaging/copyright DESTINATION ${CMAKE_INSTALL_DOCDIR})

if(BREAKWATER_DESKTOP)
  set(BREAKWATER_APP_ID org.breakwater.Breakwater)
  install(FILES packaging/${BREAKWATER_APP_ID}.desktop
          DESTINATION ${CMAKE_INSTALL_DATADIR}/applications)
  install(FILES packaging/${BREAKWATER_APP_ID}.metainfo.xml
          DESTINATION ${CMAKE_INSTALL_DATADIR}/metainfo)
  install(FILES packaging/icons/breakwater.svg RENAME ${BREAKWATER_APP_ID}.svg
          DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/scalable/apps)
  foreach(size 16 22 24 32 48 64 128 256)
    install(FILES packaging/icons/breakwater-${size}.png RENAME ${BREAKWATER_APP_ID}.png
            DESTINATION ${CMAKE_INSTALL_DATADIR}/icons/hicolor/${size}x${size}/apps)
  endforeach()
endif()

get_property(exported_rooms GLOBAL PROPERTY BW_EXPORTED_ROOMS)
if(exported_rooms)
  set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/Breakwater)
  install(EXPORT BreakwaterTargets NAMESPACE Breakwater:: DESTINATION ${package_dir}
          COMPONENT development)
  configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/BreakwaterConfig.cmake.in
    ${PROJECT_BINARY_DIR}/BreakwaterConfig.cmake INSTALL_DESTINATION ${package_dir})
  # Before 1.0 a minor version may change the core's interface.
  write_basic_package_version_file(${PROJECT_BINARY_DIR}/BreakwaterConfigVersion.cmake
    COMPATIBILITY SameMinorVersion)
  install(FILES ${PROJECT_BINARY_DIR}/BreakwaterConfig.cmake
                ${PROJECT_BINARY_DIR}/BreakwaterConfigVersion.cmake DESTINATION ${package_dir}
          COMPONENT development)
endif()
