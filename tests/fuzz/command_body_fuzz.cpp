// Any bytes as the body of a new item or of a step: refused with a code and the field it is about,
// or read into units that are registered and lists within their limits.
#include <cstddef>
#include <cstdint>

#include "base/csv.h"
#include "base/json.h"
#include "ledger/command.h"

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
      {"1306", "保定市", UnitId{1}, UnitKind::Prefecture, false, Day{0}, {}}};
  OrgTree tree;
  tree.add_units(rows);
  return tree;
}

void check_refusal(const tz::Error& error) {
  TZ_ASSERT(error.error_class == tz::ErrorClass::Refusal && !error.code.empty());
  bool field = false;
  for (const auto& [name, value] : error.facts) {
    field = field || name == "field";
    TZ_ASSERT(tz::valid_utf8(value));
  }
  TZ_ASSERT(field);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const OrgTree tree = small_tree();
  const auto body = tz::parse_json(tz::as_text({data, size}));
  if (!body.ok()) return 0;
  const auto opening = tz::ledger::read_open_item(*body, tree);
  if (opening.ok()) {
    TZ_ASSERT(opening->place.value < tree.size());
  } else {
    check_refusal(opening.error());
  }
  const auto input = tz::ledger::read_action_input(*body, tree);
  if (!input.ok()) {
    check_refusal(input.error());
    return 0;
  }
  TZ_ASSERT(!input->lead || input->lead->value < tree.size());
  for (const auto* units : {&input->responsible, &input->supporting}) {
    TZ_ASSERT(units->size() <= tz::ledger::kListCountMax);
    for (const UnitId unit : *units) TZ_ASSERT(unit.value < tree.size());
  }
  TZ_ASSERT(input->measures.size() <= tz::ledger::kListCountMax);
  TZ_ASSERT(input->evidence.size() <= tz::ledger::kListCountMax);
  TZ_ASSERT(input->checkers.size() <= tz::ledger::kListCountMax);
  return 0;
}
