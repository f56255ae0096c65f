// What an item brings, over time, and what its model and all copies of that bring together.
#include "base/csv.h"
#include "engine/history.h"
#include "http/csv_table.h"
#include "http/handlers.h"
#include "http/item_query.h"
#include "http/item_reading.h"
#include "http/render.h"
#include "http/results_json.h"
#include "http/sight.h"
#include "ledger/progress.h"

namespace tz::http {
namespace {

// The model of an item and all copies of that; the item itself where it is neither. Of items opened
// since, those that this view does not know are left out.
Result<std::vector<ledger::Item>> family_of(const Call& call, const ledger::Item& item) {
  const engine::Engine& engine = call.site.context.engine;
  std::vector<ledger::Item> out;
  out.push_back(item.copy_of ? TZ_TRY(engine.item(*item.copy_of)) : item);
  const std::vector<ledger::ItemNo> copies = out.front().copies;
  for (const ledger::ItemNo no : copies)
    if (call.view().find(no)) out.push_back(TZ_TRY(engine.item(no)));
  return out;
}

// Those that the caller may read, as lists show them; the totals are over all.
Result<JsonArray> members_json(const Call& call, const std::vector<ledger::Item>& family) {
  Sight sight(call.present(), call.account(), call.today);
  JsonArray out;
  for (const ledger::Item& item : family) {
    const auto index = call.view().find(item.no);
    if (!index || !TZ_TRY(sight.may_read(call.site.context.engine, item.no))) continue;
    Json one;
    one.set("row", TZ_TRY(item_row_json(call, call.view().row(*index))));
    set_progress(call, item, one);
    JsonArray indicators;
    const ledger::ItemProgress progress = ledger::progress_of(item);
    for (const ledger::Indicator& each : progress.indicators) {
      Json indicator;
      indicator.set("target", quantity_json(each.wanted));
      indicator.set("actual", each.actual ? quantity_json(*each.actual) : Json());
      indicators.push_back(std::move(indicator));
    }
    one.set("indicators", std::move(indicators));
    out.push_back(std::move(one));
  }
  return out;
}

std::string quantity_text(const rollup::QuantitySum& sum) {
  return sum.item_count == 0 ? "" : std::to_string(sum.value);
}

// A line for each indicator of each of those that the caller may read.
Result<std::string> members_csv(const Call& call, const std::vector<ledger::Item>& family) {
  Sight sight(call.present(), call.account(), call.today);
  const Context& context = call.site.context;
  std::string out;
  for (const ledger::Item& item : family) {
    if (!TZ_TRY(sight.may_read(context.engine, item.no))) continue;
    const auto history = TZ_TRY(engine::history(context.engine, context.keyring, item.no));
    const std::string title = engine::current_texts(history).title.value_or("");
    const ledger::ItemProgress progress = ledger::progress_of(item);
    for (const ledger::Indicator& each : progress.indicators) {
      const auto& actual = each.actual;
      out +=
          csv_row({ledger::to_text(item.no), title, each.wanted.id, each.wanted.unit,
                   std::to_string(each.wanted.value), actual ? std::to_string(actual->value) : "",
                   actual ? std::string(ledger::to_text(actual->qualifier)) : "", "", "", "1"});
    }
  }
  return out;
}

using Rows = std::string(const Call& call, const ledger::Item& item,
                         const std::vector<engine::HistoryEntry>& history);
template <Rows kRows>
Result<Response> table_of(const Call& call, const std::string& name) {
  TZ_TRY(QueryReader(call.target).finish());
  const ledger::Item item = TZ_TRY(readable_item(call, call.params[0]));
  return csv_response(kRows(call, item, TZ_TRY(history_of(call, item))),
                      name + "-" + ledger::to_text(item.no) + ".csv");
}

}  // namespace

Result<Response> get_item_results(const Call& call) {
  TZ_TRY(QueryReader(call.target).finish());
  const ledger::Item item = TZ_TRY(readable_item(call, call.params[0]));
  Response response = json_response(results_json(call, item, TZ_TRY(history_of(call, item))));
  response.headers.emplace_back("ETag", etag_of(item.last));
  return response;
}

Result<Response> get_item_milestones_csv(const Call& call) {
  return table_of<milestones_csv>(call, "milestones");
}

Result<Response> get_item_money_csv(const Call& call) { return table_of<money_csv>(call, "money"); }

Result<Response> get_item_results_csv(const Call& call) {
  return table_of<results_csv>(call, "results");
}

Result<Response> get_item_copies(const Call& call) {
  TZ_TRY(QueryReader(call.target).finish());
  const ledger::Item item = TZ_TRY(readable_item(call, call.params[0]));
  const std::vector<ledger::Item> family = TZ_TRY(family_of(call, item));
  Sight sight(call.present(), call.account(), call.today);
  const bool known = TZ_TRY(sight.may_read(call.site.context.engine, family.front().no));
  Json out;
  out.set("model", known ? Json(ledger::to_text(family.front().no)) : Json());
  out.set("totals", model_totals_json(rollup::model_totals(call.state(), family)));
  out.set("items", TZ_TRY(members_json(call, family)));
  set_stamp(out, call);
  return json_response(out);
}

Result<Response> get_item_copies_csv(const Call& call) {
  TZ_TRY(QueryReader(call.target).finish());
  const ledger::Item item = TZ_TRY(readable_item(call, call.params[0]));
  const std::vector<ledger::Item> family = TZ_TRY(family_of(call, item));
  const rollup::ModelTotals totals = rollup::model_totals(call.state(), family);
  std::vector<std::string> names;
  for (const char* name : {"item", "title", "indicator", "unit", "target", "reached",
                           "reached_qualifier", "verified", "verified_qualifier", "projects"})
    names.push_back(call.words().text("results.column_" + std::string(name)));
  std::string rows = csv_row(names) + TZ_TRY(members_csv(call, family));
  for (const rollup::ModelTotal& one : totals.indicators)
    rows +=
        csv_row({"", call.words().text("results.together"), one.target.id, one.target.unit,
                 quantity_text(one.target), quantity_text(one.reached),
                 std::string(ledger::to_text(one.reached.qualifier)), quantity_text(one.verified),
                 std::string(ledger::to_text(one.verified.qualifier)),
                 std::to_string(one.target.item_count)});
  return csv_response(std::move(rows), "copies-" + ledger::to_text(item.no) + ".csv");
}

}  // namespace tz::http
