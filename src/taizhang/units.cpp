// taizhang units: a unit's path and children, or counts of what lies below by kind.
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

void print_counts(const ledger::OrgTree& tree, UnitId unit, const Speech& speech) {
  std::map<std::string, std::int64_t> kinds;
  std::int64_t placeholders = 0;
  const ledger::Interval below = tree.subtree(unit);
  for (std::uint32_t at = below.begin; at < below.end; ++at) {
    const UnitId one = tree.at(at);
    if (tree.placeholder(one))
      ++placeholders;
    else
      ++kinds[std::string(ledger::to_text(tree.kind(one)))];
  }
  Json out;
  out.set("unit", unit_json(tree, unit)).set("units", std::int64_t{below.end} - below.begin);
  for (const auto& [kind, count] : kinds) out.set(kind, count);
  out.set("placeholders", placeholders);
  if (speech.json) {
    fmt::print("{}\n", out.dump());
    return;
  }
  fmt::print("{}  {}\n", tree.code(unit), path_text(tree, unit));
  for (const JsonMember& member : *out.as_object())
    if (member.second.as_int() != nullptr)
      fmt::print("{:>10}  {}\n", *member.second.as_int(), member.first);
}

void print_children(const ledger::OrgTree& tree, UnitId unit, const Speech& speech) {
  if (speech.json) {
    Json out = unit_json(tree, unit);
    JsonArray path;
    for (UnitId step : tree.path(unit)) path.push_back(unit_json(tree, step));
    JsonArray children;
    for (UnitId child : tree.visible_children(unit)) children.push_back(unit_json(tree, child));
    out.set("path", std::move(path)).set("children", std::move(children));
    fmt::print("{}\n", out.dump());
    return;
  }
  fmt::print("{}  {}\n", tree.code(unit), path_text(tree, unit));
  for (UnitId child : tree.visible_children(unit))
    fmt::print("  {:<14}{:<14}{}\n", tree.code(child), ledger::to_text(tree.kind(child)),
               tree.name(child));
}

}  // namespace

int run_units(const UnitsOptions& options, const Speech& speech) {
  const auto read = read_ledger(options.folder, From::Snapshot);
  if (!read.ok()) return speech.refuse(read.error());
  const ledger::OrgTree& tree = *(*read)->world.state.tree;
  const auto unit = tree.find(options.unit);
  if (!unit) return speech.refuse(refusal("unit_unknown", {{"unit", options.unit}}));
  if (options.count)
    print_counts(tree, *unit, speech);
  else
    print_children(tree, *unit, speech);
  return 0;
}

}  // namespace tz::program
