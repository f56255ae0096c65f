// From the last place up: below every unit all is settled before it is looked at.
#include "rollup/answer_groups.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>

#include "ledger/interval.h"

namespace tz::rollup {
namespace {

constexpr unsigned kKindShift = 32;

// What is left of some places, all of the same `group_at` or mixed.
struct Left {
  Fraction said;
  std::uint8_t of = AnswerGroup::kMixed;

  void take(const Left& more) {
    if (more.said.denominator == 0) return;
    of = said.denominator == 0 || of == more.of ? more.of : AnswerGroup::kMixed;
    said += more.said;
  }
};
using LeftOfPlace = std::array<Left, kAnswerSortCount>;

struct Making {
  const ledger::OrgTree& tree;
  const std::vector<ledger::Interval>& extent;
  std::uint8_t kind;
  std::map<std::uint32_t, LeftOfPlace, std::greater<>> left;  // by place, the last first
  std::vector<AnswerGroup>& out;

  void settle(std::uint32_t place, std::size_t sort, Left& some) const {
    if (some.said.denominator < kVerdictsShownMin) return;
    out.push_back({kind, static_cast<AnswerSort>(sort), place, some.of, some.said});
    some = {};
  }

  // Its own answers, none where all it has was left to it.
  void settle(std::uint32_t place, LeftOfPlace own) {
    if (const auto below = left.find(place); below != left.end()) {
      for (std::size_t sort = 0; sort < kAnswerSortCount; ++sort) {
        settle(place, sort, own[sort]);
        own[sort].take(below->second[sort]);
      }
      left.erase(below);
    }
    for (std::size_t sort = 0; sort < kAnswerSortCount; ++sort) settle(place, sort, own[sort]);
    const std::uint32_t above = tree.position(tree.parent(tree.at(place)));
    if (above == place || !ledger::holds(extent, above)) return;
    if (std::all_of(own.begin(), own.end(),
                    [](const Left& one) { return one.said.denominator == 0; }))
      return;
    LeftOfPlace& at = left[above];
    for (std::size_t sort = 0; sort < kAnswerSortCount; ++sort) at[sort].take(own[sort]);
  }
};

}  // namespace

void AnswerGroups::add(std::uint8_t kind, std::uint32_t place, AnswerSort sort, bool yes) {
  const std::uint64_t key = std::uint64_t{kind} << kKindShift | place;
  said_[key][static_cast<std::size_t>(sort)] += {yes ? 1U : 0U, 1};
}

std::vector<AnswerGroup> AnswerGroups::made(const ledger::OrgTree& tree,
                                            const std::vector<ledger::Interval>& extent,
                                            const std::vector<std::uint8_t>& group_at) const {
  std::vector<std::uint64_t> keys;
  keys.reserve(said_.size());
  for (const auto& [key, said] : said_) keys.push_back(key);
  std::sort(keys.begin(), keys.end(), [](std::uint64_t a, std::uint64_t b) {
    return a >> kKindShift != b >> kKindShift ? a < b : a > b;
  });
  std::vector<AnswerGroup> out;
  for (auto key = keys.begin(); key != keys.end();) {
    const std::uint64_t kind = *key >> kKindShift;
    Making making{tree, extent, static_cast<std::uint8_t>(kind), {}, out};
    while (true) {
      const bool own = key != keys.end() && *key >> kKindShift == kind;
      if (!own && making.left.empty()) break;
      const auto next = static_cast<std::uint32_t>(own ? *key : 0);
      if (!own || (!making.left.empty() && making.left.begin()->first > next)) {
        making.settle(making.left.begin()->first, {});
        continue;
      }
      LeftOfPlace has;
      const Said& said = said_.at(*key);
      for (std::size_t sort = 0; sort < kAnswerSortCount; ++sort)
        has[sort] = {said[sort], next < group_at.size() ? group_at[next] : AnswerGroup::kMixed};
      making.settle(next, has);
      ++key;
    }
  }
  return out;
}

}  // namespace tz::rollup
