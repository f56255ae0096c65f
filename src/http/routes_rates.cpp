// A unit's rates by kind, and those of the units below it, in the order of the tree.
#include <algorithm>

#include "http/as_of.h"
#include "http/handlers.h"
#include "http/item_query.h"
#include "http/rates_json.h"
#include "http/render.h"
#include "http/unit_parts.h"

namespace tz::http {
namespace {

struct Question {
  UnitId unit;
  std::vector<std::uint8_t> kinds;  // those shown of the unit
  bool by_child = false;
  std::size_t limit = kPartsMax;
  std::optional<std::string> cursor;
  std::string period = "opened";
  rollup::DaySpan days;
};

Result<Question> read_question(const Call& call) {
  QueryReader query(call.target);
  const auto kind = query.text("kind");
  const std::string by = query.text("by").value_or("kind");
  Question out;
  out.limit = TZ_TRY(query.limit(kPartsMax, kPartsMax));
  out.cursor = query.text("cursor");
  out.days.from = TZ_TRY(day_in(query, "from"));
  out.days.to = TZ_TRY(day_in(query, "to"));
  out.period = query.text("period").value_or(out.period);
  (void)query.text("as_of");  // read beforehand
  TZ_TRY(query.finish());
  out.unit = TZ_TRY(unit_named(call, call.params[0]));
  if (by != "kind" && by != "child") return query_bad("by", by);
  if (out.period != "opened" && out.period != "closed") return query_bad("period", out.period);
  out.by_child = by == "child";
  out.kinds = kinds_shown(call, out.unit);
  if (!kind) return out;
  const auto index = call.state().kind_index(*kind);
  if (!index) return refusal("kind_unknown", {{"kind", *kind}, {"field", "kind"}});
  std::erase_if(out.kinds, [&](std::uint8_t one) { return one != *index; });
  return out;
}

// A row for each of these kinds; with bands beside `whole`, where there is one.
Json rows_json(const Call& call, const std::vector<std::uint8_t>& kinds,
               const rollup::KindRates& rates, const rollup::KindRates* whole) {
  const ledger::State& state = call.state();
  JsonArray rows;
  for (const std::uint8_t kind : kinds) {
    Json row;
    row.set("kind", state.kinds[kind]);
    if (const auto flow = state.flow_of(state.kinds[kind]))
      row.set("title", title_json(state.flows[*flow]->title));
    const Json numbers = rates_json(rates[kind], whole == nullptr ? nullptr : &(*whole)[kind]);
    for (const JsonMember& member : *numbers.as_object()) row.set(member.first, member.second);
    rows.push_back(std::move(row));
  }
  return rows;
}

Result<Json> children_json(const Call& call, const Question& question,
                           const std::vector<rollup::Part>& parts,
                           const std::vector<rollup::KindRates>& rates) {
  const ledger::OrgTree& tree = call.tree();
  std::size_t at = TZ_TRY(first_of_page(tree, parts, question.cursor));
  JsonArray rows;
  for (; at < parts.size() && rows.size() < question.limit; ++at) {
    const UnitId part = parts[at].unit;
    std::vector<std::uint8_t> kinds = kinds_shown(call, part);
    std::erase_if(kinds, [&](std::uint8_t one) {
      return std::find(question.kinds.begin(), question.kinds.end(), one) == question.kinds.end();
    });
    Json row;
    row.set("unit", unit_json(tree, part)).set("overlaps", parts[at].overlaps);
    row.set("rows", rows_json(call, kinds, rates[at + 1], &rates.front()));
    rows.push_back(std::move(row));
  }
  Json out;
  out.set("rows", std::move(rows));
  out.set("next", at < parts.size() ? Json(tree.code(parts[at - 1].unit)) : Json());
  return out;
}

Result<Response> rates_page(const Call& call) {
  const Question question = TZ_TRY(read_question(call));
  std::vector<rollup::Part> parts;
  if (question.by_child) parts = parts_of(call, question.unit);
  rollup::RateQuestion asked;
  asked.unit = question.unit;
  for (const std::uint8_t kind : question.kinds) asked.kinds |= 1U << kind;
  for (const rollup::Part& part : parts) asked.parts.push_back(part.unit);
  (question.period == "opened" ? asked.opened : asked.closed) = question.days;
  asked.outcomes = std::make_shared<rollup::OutcomeSorts>(call.state().flows);
  const std::vector<rollup::KindRates> rates = call.view().rates(asked);
  Json out;
  out.set("unit", unit_json(call.tree(), question.unit)).set("period", question.period);
  out.set("from", day_json(question.days.from)).set("to", day_json(question.days.to));
  out.set("rows", rows_json(call, question.kinds, rates.front(), nullptr));
  if (question.by_child) {
    const Json children = TZ_TRY(children_json(call, question, parts, rates));
    out.set("children", *children.find("rows")).set("next", *children.find("next"));
    out.set("own", rows_json(call, question.kinds, rollup::rest_of(rates, parts), nullptr));
  }
  set_stamp(out, call);
  return json_response(out);
}

}  // namespace

void get_rates(const CallRef& call, const Reply& reply) {
  reading_or_as_of<rates_page>(call, reply);
}

}  // namespace tz::http
