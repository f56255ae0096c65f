// What this ledger is: the first thing a page has to know, whoever opens it.
#include "http/handlers.h"
#include "http/identity_provider.h"
#include "http/render.h"

namespace tz::http {
namespace {

// The words of its button; null where accounts sign in with passwords alone.
Json provider_json(const Context& context) {
  if (context.identity == nullptr) return {};
  Json out;
  out.set("zh-CN", context.identity->options().label_zh);
  out.set("en", context.identity->options().label_en);
  return out;
}

}  // namespace

Result<Response> get_ledger(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  const ledger::Genesis& genesis = call.state().genesis;
  const Context& context = call.site.context;
  const ledger::OrgTree& tree = call.tree();
  Json out;
  out.set("origin", genesis.origin).set("simulated", genesis.simulated);
  // What has a simulated clock is a demonstration, and never becomes anything else.
  out.set("demo", genesis.simulated);
  out.set("zone", genesis.zone).set("today", to_text(call.today));
  out.set("root", tree.size() == 0 ? Json() : unit_json(tree, UnitId{0}));
  out.set("units", static_cast<std::uint64_t>(tree.size()));
  out.set("log_key", merkle::to_text(context.log_key));
  out.set("version", context.version);
  out.set("identity_provider", provider_json(context));
  set_stamp(out, call);
  return json_response(out);
}

}  // namespace tz::http
