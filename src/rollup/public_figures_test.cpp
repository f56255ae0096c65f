// A stranger with every figure of every month subtracts all he can: he comes to no count of one to
// four, and every figure is the number of rows that a loop finds. And somebody from whom
// accusations are kept, who has his own counts of all else beside them, learns of no accusation.
#include "rollup/public_figures.h"

#include <gtest/gtest.h>

#include <iostream>
#include <map>
#include <string>

#include "base/random.h"
#include "rollup/hiding_view.h"
#include "rollup/rollup.h"

namespace tz::rollup {
namespace {

using ledger::ItemRow;
using ledger::kPublicCountMin;
using ledger::OrgTree;
using ledger::PublicFigure;
using ledger::UnitKind;

constexpr std::uint8_t kKind = 1;
constexpr std::size_t kMonths = 3;

bool small(std::int64_t count) { return count > 0 && count < kPublicCountMin; }

// The kinds of a place in the tree, from the root down; now and then a placeholder or an agency
// stands between.
struct Town {
  explicit Town(std::uint64_t seed) : random(seed) {}

  std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>(random.next_u64() % bound);
  }

  void grow() {
    const std::uint32_t count = 2 + below(40);
    for (std::uint32_t i = 0; i < count; ++i) {
      ledger::UnitRow row;
      row.code = row.name = std::to_string(i);
      row.parent = UnitId{i == 0 ? 0 : below(i)};
      const auto level = i == 0 ? 0U : depth[row.parent.value] + 1;
      row.kind = level >= 5 ? UnitKind::Village : static_cast<UnitKind>(level);
      if (i > 0 && below(10) == 0) row.kind = UnitKind::Agency;
      row.placeholder = i > 0 && below(12) == 0;
      depth.push_back(level);
      rows.push_back(row);
    }
    tree->add_units(rows);
    rollup.set_tree(tree);
  }

  void fill() {
    const std::uint32_t count = below(200);
    for (std::uint32_t i = 0; i < count; ++i) {
      ItemRow row;
      row.no = ledger::ItemNo{i + 1};
      row.place = UnitId{below(static_cast<std::uint32_t>(rows.size()))};
      row.kind = below(6) == 0 ? 0 : kKind;
      // Some just before midnight of the last day, some on the first.
      row.opened = Day{first.number + static_cast<std::int32_t>(below(31 * kMonths))};
      if (below(20) == 0) row.import = 9;  // staged, and so not there
      if (below(4) == 0) accuse(row);
      items.push_back(row);
      rollup.put(row);
    }
    view = rollup.publish(1);
  }

  // Of units at or below the one that received it; now and then nobody knows of which.
  void accuse(const ItemRow& row) {
    ledger::Accusation accusation{row.place, {}};
    for (std::uint32_t i = below(4); i > 0; --i) {
      const UnitId unit{below(static_cast<std::uint32_t>(rows.size()))};
      if (lies_below(unit, row.place)) accusation.units.push_back(unit);
    }
    accusations.set(row.no, accusation);
  }
  [[nodiscard]] Filter counted_kind(const View& seen) const {
    return countable(seen, accusations, kKind);
  }

  [[nodiscard]] bool lies_below(UnitId unit, UnitId above) const {
    for (;; unit = tree->parent(unit)) {
      if (unit == above) return true;
      if (tree->parent(unit) == unit) return false;
    }
  }
  [[nodiscard]] std::int64_t counted(UnitId unit, Day month) const {
    std::int64_t out = 0;
    for (const ItemRow& row : items)
      if (row.kind == kKind && !row.import && accusations.find(row.no) == nullptr &&
          lies_below(row.place, unit) && month_text(row.opened) == month_text(month))
        ++out;
    return out;
  }
  // What is kept from somebody with posts in these units.
  [[nodiscard]] std::vector<RowIndex> kept_from(const std::vector<UnitId>& posts) const {
    std::vector<RowIndex> out;
    for (const auto& [no, accusation] : accusations) {
      bool kept = false;
      for (const UnitId post : posts) {
        kept = kept || (accusation.units.empty() && post != accusation.receiver);
        for (const UnitId accused : accusation.units) kept = kept || lies_below(post, accused);
      }
      if (kept) out.push_back(*view->find(no));
    }
    return out;
  }

  SeededRandom random;
  Day first = *parse_day("2019-01-01");
  std::vector<std::uint32_t> depth;
  std::vector<ledger::UnitRow> rows;
  std::vector<ItemRow> items;
  ledger::Accusations accusations;
  std::shared_ptr<OrgTree> tree = std::make_shared<OrgTree>();
  Rollup rollup;
  std::shared_ptr<const View> view;
};

struct Attack {
  std::uint64_t figures = 0;
  std::uint64_t differences = 0;
  std::uint64_t found = 0;

