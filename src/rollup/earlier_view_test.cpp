// Over random histories a view taken back answers as the slow twin of then, whatever came since.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "rollup/slow_twin.h"

namespace tz::rollup {
namespace {

bool same_quantities(const std::vector<ledger::ItemQuantity>& a,
                     const std::vector<ledger::ItemQuantity>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const auto& one, const auto& other) {
    return one.id == other.id && one.unit == other.unit && one.value == other.value &&
           one.qualifier == other.qualifier;
  });
}

std::shared_ptr<const View> taken_back(const std::shared_ptr<const View>& now,
                                       const SlowTwin& twin_now, const SlowTwin& then) {
  auto rows = std::make_shared<Earlier::Rows>();
  for (std::uint32_t at = 0; at < then.entries.size(); ++at) {
    const SlowTwin::Entry& before = then.entries[at];
    const SlowTwin::Entry& after = twin_now.entries[at];
    const bool counted_alike = same_quantities(before.quantities, after.quantities);
    if (before.row == after.row && counted_alike) continue;
    Earlier::Row row{RowIndex{at}, before.row, {}};
    if (!counted_alike) row.quantities = before.quantities;
    rows->push_back(std::move(row));
  }
  return Rollup::earlier(
      now, {7, then.instant, then.tree, static_cast<std::uint32_t>(then.entries.size()), rows});
}

std::vector<Filter> some_filters(History& history, const SlowTwin& then) {
  std::vector<Filter> filters;
  const auto known = [&](const std::optional<UnitId>& unit) {
    return !unit || unit->value < then.tree->size();
  };
  while (filters.size() < 5) {
    Filter filter = history.any_filter();
    filter.sight.reset();
    if (known(filter.unit) && known(filter.lead)) filters.push_back(std::move(filter));
  }
  return filters;
}

std::string week_difference(History& history, const View& view, const SlowTwin& then) {
  for (int i = 0; i < 3; ++i) {
    const WeekQuestion question = history.any_weeks();
    if (question.unit.value >= then.tree->size()) continue;
    if (view.weeks(question) != then.weeks(question)) return "weeks";
  }
  return "";
}

