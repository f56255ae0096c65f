// Who receives what is complained of a unit that is no more.
#include "ledger/receiver.h"

#include <gtest/gtest.h>

#include <vector>

namespace tz::ledger {
namespace {

TEST(Receiver, IsNeverTheSuccessorOfWhomItIsAbout) {
  constexpr Day kDay{18'147};
  const UnitId county{1};
  const UnitId township{2};
  const UnitId village{3};
  OrgTree tree;
  tree.add_units(
      std::vector<UnitRow>{{"0", "国", UnitId{0}, UnitKind::Nation, false, Day{1}, {}},
                           {"1", "县", UnitId{0}, UnitKind::County, false, Day{1}, {}},
                           {"11", "镇", county, UnitKind::Township, false, Day{1}, {}},
                           {"111", "村", township, UnitKind::Village, false, Day{1}, {}}});
  State state;
  state.tree = std::make_shared<const OrgTree>(tree);
  EXPECT_EQ(*receiver_of(state, {village}, kDay), township);
  tree.change_units(std::vector<UnitChange>{{village, ChangeKind::Ended, {}, {}},
                                            {village, ChangeKind::Succeeded, {}, township}},
                    kDay, Seq{1});
  tree.settle();
  state.tree = std::make_shared<const OrgTree>(tree);
  EXPECT_EQ(*receiver_of(state, {village}, kDay), county);
}

}  // namespace
}  // namespace tz::ledger
