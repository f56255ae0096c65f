// Changes of the tree against a slow twin that keeps every version whole, over random histories.
#include <gtest/gtest.h>

#include <map>
#include <string>

#include "base/random.h"
#include "ledger/unit_changes.h"

namespace tz::ledger {
namespace {

const std::function<bool(UnitId)> kNobody = [](UnitId) { return false; };

// What a tree has to be, word by word.
struct Version {
  Seq record;  // the last that made it so
  std::vector<UnitRow> rows;
  std::map<std::string, UnitId> holders;  // of codes
  std::vector<Heir> heirs;
  std::vector<LineEdge> lines;

  [[nodiscard]] bool ended(UnitId unit, Day day) const {
    const auto& to = rows[unit.value].to;
    return to && *to < day;
  }
  void register_unit(const UnitRow& row) {
    holders[row.code] = UnitId{static_cast<std::uint32_t>(rows.size())};
    rows.push_back(row);
  }
  void change(const std::vector<UnitChange>& changes, Day day) {
    for (const UnitChange& one : changes)
      if (one.kind == ChangeKind::Recoded) holders.erase(rows[one.unit.value].code);
    for (const UnitChange& one : changes) {
      UnitRow& row = rows[one.unit.value];
      if (one.kind == ChangeKind::Renamed) row.name = one.text;
      if (one.kind == ChangeKind::Recoded) row.code = one.text;
      if (one.kind == ChangeKind::Recoded) holders[one.text] = one.unit;
      if (one.kind == ChangeKind::Moved) row.parent = one.other;
      if (one.kind == ChangeKind::Ended) row.to = Day{day.number - 1};
      if (one.kind == ChangeKind::Succeeded) heirs.push_back({one.unit, one.other, day, record});
    }
  }
  [[nodiscard]] UnitId counted_at(UnitId unit, std::optional<Day> closed) const {
    for (const Heir& heir : heirs) {
      if (heir.unit != unit) continue;
      return closed && *closed < heir.from ? unit : counted_at(heir.successor, closed);
    }
    return unit;
  }
  void walk(UnitId unit, std::vector<UnitId>& order) const {
    order.push_back(unit);
    for (std::uint32_t i = 1; i < rows.size(); ++i)
      if (rows[i].parent == unit) walk(UnitId{i}, order);
  }
};

void expect_same(const Version& slow, const OrgTree& tree) {
  ASSERT_EQ(tree.size(), slow.rows.size());
  std::vector<UnitId> order;
  slow.walk(UnitId{0}, order);
  ASSERT_EQ(order.size(), slow.rows.size());
  for (std::uint32_t at = 0; at < order.size(); ++at) {
    ASSERT_EQ(tree.at(at), order[at]);
    ASSERT_EQ(tree.position(order[at]), at);
    std::vector<UnitId> below;
    slow.walk(order[at], below);
    ASSERT_EQ(tree.subtree(order[at]),
              (Interval{at, at + static_cast<std::uint32_t>(below.size())}));
  }
  for (std::uint32_t i = 0; i < slow.rows.size(); ++i) {
    const UnitRow& row = slow.rows[i];
    const UnitId unit{i};
    ASSERT_EQ(tree.code(unit), row.code);
    ASSERT_EQ(tree.name(unit), row.name);
    ASSERT_EQ(tree.parent(unit), row.parent);
    ASSERT_EQ(tree.kind(unit), row.kind);
    ASSERT_EQ(tree.from(unit), row.from);
    ASSERT_EQ(tree.to(unit), row.to);
    std::vector<UnitId> before;
    std::vector<UnitId> found;
    for (const Heir& heir : tree.history().predecessors(unit)) found.push_back(heir.unit);
    for (std::uint32_t k = 0; k < slow.rows.size(); ++k)
      for (const Heir& heir : slow.heirs)
        if (heir.unit.value == k) {
          if (heir.successor == unit) before.push_back(UnitId{k});
          break;
        }
    ASSERT_EQ(found, before);
  }
  for (std::uint32_t code = 0; code < 60; ++code) {
    const auto held = slow.holders.find("c" + std::to_string(code));
    const std::optional<UnitId> wanted =
        held == slow.holders.end() ? std::nullopt : std::optional(held->second);
    ASSERT_EQ(tree.find("c" + std::to_string(code)), wanted);
  }
  ASSERT_EQ(tree.lines().size(), slow.lines.size());
}

class Changing {
 public:
  explicit Changing(std::uint64_t seed) : random_(seed) {
    now.record = Seq{1};
    add_units(1 + below(12));
    versions.push_back(now);
  }

