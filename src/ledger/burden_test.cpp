// Burdens against the definitions, unit by unit, over made trees, programmes and visits.
#include "ledger/burden.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/random.h"
#include "ledger/small_programme_test.h"
#include "ledger/unit_classes.h"

namespace tz::ledger {
namespace {

constexpr Day kToday{18'147};  // in September 2019

std::uint32_t below(Random& random, std::uint64_t count) {
  return static_cast<std::uint32_t>(random.next_u64() % count);
}

std::vector<UnitRow> drawn_units(Random& random) {
  std::vector<UnitRow> rows;
  const std::uint32_t units = 1 + below(random, 40);
  for (std::uint32_t i = 0; i < units; ++i) {
    UnitRow row{"u" + std::to_string(i),
                "unit",
                UnitId{i == 0 ? 0 : below(random, i)},
                static_cast<UnitKind>(i == 0 ? 0 : below(random, 10)),
                i > 0 && below(random, 8) == 0,
                Day{0},
                {}};
    if (below(random, 10) == 0) row.to = Day{kToday.number - 1};
    rows.push_back(std::move(row));
  }
  return rows;
}

Programme drawn_programme(Random& random, const char* id) {
  Programme out = sound_programme();
  out.id = id;
  for (Requirement& one : out.requirements) {
    one.asks.fields.assign(below(random, 3), "f");
    one.asks.evidence = static_cast<std::int32_t>(below(random, 2));
    one.asks.visits = static_cast<std::int32_t>(below(random, 3));
    for (std::optional<Day>& due : one.due)
      due = Day{kToday.number - 30 + static_cast<std::int32_t>(below(random, 90))};
  }
  return out;
}

// One programme over an earlier tree than the other.
State drawn_state(Random& random) {
  State state;
  auto earlier = std::make_shared<OrgTree>();
  earlier->add_units(drawn_units(random));
  auto tree = std::make_shared<OrgTree>(*earlier);
  tree->add_units(
      std::vector<UnitRow>{{"late", "unit", UnitId{0}, UnitKind::County, false, Day{0}, {}}});
  state.tree = tree;
  const std::vector<std::shared_ptr<const OrgTree>> trees = {earlier, tree};
  for (const auto& over : trees) {
    const char* id = over.get() == earlier.get() ? "earlier" : "later";
    auto adopted = std::make_shared<AdoptedProgramme>(
        with_version({}, std::make_shared<const Programme>(drawn_programme(random, id)), over,
                     Day{kToday.number - 40}));
    for (SharedRequirement& shared : adopted->requirements) {
      AdoptedRequirement& one = shared.write();
      one.dropped = below(random, 6) == 0;
      for (std::uint32_t at = 0; at < over->size(); ++at)
        if (one.coverage.asks(at) && below(random, 3) == 0)
          one.coverage.set(at, static_cast<CoverageStatus>(below(random, 6)), kToday);
    }
    state.programmes.push_back(std::move(adopted));
  }
  state.accounts = {AccountId{1}};
  for (std::uint64_t id = 1; id <= 2; ++id)
    add_post(state, {PostId{id},
                     AccountId{1},
                     UnitId{below(random, tree->size())},
                     Role::Supervisor,
                     Day{0},
                     {}});
  for (std::uint32_t i = below(random, 4); i > 0; --i) {
    WorkGroup group;
    group.issuer = PostId{1 + below(random, 2)};
    group.units = {UnitId{below(random, tree->size())}};
    group.visits_max = below(random, 3);
    group.from = Day{kToday.number - 20};
    group.to = Day{kToday.number + static_cast<std::int32_t>(below(random, 40))};
    const Interval reached = tree->subtree(group.units[0]);
    for (std::uint32_t n = below(random, 6); n > 0; --n) {
      Visit visit;
      visit.unit = tree->at(reached.begin + below(random, reached.end - reached.begin));
      visit.day = Day{kToday.number - static_cast<std::int32_t>(below(random, 20))};
      visit.sort = static_cast<VisitSort>(below(random, 4));
      visit.asked = below(random, 3);
      group.visits.add(visit);
    }
    state.work_groups.add(std::make_shared<const WorkGroup>(std::move(group)));
  }
  return state;
}

// What one requirement asks of one unit in that month.
Burden slow_required(const AdoptedRequirement& one, UnitId unit, Day month) {
  Burden out;
  const AskedUnits& asked = one.coverage.asked();
  if (one.dropped || unit.value >= asked.tree->size()) return out;
  const std::uint32_t at = asked.tree->position(unit);
  const auto due = one.due(at);
  if (!one.coverage.asks(at) || !due || first_of_month(*due) != month ||
      one.coverage.status(at) == CoverageStatus::Exempt)
    return out;
  out.requirements = 1;
  out.fields = static_cast<std::int64_t>(one.words().asks.fields.size());
  out.evidence = one.words().asks.evidence;
  out.planned = one.words().asks.visits;
  return out;
}

Burden slow_visited(const WorkGroup& group, UnitId unit, Day month) {
  Burden out;
  for (const Visit& visit : group.visits) {
    if (visit.unit != unit || first_of_month(visit.day) != month) continue;
    out.visits += visit.sort == VisitSort::Papers ? 0 : 1;
    out.papers += visit.asked;
  }
  return out;
}

// Of a unit of then, with all that lay below it then; of visits, now.
std::vector<AskedBy> slow_asked(const State& state, UnitId unit, bool all, Day month) {
  std::vector<AskedBy> out;
  for (const auto& programme : state.programmes)
    for (const AdoptedRequirement& one : programme->requirements) {
      const OrgTree& then = *one.coverage.asked().tree;
      if (unit.value >= then.size()) continue;
      for (std::uint32_t u = 0; u < then.size(); ++u)
        if (all ? then.within(UnitId{u}, unit) : UnitId{u} == unit)
          add(out, {Asker::Sort::Programme, programme->newest().id, {}},
              slow_required(one, UnitId{u}, month));
    }
  for (const auto& group : state.work_groups)
    for (std::uint32_t u = 0; u < state.tree->size(); ++u)
      if (all ? state.tree->within(UnitId{u}, unit) : UnitId{u} == unit)
        add(out, {Asker::Sort::WorkGroup, {}, state.post(group->issuer)->unit},
            slow_visited(*group, UnitId{u}, month));
  return out;
}

const Day kMonths[] = {first_of_month(kToday), next_month(kToday), next_month(next_month(kToday))};

TEST(Burden, IsTheSumOfWhatEachAsksOfEachUnit) {
  std::int64_t requirements = 0;
  std::int64_t visits = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    SeededRandom random(seed);
    const State state = drawn_state(random);
    for (std::uint32_t u = 0; u < state.tree->size(); ++u) {
      for (const Day month : kMonths)
        for (const bool all : {false, true}) {
          auto found = asked_of(state, UnitId{u}, all ? Whole::AllBelow : Whole::Unit, month);
          auto slow = slow_asked(state, UnitId{u}, all, month);
          const auto before = [](const AskedBy& a, const AskedBy& b) { return a.asker < b.asker; };
          std::sort(found.begin(), found.end(), before);
          std::sort(slow.begin(), slow.end(), before);
          ASSERT_EQ(found, slow) << "seed " << seed << " unit " << u;
          requirements += sum_of(found).requirements;
          visits += sum_of(found).visits;
        }
    }
  }
  EXPECT_GT(requirements, 10'000);
  EXPECT_GT(visits, 1'000);
}

TEST(Burden, LevelsAreThoseOfTheClasses) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    SeededRandom random(seed);
    OrgTree tree;
    tree.add_units(drawn_units(random));
    const std::vector<UnitClass> classes = unit_classes(tree, kToday);
    for (std::uint32_t at = 0; at < tree.size(); ++at) {
      const auto level = level_of(tree, tree.at(at), kToday);
      ASSERT_EQ(level.has_value(), classes[at] != 0) << "seed " << seed;
      if (level) {
        ASSERT_EQ(*level, traits_of(classes[at]).level) << "seed " << seed;
      }
    }
  }
}

// By month and in tree order, what groups may do taken for done.
std::optional<UnitId> slow_over(const State& state, const std::vector<Interval>& where, Day month) {
  for (const Interval& part : where)
    for (std::uint32_t at = part.begin; at < part.end; ++at) {
      const UnitId unit = state.tree->at(at);
      const auto level = level_of(*state.tree, unit, kToday);
      const auto budget = level ? state.budget->of(*level) : std::nullopt;
      if (!budget) continue;
      Burden all;
      for (const auto& programme : state.programmes)
        for (const AdoptedRequirement& one : programme->requirements)
          all += slow_required(one, unit, month);
      for (const auto& group : state.work_groups) {
        Burden visited = slow_visited(*group, unit, month);
        const bool lasts = group->from < next_month(month) && month <= group->to;
        if (lasts && state.tree->within(unit, group->units[0]))
          visited.visits = std::max(visited.visits, group->visits_max);
        all += visited;
      }
      if (charged(all) > *budget) return unit;
    }
  return std::nullopt;
}

TEST(Burden, TheFirstUnitOverItsBudgetIsFound) {
  std::size_t over = 0;
  std::size_t within = 0;
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    SeededRandom random(seed);
    State state = drawn_state(random);
    std::string text = "level,per_month,basis\n";
    for (std::size_t level = 0; level < kLevelCount; ++level)
      if (below(random, 3) > 0)
        text += std::string(to_text(static_cast<Level>(level))) + "," +
                std::to_string(below(random, 14)) + ",a test\n";
    state.budget = std::make_shared<const BurdenBudget>(*BurdenBudget::parse(text));
    const std::uint32_t size = static_cast<std::uint32_t>(state.tree->size());
    const std::uint32_t begin = below(random, size);
    const std::vector<Interval> where = {{begin, begin + 1 + below(random, size - begin)}};
    for (const Day month : kMonths) {
      const auto found =
          first_over(state, {state.programmes, state.work_groups, where, {month}}, kToday);
      const auto slow = slow_over(state, where, month);
      ASSERT_EQ(found.has_value(), slow.has_value()) << "seed " << seed;
      if (found) {
        ASSERT_EQ(found->unit, *slow) << "seed " << seed;
        ASSERT_GT(found->asked, found->budget);
      }
      ++(found ? over : within);
    }
  }
  EXPECT_GT(over, 50U);
  EXPECT_GT(within, 50U);
}

// County 3 goes into county 2: one requirement it had met, from one it was exempt, two it left
// over.
TEST(Burden, ASuccessorIsAskedWhatWasLeftOver) {
  const auto row = [](const char* code, std::uint32_t parent, UnitKind kind) {
    return UnitRow{code, code, UnitId{parent}, kind, false, Day{0}, {}};
  };
  auto before = std::make_shared<OrgTree>();
  before->add_units(
      std::vector<UnitRow>{row("0", 0, UnitKind::Nation), row("p", 0, UnitKind::Province),
                           row("c", 1, UnitKind::County), row("d", 1, UnitKind::County)});
  AdoptedProgramme adopted = with_version({}, std::make_shared<const Programme>(sound_programme()),
                                          before, Day{kToday.number - 40});
  const UnitId successor{2};
  const UnitId ended{3};
  const std::uint32_t at = before->position(ended);
  adopted.requirement("meeting")->take(at, CoverageStatus::Met, Day{kToday.number - 1});
  adopted.requirement("self")->take(at, CoverageStatus::Exempt, Day{kToday.number - 1});
  auto after = std::make_shared<OrgTree>(*before);
  after->change_units(std::vector<UnitChange>{{ended, ChangeKind::Ended, {}, {}},
                                              {ended, ChangeKind::Succeeded, {}, successor}},
                      kToday, Seq{1});
  after->settle();
  State state;
  state.tree = after;
  // What the successor answers for it was asked all the same.
  adopted.requirement("item")->take(at, CoverageStatus::Met, kToday);
  state.programmes = {std::make_shared<const AdoptedProgramme>(adopted)};
  const Asker itself{Asker::Sort::Programme, "education", {}};
  const Asker for_it{Asker::Sort::Programme, "education", {}, ended};
  Burden own;
  own.requirements = 4;
  own.fields = 2;
  Burden left;
  left.requirements = 2;
  left.fields = 2;
  const Day month = kMonths[2];
  EXPECT_EQ(asked_of(state, successor, Whole::Unit, month),
            (std::vector<AskedBy>{{itself, own}, {for_it, left}}));
  EXPECT_TRUE(asked_of(state, successor, Whole::Unit, kMonths[1]).empty());
  // Above both it is counted once.
  EXPECT_EQ(sum_of(asked_of(state, UnitId{1}, Whole::AllBelow, month)).requirements, 4 + 3);
  EXPECT_EQ(sum_of(asked_of(state, successor, Whole::AllBelow, month)).requirements, 4 + 2);

  state.budget = std::make_shared<const BurdenBudget>(
      *BurdenBudget::parse("level,per_month,basis\ncounty,3,a test\n"));
  const auto over =
      first_over(state, {state.programmes, {}, {{0, 4}}, {kMonths[1], month}}, kToday);
  ASSERT_TRUE(over.has_value());
  EXPECT_EQ(over->unit, successor);
  EXPECT_EQ(over->asked, 4);
  EXPECT_TRUE(over_budget(state, successor, month, kToday).has_value());
}

TEST(Burden, WhatWasAnnouncedAndThenMadeIsOneVisit) {
  Burden burden;
  burden.fields = 2;
  burden.planned = 1;
  burden.visits = 1;
  EXPECT_EQ(charged(burden), 3);
  burden.visits = 2;
  EXPECT_EQ(charged(burden), 4);
  burden.notices = 100;
  burden.deadlines = 100;
  EXPECT_EQ(charged(burden), 4) << "what has to be done anyway is no asking";
}

std::string fault(const std::string& text) {
  const auto out = BurdenBudget::parse(text);
  if (out.ok()) return std::to_string(out->count());
  std::string said = out.error().code;
  for (const auto& [name, value] : out.error().facts) said += " " + name + "=" + value;
  return said;
}

TEST(BurdenBudget, SaysWhatIsWrongAndWhere) {
  const std::string head = "level,per_month,basis\n";
  EXPECT_EQ(fault(head), "0");
  EXPECT_EQ(fault(head + "village,3,a\ncounty,6,a\n"), "2");
  EXPECT_EQ(fault(head + "town,3,a\n"), "budget_malformed line=2 column=level why=word");
  EXPECT_EQ(fault(head + "village,-1,a\n"), "budget_malformed line=2 column=per_month why=number");
  EXPECT_EQ(fault(head + "village,3,\n"), "budget_malformed line=2 column=basis why=empty");
  EXPECT_EQ(fault(head + "village,3,a\nvillage,4,a\n"),
            "budget_malformed line=3 column=level why=twice");
  EXPECT_EQ(fault("level,per_month\n"), "budget_malformed line=1 column=basis why=word");
  EXPECT_EQ(fault(head + "village,3\n"), "budget_malformed line=2 column=level why=cells");
}

}  // namespace
}  // namespace tz::ledger
