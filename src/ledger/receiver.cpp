// Walking up from the units that are complained of.
#include "ledger/receiver.h"

#include <algorithm>
#include <charconv>

namespace tz::ledger {
namespace {

// With a unit's matters its successor inherits what is complained of, and that may be what stands
// above it.
bool above_all(const State& state, const std::vector<UnitId>& accused, UnitId unit, Day day) {
  const OrgTree& tree = *state.tree;
  return std::all_of(accused.begin(), accused.end(), [&](UnitId one) {
    const UnitId now = state.now_of(one, day);
    return one != unit && now != unit && tree.within(one, unit) &&
           !tree.below_on_any_edge(unit, one, day) && !tree.below_on_any_edge(unit, now, day);
  });
}

}  // namespace

Result<UnitId> receiver_of(const State& state, const std::vector<UnitId>& accused, Day day) {
  TZ_ASSERT(!accused.empty());
  const OrgTree& tree = *state.tree;
  std::optional<UnitId> nearest;
  for (UnitId at = accused.front();;) {
    const UnitId above = tree.parent(at);
    if (above == at) break;
    at = above;
    if (tree.ended(at, day) || !above_all(state, accused, at, day)) continue;
    if (state.receiving_keys.contains(at)) return at;
    if (!nearest) nearest = at;
  }
  if (nearest) return *nearest;
  return refusal("report_no_receiver");
}

Result<UnitId> receiver_for(const State& state, UnitId place, const std::vector<UnitId>& accused,
                            Day day) {
  if (!accused.empty()) return receiver_of(state, accused, day);
  std::vector<UnitId> line{place};
  for (UnitId above = state.tree->parent(place); above != line.back();
       above = state.tree->parent(above))
    line.push_back(above);
  std::size_t nearest = line.size();
  for (const Post& post : state.posts) {
    if (post.role != Role::Supervisor || !post.held_on(day)) continue;
    const auto at = std::find_if(line.begin(), line.end(),
                                 [&](UnitId unit) { return state.now_of(unit, day) == post.unit; });
    nearest = std::min(nearest, static_cast<std::size_t>(at - line.begin()));
  }
  return nearest == line.size() ? place : line[nearest];
}

std::optional<KeyHolder> key_holder(const State& state, const std::vector<UnitId>& accused,
                                    UnitId receiver, Day day) {
  for (UnitId at = receiver;;) {
    if (const ReceivingKeys* keys = state.receiving_keys.find(at))
      return KeyHolder{at, keys->on(day).key};
    const UnitId above = state.tree->parent(at);
    if (above == at || !accused.empty()) return std::nullopt;
    at = above;
  }
}

std::vector<UnitId> accused_in(std::string_view text, const OrgTree& tree) {
  std::vector<UnitId> out;
  while (!text.empty()) {
    const std::string_view one = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), one.size() + 1));
    UnitId unit;
    const auto [end, fault] = std::from_chars(one.data(), one.data() + one.size(), unit.value);
    const bool whole = fault == std::errc{} && end == one.data() + one.size();
    if (!whole || unit.value >= tree.size()) return {};
    out.push_back(unit);
  }
  return out;
}

}  // namespace tz::ledger
