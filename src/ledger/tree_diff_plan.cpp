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
    find_taken_over();
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
  [[nodiscard]] bool goes_on(UnitId unit) const { return !tree_.ended(unit, request_.today); }
  // A unit that goes on, by code and name.
  [[nodiscard]] std::optional<UnitId> unit_of(const std::string& code,
                                              const std::string& name) const {
    const auto unit = tree_.find(code);
    if (!unit || !goes_on(*unit) || tree_.name(*unit) != name) return std::nullopt;
    return unit;
  }
  // A unit of that code and name that was there once and is over; the last of several.
  [[nodiscard]] std::optional<UnitId> over(const DiffRow& row) const {
    const std::vector<UnitId> all = tree_.find_all(row.old_code);
    const auto found = std::find_if(all.rbegin(), all.rend(), [&](UnitId unit) {
      return !goes_on(unit) && tree_.name(unit) == row.old_name;
    });
    return found == all.rend() ? std::nullopt : std::optional(*found);
  }
  [[nodiscard]] bool ever_had(UnitId unit, const std::string& code) const {
    const std::vector<UnitId> all = tree_.find_all(code);
    return std::find(all.begin(), all.end(), unit) != all.end();
  }

  // Rows that are so already although another unit of the same name has the old code by now: it
  // came there by a row of this file that is so too. What such a row would be found by is that
  // other unit.
  void find_taken_over() {
    std::unordered_map<std::string_view, std::size_t> by_old;
    std::unordered_map<std::string_view, std::size_t> by_new;
    taken_over_.assign(rows_.size(), false);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const DiffRow& row = rows_[i];
      if (!row.old_code.empty()) by_old.emplace(row.old_code, i);
      if (row.change != Change::Ends) by_new.emplace(row.new_code, i);
      taken_over_[i] = ends(row) ? is_over(row) : has_moved_on(row);
    }
    // What waits for a row that is not so is not so either.
    std::vector<std::size_t> fallen;
    for (std::size_t i = 0; i < rows_.size(); ++i)
      if (!taken_over_[i]) fallen.push_back(i);
    const auto fall = [&](std::size_t i) {
      if (!taken_over_[i]) return;
      taken_over_[i] = false;
      fallen.push_back(i);
    };
    for (std::size_t i = 0; i < rows_.size(); ++i)
      if (rows_[i].change == Change::Ends && !by_new.contains(rows_[i].old_code)) fall(i);
    while (!fallen.empty()) {
      const DiffRow& row = rows_[fallen.back()];
      fallen.pop_back();
      if (row.change == Change::Founded) continue;
      // Who was to take its code has not; and who was to leave the code that it takes is there.
      if (const auto next = by_new.find(row.old_code); next != by_new.end()) fall(next->second);
      if (row.change != Change::Keeps) continue;
      const auto before = by_old.find(row.new_code);
      if (before != by_old.end() && ends(rows_[before->second])) fall(before->second);
    }
  }
  [[nodiscard]] bool is_over(const DiffRow& row) const {
    return over(row) && (row.change == Change::Ends || unit_of(row.new_code, row.new_name));
  }
  // Whether who has the new code had the old one.
  [[nodiscard]] bool has_moved_on(const DiffRow& row) const {
    if (row.change != Change::Keeps || row.new_code == row.old_code) return false;
    const auto unit = unit_of(row.new_code, row.new_name);
    return unit && ever_had(*unit, row.old_code);
  }

  void find(std::size_t i) {
    const DiffRow& row = rows_[i];
    fates_[i] = Fate::Made;
    if (row.change == Change::Founded) {
      if (unit_of(row.new_code, row.new_name)) fates_[i] = Fate::Done;
      return;
    }
    if (!taken_over_[i]) units_[i] = unit_of(row.old_code, row.old_name);
    if (units_[i]) return;
    const auto ended = ends(row) ? over(row) : std::nullopt;
    if (ended || (row.change == Change::Keeps && unit_of(row.new_code, row.new_name)))
      fates_[i] = Fate::Done;
    else
      fault(row, "diff_unit_unknown", {{"code", row.old_code}, {"name", row.old_name}});
    if (!ended || row.status == Status::Decide || !lacks_successors(row, *ended)) return;
    fates_[i] = Fate::Made;
    ended_before_.emplace(i, *ended);
  }

  [[nodiscard]] bool succeeded_by(UnitId unit, const std::string& code) const {
    const auto heirs = tree_.history().successors(unit);
    return std::any_of(heirs.begin(), heirs.end(),
                       [&](const Heir& heir) { return ever_had(heir.successor, code); });
  }
  [[nodiscard]] bool lacks_successors(const DiffRow& row, UnitId unit) const {
    return std::any_of(row.successors.begin(), row.successors.end(),
                       [&](const std::string& code) { return !succeeded_by(unit, code); });
  }
  // Whether a row that is to be made so registers a unit.
  [[nodiscard]] bool registers(std::size_t i) const {
    return founds(rows_[i]) && !ended_before_.contains(i);
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
    using Rows = std::unordered_map<std::string_view, std::vector<std::size_t>>;
    Rows takers;  // by the code that they need to be given up
    Rows users;   // by a code that they need somebody to have
    std::vector<std::size_t> left;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const DiffRow& row = rows_[i];
      if (fates_[i] != Fate::Made) continue;
      if (row.change != Change::Ends) {
        if (row.new_code != row.old_code) takers[row.new_code].push_back(i);
        users[row.new_parent].push_back(i);
      }
      if (ends(row))
        for (const std::string& code : row.successors) users[code].push_back(i);
      if (row.status == Status::Decide) left.push_back(i);
    }
    for (const std::size_t i : left) fates_[i] = Fate::Left;
    const auto leave = [&](Rows& rows, const std::string& code) {
      const auto found = rows.find(code);
      if (found == rows.end()) return;
      for (const std::size_t i : found->second) {
        if (fates_[i] != Fate::Made) continue;
        fates_[i] = Fate::Left;
        left.push_back(i);
      }
      rows.erase(found);
    };
    while (!left.empty()) {
      const std::size_t i = left.back();
      left.pop_back();
      if (units_[i]) leave(takers, rows_[i].old_code);
      const bool takes = !rows_[i].new_code.empty() && rows_[i].new_code != rows_[i].old_code;
      if (takes || registers(i)) leave(users, rows_[i].new_code);
    }
  }

  // Who has each code once all is done.
  void number_units() {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (fates_[i] != Fate::Made) continue;
      if (units_[i]) given_up_.insert(rows_[i].old_code);
      if (rows_[i].change == Change::Keeps) holders_[rows_[i].new_code] = *units_[i];
    }
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (fates_[i] != Fate::Made || !registers(i)) continue;
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
    if (const auto before = ended_before_.find(i); before != ended_before_.end())
      succeed(row, before->second);
    else if (ends(row))
      end(row, *units_[i]);
    if (registers(i)) found(row);
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

  // One that ended before gets the successors of its row that it has not: what is open there, or is
  // taken up again, would be nobody's.
  void succeed(const DiffRow& row, UnitId unit) {
    for (const std::string& code : row.successors) {
      if (succeeded_by(unit, code)) continue;
      const auto successor = holder(code);
      if (!successor) return fault(row, "diff_successor_unknown", {{"code", code}});
      change(unit, ChangeKind::Succeeded, {}, *successor, out_.counts.succeeded);
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
  std::vector<std::optional<UnitId>> units_;              // by row
  std::vector<Fate> fates_;                               // by row
  std::vector<bool> taken_over_;                          // by row
  std::unordered_map<std::size_t, UnitId> ended_before_;  // rows, of units that lack successors
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
