# Outside libraries by the names used in cmake/rooms.cmake. All are Debian packages (script/setup)
# and are included as SYSTEM headers.
find_package(PkgConfig REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(Threads REQUIRED)

function(tz_library name)
  add_library(tz_lib_${name} INTERFACE)
  target_link_libraries(tz_lib_${name} INTERFACE ${ARGN})
endfunction()

pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(YAML REQUIRED IMPORTED_TARGET yaml-cpp)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)

tz_library(crypto OpenSSL::Crypto)
tz_library(ssl OpenSSL::SSL)
tz_library(boost_json)  # compiled into base/json.cpp
tz_library(beast Threads::Threads)
tz_library(sodium PkgConfig::SODIUM)
tz_library(sqlite PkgConfig::SQLITE Threads::Threads)
tz_library(yaml PkgConfig::YAML)
tz_library(magic magic)
pkg_check_modules(ZIP REQUIRED IMPORTED_TARGET libzip)
tz_library(zip PkgConfig::ZIP)
tz_library(cli)
tz_library(log spdlog::spdlog fmt::fmt Threads::Threads)
