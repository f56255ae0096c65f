// Each operation on accounts: find who is meant, submit, say what came of it.
#include "taizhang/account_operations.h"

#include <array>

#include "taizhang/operation_fields.h"

namespace tz::program {
namespace {

Result<ledger::Role> role_field(const Json& operation) {
  const std::string name = TZ_TRY(text_field(operation, "role"));
  const auto role = ledger::role_named(name);
  if (!role) return refusal("role_unknown", {{"role", name}});
  return *role;
}

Result<access::Account> account_field(const Json& operation, const OpenLedger& open) {
  const std::string name = TZ_TRY(text_field(operation, "name"));
  const auto account = open.accounts.find(name);
  if (!account) return refusal("account_unknown", {{"name", name}});
  return *account;
}

Outcome store(OpenLedger& open, std::vector<access::Change> changes) {
  TZ_TRY(open.engine->submit_and_wait({{}, {}, {}, std::move(changes)}));
  return Done{};
}

Result<Json> account_add(OpenLedger& open, const Json& operation) {
  const auto now = open.engine->published();
  const std::string name = TZ_TRY(text_field(operation, "name"));
  const UnitId unit = TZ_TRY(unit_field(operation, "unit", *now.state));
  const ledger::Role role = TZ_TRY(role_field(operation));
  const std::string password = TZ_TRY(text_field(operation, "password"));
  const std::string hash = TZ_TRY(access::hash_password(password, access::Policy{}));
  const AccountId id = open.accounts.next_id();
  const access::Change change = TZ_TRY(open.accounts.add(id, name, hash));
  TZ_TRY(open.engine->submit_and_wait({ledger::OpenAccount{id, {{unit, role}}}, {}, {}, {change}}));
  Json out;
  out.set("account", static_cast<std::int64_t>(id.value)).set("name", name);
  return out;
}

Result<Json> post_add(OpenLedger& open, const Json& operation) {
  const auto now = open.engine->published();
  const access::Account account = TZ_TRY(account_field(operation, open));
  const UnitId unit = TZ_TRY(unit_field(operation, "unit", *now.state));
  const ledger::Role role = TZ_TRY(role_field(operation));
  TZ_TRY(open.engine->submit_and_wait({ledger::GrantPost{account.id, unit, role}, {}, {}, {}}));
  Json out;
  out.set("post", static_cast<std::int64_t>(open.engine->published().state->posts.size()));
  return out;
}

Result<Json> token_add(OpenLedger& open, const Json& operation) {
  const access::Account account = TZ_TRY(account_field(operation, open));
  const std::string label = TZ_TRY(text_field(operation, "label"));
  SystemRandom random;
  const access::Accounts::Issued issued =
      TZ_TRY(open.accounts.issue_token(account.id, label, open.clock->now(), random));
  TZ_TRY(store(open, {issued.change}));
  Json out;
  out.set("token", issued.text);
  return out;
}

struct Named {
  std::string_view name;
  Result<Json> (*operation)(OpenLedger& open, const Json& operation);
};
constexpr std::array<Named, 3> kOperations = {
    {{"account_add", account_add}, {"post_add", post_add}, {"token_add", token_add}}};

}  // namespace

std::optional<Result<Json>> operate_on_accounts(OpenLedger& ledger, const Json& operation) {
  const Json* what = operation.find("do");
  if (what == nullptr || what->as_text() == nullptr) return std::nullopt;
  for (const Named& each : kOperations)
    if (each.name == *what->as_text()) return each.operation(ledger, operation);
  return std::nullopt;
}

}  // namespace tz::program
