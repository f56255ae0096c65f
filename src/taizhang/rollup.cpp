// taizhang rollup: the totals of a unit and everything below, cut one way.
#include <fmt/core.h>

#include "base/json.h"
#include "rollup/by_child.h"
#include "taizhang/commands.h"
#include "taizhang/reading.h"

namespace tz::program {
namespace {

struct Sums {
  std::int64_t total = 0, open = 0, overdue = 0, closed = 0, fixed = 0, reopened = 0, dropped = 0;

  void add(const rollup::PhaseCounts& counts) {
    for (std::size_t i = 0; i < ledger::kPhaseCount; ++i) {
      const auto phase = static_cast<ledger::Phase>(i);
      total += counts.count[i];
      overdue += counts.overdue[i];
      if (ledger::is_open(phase)) open += counts.count[i];
      if (phase == ledger::Phase::Closed) closed += counts.count[i];
      if (phase == ledger::Phase::Dropped) dropped += counts.count[i];
    }
    fixed += counts.closed_fixed;
    reopened += counts.reopened;
  }
  [[nodiscard]] Json json(Json label) const {
    label.set("total", total).set("open", open).set("overdue", overdue).set("closed", closed);
    label.set("closed_fixed", fixed).set("reopened", reopened).set("dropped", dropped);
    return label;
  }
};

Sums sums_of(const rollup::Totals& totals) {
  Sums out;
  for (const rollup::PhaseCounts& counts : totals.kinds) out.add(counts);
  return out;
}

// As a program reads it, and what a person reads before the numbers.
struct Row {
  Json json;
  std::string label;
};
using Rows = std::vector<Row>;

std::string title_in(const ledger::Title& title, const Speech& speech) {
  return speech.language == Language::English ? title.en : title.zh;
}

Json unit_label(const ledger::OrgTree& tree, UnitId unit) {
  Json out;
  out.set("unit", tree.code(unit)).set("name", tree.name(unit));
  return out;
}

std::string unit_text(const ledger::OrgTree& tree, UnitId unit) {
  return fmt::format("{}  {}", tree.code(unit), tree.name(unit));
}

// What counts for the unit and stands in no row that adds up is its own row, the last.
Rows by_child(const engine::Published& read, UnitId unit, const Speech& speech) {
  const ledger::OrgTree& tree = read.view->tree();
  const Day day = day_of(read.view->instant(), read.state->zone);
  const std::vector<rollup::Part> parts = rollup::parts_of(tree, unit, day);
  Rows rows;
  for (const rollup::Part& part : parts) {
    Json label = unit_label(tree, part.unit);
    label.set("overlaps", part.overlaps);
    std::string text = unit_text(tree, part.unit);
    if (part.overlaps) text += "  " + speech.word("cli.rollup.overlaps");
    rows.push_back({sums_of(read.view->totals(part.unit)).json(std::move(label)), text});
  }
  Json label = unit_label(tree, unit);
  label.set("own", true);
  rows.push_back({sums_of(rollup::rest_of(*read.view, unit, parts)).json(std::move(label)),
                  unit_text(tree, unit) + "  " + speech.word("cli.rollup.own")});
  return rows;
}

Rows by_kind(const engine::Published& read, UnitId unit, const Speech& speech) {
  const ledger::State& state = *read.state;
  const rollup::Totals totals = read.view->totals(unit);
  Rows rows;
  for (std::size_t i = 0; i < state.kinds.size(); ++i) {
    Sums sums;
    sums.add(totals.kinds[i]);
    Json label;
    label.set("kind", state.kinds[i]);
    const auto flow = state.flow_of(state.kinds[i]);
    rows.push_back({sums.json(std::move(label)),
                    flow ? title_in(state.flows[*flow]->title, speech) : state.kinds[i]});
  }
  return rows;
}

Rows by_phase(const engine::Published& read, UnitId unit, const Speech& speech) {
  const rollup::Totals totals = read.view->totals(unit);
  Rows rows;
  for (std::size_t i = 0; i < ledger::kPhaseCount; ++i) {
    std::int64_t count = 0;
    std::int64_t overdue = 0;
    for (const rollup::PhaseCounts& counts : totals.kinds) {
      count += counts.count[i];
      overdue += counts.overdue[i];
    }
    const std::string name(ledger::to_text(static_cast<ledger::Phase>(i)));
    Json row;
    row.set("phase", name).set("total", count).set("overdue", overdue);
    rows.push_back({std::move(row), speech.word("phase." + name)});
  }
  return rows;
}

Rows by_state(const engine::Published& read, UnitId unit, const Speech& speech) {
  rollup::Filter filter;
  filter.unit = unit;
  Rows rows;
  for (const rollup::StateCount& count : read.view->by_state(filter)) {
    const ledger::Flow& flow = *read.state->flows[count.flow];
    const ledger::FlowState& state = flow.states[count.state];
    Json row;
    row.set("kind", flow.kind).set("flow_version", flow.version).set("state", state.id);
    row.set("total", count.count).set("overdue", count.overdue);
    rows.push_back({std::move(row), title_in(flow.title, speech) + " " +
                                        std::to_string(flow.version) + "  " +
                                        title_in(state.title, speech)});
  }
  return rows;
}

Json whole(const engine::Published& read, UnitId unit, const Rows& rows) {
  Json out;
  out.set("position", read.view->position());
  out.set("instant", to_text(read.view->instant(), read.state->zone));
  out.set("total", sums_of(read.view->totals(unit)).json(unit_label(read.view->tree(), unit)));
  JsonArray list;
  for (const Row& row : rows) list.push_back(row.json);
  out.set("rows", std::move(list));
  JsonArray quantities;
  for (const rollup::QuantitySum& sum : read.view->quantities(unit, rollup::kAllKinds)) {
    Json one;
    one.set("id", sum.id).set("unit", sum.unit).set("value", sum.value);
    one.set("qualifier", ledger::to_text(sum.qualifier));
    one.set("items", static_cast<std::int64_t>(sum.item_count));
    quantities.push_back(std::move(one));
  }
  out.set("quantities", std::move(quantities));
  return out;
}

void print_row(const std::string& label, const Json& row, const Speech& speech) {
  Facts facts;
  for (const JsonMember& member : *row.as_object())
    if (member.second.as_int() != nullptr)
      facts.emplace_back(member.first, std::to_string(*member.second.as_int()));
  const bool short_row = row.find("open") == nullptr;
  fmt::print("{}\n    {}\n", label,
             speech.word(short_row ? "cli.rollup.counts" : "cli.rollup.sums", facts));
}

void print_quantity(const Json& sum, const Speech& speech) {
  speech.say("cli.rollup.quantity",
             {{"id", *sum.find("id")->as_text()},
              {"qualifier", speech.word("qualifier." + *sum.find("qualifier")->as_text())},
              {"value", sum.find("value")->dump()},
              {"unit", *sum.find("unit")->as_text()},
              {"items", sum.find("items")->dump()}});
}

}  // namespace

int run_rollup(const RollupOptions& options, const Speech& speech) {
  const auto ledger = read_ledger(options.folder, From::Snapshot);
  if (!ledger.ok()) return speech.refuse(ledger.error());
  const auto read = shown_as_of(**ledger, options.folder, options.as_of);
  if (!read.ok()) return speech.refuse(read.error());
  const ledger::OrgTree& tree = read->view->tree();
  const auto unit = tree.named(options.unit);
  if (!unit) return speech.refuse(refusal("unit_unknown", {{"unit", options.unit}}));
  Rows rows;
  if (options.by == "child") {
    rows = by_child(*read, *unit, speech);
  } else if (options.by == "kind") {
    rows = by_kind(*read, *unit, speech);
  } else if (options.by == "phase") {
    rows = by_phase(*read, *unit, speech);
  } else if (options.by == "state") {
    rows = by_state(*read, *unit, speech);
  } else {
    (void)speech.refuse(refusal("by_unsupported", {{"by", options.by}}));
    return 2;
  }
  speech.banner(read->state->genesis);
  const Json out = whole(*read, *unit, rows);
  if (speech.json) {
    fmt::print("{}\n", out.dump());
    return 0;
  }
  speech.say("cli.rollup.as_of", {{"position", out.find("position")->dump()},
                                  {"instant", *out.find("instant")->as_text()}});
  print_row(unit_text(tree, *unit), *out.find("total"), speech);
  if (!rows.empty()) speech.say("cut." + options.by);
  for (const Row& row : rows) print_row("  " + row.label, row.json, speech);
  for (const Json& sum : *out.find("quantities")->as_array()) print_quantity(sum, speech);
  return 0;
}

}  // namespace tz::program
