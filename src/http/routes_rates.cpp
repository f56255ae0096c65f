// A unit's rates by kind, and those of the units below it, in the order of the tree.
#include <algorithm>

#include "http/as_of.h"
#include "http/handlers.h"
#include "http/rates_json.h"
#include "http/rates_query.h"
#include "http/render.h"

namespace tz::http {
namespace {

struct Question : RatesQuery {
  bool by_child = false;
};

Result<Question> read_question(const Call& call) {
  QueryReader query(call.target);
  const std::string by = query.text("by").value_or("kind");
  Question out{TZ_TRY(read_rates_query(call, query)), by == "child"};
  if (by != "kind" && by != "child") return query_bad("by", by);
  return out;
}

// A row for each of these kinds; with bands beside `whole`, where there is one.
Json rows_json(const Call& call, const std::vector<std::uint8_t>& kinds,
               const rollup::KindRates& rates, const rollup::KindRates* whole) {
  JsonArray rows;
  for (const std::uint8_t kind : kinds)
    rows.push_back(kind_row_json(
        call, kind, rates_json(rates[kind], whole == nullptr ? nullptr : &(*whole)[kind])));
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
  const std::vector<rollup::KindRates> rates =
      told_rates(call, question, rate_question(call, question, parts));
  Json out;
  set_rates_query(out, call, question);
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
