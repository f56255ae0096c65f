// Operations in a table, found by what an operation says it does.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

#include "base/json.h"
#include "base/result.h"
#include "taizhang/ledger_folder.h"

namespace tz::program {

struct NamedOperation {
  std::string_view name;
  Result<Json> (*operation)(OpenLedger& open, const Json& operation);
};

// Does the one that `operation` names; none where it is not in the table.
template <std::size_t kCount>
std::optional<Result<Json>> operate_by_name(const std::array<NamedOperation, kCount>& table,
                                            OpenLedger& ledger, const Json& operation) {
  const Json* what = operation.find("do");
  if (what == nullptr || what->as_text() == nullptr) return std::nullopt;
  for (const NamedOperation& each : table)
    if (each.name == *what->as_text()) return each.operation(ledger, operation);
  return std::nullopt;
}

}  // namespace tz::program
