# Run by ctest: installs the finished build to an empty prefix, then configures, builds and runs
# a project that knows nothing of this tree but find_package(Breakwater).
set(prefix ${BUILD}/consumer_test/prefix)
set(build ${BUILD}/consumer_test/build)
file(REMOVE_RECURSE ${BUILD}/consumer_test)

function(run)
  execute_process(COMMAND ${ARGN} RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(NOT result EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\nended with ${result}:\n${output}")
  endif()
endfunction()

run(${CMAKE_COMMAND} --install ${BUILD} --prefix ${prefix})
file(GLOB profiles ${prefix}/${DATADIR}/breakwater/profiles/*.json)
if(NOT profiles)
  message(FATAL_ERROR "no venue profile under ${prefix}/${DATADIR}/breakwater/profiles")
endif()
run(${CMAKE_COMMAND} -S ${CONSUMER} -B ${build} -G Ninja -D CMAKE_PREFIX_PATH=${prefix}
    -D CMAKE_CXX_COMPILER=${COMPILER} -D CMAKE_BUILD_TYPE=${CONFIG})
run(${CMAKE_COMMAND} --build ${build})
list(GET profiles 0 profile)
run(${build}/consumer ${profile})
