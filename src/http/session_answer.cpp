// As JSON.
#include "http/session_answer.h"

#include <algorithm>

#include "access/account_codec.h"
#include "http/render.h"

namespace tz::http {
namespace {

constexpr std::size_t kEndedAtOnce = 16;

Json posts_json(const Call& call, AccountId account) {
  const engine::Published published = call.site.context.engine.published();
  const ledger::State& state = *published.state;
  JsonArray out;
  for (const ledger::Post& post : state.posts_of(account, call.today)) {
    Json each;
    each.set("post", post.id.value);
    set_post(state, post, each);
    if (post.acting) each.set("until", day_json(post.to));
    out.push_back(std::move(each));
  }
  return out;
}

}  // namespace

bool second_factor_due(const Call& call, AccountId account) {
  const auto& roles = call.site.context.second_factor_roles;
  for (const ledger::Post& post : call.state().posts_of(account, call.today))
    if (std::find(roles.begin(), roles.end(), post.role) != roles.end()) return true;
  return false;
}

Json session_json(const Call& call, const access::Session& session) {
  const auto known = call.site.context.accounts.find(session.account);
  const bool done = session.step == access::Step::Done;
  Json out;
  out.set("account", known ? Json(known->name) : Json()).set("csrf", session.csrf);
  out.set("step", to_text(session.step));
  out.set("posts", done ? posts_json(call, session.account) : Json(JsonArray{}));
  return out;
}

std::string cookie_header(const Call& call, const std::string& value) {
  std::string out =
      std::string(kSessionCookie) + "=" + value + "; Path=/; HttpOnly; SameSite=Strict";
  if (call.request.tls) out += "; Secure";
  if (value.empty()) out += "; Max-Age=0";
  return out;
}

void store_session(const CallRef& call, const Reply& reply, OpenedSession opened) {
  Context& context = call->site.context;
  engine::Request request;
  request.changes = context.accounts.ended_sessions(call->now, kEndedAtOnce);
  for (access::Change& change : opened.changes) request.changes.push_back(std::move(change));
  request.changes.push_back(access::encode(context.audit.durable()));
  context.engine.submit(std::move(request),
                        [call, reply, sign_in = std::move(opened.sign_in),
                         answer = std::move(opened.answer)](const Result<engine::Receipt>& stored) {
                          if (!stored.ok()) return reply({stored.error(), {}});
                          reply({answer(*call, sign_in), {}});
                        });
}

std::string browser_of(const Request& request) {
  const std::string* agent = request.header("user-agent");
  return agent == nullptr ? std::string() : *agent;
}

Response session_response(const Call& call, const access::SignIn& sign_in) {
  Response response = json_response(session_json(call, sign_in.session));
  response.headers.emplace_back("Set-Cookie", cookie_header(call, sign_in.cookie));
  return response;
}

Json account_json(const Call& call) {
  const access::Accounts& accounts = call.site.context.accounts;
  const auto known = accounts.find(call.account());
  const auto factor = accounts.second_factor(call.account());
  const bool on = factor && factor->on;
  const access::Policy& policy = accounts.policy();
  const auto bound = accounts.identity_of(call.account());
  Json identity;
  if (bound) {
    identity.set("issuer", bound->issuer).set("subject", bound->subject);
    identity.set("since", call.instant_text(bound->since));
  }
  Json password;
  password.set("held", known && !known->password_hash.empty());
  password.set("chars_min", static_cast<std::uint64_t>(policy.password_chars_min));
  password.set("kinds_min", static_cast<std::uint64_t>(policy.password_kinds_min));
  Json out;
  out.set("name", known ? Json(known->name) : Json());
  out.set("second_factor", on ? Json(call.instant_text(factor->since)) : Json());
  out.set("second_factor_due", second_factor_due(call, call.account()));
  out.set("recovery_codes", static_cast<std::uint64_t>(on ? factor->recovery.size() : 0));
  out.set("identity", std::move(identity));
  out.set("password", std::move(password));
  return out;
}

}  // namespace tz::http
