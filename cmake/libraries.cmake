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
# The plain hash functions are of OpenSSL 1.1.1's interface, which version 3 calls deprecated.
set_source_files_properties(src/base/sha256.cpp PROPERTIES COMPILE_DEFINITIONS
  OPENSSL_API_COMPAT=10101)
tz_library(ssl OpenSSL::SSL)
pkg_check_modules(CURL REQUIRED IMPORTED_TARGET libcurl)
tz_library(curl PkgConfig::CURL)
tz_library(boost_json)  # compiled into base/json.cpp
tz_library(boost_containers)  # headers alone
tz_library(beast Threads::Threads)
tz_library(sodium PkgConfig::SODIUM)
tz_library(sqlite PkgConfig::SQLITE Threads::Threads)
tz_library(yaml PkgConfig::YAML)
tz_library(magic magic)
pkg_check_modules(ZIP REQUIRED IMPORTED_TARGET libzip)
tz_library(zip PkgConfig::ZIP)
pkg_check_modules(EXPAT REQUIRED IMPORTED_TARGET expat)
tz_library(expat PkgConfig::EXPAT)
pkg_check_modules(XLSXWRITER REQUIRED IMPORTED_TARGET xlsxwriter)
tz_library(xlsxwriter PkgConfig::XLSXWRITER)
pkg_check_modules(ICU REQUIRED IMPORTED_TARGET icu-i18n icu-uc)
tz_library(icu PkgConfig::ICU)
tz_library(cli)
# Programs alone, and not under sanitizers, which bring an allocator of their own.
if(TZ_SANITIZE)
  tz_library(jemalloc)
else()
  find_library(TZ_JEMALLOC jemalloc REQUIRED)
  tz_library(jemalloc ${TZ_JEMALLOC})
endif()
tz_library(log spdlog::spdlog fmt::fmt Threads::Threads)
