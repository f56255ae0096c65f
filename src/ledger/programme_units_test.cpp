// Tiers and plans against the definitions, unit by unit, over random trees and programmes.
#include "ledger/programme_units.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

#include "base/random.h"
#include "ledger/small_programme_test.h"

namespace tz::ledger {
namespace {

constexpr Day kToday{18'147};

bool on_list(const std::vector<std::string>& codes, const OrgTree& tree, UnitId unit) {
  return std::any_of(codes.begin(), codes.end(), [&](const std::string& code) {
    const auto named = tree.find(code);
    if (!named) return false;
    const std::vector<Interval> extent = tree.extent(*named, kToday);
    return std::any_of(extent.begin(), extent.end(), [&](const Interval& one) {
      return one.begin <= tree.position(unit) && tree.position(unit) < one.end;
    });
  });
}

// The definitions, word by word; nothing is kept.
struct Slow {
  const Programme& programme;
  const OrgTree& tree;

  [[nodiscard]] bool counts(UnitId unit) const {
    return !tree.placeholder(unit) && (!tree.to(unit) || kToday <= *tree.to(unit));
  }
  [[nodiscard]] Level level(UnitId unit) const {
    for (UnitId at = unit;; at = tree.parent(at)) {
      if (counts(at) && level_of(tree.kind(at))) return *level_of(tree.kind(at));
      if (tree.parent(at) == at) return Level::Nation;
    }
  }
  [[nodiscard]] bool leaf(UnitId unit) const {
    const auto [begin, end] = tree.subtree(unit);
    for (std::uint32_t at = begin + 1; at < end; ++at)
      if (counts(tree.at(at))) return false;
    return true;
  }
  [[nodiscard]] bool takes(const Selector& selector, UnitId unit) const {
    return counts(unit) && ledger::takes(selector, tree.kind(unit), level(unit), leaf(unit)) &&
           (selector.under.empty() || on_list(selector.under, tree, unit)) &&
           !on_list(selector.except, tree, unit);
  }
  [[nodiscard]] std::vector<std::uint16_t> tiers(UnitId unit) const {
    std::vector<std::uint16_t> found;
    for (std::uint16_t tier = 0; tier < programme.tier_count(); ++tier) {
      const auto& selectors = programme.tiers[tier].selectors;
      if (std::any_of(selectors.begin(), selectors.end(),
                      [&](const Selector& one) { return takes(one, unit); }))
        found.push_back(tier);
    }
    return found;
  }
  [[nodiscard]] std::vector<std::uint16_t> asked(UnitId unit) const {
    std::vector<std::uint16_t> found;
    const auto of = tiers(unit);
    if (of.empty()) return found;
    for (const std::uint16_t one : programme.asked_of(of[0])) {
      const auto& among = programme.requirements[one].among;
      if (!among || takes(*among, unit)) found.push_back(one);
    }
    return found;
  }
  [[nodiscard]] std::map<Day, std::int64_t> months(UnitId unit) const {
    std::map<Day, std::int64_t> out;
    for (const std::uint16_t one : asked(unit)) {
      const auto due = programme.due(tiers(unit)[0], one);
      const std::int64_t count = programme.requirements[one].asks.count();
      if (due && count > 0) out[first_of_month(*due)] += count;
    }
    return out;
  }
};

// Ever new choices from a seed.
class Choice {
 public:
  explicit Choice(std::uint64_t seed) : random_(seed) {}
  std::uint32_t below(std::size_t end) {
    return static_cast<std::uint32_t>(random_.next_u64() % end);
  }
  bool once_in(std::uint32_t times) { return below(times) == 0; }

 private:
  SeededRandom random_;
};

OrgTree random_tree(Choice& choice) {
  std::vector<UnitRow> rows{{"0", "all", UnitId{0}, UnitKind::Nation, false, Day{0}, {}}};
  std::vector<std::uint32_t> parents{0};
  const std::uint32_t count = 2 + choice.below(60);
  for (std::uint32_t i = 1; i < count; ++i) {
    const auto kind = static_cast<UnitKind>(1 + choice.below(kUnitKindCount - 1));
    UnitRow row{"u" + std::to_string(i),
                "unit",
                UnitId{parents[choice.below(parents.size())]},
                kind,
                choice.once_in(6),
                Day{0},
                {}};
    if (choice.once_in(10)) row.from = Day{kToday.number + 1};
    if (choice.once_in(10)) row.to = Day{kToday.number - (choice.once_in(2) ? 1 : 0)};
    rows.push_back(row);
    if (kind != UnitKind::Area) parents.push_back(i);
  }
  OrgTree tree;
  tree.add_units(rows);
  std::vector<LineEdge> lines;
  for (std::uint32_t i = 1; i < count; ++i)
    for (int member = 0; rows[i].kind == UnitKind::Area && member < 3; ++member)
      lines.push_back({UnitId{1 + choice.below(count - 1)}, UnitId{i}, LineKind::Area, Day{0}, {}});
  tree.add_lines(lines);
  return tree;
}

Selector random_selector(Choice& choice) {
  Selector out;
  for (std::uint32_t left = choice.below(5); left > 0; --left)
    out.kinds.push_back(static_cast<UnitKind>(choice.below(kUnitKindCount)));
  for (std::uint32_t left = choice.below(3); left > 0; --left)
    out.levels.push_back(static_cast<Level>(choice.below(kLevelCount)));
  for (auto* codes : {&out.under, &out.except})
    for (std::uint32_t left = choice.below(3); left > 0; --left)
      codes->push_back("u" + std::to_string(1 + choice.below(70)));
  if (choice.once_in(3)) out.under = {"0"};
  out.position = static_cast<Position>(choice.below(3));
  return out;
}

Programme random_programme(Choice& choice) {
  Programme out = sound_programme();
  out.tiers.resize(1 + choice.below(4));
  for (std::size_t i = 0; i < out.tiers.size(); ++i) {
    Tier& tier = out.tiers[i];
    tier = {"t" + std::to_string(choice.below(6)), {}, 0, {}, {}, {}};
    while (out.tier(tier.id) != i) tier.id = "t" + std::to_string(choice.below(6));
    tier.batch = static_cast<std::uint16_t>(choice.below(2));
    for (std::uint32_t left = choice.below(3); left > 0; --left)
      tier.selectors.push_back(random_selector(choice));
    if (i > 0 && choice.once_in(2))
      tier.by_reference_to = static_cast<std::uint16_t>(choice.below(i));
    tier.without = {static_cast<std::uint16_t>(choice.below(5))};
  }
  for (Requirement& one : out.requirements) {
    one.of = {static_cast<std::uint16_t>(choice.below(out.tiers.size()))};
    one.asks.visits = static_cast<std::int32_t>(choice.below(3));
    if (choice.once_in(2)) one.among = random_selector(choice);
    one.due = {day("2019-06-15"), day(choice.once_in(2) ? "2019-10-01" : "2019-11-01")};
  }
  out.requirements.resize(1 + choice.below(5));
  for (Tier& tier : out.tiers)
    if (tier.without[0] >= out.requirements.size()) tier.without.clear();
  return out;
}

TEST(ProgrammeUnits, EachUnitIsOfTheFirstTierThatTakesIt) {
  for (std::uint64_t seed = 1; seed <= 3'000; ++seed) {
    SCOPED_TRACE(seed);
    Choice choice(seed);
    const OrgTree tree = random_tree(choice);
    const Programme programme = random_programme(choice);
    const Slow slow{programme, tree};
    const TierMap map = assign_tiers(programme, tree, kToday);
    ASSERT_EQ(map.tier_at.size(), tree.size());
    std::vector<std::uint32_t> counts(programme.tiers.size(), 0);
    std::uint32_t contested = 0;
    std::optional<Contest> first;
    for (std::uint32_t at = 0; at < tree.size(); ++at) {
      const auto tiers = slow.tiers(tree.at(at));
      ASSERT_EQ(map.tier_at[at], tiers.empty() ? 0 : tiers[0] + 1) << tree.code(tree.at(at));
      if (!tiers.empty()) ++counts[tiers[0]];
      if (tiers.size() < 2) continue;
      if (contested++ == 0) first = Contest{tree.at(at), tiers[0], tiers[1]};
    }
    ASSERT_EQ(map.unit_counts, counts);
    ASSERT_EQ(map.contested, contested);
    ASSERT_EQ(map.first_contest, first);
  }
}

// Rows of the definition, looked up by what they are about.
struct SlowPlan {
  std::map<std::pair<std::string, UnitKind>, Change> types;
  std::map<std::string, PlannedRequirement> requirements;
  std::map<Level, Change> units;
  std::map<std::pair<Level, Day>, PlannedMonth> months;

  void add(const Slow& slow, UnitId unit, std::int64_t Change::*side) {
    const auto tiers = slow.tiers(unit);
    if (tiers.empty()) return;
    ++(types[{slow.programme.tiers[tiers[0]].id, slow.tree.kind(unit)}].*side);
    for (const std::uint16_t one : slow.asked(unit))
      ++(requirements[slow.programme.requirements[one].id].units.*side);
    ++(units[slow.level(unit)].*side);
    for (const auto& [month, asked] : slow.months(unit)) {
      PlannedMonth& row = months[{slow.level(unit), month}];
      row.asked.*side += asked;
      row.most.*side = std::max(row.most.*side, asked);
    }
  }
  void compare(const Slow& before, const Slow& after, UnitId unit) {
    std::map<std::string, int> asked;
    for (const std::uint16_t one : before.asked(unit))
      asked[before.programme.requirements[one].id] |= 1;
    for (const std::uint16_t one : after.asked(unit))
      asked[after.programme.requirements[one].id] |= 2;
    for (const auto& [id, sides] : asked) {
      requirements[id].won += sides == 2 ? 1 : 0;
      requirements[id].lost += sides == 1 ? 1 : 0;
    }
  }
};

void expect_equal(const Plan& plan, SlowPlan slow) {
  ASSERT_EQ(plan.types.size(), slow.types.size());
  for (const PlannedType& row : plan.types)
    ASSERT_EQ(row.units, (slow.types[{row.tier, row.kind}])) << row.tier;
  for (const PlannedRequirement& row : plan.requirements) {
    PlannedRequirement& expected = slow.requirements[row.requirement];
    expected.requirement = row.requirement;
    ASSERT_EQ(row, expected) << row.requirement;
  }
  ASSERT_EQ(slow.requirements.size(), plan.requirements.size());
  ASSERT_EQ(plan.burden.size(), slow.units.size());
  for (const PlannedBurden& row : plan.burden) {
    ASSERT_EQ(row.units, slow.units[row.level]);
    Change asked;
    for (const PlannedMonth& month : row.months) {
      PlannedMonth& expected = slow.months[{row.level, month.month}];
      expected.month = month.month;
      ASSERT_EQ(month, expected);
      asked.before += month.asked.before;
      asked.after += month.asked.after;
      slow.months.erase({row.level, month.month});
    }
    ASSERT_EQ(row.asked, asked);
  }
  ASSERT_TRUE(slow.months.empty());
}

TEST(ProgrammeUnits, APlanCountsWhatChangesForEachUnit) {
  for (std::uint64_t seed = 1; seed <= 2'000; ++seed) {
    SCOPED_TRACE(seed);
    Choice choice(seed);
    const OrgTree tree = random_tree(choice);
    const Programme before = random_programme(choice);
    const Programme after = random_programme(choice);
    SlowPlan slow;
    const bool none = choice.once_in(4);
    const Programme nothing;
    const Slow earlier{none ? nothing : before, tree};
    const Slow later{after, tree};
    for (std::uint32_t at = 0; at < tree.size(); ++at) {
      slow.add(earlier, tree.at(at), &Change::before);
      slow.add(later, tree.at(at), &Change::after);
      slow.compare(earlier, later, tree.at(at));
    }
    expect_equal(plan(none ? nullptr : &before, after, tree, kToday), std::move(slow));
    if (HasFatalFailure()) return;
  }
}

// Two provinces; one has a county with an agency, two villages, and a placeholder above one more.
OrgTree small_tree() {
  OrgTree tree;
  const auto row = [](const char* code, std::uint32_t parent, UnitKind kind) {
    return UnitRow{code, code, UnitId{parent}, kind, false, Day{0}, {}};
  };
  std::vector<UnitRow> rows = {row("0", 0, UnitKind::Nation),    row("22", 0, UnitKind::Province),
                               row("2201", 1, UnitKind::County), row("office", 2, UnitKind::Agency),
                               row("v1", 2, UnitKind::Village),  row("v2", 2, UnitKind::Village),
                               row("px", 1, UnitKind::County),   row("v3", 6, UnitKind::Village),
                               row("65", 0, UnitKind::Province)};
  rows[6].placeholder = true;
  tree.add_units(rows);
  return tree;
}

std::string fact(const ProgrammeFault& fault, std::string_view name) {
  for (const auto& [key, value] : fault.more)
    if (key == name) return value;
  return "(none)";
}

TEST(ProgrammeUnits, TheTreeHasNothingAgainstASoundProgramme) {
  EXPECT_EQ(shown(check(sound_programme(), small_tree(), kToday)), "");
  EXPECT_EQ(assign_tiers(sound_programme(), small_tree(), kToday).unit_counts,
            (std::vector<std::uint32_t>{2, 1, 3}));
}

TEST(ProgrammeUnits, AnAgencyIsOfTheLevelItStandsAt) {
  Programme programme = sound_programme();
  programme.tiers[1].selectors = {{{UnitKind::Agency}, {Level::County}, {}, {}}};
  EXPECT_EQ(assign_tiers(programme, small_tree(), kToday).unit_counts[1], 1U);
  programme.tiers[1].selectors[0].levels = {Level::Province};
  EXPECT_EQ(shown(check(programme, small_tree(), kToday)), "programme_tier_empty@full ");
}

TEST(ProgrammeUnits, ACodeThatIsNoUnitIsNamed) {
  Programme programme = sound_programme();
  programme.tiers[2].selectors[0].except = {"v9", "v1"};
  EXPECT_EQ(shown(check(programme, small_tree(), kToday)), "programme_unit_unknown@v9 ");
}

TEST(ProgrammeUnits, TwoTiersTakeAUnitOnlyByPrecedence) {
  Programme programme = sound_programme();
  programme.tiers[1].selectors.push_back({{UnitKind::Village}, {}, {"2201"}, {}});
  const auto faults = check(programme, small_tree(), kToday);
  ASSERT_EQ(shown(faults), "programme_tier_contested@branches ");
  EXPECT_EQ(fact(faults[0], "other"), "full");
  EXPECT_EQ(fact(faults[0], "unit"), "v1");
  EXPECT_EQ(fact(faults[0], "count"), "2");
  programme.precedence = true;
  EXPECT_EQ(shown(check(programme, small_tree(), kToday)), "");
  programme.tiers[1].selectors.back().under = {};
  EXPECT_EQ(shown(check(programme, small_tree(), kToday)), "programme_tier_empty@branches ");
}

TEST(ProgrammeUnits, AreasThatOverlapAddUpToMoreThanTheBudget) {
  Programme programme = sound_programme();
  programme.requirements[0].among = Selector{{}, {}, {"22"}, {}};
  programme.requirements[4].among = Selector{{}, {}, {"2201"}, {}};
  programme.requirements[4].asks.visits = 2;
  ASSERT_EQ(shown(check(programme)), "");
  const auto faults = check(programme, small_tree(), kToday);
  ASSERT_EQ(shown(faults), "programme_unit_burden_over@branches ");
  EXPECT_EQ(fact(faults[0], "unit"), "v1");
  EXPECT_EQ(fact(faults[0], "asked"), "4");
}

}  // namespace
}  // namespace tz::ledger
