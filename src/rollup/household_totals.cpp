// A household changes a few times in its life, so the path is walked unit by unit.
#include "rollup/household_totals.h"

#include <algorithm>
#include <map>

#include "ledger/interval.h"

namespace tz::rollup {

HouseholdCounts& HouseholdCounts::operator+=(const HouseholdCounts& other) {
  for (std::size_t i = 0; i < ledger::kHouseholdStageCount; ++i) stages[i] += other.stages[i];
  has_signed += other.has_signed;
  splits += other.splits;
  splits_signed += other.splits_signed;
  return *this;
}

std::uint32_t HouseholdCounts::households() const {
  std::uint32_t sum = 0;
  for (const std::uint32_t count : stages) sum += count;
  return sum;
}

std::uint32_t HouseholdCounts::from_on(ledger::HouseholdStage stage) const {
  std::uint32_t sum = 0;
  for (auto i = static_cast<std::size_t>(stage); i < ledger::kHouseholdStageCount; ++i)
    sum += stages[i];
  return sum;
}

std::optional<HouseholdShare> household_share(const ledger::ItemRow& row) {
  if (row.scheme == 0 || row.import || row.stage == ledger::HouseholdStage::None)
    return std::nullopt;
  return HouseholdShare{row.scheme, row.stage, row.split, row.has_signed};
}

void add(HouseholdCounts& counts, const HouseholdShare& share) {
  if (share.split) {
    ++counts.splits;
    if (share.has_signed) ++counts.splits_signed;
    return;
  }
  ++counts.stages[static_cast<std::size_t>(share.stage)];
  if (share.has_signed) ++counts.has_signed;
}

void subtract(HouseholdCounts& counts, const HouseholdShare& share) {
  if (share.split) {
    --counts.splits;
    if (share.has_signed) --counts.splits_signed;
    return;
  }
  --counts.stages[static_cast<std::size_t>(share.stage)];
  if (share.has_signed) --counts.has_signed;
}

HouseholdCounts& HouseholdTotals::counts(UnitId unit, std::uint16_t scheme) {
  for (std::uint32_t next = firsts_[unit.value]; next != 0; next = cells_[next - 1].next_plus_one)
    if (cells_[next - 1].scheme == scheme) return cells_.write(next - 1).counts;
  Cell& fresh = cells_.write(count_);
  fresh.scheme = scheme;
  fresh.next_plus_one = firsts_[unit.value];
  firsts_.write(unit.value) = ++count_;
  return fresh.counts;
}

void HouseholdTotals::change(const ledger::OrgTree& tree, UnitId place,
                             const std::optional<HouseholdShare>& before,
                             const std::optional<HouseholdShare>& after) {
  if (before == after) return;
  for (UnitId unit = place;; unit = tree.parent(unit)) {
    if (before) subtract(counts(unit, before->scheme), *before);
    if (after) add(counts(unit, after->scheme), *after);
    if (tree.parent(unit) == unit) return;
  }
}

HouseholdTotals::Snapshot HouseholdTotals::publish(std::uint64_t number,
                                                   std::uint64_t oldest_read) {
  Snapshot out;
  out.firsts_ = firsts_.publish(number, oldest_read);
  out.cells_ = cells_.publish(number, oldest_read);
  out.count_ = count_;
  return out;
}

void HouseholdTotals::begin_with(const Snapshot& shown, std::uint64_t number) {
  firsts_.begin_with(shown.firsts_, number);
  cells_.begin_with(shown.cells_, number);
  count_ = shown.count_;
}

HouseholdCounts HouseholdTotals::Snapshot::of(UnitId unit, std::uint16_t scheme) const {
  for (std::uint32_t next = firsts_[unit.value]; next != 0; next = cells_[next - 1].next_plus_one)
    if (cells_[next - 1].scheme == scheme) return cells_[next - 1].counts;
  return {};
}

namespace {

// As the tree is walked.
std::vector<UnitId> units_with_households(const View& view, const RosterQuestion& question) {
  const ledger::OrgTree& tree = view.tree();
  std::vector<ledger::Interval> extents;
  for (const UnitId unit : question.units)
    for (const ledger::Interval& one : tree.extent(unit, question.day)) extents.push_back(one);
  std::vector<UnitId> out;
  for (const ledger::Interval& extent : ledger::merged(std::move(extents))) {
    for (std::uint32_t at = extent.begin; at < extent.end;) {
      const UnitId here = tree.at(at);
      const bool some = view.households_by_place(here, question.scheme).households() > 0;
      if (some) out.push_back(here);
      const bool whole = question.depth == RosterQuestion::Depth::Township &&
                         tree.kind(here) == ledger::UnitKind::Township;
      // Where there are none, there are none below.
      at = some && !whole ? at + 1 : tree.subtree(here).end;
    }
  }
  return out;
}

// A scheme may name villages: what is of one of them stands at its township.
std::vector<ledger::StagesOfUnit> by_township(const ledger::OrgTree& tree,
                                              const std::vector<ledger::StagesOfUnit>& all) {
  std::map<std::uint32_t, ledger::StagesOfUnit> out;  // by position
  for (const ledger::StagesOfUnit& one : all) {
    const UnitId unit = ledger::township_or_above(tree, one.unit);
    ledger::StagesOfUnit& sum = out[tree.position(unit)];
    sum.unit = unit;
    for (std::size_t i = 0; i < one.counts.size(); ++i) sum.counts[i] += one.counts[i];
  }
  std::vector<ledger::StagesOfUnit> rows;
  rows.reserve(out.size());
  for (const auto& [position, sum] : out) rows.push_back(sum);
  return rows;
}

}  // namespace

std::vector<ledger::StagesOfUnit> stages_by_unit(const View& view, const RosterQuestion& question) {
  std::vector<ledger::StagesOfUnit> all;
  std::vector<std::size_t> above;  // indexes of the units that hold the one at hand
  for (const UnitId unit : units_with_households(view, question)) {
    while (!above.empty() && !view.tree().within(unit, all[above.back()].unit)) above.pop_back();
    const HouseholdCounts counts = view.households_by_place(unit, question.scheme);
    ledger::StagesOfUnit one{unit, {}};
    for (std::size_t i = 0; i < ledger::kHouseholdStageCount; ++i) {
      one.counts[i] = counts.stages[i];
      if (!above.empty()) all[above.back()].counts[i] -= counts.stages[i];
    }
    above.push_back(all.size());
    all.push_back(one);
  }
  std::erase_if(all, [](const ledger::StagesOfUnit& one) {
    return std::all_of(one.counts.begin(), one.counts.end(),
                       [](std::int64_t count) { return count == 0; });
  });
  if (question.depth == RosterQuestion::Depth::Township) return by_township(view.tree(), all);
  return all;
}

std::vector<ledger::HouseholdCount> households_by_unit(const View& view,
                                                       const RosterQuestion& question) {
  std::vector<ledger::HouseholdCount> out;
  for (const ledger::StagesOfUnit& one : stages_by_unit(view, question)) {
    std::int64_t sum = 0;
    for (const std::int64_t count : one.counts) sum += count;
    out.push_back({one.unit, sum});
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.unit < b.unit; });
  return out;
}

}  // namespace tz::rollup
