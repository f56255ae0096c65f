// The tree against a slow twin that walks parents, over random trees that grow everywhere.
#include "ledger/org_tree.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <ctime>
#include <functional>
#include <iostream>
#include <set>

#include "base/random.h"

namespace tz::ledger {
namespace {

// The definitions, word by word: nothing is kept but rows and edges.
struct SlowTree {
  std::vector<UnitRow> rows;
  std::vector<LineEdge> lines;

  [[nodiscard]] std::vector<UnitId> children(UnitId unit) const {
    std::vector<UnitId> found;
    for (std::uint32_t i = 1; i < rows.size(); ++i)
      if (rows[i].parent == unit) found.push_back(UnitId{i});
    return found;
  }
  [[nodiscard]] std::vector<UnitId> pre_order() const {
    std::vector<UnitId> order;
    const std::function<void(UnitId)> visit = [&](UnitId unit) {
      order.push_back(unit);
      for (const UnitId child : children(unit)) visit(child);
    };
    visit(UnitId{0});
    return order;
  }
  [[nodiscard]] bool within(UnitId unit, UnitId ancestor) const {
    if (unit == ancestor) return true;
    return unit.value != 0 && within(rows[unit.value].parent, ancestor);
  }
  [[nodiscard]] UnitId visible_parent(UnitId unit) const {
    const UnitId up = rows[unit.value].parent;
    return up.value == 0 || !rows[up.value].placeholder ? up : visible_parent(up);
  }
  [[nodiscard]] std::vector<UnitId> visible_children(UnitId unit) const {
    std::vector<UnitId> found;
    for (const UnitId child : children(unit)) {
      if (!rows[child.value].placeholder) {
        found.push_back(child);
        continue;
      }
      for (const UnitId below : visible_children(child)) found.push_back(below);
    }
    return found;
  }
  [[nodiscard]] std::vector<UnitId> path(UnitId unit) const {
    std::vector<UnitId> found;
    if (unit.value != 0) {
      for (const UnitId step : path(rows[unit.value].parent))
        if (!rows[step.value].placeholder) found.push_back(step);
    }
    found.push_back(unit);
    return found;
  }
  [[nodiscard]] static bool holds(const LineEdge& edge, Day day) {
    return edge.from <= day && (!edge.to.has_value() || !(*edge.to < day));
  }
  // All that can be reached upward, by repetition until nothing is added.
  [[nodiscard]] std::set<UnitId> above_on_any_edge(UnitId unit, Day day) const {
    std::set<UnitId> reached{unit};
    for (std::size_t before = 0; before != reached.size();) {
      before = reached.size();
      const std::set<UnitId> now = reached;
      for (const UnitId at : now) reached.insert(rows[at.value].parent);
      for (const LineEdge& edge : lines)
        if (edge.line != LineKind::Area && now.contains(edge.unit) && holds(edge, day))
          reached.insert(edge.superior);
    }
    return reached;
  }
  // Which units a number for the unit covers, one by one.
  [[nodiscard]] std::set<UnitId> covered(UnitId unit, Day day) const {
    std::set<UnitId> tops{unit};
    for (std::size_t before = 0; before != tops.size();) {
      before = tops.size();
      const std::set<UnitId> now = tops;
      for (const LineEdge& edge : lines)
        if (edge.line == LineKind::Area && now.contains(edge.superior) &&
            rows[edge.superior.value].kind == UnitKind::Area && holds(edge, day))
          tops.insert(edge.unit);
    }
    std::set<UnitId> found;
    for (std::uint32_t i = 0; i < rows.size(); ++i)
      for (const UnitId top : tops)
        if (within(UnitId{i}, top)) found.insert(UnitId{i});
    return found;
  }
};

// Adds random units below random parents, and now and then edges, to both trees.
class Growth {
 public:
  explicit Growth(std::uint64_t seed) : random_(seed) {}