  void step() {
    now.record.value += 1 + below(3);
    day.number += static_cast<std::int32_t>(below(3));
    change();
    if (below(2) == 0) add_units(below(4));
    if (below(2) == 0) change();
    if (below(3) == 0) add_line();
    tree.settle();
    versions.push_back(now);
  }

  OrgTree tree;
  Version now;
  std::vector<Version> versions;
  Day day{18'000};

  std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>(random_.next_u64() % bound);
  }

 private:
  std::string any_code() { return "c" + std::to_string(below(60)); }
  UnitId any_unit() { return UnitId{below(static_cast<std::uint32_t>(tree.size()))}; }

  void add_units(std::uint32_t count) {
    std::vector<UnitRow> rows;
    for (std::uint32_t i = 0; i < count; ++i) {
      UnitRow row;
      row.code = any_code();
      row.name = "n" + std::to_string(below(100));
      row.from = day;
      row.kind = UnitKind::Township;
      if (!now.rows.empty())
        row.parent = UnitId{below(static_cast<std::uint32_t>(now.rows.size()))};
      if (!tree.code_free(row.code, day)) continue;
      tree.append_units({&row, 1}, now.record);
      now.register_unit(row);
    }
    tree.settle();
  }

  void change() {
    std::vector<UnitChange> changes;
    for (std::uint32_t i = 1 + below(8); i > 0; --i) {
      UnitChange one{any_unit(), static_cast<ChangeKind>(below(6)), {}, {}};
      if (has_text(one.kind)) one.text = one.kind == ChangeKind::Renamed ? "新" : any_code();
      if (has_other(one.kind)) one.other = any_unit();
      const bool again = std::any_of(changes.begin(), changes.end(), [&](const UnitChange& other) {
        return other.unit == one.unit && other.kind == one.kind;
      });
      if (again) continue;
      changes.push_back(one);
      if (one.kind == ChangeKind::Recoded && below(2) == 0)  // in a circle
        if (const auto holder = tree.find(one.text); holder && *holder != one.unit)
          changes.push_back({*holder, ChangeKind::Recoded, std::string(tree.code(one.unit)), {}});
      while (!changes.empty() && fault_in(tree, kNobody, changes, day)) changes.pop_back();
    }
    tree.change_units(changes, day, now.record);
    now.change(changes, day);
  }

  void add_line() {
    const LineEdge edge{any_unit(), any_unit(), LineKind::Business, day, {}};
    tree.add_lines({&edge, 1});
    now.lines.push_back(edge);
  }

