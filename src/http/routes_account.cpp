// One's own account: its password, its second factor; and what the security administrator mends.
#include "http/handlers.h"
#include "http/session_answer.h"
#include "ledger/permission.h"

namespace tz::http {
namespace {

// The texts of a flat body; all of them are needed.
Result<std::vector<std::string>> read_texts(const Call& call,
                                            const std::vector<std::string_view>& fields) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  const Json body = TZ_TRY(json_body(call.request));
  if (body.as_object() == nullptr) return refusal("field_type", {{"field", ""}});
  for (const JsonMember& member : *body.as_object())
    if (std::find(fields.begin(), fields.end(), member.first) == fields.end())
      return refusal("field_unknown", {{"field", member.first}});
  std::vector<std::string> out;
  for (const std::string_view field : fields) {
    const Json* value = body.find(field);
    if (value == nullptr) return refusal("field_required", {{"field", std::string(field)}});
    if (value->as_text() == nullptr) return refusal("field_type", {{"field", std::string(field)}});
    out.push_back(*value->as_text());
  }
  return out;
}

// Runs the slow work of passwords on its own threads, and stores what comes of it.
struct Made {
  std::vector<access::Change> changes;
  std::function<Response()> answer;  // once they are stored
};
void with_passwords(const CallRef& call, const Reply& reply, std::function<Result<Made>()> work) {
  const bool taken = call->site.passwords.run([call, reply, work = std::move(work)] {
    auto made = work();
    if (!made.ok()) return reply({made.error(), {}});
    engine::Request request;
    request.changes = std::move(made->changes);
    call->site.context.engine.submit(
        std::move(request),
        [call, reply, answer = std::move(made->answer)](const Result<engine::Receipt>& stored) {
          if (!stored.ok()) return reply({stored.error(), {}});
          reply({answer(), {}});
        });
  });
  if (!taken) reply({refusal("sign_in_busy"), {}});
}

std::function<Response()> renewed(const CallRef& call, const access::SignIn& sign_in) {
  return [call, sign_in] { return session_response(*call, sign_in); };
}

Result<Made> password_made(const CallRef& call, const std::string& old_one,
                           const std::string& new_one) {
  access::Accounts& accounts = call->site.context.accounts;
  const access::Session& session = *call->caller->session;
  const auto account = accounts.find(call->account());
  if (!account) return refusal("sign_in_needed");
  TZ_TRY(accounts.check_password_of(account->id, old_one, call->from, call->now));
  if (old_one == new_one) return refusal("password_same");
  TZ_TRY(access::check_new_password(new_one, account->name, accounts.policy()));
  const std::string hash = TZ_TRY(access::hash_password(new_one, accounts.policy()));
  Made made;
  made.changes = accounts.end_sessions_of(account->id);
  made.changes.push_back(TZ_TRY(accounts.set_password(account->id, hash)));
  auto next = accounts.renew_session(session, hash, access::Step::Done, call->now,
                                     call->site.context.random);
  made.changes.push_back(std::move(next.changes.front()));
  made.answer = renewed(call, next.sign_in);
  return made;
}

// Whoever signs in through the identity provider may have no password to be asked for again.
Outcome check_password(const Call& call, const access::Account& account,
                       const std::string& password) {
  access::Accounts& accounts = call.site.context.accounts;
  if (account.password_hash.empty() && accounts.identity_of(account.id)) return Done{};
  return accounts.check_password_of(account.id, password, call.from, call.now);
}

Result<Made> factor_begun(const CallRef& call, const std::string& password) {
  Context& context = call->site.context;
  const auto account = context.accounts.find(call->account());
  if (!account) return refusal("sign_in_needed");
  TZ_TRY(check_password(*call, *account, password));
  auto begun = TZ_TRY(context.accounts.begin_second_factor(account->id, call->now, context.random));
  Made made;
  made.changes.push_back(std::move(begun.change));
  Json body;
  body.set("secret", access::to_base32(begun.secret));
  body.set("address", access::totp_address(begun.secret, context.log_key.name, account->name));
  made.answer = [body] { return json_response(body, 201); };
  return made;
}

Result<Made> factor_confirmed(const CallRef& call, const std::string& code) {
  Context& context = call->site.context;
  const access::Session& session = *call->caller->session;
  const auto account = context.accounts.find(call->account());
  if (!account) return refusal("sign_in_needed");
  auto confirmed =
      TZ_TRY(context.accounts.confirm_second_factor(account->id, code, call->now, context.random));
  Made made;
  made.changes.push_back(std::move(confirmed.change));
  auto next = context.accounts.renew_session(session, account->password_hash,
                                             context.accounts.step_after_code(account->id),
                                             call->now, context.random);
  // The others were opened without it.
  for (access::Change& change : context.accounts.end_sessions_of(account->id))
    made.changes.push_back(std::move(change));
  made.changes.push_back(std::move(next.changes.front()));
  JsonArray codes;
  for (const std::string& each : confirmed.recovery_codes) codes.emplace_back(each);
  made.answer = [call, sign_in = next.sign_in, codes] {
    Json body;
    body.set("recovery_codes", codes).set("session", session_json(*call, sign_in.session));
    Response response = json_response(body);
    response.headers.emplace_back("Set-Cookie", cookie_header(*call, sign_in.cookie));
    return response;
  };
  return made;
}

Result<Made> factor_ended(const CallRef& call, const std::string& password,
                          const std::string& code) {
  access::Accounts& accounts = call->site.context.accounts;
  if (second_factor_due(*call, call->account())) return refusal("second_factor_due");
  const auto account = accounts.find(call->account());
  if (!account) return refusal("sign_in_needed");
  TZ_TRY(check_password(*call, *account, password));
  TZ_TRY(accounts.take_code(call->account(), code, call->now));
  Made made;
  made.changes.push_back(TZ_TRY(accounts.end_second_factor(call->account())));
  made.answer = [call] { return json_response(account_json(*call)); };
  return made;
}

// The account of the path, for a security administrator over one of its units.
Result<access::Account> account_to_mend(const Call& call) {
  const auto account = call.site.context.accounts.find(call.params[0]);
  const ledger::State& state = call.state();
  TZ_TRY(ledger::holds_some_post(state, call.account(), ledger::Right::AccountMend, call.today));
  const auto some = [&](auto is) {
    return account && std::any_of(state.posts.begin(), state.posts.end(), [&](const auto& post) {
             return post.account == account->id && !post.acting && is(post);
           });
  };
  // Whoever was over him once is not any more; of who holds nothing, his last posts tell.
  const bool holds = some([&](const ledger::Post& post) { return post.held_on(call.today); });
  const bool over = some([&](const ledger::Post& post) {
    return (!holds || post.held_on(call.today)) &&
           ledger::may_over(state, call.account(), ledger::Right::AccountMend, post.unit,
                            call.today);
  });
  // An account elsewhere is answered like one that is not there.
  if (!over) return refusal("account_none", {{"name", std::string(call.params[0])}});
  return *account;
}

}  // namespace