  std::uint64_t below(std::uint64_t limit) { return random_.next_u64() % limit; }
  UnitId any_unit() { return UnitId{static_cast<std::uint32_t>(below(slow.rows.size()))}; }
  Day any_day() { return Day{static_cast<std::int32_t>(18'000 + below(10))}; }
  std::optional<Day> any_end(Day from) {
    if (below(2) == 0) return std::nullopt;
    return Day{from.number + static_cast<std::int32_t>(below(5))};
  }

  void add_units(std::size_t count) {
    std::vector<UnitRow> batch;
    for (std::size_t i = 0; i < count; ++i) {
      UnitRow row;
      row.code = "u" + std::to_string(slow.rows.size());
      row.name = "第" + std::to_string(slow.rows.size()) + "号";
      if (!slow.rows.empty()) {
        // Often the last unit or its parent, so that the tree also grows in pre-order and deep.
        const UnitId last{static_cast<std::uint32_t>(slow.rows.size() - 1)};
        const std::uint64_t choice = below(4);
        row.parent = choice == 0 ? last : choice == 1 ? slow.rows[last.value].parent : any_unit();
      }
      row.kind = static_cast<UnitKind>(below(14));
      row.placeholder = below(4) == 0;
      row.from = any_day();
      row.to = any_end(row.from);
      slow.rows.push_back(row);
      batch.push_back(row);
    }
    tree.add_units(batch);
  }

  void add_lines(std::size_t count) {
    std::vector<LineEdge> batch;
    for (std::size_t i = 0; i < count; ++i) {
      LineEdge edge{any_unit(), any_unit(), static_cast<LineKind>(below(3)), any_day(), {}};
      edge.to = any_end(edge.from);
      slow.lines.push_back(edge);
      batch.push_back(edge);
    }
    tree.add_lines(batch);
  }

  SlowTree slow;
  OrgTree tree;

 private:
  SeededRandom random_;
};

void expect_same_units(const SlowTree& slow, const OrgTree& tree) {
  ASSERT_EQ(tree.size(), slow.rows.size());
  const std::vector<UnitId> order = slow.pre_order();
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    ASSERT_EQ(tree.at(i), order[i]);
    ASSERT_EQ(tree.position(order[i]), i);
  }
  for (std::uint32_t i = 0; i < slow.rows.size(); ++i) {
    const UnitId unit{i};
    const UnitRow& row = slow.rows[i];
    ASSERT_EQ(tree.find(row.code), unit);
    ASSERT_EQ(tree.code(unit), row.code);
    ASSERT_EQ(tree.name(unit), row.name);
    ASSERT_EQ(tree.kind(unit), row.kind);
    ASSERT_EQ(tree.placeholder(unit), row.placeholder);
    ASSERT_EQ(tree.from(unit), row.from);
    ASSERT_EQ(tree.to(unit), row.to);
    ASSERT_EQ(tree.parent(unit), row.parent);
    ASSERT_EQ(tree.children(unit), slow.children(unit));
    ASSERT_EQ(tree.leaf(unit), slow.children(unit).empty());
    ASSERT_EQ(tree.visible_parent(unit), slow.visible_parent(unit));
    ASSERT_EQ(tree.visible_children(unit), slow.visible_children(unit));
    ASSERT_EQ(tree.path(unit), slow.path(unit));
  }
}

void expect_same_relations(Growth& growth) {
  const SlowTree& slow = growth.slow;
  const OrgTree& tree = growth.tree;
  for (int i = 0; i < 40; ++i) {
    const UnitId unit = growth.any_unit();
    const UnitId other = growth.any_unit();
    const Day day{growth.any_day().number + static_cast<std::int32_t>(growth.below(6)) - 3};
    ASSERT_EQ(tree.within(unit, other), slow.within(unit, other));
    const std::set<UnitId> above = slow.above_on_any_edge(unit, day);
    ASSERT_EQ(tree.below_on_any_edge(unit, other, day), above.contains(other));
    const std::vector<UnitId> given_above = tree.above_on_any_edge(unit, day);
    ASSERT_EQ(given_above.front(), unit);
    ASSERT_EQ(std::multiset<UnitId>(given_above.begin(), given_above.end()),
              std::multiset<UnitId>(above.begin(), above.end()));
    std::multiset<UnitId> superiors;
    for (const LineEdge& edge : slow.lines)
      if (edge.unit == unit && edge.line != LineKind::Area && SlowTree::holds(edge, day))
        superiors.insert(edge.superior);
    const auto given = tree.line_superiors(unit, day);
    ASSERT_EQ(std::multiset<UnitId>(given.begin(), given.end()), superiors);

    std::set<UnitId> covered;
    std::uint32_t last_end = 0;
    bool first = true;
    for (const Interval& interval : tree.extent(unit, day)) {
      ASSERT_LT(interval.begin, interval.end);
      if (!first) {
        ASSERT_GT(interval.begin, last_end) << "not merged";
      }
      first = false;
      last_end = interval.end;
      for (std::uint32_t at = interval.begin; at < interval.end; ++at) covered.insert(tree.at(at));
    }
    ASSERT_EQ(covered, slow.covered(unit, day));
  }
}

TEST(OrgTree, AgreesWithTheSlowTwinHoweverItGrows) {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Growth growth(seed);
    growth.add_units(1 + growth.below(30));
    for (int step = 0; step < 5; ++step) {
      const std::uint32_t version = growth.tree.version();
      growth.add_units(1 + growth.below(20));
      EXPECT_GT(growth.tree.version(), version);
      growth.add_lines(growth.below(12));
      expect_same_units(growth.slow, growth.tree);
      expect_same_relations(growth);
      if (HasFatalFailure()) return;
    }
  }
}

// Inserting one unit below each unit there is: root, inner unit, leaf, placeholder, area.
TEST(OrgTree, GrowsBelowEveryParent) {
  Growth base(7);
  base.add_units(25);
  base.add_lines(6);
  for (std::uint32_t i = 0; i < 25; ++i) {
    Growth growth = base;
    const UnitRow row{"new", "新单位", UnitId{i}, UnitKind::Agency, false, Day{18'000}, {}};
    growth.slow.rows.push_back(row);
    growth.tree.add_units({&row, 1});
    expect_same_units(growth.slow, growth.tree);
    expect_same_relations(growth);
    if (HasFatalFailure()) return;
    EXPECT_EQ(base.tree.size(), 25u) << "a copy is on its own";
  }
}

TEST(OrgTree, OneByOneOrAllAtOnceIsTheSame) {
  Growth growth(8);
  growth.add_units(200);
  OrgTree single;
  for (const UnitRow& row : growth.slow.rows) single.add_units({&row, 1});
  expect_same_units(growth.slow, single);
}

TEST(OrgTree, ManyBatchesSettledOnceAreTheSame) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Growth growth(seed);
    growth.add_units(60);
    const std::span<const UnitRow> rows(growth.slow.rows);
    OrgTree tree;
    tree.settle();
    for (std::size_t at = 0; at < rows.size();) {
      const std::size_t count = std::min<std::size_t>(growth.below(9), rows.size() - at);
      tree.append_units(rows.subspan(at, count));
      at += count;
      ASSERT_EQ(tree.size(), at);
      if (at > 0) {
        ASSERT_EQ(tree.find(rows[at - 1].code)->value, at - 1);
      }
      if (growth.below(5) == 0) tree.settle();
    }
    tree.settle();
    tree.settle();
    expect_same_units(growth.slow, tree);
    if (HasFatalFailure()) return;
  }
}

TEST(OrgTreeDeathTest, PositionsOfAnUnsettledTreeAreABug) {
  Growth growth(10);
  growth.add_units(10);
  const UnitRow row{"new", "新单位", growth.tree.at(0), UnitKind::Agency, false, Day{0}, {}};
  const UnitRow below_first{"b", "乙", growth.tree.at(1), UnitKind::Agency, false, Day{0}, {}};
  growth.tree.append_units({&row, 1});
  growth.tree.append_units({&below_first, 1});
  EXPECT_EQ(growth.tree.code(growth.tree.find("b").value()), "b");
  EXPECT_DEATH(static_cast<void>(growth.tree.position(UnitId{0})), "settled");
}

TEST(OrgTree, AnEmptyTreeFindsNothing) {
  const OrgTree tree;
  EXPECT_EQ(tree.size(), 0u);
  EXPECT_EQ(tree.find(""), std::nullopt);
  EXPECT_EQ(tree.find("22"), std::nullopt);
}

TEST(OrgTree, CirclesOfLineEdgesEnd) {
  Growth growth(9);
  growth.add_units(20);
  std::vector<LineEdge> circle;
  for (std::uint32_t i = 1; i < 20; ++i)
    circle.push_back({UnitId{i}, UnitId{i % 19 + 1}, LineKind::Business, Day{0}, {}});
  growth.tree.add_lines(circle);
  growth.slow.lines.insert(growth.slow.lines.end(), circle.begin(), circle.end());
  expect_same_relations(growth);
  EXPECT_TRUE(growth.tree.below_on_any_edge(UnitId{1}, UnitId{19}, Day{5}));
  EXPECT_FALSE(growth.tree.below_on_any_edge(UnitId{0}, UnitId{19}, Day{5}));
}

TEST(OrgTree, AreaEdgesAreNoSuperiority) {
  OrgTree tree;
  const std::vector<UnitRow> rows = {{"0", "全国", UnitId{0}, UnitKind::Nation, false, Day{0}, {}},
                                     {"A", "甲县", UnitId{0}, UnitKind::County, false, Day{0}, {}},
                                     {"X", "新区", UnitId{0}, UnitKind::Area, false, Day{0}, {}}};
  tree.add_units(rows);
  const LineEdge edge{UnitId{1}, UnitId{2}, LineKind::Area, Day{10}, Day{20}};
  tree.add_lines({&edge, 1});
  EXPECT_TRUE(tree.line_superiors(UnitId{1}, Day{15}).empty());
  EXPECT_FALSE(tree.below_on_any_edge(UnitId{1}, UnitId{2}, Day{15}));
  EXPECT_EQ(tree.extent(UnitId{2}, Day{15}), (std::vector<Interval>{{1, 3}}));
  EXPECT_EQ(tree.extent(UnitId{2}, Day{9}), (std::vector<Interval>{{2, 3}}));
  EXPECT_EQ(tree.extent(UnitId{2}, Day{10}), (std::vector<Interval>{{1, 3}}));
  EXPECT_EQ(tree.extent(UnitId{2}, Day{20}), (std::vector<Interval>{{1, 3}}));
  EXPECT_EQ(tree.extent(UnitId{2}, Day{21}), (std::vector<Interval>{{2, 3}}));
}

double cpu_seconds(const std::function<void()>& work) {
  const std::clock_t start = std::clock();
  work();
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

// As many units as the nation has, a thousand at a time as the journal brings them: positions
// must not be computed anew each time, or this takes some hundred times as long as all at once.
TEST(OrgTree, TheWholeNationInManyBatchesTakesLittleLongerThanInOne) {
  std::vector<UnitRow> rows = {{"0", "全国", UnitId{0}, UnitKind::Nation, false, Day{0}, {}}};
  const std::size_t widths[] = {31, 11, 9, 14, 16};
  const std::function<void(UnitId, std::size_t)> fill = [&](UnitId parent, std::size_t level) {
    for (std::size_t i = 0; i < widths[level]; ++i) {
      const UnitId unit{static_cast<std::uint32_t>(rows.size())};
      rows.push_back({std::to_string(100'000'000'000 + unit.value),
                      "某某社区居委会",
                      parent,
                      UnitKind::Village,
                      false,
                      Day{0},
                      {}});
      if (level + 1 < std::size(widths)) fill(unit, level + 1);
    }
  };
  fill(UnitId{0}, 0);
  ASSERT_GT(rows.size(), 700'000u);
  OrgTree whole;
  const double at_once = cpu_seconds([&] { whole.add_units(rows); });
  OrgTree tree;
  const double in_batches = cpu_seconds([&] {
    for (std::size_t at = 0; at < rows.size(); at += 1000)
      tree.add_units(std::span(rows).subspan(at, std::min<std::size_t>(1000, rows.size() - at)));
  });
  std::cout << rows.size() << " units: " << at_once << " s at once, " << in_batches
            << " s in batches\n";
  EXPECT_EQ(tree.subtree(UnitId{0}), (Interval{0, static_cast<std::uint32_t>(rows.size())}));
  EXPECT_EQ(whole.subtree(UnitId{0}), tree.subtree(UnitId{0}));
  EXPECT_LT(in_batches, 10 * at_once + 0.1);
}

TEST(UnitNames, KindsAndLinesHaveTheirNames) {
  const std::string_view kinds[] = {"nation",       "province", "prefecture", "county",
                                    "township",     "village",  "group",      "neighbourhood",
                                    "agency",       "branch",   "enterprise", "university",
                                    "organisation", "area"};
  for (std::size_t i = 0; i < std::size(kinds); ++i) {
    EXPECT_EQ(to_text(static_cast<UnitKind>(i)), kinds[i]);
    EXPECT_EQ(unit_kind_named(kinds[i]), static_cast<UnitKind>(i));
  }
  EXPECT_EQ(to_text(UnitKind::Area), "area");
  EXPECT_EQ(unit_kind_named("Area"), std::nullopt);
  const std::string_view lines[] = {"business", "vertical", "area"};
  for (std::size_t i = 0; i < std::size(lines); ++i) {
    EXPECT_EQ(to_text(static_cast<LineKind>(i)), lines[i]);
    EXPECT_EQ(line_kind_named(lines[i]), static_cast<LineKind>(i));
  }
  EXPECT_EQ(line_kind_named(""), std::nullopt);
}

TEST(UnitNames, CodesAndNamesHaveTheirLimits) {
  EXPECT_TRUE(valid_unit_code("22"));
  EXPECT_TRUE(valid_unit_code("XA-1_b.c"));
  EXPECT_TRUE(valid_unit_code(std::string(32, 'a')));
  for (const std::string& code : {std::string(), std::string(33, 'a'), std::string("a b"),
                                  std::string("代码"), std::string("a/b"), std::string(1, '\0')})
    EXPECT_FALSE(valid_unit_code(code)) << code;
  std::string name;
  for (int i = 0; i < 200; ++i) name += "村";
  EXPECT_EQ(unit_name_fault(name), std::nullopt);
  EXPECT_EQ(unit_name_fault(name + "a"), NameFault::TooLong);
  EXPECT_EQ(unit_name_fault(""), NameFault::Empty);
  EXPECT_EQ(unit_name_fault("  "), NameFault::Empty);
  EXPECT_EQ(unit_name_fault("a\tb"), NameFault::ControlCharacter);
  EXPECT_EQ(unit_name_fault("a\x7f"), NameFault::ControlCharacter);
  EXPECT_EQ(unit_name_fault("a\u0085"), NameFault::ControlCharacter);
  EXPECT_EQ(unit_name_fault("a\u2028"), NameFault::ControlCharacter);
  EXPECT_EQ(unit_name_fault("a\u00a0b"), std::nullopt);
}

}  // namespace
}  // namespace tz::ledger
