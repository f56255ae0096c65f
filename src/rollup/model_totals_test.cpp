// A model and its copies add up, as sure as their least sure part.
#include "rollup/model_totals.h"

#include <gtest/gtest.h>

#include <memory>

namespace tz::rollup {
namespace {

using ledger::Item;
using ledger::Qualifier;
using ledger::Quantity;

Quantity spaces(std::int64_t value, Qualifier qualifier) {
  Quantity out;
  out.id = "parking_spaces";
  out.unit = "space";
  out.value = value;
  out.qualifier = qualifier;
  return out;
}

ledger::State one_kind() {
  ledger::State state;
  auto flow = std::make_shared<ledger::Flow>();
  flow->kind = "project";
  flow->states = {{"working", {}, ledger::Phase::Working},
                  {"closed", {}, ledger::Phase::Closed},
                  {"not_chosen", {}, ledger::Phase::Dropped}};
  flow->outcomes = {{"finished", {}, true, false, false}};
  state.flows = {flow};
  state.kinds = {"project"};
  return state;
}

Item working(std::int64_t target, const Quantity& actual) {
  Item item;
  item.criterion = {spaces(target, Qualifier::Exact)};
  item.actuals = {actual};
  item.funds = {1'000, 800, 200};
  return item;
}

TEST(ModelTotals, RunOverTheModelAndItsCopies) {
  const ledger::State state = one_kind();
  std::vector<Item> items{working(36, spaces(36, Qualifier::Exact)),
                          working(200, spaces(224, Qualifier::Over))};
  const ModelTotals totals = model_totals(state, items);
  ASSERT_EQ(totals.indicators.size(), 1U);
  const ModelTotal& all = totals.indicators.front();
  EXPECT_EQ(all.target, (QuantitySum{"parking_spaces", "space", 236, Qualifier::Exact, 2}));
  EXPECT_EQ(all.reached, (QuantitySum{"parking_spaces", "space", 260, Qualifier::Over, 2}));
  EXPECT_EQ(all.verified.item_count, 0U);
  EXPECT_EQ(totals.funds, (ModelFunds{2'000, 1'600, 400}));
  items.push_back(working(10, spaces(10, Qualifier::About)));
  EXPECT_EQ(model_totals(state, items).indicators.front().reached.qualifier, Qualifier::About);
}

TEST(ModelTotals, TakeWhatWasVerifiedForWhatWasReported) {
  const ledger::State state = one_kind();
  std::vector<Item> items{working(36, spaces(40, Qualifier::About))};
  items[0].state = 1;
  ledger::Closure closure;
  closure.outcome = "finished";
  closure.fixed = true;
  closure.quantities = {spaces(36, Qualifier::Exact)};
  items[0].closures = {closure};
  const ModelTotals totals = model_totals(state, items);
  EXPECT_EQ(totals.indicators.front().reached.value, 36);
  EXPECT_EQ(totals.indicators.front().verified.value, 36);
  EXPECT_EQ(totals.closed_fixed, 1U);
}

TEST(ModelTotals, LeaveOutWhatLeftTheList) {
  const ledger::State state = one_kind();
  std::vector<Item> items{working(36, spaces(36, Qualifier::Exact))};
  items[0].state = 2;
  EXPECT_EQ(model_totals(state, items).item_count, 0U);
  EXPECT_TRUE(model_totals(state, items).indicators.empty());
}

}  // namespace
}  // namespace tz::rollup