Result<Response> get_account(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  return json_response(account_json(call));
}

void post_account_password(const CallRef& call, const Reply& reply) {
  auto given = read_texts(*call, {"old", "new"});
  if (!given.ok()) return reply({given.error(), {}});
  with_passwords(call, reply, [call, given = *std::move(given)] {
    return password_made(call, given[0], given[1]);
  });
}

void post_second_factor(const CallRef& call, const Reply& reply) {
  auto given = read_texts(*call, {"password"});
  if (!given.ok()) return reply({given.error(), {}});
  with_passwords(call, reply,
                 [call, given = *std::move(given)] { return factor_begun(call, given[0]); });
}

void confirm_second_factor(const CallRef& call, const Reply& reply) {
  auto given = read_texts(*call, {"code"});
  if (!given.ok()) return reply({given.error(), {}});
  with_passwords(call, reply,
                 [call, given = *std::move(given)] { return factor_confirmed(call, given[0]); });
}

void disable_second_factor(const CallRef& call, const Reply& reply) {
  auto given = read_texts(*call, {"password", "code"});
  if (!given.ok()) return reply({given.error(), {}});
  with_passwords(call, reply, [call, given = *std::move(given)] {
    return factor_ended(call, given[0], given[1]);
  });
}

void post_account_unlock(const CallRef& call, const Reply& reply) {
  auto given = read_texts(*call, {});
  if (!given.ok()) return reply({given.error(), {}});
  const auto account = account_to_mend(*call);
  if (!account.ok()) return reply({account.error(), {}});
  call->note->about = "account=" + std::to_string(account->id.value);
  call->site.context.accounts.unlock(account->name);
  Json body;
  body.set("name", account->name);
  reply({json_response(body), {}});
}

}  // namespace tz::http
