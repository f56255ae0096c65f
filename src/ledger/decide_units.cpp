// A change is made on a copy first, record by record, so that what is decided can be applied.
#include "ledger/decide_units.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "base/csv.h"
#include "ledger/permission.h"
#include "ledger/unit_changes.h"

namespace tz::ledger {
namespace {

// What is about the whole ledger is about its root.
Result<PostId> administer(const Circumstances& at, Right right) {
  return permitted(at, {right, nullptr, to_text(right)}, UnitId{0});
}

using Changes = std::vector<UnitChange>;

Changes of_kind(const Changes& all, ChangeKind kind) {
  Changes out;
  std::copy_if(all.begin(), all.end(), std::back_inserter(out),
               [&](const UnitChange& one) { return one.kind == kind; });
  return out;
}

// Groups of which each waits for the ones before it: a code is given up before it is taken, and
// where codes go round in a circle that is one group.
std::vector<Changes> in_order_of_codes(const OrgTree& tree, const Changes& recoded) {
  std::unordered_map<UnitId, std::size_t> by_unit;
  for (std::size_t i = 0; i < recoded.size(); ++i) by_unit.emplace(recoded[i].unit, i);
  std::vector<bool> taken(recoded.size(), false);
  std::vector<Changes> out;
  for (std::size_t first = 0; first < recoded.size(); ++first) {
    std::vector<std::size_t> chain;
    bool circle = false;
    for (std::size_t at = first; !taken[at];) {
      taken[at] = true;
      chain.push_back(at);
      const auto holder = tree.find(recoded[at].text);
      const auto next = holder ? by_unit.find(*holder) : by_unit.end();
      if (next == by_unit.end()) break;
      circle = next->second == first;
      at = next->second;
    }
    if (!circle)
      for (; !chain.empty(); chain.pop_back()) out.push_back({recoded[chain.back()]});
    else
      for (out.emplace_back(); !chain.empty(); chain.pop_back())
        out.back().push_back(recoded[chain.back()]);
  }
  return out;
}

// How far below the root each moved unit will stand; of what is below itself, which is found when
// the change is looked at, any number.
class Depths {
 public:
  Depths(const OrgTree& tree, const Changes& moved) : tree_(tree) {
    for (const UnitChange& one : moved) parents_[one.unit] = one.other;
    depths_[UnitId{0}] = 0;
  }
  std::size_t of(UnitId unit) {
    std::vector<UnitId> path;
    for (; !depths_.contains(unit); unit = parent(unit)) {
      depths_[unit] = 0;
      path.push_back(unit);
    }
    std::size_t depth = depths_[unit];
    for (; !path.empty(); path.pop_back()) depths_[path.back()] = ++depth;
    return depth;
  }

 private:
  [[nodiscard]] UnitId parent(UnitId unit) const {
    const auto moved = parents_.find(unit);
    if (moved != parents_.end()) return moved->second;
    return unit.value < tree_.size() ? tree_.parent(unit) : UnitId{0};
  }
  const OrgTree& tree_;
  std::unordered_map<UnitId, UnitId> parents_;
  std::unordered_map<UnitId, std::size_t> depths_;
};

// The records of a command, each tried on a copy of the tree before the next.
class Trial {
 public:
  Trial(const Circumstances& at, const ChangeUnits& command)
      : state_(at.state), command_(command), tree_(*at.state.tree) {}

