// Numbering inner units, and keeping their counts.
#include "rollup/totals.h"

#include <algorithm>

namespace tz::rollup {

namespace {

// With fewer changes than one for so many slots, walking their paths is less than all slots.
constexpr std::uint32_t kPathsApart = 32;
constexpr std::uint32_t kAhead = 16;  // asked of the memory before they are counted
constexpr std::uint32_t kOneLess = ~std::uint32_t{0};  // added, it takes one away

void count(PhaseCounts& counts, const Share& share, std::uint32_t by) {
  counts.count[share.phase] += by;
  if (share.overdue) counts.overdue[share.phase] += by;
  if (share.closed_fixed) counts.closed_fixed += by;
  if (share.reopened) counts.reopened += by;
}

}  // namespace

void add(PhaseCounts& counts, const Share& share) { count(counts, share, 1); }

void subtract(PhaseCounts& counts, const Share& share) {
  TZ_ASSERT(counts.count[share.phase] > 0);
  count(counts, share, kOneLess);
}

InnerUnits::InnerUnits(const ledger::OrgTree& tree) {
  const auto size = static_cast<std::uint32_t>(tree.size());
  std::vector<std::uint32_t> depths(size);  // by unit
  std::vector<UnitId> inner;                // in pre-order
  for (std::uint32_t at = 0; at < size; ++at) {
    const UnitId unit = tree.at(at);
    if (at > 0) depths[unit.value] = depths[tree.parent(unit).value] + 1;
    if (!tree.leaf(unit)) inner.push_back(unit);
  }
  std::stable_sort(inner.begin(), inner.end(),
                   [&](UnitId a, UnitId b) { return depths[a.value] < depths[b.value]; });
  units_ = std::move(inner);
  if (units_.empty()) return;
  nearest_.resize(size);
  parents_.resize(units_.size());
  for (std::uint32_t slot = 0; slot < units_.size(); ++slot) {
    nearest_[units_[slot].value] = slot;
    parents_[slot] = nearest_[tree.parent(units_[slot]).value];
  }
  for (std::uint32_t number = 0; number < size; ++number)
    if (tree.leaf(UnitId{number})) nearest_[number] = nearest_[tree.parent(UnitId{number}).value];
}

void StandingTotals::change(std::uint32_t slot, std::uint8_t kind,
                            const std::optional<Share>& before, const std::optional<Share>& after) {
  TZ_ASSERT(kind < ledger::kKindCountMax);
  used_ |= std::uint32_t{1} << kind;
  PhaseCounts& counts = kinds_[kind].write(slot);
  if (before) subtract(counts, *before);
  if (after) add(counts, *after);
}

void StandingTotals::change_path(const InnerUnits& inner, std::uint32_t slot, std::uint8_t kind,
                                 const std::optional<Share>& before,
                                 const std::optional<Share>& after) {
  for (;;) {
    change(slot, kind, before, after);
    if (slot == 0) return;
    slot = inner.parent(slot);
  }
}

// Differences are modulo 2^32: below zero in between, and right in the sum.
void StandingTotals::change_paths(const InnerUnits& inner, std::span<const Change> changes) {
  if (changes.size() < inner.count() / kPathsApart) {
    for (const Change& one : changes) change_path(inner, one.slot, one.kind, one.before, one.after);
    return;
  }
  std::array<std::vector<PhaseCounts>, ledger::kKindCountMax> kinds;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (i + kAhead < changes.size() && !kinds[changes[i + kAhead].kind].empty())
      __builtin_prefetch(&kinds[changes[i + kAhead].kind][changes[i + kAhead].slot]);
    const Change& one = changes[i];
    std::vector<PhaseCounts>& differences = kinds[one.kind];
    if (differences.empty()) differences.resize(inner.count());
    if (one.before) count(differences[one.slot], *one.before, kOneLess);
    if (one.after) count(differences[one.slot], *one.after, 1);
  }
  for (std::uint32_t kind = 0; kind < ledger::kKindCountMax; ++kind) {
    std::vector<PhaseCounts>& differences = kinds[kind];
    if (!differences.empty()) used_ |= std::uint32_t{1} << kind;
    for (auto slot = static_cast<std::uint32_t>(differences.size()); slot-- > 0;) {
      if (slot >= kAhead && differences[slot - kAhead] != PhaseCounts{})
        kinds_[kind].fetch_ahead(slot - kAhead);
      if (differences[slot] == PhaseCounts{}) continue;
      kinds_[kind].write(slot) += differences[slot];
      if (slot > 0) differences[inner.parent(slot)] += differences[slot];
    }
  }
}

void StandingTotals::fold_up(const InnerUnits& inner) {
  for (std::uint32_t kind = 0; kind < ledger::kKindCountMax; ++kind) {
    if (!(used_ >> kind & 1)) continue;
    // A slot's parent has a lower number: each is complete before it is passed on.
    for (std::uint32_t slot = inner.count(); slot-- > 1;) {
      const PhaseCounts below = kinds_[kind][slot];
      if (below != PhaseCounts{}) kinds_[kind].write(inner.parent(slot)) += below;
    }
  }
}

void StandingTotals::set(std::uint32_t slot, const Totals& totals) {
  for (std::uint32_t kind = 0; kind < ledger::kKindCountMax; ++kind) {
    if (totals.kinds[kind] == PhaseCounts{}) continue;
    used_ |= std::uint32_t{1} << kind;
    kinds_[kind].write(slot) = totals.kinds[kind];
  }
}

StandingTotals::Snapshot StandingTotals::publish(std::uint64_t number, std::uint64_t oldest_read) {
  Snapshot out;
  out.used_ = used_;
  for (std::uint32_t kind = 0; kind < ledger::kKindCountMax; ++kind)
    if (used_ >> kind & 1) out.kinds_[kind] = kinds_[kind].publish(number, oldest_read);
  return out;
}

void StandingTotals::begin_with(const Snapshot& shown, std::uint64_t number) {
  used_ = shown.used_;
  for (std::uint32_t kind = 0; kind < ledger::kKindCountMax; ++kind)
    if (used_ >> kind & 1) kinds_[kind].begin_with(shown.kinds_[kind], number);
}

std::size_t StandingTotals::bytes() const {
  std::size_t sum = 0;
  for (const Table& table : kinds_) sum += table.bytes();
  return sum;
}

void StandingTotals::Snapshot::add_to(Totals& sum, std::uint32_t slot) const {
  for (std::uint32_t kind = 0; kind < ledger::kKindCountMax; ++kind)
    if (used_ >> kind & 1) sum.kinds[kind] += kinds_[kind][slot];
}

bool StandingTotals::Snapshot::any(std::uint32_t slot, std::uint32_t kinds) const {
  for (std::uint32_t kind = 0; kind < ledger::kKindCountMax; ++kind) {
    if (((used_ & kinds) >> kind & 1) == 0) continue;
    const PhaseCounts& counts = kinds_[kind][slot];
    for (const std::uint32_t count : counts.count)
      if (count != 0) return true;
  }
  return false;
}

}  // namespace tz::rollup
