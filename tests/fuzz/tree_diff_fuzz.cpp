// Any text as a difference of trees: refused, faulted row by row, planned, and what is planned
// refused or made so, with the tree of before still told.
#include <cstddef>
#include <cstdint>

#include "base/csv.h"
#include "ledger/decide_units.h"
#include "ledger/tree_diff_file.h"
#include "ledger/tree_diff_plan.h"

namespace {

using tz::Day;
using tz::UnitId;
using tz::ledger::OrgTree;
using tz::ledger::UnitKind;

constexpr Day kFrom{18'000};

tz::ledger::State small_state() {
  const std::vector<tz::ledger::UnitRow> rows = {
      {"0", "全国", UnitId{0}, UnitKind::Nation, false, Day{0}, {}},
      {"13", "甲省", UnitId{0}, UnitKind::Province, false, Day{0}, {}},
      {"1301", "乙市", UnitId{1}, UnitKind::Prefecture, false, Day{0}, {}},
      {"130101", "丙县", UnitId{2}, UnitKind::County, false, Day{0}, {}},
      {"130102", "丁县", UnitId{2}, UnitKind::County, false, Day{0}, {}},
      {"130101001", "戊镇", UnitId{3}, UnitKind::Township, false, Day{0}, {}}};
  auto tree = std::make_shared<OrgTree>();
  tree->add_units(rows);
  tz::ledger::State state;
  state.tree = tree;
  auto policy = std::make_shared<tz::ledger::Policy>();
  policy->of(tz::ledger::Right::UnitChange).program = true;
  state.policy = policy;
  return state;
}

void make_so(tz::ledger::State& state, const tz::ledger::ChangeUnits& command) {
  const tz::ledger::Circumstances at{state, [](tz::ledger::ItemNo) { return nullptr; },
                                     {},    tz::start_of(kFrom, state.zone),
                                     {},    std::nullopt};
  const auto decision = decide_changes(at, command);
  if (!decision.ok()) return;
  const auto before = state.tree;
  tz::Seq record{10};
  for (const tz::ledger::EventDraft& draft : decision->events) {
    ++record.value;
    apply(state, draft.event, {at.now, record}, {});
  }
  settle(state);
  const OrgTree then = state.tree->before(tz::Seq{11}, before->size(), {});
  for (std::uint32_t i = 0; i < then.size(); ++i) {
    TZ_ASSERT(then.code(UnitId{i}) == before->code(UnitId{i}));
    TZ_ASSERT(then.name(UnitId{i}) == before->name(UnitId{i}));
    TZ_ASSERT(then.position(UnitId{i}) == before->position(UnitId{i}));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = tz::to_utf8({data, size});
  if (!text.ok()) return 0;
  const auto file = tz::ledger::read_diff(*text);
  if (!file.ok() || !file->faults.empty()) return 0;
  for (const bool leave : {true, false}) {
    tz::ledger::State state = small_state();
    const auto plan = plan_diff(file->rows, *state.tree, {"fuzz", kFrom, leave, kFrom});
    if (plan.faults.empty()) make_so(state, plan.command);
  }
  return 0;
}
