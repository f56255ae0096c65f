// One pass over the leaves; the runs that are still open say what stands above.
#include "engine/coverage_divisions.h"

#include <string_view>
#include <unordered_map>
#include <utility>

#include "ledger/programme.h"

namespace tz::engine {
namespace {

Error differs(const std::string& unit, const char* why) {
  return refusal("coverage_divisions_differ", {{"unit", unit}, {"why", why}});
}

// Of a unit that nothing selects, a placeholder for one, a leaf says level 0.
bool level_fits(const merkle::SumLeaf& leaf, const ledger::UnitRow& row) {
  if (leaf.tier == 0 && leaf.level == 0) return true;
  const auto level = ledger::level_of(row.kind);
  return level && !row.placeholder && leaf.level == static_cast<std::uint8_t>(*level);
}

}  // namespace

Result<ComparedDivisions> compare(const std::vector<merkle::SumLeaf>& leaves,
                                  const std::vector<ledger::UnitRow>& divisions) {
  std::unordered_map<std::string_view, std::size_t> index_of;
  for (std::size_t i = 0; i < divisions.size(); ++i) index_of.emplace(divisions[i].code, i);
  std::vector<std::pair<std::size_t, std::size_t>> above;  // divisions with the ends of their runs
  ComparedDivisions out;
  for (std::size_t at = 0; at < leaves.size(); ++at) {
    while (!above.empty() && above.back().second <= at) above.pop_back();
    const merkle::SumLeaf& leaf = leaves[at];
    const auto found = index_of.find(leaf.unit_code);
    if (found == index_of.end()) {
      ++out.unlisted;
      continue;
    }
    const ledger::UnitRow& row = divisions[found->second];
    if (found->second > out.listed) return differs(divisions[out.listed].code, "missing");
    if (found->second < out.listed) return differs(row.code, "order");
    const std::size_t parent = above.empty() ? found->second : above.back().first;
    if (parent != row.parent.value) return differs(row.code, "parent");
    if (!level_fits(leaf, row)) return differs(row.code, "level");
    above.emplace_back(found->second, at + leaf.subtree);
    ++out.listed;
  }
  if (out.listed < divisions.size()) return differs(divisions[out.listed].code, "missing");
  return out;
}

}  // namespace tz::engine
