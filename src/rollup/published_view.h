// The view that Rollup publishes: snapshots of every table, and what keeps their memory.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "rollup/columns.h"
#include "rollup/cow_table.h"
#include "rollup/fallen_rows.h"
#include "rollup/household_totals.h"
#include "rollup/item_index.h"
#include "rollup/limit_table.h"
#include "rollup/quantity_table.h"
#include "rollup/scan.h"
#include "rollup/totals.h"
#include "rollup/view.h"

namespace tz::rollup {

// What lives until the last view of it is gone, and is written to by one thread meanwhile.
struct Tables {
  Columns columns;
  QuantityTable quantities;
  LimitTable limits;
  StandingTotals many;  // own totals of units with many own rows
};

class PublishedView;

// The columns of a view taken back, made when somebody first looks at rows. Any thread.
class ColumnsLater {
 public:
  explicit ColumnsLater(std::function<ColumnSnapshots()> make) : make_(std::move(make)) {}
  const ColumnSnapshots& get() {
    std::call_once(once_, [this] {
      made_ = make_();
      make_ = nullptr;
    });
    return made_;
  }

 private:
  std::once_flag once_;
  std::function<ColumnSnapshots()> make_;
  ColumnSnapshots made_;
};

// A publication, put together by Rollup::publish().
struct Published {
  std::uint64_t position = 0;
  Instant instant;
  Zone zone;
  std::uint32_t row_count = 0;
  std::shared_ptr<const ledger::OrgTree> tree;
  std::shared_ptr<const InnerUnits> inner;
  std::shared_ptr<const Tables> tables;               // only held
  std::shared_ptr<const StandingTotals> standing;     // only held
  std::shared_ptr<const HouseholdTotals> households;  // only held
  std::shared_ptr<Lease> lease;
  FallenRows::Snapshot fallen;   // none of an earlier view
  std::uint32_t many_count = 0;  // slots used in `many_totals`
  // Of an earlier view (Rollup::earlier): the one whose memory it shares, and by whose rows sight
  // is decided.
  std::shared_ptr<const PublishedView> newer;
  ColumnSnapshots columns;
  // Of an earlier view: the columns as they were. Those above tell then only a row's number, how
  // many own rows a unit has, and what of them stands counted.
  std::shared_ptr<ColumnsLater> later;
  QuantityTable::Snapshot quantities;
  LimitTable::Snapshot limits;
  StandingTotals::Snapshot many_totals;
  StandingTotals::Snapshot standing_totals;
  HouseholdTotals::Snapshot household_totals;
  ItemIndex::Snapshot index;
};

class PublishedView final : public View {
 public:
  explicit PublishedView(Published published) : held_(std::move(published)) {}
  ~PublishedView() override { held_.lease->give_up(); }
  PublishedView(const PublishedView&) = delete;
  PublishedView& operator=(const PublishedView&) = delete;

  [[nodiscard]] std::uint64_t position() const override { return held_.position; }
  [[nodiscard]] Instant instant() const override { return held_.instant; }
  [[nodiscard]] const ledger::OrgTree& tree() const override { return *held_.tree; }
  [[nodiscard]] Totals totals(UnitId unit) const override;
  [[nodiscard]] Totals own_totals(UnitId unit) const override;
  [[nodiscard]] bool any(UnitId unit, std::uint32_t kinds) const override;
  [[nodiscard]] std::vector<QuantitySum> quantities(UnitId unit,
                                                    std::uint32_t kinds) const override;
  [[nodiscard]] std::vector<StateCount> by_state(const Filter& filter) const override;
  [[nodiscard]] std::optional<RowIndex> find(ledger::ItemNo no) const override;
  [[nodiscard]] ledger::ItemRow row(RowIndex index) const override;
  [[nodiscard]] std::vector<ledger::LiveLimit> limits(RowIndex index) const override;
  [[nodiscard]] std::uint32_t row_count() const override { return held_.row_count; }
  [[nodiscard]] std::vector<RowIndex> list(const Filter& filter, std::optional<RowIndex> before,
                                           std::size_t count_max) const override;
  [[nodiscard]] std::uint32_t count(const Filter& filter) const override;
  [[nodiscard]] Selection select(const Filter& filter, const Order& order,
                                 const Page& page) const override;
  [[nodiscard]] std::vector<WeekCount> weeks(const WeekQuestion& question) const override;
  [[nodiscard]] std::vector<KindRates> rates(const RateQuestion& question) const override;
  [[nodiscard]] HouseholdCounts households(UnitId unit, std::uint16_t scheme) const override;
  [[nodiscard]] std::vector<SpecialCounts> specials(const SpecialQuestion& question) const override;
  [[nodiscard]] Bytes save() const override;
  [[nodiscard]] HouseholdCounts households_by_place(UnitId unit,
                                                    std::uint16_t scheme) const override;

  [[nodiscard]] const Published& held() const { return held_; }

  // Its rows as they were; of an earlier view in proportion to those that were otherwise, once.
  [[nodiscard]] const ColumnSnapshots& columns() const {
    return held_.later ? held_.later->get() : held_.columns;
  }

 private:
  [[nodiscard]] Day today() const { return day_of(held_.instant, held_.zone); }
  [[nodiscard]] Scan scan_of(const Filter& filter) const;
  void add_subtree(UnitId unit, Totals& sum) const;
  void add_own(UnitId unit, Totals& sum) const;
  [[nodiscard]] bool any_in_subtree(UnitId unit, std::uint32_t kinds) const;
  // The highest units of whole subtrees that make up what the unit covers.
  template <class Visit>
  void each_top(UnitId unit, Visit visit) const;

  const Published held_;
};

}  // namespace tz::rollup
