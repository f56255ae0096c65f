# Puts the locale files, the calendar, the flow, programme and service files, the policy and the pages into the
# program, so that the binary is whole. The web is there where it was built before; without it the
# pages say so and all else works.
file(GLOB_RECURSE TZ_EMBED CONFIGURE_DEPENDS
  ${CMAKE_SOURCE_DIR}/locales/*.json ${CMAKE_SOURCE_DIR}/flows/*.yaml
  ${CMAKE_SOURCE_DIR}/programmes/*.yaml ${CMAKE_SOURCE_DIR}/policy/*.yaml
  ${CMAKE_SOURCE_DIR}/services/*.yaml
  ${CMAKE_SOURCE_DIR}/calendar/*.csv
  ${CMAKE_SOURCE_DIR}/api/openapi.yaml ${CMAKE_SOURCE_DIR}/demo/* ${CMAKE_SOURCE_DIR}/web/first/*
  ${CMAKE_SOURCE_DIR}/web/dist/*)
list(SORT TZ_EMBED)
set(assembly "")
set(table "")
set(index 0)
foreach(file IN LISTS TZ_EMBED)
  file(RELATIVE_PATH name ${CMAKE_SOURCE_DIR} ${file})
  string(APPEND assembly
    ".global tz_embedded_${index}\ntz_embedded_${index}:\n.incbin \"${file}\"\n"
    ".global tz_embedded_${index}_end\ntz_embedded_${index}_end:\n.byte 0\n")
  string(APPEND declarations "extern const char tz_embedded_${index}[], tz_embedded_${index}_end[];\n")
  string(APPEND table "    {\"${name}\", tz_embedded_${index}, tz_embedded_${index}_end},\n")
  math(EXPR index "${index} + 1")
endforeach()
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/embedded.S
  CONTENT ".section .rodata\n${assembly}.section .note.GNU-stack,\"\",@progbits\n" @ONLY)
file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/embedded.cpp CONTENT
"#include \"base/embedded.h\"
extern \"C\" {
${declarations}}
namespace tz {
std::string_view embedded_file(std::string_view path) {
  struct Entry { std::string_view path; const char* begin; const char* end; };
  static const Entry entries[] = {
${table}    {\"\", nullptr, nullptr}};
  for (const Entry& entry : entries)
    if (entry.begin != nullptr && entry.path == path)
      return {entry.begin, static_cast<std::size_t>(entry.end - entry.begin)};
  return {};
}
}  // namespace tz
" @ONLY)
enable_language(ASM)
set_source_files_properties(${CMAKE_BINARY_DIR}/embedded.S PROPERTIES OBJECT_DEPENDS "${TZ_EMBED}")
add_library(tz_embedded STATIC ${CMAKE_BINARY_DIR}/embedded.S ${CMAKE_BINARY_DIR}/embedded.cpp)
target_link_libraries(tz_embedded PRIVATE tz_flags)
