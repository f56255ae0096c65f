// A post's scope as positions of the tree.
#include "ledger/post_scope.h"

namespace tz::ledger {

std::vector<Interval> scope_of(const State& state, PostId id, Day day) {
  const Post* post = state.post(id);
  TZ_ASSERT(post != nullptr);
  std::vector<Interval> over;
  for (const UnitId unit : state.before_of(post->unit, day)) {
    const std::vector<Interval> below = units_below(*state.tree, unit, day);
    over.insert(over.end(), below.begin(), below.end());
  }
  return merged(std::move(over));
}

}  // namespace tz::ledger
