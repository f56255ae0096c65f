// Rows from a match: what went on, what ended and where its matters went, what is new.
#include "ledger/tree_diff.h"

#include <algorithm>
#include <unordered_map>

#include "ledger/tree_match.h"

namespace tz::ledger {
namespace {

using Status = DiffRow::Status;
using Change = DiffRow::Change;
using Shares = std::vector<TreeMatch::Share>;

std::uint32_t count_of(const Shares& shares) {
  std::uint32_t out = 0;
  for (const TreeMatch::Share& share : shares) out += share.count;
  return out;
}

std::string share_text(std::uint32_t part, std::uint32_t whole) {
  return "children " + std::to_string(part) + "/" + std::to_string(whole);
}

class Differ {
 public:
  Differ(std::span<const UnitRow> before, std::span<const UnitRow> after)
      : before_(before), after_(after), match_(before, after), taken_(after.size(), false) {
    for (std::uint32_t i = 0; i < after.size(); ++i) codes_.emplace(after[i].code, i);
  }

  std::vector<DiffRow> finish() {
    heirs_.resize(before_.size());
    heirs_[0] = after_[0].code;
    for (std::uint32_t i = 1; i < before_.size(); ++i)
      if (before_[i].kind <= UnitKind::Village) look_at(i);
    for (std::uint32_t i = 1; i < after_.size(); ++i)
      if (after_[i].kind <= UnitKind::Village && !match_.once(i) && !taken_[i]) found(i);
    std::stable_partition(rows_.begin(), rows_.end(),
                          [](const DiffRow& row) { return row.status == Status::Decide; });
    return std::move(rows_);
  }

 private:
  void look_at(std::uint32_t unit) {
    if (const auto now = match_.now(unit)) {
      heirs_[unit] = after_[authority(*now)].code;
      const UnitRow& one = before_[unit];
      const UnitRow& other = after_[*now];
      const bool moved = match_.now(one.parent.value) != other.parent.value;
      const bool certain = match_.certain(unit);
      if (certain && !moved && one.code == other.code && one.name == other.name) return;
      add(row_of(unit, now), certain ? Status::Certain : Status::Decide, Change::Keeps,
          std::string(to_text(match_.by(unit))));
      return;
    }
    const auto same = codes_.find(before_[unit].code);
    if (same != codes_.end() && same_code_alone(unit, same->second)) {
      taken_[same->second] = true;
      heirs_[unit] = after_[authority(same->second)].code;
      add(row_of(unit, same->second), Status::Decide, Change::Keeps, "code");
      return;
    }
    end(unit);
  }

  [[nodiscard]] bool same_code_alone(std::uint32_t unit, std::uint32_t after) const {
    return !match_.once(after) && before_[unit].kind == after_[after].kind &&
           before_[unit].placeholder == after_[after].placeholder;
  }

  // What stands for no authority of its own inherits nothing.
  [[nodiscard]] std::uint32_t authority(std::uint32_t after) const {
    while (after_[after].placeholder) after = after_[after].parent.value;
    return after;
  }

  // Where eight of ten of those below that go on went, and these are enough to tell, its matters
  // are. Else nobody knows; what is above it is a guess.
  void end(std::uint32_t unit) {
    const Shares went = match_.went_to(unit);
    const std::uint32_t known = count_of(went);
    const std::uint32_t below = match_.below_before(unit);
    const bool certain =
        !went.empty() && 10 * went.front().count >= 8 * known && (2 * known >= below || known >= 3);
    DiffRow row = row_of(unit, std::nullopt);
    for (const TreeMatch::Share& share : went) {
      row.successors.push_back(after_[authority(share.unit)].code);
      if (certain) break;
    }
    if (went.empty()) row.successors.push_back(heirs_[before_[unit].parent.value]);
    heirs_[unit] = row.successors.front();
    const std::string why = went.empty() ? "above" : share_text(went.front().count, below);
    add(std::move(row), certain ? Status::Certain : Status::Decide, Change::Ends, why);
  }

  void found(std::uint32_t unit) {
    DiffRow row;
    row.kind = after_[unit].kind;
    row.placeholder = after_[unit].placeholder;
    set_new(row, unit);
    const Shares came = match_.came_from(unit);
    std::string why = "new";
    if (!came.empty() && 2 * came.front().count >= match_.below_after(unit) &&
        match_.now(came.front().unit)) {
      row.parted_from = before_[came.front().unit].code;
      why = share_text(came.front().count, match_.below_after(unit));
    }
    add(std::move(row), Status::Certain, Change::Founded, why);
  }

  [[nodiscard]] DiffRow row_of(std::uint32_t unit, std::optional<std::uint32_t> after) const {
    DiffRow row;
    row.kind = before_[unit].kind;
    row.placeholder = before_[unit].placeholder;
    row.old_code = before_[unit].code;
    row.old_name = before_[unit].name;
    row.old_parent = before_[before_[unit].parent.value].code;
    if (after) set_new(row, *after);
    return row;
  }
  void set_new(DiffRow& row, std::uint32_t after) const {
    row.new_code = after_[after].code;
    row.new_name = after_[after].name;
    row.new_parent = after_[after_[after].parent.value].code;
  }
  void add(DiffRow row, Status status, Change change, std::string why) {
    row.status = status;
    row.change = change;
    row.why = std::move(why);
    rows_.push_back(std::move(row));
  }

  std::span<const UnitRow> before_;
  std::span<const UnitRow> after_;
  TreeMatch match_;
  std::unordered_map<std::string_view, std::uint32_t> codes_;
  std::vector<bool> taken_;         // by a row that is to be decided
  std::vector<std::string> heirs_;  // where what is at a unit would go, by unit
  std::vector<DiffRow> rows_;
};

}  // namespace

std::vector<DiffRow> diff_trees(std::span<const UnitRow> before, std::span<const UnitRow> after) {
  if (before.empty() || after.empty()) return {};
  return Differ(before, after).finish();
}

}  // namespace tz::ledger
