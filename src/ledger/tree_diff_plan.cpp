// Rows are found in the tree first; what is left alone spreads to the rows that need it; the others
// become changes.
#include "ledger/tree_diff_plan.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace tz::ledger {
namespace {

using Status = DiffRow::Status;
using Change = DiffRow::Change;

bool ends(const DiffRow& row) {
  return row.change == Change::Ends || row.change == Change::Replaced;
}
bool founds(const DiffRow& row) {
  return row.change == Change::Founded || row.change == Change::Replaced;
}

class Planner {
 public:
  Planner(const std::vector<DiffRow>& rows, const OrgTree& tree, const PlanRequest& request)
      : rows_(rows), tree_(tree), request_(request), units_(rows.size()), fates_(rows.size()) {}

  DiffPlan finish() {
    for (std::size_t i = 0; i < rows_.size(); ++i) find(i);
    if (request_.leave_undecided)
      spread();
    else
      refuse_undecided();
    if (!out_.faults.empty()) return sorted();
    number_units();
    for (std::size_t i = 0; i < rows_.size(); ++i)
      if (fates_[i] == Fate::Made) make(i);
    follow();
    out_.command.source = request_.source;
    out_.command.from = request_.from;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (fates_[i] == Fate::Left) out_.left.push_back(rows_[i].line);
      out_.counts.left += fates_[i] == Fate::Left ? 1 : 0;
      out_.counts.done += fates_[i] == Fate::Done ? 1 : 0;
    }
    return sorted();
  }

 private:
  enum class Fate : std::uint8_t { Made, Left, Done };

  DiffPlan sorted() {
    std::stable_sort(out_.faults.begin(), out_.faults.end(),
                     [](const RowFault& a, const RowFault& b) { return a.line < b.line; });
    return std::move(out_);
  }
  void fault(const DiffRow& row, const char* error, Facts facts) {
    out_.faults.push_back({row.line, refusal(error, std::move(facts))});
  }
  [[nodiscard]] bool goes_on(UnitId unit) const { return !tree_.to(unit); }
  // A unit that goes on, by code and name.
  [[nodiscard]] std::optional<UnitId> unit_of(const std::string& code,
                                              const std::string& name) const {
    const auto unit = tree_.find(code);
    if (!unit || !goes_on(*unit) || tree_.name(*unit) != name) return std::nullopt;
    return unit;
  }
  // Whether a unit of that code and name, once there, is over.
  [[nodiscard]] bool over(const DiffRow& row) const {
    const std::vector<UnitId> all = tree_.find_all(row.old_code);
    return std::any_of(all.begin(), all.end(), [&](UnitId unit) {
      return !goes_on(unit) && tree_.name(unit) == row.old_name;
    });
  }

  void find(std::size_t i) {
    const DiffRow& row = rows_[i];
    fates_[i] = Fate::Made;
    if (row.change == Change::Founded) {
      if (unit_of(row.new_code, row.new_name)) fates_[i] = Fate::Done;
      return;
    }
    units_[i] = unit_of(row.old_code, row.old_name);
    if (units_[i]) return;
    const bool done =
        row.change == Change::Keeps ? unit_of(row.new_code, row.new_name).has_value() : over(row);
    if (done)
      fates_[i] = Fate::Done;
    else
      fault(row, "diff_unit_unknown", {{"code", row.old_code}, {"name", row.old_name}});
  }

  void refuse_undecided() {
    for (std::size_t i = 0; i < rows_.size(); ++i)
      if (rows_[i].status == Status::Decide && fates_[i] == Fate::Made)
        fault(rows_[i], "diff_undecided",
              {{"code", rows_[i].old_code}, {"name", rows_[i].old_name}});
  }

  // A code that a unit keeps because its row is left is in the way of the row that gives it to
  // another; and what is not registered is nobody's parent or successor.
  void spread() {
    for (std::size_t i = 0; i < rows_.size(); ++i)
      if (rows_[i].status == Status::Decide && fates_[i] == Fate::Made) fates_[i] = Fate::Left;
    for (bool more = true; more;) {
      more = false;
      std::unordered_set<std::string_view> held;     // codes that are not given up
      std::unordered_set<std::string_view> missing;  // codes that nobody gets
      for (std::size_t i = 0; i < rows_.size(); ++i) {
        if (fates_[i] != Fate::Left) continue;
        if (units_[i]) held.insert(rows_[i].old_code);
        if (!rows_[i].new_code.empty() && rows_[i].new_code != rows_[i].old_code)
          missing.insert(rows_[i].new_code);
        if (founds(rows_[i])) missing.insert(rows_[i].new_code);
      }
      for (std::size_t i = 0; i < rows_.size(); ++i) {
        if (fates_[i] != Fate::Made || !waits(rows_[i], held, missing)) continue;
        fates_[i] = Fate::Left;
        more = true;
      }
    }
  }
  template <class Codes>
  static bool waits(const DiffRow& row, const Codes& held, const Codes& missing) {
    const bool takes = row.change != Change::Ends;
    if (takes && row.new_code != row.old_code && held.contains(row.new_code)) return true;
    if (takes && missing.contains(row.new_parent)) return true;
    return ends(row) &&
           std::any_of(row.successors.begin(), row.successors.end(),
                       [&](const std::string& code) { return missing.contains(code); });
  }

