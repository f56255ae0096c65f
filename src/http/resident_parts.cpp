// The same question for services and for disputes, so that both add up in the same way.
#include "http/resident_parts.h"

#include "base/csv.h"
#include "http/item_query.h"
#include "http/render.h"
#include "ledger/interval.h"
#include "ledger/permission.h"
#include "rollup/rates.h"

namespace tz::http {

Result<ResidentQuestion> read_resident_question(const Call& call, QueryReader& query,
                                                ledger::Right right) {
  const std::size_t limit = TZ_TRY(query.limit(kPartsMax, kPartsMax));
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

CsvTable::CsvTable(const Call& call, const std::vector<std::string>& columns)
    : text_("\xEF\xBB\xBF") {
  std::vector<std::string> words;
  for (const std::string& column : columns) words.push_back(call.words().text("table." + column));
  add(words);
}

void CsvTable::add(const std::vector<std::string>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) text_ += ',';
    text_ += csv_cell(cells[i]);
  }
  text_ += "\r\n";
}

Response CsvTable::response(std::string_view file) const {
  Response out;
  out.content_type = "text/csv; charset=utf-8";
  out.headers.emplace_back("Content-Disposition",
                           "attachment; filename=\"" + std::string(file) + "\"");
  out.headers.emplace_back("Cache-Control", "no-store");
  out.body = text_;
  return out;
}

}  // namespace tz::http
