// What counts where and when, one rule a test.
#include "rollup/rollup.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

namespace tz::rollup {
namespace {

using ledger::ItemQuantity;
using ledger::ItemRow;
using ledger::Phase;
using ledger::Qualifier;
using ledger::UnitKind;

constexpr Day kToday{18'147};  // 2019-09-08
constexpr auto kListed = static_cast<std::size_t>(Phase::Listed);
constexpr auto kClosed = static_cast<std::size_t>(Phase::Closed);

// 0 nation, 1 province below it, 2 its placeholder, 3 county below the placeholder, 4 and 5 its
// villages, 6 an area below the province whose members are 3 and 4.
constexpr UnitId kNation{0}, kProvince{1}, kPlaceholder{2}, kCounty{3}, kVillage{4}, kOther{5},
    kArea{6};

std::shared_ptr<ledger::OrgTree> small_tree() {
  const auto unit = [](const char* code, UnitId parent, UnitKind kind) {
    ledger::UnitRow row;
    row.code = row.name = code;
    row.parent = parent;
    row.kind = kind;
    return row;
  };
  std::vector<ledger::UnitRow> rows = {
      unit("0", kNation, UnitKind::Nation),        unit("1", kNation, UnitKind::Province),
      unit("12", kProvince, UnitKind::Prefecture), unit("123", kPlaceholder, UnitKind::County),
      unit("1234", kCounty, UnitKind::Village),    unit("1235", kCounty, UnitKind::Village),
      unit("XA", kProvince, UnitKind::Area)};
  rows[kPlaceholder.value].placeholder = true;
  auto tree = std::make_shared<ledger::OrgTree>();
  tree->add_units(rows);
  std::vector<ledger::LineEdge> edges(2);
  edges[0].unit = kCounty;
  edges[1].unit = kVillage;
  for (ledger::LineEdge& edge : edges) {
    edge.superior = kArea;
    edge.line = ledger::LineKind::Area;
    edge.from = kToday;
  }
  tree->add_lines(edges);
  return tree;
}

class RollupRules : public testing::Test {
 protected:
  RollupRules() {
    rollup_.set_tree(small_tree());
    rollup_.advance(start_of(kToday, zone_), zone_);
  }
  ItemRow open(UnitId place) {
    ItemRow row;
    row.no.value = ++last_no_;
    row.place = place;
    row.opened = kToday;
    rollup_.put(row, {});
    return row;
  }
  std::uint32_t listed(UnitId unit) {
    return rollup_.publish(0)->totals(unit).kinds[0].count[kListed];
  }
  std::uint32_t late(UnitId unit) {
    return rollup_.publish(0)->totals(unit).kinds[0].overdue[kListed];
  }

  Rollup rollup_;
  Zone zone_;
  std::uint64_t last_no_ = 0;
};

TEST_F(RollupRules, AnEmptyOneAnswersEverythingWithNothing) {
  const auto view = rollup_.publish(7);
  EXPECT_EQ(view->position(), 7);
  EXPECT_EQ(view->row_count(), 0);
  EXPECT_EQ(view->totals(kNation), Totals{});
  EXPECT_TRUE(view->list({}, std::nullopt, 10).empty());
  EXPECT_TRUE(view->by_state({}).empty());
  EXPECT_TRUE(view->quantities(kNation, kAllKinds).empty());
  EXPECT_FALSE(view->find(ledger::ItemNo{1}));
  EXPECT_FALSE(rollup_.next_due(zone_));
  EXPECT_EQ(Rollup().publish(0)->row_count(), 0);
}

TEST_F(RollupRules, AnItemCountsAtItsPlaceAndUpThroughPlaceholders) {
  open(kVillage);
  for (const UnitId unit : {kVillage, kCounty, kPlaceholder, kProvince, kNation})
    EXPECT_EQ(listed(unit), 1) << unit.value;
  EXPECT_EQ(listed(kOther), 0);
  EXPECT_EQ(rollup_.publish(0)->own_totals(kCounty), Totals{});
}

TEST_F(RollupRules, AnAreaCountsAnOverlapOnceAndItsOwnRows) {
  open(kVillage);
  open(kOther);
  open(kArea);
  open(kProvince);
  EXPECT_EQ(listed(kArea), 3);
  EXPECT_EQ(listed(kProvince), 4);
  EXPECT_EQ(rollup_.publish(0)->own_totals(kArea).kinds[0].count[kListed], 1);
}

TEST_F(RollupRules, AnAreaHasTheMembersOfTheDay) {
  Rollup earlier;
  earlier.set_tree(small_tree());
  earlier.advance(Instant{start_of(kToday, zone_).us - 1}, zone_);
  ItemRow row;
  row.no.value = 1;
  row.place = kVillage;
  earlier.put(row, {});
  EXPECT_EQ(earlier.publish(0)->totals(kArea), Totals{});
  earlier.advance(start_of(kToday, zone_), zone_);
  EXPECT_EQ(earlier.publish(0)->totals(kArea).kinds[0].count[kListed], 1);
}

TEST_F(RollupRules, AnItemIsOverdueFromTheEndOfItsDueDay) {
  ItemRow row = open(kVillage);
  row.due = kToday;
  rollup_.put(row, {});
  const Instant end = end_of(kToday, zone_);
  EXPECT_EQ(rollup_.next_due(zone_), end);
  rollup_.advance(Instant{end.us - 1}, zone_);
  EXPECT_EQ(late(kNation), 0);
  rollup_.advance(end, zone_);
  EXPECT_EQ(late(kNation), 1);
  EXPECT_FALSE(rollup_.next_due(zone_));
}

TEST_F(RollupRules, AClockSetBackChangesNothing) {
  ItemRow row = open(kVillage);
  row.due = kToday;
  rollup_.put(row, {});
  rollup_.advance(end_of(kToday, zone_), zone_);
  rollup_.advance(start_of(kToday, zone_), zone_);
  EXPECT_EQ(rollup_.publish(0)->instant(), end_of(kToday, zone_));
  EXPECT_EQ(late(kVillage), 1);
}

// The ledger's own days begin elsewhere than those assumed before the first advance.
TEST_F(RollupRules, ManyRowsOfOneUnitFollowTheDaysOfAnotherZone) {
  for (int i = 0; i < 200; ++i) {
    ItemRow row = open(kVillage);
    row.due = Day{kToday.number - 1};
    rollup_.put(row, {});
  }
  EXPECT_EQ(late(kVillage), 200);
  rollup_.advance(start_of(kToday, zone_), Zone{"UTC", 0});  // 16:00 of the day before
  EXPECT_EQ(late(kVillage), 0);
  EXPECT_EQ(late(kNation), 0);
  rollup_.advance(start_of(kToday, Zone{"UTC", 0}), Zone{"UTC", 0});
  EXPECT_EQ(late(kVillage), 200);
  EXPECT_EQ(late(kNation), 200);
}

TEST_F(RollupRules, ALaterDeadlineOrAClosingEndsLateness) {
  ItemRow row = open(kVillage);
  row.due = Day{kToday.number - 1};
  rollup_.put(row, {});
  EXPECT_EQ(late(kVillage), 1) << "put after its due day";
  row.due = kToday;
  rollup_.put(row, {});
  EXPECT_EQ(late(kVillage), 0);
  row.phase = Phase::Closed;
  rollup_.put(row, {});
  EXPECT_FALSE(rollup_.next_due(zone_)) << "a closed item waits for nothing";
  row.phase = Phase::Listed;
  rollup_.put(row, {});
  EXPECT_EQ(rollup_.next_due(zone_), end_of(kToday, zone_)) << "but reopened it does again";
  rollup_.advance(end_of(kToday, zone_), zone_);
  EXPECT_EQ(late(kVillage), 1);
}

TEST_F(RollupRules, StagedRowsAreFoundButCountNowhereUntilAdopted) {
  ItemRow row = open(kVillage);
  row.no.value = 100;
  row.import = 9;
  row.due = Day{kToday.number - 1};
  row.phase = Phase::Closed;
  row.fixed = true;
  const std::vector<ItemQuantity> quantities = {{"spaces", "piece", 36, Qualifier::Exact}};
  rollup_.put(row, quantities);
  const auto staged = rollup_.publish(0);
  EXPECT_EQ(staged->row_count(), 2);
  EXPECT_EQ(staged->find(row.no), RowIndex{1});
  EXPECT_EQ(staged->count({}), 1);
  EXPECT_EQ(staged->totals(kVillage).kinds[0].count[kClosed], 0);
  EXPECT_TRUE(staged->quantities(kNation, kAllKinds).empty());
  EXPECT_EQ(rollup_.adopt_import(8), 0);
  EXPECT_EQ(rollup_.adopt_import(9), 1);
  EXPECT_EQ(rollup_.adopt_import(9), 0);
  const auto adopted = rollup_.publish(1);
  EXPECT_EQ(adopted->count({}), 2);
  EXPECT_EQ(adopted->totals(kNation).kinds[0].closed_fixed, 1);
  ASSERT_EQ(adopted->quantities(kArea, kAllKinds).size(), 1);
  EXPECT_EQ(adopted->quantities(kArea, kAllKinds)[0].value, 36);
  EXPECT_EQ(staged->count({}), 1) << "the earlier view stays";
}

TEST_F(RollupRules, QuantitiesAreSummedByNameAndSayWhatIsUnsure) {
  ItemRow row = open(kVillage);
  rollup_.put(row, std::vector<ItemQuantity>{{"spaces", "piece", 36, Qualifier::Exact}});
  row = open(kOther);
  rollup_.put(row, std::vector<ItemQuantity>{{"spaces", "piece", 224, Qualifier::Over},
                                             {"trees", "piece", 9, Qualifier::About}});
  const std::vector<QuantitySum> sums = rollup_.publish(0)->quantities(kNation, kAllKinds);
  ASSERT_EQ(sums.size(), 2);
  EXPECT_EQ(sums[0], (QuantitySum{"spaces", "piece", 260, Qualifier::Over, 2}));
  EXPECT_EQ(sums[1], (QuantitySum{"trees", "piece", 9, Qualifier::About, 1}));
  rollup_.put(row, {});  // reopened: they no longer count
  EXPECT_EQ(rollup_.publish(0)->quantities(kNation, kAllKinds)[0].value, 36);
}

TEST_F(RollupRules, AChangeThatSaysNothingOfQuantitiesLeavesThem) {
  ItemRow row = open(kVillage);
  rollup_.put(row, std::vector<ItemQuantity>{{"spaces", "piece", 36, Qualifier::Exact}});
  row.place = kOther;
  rollup_.put(row);
  EXPECT_TRUE(rollup_.publish(0)->quantities(kVillage, kAllKinds).empty());
  EXPECT_EQ(rollup_.publish(0)->quantities(kOther, kAllKinds).size(), 1);
}

TEST_F(RollupRules, ClearedItIsEmptyAndEarlierViewsStay) {
  open(kVillage);
  const auto before = rollup_.publish(5);
  rollup_.clear();
  rollup_.set_tree(small_tree());
  EXPECT_EQ(rollup_.publish(0)->row_count(), 0);
  rollup_.advance(start_of(kToday, zone_), zone_);
  open(kOther);
  EXPECT_EQ(listed(kOther), 1);
  EXPECT_EQ(before->totals(kVillage).kinds[0].count[kListed], 1);
}

TEST_F(RollupRules, UnitsInsertedWithItemsInPlaceKeepEveryCount) {
  for (const UnitId unit : {kNation, kProvince, kCounty, kVillage, kOther}) open(unit);
  const auto before = rollup_.publish(0);
  auto tree = std::make_shared<ledger::OrgTree>(before->tree());
  ledger::UnitRow group;  // the village was a leaf
  group.code = group.name = "g";
  group.parent = kVillage;
  tree->add_units({&group, 1});
  rollup_.set_tree(tree);
  const UnitId added{static_cast<std::uint32_t>(tree->size() - 1)};
  open(added);
  EXPECT_EQ(listed(added), 1);
  EXPECT_EQ(listed(kVillage), 2);
  EXPECT_EQ(listed(kNation), 6);
  EXPECT_EQ(before->totals(kNation).kinds[0].count[kListed], 5);
}

TEST_F(RollupRules, AMovedItemLeavesOneUnitAndEntersAnother) {
  ItemRow row = open(kVillage);
  open(kVillage);
  row.place = kOther;
  row.kind = 3;
  rollup_.put(row, {});
  EXPECT_EQ(listed(kVillage), 1);
  EXPECT_EQ(listed(kOther), 0);
  EXPECT_EQ(rollup_.publish(0)->totals(kOther).kinds[3].count[kListed], 1);
  EXPECT_EQ(rollup_.publish(0)->totals(kCounty).kinds[3].count[kListed], 1);
}

TEST_F(RollupRules, ListsAreNewestFirstAndPagedByRow) {
  for (int i = 0; i < 5; ++i) open(i % 2 == 0 ? kVillage : kOther);
  const auto view = rollup_.publish(0);
  Filter filter;
  filter.unit = kVillage;
  using Rows = std::vector<RowIndex>;
  EXPECT_EQ(view->list(filter, std::nullopt, 2), (Rows{RowIndex{4}, RowIndex{2}}));
  EXPECT_EQ(view->list(filter, RowIndex{2}, 2), (Rows{RowIndex{0}}));
  EXPECT_TRUE(view->list(filter, RowIndex{0}, 2).empty());
  EXPECT_TRUE(view->list(filter, std::nullopt, 0).empty());
}

TEST_F(RollupRules, SightShowsOwnExtentsOwnLeadAndOwnListings) {
  open(kVillage);
  ItemRow led = open(kOther);
  led.lead = kVillage;
  rollup_.put(led, {});
  ItemRow recorded = open(kProvince);
  recorded.recorder = AccountId{5};
  rollup_.put(recorded, {});
  open(kProvince);
  const auto view = rollup_.publish(0);
  Filter filter;
  filter.sight = Filter::Sight{};
  filter.sight->recorders = {AccountId{7}};
  EXPECT_EQ(view->count(filter), 0);
  filter.sight->places = {view->tree().subtree(kVillage)};
  EXPECT_EQ(view->count(filter), 1);
  filter.sight->leads = {view->tree().subtree(kVillage)};
  EXPECT_EQ(view->count(filter), 2);
  filter.sight->recorders = {AccountId{7}, AccountId{5}};
  EXPECT_EQ(view->count(filter), 3);
  // Of one kind wherever it lies, of the others nothing more.
  const std::vector<ledger::Interval> everywhere = {view->tree().subtree(UnitId{0})};
  filter.sight->kinds = {{9, everywhere}};
  EXPECT_EQ(view->count(filter), 3);
  filter.sight->kinds = {{view->row(RowIndex{0}).kind, everywhere}};
  EXPECT_EQ(view->count(filter), 4);
  // Of one kind where they were placed.
  filter.sight->kinds.clear();
  filter.sight->placed = {{9, {kProvince}}};
  EXPECT_EQ(view->count(filter), 3);
  filter.sight->placed = {{view->row(RowIndex{0}).kind, {kProvince}}};
  EXPECT_EQ(view->count(filter), 4);
}

}  // namespace
}  // namespace tz::rollup
