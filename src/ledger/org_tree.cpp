// Units in pre-order: registration, positions, the questions asked of the tree.
#include "ledger/org_tree.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <unordered_set>

#include "base/error.h"
#include "ledger/interval.h"

namespace tz::ledger {
namespace {

constexpr Day kNever{std::numeric_limits<std::int32_t>::max()};

std::size_t hash_of(std::string_view code) { return std::hash<std::string_view>{}(code); }

bool holds_on(const LineEdge& edge, Day day) {
  return edge.from <= day && (!edge.to || day <= *edge.to);
}

}  // namespace

void OrgTree::append_units(std::span<const UnitRow> rows, Seq record) {
  if (rows.empty()) return;
  reserve(rows);
  for (const UnitRow& row : rows) {
    register_unit(row);
    const UnitId unit{static_cast<std::uint32_t>(size() - 1)};
    index_code(unit, row.from, record);
    place_at_end(unit);
  }
  ++version_;
}

void OrgTree::settle() {
  if (!settled()) {
    history_.settle(arena_);
    rebuild_positions();
    changed_ = false;
  }
  TZ_ASSERT(settled());
  TZ_ASSERT(size() == 0 || subtree_ends_[0] == size());
}

void OrgTree::add_units(std::span<const UnitRow> rows) {
  append_units(rows);
  settle();
}

void OrgTree::register_unit(const UnitRow& row) {
  TZ_ASSERT(row.parent.value < size() || (size() == 0 && row.parent.value == 0));
  TZ_ASSERT(size() < std::numeric_limits<std::uint32_t>::max() - 1);
  texts_.push_back(keep_text(row.code, row.name));
  parents_.push_back(row.parent);
  kinds_.push_back(row.kind);
  placeholders_.push_back(row.placeholder ? 1 : 0);
  froms_.push_back(row.from);
  tos_.push_back(row.to.value_or(kNever));
}

UnitText OrgTree::keep_text(std::string_view code, std::string_view name) {
  TZ_ASSERT(code.size() <= std::numeric_limits<std::uint16_t>::max());
  TZ_ASSERT(name.size() <= std::numeric_limits<std::uint16_t>::max());
  TZ_ASSERT(arena_.size() <= std::numeric_limits<std::uint32_t>::max());
  const UnitText text{static_cast<std::uint32_t>(arena_.size()),
                      static_cast<std::uint16_t>(code.size()),
                      static_cast<std::uint16_t>(name.size())};
  arena_ += code;
  arena_ += name;
  return text;
}

// Where the parent's subtree ends the tree, the new unit is simply the next in pre-order. A unit
// that stands elsewhere, and all after it, wait for settle().
void OrgTree::place_at_end(UnitId unit) {
  const auto next = static_cast<std::uint32_t>(units_at_.size());
  if (unit.value != next || changed_) return;
  if (next > 0 && subtree_ends_[parents_[unit.value].value] != next) return;
  positions_.push_back(next);
  units_at_.push_back(unit);
  subtree_ends_.push_back(next + 1);
  for (UnitId up = unit; up.value != 0;) {
    up = parents_[up.value];
    subtree_ends_[up.value] = next + 1;
  }
}

// Children are gathered by parent, in order of registration, and walked from the root; a subtree
// ends where the last below it does.
void OrgTree::rebuild_positions() {
  const std::size_t count = size();
  std::vector<std::uint32_t> begins(count + 1, 0);
  for (std::size_t i = 1; i < count; ++i) ++begins[parents_[i].value + 1];
  for (std::size_t i = 0; i < count; ++i) begins[i + 1] += begins[i];
  std::vector<std::uint32_t> children(count);
  std::vector<std::uint32_t> next(begins.begin(), begins.end() - 1);
  for (std::uint32_t i = 1; i < count; ++i) children[next[parents_[i].value]++] = i;
  positions_.assign(count, 0);
  units_at_.clear();
  units_at_.reserve(count);
  std::vector<std::uint32_t> waiting;
  if (count > 0) waiting.push_back(0);
  while (!waiting.empty()) {
    const std::uint32_t unit = waiting.back();
    waiting.pop_back();
    positions_[unit] = static_cast<std::uint32_t>(units_at_.size());
    units_at_.push_back(UnitId{unit});
    for (std::uint32_t at = begins[unit + 1]; at > begins[unit]; --at)
      waiting.push_back(children[at - 1]);
  }
  TZ_ASSERT(units_at_.size() == count);  // else some are below themselves
  subtree_ends_.assign(count, 0);
  for (std::size_t at = count; at > 0; --at) {
    const UnitId unit = units_at_[at - 1];
    std::uint32_t& end = subtree_ends_[unit.value];
    end = std::max(end, static_cast<std::uint32_t>(at));
    std::uint32_t& above = subtree_ends_[parents_[unit.value].value];
    above = std::max(above, end);
  }
}

// Where the code stands in the index, or else would stand.
std::size_t OrgTree::slot_of(std::string_view wanted) const {
  const std::size_t mask = code_slots_.size() - 1;
  std::size_t slot = hash_of(wanted) & mask;
  while (code_slots_[slot] != 0 && code(UnitId{code_slots_[slot] - 1}) != wanted)
    slot = (slot + 1) & mask;
  return slot;
}

// Takes the code from a unit that has ended.
void OrgTree::index_code(UnitId unit, Day from, Seq record) {
  const std::size_t slot = slot_of(code(unit));
  if (code_slots_[slot] != 0) {
    const UnitId holder{code_slots_[slot] - 1};
    TZ_ASSERT(ended(holder, from));
    history_.add(FormerCode{holder, texts_[holder.value], record, true});
    changed_ = true;
  }
  code_slots_[slot] = unit.value + 1;
}

// Only for a batch that is the larger part: exact room for many small ones would have all moved
// each time.
void OrgTree::reserve(std::span<const UnitRow> rows) {
  grow_code_index(size() + rows.size());
  if (rows.size() < size()) return;
  const std::size_t units = size() + rows.size();
  std::size_t text_bytes = arena_.size();
  for (const UnitRow& row : rows) text_bytes += row.code.size() + row.name.size();
  arena_.reserve(text_bytes);
  texts_.reserve(units);
  parents_.reserve(units);
  kinds_.reserve(units);
  placeholders_.reserve(units);
  froms_.reserve(units);
  tos_.reserve(units);
  positions_.reserve(units);
  units_at_.reserve(units);
  subtree_ends_.reserve(units);
}

// At most three of four slots are taken, so a search ends soon.
void OrgTree::grow_code_index(std::size_t units) {
  std::size_t slots = std::max<std::size_t>(code_slots_.size(), 16);
  while (slots * 3 < units * 4) slots *= 2;
  if (slots == code_slots_.size()) return;
  code_slots_.assign(slots, 0);
  rebuild_code_index();
}

void OrgTree::rebuild_code_index() {
  std::fill(code_slots_.begin(), code_slots_.end(), 0);
  for (std::uint32_t i = 0; i < size(); ++i) {
    if (history_.code_lost(UnitId{i})) continue;
    const std::size_t slot = slot_of(code(UnitId{i}));
    TZ_ASSERT(code_slots_[slot] == 0);
    code_slots_[slot] = i + 1;
  }
}

void OrgTree::add_lines(std::span<const LineEdge> edges) {
  if (edges.empty()) return;
  for (const LineEdge& edge : edges) {
    TZ_ASSERT(edge.unit.value < size());
    TZ_ASSERT(edge.superior.value < size());
  }
  lines_.insert(lines_.end(), edges.begin(), edges.end());
  std::stable_sort(lines_.begin(), lines_.end(),
                   [](const LineEdge& a, const LineEdge& b) { return a.unit < b.unit; });
  index_area_members();
  ++version_;
}

void OrgTree::index_area_members() {
  area_members_.clear();
  for (std::uint32_t i = 0; i < lines_.size(); ++i)
    if (lines_[i].line == LineKind::Area) area_members_.push_back(i);
  std::stable_sort(
      area_members_.begin(), area_members_.end(),
      [&](std::uint32_t a, std::uint32_t b) { return lines_[a].superior < lines_[b].superior; });
}

std::span<const LineEdge> OrgTree::lines_of(UnitId unit) const {
  const auto begin =
      std::lower_bound(lines_.begin(), lines_.end(), unit,
                       [](const LineEdge& edge, UnitId wanted) { return edge.unit < wanted; });
  auto end = begin;
  while (end != lines_.end() && end->unit == unit) ++end;
  return {begin, end};
}

std::optional<UnitId> OrgTree::find(std::string_view code) const {
  if (code_slots_.empty()) return std::nullopt;
  const std::uint32_t found = code_slots_[slot_of(code)];
  if (found == 0) return std::nullopt;
  return UnitId{found - 1};
}

std::string_view OrgTree::code(UnitId unit) const {
  TZ_ASSERT(unit.value < size());
  return code_of(texts_[unit.value]);
}

std::string_view OrgTree::name(UnitId unit) const {
  TZ_ASSERT(unit.value < size());
  return name_of(texts_[unit.value]);
}

UnitKind OrgTree::kind(UnitId unit) const {
  TZ_ASSERT(unit.value < size());
  return kinds_[unit.value];
}

bool OrgTree::placeholder(UnitId unit) const {
  TZ_ASSERT(unit.value < size());
  return placeholders_[unit.value] != 0;
}

Day OrgTree::from(UnitId unit) const {
  TZ_ASSERT(unit.value < size());
  return froms_[unit.value];
}

std::optional<Day> OrgTree::to(UnitId unit) const {
  TZ_ASSERT(unit.value < size());
  const Day last = tos_[unit.value];
  if (last == kNever) return std::nullopt;
  return last;
}

UnitId OrgTree::parent(UnitId unit) const {
  TZ_ASSERT(unit.value < size());
  return parents_[unit.value];
}

OrgTree::Columns OrgTree::columns() const {
  TZ_ASSERT(settled());
  return {units_at_, subtree_ends_, parents_, kinds_, placeholders_, tos_};
}

std::uint32_t OrgTree::position(UnitId unit) const {
  TZ_ASSERT(settled());
  TZ_ASSERT(unit.value < size());
  return positions_[unit.value];
}

UnitId OrgTree::at(std::uint32_t position) const {
  TZ_ASSERT(settled());
  TZ_ASSERT(position < size());
  return units_at_[position];
}

Interval OrgTree::subtree(UnitId unit) const {
  TZ_ASSERT(settled());
  TZ_ASSERT(unit.value < size());
  return {positions_[unit.value], subtree_ends_[unit.value]};
}

bool OrgTree::leaf(UnitId unit) const {
  const Interval own = subtree(unit);
  return own.end == own.begin + 1;
}

bool OrgTree::within(UnitId unit, UnitId ancestor) const {
  const Interval above = subtree(ancestor);
  const std::uint32_t at = position(unit);
  return above.begin <= at && at < above.end;
}

UnitId OrgTree::visible_parent(UnitId unit) const {
  UnitId up = parent(unit);
  while (up.value != 0 && placeholder(up)) up = parent(up);
  return up;
}

std::vector<UnitId> OrgTree::path(UnitId unit) const {
  std::vector<UnitId> upward{unit};
  for (UnitId up = unit; up.value != 0;) {
    up = parent(up);
    if (!placeholder(up)) upward.push_back(up);
  }
  std::reverse(upward.begin(), upward.end());
  return upward;
}

// In pre-order a placeholder's children follow it at once: stepping into it instead of over it
// puts them in its place.
std::vector<UnitId> OrgTree::visible_children(UnitId unit) const {
  std::vector<UnitId> found;
  const Interval below = subtree(unit);
  for (std::uint32_t at = below.begin + 1; at < below.end;) {
    const UnitId child = units_at_[at];
    if (placeholder(child)) {
      ++at;
      continue;
    }
    found.push_back(child);
    at = subtree_ends_[child.value];
  }
  return found;
}

std::vector<UnitId> OrgTree::children(UnitId unit) const {
  std::vector<UnitId> found;
  const Interval below = subtree(unit);
  for (std::uint32_t at = below.begin + 1; at < below.end;) {
    found.push_back(units_at_[at]);
    at = subtree_ends_[units_at_[at].value];
  }
  return found;
}

std::vector<UnitId> OrgTree::line_superiors(UnitId unit, Day day) const {
  TZ_ASSERT(unit.value < size());
  std::vector<UnitId> found;
  for (const LineEdge& edge : lines_of(unit))
    if (edge.line != LineKind::Area && holds_on(edge, day)) found.push_back(edge.superior);
  return found;
}

bool OrgTree::below_on_any_edge(UnitId unit, UnitId superior, Day day) const {
  if (within(unit, superior)) return true;
  if (lines_.empty()) return false;
  // What is reached by a line from the unit or from above it, and so on from there. Most units have
  // no line above them, and then nothing is kept.
  std::vector<UnitId> reached;
  const auto climb = [&](UnitId at) {
    for (;; at = parents_[at.value]) {
      for (const LineEdge& edge : lines_of(at))
        if (edge.line != LineKind::Area && holds_on(edge, day)) reached.push_back(edge.superior);
      if (parents_[at.value] == at) return;
    }
  };
  climb(unit);
  for (std::size_t i = 0; i < reached.size(); ++i) {
    const UnitId at = reached[i];
    if (within(at, superior)) return true;
    const auto before = reached.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::find(reached.begin(), before, at) == before) climb(at);
  }
  return false;
}

