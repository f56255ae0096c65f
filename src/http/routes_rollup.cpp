// A unit's totals, cut by child, kind, phase or state.
#include <algorithm>

#include "base/csv.h"
#include "http/as_of.h"
#include "http/handlers.h"
#include "http/render.h"
#include "http/unit_parts.h"

namespace tz::http {
namespace {

Json phase_rows(const Call& call, UnitId unit) {
  const rollup::Totals totals = call.view().totals(unit);
  JsonArray rows;
  for (const std::uint8_t kind : kinds_shown(call, unit)) {
    for (std::size_t i = 0; i < ledger::kPhaseCount; ++i) {
      Json row;
      row.set("kind", call.state().kinds[kind]);
      row.set("phase", ledger::to_text(static_cast<ledger::Phase>(i)));
      row.set("count", totals.kinds[kind].count[i]);
      row.set("overdue", totals.kinds[kind].overdue[i]);
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

Json state_rows(const Call& call, UnitId unit) {
  const std::vector<std::uint8_t> shown = kinds_shown(call, unit);
  rollup::Filter filter;
  filter.unit = unit;
  JsonArray rows;
  for (const rollup::StateCount& counted : call.view().by_state(filter)) {
    const ledger::Flow& flow = *call.state().flows[counted.flow];
    const auto kind = call.state().kind_index(flow.kind);
    if (!kind || std::find(shown.begin(), shown.end(), *kind) == shown.end()) continue;
    const ledger::FlowState& state = flow.states[counted.state];
    Json row;
    row.set("kind", flow.kind).set("version", flow.version).set("state", state.id);
    row.set("title", title_json(state.title)).set("phase", ledger::to_text(state.phase));
    row.set("count", counted.count).set("overdue", counted.overdue);
    rows.push_back(std::move(row));
  }
  return rows;
}

Result<Response> rollup_page(const Call& call) {
  QueryReader query(call.target);
  (void)query.text("as_of");  // read beforehand
  const std::string by = query.text("by").value_or("kind");
  PartsQuestion page;
  page.limit = TZ_TRY(query.limit(kPartsMax, kPartsMax));
  page.cursor = query.text("cursor");
  TZ_TRY(query.finish());
  const UnitId unit = TZ_TRY(unit_named(call, call.params[0]));
  const std::vector<std::uint8_t> shown = kinds_shown(call, unit);
  Json out;
  out.set("unit", unit_json(call.tree(), unit)).set("by", by);
  if (by == "child") {
    const Json parts = TZ_TRY(parts_json(call, unit, page));
    const rollup::Totals rest = rollup::rest_of(call.view(), unit, parts_of(call, unit));
    out.set("own", kinds_json(call, rest, shown));
    out.set("rows", *parts.find("rows")).set("next", *parts.find("next"));
  } else if (by == "kind") {
    out.set("rows", kinds_json(call, call.view().totals(unit), shown));
  } else if (by == "phase") {
    out.set("rows", phase_rows(call, unit));
  } else if (by == "state") {
    out.set("rows", state_rows(call, unit));
  } else {
    return refusal("by_unsupported", {{"by", std::string(beginning_of(by, 60))}});
  }
  out.set("totals", kinds_json(call, call.view().totals(unit), shown));
  out.set("quantities", quantity_sums_json(call, unit));
  set_stamp(out, call);
  return json_response(out);
}

}  // namespace

void get_rollup(const CallRef& call, const Reply& reply) {
  at_once_or_as_of<rollup_page>(call, reply);
}

}  // namespace tz::http
