# The Debian packages (packaging/deb): breakwater, what an officer installs, and breakwater-dev,
# the core for a program that embeds it.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME breakwater)
set(CPACK_PACKAGE_VENDOR "The Breakwater developers")
set(CPACK_PACKAGE_CONTACT "The Breakwater developers <developers@breakwater.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Risk-monitoring workstation for derivatives venues")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL runtime development)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_HOMEPAGE "")
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)

# Libraries are found by dpkg-shlibdeps. The faces are part of the look: without them every
# figure is set in something else.
set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME breakwater)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION misc)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_DEPENDS "fonts-inter, fonts-jetbrains-mono, fonts-dejavu-core")
set(CPACK_DEBIAN_RUNTIME_PACKAGE_RECOMMENDS "qt6-wayland")
set(CPACK_DEBIAN_RUNTIME_DESCRIPTION
    "Shows which accounts are close to liquidation, what a loss would cost and who
would pay for it, and carries out the officer's acts. Every input is recorded;
a record replays to the same bits on every machine.")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME breakwater-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
    "g++, libsodium-dev, libsleef-dev, libsimdjson-dev, pkg-config")
set(CPACK_DEBIAN_DEVELOPMENT_DESCRIPTION
    "Risk core of Breakwater, to be embedded by a venue.
Static libraries and headers of the deterministic engine; find_package(Breakwater)
gives the target Breakwater::engine.")
include(CPack)
