// Measures what is asked of a million households in 10,000 villages: the roll-up of any unit beside
// the totals of the same unit, and making a village's public roster.
//
//   roster_bench    needs nothing: the tree and the households are made here
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "base/random.h"
#include "ledger/resettlement.h"
#include "rollup/household_totals.h"
#include "rollup/rollup.h"

namespace {

using namespace tz;
using Steady = std::chrono::steady_clock;

constexpr std::uint32_t kHouseholds = 1'000'000;
constexpr std::uint32_t kCounties = 20;
constexpr std::uint32_t kTownshipsEach = 20;
constexpr std::uint32_t kVillagesEach = 25;
constexpr std::uint32_t kGroupsEach = 5;
constexpr int kPairs = 5;
constexpr int kAskedEach = 1'000;
constexpr double kRosterUsMax = 10'000;
constexpr Day kToday{18'147};

double us_since(Steady::time_point begin) {
  return std::chrono::duration<double, std::micro>(Steady::now() - begin).count();
}

struct Made {
  std::shared_ptr<ledger::OrgTree> tree = std::make_shared<ledger::OrgTree>();
  std::vector<UnitId> inner;     // the new area, counties, townships
  std::vector<UnitId> villages;  // with their groups
  std::vector<UnitId> groups;
};

Made make_tree() {
  Made out;
  std::vector<ledger::UnitRow> rows;
  const auto add = [&](UnitId parent, ledger::UnitKind kind) {
    ledger::UnitRow row;
    row.code = row.name = std::to_string(rows.size());
    row.parent = parent;
    row.kind = kind;
    rows.push_back(row);
    return UnitId{static_cast<std::uint32_t>(rows.size() - 1)};
  };
  const UnitId root = add(UnitId{0}, ledger::UnitKind::Prefecture);
  out.inner.push_back(root);
  for (std::uint32_t county = 0; county < kCounties; ++county) {
    const UnitId in = add(root, ledger::UnitKind::County);
    out.inner.push_back(in);
    for (std::uint32_t township = 0; township < kTownshipsEach; ++township) {
      const UnitId at = add(in, ledger::UnitKind::Township);
      out.inner.push_back(at);
      for (std::uint32_t village = 0; village < kVillagesEach; ++village) {
        const UnitId here = add(at, ledger::UnitKind::Village);
        out.villages.push_back(here);
        for (std::uint32_t group = 0; group < kGroupsEach; ++group)
          out.groups.push_back(add(here, ledger::UnitKind::Group));
      }
    }
  }
  out.tree->add_units(rows);
  return out;
}

void fill(rollup::Rollup& rollup, const Made& made, SeededRandom& random) {
  for (std::uint32_t i = 0; i < kHouseholds; ++i) {
    ledger::ItemRow row;
    row.no = ledger::ItemNo{std::uint64_t{i} + 1};
    row.place = made.groups[random.next_u64() % made.groups.size()];
    row.phase = ledger::Phase::Working;
    row.opened = kToday;
    row.scheme = 1;
    row.stage = static_cast<ledger::HouseholdStage>(1 + random.next_u64() %
                                                            (ledger::kHouseholdStageCount - 1));
    row.has_signed = row.stage >= ledger::HouseholdStage::Signed;
    row.first = row.last = Seq{std::uint64_t{i} + 1};
    rollup.put(row);
  }
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

// Microseconds a question, over units drawn from those.
template <class Ask>
double each_us(const std::vector<UnitId>& units, SeededRandom& random, int count, Ask ask) {
  std::vector<UnitId> asked;
  for (int i = 0; i < count; ++i) asked.push_back(units[random.next_u64() % units.size()]);
  const auto begin = Steady::now();
  std::uint64_t sum = 0;
  for (const UnitId unit : asked) sum += ask(unit);
  const double us = us_since(begin) / count;
  if (sum == 0) std::exit(1);  // nothing was counted
  return us;
}

}  // namespace

int main() {
  SeededRandom random(1);
  const Made made = make_tree();
  rollup::Rollup rollup;
  rollup.set_tree(made.tree);
  const auto begin = Steady::now();
  fill(rollup, made, random);
  const auto view = rollup.publish(kHouseholds);
  std::printf("%u households in %zu villages: %.2f us a household put\n", kHouseholds,
              made.villages.size(), us_since(begin) / kHouseholds);
  for (const auto& [name, units] :
       {std::pair<const char*, const std::vector<UnitId>&>{"area, county, township", made.inner},
        {"village", made.villages},
        {"group", made.groups}}) {
    std::vector<double> totals;
    std::vector<double> households;
    for (int pair = 0; pair < kPairs; ++pair) {
      totals.push_back(each_us(units, random, kAskedEach, [&](UnitId unit) {
        return std::uint64_t{view->totals(unit).kinds[0].count[4]};
      }));
      households.push_back(each_us(units, random, kAskedEach, [&](UnitId unit) {
        return std::uint64_t{view->households(unit, 1).households()};
      }));
    }
    std::printf("roll-up of a %s: %.3f us, its totals %.3f us, ratio %.2f\n", name,
                median(households), median(totals), median(households) / median(totals));
  }
  std::vector<double> rosters;
  for (int pair = 0; pair < kPairs; ++pair)
    rosters.push_back(each_us(made.villages, random, kAskedEach, [&](UnitId unit) {
      const rollup::RosterQuestion question{
          1, {unit}, kToday, rollup::RosterQuestion::Depth::Whole};
      return std::uint64_t{ledger::public_rows(rollup::stages_by_unit(*view, question)).size()};
    }));
  std::printf("a village's public roster: %.1f us, at most %.0f\n", median(rosters), kRosterUsMax);
  const rollup::RosterQuestion all{1, {UnitId{0}}, kToday, rollup::RosterQuestion::Depth::Whole};
  const auto counted = Steady::now();
  const std::size_t units = rollup::households_by_unit(*view, all).size();
  std::printf("freezing the register of all %zu units: %.1f ms\n", units, us_since(counted) / 1000);
  return median(rosters) <= kRosterUsMax ? 0 : 1;
}
