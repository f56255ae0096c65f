// Any bytes as a programme file: read as a sound programme or refused with a place, the same both
// ways; and a sound one has an answer for every unit of a small tree.
#include <cstddef>
#include <cstdint>

#include "base/bytes.h"
#include "ledger/programme_units.h"
#include "programme/programme_file.h"

namespace {

tz::ledger::OrgTree small_tree() {
  using tz::ledger::UnitKind;
  const auto row = [](const char* code, std::uint32_t parent, UnitKind kind) {
    return tz::ledger::UnitRow{code, code, tz::UnitId{parent}, kind, false, tz::Day{0}, {}};
  };
  const std::vector<tz::ledger::UnitRow> rows = {
      row("0", 0, UnitKind::Nation),    row("22", 0, UnitKind::Province),
      row("2201", 1, UnitKind::County), row("office", 2, UnitKind::Agency),
      row("v", 2, UnitKind::Village),   row("b", 4, UnitKind::Branch)};
  tz::ledger::OrgTree tree;
  tree.add_units(rows);
  return tree;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const tz::ledger::OrgTree tree = small_tree();
  constexpr tz::Day kToday{18'147};
  const std::string_view text = tz::as_text({data, size});
  const auto faults = tz::programme::programme_faults(text);
  const auto programme = tz::programme::read_programme(text);
  TZ_ASSERT(programme.ok() == faults.empty());
  for (const tz::Error& fault : faults) TZ_ASSERT(!fault.code.empty());
  if (!programme.ok()) return 0;
  TZ_ASSERT(tz::ledger::check(*programme).empty());
  const auto map = tz::ledger::assign_tiers(*programme, tree, kToday);
  TZ_ASSERT(map.tier_at.size() == tree.size());
  for (const std::uint8_t tier : map.tier_at) TZ_ASSERT(tier <= programme->tiers.size());
  const auto plan = tz::ledger::plan(&*programme, *programme, tree, kToday);
  for (const auto& row : plan.requirements) TZ_ASSERT(row.won == 0 && row.lost == 0);
  return 0;
}
