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

Result<std::uint64_t> number_field(const Json& operation, const char* name) {
  const Json* number = operation.find(name);
  if (number == nullptr || number->as_int() == nullptr || *number->as_int() < 1)
    return refusal("field_required", {{"field", name}});
  return static_cast<std::uint64_t>(*number->as_int());
}

Result<PostId> post_field(const Json& operation, const char* name, const ledger::State& state) {
  const PostId post{TZ_TRY(number_field(operation, name))};
  if (state.post(post) == nullptr)
    return refusal("post_none", {{"post", std::to_string(post.value)}});
  return post;
}

Result<UnitId> unit_field(const Json& operation, const char* name, const ledger::State& state) {
  const std::string code = TZ_TRY(text_field(operation, name));
  const auto unit = state.tree->find(code);
  if (!unit) return refusal("unit_unknown", {{"unit", code}});
  return *unit;
}

Result<ledger::Role> role_field(const Json& operation) {
  const std::string name = TZ_TRY(text_field(operation, "role"));
  const auto role = ledger::role_named(name);
  if (!role) return refusal("role_unknown", {{"role", name}});
  return *role;
}

}  // namespace tz::program
