// What an account is kept from, against a slow twin that walks all accusations, all posts and all
// edges; over random trees, posts and accusations.
#include "ledger/accusations.h"

#include <gtest/gtest.h>

#include <iostream>
#include <set>
#include <string>

#include "base/random.h"
#include "ledger/permission.h"
#include "ledger/state.h"

namespace tz::ledger {
namespace {

constexpr Day kToday{18'000};
constexpr std::uint64_t kAccounts = 30;

struct Town {
  explicit Town(std::uint64_t seed) : random(seed) {
    auto tree = std::make_shared<OrgTree>();
    const std::uint32_t count = 2 + below(40);
    for (std::uint32_t i = 0; i < count; ++i) {
      UnitRow row;
      row.code = row.name = std::to_string(i);
      row.parent = UnitId{i == 0 ? 0 : below(i)};
      rows.push_back(row);
    }
    tree->add_units(rows);
    for (std::uint32_t i = below(12); i > 0; --i) {
      // From later units to earlier ones alone, so that no edge closes a circle.
      const std::uint32_t unit = 1 + below(count - 1);
      LineEdge edge{UnitId{unit}, UnitId{below(unit)}, LineKind::Vertical, near(), {}};
      if (below(4) == 0) edge.line = LineKind::Area;
      if (below(2) == 0) edge.to = Day{edge.from.number + static_cast<std::int32_t>(below(2000))};
      lines.push_back(edge);
    }
    tree->add_lines(lines);
    state.tree = tree;
    give_posts();
    accuse();
  }

  std::uint32_t below(std::uint32_t bound) {
    return static_cast<std::uint32_t>(random.next_u64() % bound);
  }
  UnitId unit() { return UnitId{below(static_cast<std::uint32_t>(rows.size()))}; }
  Day near() { return Day{kToday.number - 2500 + static_cast<std::int32_t>(below(2600))}; }

  void give_posts() {
    for (std::uint64_t i = 1; i <= kAccounts; ++i) state.accounts.add(AccountId{i});
    for (std::uint32_t i = below(60); i > 0; --i) {
      Post post{PostId{state.posts.size() + 1},
                AccountId{1 + below(kAccounts)},
                unit(),
                Role::Recorder,
                near(),
                {}};
      if (below(2) == 0) post.to = Day{post.from.number + static_cast<std::int32_t>(below(1500))};
      if (below(6) == 0 && !state.posts.empty()) {
        post.to = Day{post.from.number + static_cast<std::int32_t>(below(300))};
        post.acting = Post::Acting{state.posts.front().id, state.posts.front().account, post.id};
      }
      add_post(state, post);
    }
  }

  // Some change what they say, or are forgotten.
  void accuse() {
    auto known = std::make_shared<Accusations>();
    for (std::uint32_t i = below(80); i > 0; --i) {
      const ItemNo no{below(50)};
      Accusation accusation{unit(), {}};
      for (std::uint32_t k = below(5); k > 0; --k) accusation.units.push_back(unit());
      known->set(no, accusation);
      said[no] = accusation;
    }
    state.accusations = known;
  }

  SeededRandom random;
  std::vector<UnitRow> rows;
  std::vector<LineEdge> lines;
  State state;
  std::map<ItemNo, Accusation> said;
};

// Whether going up from `unit` by place or by line comes to `superior`.
bool reaches(const Town& town, UnitId unit, UnitId superior) {
  if (unit == superior) return true;
  if (unit.value != 0 && reaches(town, town.rows[unit.value].parent, superior)) return true;
  for (const LineEdge& edge : town.lines) {
    const bool holds = edge.from <= kToday && (!edge.to || kToday <= *edge.to);
    if (edge.unit == unit && edge.line != LineKind::Area && holds &&
        reaches(town, edge.superior, superior))
      return true;
  }
  return false;
}

std::vector<ItemNo> slowly_kept_from(const Town& town, AccountId account) {
  std::vector<ItemNo> out;
  for (const auto& [no, accusation] : town.said) {
    bool kept = false;
    for (const Post& post : town.state.posts) {
      if (post.account != account) continue;
      const bool held = post.held_on(kToday);
      const bool left = post.to && *post.to < kToday && !post.acting &&
                        kToday.number - post.to->number <= 3 * 366;
      if (accusation.units.empty()) kept = kept || (held && post.unit != accusation.receiver);
      for (const UnitId one : accusation.units)
        kept = kept || ((held || left) && reaches(town, post.unit, one));
    }
    if (kept) out.push_back(no);
  }
  return out;
}

TEST(Accusations, KeepFromAnAccountWhatTheSlowWalkKeeps) {
  const std::uint64_t seed = SystemRandom().next_u64();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::size_t kept = 0;
  std::size_t shown = 0;
  for (std::uint64_t round = 0; round < 500; ++round) {
    const Town town(seed + round);
    ASSERT_EQ(town.state.accusations->size(), town.said.size());
    for (std::uint64_t i = 1; i <= kAccounts; ++i) {
      const auto quick = kept_from(town.state, AccountId{i}, kToday);
      ASSERT_EQ(quick, slowly_kept_from(town, AccountId{i})) << "round " << round;
      kept += quick.size();
      shown += town.said.size() - quick.size();
      // Asked of one item, the answer is the same.
      for (const auto& [no, accusation] : town.said)
        ASSERT_EQ(accused(town.state, accusation, AccountId{i}, kToday),
                  std::binary_search(quick.begin(), quick.end(), no));
    }
  }
  std::cout << kept << " kept back, " << shown << " not\n";
  EXPECT_GT(kept, 10'000U);
  EXPECT_GT(shown, 10'000U);
}

TEST(Accusations, AreFoundByWhatTheySayLast) {
  Accusations known;
  known.set(ItemNo{7}, {UnitId{1}, {UnitId{2}, UnitId{3}}});
  known.set(ItemNo{8}, {UnitId{1}, {UnitId{3}}});
  EXPECT_EQ(known.naming(UnitId{3}), (std::vector{ItemNo{7}, ItemNo{8}}));
  known.set(ItemNo{7}, {UnitId{1}, {}});
  EXPECT_TRUE(known.naming(UnitId{2}).empty());
  EXPECT_EQ(known.naming(UnitId{3}), std::vector{ItemNo{8}});
  known.set(ItemNo{5}, {UnitId{4}, {}});
  EXPECT_EQ(known.naming_nobody_known(),
            (std::vector<Accusations::Unknown>{{ItemNo{5}, UnitId{4}}, {ItemNo{7}, UnitId{1}}}));
  known.set(ItemNo{7}, {UnitId{1}, {UnitId{2}}});
  EXPECT_EQ(known.naming_nobody_known().size(), 1U);
  EXPECT_EQ(known.size(), 3U);
  EXPECT_EQ(known.find(ItemNo{9}), nullptr);
  EXPECT_TRUE(known.naming(UnitId{9}).empty());
}

}  // namespace
}  // namespace tz::ledger
