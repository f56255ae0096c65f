// Random units with random answers to a requirement, and the leaves that are to be sealed of them,
// unit by unit and by the definitions alone.
#pragma once

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "ledger/adopted_programme.h"
#include "merkle/slow_sum_tree_test.h"

namespace tz::engine {

inline std::shared_ptr<const ledger::OrgTree> random_tree(Random& random, std::uint32_t size) {
  using namespace ledger;
  std::vector<UnitRow> rows;
  for (std::uint32_t i = 0; i < size; ++i) {
    const auto parent = i == 0 ? 0U : static_cast<std::uint32_t>(random.next_u64() % i);
    const auto kind = i == 0 ? UnitKind::Nation : static_cast<UnitKind>(random.next_u64() % 14);
    rows.push_back({"u" + std::to_string(i), "unit", UnitId{parent}, kind,
                    i != 0 && random.next_u64() % 10 == 0, Day{0},
                    random.next_u64() % 10 == 0 ? std::optional(Day{1}) : std::nullopt});
  }
  auto tree = std::make_shared<OrgTree>();
  tree->add_units(rows);
  return tree;
}

// Each unit of a random tier of three or of none, each that is asked with a random status.
inline ledger::AdoptedRequirement random_requirement(Random& random, std::uint32_t size) {
  using namespace ledger;
  auto asked = std::make_shared<AskedUnits>();
  asked->tree = random_tree(random, size);
  asked->day = asked->first = Day{18'147};
  asked->tier_count = 3;
  for (std::uint32_t i = 0; i < size; ++i)
    asked->tier_at.push_back(static_cast<std::uint8_t>(random.next_u64() % 4));
  AdoptedRequirement out{nullptr, 0, false, Coverage(asked), 0, {}, 0, {}};
  for (std::uint32_t at = 0; at < size; ++at)
    if (out.coverage.asks(at))
      out.coverage.set(at, static_cast<CoverageStatus>(random.next_u64() % kCoverageStatusCount),
                       asked->day);
  return out;
}

// docs/coverage-proof.md, "What the numbers are".
inline std::vector<merkle::SumLeaf> slow_leaves(const ledger::AdoptedRequirement& of) {
  using namespace ledger;
  const AskedUnits& asked = of.coverage.asked();
  const OrgTree& tree = *asked.tree;
  std::set<UnitKind> kinds;
  for (std::uint32_t at = 0; at < tree.size(); ++at)
    if (asked.tier_at[at] != 0) kinds.insert(tree.kind(tree.at(at)));
  const auto counts = [&](UnitId unit) {
    return !tree.placeholder(unit) && (!tree.to(unit) || asked.day <= *tree.to(unit));
  };
  const std::vector<std::string> sealed = {"open", "met", "late", "exempt", "none_checked"};
  std::vector<merkle::SumLeaf> out;
  for (std::uint32_t at = 0; at < tree.size(); ++at) {
    const UnitId unit = tree.at(at);
    merkle::SumLeaf leaf;
    leaf.position = at;
    leaf.unit_code = "u" + std::to_string(unit.value);
    if (counts(unit))
      for (UnitId above = unit;; above = tree.parent(above)) {
        const auto level = counts(above) ? level_of(tree.kind(above)) : std::nullopt;
        leaf.level = level ? static_cast<std::uint8_t>(*level) : std::uint8_t{0};
        if (level || tree.parent(above) == above) break;
      }
    leaf.subtree = 0;
    for (std::uint32_t i = 0; i < tree.size(); ++i)
      leaf.subtree += tree.within(UnitId{i}, unit) ? 1U : 0U;
    leaf.tier = asked.tier_at[at];
    if (leaf.tier != 0) {
      leaf.type =
          static_cast<std::uint8_t>(1 + std::distance(kinds.begin(), kinds.find(tree.kind(unit))));
      const auto found = std::find(sealed.begin(), sealed.end(), to_text(of.coverage.status(at)));
      // What is only claimed is open.
      leaf.status = found == sealed.end() ? std::uint8_t{0}
                                          : static_cast<std::uint8_t>(found - sealed.begin());
    }
    out.push_back(leaf);
  }
  return out;
}

}  // namespace tz::engine
