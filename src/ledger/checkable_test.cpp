// Who is left to check a fix, when its work is given out and afterwards.
#include "ledger/checkable.h"

#include <gtest/gtest.h>

#include "ledger/small_flow_test.h"

namespace tz::ledger {
namespace {

constexpr UnitId kRoot{0}, kCounty{1}, kOffice{2}, kBureau{3};
const Day kToday = *parse_day("2019-09-09");

std::shared_ptr<const Policy> open_policy() {
  auto policy = std::make_shared<Policy>();
  for (PolicyRow& row : policy->rows) {
    row.admits = Admits::Posts;
    row.who.fill({Relation::Scope, Relation::Named});
    row.by_flow = true;
  }
  return policy;
}

// A county below a root, with an office and a bureau; of a kind that is checked by two.
class Checkable : public testing::Test {
 protected:
  Checkable() {
    auto tree = std::make_shared<OrgTree>();
    tree->add_units(std::vector<UnitRow>{
        {"0", "根", kRoot, UnitKind::Province, false, Day{0}, {}},
        {"1", "县", kRoot, UnitKind::County, false, Day{0}, {}},
        {"2", "街道", kCounty, UnitKind::Township, false, Day{0}, {}},
        {"3", "局", kCounty, UnitKind::Agency, false, Day{0}, {}},
    });
    state.tree = tree;
    flow->kind = "matter";
    flow->states = {{"working", {}, Phase::Working}, {"closed", {}, Phase::Closed}};
    flow->outcomes = {{"fixed", {}, true}};
    Transition check = move("check", {0}, 0, Act::Check, {{GuardKind::CheckersMin, 2}});
    check.who = {{Role::Verifier, Relation::Scope}};
    flow->transitions = {check, move("assign", {0}, 0, Act::Assign)};
    state.kinds = {"matter"};
    state.flows = {flow};
    state.policy = open_policy();
    item.place = kOffice;
    item.lead = kOffice;
    item.fixer_units = {kOffice};
  }

  void verifier(UnitId unit, AccountId account) {
    const PostId next{state.posts.size() + 1};
    while (state.accounts.size() < account.value)
      state.accounts.add(AccountId{state.accounts.size() + 1});
    add_post(state, {next, account, unit, Role::Verifier, Day{0}, {}});
  }
  std::string refused(const std::vector<UnitId>& units) {
    const Circumstances at{state, [](ItemNo) { return nullptr; }, {AccountId{1}, {}}, Instant{0}};
    const ActionInput input;
    const Acting a{at, flow->transitions[1], item, input, kToday, PostId{1}, {}, {}, 0};
    const Refused error = nobody_to_check(a, units);
    return error ? error->code + " " + error->facts.front().second : "";
  }
  std::string there() {
    const auto checkers = checkers_of(state, item, kToday);
    return checkers ? std::to_string(checkers->there) + "/" + std::to_string(checkers->needed) : "";
  }

  State state;
  std::shared_ptr<Flow> flow = std::make_shared<Flow>();
  Item item;
};

TEST_F(Checkable, IsNotWhatTheTopmostUnitTakesPartIn) {
  EXPECT_EQ(refused({kCounty, kBureau}), "");
  EXPECT_EQ(refused({kOffice, kRoot}), "nobody_to_check 0");
  flow->outcomes[0].fixed = false;
  EXPECT_EQ(refused({kRoot}), "") << "nobody claims that it is fixed";
}

TEST_F(Checkable, NeedsSoManyPersonsWhoAreFree) {
  EXPECT_EQ(there(), "0/2");
  verifier(kOffice, AccountId{1});
  EXPECT_EQ(there(), "0/2") << "of the unit that leads";
  verifier(kBureau, AccountId{2});
  EXPECT_EQ(there(), "0/2") << "not over the place";
  verifier(kCounty, AccountId{3});
  verifier(kRoot, AccountId{3});
  EXPECT_EQ(there(), "1/2") << "one person in two posts";
  verifier(kRoot, AccountId{4});
  verifier(kRoot, AccountId{5});
  EXPECT_EQ(there(), "2/2");
  item.supporting_units = {kCounty};
  EXPECT_EQ(there(), "2/2");
  item.fixers = {{AccountId{5}, kRoot, false}};
  EXPECT_EQ(there(), "0/2") << "somebody of the unit had a hand in it";
}

TEST_F(Checkable, FindsThemInUnitsThatSucceededThoseAboveOrAreNamed) {
  verifier(kBureau, AccountId{1});
  verifier(kBureau, AccountId{2});
  EXPECT_EQ(there(), "0/2");
  state.successions.add({kCounty, kBureau, kToday});
  EXPECT_EQ(there(), "2/2");
  state.successions = {};
  flow->transitions[0].who = {{Role::Verifier, Relation::Named}};
  EXPECT_EQ(there(), "0/2");
  item.accepting = kBureau;
  EXPECT_EQ(there(), "2/2");
}

TEST_F(Checkable, IsNotAskedOfWhatIsClosedOrUnled) {
  item.state = 1;
  EXPECT_EQ(there(), "");
  item.state = 0;
  item.lead.reset();
  EXPECT_EQ(there(), "");
}

}  // namespace
}  // namespace tz::ledger
