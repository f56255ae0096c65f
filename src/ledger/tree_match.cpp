// Rules from the surest to the least sure, level by level, until a round finds nothing more.
#include "ledger/tree_match.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <unordered_map>

#include "base/error.h"
#include "ledger/enum_names.h"
#include "ledger/unit_stem.h"

namespace tz::ledger {
namespace {

constexpr std::array<std::string_view, 7> kNames = {"code_name",  "parent_name", "parent_stem",
                                                    "code_alike", "wider_name",  "wider_stem",
                                                    "children"};

std::optional<std::uint32_t> known(std::uint32_t found, std::uint32_t none) {
  return found == none ? std::nullopt : std::optional(found);
}

}  // namespace

std::string_view to_text(MatchedBy by) { return name_in(kNames, by); }

TreeMatch::Side TreeMatch::side_of(std::span<const UnitRow> rows) {
  Side out;
  out.rows = rows;
  out.stems.resize(rows.size());
  out.found.assign(rows.size(), kNone);
  out.children.resize(rows.size());
  out.levels.resize(static_cast<std::size_t>(UnitKind::Village) + 1);
  for (std::uint32_t i = 0; i < rows.size(); ++i) {
    const UnitRow& row = rows[i];
    if (row.kind > UnitKind::Village) continue;
    out.stems[i] = unit_stem(row.kind, row.name, rows[row.parent.value].name);
    out.levels[static_cast<std::size_t>(row.kind)].push_back(i);
    if (row.parent.value != i) out.children[row.parent.value].push_back(i);
  }
  return out;
}

TreeMatch::TreeMatch(std::span<const UnitRow> before, std::span<const UnitRow> after)
    : before_(side_of(before)), after_(side_of(after)), by_(before.size(), MatchedBy::CodeName) {
  if (before.empty() || after.empty()) return;
  put(0, 0, MatchedBy::CodeName);
  for (std::size_t so_far = 0; so_far != count_;) {
    so_far = count_;
    for (const UnitKind kind : {UnitKind::Province, UnitKind::Prefecture, UnitKind::County,
                                UnitKind::Township, UnitKind::Village})
      level(kind);
    by_children(UnitKind::Township);
    by_children(UnitKind::County);
  }
}

void TreeMatch::level(UnitKind kind) {
  const TextOf name = [](const Side& side, std::uint32_t unit) -> std::string_view {
    return side.rows[unit].name;
  };
  const TextOf stem = [](const Side& side, std::uint32_t unit) { return side.stems[unit]; };
  by_code(kind, MatchedBy::CodeName);
  by_text(kind, kind, name, MatchedBy::ParentName);
  by_text(kind, kind, stem, MatchedBy::ParentStem);
  by_code(kind, MatchedBy::CodeAlike);
  if (kind < UnitKind::County) return;
  // Two levels up.
  const auto within = static_cast<UnitKind>(static_cast<std::uint8_t>(kind) - 2);
  by_text(kind, within, name, MatchedBy::WiderName);
  by_text(kind, within, stem, MatchedBy::WiderStem);
}

bool TreeMatch::fits(std::uint32_t before, std::uint32_t after) const {
  const UnitRow& one = before_.rows[before];
  const UnitRow& other = after_.rows[after];
  return one.kind == other.kind && one.placeholder == other.placeholder;
}

void TreeMatch::put(std::uint32_t before, std::uint32_t after, MatchedBy by) {
  TZ_ASSERT(before_.found[before] == kNone && after_.found[after] == kNone);
  before_.found[before] = after;
  after_.found[after] = before;
  by_[before] = by;
  ++count_;
}

void TreeMatch::by_code(UnitKind kind, MatchedBy by) {
  const auto level = static_cast<std::size_t>(kind);
  std::unordered_map<std::string_view, std::uint32_t> codes;
  codes.reserve(after_.levels[level].size());
  for (const std::uint32_t unit : after_.levels[level])
    if (after_.found[unit] == kNone) codes.emplace(after_.rows[unit].code, unit);
  for (const std::uint32_t unit : before_.levels[level]) {
    if (before_.found[unit] != kNone) continue;
    const auto same = codes.find(before_.rows[unit].code);
    if (same == codes.end() || !fits(unit, same->second)) continue;
    const std::uint32_t other = same->second;
    const std::uint32_t parent = before_.rows[unit].parent.value;
    const std::uint32_t parent_after = after_.rows[other].parent.value;
    const bool one_parent = before_.found[parent] == parent_after;
    const bool both_new = before_.found[parent] == kNone && after_.found[parent_after] == kNone;
    const bool found =
        by == MatchedBy::CodeName
            ? (one_parent || both_new) && (before_.rows[unit].name == after_.rows[other].name ||
                                           before_.stems[unit] == after_.stems[other])
            : one_parent && alike(before_.stems[unit], after_.stems[other]);
    if (found) put(unit, other, by);
  }
}

std::uint32_t TreeMatch::above(const Side& side, std::uint32_t unit, UnitKind kind) {
  while (side.rows[unit].kind > kind && side.rows[unit].parent.value != unit)
    unit = side.rows[unit].parent.value;
  return unit;
}

// `within` is the kind of the unit above that both have to lie in; the kind itself stands for the
// parent.
void TreeMatch::by_text(UnitKind kind, UnitKind within, TextOf text, MatchedBy by) {
  struct Candidate {
    std::uint32_t area;  // in the later list
    std::string_view text;
    std::uint32_t unit;
    bool later;
  };
  const auto area = [&](const Side& side, std::uint32_t unit) {
    const std::uint32_t parent = side.rows[unit].parent.value;
    return within == kind ? parent : above(side, parent, within);
  };
  const auto level = static_cast<std::size_t>(kind);
  std::vector<Candidate> all;
  for (const std::uint32_t unit : before_.levels[level]) {
    if (before_.found[unit] != kNone) continue;
    const std::uint32_t found = before_.found[area(before_, unit)];
    if (found != kNone) all.push_back({found, text(before_, unit), unit, false});
  }
  for (const std::uint32_t unit : after_.levels[level])
    if (after_.found[unit] == kNone)
      all.push_back({area(after_, unit), text(after_, unit), unit, true});
  std::sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) {
    return std::tie(a.area, a.text, a.later) < std::tie(b.area, b.text, b.later);
  });
  for (std::size_t i = 0; i < all.size();) {
    std::size_t end = i + 1;
    while (end < all.size() && all[end].area == all[i].area && all[end].text == all[i].text) ++end;
    if (end == i + 2 && !all[i].later && all[i + 1].later && fits(all[i].unit, all[i + 1].unit))
      put(all[i].unit, all[i + 1].unit, by);
    i = end;
  }
}