std::vector<UnitId> OrgTree::above_on_any_edge(UnitId unit, Day day) const {
  constexpr std::size_t kUsual = 16;  // more than most trees are deep
  std::vector<UnitId> found;
  found.reserve(kUsual);
  std::vector<UnitId> to_climb{unit};
  for (std::size_t i = 0; i < to_climb.size(); ++i) {
    // Above what was found already all is found, or stands among what is to be climbed.
    for (UnitId at = to_climb[i]; std::find(found.begin(), found.end(), at) == found.end();
         at = parents_[at.value]) {
      found.push_back(at);
      if (lines_.empty()) continue;
      for (const LineEdge& edge : lines_of(at))
        if (edge.line != LineKind::Area && holds_on(edge, day)) to_climb.push_back(edge.superior);
    }
  }
  return found;
}

std::vector<Interval> OrgTree::extent(UnitId unit, Day day) const {
  std::vector<Interval> found{subtree(unit)};
  if (kind(unit) != UnitKind::Area) return found;
  std::vector<UnitId> areas{unit};
  std::unordered_set<std::uint32_t> seen{unit.value};
  while (!areas.empty()) {
    const UnitId area = areas.back();
    areas.pop_back();
    auto member = std::lower_bound(
        area_members_.begin(), area_members_.end(), area,
        [&](std::uint32_t edge, UnitId wanted) { return lines_[edge].superior < wanted; });
    for (; member != area_members_.end() && lines_[*member].superior == area; ++member) {
      const LineEdge& edge = lines_[*member];
      if (!holds_on(edge, day)) continue;
      found.push_back(subtree(edge.unit));
      if (kind(edge.unit) == UnitKind::Area && seen.insert(edge.unit.value).second)
        areas.push_back(edge.unit);
    }
  }
  return merged(std::move(found));
}

}  // namespace tz::ledger
