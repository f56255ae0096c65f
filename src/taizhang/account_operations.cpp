// Each operation on accounts: find who is meant, submit, say what came of it.
#include "taizhang/account_operations.h"

#include <algorithm>
#include <array>

#include "engine/notices.h"
#include "taizhang/named_operation.h"
#include "taizhang/operation_fields.h"
#include "taizhang/support.h"

namespace tz::program {
namespace {

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

Json named(const access::Account& account) {
  Json out;
  out.set("name", account.name);
  return out;
}

Json post_json(const ledger::State& state, const ledger::Post& post) {
  Json out;
  out.set("post", static_cast<std::int64_t>(post.id.value));
  out.set("unit", state.tree->code(post.unit)).set("unit_name", state.tree->name(post.unit));
  out.set("role", ledger::to_text(post.role)).set("from", to_text(post.from));
  out.set("to", post.to ? Json(to_text(*post.to)) : Json());
  if (post.acting) out.set("for", static_cast<std::int64_t>(post.acting->place.value));
  return out;
}

// A password that is not its owner's choice has to be replaced by one that is.
access::PasswordBy password_by(const Json& operation) {
  return flag(operation, "given") ? access::PasswordBy::Another : access::PasswordBy::Owner;
}

Result<Json> account_add(OpenLedger& open, const Json& operation) {
  const auto now = open.engine->published();
  const std::string name = TZ_TRY(text_field(operation, "name"));
  const UnitId unit = TZ_TRY(unit_field(operation, "unit", *now.state));
  const ledger::Role role = TZ_TRY(role_field(operation));
  const std::string password = TZ_TRY(text_field(operation, "password"));
  const std::string hash = TZ_TRY(access::hash_password(password, open.accounts.policy()));
  const AccountId id = open.accounts.next_id();
  const access::Change change = TZ_TRY(open.accounts.add(id, name, hash, password_by(operation)));
  TZ_TRY(open.engine->submit_and_wait({ledger::OpenAccount{id, {{unit, role}}}, {}, {}, {change}}));
  Json out;
  out.set("account", static_cast<std::int64_t>(id.value)).set("name", name);
  return out;
}

Result<Json> account_bind(OpenLedger& open, const Json& operation) {
  const access::Account account = TZ_TRY(account_field(operation, open));
  const std::string subject = TZ_TRY(text_field(operation, "subject"));
  if (!open.settings.identity_provider) return refusal("identity_provider_none");
  const access::Identity identity{account.id, open.settings.identity_provider->issuer, subject,
                                  open.clock->now()};
  using Password = access::Accounts::Password;
  const Password password = flag(operation, "keep_password") ? Password::Kept : Password::Removed;
  auto changes = TZ_TRY(open.accounts.bind_identity(identity, password));
  TZ_TRY(store(open, std::move(changes)));
  return named(account);
}

Result<Json> account_unbind(OpenLedger& open, const Json& operation) {
  const access::Account account = TZ_TRY(account_field(operation, open));
  auto changes = TZ_TRY(open.accounts.unbind_identity(account.id));
  TZ_TRY(store(open, std::move(changes)));
  return named(account);
}

// A code, because the audit log, where it is kept, holds no text that anybody typed.
constexpr std::array<std::string_view, 4> kErasureReasons = {"asked", "left", "mistake", "order"};

// Posts end with it, first: whoever is erased could else be said to hold one for ever.
Result<Json> account_erase(OpenLedger& open, const Json& operation) {
  const access::Account account = TZ_TRY(account_field(operation, open));
  const std::string reason = TZ_TRY(text_field(operation, "reason"));
  if (std::find(kErasureReasons.begin(), kErasureReasons.end(), reason) == kErasureReasons.end())
    return refusal("erasure_reason_bad", {{"reasons", "asked, left, mistake, order"}});
  std::vector<access::Change> changes = TZ_TRY(open.accounts.erase(account.id));
  const auto state = open.engine->published().state;
  const Day today = day_of(open.clock->now(), state->zone);
  for (const ledger::Post& post : state->posts)
    if (post.account == account.id && (!post.to || *post.to > today))
      TZ_TRY(open.engine->submit_and_wait({ledger::EndPost{post.id}, {}, {}, {}}));
  for (access::Change& change : TZ_TRY(engine::traces_of(*open.engine, account.id)))
    changes.push_back(std::move(change));
  TZ_TRY(open.engine->submit_and_wait({{}, {}, {}, std::move(changes), {}, {}, true}));
  open.accounts.unlock(account.name);
  Json out;
  out.set("account", static_cast<std::int64_t>(account.id.value));
  return out;
}

Result<Json> account_list(OpenLedger& open, const Json&) {
  const auto now = open.engine->published();
  const Instant at = open.clock->now();
  JsonArray list;
  for (const access::Account& account : open.accounts.all()) {
    Json one = named(account);
    const auto minutes = open.accounts.locked_minutes(account.name, at);
    one.set("disabled", account.disabled).set("locked_minutes", minutes ? Json(*minutes) : Json());
    one.set("ends", account.ends ? Json(to_text(*account.ends, now.state->zone)) : Json());
    one.set("tokens", static_cast<std::int64_t>(open.accounts.tokens_of(account.id).size()));
    JsonArray posts;
    for (const ledger::Post& post : now.state->posts_of(account.id, day_of(at, now.state->zone)))
      posts.push_back(post_json(*now.state, post));
    one.set("posts", std::move(posts));
    list.push_back(std::move(one));
  }
  Json out;
  out.set("accounts", std::move(list));
  return out;
}

Result<Json> account_password(OpenLedger& open, const Json& operation) {
  const access::Account account = TZ_TRY(account_field(operation, open));
  const std::string password = TZ_TRY(text_field(operation, "password"));
  const std::string hash = TZ_TRY(access::hash_password(password, open.accounts.policy()));
  std::vector<access::Change> changes = open.accounts.end_sessions_of(account.id);
  const auto sessions = static_cast<std::int64_t>(changes.size());
  changes.push_back(TZ_TRY(open.accounts.set_password(account.id, hash, password_by(operation))));
  TZ_TRY(store(open, std::move(changes)));
  open.accounts.unlock(account.name);
  Json out = named(account);
  out.set("sessions", sessions);
  return out;
}

Result<Json> account_disable(OpenLedger& open, const Json& operation) {
  const access::Account account = TZ_TRY(account_field(operation, open));
  std::vector<access::Change> changes = open.accounts.end_sessions_of(account.id);
  const auto sessions = static_cast<std::int64_t>(changes.size());
  changes.push_back(TZ_TRY(open.accounts.set_disabled(account.id, true)));
  TZ_TRY(store(open, std::move(changes)));
  Json out = named(account);
  out.set("sessions", sessions);
  return out;
}

Result<Json> account_enable(OpenLedger& open, const Json& operation) {
  const access::Account account = TZ_TRY(account_field(operation, open));
  if (account.over(open.clock->now())) return refusal("support_over", {{"name", account.name}});
  const access::Change enabled = TZ_TRY(open.accounts.set_disabled(account.id, false));
  TZ_TRY(store(open, {enabled}));
  return named(account);
}

Result<Json> account_code_off(OpenLedger& open, const Json& operation) {
  const access::Account account = TZ_TRY(account_field(operation, open));
  std::vector<access::Change> changes = open.accounts.end_sessions_of(account.id);
  const auto sessions = static_cast<std::int64_t>(changes.size());
  changes.push_back(TZ_TRY(open.accounts.end_second_factor(account.id)));
  TZ_TRY(store(open, std::move(changes)));
  open.accounts.unlock(account.name);
  Json out = named(account);
  out.set("sessions", sessions);
  return out;
}

Result<Json> account_unlock(OpenLedger& open, const Json& operation) {
  const access::Account account = TZ_TRY(account_field(operation, open));
  open.accounts.unlock(account.name);
  return named(account);
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

Result<Json> post_end(OpenLedger& open, const Json& operation) {
  const PostId post = TZ_TRY(post_field(operation, "post", *open.engine->published().state));
  TZ_TRY(open.engine->submit_and_wait({ledger::EndPost{post}, {}, {}, {}}));
  Json out;
  out.set("post", static_cast<std::int64_t>(post.value));
  return out;
}

Result<Json> post_list(OpenLedger& open, const Json& operation) {
  const access::Account account = TZ_TRY(account_field(operation, open));
  const auto state = open.engine->published().state;
  JsonArray list;
  for (const ledger::Post& post : state->posts)
    if (post.account == account.id) list.push_back(post_json(*state, post));
  Json out;
  out.set("posts", std::move(list));
  return out;
}

Result<Json> token_add(OpenLedger& open, const Json& operation) {
  const access::Account account = TZ_TRY(account_field(operation, open));
  const std::string label = TZ_TRY(text_field(operation, "label"));
  access::TokenWish wish{label};
  if (const Json* scope = operation.find("scope"); scope != nullptr && scope->as_text() != nullptr)
    wish.scope = *scope->as_text();
  const Instant now = open.clock->now();
  if (const Json* days = operation.find("days"); days != nullptr && days->as_int() != nullptr) {
    const std::int64_t days_max = open.accounts.policy().token_days_max;
    if (*days->as_int() < 1 || *days->as_int() > days_max)
      return refusal("token_days_bad", {{"days_max", std::to_string(days_max)}});
    wish.expires = Instant{now.us + *days->as_int() * kDayUs};
  }
  SystemRandom random;
  const access::Accounts::Issued issued =
      TZ_TRY(open.accounts.issue_token(account.id, std::move(wish), now, random));
  TZ_TRY(store(open, {issued.change}));
  Json out;
  out.set("token", issued.text);
  return out;
}

Result<Json> token_list(OpenLedger& open, const Json& operation) {
  const access::Account account = TZ_TRY(account_field(operation, open));
  const Zone zone = open.engine->published().state->zone;
  JsonArray list;
  for (const access::Token& token : open.accounts.tokens_of(account.id)) {
    Json one;
    one.set("token", token_id(token)).set("label", token.label);
    one.set("opened", to_text(token.opened, zone)).set("scope", token.scope);
    one.set("expires", token.expires ? Json(to_text(*token.expires, zone)) : Json());
    list.push_back(std::move(one));
  }
  Json out;
  out.set("tokens", std::move(list));
  return out;
}

Result<Json> token_revoke(OpenLedger& open, const Json& operation) {
  const access::Account account = TZ_TRY(account_field(operation, open));
  const std::string wanted = TZ_TRY(text_field(operation, "token"));
  for (const access::Token& token : open.accounts.tokens_of(account.id)) {
    if (token_id(token) != wanted) continue;
    const auto change = open.accounts.end_token(token.key);
    if (change) TZ_TRY(store(open, {*change}));
    Json out;
    out.set("token", wanted);
    return out;
  }
  return refusal("token_none", {{"name", account.name}, {"token", wanted}});
}

constexpr std::array<NamedOperation, 17> kOperations = {{{"account_add", account_add},
                                                         {"account_bind", account_bind},
                                                         {"account_code_off", account_code_off},
                                                         {"account_disable", account_disable},
                                                         {"account_enable", account_enable},
                                                         {"account_erase", account_erase},
                                                         {"account_list", account_list},
                                                         {"account_password", account_password},
                                                         {"account_support", open_support},
                                                         {"account_unbind", account_unbind},
                                                         {"account_unlock", account_unlock},
                                                         {"post_add", post_add},
                                                         {"post_end", post_end},
                                                         {"post_list", post_list},
                                                         {"token_add", token_add},
                                                         {"token_list", token_list},
                                                         {"token_revoke", token_revoke}}};

}  // namespace

std::optional<Result<Json>> operate_on_accounts(OpenLedger& ledger, const Json& operation) {
  return operate_by_name(kOperations, ledger, operation);
}

}  // namespace tz::program
