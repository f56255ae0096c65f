// Households unit by unit add up to what is told of all of them, whatever areas there are.
#include "rollup/household_totals.h"

#include <gtest/gtest.h>

#include <map>

#include "rollup/slow_twin.h"

namespace tz::rollup {
namespace {

constexpr std::uint16_t kScheme = 1;

std::map<UnitId, std::int64_t> slow_households(const SlowTwin& twin, UnitId unit) {
  std::map<UnitId, std::int64_t> out;
  for (const SlowTwin::Entry& entry : twin.entries) {
    const auto share = household_share(entry.row);
    const UnitId place = twin.place_of(entry.row);
    if (share && share->scheme == kScheme && !share->split && twin.covers(unit, place))
      ++out[place];
  }
  return out;
}

TEST(HouseholdsByUnit, AreEachCountedOnceOverRandomHistories) {
  const std::uint64_t seed = SystemRandom().next_u64();
  SCOPED_TRACE("seed " + std::to_string(seed));
  History history(seed);
  for (int round = 0; round < 12; ++round) {
    for (int step = 0; step < 60; ++step) history.step();
    const auto view = history.rollup.publish(1);
    RosterQuestion question;
    question.scheme = kScheme;
    question.day = day_of(view->instant(), history.twin.zone);
    for (std::uint32_t i = 0; i < view->tree().size(); ++i) {
      question.units = {UnitId{i}};
      std::map<UnitId, std::int64_t> by_unit;
      for (const ledger::HouseholdCount& one : households_by_unit(*view, question))
        by_unit[one.unit] = one.households;
      ASSERT_EQ(by_unit, slow_households(history.twin, UnitId{i})) << "unit " << i;
      question.depth = RosterQuestion::Depth::Township;
      std::int64_t sum = 0;
      for (const ledger::HouseholdCount& one : households_by_unit(*view, question))
        sum += one.households;
      ASSERT_EQ(sum, view->households(UnitId{i}, kScheme).households()) << "unit " << i;
      question.depth = RosterQuestion::Depth::Whole;
    }
  }
}

}  // namespace
}  // namespace tz::rollup
