// Leaves straight from the coverage; what has not changed since it was sealed is not made again.
#include "engine/coverage_sealing.h"

#include <algorithm>
#include <array>

#include "ledger/unit_classes.h"

namespace tz::engine {
namespace {

// Which number a kind of unit has among the types of a requirement; 0: its units are not asked.
using TypeNumbers = std::array<std::uint8_t, ledger::kUnitKindCount>;

TypeNumbers type_numbers(const ledger::AskedUnits& asked) {
  TypeNumbers out{};
  for (std::uint32_t at = 0; at < asked.tier_at.size(); ++at)
    if (asked.tier_at[at] != 0)
      out[static_cast<std::size_t>(asked.tree->kind(asked.tree->at(at)))] = 1;
  std::uint8_t number = 0;
  for (std::uint8_t& one : out)
    if (one != 0) one = ++number;
  return out;
}

merkle::SumGrid grid_of(const ledger::AskedUnits& asked, const TypeNumbers& types) {
  merkle::SumGrid grid{asked.tier_count, *std::max_element(types.begin(), types.end()),
                       kSealedStatusCount};
  const auto size = static_cast<std::uint32_t>(asked.tier_at.size());
  if (merkle::cell_count(grid) > merkle::kSumCellsMax ||
      merkle::worst_bytes(grid, size) > merkle::kSumBytesMax)
    grid.types = 0;
  return grid;
}

}  // namespace

std::uint8_t sealed_status(ledger::CoverageStatus status) {
  switch (status) {
    case ledger::CoverageStatus::Open:
    case ledger::CoverageStatus::NoneClaimed:
      return 0;
    case ledger::CoverageStatus::Met:
      return 1;
    case ledger::CoverageStatus::Late:
      return 2;
    case ledger::CoverageStatus::Exempt:
      return 3;
    case ledger::CoverageStatus::NoneChecked:
      return 4;
  }
  return 0;
}

Result<merkle::SumTree> coverage_tree(const ledger::AdoptedRequirement& requirement) {
  return coverage_tree(requirement.coverage);
}

Result<merkle::SumTree> coverage_tree(const ledger::Coverage& coverage) {
  const ledger::AskedUnits& asked = coverage.asked();
  const TypeNumbers types = type_numbers(asked);
  const merkle::SumGrid grid = grid_of(asked, types);
  const auto classes = std::make_shared<const std::vector<ledger::UnitClass>>(
      ledger::unit_classes(*asked.tree, asked.day));
  const auto leaf = [coverage, types, grid, classes](std::uint32_t position) {
    const ledger::AskedUnits& units = coverage.asked();
    const ledger::OrgTree& tree = *units.tree;
    const UnitId unit = tree.at(position);
    merkle::SumLeaf out;
    out.position = position;
    out.unit_code = tree.code(unit);
    if (const ledger::UnitClass of = (*classes)[position]; of != 0)
      out.level = static_cast<std::uint8_t>(ledger::traits_of(of).level);
    const ledger::Interval subtree = tree.subtree(unit);
    out.subtree = subtree.end - subtree.begin;
    out.tier = units.tier_at[position];
    if (out.tier == 0) return out;
    if (grid.types != 0) out.type = types[static_cast<std::size_t>(tree.kind(unit))];
    out.status = sealed_status(coverage.status(position));
    return out;
  };
  return merkle::SumTree::build(grid, static_cast<std::uint32_t>(asked.tree->size()), leaf);
}

std::vector<SealDue> seals_due(const ledger::State& state, Day today) {
  std::vector<SealDue> out;
  for (const auto& programme : state.programmes)
    for (const ledger::AdoptedRequirement& one : programme->requirements) {
      if (one.dropped) continue;
      const auto due = [&](ledger::SealReason reason) {
        out.push_back({programme->newest().id, one.words().id, reason});
      };
      if (one.seals.empty()) {
        due(ledger::SealReason::Adoption);
        continue;
      }
      const Day sealed = one.seals.back().day;
      if (today <= sealed) continue;
      const auto& days = one.words().due;
      const bool over = std::any_of(days.begin(), days.end(), [&](const std::optional<Day>& day) {
        return day && sealed <= *day && *day < today;
      });
      if (over)
        due(ledger::SealReason::Deadline);
      else if (today <= one.by->to)
        due(ledger::SealReason::Daily);
    }
  return out;
}

Result<std::size_t> seal_due(Engine& engine, Instant now, const std::function<bool()>& stopping) {
  const Published seen = engine.published();
  std::size_t count = 0;
  for (const SealDue& one : seals_due(*seen.state, day_of(now, seen.state->zone))) {
    if (stopping && stopping()) break;
    const auto& programme = *seen.state->programmes[*seen.state->programme_of(one.programme)];
    const ledger::AdoptedRequirement& requirement = *programme.requirement(one.requirement);
    ledger::SealCoverage command{one.programme,       one.requirement, one.reason,
                                 requirement.changes, seen.size,       {}};
    const bool same =
        !requirement.seals.empty() && requirement.sealed_changes == requirement.changes;
    if (same)
      command.digest = requirement.seals.back().digest;
    else
      command.digest = merkle::root_digest(TZ_TRY(coverage_tree(requirement)).root());
    const auto receipt = engine.submit_and_wait({command, {}, {}, {}});
    // Somebody answered meanwhile: it is made anew the next time.
    if (!receipt.ok() && receipt.error().code == "coverage_moved") continue;
    if (!receipt.ok()) return receipt.error();
    ++count;
  }
  return count;
}

}  // namespace tz::engine
