// What becomes of units: batches of changes, and the tree as it was before them.
#include <algorithm>
#include <charconv>
#include <limits>

#include "base/error.h"
#include "ledger/org_tree.h"

namespace tz::ledger {
namespace {

constexpr Day kNever{std::numeric_limits<std::int32_t>::max()};

}  // namespace

std::string_view OrgTree::code_of(const UnitText& text) const {
  return std::string_view(arena_).substr(text.offset, text.code_bytes);
}

std::string_view OrgTree::name_of(const UnitText& text) const {
  return std::string_view(arena_).substr(std::size_t{text.offset} + text.code_bytes,
                                         text.name_bytes);
}

std::vector<FormerUnit> OrgTree::once(UnitId unit) const {
  TZ_ASSERT(settled());
  std::vector<FormerUnit> out;
  UnitText text = texts_[unit.value];
  UnitId parent = parents_[unit.value];
  const std::vector<UnitEdit> edits = history_.edits_of(unit);
  for (std::size_t i = edits.size(); i > 0; --i) {
    const UnitEdit& edit = edits[i - 1];
    if (has_text(edit.kind))
      text = edit.text_before;
    else if (edit.kind == ChangeKind::Moved)
      parent = edit.other;
    else
      continue;
    const Day to{edit.day.number - 1};
    const FormerUnit was{to, code_of(text), name_of(text), parent};
    if (!out.empty() && out.back().to == to)
      out.back() = was;
    else
      out.push_back(was);
  }
  std::reverse(out.begin(), out.end());
  return out;
}

// Codes are all given up before any is taken, so that they may change hands in a circle.
void OrgTree::change_units(std::span<const UnitChange> changes, Day day, Seq record) {
  if (changes.empty()) return;
  changed_ = true;
  for (const UnitChange& change : changes) {
    if (change.kind != ChangeKind::Recoded) continue;
    history_.add(FormerCode{change.unit, texts_[change.unit.value], record, false});
    unindex_code(change.unit);
  }
  for (const UnitChange& change : changes) {
    TZ_ASSERT(change.unit.value < size());
    TZ_ASSERT(!has_other(change.kind) || change.other.value < size());
    change_unit(change, {change.unit, change.kind, day, record, change.other,
                         texts_[change.unit.value], tos_[change.unit.value]});
  }
  ++version_;
}

void OrgTree::change_unit(const UnitChange& change, UnitEdit edit) {
  const std::uint32_t unit = change.unit.value;
  switch (change.kind) {
    case ChangeKind::Renamed:
      texts_[unit] = keep_text(std::string(code(change.unit)), change.text);
      break;
    case ChangeKind::Recoded:
      texts_[unit] = keep_text(change.text, std::string(name(change.unit)));
      index_code(change.unit, edit.day, edit.record);
      break;
    case ChangeKind::Moved:
      TZ_ASSERT(unit != 0);
      edit.other = parents_[unit];
      parents_[unit] = change.other;
      break;
    case ChangeKind::Ended:
      TZ_ASSERT(!ended(change.unit, edit.day));
      tos_[unit] = Day{edit.day.number - 1};
      break;
    case ChangeKind::Succeeded:
      history_.add(Heir{change.unit, change.other, edit.day, edit.record});
      break;
    case ChangeKind::Parted:
      break;
  }
  history_.add(edit);
}

// The holes that a search would stop at are filled by those behind that belong before them.
void OrgTree::unindex_code(UnitId unit) {
  const std::size_t mask = code_slots_.size() - 1;
  std::size_t hole = slot_of(code(unit));
  TZ_ASSERT(code_slots_[hole] == unit.value + 1);
  code_slots_[hole] = 0;
  for (std::size_t at = (hole + 1) & mask; code_slots_[at] != 0; at = (at + 1) & mask) {
    const std::uint32_t found = code_slots_[at];
    code_slots_[at] = 0;
    code_slots_[slot_of(code(UnitId{found - 1}))] = found;
  }
}

std::optional<UnitId> OrgTree::find_at(std::string_view code, Seq record) const {
  TZ_ASSERT(settled());
  if (const auto former = history_.former(arena_, code, record)) return former;
  return find(code);
}

std::vector<UnitId> OrgTree::find_all(std::string_view code) const {
  TZ_ASSERT(settled());
  std::vector<UnitId> out = history_.formers_of(arena_, code);
  if (const auto found = find(code)) out.push_back(*found);
  return out;
}

std::optional<UnitId> OrgTree::named(std::string_view text) const {
  const std::size_t sign = text.find('@');
  if (sign == std::string_view::npos) {
    const std::vector<UnitId> all = find_all(text);
    return all.empty() ? std::nullopt : std::optional(all.back());
  }
  std::uint64_t position = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data() + sign + 1, end, position);
  if (read.ec != std::errc() || read.ptr != end || position == 0) return std::nullopt;
  return find_at(text.substr(0, sign), Seq{position - 1});
}

std::optional<std::uint64_t> OrgTree::led_until(UnitId unit, std::string_view code) const {
  const auto gone = history_.code_gone(arena_, code, unit);
  if (!gone || named(code) == unit) return std::nullopt;
  return gone->value;
}

bool OrgTree::code_free(std::string_view code, Day from) const {
  const auto holder = find(code);
  return !holder || ended(*holder, from);
}

bool OrgTree::ended(UnitId unit, Day day) const {
  TZ_ASSERT(unit.value < size());
  return tos_[unit.value] < day;
}

UnitId OrgTree::counted_at(UnitId unit, std::optional<Day> closed) const {
  TZ_ASSERT(unit.value < size());
  // Only what has ended has an heir.
  while (tos_[unit.value] != kNever) {
    const std::span<const Heir> heirs = history_.successors(unit);
    if (heirs.empty() || (closed && *closed < heirs.front().from)) break;
    unit = heirs.front().successor;
  }
  return unit;
}

void OrgTree::take_back(const UnitEdit& edit) {
  const std::uint32_t unit = edit.unit.value;
  switch (edit.kind) {
    case ChangeKind::Renamed:
    case ChangeKind::Recoded:
      texts_[unit] = edit.text_before;
      break;
    case ChangeKind::Moved:
      parents_[unit] = edit.other;
      break;
    case ChangeKind::Ended:
      tos_[unit] = edit.to_before;
      break;
    case ChangeKind::Succeeded:
    case ChangeKind::Parted:
      break;
  }
}

OrgTree OrgTree::before(Seq record, std::size_t unit_count, std::span<const LineEdge> lines) const {
  TZ_ASSERT(settled());
  TZ_ASSERT(unit_count <= size());
  OrgTree out = *this;
  const std::vector<UnitEdit>& edits = history_.edits();
  for (std::size_t i = edits.size(); i > 0 && edits[i - 1].record >= record; --i)
    out.take_back(edits[i - 1]);
  out.history_.forget_from(record);
  out.texts_.resize(unit_count);
  out.parents_.resize(unit_count);
  out.kinds_.resize(unit_count);
  out.placeholders_.resize(unit_count);
  out.froms_.resize(unit_count);
  out.tos_.resize(unit_count);
  out.rebuild_code_index();
  out.lines_.clear();
  out.area_members_.clear();
  out.add_lines(lines);
  out.changed_ = true;
  out.settle();
  return out;
}

}  // namespace tz::ledger
