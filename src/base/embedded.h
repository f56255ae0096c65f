// Files built into the program (locales, flows, the API contract), by their path in the project.
#pragma once

#include <string_view>

namespace tz {

// The file's bytes, or an empty view if no such file was built in.
std::string_view embedded_file(std::string_view path);

}  // namespace tz