std::vector<TreeMatch::Share> TreeMatch::shares(const Side& from, const Side& to,
                                                std::uint32_t unit) {
  std::vector<Share> out;
  for (const std::uint32_t child : from.children[unit]) {
    const std::uint32_t found = from.found[child];
    if (found == kNone) continue;
    const std::uint32_t parent = to.rows[found].parent.value;
    const auto known = std::find_if(out.begin(), out.end(),
                                    [&](const Share& share) { return share.unit == parent; });
    if (known == out.end())
      out.push_back({parent, 1});
    else
      ++known->count;
  }
  std::stable_sort(out.begin(), out.end(), [](const Share& a, const Share& b) {
    return a.count != b.count ? a.count > b.count : a.unit < b.unit;
  });
  return out;
}

void TreeMatch::by_children(UnitKind kind) {
  for (const std::uint32_t unit : before_.levels[static_cast<std::size_t>(kind)]) {
    if (before_.found[unit] != kNone) continue;
    const std::vector<Share> went = went_to(unit);
    if (went.empty()) continue;
    const auto [other, count] = went.front();
    if (after_.found[other] == kNone && fits(unit, other) && 2 * count > below_before(unit) &&
        2 * count > below_after(other))
      put(unit, other, MatchedBy::Children);
  }
}

std::optional<std::uint32_t> TreeMatch::now(std::uint32_t before) const {
  return known(before_.found[before], kNone);
}
std::optional<std::uint32_t> TreeMatch::once(std::uint32_t after) const {
  return known(after_.found[after], kNone);
}

std::vector<TreeMatch::Share> TreeMatch::went_to(std::uint32_t before) const {
  return shares(before_, after_, before);
}
std::vector<TreeMatch::Share> TreeMatch::came_from(std::uint32_t after) const {
  return shares(after_, before_, after);
}
std::uint32_t TreeMatch::below_before(std::uint32_t unit) const {
  return static_cast<std::uint32_t>(before_.children[unit].size());
}
std::uint32_t TreeMatch::below_after(std::uint32_t unit) const {
  return static_cast<std::uint32_t>(after_.children[unit].size());
}

bool TreeMatch::certain(std::uint32_t before) const {
  const std::uint32_t after = before_.found[before];
  if (after == kNone) return false;
  if (by_[before] != MatchedBy::WiderName && by_[before] != MatchedBy::WiderStem) return true;
  const auto count_to = [&](std::uint32_t from, std::uint32_t to) -> std::uint32_t {
    for (const Share& share : went_to(from))
      if (share.unit == to) return share.count;
    return 0;
  };
  const std::uint32_t parent = before_.rows[before].parent.value;
  const std::uint32_t parent_after = after_.rows[after].parent.value;
  if (before_.found[parent] == parent_after) return true;
  if (before_.rows[before].kind == UnitKind::Village) return count_to(parent, parent_after) >= 2;
  const std::uint32_t count = count_to(before, after);
  return count > 0 && 2 * count >= std::min(below_before(before), below_after(after));
}

}  // namespace tz::ledger
