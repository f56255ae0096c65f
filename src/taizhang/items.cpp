// taizhang items: the items of a unit and everything below, the newest first. Their words are
// sealed texts, and stand in exports.
#include <fmt/core.h>

#include "base/json.h"
#include "taizhang/commands.h"
#include "taizhang/reading.h"

namespace tz::program {
namespace {

constexpr std::int64_t kItemsMax = 10'000;

Json unit_json(const ledger::OrgTree& tree, std::optional<UnitId> unit) {
  if (!unit) return {};
  Json out;
  out.set("code", tree.code(*unit)).set("name", tree.name(*unit));
  return out;
}

Json day_json(std::optional<Day> day) { return day ? Json(to_text(*day)) : Json(); }

Result<rollup::Filter> filter_of(const ItemsOptions& options, const engine::Published& read) {
  rollup::Filter out;
  out.unit = read.view->tree().named(options.unit);
  if (!out.unit) return refusal("unit_unknown", {{"unit", options.unit}});
  if (!options.kind.empty()) {
    out.kind = read.state->kind_index(options.kind);
    if (!out.kind) return refusal("kind_unknown", {{"kind", options.kind}});
  }
  if (options.open) out.open = true;
  if (options.overdue) out.overdue = true;
  return out;
}

Json item_json(const engine::Published& read, const ledger::ItemRow& row) {
  const ledger::Flow& flow = *read.state->flows[row.flow];
  const ledger::OrgTree& tree = read.view->tree();
  const Day day = day_of(read.view->instant(), read.state->zone);
  Json out;
  out.set("item", ledger::to_text(row.no)).set("kind", flow.kind);
  out.set("state", flow.states[row.state].id).set("phase", ledger::to_text(row.phase));
  out.set("unit", unit_json(tree, row.place)).set("lead", unit_json(tree, row.lead));
  out.set("opened", to_text(row.opened)).set("due", day_json(row.due));
  out.set("overdue", ledger::is_open(row.phase) && row.due && *row.due < day);
  out.set("closed", day_json(row.closed)).set("fixed", row.fixed);
  return out;
}

void print_item(const engine::Published& read, const ledger::ItemRow& row, const Speech& speech) {
  const ledger::Flow& flow = *read.state->flows[row.flow];
  const ledger::OrgTree& tree = read.view->tree();
  const bool english = speech.language == Language::English;
  const ledger::Title& kind = flow.title;
  const ledger::Title& state = flow.states[row.state].title;
  const std::string unit =
      std::string(tree.code(row.place)) + " " + std::string(tree.name(row.place));
  Facts facts = {{"item", ledger::to_text(row.no)},
                 {"kind", english ? kind.en : kind.zh},
                 {"state", english ? state.en : state.zh},
                 {"unit", unit},
                 {"opened", to_text(row.opened)}};
  if (row.lead) facts.emplace_back("lead", std::string(tree.name(*row.lead)));
  if (row.due) facts.emplace_back("due", to_text(*row.due));
  if (row.closed) facts.emplace_back("closed", to_text(*row.closed));
  speech.say("cli.items.row", facts);
}

}  // namespace

int run_items(const ItemsOptions& options, const Speech& speech) {
  if (options.limit < 1 || options.limit > kItemsMax)
    return speech.misuse("usage.items_limit", {{"count_max", std::to_string(kItemsMax)},
                                               {"help", "taizhang items --help"}});
  const auto ledger = read_ledger(options.folder, From::Snapshot);
  if (!ledger.ok()) return speech.refuse(ledger.error());
  const auto read = shown_as_of(**ledger, options.folder, options.as_of);
  if (!read.ok()) return speech.refuse(read.error());
  const auto filter = filter_of(options, *read);
  if (!filter.ok()) return speech.refuse(filter.error());
  const std::uint32_t total = read->view->count(*filter);
  const auto rows =
      read->view->list(*filter, std::nullopt, static_cast<std::size_t>(options.limit));
  const std::string instant = to_text(read->view->instant(), read->state->zone);
  speech.banner(read->state->genesis);
  if (speech.json) {
    JsonArray items;
    for (const rollup::RowIndex row : rows) items.push_back(item_json(*read, read->view->row(row)));
    Json out;
    out.set("position", read->view->position()).set("instant", instant);
    out.set("unit", unit_json(read->view->tree(), filter->unit));
    out.set("total", std::int64_t{total}).set("items", std::move(items));
    fmt::print("{}\n", out.dump());
    return 0;
  }
  speech.say("cli.rollup.as_of",
             {{"position", std::to_string(read->view->position())}, {"instant", instant}});
  for (const rollup::RowIndex row : rows) print_item(*read, read->view->row(row), speech);
  speech.say("cli.items.total",
             {{"count", std::to_string(rows.size())}, {"total", std::to_string(total)}});
  return 0;
}

}  // namespace tz::program