  SeededRandom random_;
};

TEST(OrgTreeChanges, EveryVersionIsWhatTheSlowTwinSays) {
  std::size_t edits = 0;
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    Changing changing(seed);
    for (int step = 0; step < 12; ++step) {
      changing.step();
      expect_same(changing.now, changing.tree);
      if (::testing::Test::HasFatalFailure()) return;
    }
    edits += changing.tree.history().edits().size();
    std::size_t by_unit = 0;
    for (std::uint32_t i = 0; i < changing.tree.size(); ++i)
      by_unit += changing.tree.history().edits_of(UnitId{i}).size();
    EXPECT_EQ(by_unit, changing.tree.history().edits().size());
    const OrgTree& tree = changing.tree;
    for (std::size_t i = 0; i + 1 < changing.versions.size(); ++i) {
      SCOPED_TRACE("version " + std::to_string(i));
      const Version& then = changing.versions[i];
      expect_same(then, tree.before(changing.versions[i + 1].record, then.rows.size(), then.lines));
      if (::testing::Test::HasFatalFailure()) return;
      for (const auto& [code, unit] : then.holders) {
        EXPECT_EQ(tree.find_at(code, then.record), unit);
        EXPECT_EQ(tree.named(code + "@" + std::to_string(then.record.value + 1)), unit);
        const std::vector<UnitId> all = tree.find_all(code);
        EXPECT_NE(std::find(all.begin(), all.end(), unit), all.end());
      }
    }
    for (std::uint32_t i = 0; i < tree.size(); ++i)
      for (std::int32_t closed = 17'999; closed < changing.day.number + 2; ++closed) {
        EXPECT_EQ(tree.counted_at(UnitId{i}, Day{closed}),
                  changing.now.counted_at(UnitId{i}, Day{closed}));
        EXPECT_EQ(tree.counted_at(UnitId{i}, {}), changing.now.counted_at(UnitId{i}, {}));
      }
  }
  EXPECT_GT(edits, 2000U);
}

OrgTree town() {
  OrgTree tree;
  const Day from{18'000};
  const std::vector<UnitRow> rows = {
      {"0", "全国", UnitId{0}, UnitKind::Nation, false, from, {}},
      {"1", "甲县", UnitId{0}, UnitKind::County, false, from, {}},
      {"11", "甲乡", UnitId{1}, UnitKind::Township, false, from, {}},
      {"2", "乙县", UnitId{0}, UnitKind::County, false, from, {}},
      {"3", "片区", UnitId{0}, UnitKind::Area, false, from, {}},
  };
  tree.add_units(rows);
  return tree;
}

std::string fault_of(const OrgTree& tree, std::vector<UnitChange> changes) {
  const auto fault = fault_in(tree, kNobody, changes, Day{18'100});
  return fault ? fault->code : "";
}

TEST(OrgTreeChanges, WhatMayNotBeIsFound) {
  using enum ChangeKind;
  const OrgTree tree = town();
  const UnitId county{1};
  const UnitId township{2};
  const UnitId other{3};
  EXPECT_EQ(fault_of(tree, {{UnitId{9}, Renamed, "丙", {}}}), "unit_unknown");
  EXPECT_EQ(fault_of(tree, {{county, Moved, {}, UnitId{9}}}), "unit_unknown");
  EXPECT_EQ(fault_of(tree, {{county, Renamed, "", {}}}), "unit_name_bad");
  EXPECT_EQ(fault_of(tree, {{county, Recoded, "a b", {}}}), "unit_code_bad");
  EXPECT_EQ(fault_of(tree, {{county, Recoded, "2", {}}}), "unit_code_taken");
  EXPECT_EQ(fault_of(tree, {{county, Recoded, "9", {}}, {other, Recoded, "9", {}}}),
            "unit_code_taken");
  EXPECT_EQ(fault_of(tree, {{county, Recoded, "2", {}}, {other, Recoded, "1", {}}}), "");
  EXPECT_EQ(fault_of(tree, {{UnitId{0}, Moved, {}, county}}), "unit_is_root");
  EXPECT_EQ(fault_of(tree, {{UnitId{0}, Ended, {}, {}}}), "unit_is_root");
  EXPECT_EQ(fault_of(tree, {{county, Moved, {}, township}}), "unit_below_itself");
  EXPECT_EQ(fault_of(tree, {{county, Moved, {}, county}}), "unit_below_itself");
  EXPECT_EQ(fault_of(tree, {{township, Moved, {}, other}, {county, Moved, {}, township}}), "");
  EXPECT_EQ(fault_of(tree, {{other, Moved, {}, township}, {county, Moved, {}, other}}),
            "unit_below_itself");
  EXPECT_EQ(fault_of(tree, {{township, Moved, {}, UnitId{4}}}), "unit_parent_area");
  EXPECT_EQ(fault_of(tree, {{other, Ended, {}, {}}, {township, Moved, {}, other}}),
            "unit_parent_ended");
  EXPECT_EQ(fault_of(tree, {{other, Ended, {}, {}}, {other, Renamed, "丙", {}}}), "unit_ended");
  EXPECT_EQ(fault_of(tree, {{other, Succeeded, {}, county}}), "unit_not_ended");
  EXPECT_EQ(fault_of(tree, {{other, Ended, {}, {}}, {other, Succeeded, {}, county}}), "");
  EXPECT_EQ(
      fault_of(tree,
               {{other, Ended, {}, {}}, {county, Ended, {}, {}}, {other, Succeeded, {}, county}}),
      "succession_bad");
  EXPECT_EQ(
      fault_in(tree, kNobody, std::vector<UnitChange>{{county, Ended, {}, {}}}, Day{18'000})->code,
      "change_day_early");
}

// Else two that end one after the other could each be the other's successor.
TEST(OrgTreeChanges, WhatChangedEarlierStillStandsAfterALaterEnd) {
  using enum ChangeKind;
  OrgTree tree = town();
  const UnitId township{2};
  const UnitId other{3};
  tree.change_units(
      std::vector<UnitChange>{{other, Ended, {}, {}}, {other, Succeeded, {}, township}},
      Day{18'200}, Seq{5});
  tree.settle();
  EXPECT_EQ(fault_of(tree, {{township, Ended, {}, {}}, {township, Succeeded, {}, other}}),
            "succession_bad");
  EXPECT_EQ(fault_of(tree, {{township, Moved, {}, other}}), "unit_parent_ended");
  const UnitRow row{"2", "丙县", UnitId{0}, UnitKind::County, false, Day{18'200}, {}};
  tree.append_units({&row, 1}, Seq{8});
  tree.settle();
  EXPECT_EQ(fault_of(tree, {{other, Recoded, "9", {}}}), "unit_ended");
}

TEST(OrgTreeChanges, BeforeTheFirstUnitThereIsNone) {
  const OrgTree tree = town().before(Seq{0}, 0, {});
  EXPECT_EQ(tree.size(), 0U);
  EXPECT_FALSE(tree.find("0"));
}

TEST(OrgTreeChanges, ACodeOfAUnitThatEndedGoesToAnotherAndBack) {
  using enum ChangeKind;
  OrgTree tree = town();
  tree.change_units(std::vector<UnitChange>{{UnitId{2}, Ended, {}, {}}}, Day{18'100}, Seq{5});
  tree.settle();
  EXPECT_EQ(tree.find("11"), UnitId{2});
  EXPECT_FALSE(tree.code_free("11", Day{18'099}));
  EXPECT_TRUE(tree.code_free("11", Day{18'100}));
  const UnitRow row{"11", "丙乡", UnitId{3}, UnitKind::Township, false, Day{18'200}, {}};
  tree.append_units({&row, 1}, Seq{8});
  tree.settle();
  EXPECT_EQ(tree.find("11"), UnitId{5});
  EXPECT_EQ(tree.code(UnitId{2}), "11");
  EXPECT_EQ(tree.find_at("11", Seq{7}), UnitId{2});
  EXPECT_EQ(tree.find_at("11", Seq{8}), UnitId{5});
  EXPECT_EQ(tree.before(Seq{8}, 5, {}).find("11"), UnitId{2});
  EXPECT_EQ(tree.named("11"), UnitId{5});
  EXPECT_EQ(tree.led_until(UnitId{2}, "11"), 8U);
  EXPECT_EQ(tree.named("11@8"), UnitId{2});
  EXPECT_EQ(tree.named("11@9"), UnitId{5});
  EXPECT_FALSE(tree.led_until(UnitId{5}, "11"));
  for (const char* text : {"11@", "11@0", "11@x", "11@8x", "11@-1", "12", "12@8"})
    EXPECT_FALSE(tree.named(text)) << text;
}

TEST(OrgTreeChanges, WhatAUnitOnceWasIsToldByTheDay) {
  using enum ChangeKind;
  OrgTree tree = town();
  const UnitId unit{2};
  tree.change_units(std::vector<UnitChange>{{unit, Recoded, "21", {}}}, Day{18'100}, Seq{5});
  tree.change_units(std::vector<UnitChange>{{unit, Renamed, "甲镇", {}}}, Day{18'100}, Seq{6});
  tree.change_units(std::vector<UnitChange>{{unit, Moved, {}, UnitId{3}}}, Day{18'100}, Seq{7});
  tree.change_units(std::vector<UnitChange>{{unit, Renamed, "甲街道", {}}}, Day{18'200}, Seq{8});
  tree.change_units(std::vector<UnitChange>{{unit, Ended, {}, {}}}, Day{18'300}, Seq{9});
  tree.settle();
  const std::vector<FormerUnit> once = tree.once(unit);
  ASSERT_EQ(once.size(), 2U);
  EXPECT_EQ(once[0].to, Day{18'099});
  EXPECT_EQ(once[0].code, "11");
  EXPECT_EQ(once[0].name, "甲乡");
  EXPECT_EQ(once[0].parent, UnitId{1});
  EXPECT_EQ(once[1].to, Day{18'199});
  EXPECT_EQ(once[1].code, "21");
  EXPECT_EQ(once[1].name, "甲镇");
  EXPECT_EQ(once[1].parent, UnitId{3});
  EXPECT_TRUE(tree.once(UnitId{1}).empty());
  EXPECT_EQ(tree.named("11"), unit);
  EXPECT_FALSE(tree.led_until(unit, "11"));
}

TEST(OrgTreeChanges, AUnitKnowsAllThatItSucceedsAndWhatItInherits) {
  using enum ChangeKind;
  OrgTree tree = town();
  tree.change_units(std::vector<UnitChange>{{UnitId{2}, Ended, {}, {}},
                                            {UnitId{2}, Succeeded, {}, UnitId{1}},
                                            {UnitId{2}, Succeeded, {}, UnitId{3}}},
                    Day{18'100}, Seq{5});
  tree.settle();
  ASSERT_EQ(tree.history().succeeded_by(UnitId{3}).size(), 1U);
  EXPECT_EQ(tree.history().succeeded_by(UnitId{3})[0].unit, UnitId{2});
  EXPECT_TRUE(tree.history().predecessors(UnitId{3}).empty());
  EXPECT_EQ(tree.history().predecessors(UnitId{1}).size(), 1U);
  EXPECT_TRUE(tree.history().succeeded_by(UnitId{2}).empty());
}

}  // namespace
}  // namespace tz::ledger
