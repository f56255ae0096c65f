// What playing a line needs whatever it is about: saying why it fails, and numbers in its words.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "scenarios/scenario_file.h"

namespace tz::test {

inline Fault fault(std::string what) { return ScenarioFault{std::move(what)}; }

// None where the whole is not one number.
inline std::optional<std::int64_t> number_in(const std::string& text) {
  std::int64_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return out;
}

// 0 where it is left out.
inline std::int64_t number_or_zero(const std::string& text) { return number_in(text).value_or(0); }

}  // namespace tz::test
