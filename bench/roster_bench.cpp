// Measures what is asked of a million households in 10,000 villages: the roll-up of any unit beside
// the totals of the same unit, and making a village's public roster beside all that were made
// before: of every village once a month for a year, and for everybody.
//
//   roster_bench    needs nothing: the tree and the households are made here
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/random.h"
#include "ledger/resettlement.h"
#include "ledger/roster_difference.h"
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
constexpr std::int32_t kMonths = 12;  // of which every village has a roster
constexpr std::int32_t kMonthDays = 30;
constexpr std::uint32_t kMovedEach = 20;  // one household of so many has moved on since the last

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

struct Household {
  UnitId group;
  ledger::HouseholdStage stage;
};

std::vector<Household> make_households(const Made& made, SeededRandom& random) {
  std::vector<Household> out;
  out.reserve(kHouseholds);
  for (std::uint32_t i = 0; i < kHouseholds; ++i)
    out.push_back({made.groups[random.next_u64() % made.groups.size()],
                   static_cast<ledger::HouseholdStage>(
                       1 + random.next_u64() % (ledger::kHouseholdStageCount - 1))});
  return out;
}

void put(rollup::Rollup& rollup, std::uint32_t index, const Household& household, Seq last) {
  ledger::ItemRow row;
  row.no = ledger::ItemNo{std::uint64_t{index} + 1};
  row.place = household.group;
  row.phase = ledger::Phase::Working;
  row.opened = kToday;
  row.scheme = 1;
  row.stage = household.stage;
  row.has_signed = row.stage >= ledger::HouseholdStage::Signed;
  row.first = Seq{std::uint64_t{index} + 1};
  row.last = last;
  rollup.put(row);
}

// Some go one stage further.
void move_on(rollup::Rollup& rollup, std::vector<Household>& households, SeededRandom& random) {
  for (std::uint32_t i = 0; i < kHouseholds; ++i) {
    Household& one = households[i];
    const bool ends =
        one.stage == static_cast<ledger::HouseholdStage>(ledger::kHouseholdStageCount - 1);
    if (ends || random.next_u64() % kMovedEach != 0) continue;
    one.stage = static_cast<ledger::HouseholdStage>(static_cast<int>(one.stage) + 1);
    put(rollup, i, one, Seq{std::uint64_t{kHouseholds} + i + 1});
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

using Depth = rollup::RosterQuestion::Depth;

// What the rollup tells of it, as rows that may be public; none: everybody's, by township.
std::vector<ledger::RosterRow> rows_now(const rollup::View& view, std::optional<UnitId> village) {
  const rollup::RosterQuestion question{
      1, {village.value_or(UnitId{0})}, kToday, village ? Depth::Whole : Depth::Township};
  return ledger::public_rows(rollup::stages_by_unit(view, question));
}

ledger::PublishedRoster roster_of(std::optional<UnitId> village,
                                  std::vector<ledger::RosterRow> rows, Day first) {
  ledger::PublishedRoster out;
  out.audience = village ? ledger::RosterAudience::Affected : ledger::RosterAudience::Everybody;
  out.unit = village;
  out.first = first;
  out.last = Day{first.number + kMonthDays};
  out.rows = std::move(rows);
  return out;
}

// Every village's of each month, and after them that for everybody, which is made beside them.
ledger::Scheme published_for_a_year(const rollup::View& view, const Made& made) {
  ledger::Scheme scheme;
  scheme.units = {UnitId{0}};
  for (std::int32_t month = kMonths; month > 0; --month) {
    const Day first{kToday.number - month * kMonthDays};
    for (const UnitId village : made.villages)
      scheme.publish(roster_of(village, rows_now(view, village), first), first);
    scheme.publish(roster_of(std::nullopt,
                             ledger::rows_beside(*made.tree, scheme, std::nullopt,
                                                 rows_now(view, std::nullopt)),
                             first),
                   first);
  }
  return scheme;
}

// Microseconds of what a roster takes from the question to the state that has it: made at the door,
// compared there, compared again where it is decided, and published.
double roster_us(const rollup::View& view, const Made& made, ledger::Scheme& scheme,
                 SeededRandom& random) {
  return each_us(made.villages, random, kAskedEach, [&](UnitId village) {
    auto rows = ledger::rows_beside(*made.tree, scheme, village, rows_now(view, village));
    const std::size_t count = rows.size();
    if (ledger::rows_beside(*made.tree, scheme, village, rows) != rows) std::exit(1);
    if (!rows.empty()) scheme.publish(roster_of(village, std::move(rows), kToday), kToday);
    return std::uint64_t{count};
  });
}

void measure_rollups(const rollup::View& view, const Made& made, SeededRandom& random) {
  for (const auto& [name, units] :
       {std::pair<const char*, const std::vector<UnitId>&>{"area, county, township", made.inner},
        {"village", made.villages},
        {"group", made.groups}}) {
    std::vector<double> totals;
    std::vector<double> households;
    for (int pair = 0; pair < kPairs; ++pair) {
      totals.push_back(each_us(units, random, kAskedEach, [&](UnitId unit) {
        return std::uint64_t{view.totals(unit).kinds[0].count[4]};
      }));
      households.push_back(each_us(units, random, kAskedEach, [&](UnitId unit) {
        return std::uint64_t{view.households(unit, 1).households()};
      }));
    }
    std::printf("roll-up of a %s: %.3f us, its totals %.3f us, ratio %.2f\n", name,
                median(households), median(totals), median(households) / median(totals));
  }
}

// The median, in microseconds.
double measure_rosters(const rollup::View& view, const Made& made, ledger::Scheme& scheme,
                       SeededRandom& random) {
  const std::size_t earlier = scheme.rosters.size();
  std::vector<double> alone;
  std::vector<double> beside;
  for (int pair = 0; pair < kPairs; ++pair) {
    alone.push_back(each_us(made.villages, random, kAskedEach, [&](UnitId village) {
      return std::uint64_t{rows_now(view, village).size()};
    }));
    beside.push_back(roster_us(view, made, scheme, random));
  }
  const auto [least, most] = std::minmax_element(beside.begin(), beside.end());
  std::printf(
      "a village's public roster beside %zu earlier ones: %.0f us (%.0f to %.0f), of which its own "
      "rows %.1f; at most %.0f\n",
      earlier, median(beside), *least, *most, median(alone), kRosterUsMax);
  return median(beside);
}

}  // namespace

int main() {
  SeededRandom random(1);
  const Made made = make_tree();
  std::vector<Household> households = make_households(made, random);
  rollup::Rollup rollup;
  rollup.set_tree(made.tree);
  const auto begin = Steady::now();
  for (std::uint32_t i = 0; i < kHouseholds; ++i)
    put(rollup, i, households[i], Seq{std::uint64_t{i} + 1});
  const auto view = rollup.publish(kHouseholds);
  std::printf("%u households in %zu villages: %.2f us a household put\n", kHouseholds,
              made.villages.size(), us_since(begin) / kHouseholds);
  measure_rollups(*view, made, random);
  ledger::Scheme scheme = published_for_a_year(*view, made);
  move_on(rollup, households, random);
  const auto now = rollup.publish(std::uint64_t{kHouseholds} * 2);
  const double roster = measure_rosters(*now, made, scheme, random);
  const rollup::RosterQuestion all{1, {UnitId{0}}, kToday, Depth::Whole};
  const auto counted = Steady::now();
  const std::size_t units = rollup::households_by_unit(*now, all).size();
  std::printf("freezing the register of all %zu units: %.1f ms\n", units, us_since(counted) / 1000);
  return roster <= kRosterUsMax ? 0 : 1;
}
