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

// What was counted, and of each kind asked for which verdicts are shown.
struct Counted {
  std::vector<rollup::Part> parts;
  std::vector<rollup::KindRates> rates;     // the whole first, then the parts
  std::vector<rollup::VerdictTable> shown;  // by the question's kinds
};

Counted count_all(const Call& call, const Question& question) {
  Counted out;
  if (question.by_child) out.parts = parts_of(call, question.unit);
  out.rates = call.view().rates(rate_question(call, question, out.parts));
  const rollup::KindRates own = rollup::rest_of(out.rates, out.parts);
  for (const std::uint8_t kind : question.kinds)
    out.shown.push_back(rollup::verdict_table(out.rates, out.parts, own, kind));
  return out;
}

// What stands in one page.
struct Page {
  const Call& call;
  const Question& question;
  const Counted& counted;

  // The rows that `row_of` gives of those kinds that are asked for; with bands beside the whole, or
  // without.
  template <class RowOf>
  Json rows(const std::vector<std::uint8_t>& kinds, bool beside, RowOf row_of) const {
    JsonArray out;
    for (std::size_t i = 0; i < question.kinds.size(); ++i) {
      const std::uint8_t kind = question.kinds[i];
      if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) continue;
      const rollup::RateTally* whole = beside ? &counted.rates.front()[kind] : nullptr;
      out.push_back(kind_row_json(call, kind, rates_json(row_of(counted.shown[i]), whole)));
    }
    return out;
  }

  Json child(std::size_t at) const {
    const rollup::Part& part = counted.parts[at];
    Json row;
    row.set("unit", unit_json(call.tree(), part.unit)).set("overlaps", part.overlaps);
    row.set("rows", rows(kinds_shown(call, part.unit), true,
                         [&](const auto& one) { return one.parts[at]; }));
    return row;
  }
};

Result<Response> rates_page(const Call& call) {
  const Question question = TZ_TRY(read_question(call));
  const Counted counted = count_all(call, question);
  const Page page{call, question, counted};
  const std::vector<rollup::Part>& parts = counted.parts;
  Json out;
  set_rates_query(out, call, question);
  out.set("rows", page.rows(question.kinds, false, [](const auto& one) { return one.whole; }));
  if (question.by_child) {
    std::size_t at = TZ_TRY(first_of_page(call.tree(), parts, question.cursor));
    JsonArray children;
    for (; at < parts.size() && children.size() < question.limit; ++at)
      children.push_back(page.child(at));
    out.set("children", std::move(children));
    out.set("next", at < parts.size() ? Json(call.tree().code(parts[at - 1].unit)) : Json());
    out.set("own", page.rows(question.kinds, false, [](const auto& one) { return one.own; }));
  }
  set_stamp(out, call);
  return json_response(out);
}

}  // namespace

void get_rates(const CallRef& call, const Reply& reply) {
  reading_or_as_of<rates_page>(call, reply);
}

}  // namespace tz::http
