// The part of the door that decides who may ask, for a caller who is known already.
#include "http/inner_call.h"

#include "http/admission.h"
#include "http/routes.h"
#include "http/sight.h"
#include "ledger/permission.h"

namespace tz::http {

Result<InnerCall> inner_call(const Call& outer, const std::string& target,
                             std::optional<AccountId> account) {
  const Context& context = outer.site.context;
  Target parsed = TZ_TRY(parse_target(target));
  Match match = find_route("GET", parsed.segments,
                           [&](const Route& route) { return stands(route, context); });
  if (match.route == nullptr) return refusal("route_unknown");
  const Route& route = *match.route;
  engine::Published published = outer.published;
  const bool anybody = published.state->policy->of(route.right).admits == ledger::Admits::Anybody;
  if (!anybody && !account) return refusal("sign_in_needed");
  TZ_TRY(ledger::admitted(*published.state, account, route.right, outer.today));
  if (account) published.view = view_for(published, *account, outer.today);
  Request request;
  request.method = "GET";
  request.target = target;
  request.peer = outer.request.peer;
  std::optional<Caller> caller;
  if (account) caller = Caller{*account, {}, {}, "all", {}};
  auto call = std::make_shared<Call>(Call{outer.site, std::move(request), std::move(parsed),
                                          std::move(match.params), std::move(caller),
                                          outer.language, outer.request_id, published, outer.now,
                                          outer.today, outer.from, std::make_shared<AuditNote>()});
  return InnerCall{route.handler, std::move(call)};
}

}  // namespace tz::http
