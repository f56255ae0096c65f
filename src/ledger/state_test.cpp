// Folding events into state: the same whether the tree is settled after each or at the end.
#include "ledger/state.h"

#include <gtest/gtest.h>

#include <string>

namespace tz::ledger {
namespace {

const Day kDay = *parse_day("2019-09-09");

Result<Flow> read_request(std::string_view) {
  Flow flow;
  flow.kind = "request";
  return flow;
}

UnitsRegistered unit(std::uint32_t id) {
  UnitRow row;
  row.code = row.name = std::to_string(id);
  row.parent = UnitId{0};
  return {"test", UnitId{id}, {row}};
}

// A snapshot replays the events of state in one go; the engine settles before every next command.
TEST(State, AMonthKnowsTheUnitsOfItsTimeHoweverItIsReplayed) {
  for (const bool settled : {true, false}) {
    State state;
    for (const Event& event :
         {Event(unit(0)), Event(unit(1)), Event(FlowAdopted{"request", 1, ""}),
          Event(FiguresPublished{"request", kDay, {}}),
          Event(FiguresPublished{"request", kDay, {{UnitId{1}, 5}}}), Event(unit(2)),
          Event(FiguresPublished{"request", next_month(kDay), {}})}) {
      apply(state, event, read_request);
      if (settled) settle(state);
    }
    settle(state);
    ASSERT_EQ(state.public_months.size(), 2U);
    EXPECT_EQ(state.public_months[0]->unit_count, 2U);
    EXPECT_EQ(state.public_months[0]->figures.size(), 1U);
    EXPECT_EQ(state.public_months[1]->unit_count, 3U);
  }
}

}  // namespace
}  // namespace tz::ledger
