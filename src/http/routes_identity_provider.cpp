// Signing in through the province's identity provider: there, and back.
#include "http/address_limit.h"
#include "http/error_response.h"
#include "http/handlers.h"
#include "http/html.h"
#include "http/identity_provider.h"
#include "http/plain_page.h"
#include "http/session_answer.h"

namespace tz::http {
namespace {

constexpr std::string_view kCookie = "tz_identity";

// Lax, because the browser comes back from another site; good for the way back alone.
std::string way_cookie(const Call& call, const std::string& value) {
  std::string out = std::string(kCookie) + "=" + value + "; Path=" + std::string(kIdentityPath) +
                    "; HttpOnly; SameSite=Lax; Max-Age=" + (value.empty() ? "0" : "600");
  if (call.request.tls) out += "; Secure";
  return out;
}

std::string link(std::string_view to, std::string_view words) {
  return "<p><a href=\"" + std::string(to) + "\">" + html(words) + "</a></p>\n";
}

// Says in the visitor's language what is wrong and what to do; nothing that the provider said.
Response refusal_page(const Call& call, const Error& error) {
  const Messages& words = call.words();
  Response page = plain_page(call, call.language,
                             {"identity", "/sign-in",
                              "<p role=\"alert\">" + html(words.text(error)) + "</p>\n" +
                                  link("/sign-in", words.text("identity.again"))});
  page.status = status_of(error);
  page.code = error.code;
  page.headers.emplace_back("Set-Cookie", way_cookie(call, ""));
  return page;
}

void refuse(const CallRef& call, const Reply& reply, const Error& error) {
  const Context& context = call->site.context;
  if (error.error_class == ErrorClass::Failure && context.report)
    context.report({call->request_id, "GET", std::string(kIdentityPath), error});
  reply({refusal_page(*call, error), {}});
}

// The session's cookie is Strict, and this answer ends a way that another site began: the page
// leads on by itself, and from here on every request is of this site.
Response come_page(const Call& call, const access::SignIn& sign_in) {
  const Messages& words = call.words();
  const bool done = sign_in.session.step == access::Step::Done;
  const bool works = !call.state().posts_of(sign_in.session.account, call.today).empty();
  const std::string next = !done ? "/sign-in" : works ? "/work" : "/";
  Response page = plain_page(call, call.language,
                             {"identity", "/sign-in", link(next, words.text("identity.on"))});
  page.headers.emplace_back("Refresh", "0; url=" + next);
  page.headers.emplace_back("Set-Cookie", cookie_header(call, sign_in.cookie));
  page.headers.emplace_back("Set-Cookie", way_cookie(call, ""));
  return page;
}

void leave(const CallRef& call, const Reply& reply) {
  const auto leaving = call->site.context.identity->begin();
  if (!leaving.ok()) return refuse(call, reply, leaving.error());
  Response response;
  response.status = 303;
  response.content_type.clear();
  response.headers.emplace_back("Location", leaving->address);
  response.headers.emplace_back("Set-Cookie", way_cookie(*call, leaving->browser));
  reply({std::move(response), {}});
}

// What the provider sends a browser back with; of its errors only that there is one.
struct Back {
  std::string state;
  std::string code;
  bool refused = false;
  bool other_issuer = false;
};
Back read_back(const Call& call) {
  QueryReader query(call.target);
  Back out;
  out.state = query.text("state").value_or("");
  out.code = query.text("code").value_or("");
  out.refused = query.text("error").has_value() || out.code.empty();
  const auto issuer = query.text("iss");  // RFC 9207
  out.other_issuer = issuer && *issuer != call.site.context.identity->options().issuer;
  return out;
}

void come(const CallRef& call, const Reply& reply, const access::PendingSignIns::Pending& pending,
          const std::string& code) {
  Context& context = call->site.context;
  const auto subject = context.identity->subject(pending, code);
  if (!subject.ok()) return refuse(call, reply, subject.error());
  const IdentityProviderOptions& options = context.identity->options();
  const auto account = context.accounts.account_of(options.issuer, *subject);
  if (!account) return refuse(call, reply, refusal("identity_unbound"));
  call->note->account = *account;
  const std::string browser = browser_of(call->request);
  const access::Arrival arrival{call->from, browser, options.code_asked,
                                second_factor_due(*call, *account)};
  auto opened = context.accounts.sign_in_by_identity(*account, arrival, call->now, context.random);
  if (!opened.ok()) return refuse(call, reply, opened.error());
  call->note->about = to_text(opened->sign_in.session.step);
  std::vector<access::Change> changes = std::move(opened->ended);
  changes.push_back(std::move(opened->change));
  store_session(call, reply, {std::move(opened->sign_in), std::move(changes), come_page});
}

}  // namespace

void get_identity_provider(const CallRef& call, const Reply& reply) {
  if (!call->target.query.empty())
    return reply({refusal("query_unknown", {{"name", call->target.query.front().first}}), {}});
  if (!call->site.sign_ins.take(call->from, call->now))
    return refuse(call, reply, refusal("sign_ins_too_many"));
  if (!call->site.outgoing.run([call, reply] { leave(call, reply); }))
    refuse(call, reply, refusal("sign_in_busy"));
}

void get_provider_back(const CallRef& call, const Reply& reply) {
  IdentityProvider* provider = call->site.context.identity;
  const Back back = read_back(*call);
  const auto pending =
      provider->back(back.state, cookie_of(call->request, kCookie).value_or(std::string()));
  if (!pending.ok()) return refuse(call, reply, pending.error());
  call->note->tried = true;
  if (back.other_issuer) return refuse(call, reply, refusal("identity_answer_bad"));
  if (back.refused) return refuse(call, reply, refusal("identity_refused"));
  const bool taken = call->site.outgoing.run(
      [call, reply, pending = *pending, code = back.code] { come(call, reply, pending, code); });
  if (!taken) refuse(call, reply, refusal("sign_in_busy"));
}

}  // namespace tz::http
