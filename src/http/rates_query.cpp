// Reading what rates and verdicts are asked of alike.
#include "http/rates_query.h"

#include "http/as_of.h"
#include "http/item_query.h"
#include "http/render.h"
#include "ledger/permission.h"

namespace tz::http {

Result<RatesQuery> read_rates_query(const Call& call, QueryReader& query) {
  const auto kind = query.text("kind");
  RatesQuery out;
  out.limit = TZ_TRY(query.limit(kPartsMax, kPartsMax));
  out.cursor = query.text("cursor");
  out.days.from = TZ_TRY(day_in(query, "from"));
  out.days.to = TZ_TRY(day_in(query, "to"));
  out.period = query.text("period").value_or(out.period);
  (void)query.text("as_of");  // read beforehand
  TZ_TRY(query.finish());
  out.unit = TZ_TRY(unit_named(call, call.params[0]));
  if (out.period != "opened" && out.period != "closed") return query_bad("period", out.period);
  out.kinds = kinds_shown(call, out.unit);
  if (!kind) return out;
  const auto index = call.state().kind_index(*kind);
  if (!index) return refusal("kind_unknown", {{"kind", *kind}, {"field", "kind"}});
  std::erase_if(out.kinds, [&](std::uint8_t one) { return one != *index; });
  return out;
}

rollup::RateQuestion rate_question(const Call& call, const RatesQuery& query,
                                   const std::vector<rollup::Part>& parts) {
  rollup::RateQuestion out;
  out.unit = query.unit;
  for (const std::uint8_t kind : query.kinds) out.kinds |= 1U << kind;
  for (const rollup::Part& part : parts) out.parts.push_back(part.unit);
  (query.period == "opened" ? out.opened : out.closed) = query.days;
  out.outcomes = std::make_shared<rollup::OutcomeSorts>(call.state().flows);
  return out;
}

std::vector<rollup::KindRates> told_rates(const Call& call, const RatesQuery& query,
                                          const rollup::RateQuestion& question) {
  std::vector<rollup::KindRates> out = call.view().rates(question);
  const bool all_days = !query.days.from && !query.days.to && !asks_as_of(call);
  if (all_days || ledger::may_over(*call.present().state, call.account(),
                                   ledger::Right::TotalsScoped, query.unit, call.today))
    return out;
  for (rollup::KindRates& rates : out)
    for (rollup::RateTally& tally : rates) tally.told_solved = tally.told_satisfied = {};
  return out;
}

void set_rates_query(Json& page, const Call& call, const RatesQuery& query) {
  page.set("unit", unit_json(call.tree(), query.unit)).set("period", query.period);
  page.set("from", day_json(query.days.from)).set("to", day_json(query.days.to));
}

Json kind_row_json(const Call& call, std::uint8_t kind, const Json& numbers) {
  const ledger::State& state = call.state();
  Json out;
  out.set("kind", state.kinds[kind]);
  if (const auto flow = state.flow_of(state.kinds[kind]))
    out.set("title", title_json(state.flows[*flow]->title));
  for (const JsonMember& member : *numbers.as_object()) out.set(member.first, member.second);
  return out;
}

}  // namespace tz::http
