// Signing in and out, and who one is. Passwords are checked on threads of their own.
#include "access/account_codec.h"
#include "http/handlers.h"
#include "http/render.h"

namespace tz::http {
namespace {

constexpr std::size_t kEndedAtOnce = 16;

Json posts_json(const Call& call, const engine::Published& published, AccountId account) {
  const ledger::State& state = *published.state;
  JsonArray out;
  for (const ledger::Post& post : state.posts_of(account, call.today)) {
    Json each;
    each.set("post", post.id.value).set("unit", unit_json(*state.tree, post.unit));
    each.set("role", ledger::to_text(post.role));
    out.push_back(std::move(each));
  }
  return out;
}

Json session_json(const Call& call, AccountId account, const std::optional<std::string>& csrf) {
  const auto known = call.site.context.accounts.find(account);
  Json out;
  out.set("account", known ? Json(known->name) : Json());
  out.set("csrf", csrf ? Json(*csrf) : Json());
  out.set("posts", posts_json(call, call.site.context.engine.published(), account));
  return out;
}

std::string cookie_header(const Call& call, const std::string& value) {
  std::string out =
      std::string(kSessionCookie) + "=" + value + "; Path=/; HttpOnly; SameSite=Strict";
  if (call.request.tls || call.site.context.secure_cookies) out += "; Secure";
  if (value.empty()) out += "; Max-Age=0";
  return out;
}

struct Credentials {
  std::string name;
  std::string password;
};

Result<Credentials> read_credentials(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  const Json body = TZ_TRY(json_body(call.request));
  if (body.as_object() == nullptr) return refusal("field_type", {{"field", ""}});
  Credentials out;
  for (const JsonMember& member : *body.as_object()) {
    const bool known = member.first == "name" || member.first == "password";
    if (!known) return refusal("field_unknown", {{"field", member.first}});
    if (member.second.as_text() == nullptr) return refusal("field_type", {{"field", member.first}});
    (member.first == "name" ? out.name : out.password) = *member.second.as_text();
  }
  for (const char* field : {"name", "password"})
    if (body.find(field) == nullptr) return refusal("field_required", {{"field", field}});
  return out;
}

// The session is answered once it is stored; rows of sessions long ended go with it.
void store_session(const CallRef& call, const Reply& reply, access::Accounts::Opened opened) {
  engine::Request request;
  request.changes = call->site.context.accounts.ended_sessions(call->now, kEndedAtOnce);
  request.changes.push_back(std::move(opened.change));
  request.changes.push_back(access::encode(call->site.context.audit.durable()));
  const access::SignIn sign_in = std::move(opened.sign_in);
  call->site.context.engine.submit(
      std::move(request), [call, reply, sign_in](const Result<engine::Receipt>& stored) {
        if (!stored.ok()) return reply({stored.error(), {}});
        Response response =
            json_response(session_json(*call, sign_in.session.account, sign_in.session.csrf));
        response.headers.emplace_back("Set-Cookie", cookie_header(*call, sign_in.cookie));
        reply({std::move(response), {}});
      });
}

}  // namespace

void post_session(const CallRef& call, const Reply& reply) {
  auto credentials = read_credentials(*call);
  if (!credentials.ok()) return reply({credentials.error(), {}});
  const bool taken = call->site.passwords.run([call, reply, given = *std::move(credentials)] {
    Context& context = call->site.context;
    // A name that is nobody's is not written down: it may be a password in the wrong field.
    if (const auto named = context.accounts.find(given.name)) call->note->account = named->id;
    auto opened = context.accounts.sign_in(given.name, given.password, call->now, context.random);
    if (!opened.ok()) return reply({opened.error(), {}});
    store_session(call, reply, *std::move(opened));
  });
  if (!taken) reply({refusal("sign_in_busy"), {}});
}

Result<Response> get_session(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  std::optional<std::string> csrf;
  if (call.caller->session) csrf = call.caller->session->csrf;
  return json_response(session_json(call, call.account(), csrf));
}

void delete_session(const CallRef& call, const Reply& reply) {
  if (!call->caller->session) return reply({refusal("session_none"), {}});
  engine::Request request;
  auto ended = call->site.context.accounts.end_session(call->caller->cookie);
  if (ended) request.changes.push_back(*std::move(ended));
  call->site.context.engine.submit(
      std::move(request), [call, reply](const Result<engine::Receipt>& stored) {
        if (!stored.ok()) return reply({stored.error(), {}});
        Response response;
        response.status = 204;
        response.content_type.clear();
        response.headers.emplace_back("Set-Cookie", cookie_header(*call, ""));
        reply({std::move(response), {}});
      });
}

}  // namespace tz::http
