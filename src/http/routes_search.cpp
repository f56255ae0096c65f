// Finding units, and items in the caller's sight, by whatever somebody types.
#include <algorithm>

#include "http/handlers.h"
#include "http/item_query.h"
#include "http/item_reading.h"
#include "http/render.h"
#include "http/search_feed.h"
#include "http/sight.h"
#include "ledger/interval.h"
#include "search/words.h"

namespace tz::http {
namespace {

constexpr std::size_t kUsual = 10;
constexpr std::size_t kMax = 50;

// One bit for each kind whose totals anybody may see.
std::uint32_t public_kinds(const ledger::State& state) {
  std::uint32_t out = 0;
  for (std::size_t i = 0; i < state.kinds.size(); ++i) {
    const auto flow = state.flow_of(state.kinds[i]);
    if (flow && state.flows[*flow]->totals == ledger::TotalsAudience::Public)
      out |= std::uint32_t{1} << i;
  }
  return out;
}

// What has items that the caller may count stands first; what he may not count tells nothing.
// Whether all units were known.
bool add_units(const Call& call, const Sight& sight, const search::UnitQuestion& asked, Json& out) {
  const ledger::OrgTree& tree = call.view().tree();
  search::UnitQuestion question = asked;
  std::vector<search::PositionInterval> scope;
  for (const ledger::Interval& each : sight.filter().places)
    scope.push_back({each.begin, each.end});
  question.scope = scope;
  const std::uint32_t shown = public_kinds(call.state());
  const std::vector<ledger::Interval> counted =
      extents_over(call.state(), call.account(), ledger::Right::TotalsScoped, call.today);
  question.occupied = [&](UnitId unit) {
    if (unit.value >= tree.size()) return false;
    return call.view().any(unit, shown) || (ledger::holds(counted, tree.position(unit)) &&
                                            call.view().any(unit, rollup::kAllKinds));
  };
  const bool known = call.site.search.has_units(tree.size());
  const search::UnitsFound found = call.site.search.units()->find(question);
  JsonArray units;
  for (const UnitId unit : found.units) {
    if (unit.value >= tree.size()) continue;  // registered since
    Json each;
    each.set("code", tree.code(unit)).set("name", tree.name(unit));
    each.set("kind", ledger::to_text(tree.kind(unit)));
    each.set("path", path_json(tree, unit));
    units.push_back(std::move(each));
  }
  out.set("units", std::move(units)).set("more_units", found.count > found.units.size());
  return known;
}

// The item whose number was typed, if it may be read.
Result<std::optional<rollup::RowIndex>> numbered(const Call& call, const std::string& text) {
  std::string number;
  for (const char c : text)
    if (c != ' ') number += c;
  if (!ledger::parse_item_no(number)) return std::optional<rollup::RowIndex>{};
  const auto item = readable_item(call, number);
  if (item.ok()) return call.view().find(item->no);
  if (item.error().code != "item_unknown") return item.error();
  return std::optional<rollup::RowIndex>{};
}

// The newest items that hold the words, after the one whose number was typed.
Result<JsonArray> items_found(const Call& call, const Sight& sight,
                              const search::UnitQuestion& asked, const search::Words& words) {
  JsonArray out;
  const auto first = TZ_TRY(numbered(call, std::string(asked.text)));
  if (first) out.push_back(TZ_TRY(item_row_json(call, call.view().row(*first))));
  const std::vector<std::uint32_t> rows = call.site.search.words().find(words);
  for (auto at = rows.rbegin(); at != rows.rend() && out.size() < asked.count_max; ++at) {
    if (*at >= call.view().row_count() || (first && first->value == *at)) continue;
    const ledger::ItemRow row = call.view().row(rollup::RowIndex{*at});
    if (sight.by_row(row)) out.push_back(TZ_TRY(item_row_json(call, row)));
  }
  return out;
}

Result<Response> answer(const Call& call) {
  QueryReader query(call.target);
  const std::string text = query.text("q").value_or("");
  search::UnitQuestion asked;
  asked.text = text;
  asked.count_max = TZ_TRY(query.limit(kUsual, kMax));
  TZ_TRY(query.finish());
  const search::Words words = TZ_TRY(search::read_words(text));
  if (words.pieces.empty()) return refusal("field_required", {{"field", "q"}});
  const Sight sight(call.published, call.account(), call.today);
  Json out;
  bool known = add_units(call, sight, asked, out);
  JsonArray items;
  if (sight.anything()) {
    known = call.site.search.words_known(call.published.size) == Known::All && known;
    items = TZ_TRY(items_found(call, sight, asked, words));
  }
  out.set("items", std::move(items)).set("index_behind", !known);
  set_stamp(out, call);
  return json_response(out);
}

}  // namespace

void get_search(const CallRef& call, const Reply& reply) {
  const bool taken = call->site.searches.run([call, reply] { reply({answer(*call), {}}); });
  if (!taken) reply({refusal("server_busy"), {}});
}

}  // namespace tz::http
