// Any bytes as a snapshot of the columns: what loads is saved as the same bytes, and answers.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/sha256.h"
#include "rollup/rollup.h"

namespace {

// Eight units in a chain: what src/rollup/snapshot_test.cpp writes the seeds for.
std::shared_ptr<const tz::ledger::OrgTree> chain_tree() {
  std::vector<tz::ledger::UnitRow> rows(8);
  for (std::uint32_t number = 0; number < rows.size(); ++number) {
    rows[number].code = rows[number].name = "u" + std::to_string(number);
    rows[number].parent.value = number == 0 ? 0 : number - 1;
  }
  auto tree = std::make_shared<tz::ledger::OrgTree>();
  tree->add_units(rows);
  return tree;
}

void load(const tz::Bytes& bytes) {
  static const std::shared_ptr<const tz::ledger::OrgTree> tree = chain_tree();
  tz::rollup::Rollup rollup;
  rollup.set_tree(tree);
  static const tz::rollup::SnapshotLimits limits{8, 9, 2, {3, 3, 200}};
  const tz::Outcome loaded =
      rollup.load(bytes, tz::Instant{1'568'000'000'000'000}, tz::Zone{}, limits);
  if (!loaded.ok()) {
    TZ_ASSERT(loaded.error().code == "snapshot_damaged");
    return;
  }
  TZ_ASSERT(rollup.save() == bytes);
  const auto view = rollup.publish(0);
  std::uint32_t counted = 0;
  for (const auto& kind : view->totals(tz::UnitId{0}).kinds)
    for (const std::uint32_t count : kind.count) counted += count;
  TZ_ASSERT(counted == view->count({}));
  static_cast<void>(view->quantities(tz::UnitId{0}, tz::rollup::kAllKinds));
  static_cast<void>(rollup.next_due(tz::Zone{}));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  tz::Bytes bytes(data, data + size);
  load(bytes);
  // No fuzzer guesses a hash.
  const tz::Hash hash = tz::sha256(bytes);
  bytes.insert(bytes.end(), hash.begin(), hash.end());
  load(bytes);
  return 0;
}
