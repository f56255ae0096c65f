// Reading fields out of an operation.
#include "taizhang/operation_fields.h"

namespace tz::program {

Result<std::string> text_field(const Json& operation, const char* name) {
  const Json* value = operation.find(name);
  if (value == nullptr || value->as_text() == nullptr)
    return refusal("field_required", {{"field", name}});
  return *value->as_text();
}

bool flag(const Json& operation, const char* name) {
  const Json* value = operation.find(name);
  return value != nullptr && value->as_bool() != nullptr && *value->as_bool();
}

Result<UnitId> unit_field(const Json& operation, const char* name, const ledger::State& state) {
  const std::string code = TZ_TRY(text_field(operation, name));
  const auto unit = state.tree->find(code);
  if (!unit) return refusal("unit_unknown", {{"unit", code}});
  return *unit;
}

}  // namespace tz::program
