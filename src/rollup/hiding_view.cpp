// Asking the whole view, and taking the hidden rows' share out again.
#include "rollup/hiding_view.h"

#include <algorithm>
#include <set>

namespace tz::rollup {
namespace {

PhaseCounts& operator-=(PhaseCounts& counts, const PhaseCounts& less) {
  for (std::size_t i = 0; i < ledger::kPhaseCount; ++i) {
    counts.count[i] -= less.count[i];
    counts.overdue[i] -= less.overdue[i];
  }
  counts.closed_fixed -= less.closed_fixed;
  counts.reopened -= less.reopened;
  return counts;
}

class HidingView final : public View {
 public:
  HidingView(std::shared_ptr<const View> whole, const std::vector<RowIndex>& hidden)
      : whole_(std::move(whole)) {
    for (const RowIndex row : hidden)
      if (row.value < whole_->row_count()) rows_.push_back(row.value);
    std::sort(rows_.begin(), rows_.end());
    rows_.erase(std::unique(rows_.begin(), rows_.end()), rows_.end());
    for (const std::uint32_t row : rows_) kinds_.insert(whole_->row(RowIndex{row}).kind);
  }

  [[nodiscard]] std::uint64_t position() const override { return whole_->position(); }
  [[nodiscard]] Instant instant() const override { return whole_->instant(); }
  [[nodiscard]] const ledger::OrgTree& tree() const override { return whole_->tree(); }

  [[nodiscard]] Totals totals(UnitId unit) const override {
    Totals sum = whole_->totals(unit);
    take_out(rows_, unit, sum);
    return sum;
  }
  [[nodiscard]] Totals own_totals(UnitId unit) const override {
    Totals sum = whole_->own_totals(unit);
    std::vector<std::uint32_t> own;
    for (const std::uint32_t index : rows_) {
      const ledger::ItemRow row = whole_->row(RowIndex{index});
      if (tree().counted_at(row.place, row.closed) == unit) own.push_back(index);
    }
    take_out(own, unit, sum);
    return sum;
  }
  [[nodiscard]] bool any(UnitId unit, std::uint32_t kinds) const override {
    if (!whole_->any(unit, kinds)) return false;
    const Totals sum = totals(unit);
    for (std::size_t kind = 0; kind < ledger::kKindCountMax; ++kind)
      for (const std::uint32_t count : sum.kinds[kind].count)
        if ((kinds >> kind & 1U) != 0 && count > 0) return true;
    return false;
  }
  [[nodiscard]] std::vector<QuantitySum> quantities(UnitId unit,
                                                    std::uint32_t kinds) const override {
    return whole_->quantities(unit, kinds);
  }
  [[nodiscard]] std::vector<StateCount> by_state(const Filter& filter) const override {
    return whole_->by_state(narrowed(filter));
  }

  [[nodiscard]] std::optional<RowIndex> find(ledger::ItemNo no) const override {
    const auto found = whole_->find(no);
    return found && hides(*found) ? std::nullopt : found;
  }
  [[nodiscard]] std::vector<ledger::LiveLimit> limits(RowIndex index) const override {
    return whole_->limits(index);
  }
  [[nodiscard]] ledger::ItemRow row(RowIndex index) const override {
    ledger::ItemRow out = whole_->row(index);
    if (hides(index)) out.import = 0;
    return out;
  }
  [[nodiscard]] std::uint32_t row_count() const override { return whole_->row_count(); }
  [[nodiscard]] std::vector<RowIndex> list(const Filter& filter, std::optional<RowIndex> before,
                                           std::size_t count_max) const override {
    return whole_->list(narrowed(filter), before, count_max);
  }
  [[nodiscard]] std::uint32_t count(const Filter& filter) const override {
    return whole_->count(narrowed(filter));
  }
  [[nodiscard]] Selection select(const Filter& filter, const Order& order,
                                 const Page& page) const override {
    return whole_->select(narrowed(filter), order, page);
  }
  [[nodiscard]] std::vector<WeekCount> weeks(const WeekQuestion& question) const override {
    WeekQuestion narrow = question;
    narrow.without.insert(narrow.without.end(), rows_.begin(), rows_.end());
    std::sort(narrow.without.begin(), narrow.without.end());
    return whole_->weeks(narrow);
  }
  [[nodiscard]] std::vector<KindRates> rates(const RateQuestion& question) const override {
    RateQuestion narrow = question;
    narrow.without.insert(narrow.without.end(), rows_.begin(), rows_.end());
    std::sort(narrow.without.begin(), narrow.without.end());
    return whole_->rates(narrow);
  }
  // Nobody complains of a household.
  [[nodiscard]] HouseholdCounts households(UnitId unit, std::uint16_t scheme) const override {
    return whole_->households(unit, scheme);
  }
  [[nodiscard]] std::vector<SpecialCounts> specials(
      const SpecialQuestion& question) const override {
    SpecialQuestion narrow = question;
    narrow.without.insert(narrow.without.end(), rows_.begin(), rows_.end());
    std::sort(narrow.without.begin(), narrow.without.end());
    return whole_->specials(narrow);
  }
  [[nodiscard]] Bytes save() const override { return whole_->save(); }
  [[nodiscard]] HouseholdCounts households_by_place(UnitId unit,
                                                    std::uint16_t scheme) const override {
    return whole_->households_by_place(unit, scheme);
  }

 private:
  [[nodiscard]] bool hides(RowIndex row) const {
    return std::binary_search(rows_.begin(), rows_.end(), row.value);
  }

  [[nodiscard]] Filter narrowed(Filter filter) const {
    filter.without.insert(filter.without.end(), rows_.begin(), rows_.end());
    std::sort(filter.without.begin(), filter.without.end());
    return filter;
  }

  void take_out(const std::vector<std::uint32_t>& rows, UnitId unit, Totals& sum) const {
    Filter filter;
    filter.unit = unit;
    filter.rows = rows;
    for (const std::uint8_t kind : kinds_) {
      filter.kind = kind;
      sum.kinds[kind] -= whole_->select(filter, {}, {}).counts;
    }
  }

  std::shared_ptr<const View> whole_;
  std::vector<std::uint32_t> rows_;  // sorted
  std::set<std::uint8_t> kinds_;     // of these rows
};

}  // namespace

std::shared_ptr<const View> without(std::shared_ptr<const View> view,
                                    const std::vector<RowIndex>& hidden) {
  if (hidden.empty()) return view;
  return std::make_shared<const HidingView>(std::move(view), hidden);
}

std::vector<std::uint32_t> rows_of(const View& view, const ledger::Accusations& accusations) {
  std::vector<std::uint32_t> out;
  for (const auto& [no, accusation] : accusations)
    if (const auto row = view.find(no)) out.push_back(row->value);
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace tz::rollup
