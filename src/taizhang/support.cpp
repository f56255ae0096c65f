// An account with an end that is checked each time it is used; tidying up is for those who look.
#include "taizhang/support.h"

#include "taizhang/operation_fields.h"

namespace tz::program {
namespace {

constexpr std::int64_t kHourUs = std::int64_t{3600} * 1'000'000;

Outcome end_one(OpenLedger& ledger, const access::Account& account) {
  std::vector<access::Change> changes = ledger.accounts.end_sessions_of(account.id);
  for (const access::Token& token : ledger.accounts.tokens_of(account.id))
    if (auto ended = ledger.accounts.end_token(token.key)) changes.push_back(*std::move(ended));
  changes.push_back(TZ_TRY(ledger.accounts.set_disabled(account.id, true)));
  const auto state = ledger.engine->published().state;
  const Day today = day_of(ledger.clock->now(), state->zone);
  for (const ledger::Post& post : state->posts)
    if (post.account == account.id && (!post.to || *post.to > today))
      TZ_TRY(ledger.engine->submit_and_wait({ledger::EndPost{post.id}, {}, {}, {}}));
  TZ_TRY(ledger.engine->submit_and_wait({{}, {}, {}, std::move(changes)}));
  const std::string about = "account=" + std::to_string(account.id.value);
  return record_act(ledger, {{}, "program", "program", "support_ended", about, "ok", {}});
}

}  // namespace

Result<Json> open_support(OpenLedger& ledger, const Json& operation) {
  const auto state = ledger.engine->published().state;
  const std::string name = TZ_TRY(text_field(operation, "name"));
  const UnitId unit = TZ_TRY(unit_field(operation, "unit", *state));
  const ledger::Role role = TZ_TRY(role_field(operation));
  const std::string password = TZ_TRY(text_field(operation, "password"));
  const std::uint64_t hours = TZ_TRY(number_field(operation, "hours"));
  const std::int64_t hours_max = ledger.accounts.policy().support_hours_max;
  if (hours_max == 0) return refusal("support_off");
  if (hours > static_cast<std::uint64_t>(hours_max))
    return refusal("support_hours_bad", {{"hours_max", std::to_string(hours_max)}});
  if (role == ledger::Role::SecurityAdmin || role == ledger::Role::AuditAdmin)
    return refusal("support_role_bad");
  const std::string hash = TZ_TRY(access::hash_password(password, ledger.accounts.policy()));
  const AccountId id = ledger.accounts.next_id();
  const Instant ends{ledger.clock->now().us + static_cast<std::int64_t>(hours) * kHourUs};
  const access::Change change = TZ_TRY(ledger.accounts.add_support(id, name, hash, ends));
  TZ_TRY(
      ledger.engine->submit_and_wait({ledger::OpenAccount{id, {{unit, role}}}, {}, {}, {change}}));
  Json out;
  out.set("account", id.value).set("name", name).set("ends", to_text(ends, state->zone));
  return out;
}

Result<std::size_t> end_support(OpenLedger& ledger) {
  const Instant now = ledger.clock->now();
  std::size_t count = 0;
  for (const access::Account& account : ledger.accounts.all()) {
    if (!account.over(now) || account.disabled || account.erased) continue;
    TZ_TRY(end_one(ledger, account));
    ++count;
  }
  return count;
}

}  // namespace tz::program
