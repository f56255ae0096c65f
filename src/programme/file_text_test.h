// Reading the project's own files, and what a fault says, for the tests of this room.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/random.h"

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

// "code@line:column subject", one a line.
inline std::string shown(const std::vector<Error>& faults) {
  std::string out;
  for (const Error& fault : faults) {
    out += fault.code + "@" + fact(fault, "line") + ":" + fact(fault, "column");
    for (const char* name : {"at", "key", "value", "nearest"})
      if (fact(fault, name) != "(none)") out += " " + fact(fault, name);
    out += "\n";
  }
  return out;
}

// A file's text with the first `old` in it made `fresh`.
inline std::string replaced(std::string text, std::string_view old, std::string_view fresh) {
  const std::size_t at = text.find(old);
  EXPECT_NE(at, std::string::npos) << "no longer in the file: " << old;
  if (at != std::string::npos) text.replace(at, old.size(), fresh);
  return text;
}

// The seed is TZ_SEED, and printed.
inline SeededRandom seeded_anew() {
  const char* given = std::getenv("TZ_SEED");
  const std::uint64_t seed = given != nullptr ? std::strtoull(given, nullptr, 10) : 20190908;
  std::cout << "seed " << seed << " (TZ_SEED)\n";
  return SeededRandom(seed);
}

// Up to three pieces of at most 40 bytes are lost, or stand twice.
inline void damage(std::string& text, SeededRandom& random) {
  const auto below = [&](std::size_t bound) { return random.next_u64() % bound; };
  for (std::uint64_t count = 1 + below(3); count > 0; --count) {
    const std::size_t at = below(text.size());
    const std::size_t bytes = 1 + below(40);
    if (below(2) == 0)
      text.erase(at, bytes);
    else
      text.insert(at, text.substr(below(text.size()), bytes));
  }
}

inline void expect_refusals_with_places(const std::vector<Error>& faults) {
  for (const Error& fault : faults) {
    EXPECT_EQ(fault.error_class, ErrorClass::Refusal) << fault.code;
    EXPECT_NE(fact(fault, "line"), "(none)") << fault.code;
    EXPECT_NE(fact(fault, "column"), "0") << fault.code;
  }
}

}  // namespace tz::programme
