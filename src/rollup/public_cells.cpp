// Sums go up, then what is public is decided from the top down.
#include "rollup/public_cells.h"

#include <algorithm>

#include "base/error.h"
#include "ledger/event.h"

namespace tz::rollup {

using ledger::kPublicCountMin;

std::vector<std::optional<std::uint32_t>> public_cells(const std::vector<CellUnit>& units) {
  const std::size_t size = units.size();
  std::vector<std::uint32_t> total(size);
  std::vector<std::vector<std::uint32_t>> children(size);
  for (std::size_t i = size; i-- > 0;) {
    total[i] += units[i].own;
    if (!units[i].parent) continue;
    TZ_ASSERT(*units[i].parent < i);
    total[*units[i].parent] += total[i];
    children[*units[i].parent].push_back(static_cast<std::uint32_t>(i));
  }
  std::vector<std::optional<std::uint32_t>> out(size);
  for (std::size_t i = 0; i < size; ++i) {
    if (!units[i].parent && total[i] >= kPublicCountMin) out[i] = total[i];
    if (!out[i]) continue;
    std::uint32_t rest = units[i].own;
    std::optional<std::uint32_t> smallest;
    for (const std::uint32_t child : children[i]) {
      if (total[child] < kPublicCountMin) {
        rest += total[child];
        continue;
      }
      out[child] = total[child];
      // Of equals the one that comes first in the tree, which has nothing to do with persons.
      if (!smallest || total[child] <= total[*smallest]) smallest = child;
    }
    if (rest > 0 && rest < kPublicCountMin && smallest) out[*smallest].reset();
  }
  return out;
}

}  // namespace tz::rollup