  // Who has each code once all is done.
  void number_units() {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (fates_[i] != Fate::Made) continue;
      if (units_[i]) given_up_.insert(rows_[i].old_code);
      if (rows_[i].change == Change::Keeps) holders_[rows_[i].new_code] = *units_[i];
    }
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (fates_[i] != Fate::Made || !founds(rows_[i])) continue;
      const auto id = static_cast<std::uint32_t>(tree_.size() + founded_.size());
      founded_.push_back(i);
      holders_[rows_[i].new_code] = UnitId{id};
    }
    order_founded();
  }
  // Parents before children: by kind, which lists of divisions go down by.
  void order_founded() {
    std::stable_sort(founded_.begin(), founded_.end(),
                     [&](std::size_t a, std::size_t b) { return rows_[a].kind < rows_[b].kind; });
    for (std::size_t i = 0; i < founded_.size(); ++i)
      holders_[rows_[founded_[i]].new_code] = UnitId{static_cast<std::uint32_t>(tree_.size() + i)};
  }
  [[nodiscard]] std::optional<UnitId> holder(const std::string& code) const {
    if (const auto found = holders_.find(code); found != holders_.end()) return found->second;
    if (given_up_.contains(code)) return std::nullopt;
    const auto unit = tree_.find(code);
    return unit && goes_on(*unit) ? unit : std::nullopt;
  }

  void make(std::size_t i) {
    const DiffRow& row = rows_[i];
    if (row.change == Change::Keeps) keep(row, *units_[i]);
    if (ends(row)) end(row, *units_[i]);
    if (founds(row)) found(row);
  }
  void change(UnitId unit, ChangeKind kind, std::string text, UnitId other, std::uint32_t& count) {
    out_.command.changes.push_back({unit, kind, std::move(text), other});
    ++count;
  }

  void keep(const DiffRow& row, UnitId unit) {
    const auto parent = holder(row.new_parent);
    if (!parent) return fault(row, "diff_parent_unknown", {{"code", row.new_parent}});
    if (row.new_name != row.old_name)
      change(unit, ChangeKind::Renamed, row.new_name, {}, out_.counts.renamed);
    if (row.new_code != row.old_code)
      change(unit, ChangeKind::Recoded, row.new_code, {}, out_.counts.recoded);
    if (*parent == tree_.parent(unit)) return;
    moved_.insert(unit);
    change(unit, ChangeKind::Moved, {}, *parent, out_.counts.moved);
  }

  void end(const DiffRow& row, UnitId unit) {
    if (unit.value == 0) return fault(row, "unit_is_root", {{"unit", row.old_code}});
    change(unit, ChangeKind::Ended, {}, {}, out_.counts.ended);
    ended_.emplace(unit, std::nullopt);
    for (const std::string& code : row.successors) {
      const auto successor = holder(code);
      if (!successor) return fault(row, "diff_successor_unknown", {{"code", code}});
      if (!ended_[unit]) ended_[unit] = *successor;
      out_.command.changes.push_back({unit, ChangeKind::Succeeded, {}, *successor});
    }
  }

  void found(const DiffRow& row) {
    const auto parent = holder(row.new_parent);
    if (!parent) return fault(row, "diff_parent_unknown", {{"code", row.new_parent}});
    const UnitId unit = *holder(row.new_code);
    ++out_.counts.founded;
    out_.command.rows.resize(founded_.size());
    out_.command.rows[unit.value - tree_.size()] = {row.new_code, row.new_name,    *parent,
                                                    row.kind,     row.placeholder, request_.from,
                                                    std::nullopt};
    if (row.parted_from.empty()) return;
    const std::vector<UnitId> from = tree_.find_all(row.parted_from);
    if (from.empty()) return fault(row, "diff_parted_unknown", {{"code", row.parted_from}});
    out_.command.changes.push_back({unit, ChangeKind::Parted, {}, from.back()});
  }

  // What the file does not know of goes with the unit that it lay below: to its successor, or to
  // what is above it.
  void follow() {
    if (ended_.empty() || !out_.faults.empty()) return;
    for (std::uint32_t i = 1; i < tree_.size(); ++i) {
      const UnitId unit{i};
      const auto parent = ended_.find(tree_.parent(unit));
      if (parent == ended_.end() || !goes_on(unit) || ended_.contains(unit) ||
          moved_.contains(unit))
        continue;
      UnitId to = parent->second.value_or(tree_.parent(parent->first));
      for (auto next = ended_.find(to); next != ended_.end(); next = ended_.find(to))
        to = next->second.value_or(tree_.parent(to));
      change(unit, ChangeKind::Moved, {}, to, out_.counts.followed);
    }
  }

  const std::vector<DiffRow>& rows_;
  const OrgTree& tree_;
  const PlanRequest& request_;
  std::vector<std::optional<UnitId>> units_;  // by row
  std::vector<Fate> fates_;                   // by row
  std::unordered_map<std::string, UnitId> holders_;
  std::unordered_set<std::string> given_up_;
  std::vector<std::size_t> founded_;                         // rows, in order of registration
  std::unordered_map<UnitId, std::optional<UnitId>> ended_;  // with the first successor
  std::unordered_set<UnitId> moved_;
  DiffPlan out_;
};

}  // namespace

DiffPlan plan_diff(const std::vector<DiffRow>& rows, const OrgTree& tree,
                   const PlanRequest& request) {
  return Planner(rows, tree, request).finish();
}

}  // namespace tz::ledger
