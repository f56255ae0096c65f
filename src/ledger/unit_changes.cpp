// The changes of a record are looked at one by one, over what those before it have left.
#include "ledger/unit_changes.h"

#include <string>
#include <unordered_map>
#include <unordered_set>

#include "base/csv.h"

namespace tz::ledger {
namespace {

using Fault = std::optional<Error>;

class Checker {
 public:
  Checker(const OrgTree& tree, const std::function<bool(UnitId)>& succeeded, Day day)
      : tree_(tree), succeeded_(succeeded), day_(day) {}

  void release(const UnitChange& change) {
    if (change.kind == ChangeKind::Recoded) released_.insert(change.unit);
  }

  Fault look_at(const UnitChange& change) {
    for (const UnitId unit : {change.unit, has_other(change.kind) ? change.other : change.unit})
      if (unit.value >= tree_.size())
        return refusal("unit_unknown", {{"unit", std::to_string(unit.value)}});
    if (ended(change.unit) != (change.kind == ChangeKind::Succeeded))
      return fault(change.unit, ended(change.unit) ? "unit_ended" : "unit_not_ended");
    switch (change.kind) {
      case ChangeKind::Renamed:
        if (unit_name_fault(change.text)) return fault(change.unit, "unit_name_bad");
        return std::nullopt;
      case ChangeKind::Recoded:
        return recoded(change);
      case ChangeKind::Moved:
        return moved(change);
      case ChangeKind::Ended:
        if (change.unit.value == 0) return fault(change.unit, "unit_is_root");
        if (day_ <= tree_.from(change.unit)) return fault(change.unit, "change_day_early");
        ended_.insert(change.unit);
        return std::nullopt;
      case ChangeKind::Succeeded:
        if (change.unit == change.other || over(change.other) || succeeded_(change.other))
          return fault(change.unit, "succession_bad", {"successor", code(change.other)});
        return std::nullopt;
      case ChangeKind::Parted:
        return std::nullopt;
    }
    return std::nullopt;
  }

 private:
  [[nodiscard]] bool ended(UnitId unit) const {
    return tree_.ended(unit, day_) || tree_.history().code_lost(unit) || ended_.contains(unit);
  }
  // Whatever the day: what changes on an earlier one than a unit's last still stands after that.
  [[nodiscard]] bool over(UnitId unit) const { return tree_.to(unit) || ended_.contains(unit); }
  [[nodiscard]] std::string code(UnitId unit) const { return std::string(tree_.code(unit)); }
  [[nodiscard]] Error fault(UnitId unit, const char* error) const {
    return refusal(error, {{"unit", code(unit)}});
  }
  [[nodiscard]] Error fault(UnitId unit, const char* error,
                            std::pair<std::string, std::string> more) const {
    return refusal(error, {{"unit", code(unit)}, std::move(more)});
  }

  Fault recoded(const UnitChange& change) {
    if (!valid_unit_code(change.text))
      return refusal("unit_code_bad", {{"code", std::string(beginning_of(change.text, 40))}});
    if (!recoded_.insert(change.unit).second) return fault(change.unit, "unit_recoded_twice");
    const auto holder = tree_.find(change.text);
    const bool free = !holder || ended(*holder) || released_.contains(*holder);
    if (!free || !taken_.insert(change.text).second)
      return fault(change.unit, "unit_code_taken", {"code", change.text});
    return std::nullopt;
  }

  Fault moved(const UnitChange& change) {
    if (change.unit.value == 0) return fault(change.unit, "unit_is_root");
    const std::pair<std::string, std::string> parent{"parent", code(change.other)};
    if (over(change.other)) return fault(change.unit, "unit_parent_ended", parent);
    if (tree_.kind(change.other) == UnitKind::Area)
      return refusal("unit_parent_area", {{"code", code(change.unit)}, parent});
    for (UnitId at = change.other; at.value != 0; at = parent_of(at))
      if (at == change.unit) return fault(change.unit, "unit_below_itself", parent);
    parents_[change.unit] = change.other;
    return std::nullopt;
  }
  [[nodiscard]] UnitId parent_of(UnitId unit) const {
    const auto moved = parents_.find(unit);
    return moved == parents_.end() ? tree_.parent(unit) : moved->second;
  }

  const OrgTree& tree_;
  const std::function<bool(UnitId)>& succeeded_;
  const Day day_;
  std::unordered_set<UnitId> released_;
  std::unordered_set<UnitId> recoded_;
  std::unordered_set<UnitId> ended_;
  std::unordered_set<std::string> taken_;
  std::unordered_map<UnitId, UnitId> parents_;  // of those moved so far
};

}  // namespace

std::optional<Error> fault_in(const OrgTree& tree, const std::function<bool(UnitId)>& succeeded,
                              std::span<const UnitChange> changes, Day day) {
  Checker checker(tree, succeeded, day);
  for (const UnitChange& change : changes) {
    if (change.unit.value < tree.size()) checker.release(change);
  }
  for (const UnitChange& change : changes)
    if (auto fault = checker.look_at(change)) return fault;
  return std::nullopt;
}

}  // namespace tz::ledger
