// Any text as a unit file: refused, faulted row by row, or fit to join the tree as it says.
#include <cstddef>
#include <cstdint>

#include "base/csv.h"
#include "ledger/unit_file.h"

namespace {

using tz::Day;
using tz::UnitId;
using tz::ledger::OrgTree;
using tz::ledger::UnitKind;
using tz::ledger::UnitRow;

OrgTree small_tree() {
  const std::vector<UnitRow> rows = {
      {"0", "全国", UnitId{0}, UnitKind::Nation, false, Day{0}, {}},
      {"13", "河北省", UnitId{0}, UnitKind::Province, false, Day{0}, {}},
      {"1306", "保定市", UnitId{1}, UnitKind::Prefecture, false, Day{0}, {}},
      {"X", "片区", UnitId{1}, UnitKind::Area, false, Day{0}, {}}};
  OrgTree tree;
  tree.add_units(rows);
  return tree;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = tz::to_utf8({data, size});
  if (!text.ok()) return 0;
  OrgTree tree = small_tree();
  const auto file = tz::ledger::read_unit_file(*text, tree);
  if (!file.ok()) return 0;
  std::size_t last_line = 0;
  for (const auto& fault : file->faults) {
    TZ_ASSERT(fault.line > last_line);
    last_line = fault.line;
    for (const auto& [name, value] : fault.error.facts) TZ_ASSERT(tz::valid_utf8(value));
  }
  if (!file->faults.empty()) return 0;
  tree.add_units(file->rows);
  tree.add_lines(file->edges);
  for (const auto& edge : file->edges)
    if (edge.line != tz::ledger::LineKind::Area)
      TZ_ASSERT(!tree.below_on_any_edge(edge.superior, edge.unit, edge.from));
  return 0;
}
