// Readers on their own threads while rows are put: run it under the thread sanitizer too.
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "rollup/slow_twin.h"

namespace tz::rollup {
namespace {

// Where the writer lays the newest view; readers take it as the engine's readers do.
class Latest {
 public:
  void set(std::shared_ptr<const View> view) {
    const std::lock_guard lock(mutex_);
    view_.swap(view);
  }
  std::shared_ptr<const View> get() {
    const std::lock_guard lock(mutex_);
    return view_;
  }

 private:
  std::mutex mutex_;
  std::shared_ptr<const View> view_;  // under mutex_
};

std::uint32_t sum_of(const Totals& totals) {
  std::uint32_t sum = 0;
  for (const PhaseCounts& kind : totals.kinds)
    for (const std::uint32_t count : kind.count) sum += count;
  return sum;
}

// What any view must satisfy, whatever was written; the first thing wrong, or empty.
std::string fault_of(const View& view) {
  const ledger::OrgTree& tree = view.tree();
  for (std::uint32_t number = 0; number < tree.size(); ++number) {
    const UnitId unit{number};
    const Totals totals = view.totals(unit);
    Filter filter;
    filter.unit = unit;
    if (view.count(filter) != sum_of(totals)) return "count of " + std::to_string(number);
    if (tree.kind(unit) == ledger::UnitKind::Area) continue;
    Totals parts = view.own_totals(unit);
    for (const UnitId child : tree.children(unit)) {
      if (tree.kind(child) != ledger::UnitKind::Area) {
        parts += view.totals(child);
        continue;
      }
      // An area's own number covers more than lies below it: add up what lies below.
      const ledger::Interval below = tree.subtree(child);
      for (std::uint32_t at = below.begin; at < below.end; ++at)
        parts += view.own_totals(tree.at(at));
    }
    if (!(parts == totals)) return "parts of " + std::to_string(number);
  }
  for (std::uint32_t index = 0; index < view.row_count(); index += 3)
    if (view.find(view.row(RowIndex{index}).no) != RowIndex{index})
      return "row " + std::to_string(index);
  return "";
}

TEST(Concurrent, ReadersSeeWholeViewsWhileTheWriterGoesOn) {
  constexpr std::uint64_t kSeed = 11;
  constexpr int kSteps = 1'500;
  constexpr int kStepsMax = 1'000'000;
  constexpr int kViewsMin = 8;
  SCOPED_TRACE(kSeed);
  History history(kSeed);
  Latest latest;
  latest.set(history.rollup.publish(0));
  std::atomic<bool> writing = true;
  std::atomic<int> views_read = 0;
  std::vector<std::string> faults(2);
  const auto read = [&](std::size_t reader) {
    // At least one more after the last write, so that the end is looked at too.
    for (bool last = false; faults[reader].empty(); ++views_read) {
      const bool more = writing;
      const std::shared_ptr<const View> view = latest.get();
      faults[reader] = fault_of(*view);
      if (last) break;
      last = !more;
    }
  };
  std::thread first(read, 0);
  std::thread second(read, 1);
  // Long enough for the readers to have begun, however busy the machine is.
  for (int step = 1; step <= kSteps || (views_read < kViewsMin && step <= kStepsMax); ++step) {
    history.step();
    if (step % 5 == 0) latest.set(history.rollup.publish(static_cast<std::uint64_t>(step)));
  }
  latest.set(history.rollup.publish(kSteps));
  writing = false;
  first.join();
  second.join();
  EXPECT_EQ(faults[0], "");
  EXPECT_EQ(faults[1], "");
  EXPECT_GE(views_read, kViewsMin);
  EXPECT_EQ(difference(*latest.get(), history.twin, {}), "");
}

TEST(Concurrent, AViewOutlivesTheRollupItCameFrom) {
  auto history = std::make_unique<History>(12);
  for (int step = 0; step < 300; ++step) history->step();
  const std::shared_ptr<const View> view = history->rollup.publish(1);
  for (int step = 0; step < 100; ++step) history->step();
  history.reset();
  EXPECT_EQ(fault_of(*view), "");
}

}  // namespace
}  // namespace tz::rollup
