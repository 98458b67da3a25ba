# Run by ctest: one case of a must-not-compile source (Tests.cmake, bw_must_not_compile).
execute_process(
  COMMAND ${COMPILER} -std=c++20 -fsyntax-only -I ${INCLUDE} -D BW_CASE=${CASE} ${SOURCE}
  RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
if(EXPECTED STREQUAL "")
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "the control (BW_CASE 0) must compile:\n${output}")
  endif()
elseif(result EQUAL 0)
  message(FATAL_ERROR "case ${CASE} compiled; it must be refused with: ${EXPECTED}")
elseif(NOT output MATCHES "${EXPECTED}")
  message(FATAL_ERROR "case ${CASE} was refused, but not with: ${EXPECTED}\n${output}")
endif()
