// One's own bearer tokens: listed, issued with scope and end, revoked.
#include "http/handlers.h"

namespace tz::http {
namespace {

constexpr std::int64_t kDaysUsual = 90;

struct Wish {
  access::TokenWish token;
  std::int64_t days = kDaysUsual;
};

Result<Wish> read_wish(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  const Json body = TZ_TRY(json_body(call.request));
  if (body.as_object() == nullptr) return refusal("field_type", {{"field", ""}});
  Wish wish;
  wish.token.scope = "read";
  for (const auto& [name, value] : *body.as_object()) {
    const bool text = name == "label" || name == "scope";
    if (!text && name != "days") return refusal("field_unknown", {{"field", name}});
    if (text ? value.as_text() == nullptr : value.as_int() == nullptr)
      return refusal("field_type", {{"field", name}});
    if (name == "label") wish.token.label = *value.as_text();
    if (name == "scope") wish.token.scope = *value.as_text();
    if (name == "days") wish.days = *value.as_int();
  }
  if (body.find("label") == nullptr) return refusal("field_required", {{"field", "label"}});
  const std::int64_t days_max = call.site.context.accounts.policy().token_days_max;
  if (wish.days < 1 || wish.days > days_max)
    return refusal("token_days_bad", {{"days_max", std::to_string(days_max)}});
  wish.token.expires = Instant{call.now.us + wish.days * kDayUs};
  return wish;
}

Json token_json(const Call& call, const access::Token& token) {
  Json out;
  out.set("id", token_id(token)).set("label", token.label).set("scope", token.scope);
  out.set("opened", call.instant_text(token.opened));
  out.set("expires", token.expires ? Json(call.instant_text(*token.expires)) : Json());
  return out;
}

}  // namespace

Result<Response> get_tokens(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  JsonArray list;
  for (const access::Token& token : call.site.context.accounts.tokens_of(call.account()))
    list.push_back(token_json(call, token));
  Json out;
  out.set("tokens", std::move(list));
  return json_response(out);
}

void post_token(const CallRef& call, const Reply& reply) {
  auto wish = read_wish(*call);
  if (!wish.ok()) return reply({wish.error(), {}});
  Context& context = call->site.context;
  auto issued = context.accounts.issue_token(call->account(), std::move(wish->token), call->now,
                                             context.random);
  if (!issued.ok()) return reply({issued.error(), {}});
  engine::Request request;
  request.changes.push_back(issued->change);
  context.engine.submit(std::move(request),
                        [call, reply, text = issued->text](const Result<engine::Receipt>& stored) {
                          if (!stored.ok()) return reply({stored.error(), {}});
                          const auto token = call->site.context.accounts.token(text, call->now);
                          Json body;
                          body.set("token", text);
                          if (token) {
                            call->note->about = "token=" + token_id(*token);
                            const Json shown = token_json(*call, *token);
                            for (const JsonMember& member : *shown.as_object())
                              body.set(member.first, member.second);
                          }
                          reply({json_response(body, 201), {}});
                        });
}

void delete_token(const CallRef& call, const Reply& reply) {
  Context& context = call->site.context;
  const auto account = context.accounts.find(call->account());
  const std::string name = account ? account->name : std::string();
  std::optional<access::Change> ended;
  for (const access::Token& token : context.accounts.tokens_of(call->account()))
    if (token_id(token) == call->params[0]) ended = context.accounts.end_token(token.key);
  if (!ended)
    return reply(
        {refusal("token_none", {{"name", name}, {"token", call->params[0].substr(0, 12)}}), {}});
  engine::Request request;
  request.changes.push_back(*std::move(ended));
  context.engine.submit(std::move(request), [call, reply](const Result<engine::Receipt>& stored) {
    if (!stored.ok()) return reply({stored.error(), {}});
    Response response;
    response.status = 204;
    response.content_type.clear();
    reply({std::move(response), {}});
  });
}

}  // namespace tz::http
