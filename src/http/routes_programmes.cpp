// Programmes: what they ask of whom, and adopting one.
#include "http/handlers.h"
#include "http/programme_json.h"
#include "http/render.h"

namespace tz::http {

Result<Response> get_programmes(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  JsonArray rows;
  for (const auto& programme : call.state().programmes) rows.push_back(programme_json(*programme));
  Json out;
  out.set("programmes", std::move(rows));
  set_stamp(out, call);
  return json_response(out);
}

Result<Response> get_programme(const Call& call) {
  QueryReader query(call.target);
  TZ_TRY(query.finish());
  const ledger::AdoptedProgramme& programme =
      *TZ_TRY(programme_named(call.state(), call.params[0]));
  Json out = programme_json(programme);
  JsonArray rows;
  for (const ledger::AdoptedRequirement& one : programme.requirements) {
    const auto size = static_cast<std::uint32_t>(one.coverage.asked().tree->size());
    rows.push_back(requirement_json(one, one.coverage.counts({0, size})));
  }
  out.set("requirements", std::move(rows));
  set_stamp(out, call);
  return json_response(out);
}

void post_programme(const CallRef& call, const Reply& reply) {
  QueryReader query(call->target);
  if (const Outcome known = query.finish(); !known.ok()) return reply({known.error(), {}});
  engine::Request request;
  request.command = ledger::AdoptProgramme{call->request.body};
  request.actor.account = call->account();
  request.idempotency = idempotency_of(*call);
  call->site.context.engine.submit(std::move(request), [call, reply](Result<engine::Receipt> done) {
    if (!done.ok()) return reply({done.error(), {}});
    reply({json_response(receipt_json(*done, call->zone()), 201), {}});
  });
}

}  // namespace tz::http
