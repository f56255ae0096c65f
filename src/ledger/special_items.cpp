// A part stands under its whole by the words of the version that holds for it; an older version
// never names a newer one, so that no circle closes.
#include "ledger/special_items.h"

#include <algorithm>

namespace tz::ledger {
namespace {

// Of which special item another one is a part; none where it is part of none.
std::optional<std::uint32_t> parent_of(const State& state, std::uint32_t special) {
  const AdoptedRequirement& one = words_of(state, special);
  if (!one.words().parent) return std::nullopt;
  const SpecialItem& item = state.specials[special];
  return state.special_of(state.programmes[item.programme]->newest().id,
                          one.by->requirements[*one.words().parent].id);
}

void add_below(const State& state, const std::vector<std::uint32_t>& among,
               std::optional<std::size_t> parent, std::vector<SpecialNode>& out) {
  const auto above = parent ? std::optional(out[*parent].special) : std::nullopt;
  const std::size_t depth = parent ? out[*parent].depth + 1 : 0;
  for (const std::uint32_t special : among) {
    if (parent_of(state, special) != above) continue;
    out.push_back({special, parent, depth});
    add_below(state, among, out.size() - 1, out);
  }
}

}  // namespace

std::string special_name(std::string_view programme, std::string_view requirement) {
  return std::string(programme) + "/" + std::string(requirement);
}

std::optional<SpecialName> special_named(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == 0 || slash == std::string_view::npos || slash + 1 == text.size())
    return std::nullopt;
  return SpecialName{std::string(text.substr(0, slash)), std::string(text.substr(slash + 1))};
}

const AdoptedRequirement& words_of(const State& state, std::uint32_t special) {
  TZ_ASSERT(special < state.specials.size());
  const SpecialItem& item = state.specials[special];
  return state.programmes[item.programme]->requirements[item.requirement];
}

std::vector<SpecialNode> special_tree(const State& state, std::size_t programme) {
  std::vector<std::uint32_t> among;
  for (std::uint32_t i = 0; i < state.specials.size(); ++i)
    if (state.specials[i].programme == programme) among.push_back(i);
  std::vector<SpecialNode> out;
  add_below(state, among, std::nullopt, out);
  return out;
}

std::vector<std::uint32_t> with_parts(const State& state, std::uint32_t special) {
  TZ_ASSERT(special < state.specials.size());
  std::vector<std::uint32_t> out;
  bool within = false;
  std::size_t depth = 0;
  for (const SpecialNode& node : special_tree(state, state.specials[special].programme)) {
    if (node.special == special) {
      within = true;
      depth = node.depth;
    } else if (node.depth <= depth) {
      within = false;
    }
    if (within) out.push_back(node.special);
  }
  std::sort(out.begin(), out.end());
  return out;
}

bool asked_there(const AdoptedRequirement& requirement, const OrgTree& tree, UnitId unit) {
  const OrgTree& frozen = *requirement.coverage.asked().tree;
  for (;; unit = tree.parent(unit)) {
    // What a unit was asked for that is no more, its successor is.
    std::vector<UnitId> once{unit};
    for (std::size_t i = 0; i < once.size(); ++i) {
      const UnitId one = once[i];
      if (one.value < frozen.size() && requirement.coverage.asks(frozen.position(one))) return true;
      for (const Heir& heir : tree.history().predecessors(one)) once.push_back(heir.unit);
    }
    if (tree.parent(unit) == unit) return false;
  }
}

std::optional<Error> special_fault(const State& state, const Flow& flow, UnitId place,
                                   const SpecialName& special) {
  // What is about persons is counted in cells that were defined beforehand, and in no others.
  if (flow.totals != TotalsAudience::Public)
    return refusal("special_of_persons", {{"kind", flow.kind}});
  const auto programme = state.programme_of(special.programme);
  if (!programme) return refusal("programme_unknown", {{"programme", special.programme}});
  const AdoptedRequirement* requirement =
      state.programmes[*programme]->requirement(special.requirement);
  const Facts which = {{"requirement", special.requirement}};
  if (requirement == nullptr || requirement->dropped) return refusal("requirement_unknown", which);
  if (requirement->words().sort != RequirementSort::Rectification)
    return refusal("requirement_not_special", which);
  if (!asked_there(*requirement, *state.tree, place))
    return refusal("special_not_asked", {{"requirement", special.requirement},
                                         {"unit", std::string(state.tree->code(place))}});
  return std::nullopt;
}

}  // namespace tz::ledger
