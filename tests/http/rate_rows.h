// Rows of rates and of verdicts in an answer, by kind.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"

namespace tz::http_test {

inline std::int64_t number(const Json& row, std::string_view name) {
  return *row.find(name)->as_int();
}

// Null where there is none of that kind.
inline Json kind_row(const Json& rows, const std::string& kind) {
  for (const Json& row : *rows.as_array())
    if (*row.find("kind")->as_text() == kind) return row;
  return {};
}

}  // namespace tz::http_test
