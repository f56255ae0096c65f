// taizhang units: a unit's path, children, lines and members, or counts of what lies below by kind.
#include <fmt/core.h>

#include <map>

#include "base/json.h"
#include "taizhang/commands.h"
#include "taizhang/reading.h"

namespace tz::program {
namespace {

Json unit_json(const ledger::OrgTree& tree, UnitId unit) {
  Json out;
  out.set("code", tree.code(unit)).set("name", tree.name(unit));
  out.set("kind", ledger::to_text(tree.kind(unit)));
  if (tree.placeholder(unit)) out.set("placeholder", true);
  if (tree.to(unit)) out.set("to", to_text(*tree.to(unit)));
  return out;
}

std::string path_text(const ledger::OrgTree& tree, UnitId unit) {
  std::string out;
  for (UnitId step : tree.path(unit)) {
    if (!out.empty()) out += " / ";
    out += tree.name(step);
  }
  return out;
}

std::string kind_text(const ledger::OrgTree& tree, UnitId unit, const Speech& speech) {
  if (tree.placeholder(unit)) return speech.word("cli.units.placeholder");
  return speech.word("unit_kind." + std::string(ledger::to_text(tree.kind(unit))));
}

void print_unit(const ledger::OrgTree& tree, UnitId unit, const Speech& speech) {
  fmt::print("  {:<14}  {}  {}\n", tree.code(unit), kind_text(tree, unit, speech), tree.name(unit));
}

// On that day.
void print_counts(const ledger::OrgTree& tree, UnitId unit, Day day, const Speech& speech) {
  std::map<ledger::UnitKind, std::int64_t> kinds;
  std::int64_t placeholders = 0;
  std::int64_t ended = 0;
  const ledger::Interval below = tree.subtree(unit);
  for (std::uint32_t at = below.begin; at < below.end; ++at) {
    const UnitId one = tree.at(at);
    if (tree.ended(one, day))
      ++ended;
    else if (tree.placeholder(one))
      ++placeholders;
    else
      ++kinds[tree.kind(one)];
  }
  const std::int64_t units = std::int64_t{below.end} - below.begin - ended;
  if (speech.json) {
    Json out;
    out.set("unit", unit_json(tree, unit)).set("units", units);
    for (const auto& [kind, count] : kinds) out.set(std::string(ledger::to_text(kind)), count);
    out.set("placeholders", placeholders).set("ended", ended);
    fmt::print("{}\n", out.dump());
    return;
  }
  fmt::print("{}  {}\n", tree.code(unit), path_text(tree, unit));
  fmt::print("{:>10}  {}\n", units, speech.word("cli.units.all"));
  for (const auto& [kind, count] : kinds)
    fmt::print("{:>10}  {}\n", count,
               speech.word("unit_kind." + std::string(ledger::to_text(kind))));
  fmt::print("{:>10}  {}\n", placeholders, speech.word("cli.units.placeholder"));
  if (ended > 0) fmt::print("{:>10}  {}\n", ended, speech.word("cli.units.ended"));
}

// What stands around a unit: the rows of the official codes that its children were taken out of,
// and its edges beside the place.
struct Around {
  std::vector<UnitId> placeholders;
  std::vector<ledger::LineEdge> up;    // from it: lines, and areas that it is a member of
  std::vector<ledger::LineEdge> down;  // to it: those it guides, or an area's members
};

Around around(const ledger::OrgTree& tree, UnitId unit) {
  Around out;
  std::vector<UnitId> waiting = tree.children(unit);
  while (!waiting.empty()) {
    const UnitId child = waiting.back();
    waiting.pop_back();
    if (!tree.placeholder(child)) continue;
    out.placeholders.push_back(child);
    const auto below = tree.children(child);
    waiting.insert(waiting.end(), below.begin(), below.end());
  }
  for (const ledger::LineEdge& edge : tree.lines()) {
    if (edge.unit == unit) out.up.push_back(edge);
    if (edge.superior == unit) out.down.push_back(edge);
  }
  return out;
}

Json edges_json(const ledger::OrgTree& tree, const std::vector<ledger::LineEdge>& edges,
                UnitId ledger::LineEdge::*other) {
  JsonArray out;
  for (const ledger::LineEdge& edge : edges) {
    Json one;
    one.set("line", ledger::to_text(edge.line)).set("unit", unit_json(tree, edge.*other));
    one.set("from", to_text(edge.from)).set("to", edge.to ? Json(to_text(*edge.to)) : Json());
    out.push_back(std::move(one));
  }
  return Json(std::move(out));
}

void print_edges(const ledger::OrgTree& tree, const std::vector<ledger::LineEdge>& edges,
                 UnitId ledger::LineEdge::*other, const std::string& direction,
                 const Speech& speech) {
  for (const ledger::LineEdge& edge : edges)
    fmt::print("  {}  {}  {}  {} – {}\n",
               speech.word("edge." + direction + "." + std::string(to_text(edge.line))),
               tree.code(edge.*other), tree.name(edge.*other), to_text(edge.from),
               edge.to ? to_text(*edge.to) : std::string());
}

// Codes, names and places that it had, and whose matters went to whom.
Json once_json(const ledger::OrgTree& tree, UnitId unit) {
  JsonArray out;
  for (const ledger::FormerUnit& was : tree.once(unit)) {
    Json one;
    one.set("code", was.code).set("name", was.name);
    one.set("parent", unit_json(tree, was.parent)).set("to", to_text(was.to));
    out.push_back(std::move(one));
  }
  return Json(std::move(out));
}

void print_changes(const ledger::OrgTree& tree, UnitId unit, const Speech& speech) {
  const auto print = [&](const char* word, UnitId other, Day from) {
    fmt::print("  {}  {}  {}  {}\n", speech.word(word), tree.code(other), tree.name(other),
               to_text(from));
  };
  for (const ledger::FormerUnit& was : tree.once(unit))
    fmt::print("  {}  {}  {}  {}  – {}\n", speech.word("cli.units.once"), was.code,
               path_text(tree, was.parent), was.name, to_text(was.to));
  for (const ledger::Heir& heir : tree.history().successors(unit))
    print("cli.units.successor", heir.successor, heir.from);
  for (const ledger::Heir& heir : tree.history().predecessors(unit))
    print("cli.units.predecessor", heir.unit, heir.from);
}

void print_unit_whole(const ledger::OrgTree& tree, UnitId unit, const Speech& speech) {
  const Around beside = around(tree, unit);
  const std::vector<UnitId> children = tree.visible_children(unit);
  if (speech.json) {
    const auto list = [&](const std::vector<UnitId>& units) {
      JsonArray out;
      for (UnitId one : units) out.push_back(unit_json(tree, one));
      return Json(std::move(out));
    };
    Json out = unit_json(tree, unit);
    out.set("path", list(tree.path(unit))).set("children", list(children));
    out.set("placeholders", list(beside.placeholders));
    std::vector<UnitId> successors;
    for (const ledger::Heir& heir : tree.history().successors(unit))
      successors.push_back(heir.successor);
    std::vector<UnitId> predecessors;
    for (const ledger::Heir& heir : tree.history().predecessors(unit))
      predecessors.push_back(heir.unit);
    out.set("successors", list(successors)).set("predecessors", list(predecessors));
    out.set("once", once_json(tree, unit));
    out.set("lines", edges_json(tree, beside.up, &ledger::LineEdge::superior));
    out.set("members", edges_json(tree, beside.down, &ledger::LineEdge::unit));
    fmt::print("{}\n", out.dump());
    return;
  }
  fmt::print("{}  {}  {}\n", tree.code(unit), kind_text(tree, unit, speech), path_text(tree, unit));
  for (UnitId child : children) print_unit(tree, child, speech);
  for (UnitId child : beside.placeholders) print_unit(tree, child, speech);
  print_edges(tree, beside.up, &ledger::LineEdge::superior, "up", speech);
  print_edges(tree, beside.down, &ledger::LineEdge::unit, "down", speech);
  print_changes(tree, unit, speech);
}

}  // namespace

int run_units(const UnitsOptions& options, const Speech& speech) {
  const auto read = read_ledger(options.folder, From::Snapshot);
  if (!read.ok()) return speech.refuse(read.error());
  const ledger::OrgTree& tree = *(*read)->world.state.tree;
  const auto named = tree.named(options.unit);
  if (!named) return speech.refuse(refusal("unit_unknown", {{"unit", options.unit}}));
  const UnitId unit = *named;
  speech.banner((*read)->world.state.genesis);
  if (options.count)
    print_counts(tree, unit, day_of((*read)->world.recorded, (*read)->world.state.zone), speech);
  else
    print_unit_whole(tree, unit, speech);
  return 0;
}

}  // namespace tz::program
