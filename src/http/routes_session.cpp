// Signing in and out, who one is, and one's sessions. Passwords are checked on threads of their
// own.
#include "http/handlers.h"
#include "http/render.h"
#include "http/session_answer.h"

namespace tz::http {
namespace {

struct Given {
  std::string first;
  std::string second;
};

// The texts of a flat body, both needed; with one name the second stays empty.
Result<Given> read_given(const Call& call, std::string_view first, std::string_view second = {}) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  const Json body = TZ_TRY(json_body(call.request));
  if (body.as_object() == nullptr) return refusal("field_type", {{"field", ""}});
  Given out;
  for (const JsonMember& member : *body.as_object()) {
    const bool known = member.first == first || (!second.empty() && member.first == second);
    if (!known) return refusal("field_unknown", {{"field", member.first}});
    if (member.second.as_text() == nullptr) return refusal("field_type", {{"field", member.first}});
    (member.first == first ? out.first : out.second) = *member.second.as_text();
  }
  for (const std::string_view field : {first, second})
    if (!field.empty() && body.find(field) == nullptr)
      return refusal("field_required", {{"field", std::string(field)}});
  return out;
}

void store_and_say(const CallRef& call, const Reply& reply, std::vector<access::Change> changes) {
  engine::Request request;
  const auto count = static_cast<std::uint64_t>(changes.size());
  request.changes = std::move(changes);
  call->site.context.engine.submit(std::move(request),
                                   [call, reply, count](const Result<engine::Receipt>& stored) {
                                     if (!stored.ok()) return reply({stored.error(), {}});
                                     Json body;
                                     body.set("ended", count);
                                     reply({json_response(body), {}});
                                   });
}

}  // namespace

void post_session(const CallRef& call, const Reply& reply) {
  auto credentials = read_given(*call, "name", "password");
  if (!credentials.ok()) return reply({credentials.error(), {}});
  const bool taken = call->site.passwords.run([call, reply, given = *std::move(credentials)] {
    Context& context = call->site.context;
    const std::string browser = browser_of(call->request);
    access::Credentials shown{given.first, given.second, call->from, browser};
    // A name that is nobody's is not written down: it may be a password in the wrong field.
    if (const auto named = context.accounts.find(given.first)) {
      call->note->account = named->id;
      shown.second_factor_due = second_factor_due(*call, named->id);
    }
    auto opened = context.accounts.sign_in(shown, call->now, context.random);
    if (!opened.ok()) return reply({opened.error(), {}});
    call->note->about = to_text(opened->sign_in.session.step);
    std::vector<access::Change> changes = std::move(opened->ended);
    changes.push_back(std::move(opened->change));
    store_session(call, reply, {std::move(opened->sign_in), std::move(changes), session_response});
  });
  if (!taken) reply({refusal("sign_in_busy"), {}});
}

void post_session_code(const CallRef& call, const Reply& reply) {
  const auto given = read_given(*call, "code");
  if (!given.ok()) return reply({given.error(), {}});
  if (!call->caller->session) return reply({refusal("session_none"), {}});
  Context& context = call->site.context;
  auto passed =
      context.accounts.give_code(*call->caller->session, given->first, call->now, context.random);
  if (!passed.ok()) return reply({passed.error(), {}});
  store_session(call, reply,
                {std::move(passed->sign_in), std::move(passed->changes), session_response});
}

Result<Response> get_session(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  if (call.caller->session) return json_response(session_json(call, *call.caller->session));
  access::Session scripted;
  scripted.account = call.account();
  Json out = session_json(call, scripted);
  Json shown;
  // A token has no secret to send along.
  for (const JsonMember& member : *out.as_object())
    shown.set(member.first, member.first == "csrf" ? Json() : member.second);
  return json_response(shown);
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

Result<Response> get_sessions(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  JsonArray list;
  for (const access::Session& session :
       call.site.context.accounts.sessions_of(call.account(), call.now)) {
    Json one;
    one.set("session", session_id(session)).set("here", session.key == call.caller->session->key);
    one.set("opened", call.instant_text(session.opened));
    one.set("used", call.instant_text(session.used));
    one.set("from", session.address).set("browser", session.browser);
    list.push_back(std::move(one));
  }
  Json out;
  out.set("sessions", std::move(list));
  return json_response(out);
}

void delete_sessions(const CallRef& call, const Reply& reply) {
  store_and_say(
      call, reply,
      call->site.context.accounts.end_sessions_but(call->account(), call->caller->session->key));
}

void delete_session_of(const CallRef& call, const Reply& reply) {
  auto ended = call->site.context.accounts.end_session_of(call->account(), call->params[0]);
  if (!ended.ok()) return reply({ended.error(), {}});
  store_and_say(call, reply, {*std::move(ended)});
}

}  // namespace tz::http
