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

using Rows = std::vector<Json>;

// What counts for the unit and stands in no row that adds up is its own row, the last.
Rows by_child(const ReadLedger& read, UnitId unit) {
  const ledger::OrgTree& tree = read.view->tree();
  const Day day = day_of(read.view->instant(), read.world.state.zone);
  const std::vector<rollup::Part> parts = rollup::parts_of(tree, unit, day);
  Rows rows;
  for (const rollup::Part& part : parts) {
    Json label;
    label.set("unit", tree.code(part.unit)).set("name", tree.name(part.unit));
    label.set("overlaps", part.overlaps);
    rows.push_back(sums_of(read.view->totals(part.unit)).json(std::move(label)));
  }
  Json label;
  label.set("unit", tree.code(unit)).set("name", tree.name(unit)).set("own", true);
  rows.push_back(sums_of(rollup::rest_of(*read.view, unit, parts)).json(std::move(label)));
  return rows;
}

Rows by_kind(const ReadLedger& read, UnitId unit) {
  const rollup::Totals totals = read.view->totals(unit);
  Rows rows;
  for (std::size_t i = 0; i < read.world.state.kinds.size(); ++i) {
    Sums sums;
    sums.add(totals.kinds[i]);
    Json label;
    label.set("kind", read.world.state.kinds[i]);
    rows.push_back(sums.json(std::move(label)));
  }
  return rows;
}

Rows by_phase(const ReadLedger& read, UnitId unit) {
  const rollup::Totals totals = read.view->totals(unit);
  Rows rows;
  for (std::size_t i = 0; i < ledger::kPhaseCount; ++i) {
    std::int64_t count = 0;
    std::int64_t overdue = 0;
    for (const rollup::PhaseCounts& counts : totals.kinds) {
      count += counts.count[i];
      overdue += counts.overdue[i];
    }
    Json row;
    row.set("phase", ledger::to_text(static_cast<ledger::Phase>(i)));
    row.set("total", count).set("overdue", overdue);
    rows.push_back(std::move(row));
  }
  return rows;
}

Rows by_state(const ReadLedger& read, UnitId unit) {
  rollup::Filter filter;
  filter.unit = unit;
  Rows rows;
  for (const rollup::StateCount& count : read.view->by_state(filter)) {
    const ledger::Flow& flow = *read.world.state.flows[count.flow];
    Json row;
    row.set("kind", flow.kind).set("flow_version", flow.version);
    row.set("state", flow.states[count.state].id);
    row.set("total", count.count).set("overdue", count.overdue);
    rows.push_back(std::move(row));
  }
  return rows;
}

Json whole(const ReadLedger& read, UnitId unit, Rows rows) {
  const ledger::OrgTree& tree = read.view->tree();
  Json label;
  label.set("unit", tree.code(unit)).set("name", tree.name(unit));
  Json out;
  out.set("position", read.view->position());
  out.set("instant", to_text(read.view->instant(), read.world.state.zone));
  out.set("total", sums_of(read.view->totals(unit)).json(std::move(label)));
  out.set("rows",
          JsonArray(std::make_move_iterator(rows.begin()), std::make_move_iterator(rows.end())));
  JsonArray quantities;
  for (const rollup::QuantitySum& sum : read.view->quantities(unit)) {
    Json one;
    one.set("id", sum.id).set("unit", sum.unit).set("value", sum.value);
    one.set("qualifier", ledger::to_text(sum.qualifier));
    one.set("items", static_cast<std::int64_t>(sum.item_count));
    quantities.push_back(std::move(one));
  }
  out.set("quantities", std::move(quantities));
  return out;
}

void print_row(const Json& row) {
  std::string line;
  for (const JsonMember& member : *row.as_object()) {
    const std::string* text = member.second.as_text();
    line += fmt::format("{}={}  ", member.first, text != nullptr ? *text : member.second.dump());
  }
  fmt::print("  {}\n", line);
}

}  // namespace

int run_rollup(const RollupOptions& options, const Speech& speech) {
  const auto read = read_ledger(options.folder, From::Snapshot);
  if (!read.ok()) return speech.refuse(read.error());
  const auto unit = (*read)->view->tree().find(options.unit);
  if (!unit) return speech.refuse(refusal("unit_unknown", {{"unit", options.unit}}));
  Rows rows;
  if (options.by == "child") {
    rows = by_child(**read, *unit);
  } else if (options.by == "kind") {
    rows = by_kind(**read, *unit);
  } else if (options.by == "phase") {
    rows = by_phase(**read, *unit);
  } else if (options.by == "state") {
    rows = by_state(**read, *unit);
  } else {
    (void)speech.refuse(refusal("by_unsupported", {{"by", options.by}}));
    return 2;
  }
  const Json out = whole(**read, *unit, std::move(rows));
  if (speech.json) {
    fmt::print("{}\n", out.dump());
    return 0;
  }
  speech.say("cli.rollup.as_of", {{"position", out.find("position")->dump()},
                                  {"instant", *out.find("instant")->as_text()}});
  print_row(*out.find("total"));
  for (const Json& row : *out.find("rows")->as_array()) print_row(row);
  for (const Json& sum : *out.find("quantities")->as_array()) print_row(sum);
  return 0;
}

}  // namespace tz::program
