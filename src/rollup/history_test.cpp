// Over random histories every view answers as the slow twin does, at once and ever after.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "ledger/unit_changes.h"
#include "rollup/slow_twin.h"

namespace tz::rollup {

using ledger::ItemQuantity;
using ledger::ItemRow;
using ledger::LineKind;
using ledger::Phase;
using ledger::UnitKind;

constexpr Day kToday{18'147};  // 2019-09-08

History::History(std::uint64_t seed) : random_(seed) {
  twin.instant = Instant{start_of(kToday, twin.zone).us + 9 * std::int64_t{3'600'000'000}};
  if (chance(30)) twin.zone = Zone{"UTC", 0};
  grow_tree(1 + below(30));
  // Some histories put rows before the first advance, when it is still 1970.
  if (chance(70)) {
    rollup.advance(twin.instant, twin.zone);
  } else {
    twin.instant = Instant{};
    twin.zone = Zone{};
  }
}

std::uint32_t History::below(std::uint32_t bound) {
  return static_cast<std::uint32_t>(random_.next_u64() % bound);
}

UnitId History::any_unit() {
  // One unit gets enough rows of its own to have standing totals of its own.
  if (chance(30)) return busy_unit_;
  return UnitId{below(static_cast<std::uint32_t>(twin.tree->size()))};
}

Day History::any_day() { return Day{kToday.number - 5 + static_cast<std::int32_t>(below(20))}; }

void History::grow_tree(std::uint32_t unit_count) {
  auto tree = std::make_shared<ledger::OrgTree>(*twin.tree);
  std::vector<ledger::UnitRow> rows;
  for (std::uint32_t i = 0; i < unit_count; ++i) {
    const auto number = static_cast<std::uint32_t>(tree->size()) + i;
    ledger::UnitRow row;
    row.code = "u" + std::to_string(number);
    row.name = "n";
    if (number > 0) row.parent = UnitId{below(number)};
    row.kind = number == 0 ? UnitKind::Nation : chance(15) ? UnitKind::Area : UnitKind::Township;
    row.placeholder = number > 0 && row.kind != UnitKind::Area && chance(20);
    rows.push_back(row);
  }
  tree->add_units(rows);
  add_area_edges(*tree);
  twin.tree = tree;
  rollup.set_tree(tree);
  busy_unit_ = UnitId{below(static_cast<std::uint32_t>(tree->size()))};
}

void History::add_area_edges(ledger::OrgTree& tree) {
  const auto size = static_cast<std::uint32_t>(tree.size());
  std::vector<ledger::LineEdge> edges;
  for (std::uint32_t number = 0; number < size; ++number) {
    if (tree.kind(UnitId{number}) != UnitKind::Area || chance(50)) continue;
    ledger::LineEdge edge;
    edge.unit = UnitId{below(size)};
    edge.superior = UnitId{number};
    edge.line = chance(90) ? LineKind::Area : LineKind::Business;
    edge.from = any_day();
    if (chance(30)) edge.to = Day{edge.from.number + 3};
    if (edge.unit != edge.superior) edges.push_back(edge);
  }
  tree.add_lines(edges);
}

// Units move, end and are succeeded, as far as they may.
void History::change_tree() {
  using ledger::ChangeKind;
  auto tree = std::make_shared<ledger::OrgTree>(*twin.tree);
  ++changed_by_.value;
  const Day day{kToday.number - 2 + static_cast<std::int32_t>(changed_by_.value)};
  std::vector<ledger::UnitChange> changes;
  const auto size = static_cast<std::uint32_t>(tree->size());
  const auto add = [&](UnitId unit, ChangeKind kind, UnitId other) {
    changes.push_back({unit, kind, {}, other});
    if (fault_in(
            *tree, [](UnitId) { return false; }, changes, day))
      changes.pop_back();
  };
  for (std::uint32_t i = 1 + below(4); i > 0; --i) {
    const UnitId unit = any_unit();
    if (chance(50)) {
      add(unit, ChangeKind::Moved, UnitId{below(size)});
      continue;
    }
    add(unit, ChangeKind::Ended, {});
    for (std::uint32_t successors = below(3); successors > 0; --successors)
      add(unit, ChangeKind::Succeeded, UnitId{below(size)});
  }
  tree->change_units(changes, day, changed_by_);
  tree->settle();
  twin.tree = tree;
  rollup.set_tree(tree);
}

void History::put(const ItemRow& row) {
  std::vector<ItemQuantity> quantities;
  if (row.fixed && row.phase == Phase::Closed) {
    static constexpr const char* kIds[] = {"spaces", "trees", "lamps"};
    for (std::uint32_t i = below(4); i > 0; --i)
      quantities.push_back({kIds[below(3)], chance(80) ? "piece" : "set", std::int64_t{below(100)},
                            static_cast<ledger::Qualifier>(chance(60) ? 0 : below(3))});
  }
  rollup.put(row, quantities);
  twin.put(row, quantities);
}

void History::put_new() {
  ItemRow row;
  do {
    row.no.value = 1 + random_.next_u64() % (ledger::kItemNoCount - 1);
  } while (twin.find(row.no));
  row.place = any_unit();
  row.kind = static_cast<std::uint8_t>(chance(60) ? 0 : below(ledger::kKindCountMax));
  row.flow = static_cast<std::uint16_t>(below(2));
  row.opened = any_day();
  row.recorder = AccountId{1 + below(3)};
  row.first = row.last = Seq{twin.entries.size()};
  if (chance(30)) row.import = 1 + below(3);
  if (chance(50)) row.due = any_day();
  put(row);
}

void History::change(ItemRow& row) {
  row.phase = static_cast<Phase>(below(ledger::kPhaseCount));
  row.state = static_cast<std::uint16_t>(below(12));
  row.last.value += 1 + below(9);
  if (chance(20)) row.place = any_unit();
  if (chance(5)) row.kind = static_cast<std::uint8_t>(below(ledger::kKindCountMax));
  if (chance(40)) row.lead = chance(80) ? std::optional(any_unit()) : std::nullopt;
  if (chance(30)) row.due = chance(80) ? std::optional(any_day()) : std::nullopt;
  if (chance(10)) ++row.reopened;
  if (chance(5)) row.import = chance(50) ? std::optional<std::uint64_t>(4) : std::nullopt;
  row.fixed = row.phase == Phase::Closed && chance(70);
  row.closed = row.phase == Phase::Closed ? std::optional(any_day()) : std::nullopt;
  change_for_rates(row);
  change_for_specials(row);
  change_for_households(row);
}

void History::change_for_households(ItemRow& row) {
  if (chance(60)) return;
  row.scheme = static_cast<std::uint16_t>(below(3));
  const bool household = row.scheme != 0;
  row.stage =
      static_cast<ledger::HouseholdStage>(household ? below(ledger::kHouseholdStageCount) : 0U);
  row.split = household && chance(20);
  row.has_signed = household && chance(50);
}

void History::change_for_specials(ItemRow& row) {
  if (chance(30)) row.source = static_cast<std::uint8_t>(below(4));
  if (chance(30)) row.special = below(5);
  if (chance(10)) row.share = true;
  if (!chance(15)) return;
  row.more_sources = {};
  for (std::uint32_t i = 0; i < below(4); ++i)
    row.more_sources[i] = static_cast<std::uint8_t>(i + 1);
}

void History::change_for_rates(ItemRow& row) {
  using ledger::Verdict;
  if (row.closed) row.outcome = static_cast<std::uint8_t>(1 + below(4));
  if (row.closed && !row.first_closed) row.first_closed = row.closed;
  if (row.due && !row.original_due && chance(60)) row.original_due = row.due;
  if (chance(10)) ++row.returned;
  if (chance(10)) row.rebounded = row.first_closed.has_value();
  if (chance(25)) {
    row.judged = true;
    row.solved = static_cast<Verdict>(below(3));
    row.satisfied = static_cast<Verdict>(below(3));
    if (below(2) == 0) row.way = static_cast<ledger::VerdictWay>(below(3));
  }
  if (!chance(25)) return;
  row.response = static_cast<ledger::Response>(1 + below(3));
  row.response_due = Instant{start_of(any_day(), twin.zone).us + below(1'000'000)};
}

void History::put_changed() {
  if (twin.entries.empty()) return;
  const std::size_t at = below(static_cast<std::uint32_t>(twin.entries.size()));
  ItemRow row = twin.entries[at].row;
  EXPECT_EQ(rollup.find(row.no), row);
  change(row);
  put(row);
}

void History::adopt() {
  const std::uint64_t import = 1 + below(4);
  EXPECT_EQ(rollup.adopt_import(import), twin.adopt_import(import));
}

void History::advance() {
  std::optional<Instant> next = rollup.next_due(twin.zone);
  EXPECT_EQ(next, twin.next_due());
  if (twin.instant == Instant{}) {
    // The first time of all: from 1970, and to another zone.
    twin.zone = Zone{"UTC", 0};
    twin.instant = start_of(kToday, twin.zone);
    next.reset();
  }
  const std::int64_t step = 1 + static_cast<std::int64_t>(random_.next_u64() % (kDayUs / 4));
  const Instant before_due{next ? next->us - 1 : twin.instant.us + step};
  switch (below(4)) {
    case 0:  // just before, and just at, the end of a due day
      twin.instant = std::max(twin.instant, before_due);
      break;
    case 1:
      if (next && next->us - twin.instant.us < kDayUs) twin.instant = *next;
      break;
    case 2:
      break;
    default:
      twin.instant.us += step;
  }
  rollup.advance(twin.instant, twin.zone);
}

void History::step() {
  const std::uint32_t draw = below(100);
  if (draw < 45) return put_new();
  if (draw < 85) return put_changed();
  if (draw < 90) return adopt();
  if (draw < 97) return advance();
  if (draw < 98) return change_tree();
  grow_tree(1 + below(4));
}

Filter History::any_filter() {
  Filter filter;
  const auto size = static_cast<std::uint32_t>(twin.tree->size());
  if (chance(60)) filter.unit = UnitId{below(size)};
  if (chance(20)) filter.kind = static_cast<std::uint8_t>(below(3));
  if (chance(20)) filter.phase = static_cast<Phase>(below(ledger::kPhaseCount));
  if (chance(20)) {
    filter.states.emplace();
    for (std::uint32_t i = below(6); i > 0; --i)
      filter.states->push_back(
          {static_cast<std::uint16_t>(below(2)), static_cast<std::uint16_t>(below(12))});
  }
  for (DaySpan* span : {&filter.opened, &filter.due, &filter.closed}) {
    if (chance(10)) span->from = any_day();
    if (chance(10)) span->to = any_day();
  }
  if (chance(20)) filter.open = chance(50);
  if (chance(20)) filter.overdue = chance(50);
  if (chance(20)) filter.fixed = chance(50);
  if (chance(20)) filter.reopened = chance(50);
  if (chance(20)) filter.lead = any_unit();
  if (chance(20)) filter.recorder = AccountId{1 + below(3)};
  if (chance(15)) filter.share = chance(50);
  if (chance(10)) filter.rolls_up = chance(50);
  if (chance(15)) {
    filter.sources.emplace();
    for (std::uint8_t source = 1; source < 4; ++source)
      if (chance(40)) filter.sources->push_back({static_cast<std::uint16_t>(below(2)), source});
    std::sort(filter.sources->begin(), filter.sources->end());
  }
  if (chance(15)) {
    filter.specials.emplace();
    for (std::uint32_t special = 0; special < 4; ++special)
      if (chance(40)) filter.specials->push_back(special);
  }
  if (chance(20)) {
    filter.rows.emplace();
    const auto rows = static_cast<std::uint32_t>(twin.entries.size());
    for (std::uint32_t at = below(5); at < rows + 3; at += 1 + below(5)) filter.rows->push_back(at);
  }
  if (chance(40)) {
    filter.sight = Filter::Sight{};
    while (chance(60)) filter.sight->recorders.push_back(AccountId{below(4)});
    for (std::uint32_t i = below(6); i > 0; --i) {
      const std::uint32_t begin = below(size);
      auto& extents = chance(50) ? filter.sight->places : filter.sight->leads;
      extents.push_back({begin, begin + below(size - begin + 1)});
    }
    for (std::uint8_t kind = 0; kind < 3; ++kind) {
      const std::uint32_t begin = below(size);
      if (chance(30))
        filter.sight->kinds.push_back({kind, {{begin, begin + below(size - begin + 1)}}});
    }
  }
  return filter;
}

WeekQuestion History::any_weeks() {
  WeekQuestion question;
  question.unit = UnitId{below(static_cast<std::uint32_t>(twin.tree->size()))};
  question.kinds = chance(50) ? 0xFFFF : below(0x10000);
  question.first = Day{kToday.number - 30 + static_cast<std::int32_t>(below(40))};
  question.week_count = below(8);
  return question;
}

namespace {

// A view, and what it has to go on saying whatever is written later.
struct Kept {
  std::shared_ptr<const View> view;
  SlowTwin twin;
  std::vector<Filter> filters;
  std::vector<WeekQuestion> weeks;
};

std::string difference(const Kept& kept) {
  for (const WeekQuestion& question : kept.weeks)
    if (kept.view->weeks(question) != kept.twin.weeks(question)) return "weeks";
  return rollup::difference(*kept.view, kept.twin, kept.filters);
}

Kept publish(History& history, std::uint64_t position) {
  Kept kept{history.rollup.publish(position), history.twin, {}, {}};
  for (int i = 0; i < 6; ++i) kept.filters.push_back(history.any_filter());
  for (int i = 0; i < 3; ++i) kept.weeks.push_back(history.any_weeks());
  return kept;
}

SnapshotLimits limits_of(const SlowTwin& twin) {
  return {static_cast<std::uint32_t>(twin.tree->size()), 4, 2, {8, 8}};
}

void run_history(std::uint64_t seed) {
  SCOPED_TRACE("seed " + std::to_string(seed));
  History history(seed);
  std::vector<Kept> kept;
  const std::uint32_t step_count = 40 + history.below(400);
  for (std::uint32_t step = 0; step < step_count; ++step) {
    history.step();
    if (history.below(12) != 0) continue;
    kept.push_back(publish(history, step));
    ASSERT_EQ(kept.back().view->position(), step);
    ASSERT_EQ(difference(kept.back()), "") << "after step " << step;
    ASSERT_EQ(kept.back().view->save(), history.rollup.save()) << "after step " << step;
    // Views end in any order, so that memory is taken back in any order.
    if (kept.size() > 4) kept.erase(kept.begin() + history.below(5));
  }
  for (const Kept& old : kept) ASSERT_EQ(difference(old), "") << "later, of an earlier view";

  const Bytes bytes = history.rollup.save();
  Rollup loaded;
  loaded.set_tree(history.twin.tree);
  ASSERT_TRUE(
      loaded.load(bytes, history.twin.instant, history.twin.zone, limits_of(history.twin)).ok());
  ASSERT_EQ(loaded.save(), bytes);
  const Kept last = publish(history, step_count);
  ASSERT_EQ(difference(*loaded.publish(step_count), history.twin, last.filters), "") << "loaded";
}

TEST(RandomHistory, ViewsAnswerAsTheSlowTwin) {
  for (std::uint64_t seed = 1; seed <= 120 && !testing::Test::HasFatalFailure(); ++seed)
    run_history(seed);
}

// What was loaded goes on as what was saved would have gone on.
TEST(RandomHistory, GoesOnAfterLoad) {
  for (std::uint64_t seed = 1001; seed <= 1030; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    History history(seed);
    for (int step = 0; step < 150; ++step) history.step();
    const std::shared_ptr<const View> before = history.rollup.publish(1);
    const SlowTwin twin_before = history.twin;
    const Bytes bytes = history.rollup.save();
    ASSERT_TRUE(
        history.rollup.load(bytes, history.twin.instant, history.twin.zone, limits_of(history.twin))
            .ok());
    for (int step = 0; step < 150; ++step) history.step();
    ASSERT_EQ(difference(*history.rollup.publish(2), history.twin, {}), "");
    ASSERT_EQ(difference(*before, twin_before, {}), "");
  }
}

}  // namespace
}  // namespace tz::rollup