  void run(const Town& town, const std::vector<PublicFigure>& published) {
    for (const PublicFigure& above : published) {
      ++figures;
      if (small(above.received)) ++found;
      for (const PublicFigure& below : published) {
        if (below.unit == above.unit || !town.lies_below(below.unit, above.unit)) continue;
        ++differences;
        if (small(above.received - below.received)) ++found;
      }
      // Less all that stand directly below it, and less each but one of them.
      std::int64_t rest = above.received;
      std::vector<std::int64_t> taken;
      for (const UnitId each : figure_units_below(*town.tree, above.unit, town.rows.size()))
        for (const PublicFigure& below : published)
          if (below.unit == each) taken.push_back(below.received);
      for (const std::int64_t each : taken) rest -= each;
      for (const std::int64_t each : taken) {
        ++differences;
        if (small(rest + each)) ++found;
      }
      if (small(rest)) ++found;
    }
  }
};

TEST(PublicFigures, NoCountOfOneToFourCanBeWorkedOut) {
  const std::uint64_t seed = SystemRandom().next_u64();
  SCOPED_TRACE("seed " + std::to_string(seed));
  Attack attack;
  for (std::uint64_t round = 0; round < 400; ++round) {
    Town town(seed + round);
    town.grow();
    town.fill();
    Day month = town.first;
    for (std::size_t i = 0; i < kMonths; ++i, month = next_month(month)) {
      const auto published = public_figures(*town.view, town.counted_kind(*town.view), month);
      for (const PublicFigure& figure : published) {
        EXPECT_EQ(figure.received, town.counted(figure.unit, month))
            << "unit " << figure.unit.value;
        EXPECT_TRUE(has_figure(*town.tree, figure.unit));
      }
      for (std::size_t k = 1; k < published.size(); ++k)
        EXPECT_LT(published[k - 1].unit, published[k].unit);
      attack.run(town, published);
    }
  }
  std::cout << attack.figures << " figures, " << attack.differences << " differences, "
            << attack.found << " counts of 1 to 4\n";
  EXPECT_GT(attack.figures, 1000U);
  EXPECT_EQ(attack.found, 0U);
}

// He sees all of a unit but what complains of him, and knows which of it are accusations of others.
// What he comes to by himself is what is published: less his own count it tells him nothing.
TEST(PublicFigures, WhoeverSeesAllButAnAccusationLearnsNothingOfIt) {
  const std::uint64_t seed = SystemRandom().next_u64();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::size_t compared = 0;
  std::size_t hidden = 0;
  std::int64_t told = 0;
  for (std::uint64_t round = 0; round < 400; ++round) {
    Town town(seed + round);
    town.grow();
    town.fill();
    const UnitId accused{town.below(static_cast<std::uint32_t>(town.rows.size()))};
    const std::vector<UnitId> posts{town.tree->parent(accused), accused};
    const std::vector<RowIndex> kept = town.kept_from(posts);
    const auto his = without(town.view, kept);
    Day month = town.first;
    for (std::size_t i = 0; i < kMonths; ++i, month = next_month(month)) {
      const auto published = public_figures(*town.view, town.counted_kind(*town.view), month);
      EXPECT_EQ(published, public_figures(*his, town.counted_kind(*his), month));
      for (const PublicFigure& figure : published) {
        std::int64_t own = 0;
        for (const ItemRow& row : town.items) {
          const bool there = row.kind == kKind && !row.import &&
                             town.lies_below(row.place, figure.unit) &&
                             month_text(row.opened) == month_text(month);
          if (!there) continue;
          if (!his->find(row.no))
            ++hidden;
          else if (town.accusations.find(row.no) == nullptr)
            ++own;
        }
        ++compared;
        if (figure.received != own) ++told;
      }
    }
  }
  std::cout << compared << " figures less one's own count, with " << hidden
            << " hidden accusations below them: " << told << " of them told\n";
  EXPECT_GT(hidden, 1000U);
  EXPECT_EQ(told, 0);
}

// Units that came later are no row of an old month, and nothing of it is theirs.
TEST(PublicFigures, UnitsRegisteredLaterAreNotBelow) {
  OrgTree tree;
  std::vector<ledger::UnitRow> rows(4);
  const std::vector<UnitKind> kinds = {UnitKind::Nation, UnitKind::Agency, UnitKind::Township,
                                       UnitKind::Township};
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    rows[i].code = rows[i].name = std::to_string(i);
    rows[i].parent = UnitId{i == 2 ? 1U : 0U};
    rows[i].kind = kinds[i];
  }
  tree.add_units(rows);
  EXPECT_EQ(figure_units_below(tree, UnitId{0}, 4), (std::vector{UnitId{2}, UnitId{3}}));
  EXPECT_EQ(figure_units_below(tree, UnitId{0}, 3), std::vector{UnitId{2}});
  EXPECT_TRUE(figure_units_below(tree, UnitId{0}, 2).empty());
}

TEST(PublicFigures, NoUnitBelowATownshipHasOne) {
  OrgTree tree;
  std::vector<ledger::UnitRow> rows(5);
  const std::vector<UnitKind> kinds = {UnitKind::Nation, UnitKind::County, UnitKind::Township,
                                       UnitKind::Village, UnitKind::Agency};
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    rows[i].code = rows[i].name = std::to_string(i);
    rows[i].parent = UnitId{i == 0 ? 0 : i - 1};
    rows[i].kind = kinds[i];
  }
  tree.add_units(rows);
  EXPECT_TRUE(has_figure(tree, UnitId{2}));
  EXPECT_FALSE(has_figure(tree, UnitId{3}));
  EXPECT_FALSE(has_figure(tree, UnitId{4}));
  EXPECT_EQ(figure_units_below(tree, UnitId{1}, rows.size()), std::vector<UnitId>{UnitId{2}});
  EXPECT_TRUE(figure_units_below(tree, UnitId{2}, rows.size()).empty());
}

}  // namespace
}  // namespace tz::rollup
