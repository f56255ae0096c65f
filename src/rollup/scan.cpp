// Turning a filter into comparisons of one word and one interval, and the few others.
#include "rollup/scan.h"

namespace tz::rollup {

Scan::Scan(const Filter& filter, const ledger::OrgTree& tree, Day day,
           const ColumnSnapshots* seen_by)
    : seen_by_(seen_by) {
  if (filter.unit) {
    places_ = ledger::merged(tree.extent(*filter.unit, day));
    TZ_ASSERT(!places_.empty());
    begin_ = places_.front().begin;
    length_ = places_.back().end - begin_;
    if (places_.size() == 1) places_.clear();
  }
  if (filter.kind)
    want(std::uint64_t{0xFF} << kKindShift, std::uint64_t{*filter.kind} << kKindShift);
  if (filter.phase)
    want(std::uint64_t{0xFF} << kPhaseShift, static_cast<std::uint64_t>(*filter.phase)
                                                 << kPhaseShift);
  if (filter.states) want_states(*filter.states);
  if (filter.overdue) want(kOverdueBit, *filter.overdue ? kOverdueBit : 0);
  if (filter.fixed) want(kFixedBit, *filter.fixed ? kFixedBit : 0);
  if (filter.reopened) want(kReopenedBit, *filter.reopened ? kReopenedBit : 0);
  if (filter.share) want(kShareBit, *filter.share ? kShareBit : 0);
  if (filter.rolls_up) want(kSpecialBit, *filter.rolls_up ? kSpecialBit : 0);
  if (filter.specials && !filter.rolls_up) want(kSpecialBit, kSpecialBit);
  sources_ = filter.sources;
  specials_ = filter.specials;
  open_ = filter.open;
  if (filter.lead) lead_ = tree.position(*filter.lead);
  recorder_ = filter.recorder;
  rows_ = filter.rows;
  without_ = filter.without;
  opened_ = filter.opened;
  due_ = filter.due;
  closed_ = filter.closed;
  days_ = opened_.bounded() || due_.bounded() || closed_.bounded();
  sight_ = filter.sight;
  if (sight_) {
    sight_->places = ledger::merged(std::move(sight_->places));
    sight_->leads = ledger::merged(std::move(sight_->leads));
    for (auto& [kind, places] : sight_->kinds) places = ledger::merged(std::move(places));
  }
  exacting_ = !places_.empty() || open_ || lead_ || recorder_ || states_ || sources_ || specials_ ||
              days_ || sight_ || !without_.empty();
}

void Scan::want_states(const std::vector<StateRef>& states) {
  const auto packed = [](const StateRef& one) {
    return std::uint32_t{one.flow} << kFlowShift | one.state;
  };
  if (states.size() == 1) return want(0xFFFF'FFFF, packed(states.front()));
  states_.emplace();
  for (const StateRef& one : states) states_->push_back(packed(one));
  std::sort(states_->begin(), states_->end());
}

void Scan::want(std::uint64_t mask, std::uint64_t value) {
  mask_ |= mask;
  wanted_ |= value;
}

std::uint32_t Scan::count(const ColumnSnapshots& columns, std::uint32_t end) const {
  std::uint32_t found = 0;
  if (exacting_ || rows_) {
    newest_first(columns, end, [&](std::uint32_t, const ScanRow&) {
      ++found;
      return true;
    });
    return found;
  }
  for (std::uint32_t begin = 0; begin < end; begin += kSize) {
    const auto chunk = columns.scan.chunk(begin / kSize);
    columns.scan.fetch_ahead(begin / kSize + kChunksAhead);
    // No branch on what a row holds: it would be guessed wrong too often.
    const std::uint32_t size = std::min(kSize, end - begin);
    for (std::uint32_t i = 0; i < size; ++i) found += near(chunk[i]) ? 1 : 0;
  }
  return found;
}

bool Scan::exactly(const ScanRow& row, const ColumnSnapshots& columns, std::uint32_t index) const {
  if (!places_.empty() && !ledger::holds(places_, row.place)) return false;
  if (open_ && *open_ != ledger::is_open(phase_of(row.word))) return false;
  if (lead_ && row.lead != *lead_) return false;
  if (states_ &&
      !std::binary_search(states_->begin(), states_->end(), static_cast<std::uint32_t>(row.word)))
    return false;
  if (specials_ && !std::binary_search(specials_->begin(), specials_->end(),
                                       columns.findings[index].special - 1))
    return false;
  if (sources_ && !from_them(row, columns.findings[index])) return false;
  if (days_ && !on_its_days(columns.stored[index])) return false;
  if (recorder_ && columns.stored[index].recorder != recorder_->value) return false;
  if (!without_.empty() && std::binary_search(without_.begin(), without_.end(), index))
    return false;
  if (!sight_) return true;
  if (seen_by_ != nullptr) return in_sight(seen_by_->scan[index], seen_by_->stored, index);
  return in_sight(row, columns.stored, index);
}

bool Scan::in_sight(const ScanRow& row, const StoredRows::Snapshot& stored,
                    std::uint32_t index) const {
  return ledger::holds(sight_->places, row.place) ||
         (row.lead != kNoPosition && ledger::holds(sight_->leads, row.lead)) || of_kind(row) ||
         placed(row, UnitId{stored[index].place}) || listed(stored[index].recorder);
}

bool Scan::of_kind(const ScanRow& row) const {
  for (const auto& [kind, places] : sight_->kinds)
    if (kind == kind_of(row)) return ledger::holds(places, row.place);
  return false;
}

bool Scan::placed(const ScanRow& row, UnitId place) const {
  for (const auto& [kind, units] : sight_->placed)
    if (kind == kind_of(row)) return std::binary_search(units.begin(), units.end(), place);
  return false;
}

bool Scan::from_them(const ScanRow& row, const FindingRow& finding) const {
  const auto flow = static_cast<std::uint16_t>(row.word >> kFlowShift);
  const auto asked = [&](std::uint8_t source) {
    return std::binary_search(sources_->begin(), sources_->end(), SourceRef{flow, source});
  };
  if (asked(source_of(row.word))) return true;
  for (const std::uint8_t source : finding.more_sources)
    if (source != 0 && asked(source)) return true;
  return false;
}

bool Scan::listed(std::uint64_t recorder) const {
  for (const AccountId account : sight_->recorders)
    if (account.value == recorder) return true;
  return false;
}

bool Scan::on_its_days(const StoredRow& row) const {
  const auto on = [&](const DaySpan& span, std::uint16_t bit, std::int32_t day) {
    return !span.bounded() || ((row.present & bit) && span.holds(Day{day}));
  };
  return (!opened_.bounded() || opened_.holds(Day{row.opened})) &&
         on(due_, StoredRow::kDue, row.due) && on(closed_, StoredRow::kClosed, row.closed);
}

}  // namespace tz::rollup
