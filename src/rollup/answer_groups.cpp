// From the last place up: below every unit all is settled before it is looked at. What waits for a
// unit further up waits for one that holds the place at hand, the nearest last: a stack.
#include "rollup/answer_groups.h"

#include <algorithm>

#include "ledger/interval.h"

namespace tz::rollup {
namespace {

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

bool is_none(const LeftOfPlace& left) {
  return std::all_of(left.begin(), left.end(),
                     [](const Left& one) { return one.said.denominator == 0; });
}

struct Waiting {
  std::uint32_t place = 0;
  LeftOfPlace left;
};

struct Making {
  const ledger::OrgTree& tree;
  const std::vector<ledger::Interval>& extent;
  std::uint8_t kind;
  std::vector<AnswerGroup>& out;
  std::vector<Waiting> waiting = {};  // each holds those behind it

  void settle(std::uint32_t place, std::size_t sort, Left& some) const {
    if (some.said.denominator < kVerdictsShownMin) return;
    out.push_back({kind, static_cast<AnswerSort>(sort), place, some.of, some.said});
    some = {};
  }

  // Its own answers, none where all it has was left to it.
  void settle(std::uint32_t place, LeftOfPlace own) {
    if (!waiting.empty() && waiting.back().place == place) {
      for (std::size_t sort = 0; sort < kAnswerSortCount; ++sort) {
        settle(place, sort, own[sort]);
        own[sort].take(waiting.back().left[sort]);
      }
      waiting.pop_back();
    }
    for (std::size_t sort = 0; sort < kAnswerSortCount; ++sort) settle(place, sort, own[sort]);
    if (is_none(own)) return;
    const std::uint32_t above = tree.position(tree.parent(tree.at(place)));
    if (above == place || !ledger::holds(extent, above)) return;
    if (waiting.empty() || waiting.back().place != above) waiting.push_back({above, {}});
    for (std::size_t sort = 0; sort < kAnswerSortCount; ++sort)
      waiting.back().left[sort].take(own[sort]);
  }
  // Everything that waits behind that place.
  void settle_behind(std::int64_t place) {
    while (!waiting.empty() && std::int64_t{waiting.back().place} > place)
      settle(waiting.back().place, {});
  }
};

}  // namespace

void AnswerGroups::add(std::uint8_t kind, std::uint32_t place, AnswerSort sort, bool yes) {
  std::vector<std::uint32_t>& said_at = said_at_[kind];
  if (said_at.size() <= place) said_at.resize(place + std::size_t{1});
  if (said_at[place] == 0) {
    said_.emplace_back();
    said_at[place] = static_cast<std::uint32_t>(said_.size());
  }
  Share& share = said_[said_at[place] - 1U][static_cast<std::size_t>(sort)];
  share.yes += yes ? 1 : 0;
  ++share.of;
}

std::vector<AnswerGroup> AnswerGroups::made(const ledger::OrgTree& tree,
                                            const std::vector<ledger::Interval>& extent,
                                            const std::vector<std::uint8_t>& group_at) const {
  std::vector<AnswerGroup> out;
  for (std::size_t kind = 0; kind < said_at_.size(); ++kind) {
    const std::vector<std::uint32_t>& said_at = said_at_[kind];
    Making making{tree, extent, static_cast<std::uint8_t>(kind), out};
    for (auto place = static_cast<std::uint32_t>(said_at.size()); place-- > 0;) {
      if (said_at[place] == 0) continue;
      making.settle_behind(place);
      const Said& said = said_[said_at[place] - 1U];
      LeftOfPlace own;
      for (std::size_t sort = 0; sort < kAnswerSortCount; ++sort)
        own[sort] = {{said[sort].yes, said[sort].of},
                     place < group_at.size() ? group_at[place] : AnswerGroup::kMixed};
      making.settle(place, own);
    }
    making.settle_behind(-1);
  }
  return out;
}

}  // namespace tz::rollup
