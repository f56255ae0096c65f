// Each accusation stands under every unit it names, or among the unknown.
#include "ledger/accusations.h"

#include <algorithm>
#include <utility>

namespace tz::ledger {

void Accusations::set(ItemNo no, Accusation accusation) {
  const auto [at, fresh] = known_.try_emplace(no);
  if (!fresh) take_out(no, at->second);
  if (accusation.units.empty())
    unknown_.insert(
        std::upper_bound(unknown_.begin(), unknown_.end(), no,
                         [](ItemNo one, const Unknown& other) { return one < other.no; }),
        {no, accusation.receiver});
  for (const UnitId unit : accusation.units) by_unit_[unit].push_back(no);
  at->second = std::move(accusation);
}

void Accusations::take_out(ItemNo no, const Accusation& accusation) {
  if (accusation.units.empty()) std::erase(unknown_, Unknown{no, accusation.receiver});
  for (const UnitId unit : accusation.units) std::erase(by_unit_[unit], no);
}

const Accusation* Accusations::find(ItemNo no) const {
  const auto found = known_.find(no);
  return found == known_.end() ? nullptr : &found->second;
}

const std::vector<ItemNo>& Accusations::naming(UnitId unit) const {
  static const std::vector<ItemNo> kNone;
  const auto found = by_unit_.find(unit);
  return found == by_unit_.end() ? kNone : found->second;
}

}  // namespace tz::ledger