  // What can be cut anywhere, and what cannot.
  Outcome change(const Changes& changes) {
    for (std::size_t i = 0; i < changes.size(); i += kUnitsPerRecord) {
      const std::size_t end = std::min(changes.size(), i + kUnitsPerRecord);
      TZ_TRY(record({changes.begin() + static_cast<std::ptrdiff_t>(i),
                     changes.begin() + static_cast<std::ptrdiff_t>(end)}));
    }
    return Done{};
  }
  Outcome change(const std::vector<Changes>& groups) {
    Changes filling;
    for (const Changes& group : groups) {
      if (!filling.empty() && filling.size() + group.size() > kUnitsPerRecord) {
        TZ_TRY(record(std::move(filling)));
        filling = {};
      }
      filling.insert(filling.end(), group.begin(), group.end());
    }
    return filling.empty() ? Outcome(Done{}) : record(std::move(filling));
  }
  // From the root of the tree that is to be down, so that no unit is below itself on the way.
  Outcome move(const Changes& moved) {
    Depths depths(tree_, moved);
    std::vector<std::pair<std::size_t, std::size_t>> order;
    for (std::size_t i = 0; i < moved.size(); ++i) order.emplace_back(depths.of(moved[i].unit), i);
    std::sort(order.begin(), order.end());
    Changes sorted;
    for (const auto& [depth, i] : order) sorted.push_back(moved[i]);
    return change(sorted);
  }
  Outcome enter() {
    for (std::size_t i = 0; i < command_.rows.size(); i += kUnitsPerRecord) {
      const std::size_t end = std::min(command_.rows.size(), i + kUnitsPerRecord);
      UnitsRegistered event{command_.source,
                            UnitId{static_cast<std::uint32_t>(tree_.size())},
                            {command_.rows.begin() + static_cast<std::ptrdiff_t>(i),
                             command_.rows.begin() + static_cast<std::ptrdiff_t>(end)}};
      for (const UnitRow& row : event.rows) {
        if (!valid_unit_code(row.code))
          return refusal("unit_code_bad", {{"code", std::string(beginning_of(row.code, 40))}});
        if (unit_name_fault(row.name)) return refusal("unit_name_bad", {{"unit", row.code}});
        if (!tree_.code_free(row.code, row.from))
          return refusal("unit_code_taken", {{"code", row.code}});
        if (row.parent.value >= tree_.size())
          return refusal("unit_parent_unknown", {{"code", row.code}});
        if (tree_.to(row.parent))
          return refusal("unit_parent_ended",
                         {{"unit", row.code}, {"parent", std::string(tree_.code(row.parent))}});
        tree_.append_units({&row, 1});
      }
      events_.push_back({std::move(event), {}, {}});
    }
    return Done{};
  }
  // What no single change can tell: nothing that goes on is left below a unit that ends.
  [[nodiscard]] Outcome whole() const {
    std::unordered_set<UnitId> ended;
    for (const UnitChange& one : command_.changes)
      if (one.kind == ChangeKind::Ended) ended.insert(one.unit);
    for (std::uint32_t i = 1; i < tree_.size(); ++i) {
      const UnitId unit{i};
      const UnitId parent = tree_.parent(unit);
      if (ended.contains(parent) && !tree_.ended(unit, command_.from))
        return refusal("unit_below_ended", {{"unit", std::string(tree_.code(unit))},
                                            {"parent", std::string(tree_.code(parent))}});
    }
    return Done{};
  }
  std::vector<EventDraft> take() { return std::move(events_); }

 private:
  Outcome record(Changes changes) {
    const auto succeeded = [&](UnitId unit) {
      return std::any_of(state_.successions.begin(), state_.successions.end(),
                         [&](const Succession& one) { return one.unit == unit; });
    };
    if (auto fault = fault_in(tree_, succeeded, changes, command_.from)) return *fault;
    tree_.change_units(changes, command_.from, {});
    events_.push_back({UnitsChanged{command_.source, command_.from, std::move(changes)}, {}, {}});
    return Done{};
  }

