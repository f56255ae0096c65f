// Reading the project's own files, and what a fault says, for the tests of this room.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <string_view>

#include "base/error.h"

namespace tz::programme {

inline std::string file_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.good()) << path << " cannot be read";
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// "(none)" where there is no such fact.
inline std::string fact(const Error& error, std::string_view name) {
  for (const auto& [key, value] : error.facts)
    if (key == name) return value;
  return "(none)";
}

}  // namespace tz::programme
