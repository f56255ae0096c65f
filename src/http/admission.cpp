// By the route's pattern; what is not named here needs a whole session or a token of the right
// scope.
#include "http/admission.h"

#include <algorithm>

#include "http/identity_provider.h"

namespace tz::http {
namespace {

using access::Step;

struct Unfinished {
  std::string_view pattern;
  std::string_view method;
  Step step;
};

// Sorted. Each step comes to what finishes it, and everybody may look at himself and leave.
constexpr Unfinished kUnfinished[] = {
    {"/api/v1/account/password", "POST", Step::Password},
    {"/api/v1/account/second-factor", "POST", Step::Enrol},
    {"/api/v1/account/second-factor/confirm", "POST", Step::Enrol},
    {"/api/v1/session/code", "POST", Step::Code},
};

bool open_to_every_step(const Route& route) {
  return route.pattern == "/api/v1/session" ||
         (route.pattern == "/api/v1/account" && route.method == "GET");
}

// What belongs to a person: no script changes a password or makes itself another token.
bool needs_session(const Route& route) {
  return route.pattern.starts_with("/api/v1/account") ||
         route.pattern.starts_with("/api/v1/sessions") ||
         route.pattern.starts_with("/api/v1/tokens");
}

// The name by which a scope names what the route does; the transitions of a flow go by their own.
std::string_view act_of(const Route& route, const std::vector<std::string>& params) {
  constexpr std::string_view kItem = "/api/v1/items/{no}/";
  if (route.pattern == "/api/v1/items" || route.pattern == "/api/v1/items/on-behalf") return "open";
  if (route.pattern == "/api/v1/evidence") return "evidence";
  if (route.pattern.starts_with("/api/v1/imports")) return "import";
  if (route.pattern == "/api/v1/items/{no}/{transition}") return params.at(1);
  if (route.pattern.starts_with(kItem)) return route.pattern.substr(kItem.size());
  return {};
}

bool scope_has(std::string_view scope, std::string_view act) {
  while (!scope.empty()) {
    const std::size_t end = scope.find(',');
    if (scope.substr(0, end) == act) return true;
    scope.remove_prefix(end == std::string_view::npos ? scope.size() : end + 1);
  }
  return false;
}

}  // namespace

bool stands(const Route& route, const Context& context) {
  if (route.pattern.starts_with(kIdentityPath)) return context.identity != nullptr;
  if (route.pattern == "/setup") return context.first_account != nullptr && context.accounts.none();
  return true;
}

bool counts_as_nobody(const Caller& caller) {
  if (!caller.session && caller.scope == kCalendarScope) return true;
  return caller.session && caller.session->step != Step::Done;
}

Outcome check_admission(const Caller& caller, const Route& route,
                        const std::vector<std::string>& params) {
  if (caller.session) {
    const Step step = caller.session->step;
    if (step == Step::Done || open_to_every_step(route)) return Done{};
    for (const Unfinished& each : kUnfinished)
      if (each.pattern == route.pattern && each.method == route.method && each.step == step)
        return Done{};
    return refusal("sign_in_unfinished", {{"step", std::string(to_text(step))}});
  }
  if (needs_session(route)) return refusal("session_needed");
  if (caller.scope == kCalendarScope) return refusal("token_scope", {{"scope", caller.scope}});
  if (caller.scope == "all" || route.method == "GET") return Done{};
  const std::string_view act = act_of(route, params);
  if (!act.empty() && caller.scope != "read" && scope_has(caller.scope, act)) return Done{};
  return refusal("token_scope", {{"scope", caller.scope}});
}

}  // namespace tz::http
