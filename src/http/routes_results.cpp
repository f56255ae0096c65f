// What an item brings, over time, and what its model and all copies of that bring together.
#include <algorithm>
#include <optional>

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

// --- the same as a table

std::string quantity_text(const rollup::QuantitySum& sum) {
  return sum.item_count == 0 ? "" : std::to_string(sum.value);
}

std::string qualifier_text(const rollup::QuantitySum& sum) {
  return sum.item_count == 0 ? "" : std::string(ledger::to_text(sum.qualifier));
}

std::string percent_cell(const std::optional<std::int64_t>& hundredths) {
  return hundredths ? signed_percent_text(*hundredths) : "";
}

std::string yuan_cell(const std::optional<std::int64_t>& fen) {
  return fen ? ledger::yuan_text(*fen) : "";
}

// One project, or all of them together.
struct CopiesLines {
  std::vector<std::string> who;    // the cells before the money
  std::vector<std::string> money;  // planned, in place, paid
  rollup::ModelTotals totals;
  std::vector<ledger::Indicator> indicators{};  // none of several projects
};

// A line for each indicator, or one where there are none. The money stands in the first alone, so
// that its column adds up.
std::string copies_lines(CopiesLines lines) {
  std::string out;
  const auto add = [&](const std::vector<std::string>& numbers) {
    std::vector<std::string> cells = lines.who;
    cells.insert(cells.end(), lines.money.begin(), lines.money.end());
    cells.insert(cells.end(), numbers.begin(), numbers.end());
    out += csv_row(cells);
    lines.money.assign(lines.money.size(), "");
  };
  for (const rollup::ModelTotal& one : lines.totals.indicators) {
    const auto rated = std::find_if(
        lines.indicators.begin(), lines.indicators.end(), [&](const ledger::Indicator& each) {
          return each.wanted.id == one.target.id && each.wanted.unit == one.target.unit;
        });
    add({one.target.id, one.target.unit, quantity_text(one.target),
         rated == lines.indicators.end() ? "" : percent_cell(rated->rate),
         quantity_text(one.reached), qualifier_text(one.reached), quantity_text(one.verified),
         qualifier_text(one.verified), std::to_string(one.target.item_count)});
  }
  if (lines.totals.indicators.empty())
    add({"", "", "", "", "", "", "", "", std::to_string(lines.totals.item_count)});
  return out;
}

// Of each of those that the caller may read. What left the list is counted nowhere: its numbers
// stay empty.
Result<std::string> members_csv(const Call& call, const std::vector<ledger::Item>& family) {
  Sight sight(call.present(), call.account(), call.today);
  const Context& context = call.site.context;
  std::string out;
  for (const ledger::Item& item : family) {
    if (!TZ_TRY(sight.may_read(context.engine, item.no))) continue;
    const auto history = TZ_TRY(engine::history(context.engine, context.keyring, item.no));
    const ledger::Title& state = ledger::flow_of(item, call.state()).states[item.state].title;
    const ledger::ItemProgress progress = ledger::progress_of(item);
    CopiesLines lines;
    lines.who = {ledger::to_text(item.no),
                 engine::current_texts(history).title.value_or(""),
                 address_of(call.tree(), item.place),
                 std::string(call.tree().name(item.place)),
                 call.language == Language::English ? state.en : state.zh,
                 percent_cell(progress.attained)};
    lines.totals = rollup::model_totals(call.state(), {&item, 1});
    const ledger::Funds& funds = item.funds;
    lines.money = {"", "", ""};
    if (lines.totals.item_count > 0)
      lines.money = {yuan_cell(funds.planned_fen), yuan_cell(funds.in_place_fen),
                     yuan_cell(funds.paid_fen)};
    lines.indicators = progress.indicators;
    out += copies_lines(std::move(lines));
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
  std::string rows = csv_row(
      results_columns(call, {"item", "title", "place_code", "place", "state", "attained", "planned",
                             "in_place", "paid", "indicator", "unit", "target", "rate", "reached",
                             "reached_qualifier", "verified", "verified_qualifier", "projects"}));
  rows += TZ_TRY(members_csv(call, family));
  CopiesLines together;
  together.who = {"", call.words().text("results.together"), "", "", "", ""};
  together.totals = rollup::model_totals(call.state(), family);
  const rollup::ModelFunds& funds = together.totals.funds;
  together.money = {ledger::yuan_text(funds.planned), ledger::yuan_text(funds.in_place),
                    ledger::yuan_text(funds.paid)};
  rows += copies_lines(std::move(together));
  return csv_response(std::move(rows), "copies-" + ledger::to_text(item.no) + ".csv");
}

}  // namespace tz::http