// What may be seen is decided by the rows of now.
std::string sight_difference(History& history, const View& view, const SlowTwin& then) {
  for (int i = 0; i < 10; ++i) {
    Filter seen;
    seen.sight = history.any_filter().sight;
    std::vector<RowIndex> expected;
    for (const RowIndex row : then.list({})) {
      ledger::ItemRow now = history.twin.entries[row.value].row;
      now.import.reset();  // nothing is staged again, but in these histories
      if (history.twin.matches(now, seen)) expected.push_back(row);
    }
    if (view.list(seen, std::nullopt, 100'000) != expected) return "sight";
    if (view.select(seen, {}, {{}, 0, 100'000}).rows != expected) return "sight, selected";
  }
  return "";
}

void run_history(std::uint64_t seed) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  History history(seed);
  std::vector<SlowTwin> thens;
  const std::uint32_t step_count = 40 + history.below(300);
  for (std::uint32_t step = 0; step < step_count; ++step) {
    history.step();
    if (history.below(10) == 0) thens.push_back(history.twin);
    if (thens.size() > 6) thens.erase(thens.begin() + history.below(6));
    if (history.below(20) != 0) continue;
    const auto now = history.rollup.publish(step);
    const SlowTwin twin_now = history.twin;
    for (const SlowTwin& then : thens) {
      if (then.zone.offset_seconds != history.twin.zone.offset_seconds) continue;
      const auto view = taken_back(now, history.twin, then);
      ASSERT_EQ(view->position(), 7U);
      ASSERT_EQ(difference(*view, then, some_filters(history, then)), "") << "step " << step;
      ASSERT_EQ(week_difference(history, *view, then), "") << "step " << step;
      ASSERT_EQ(sight_difference(history, *view, then), "") << "step " << step;
    }
    ASSERT_EQ(difference(*now, twin_now, {}), "") << "the view itself was changed";
  }
}

TEST(EarlierView, AnswersAsTheSlowTwinOfThen) {
  for (std::uint64_t seed = 1; seed <= 25 && !testing::Test::HasFatalFailure(); ++seed)
    run_history(seed);
}

// It shares the newer one's memory and keeps it.
TEST(EarlierView, OutlivesTheViewItWasTakenBackFromAndTheRollup) {
  for (std::uint64_t seed = 501; seed <= 520; ++seed) {
    auto history = std::make_unique<History>(seed);
    for (int step = 0; step < 100; ++step) history->step();
    const SlowTwin then = history->twin;
    for (int step = 0; step < 100; ++step) history->step();
    if (then.zone.offset_seconds != history->twin.zone.offset_seconds) continue;
    auto now = history->rollup.publish(1);
    const auto view = taken_back(now, history->twin, then);
    now.reset();
    for (int step = 0; step < 300; ++step) {
      history->step();
      if (step % 10 == 0) (void)history->rollup.publish(static_cast<std::uint64_t>(step) + 2);
    }
    ASSERT_EQ(difference(*view, then, {}), "") << "seed " << seed;
    history.reset();
    ASSERT_EQ(difference(*view, then, {}), "") << "seed " << seed;
  }
}

// Whoever comes first to the rows of then writes them, and nobody sees half of it.
TEST(EarlierView, ManyLookAtItsRowsAtOnce) {
  for (std::uint64_t seed = 701; seed <= 710; ++seed) {
    History history(seed);
    for (int step = 0; step < 100; ++step) history.step();
    const SlowTwin then = history.twin;
    for (int step = 0; step < 100; ++step) history.step();
    if (then.zone.offset_seconds != history.twin.zone.offset_seconds) continue;
    const auto view = taken_back(history.rollup.publish(1), history.twin, then);
    std::vector<std::string> found(4);
    std::vector<std::thread> threads;
    threads.reserve(found.size());
    for (std::string& each : found)
      threads.emplace_back([&] { each = difference(*view, then, {}); });
    for (std::thread& thread : threads) thread.join();
    for (const std::string& each : found) EXPECT_EQ(each, "") << "seed " << seed;
  }
}

// A moment after the newest record: nothing but the days has gone on.
TEST(EarlierView, TurnsForwardToo) {
  for (std::uint64_t seed = 601; seed <= 630; ++seed) {
    History history(seed);
    for (int step = 0; step < 150; ++step) history.step();
    SlowTwin later = history.twin;
    later.instant.us += 9 * kDayUs;
    const auto view = taken_back(history.rollup.publish(1), history.twin, later);
    ASSERT_EQ(difference(*view, later, {}), "") << "seed " << seed;
  }
}

// As many units as fill whole words, so that one more lies beyond them.
TEST(EarlierView, KnowsNoSuccessorThatWasNotThereYet) {
  constexpr UnitId kEnds{5};
  std::vector<ledger::UnitRow> units(64);
  for (std::size_t i = 0; i < units.size(); ++i) units[i].code = "u" + std::to_string(i);
  const auto then = std::make_shared<ledger::OrgTree>();
  then->add_units(units);
  Rollup rollup;
  rollup.set_tree(then);
  const Instant instant = start_of(Day{18'147}, Zone{});
  rollup.advance(instant, Zone{});
  ledger::ItemRow row;
  row.no.value = 1;
  row.place = kEnds;
  rollup.put(row, {});
  const auto now = std::make_shared<ledger::OrgTree>(*then);
  units.resize(1);
  units[0].code = "new";
  now->append_units(units, Seq{1});
  const UnitId successor{64};
  const std::vector<ledger::UnitChange> changes = {
      {kEnds, ledger::ChangeKind::Ended, {}, {}},
      {kEnds, ledger::ChangeKind::Succeeded, {}, successor}};
  now->change_units(changes, Day{18'147}, Seq{2});
  now->settle();
  rollup.set_tree(now);
  const auto view = rollup.publish(2);
  EXPECT_EQ(view->own_totals(kEnds), Totals{});
  EXPECT_NE(view->own_totals(successor), Totals{});
  const auto earlier = Rollup::earlier(view, {1, instant, then, 1});
  EXPECT_EQ(earlier->own_totals(kEnds), view->own_totals(successor));
}

}  // namespace
}  // namespace tz::rollup
