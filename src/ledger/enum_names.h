// The names of an enum's values, in the order of the enum: from a value to its name and back.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "base/result.h"

namespace tz::ledger {

// The value must be one of those named.
template <class Enum, std::size_t kCount>
std::string_view name_in(const std::array<std::string_view, kCount>& names, Enum value) {
  const auto index = static_cast<std::size_t>(value);
  TZ_ASSERT(index < kCount);
  return names[index];
}

// None for any other name.
template <class Enum, std::size_t kCount>
std::optional<Enum> named_in(const std::array<std::string_view, kCount>& names,
                             std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Enum>(found - names.begin());
}

}  // namespace tz::ledger