  const State& state_;
  const ChangeUnits& command_;
  OrgTree tree_;
  std::vector<EventDraft> events_;
};

// Not before they began, nor before the newest change of theirs.
Outcome late_enough(const OrgTree& tree, const ChangeUnits& command) {
  std::unordered_set<UnitId> changed;
  for (const UnitChange& one : command.changes) {
    changed.insert(one.unit);
    if (one.unit.value < tree.size() && command.from < tree.from(one.unit))
      return refusal("change_day_early", {{"unit", std::string(tree.code(one.unit))}});
  }
  for (const UnitEdit& edit : tree.history().edits())
    if (command.from < edit.day && changed.contains(edit.unit))
      return refusal("change_day_early", {{"unit", std::string(tree.code(edit.unit))}});
  return Done{};
}

}  // namespace

Result<Decision> decide_registration(const Circumstances& at, const RegisterUnits& command) {
  const PostId post = TZ_TRY(administer(at, Right::UnitRegister));
  const OrgTree& tree = *at.state.tree;
  const Day today = day_of(at.now, at.state.zone);
  Decision decision{post, {}};
  std::set<std::string_view> codes;
  for (std::size_t i = 0; i < command.rows.size(); ++i) {
    const UnitRow& row = command.rows[i];
    const std::size_t id = tree.size() + i;
    // A unit that is to come takes no code of one that is still there.
    if (!tree.code_free(row.code, std::min(row.from, today)) || !codes.insert(row.code).second)
      return refusal("unit_code_taken", {{"code", row.code}});
    if (row.parent.value > id || (row.parent.value == id && id != 0))
      return refusal("unit_parent_unknown", {{"code", row.code}});
    if (row.parent.value < tree.size() && tree.ended(row.parent, row.from))
      return refusal("unit_parent_ended",
                     {{"unit", row.code}, {"parent", std::string(tree.code(row.parent))}});
  }
  for (const LineEdge& edge : command.edges)
    if (edge.unit.value >= tree.size() + command.rows.size() ||
        edge.superior.value >= tree.size() + command.rows.size())
      return refusal("unit_unknown", {{"unit", std::to_string(edge.unit.value)}});
  for (std::size_t i = 0; i < command.rows.size(); i += kUnitsPerRecord) {
    const std::size_t end = std::min(command.rows.size(), i + kUnitsPerRecord);
    UnitsRegistered event{command.source,
                          UnitId{static_cast<std::uint32_t>(tree.size() + i)},
                          {command.rows.begin() + static_cast<std::ptrdiff_t>(i),
                           command.rows.begin() + static_cast<std::ptrdiff_t>(end)}};
    decision.events.push_back({std::move(event), {}, {}});
  }
  for (std::size_t i = 0; i < command.edges.size(); i += kUnitsPerRecord) {
    const std::size_t end = std::min(command.edges.size(), i + kUnitsPerRecord);
    decision.events.push_back(
        {UnitLinesAdded{{command.edges.begin() + static_cast<std::ptrdiff_t>(i),
                         command.edges.begin() + static_cast<std::ptrdiff_t>(end)}},
         {},
         {}});
  }
  if (decision.events.empty()) return refusal("nothing_to_do");
  return decision;
}

Result<Decision> decide_changes(const Circumstances& at, const ChangeUnits& command) {
  const PostId post = TZ_TRY(administer(at, Right::UnitChange));
  const Day today = day_of(at.now, at.state.zone);
  if (today < command.from) return refusal("change_day_ahead", {{"day", to_text(command.from)}});
  const OrgTree& tree = *at.state.tree;
  TZ_TRY(late_enough(tree, command));
  if (!command.busy.empty()) {
    Facts facts = {{"unit", std::string(tree.code(command.busy.front()))}};
    if (command.busy.size() > 1) facts.emplace_back("count", std::to_string(command.busy.size()));
    return refusal("successor_missing", std::move(facts));
  }
  const Changes& all = command.changes;
  Trial trial(at, command);
  TZ_TRY(trial.change(of_kind(all, ChangeKind::Ended)));
  TZ_TRY(trial.change(in_order_of_codes(tree, of_kind(all, ChangeKind::Recoded))));
  TZ_TRY(trial.change(of_kind(all, ChangeKind::Renamed)));
  TZ_TRY(trial.enter());
  TZ_TRY(trial.move(of_kind(all, ChangeKind::Moved)));
  TZ_TRY(trial.change(of_kind(all, ChangeKind::Succeeded)));
  TZ_TRY(trial.change(of_kind(all, ChangeKind::Parted)));
  TZ_TRY(trial.whole());
  Decision decision{post, trial.take()};
  if (decision.events.empty()) return refusal("nothing_to_do");
  return decision;
}

std::optional<Error> ended_unit(const State& state, UnitId unit, Day day) {
  if (!state.tree->ended(unit, day)) return std::nullopt;
  Facts facts = {{"unit", std::string(state.tree->code(unit))}};
  const UnitId now = state.tree->counted_at(unit, std::nullopt);
  if (now != unit) facts.emplace_back("successor", std::string(state.tree->code(now)));
  return refusal("unit_ended", std::move(facts));
}

std::vector<UnitId> ended_alone(const ChangeUnits& command) {
  std::unordered_set<UnitId> succeeded;
  for (const UnitChange& one : command.changes)
    if (one.kind == ChangeKind::Succeeded) succeeded.insert(one.unit);
  std::vector<UnitId> out;
  for (const UnitChange& one : command.changes)
    if (one.kind == ChangeKind::Ended && !succeeded.contains(one.unit)) out.push_back(one.unit);
  return out;
}

}  // namespace tz::ledger
