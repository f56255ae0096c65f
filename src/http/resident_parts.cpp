// The same question for services and for disputes, so that both add up in the same way.
#include "http/resident_parts.h"

#include "http/item_query.h"
#include "http/render.h"
#include "ledger/interval.h"
#include "ledger/permission.h"
#include "rollup/rates.h"

namespace tz::http {

Result<ResidentQuestion> read_resident_question(const Call& call, QueryReader& query,
                                                ledger::Right right, std::size_t parts_max) {
  const std::size_t limit = TZ_TRY(query.limit(parts_max, parts_max));
  const auto cursor = query.text("cursor");
  ResidentQuestion out;
  out.from = TZ_TRY(day_in(query, "from"));
  out.to = TZ_TRY(day_in(query, "to")).value_or(call.today);
  TZ_TRY(query.finish());
  out.unit = TZ_TRY(unit_named(call, call.params[0]));
  const ledger::State& state = call.state();
  if (!ledger::may_over(state, call.account(), right, out.unit, call.today))
    return refusal("not_permitted", {{"transition", std::string(ledger::to_text(right))},
                                     {"roles", ledger::who_text(state.policy->of(right))}});
  const ledger::OrgTree& tree = call.tree();
  const std::uint32_t at = tree.position(out.unit);
  out.own = {{at, at + 1}};
  out.below = tree.extent(out.unit, call.today);
  out.reach = out.below;
  const std::vector<rollup::Part> all = parts_of(call, out.unit);
  std::size_t index = TZ_TRY(first_of_page(tree, all, cursor));
  for (; index < all.size() && out.parts.size() < limit; ++index) {
    out.parts.push_back(all[index]);
    const std::vector<ledger::Interval> more = tree.extent(all[index].unit, call.today);
    out.reach.insert(out.reach.end(), more.begin(), more.end());
  }
  out.reach = ledger::merged(std::move(out.reach));
  if (index < all.size()) out.next = address_of(tree, all[index - 1].unit);
  return out;
}

void set_question(Json& body, const Call& call, const ResidentQuestion& question) {
  body.set("unit", unit_json(call.tree(), question.unit));
  body.set("from", day_json(question.from)).set("to", to_text(question.to));
  body.set("next", question.next ? Json(*question.next) : Json());
  set_stamp(body, call);
}

std::string percent_cell(std::uint64_t numerator, std::uint64_t denominator) {
  const auto percent = rollup::percent_hundredths({numerator, denominator});
  return percent ? rollup::percent_text(*percent) : "—";
}

}  // namespace tz::http
