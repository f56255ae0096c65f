// Registering, counting and signing households, and what comes before what.
#include "ledger/decide_resettlement.h"

#include <gtest/gtest.h>

#include <map>

#include "ledger/household.h"
#include "ledger/household_flow.h"
#include "ledger/row_fold.h"

namespace tz::ledger {
namespace {

constexpr Day kToday{18'147};

// 0 nation, 1 county, 2 village of it with 3 and 4 as groups, 5 another county, 6 an area that lies
// in 1 and has 5 as a member.
std::shared_ptr<const OrgTree> small_tree() {
  const auto row = [](const char* code, std::uint32_t parent, UnitKind kind) {
    return UnitRow{code, code, UnitId{parent}, kind, false, Day{1}, {}};
  };
  auto tree = std::make_shared<OrgTree>();
  tree->add_units(std::vector<UnitRow>{row("0", 0, UnitKind::Nation), row("1", 0, UnitKind::County),
                                       row("2", 1, UnitKind::Village), row("3", 2, UnitKind::Group),
                                       row("4", 2, UnitKind::Group), row("5", 0, UnitKind::County),
                                       row("6", 1, UnitKind::Area)});
  tree->add_lines(std::vector<LineEdge>{{UnitId{5}, UnitId{6}, LineKind::Area, Day{1}, {}}});
  return tree;
}

std::shared_ptr<const Policy> small_policy() {
  auto policy = std::make_shared<Policy>();
  const auto give = [&](Right right, About about) {
    PolicyRow& row = policy->of(right);
    row.about = about;
    row.admits = Admits::Posts;
    row.who[static_cast<std::size_t>(Role::Supervisor)] = {Relation::Scope};
  };
  for (const Right right : {Right::SchemeOpen, Right::RosterPublish, Right::ItemOpen})
    give(right, About::Unit);
  for (const Right right : {Right::ItemRead, Right::ItemCorrect, Right::HouseholdCode,
                            Right::StepMove, Right::StepSign, Right::StepRevoke, Right::StepTake})
    give(right, About::Item);
  for (const Right right :
       {Right::ItemOpen, Right::StepMove, Right::StepSign, Right::StepRevoke, Right::StepTake})
    policy->of(right).by_flow = true;
  return policy;
}

Transition step(const char* id, std::vector<std::uint16_t> from, std::uint16_t to,
                Act act = Act::Move) {
  Transition out;
  out.id = id;
  out.from = std::move(from);
  out.to = to;
  out.act = act;
  out.who = {{Role::Supervisor, Relation::Scope}};
  return out;
}

Result<Flow> read_household(std::string_view) {
  Flow flow;
  flow.kind = "household";
  flow.states = {{"registered", {}, Phase::Listed, HouseholdStage::Registered},
                 {"signed", {}, Phase::Working, HouseholdStage::Signed},
                 {"decided", {}, Phase::Working, HouseholdStage::Decided},
                 {"paid", {}, Phase::Working, HouseholdStage::Paid},
                 {"vacated", {}, Phase::Working, HouseholdStage::Vacated},
                 {"demolished", {}, Phase::Working, HouseholdStage::Demolished},
                 {"withdrawn", {}, Phase::Dropped, HouseholdStage::None}};
  flow.transitions = {step("sign", {0}, 1, Act::Sign),
                      step("revoke", {1}, 0, Act::Revoke),
                      step("decide", {0}, 2),
                      step("pay", {1, 2}, 3),
                      step("vacate", {0, 1, 2, 3}, 4),
                      step("demolish", {0, 1, 2, 3, 4}, 5),
                      step("withdraw", {0, 1, 2, 3, 4}, 6)};
  flow.opened_by = {{Role::Supervisor, Relation::Scope}};
  flow.sources = {"register"};
  return flow;
}

class Resettling : public testing::Test {
 protected:
  Resettling() {
    state.tree = small_tree();
    state.policy = small_policy();
    record(FlowAdopted{"household", 1, ""}, {});
    for (std::uint64_t i = 1; i <= 2; ++i) record(AccountOpened{AccountId{i}}, {});
    record(PostGranted{PostId{1}, AccountId{1}, UnitId{1}, Role::Supervisor, Day{1}, {}}, {});
    record(PostGranted{PostId{2}, AccountId{2}, UnitId{5}, Role::Supervisor, Day{1}, {}}, {});
  }
  void record(const Event& event, std::optional<ItemNo> no) {
    const Instant now = start_of(day, Zone{});
    const Seq seq{++last};
    const Mark mark{seq, now, PostId{1}, 0, Origin::Real};
    if (!no)
      apply(state, event, RecordedAs{now, seq}, {&read_household, nullptr});
    else if (const auto* opened = std::get_if<ItemOpened>(&event))
      items[*no] = open(state, *opened, mark);
    else
      apply(items.at(*no), state, event, mark);
  }
  // The code of the refusal; empty: it was done.
  std::string ask(const Command& command, std::uint64_t account = 1) {
    const Circumstances at{state,
                           [this](ItemNo no) {
                             const auto found = items.find(no);
                             return found == items.end() ? nullptr : &found->second;
                           },
                           {AccountId{account}, {}},
                           start_of(day, Zone{}),
                           {&read_household, nullptr},
                           {}};
    const auto decision = decide(at, command);
    if (!decision.ok()) return decision.error().code;
    for (const EventDraft& draft : decision->events) record(draft.event, draft.item);
    return "";
  }
  std::string list(std::uint64_t no, std::uint32_t unit = 3,
                   std::optional<ItemNo> split_from = std::nullopt) {
    OpenItem command;
    command.no = ItemNo{no};
    command.kind = "household";
    command.place = UnitId{unit};
    command.source = "register";
    command.title = "某户";
    command.scheme = "round_3";
    command.split_from = split_from;
    return ask(command);
  }
  std::string take(std::uint64_t no, const std::string& transition) {
    ActionInput input;
    input.text = input.reason = "如此";
    return ask(TakeAction{ItemNo{no}, items.at(ItemNo{no}).last, transition, input});
  }
  void freeze(std::uint64_t count) {
    ASSERT_EQ(ask(OpenScheme{"round_3", "第三批", {UnitId{1}}}), "");
    for (std::uint64_t no = 1; no <= count; ++no) ASSERT_EQ(list(no), "");
    ASSERT_EQ(ask(CloseRegister{"round_3"}), "");
    ASSERT_EQ(
        ask(FreezeRoster{"round_3", last + 1, {{UnitId{3}, static_cast<std::int64_t>(count)}}}),
        "");
  }
  const Scheme& scheme() { return *state.schemes.front(); }

  State state;
  std::map<ItemNo, Item> items;
  Day day = kToday;
  std::uint64_t last = 0;
};

TEST(HouseholdFlow, EveryStateButOfThoseWhoLeftNamesItsStage) {
  const auto faults = [](std::size_t state, HouseholdStage stage) {
    Flow flow = *read_household("");
    flow.states[state].stage = stage;
    std::string out;
    for (const FlowFault& fault : household_faults(flow)) out += fault.code + "@" + fault.at + " ";
    return out;
  };
  EXPECT_EQ(faults(0, HouseholdStage::Registered), "");
  EXPECT_EQ(faults(2, HouseholdStage::None), "flow_state_stageless@decided ");
  EXPECT_EQ(faults(6, HouseholdStage::Told), "flow_state_stageless@withdrawn ");
}

// Whoever only looks has no other item at hand.
TEST_F(Resettling, WhatIsOfferedGoesByTheHouseholdAlone) {
  freeze(1);
  ASSERT_EQ(list(2, 3, ItemNo{1}), "");
  ASSERT_EQ(ask(OpenSigning{"round_3", day, Day{day.number + 30}, 80}), "");
  const auto offered = [&](std::uint64_t no, std::string_view step) {
    for (const Offer& offer :
         offers(state, AccountId{1}, items.at(ItemNo{no}), start_of(day, Zone{})))
      if (offer.transition->id == step) return offer.refusal ? offer.refusal->code : "";
    return std::string("not from here");
  };
  EXPECT_EQ(offered(1, "sign"), "");
  EXPECT_EQ(take(1, "sign"), "split_unsigned");
  ASSERT_EQ(take(2, "sign"), "");
  EXPECT_EQ(offered(2, "revoke"), "");
  ASSERT_EQ(take(2, "revoke"), "");
  ASSERT_EQ(take(2, "sign"), "");
  ASSERT_EQ(take(1, "sign"), "");
  EXPECT_EQ(offered(2, "revoke"), "agreements_in_effect");
  for (const char* step : {"pay", "vacate"}) ASSERT_EQ(take(1, step), "") << step;
  EXPECT_EQ(offered(1, "demolish"), "");
  EXPECT_EQ(take(1, "demolish"), "demolition_before_vacating");
}

TEST_F(Resettling, ASchemeIsRunByWhoIsOverAllOfIt) {
  EXPECT_EQ(ask(OpenScheme{"round_3", "第三批", {}}), "field_required");
  EXPECT_EQ(ask(OpenScheme{"round_3", "第三批", {UnitId{1}, UnitId{5}}}), "not_permitted");
  EXPECT_EQ(ask(OpenScheme{"round_3", "第三批", {UnitId{6}}}), "scheme_beyond_scope");
  EXPECT_EQ(ask(OpenScheme{"round_3", "第三批", {UnitId{1}, UnitId{2}}}), "unit_twice");
  EXPECT_EQ(ask(OpenScheme{"第三批", "第三批", {UnitId{1}}}), "code_bad");
  EXPECT_EQ(ask(OpenScheme{"round_3", "第三批", {UnitId{1}}}), "");
  EXPECT_EQ(ask(OpenScheme{"round_3", "再来", {UnitId{1}}}), "scheme_known");
  EXPECT_EQ(ask(CloseRegister{"round_3"}, 2), "not_permitted");
  EXPECT_EQ(ask(CloseRegister{"round_9"}), "scheme_unknown");
}

TEST_F(Resettling, WhatWasCountedBeforeTheRegisterWasClosedIsNoCount) {
  ASSERT_EQ(ask(OpenScheme{"round_3", "第三批", {UnitId{1}}}), "");
  ASSERT_EQ(list(1), "");
  const std::uint64_t before = last;
  EXPECT_EQ(ask(FreezeRoster{"round_3", before, {{UnitId{3}, 1}}}), "register_open");
  ASSERT_EQ(ask(CloseRegister{"round_3"}), "");
  EXPECT_EQ(ask(FreezeRoster{"round_3", before, {{UnitId{3}, 1}}}), "register_open");
  EXPECT_EQ(ask(FreezeRoster{"round_3", last + 1, {}}), "roster_empty");
  EXPECT_EQ(ask(FreezeRoster{"round_3", last + 1, {{UnitId{3}, 1}}}), "");
  EXPECT_EQ(ask(FreezeRoster{"round_3", last + 1, {{UnitId{3}, 1}}}), "roster_frozen");
  EXPECT_EQ(scheme().household_count, 1);
  EXPECT_EQ(list(2), "register_closed");
  EXPECT_EQ(take(1, "withdraw"), "register_closed");
  AdoptImport late;
  late.import = 7;
  late.schemes = {"round_3"};
  EXPECT_FALSE(registers_open(state, late.schemes).ok());
}

TEST_F(Resettling, GatesHoldWhateverTheFlowFileSays) {
  freeze(1);
  ASSERT_EQ(ask(OpenSigning{"round_3", day, Day{day.number + 10}, {}}), "");
  EXPECT_EQ(take(1, "vacate"), "vacating_before_payment");
  EXPECT_EQ(take(1, "demolish"), "demolition_before_vacating");
  EXPECT_EQ(take(1, "decide"), "signing_not_over");
  ASSERT_EQ(take(1, "sign"), "");
  EXPECT_EQ(take(1, "vacate"), "vacating_before_payment");
  EXPECT_EQ(take(1, "revoke"), "agreements_in_effect");
  ASSERT_EQ(take(1, "pay"), "");
  EXPECT_EQ(take(1, "demolish"), "demolition_before_vacating");
  ASSERT_EQ(take(1, "vacate"), "");
  ASSERT_EQ(take(1, "demolish"), "");
}

TEST_F(Resettling, TheRatioIsReachedByHouseholdAndBindsAll) {
  freeze(6);
  EXPECT_EQ(ask(OpenSigning{"round_3", day, Day{day.number + 10}, 79}), "signing_percent_low");
  EXPECT_EQ(ask(OpenSigning{"round_3", day, Day{day.number - 1}, 80}), "field_bad");
  ASSERT_EQ(ask(OpenSigning{"round_3", day, Day{day.number + 10}, 80}), "");
  for (std::uint64_t no = 1; no <= 4; ++no) ASSERT_EQ(take(no, "sign"), "");
  EXPECT_FALSE(scheme().holds());  // 4 of 6 are 66.7 %
  EXPECT_EQ(take(1, "pay"), "agreements_not_in_effect");
  ASSERT_EQ(take(4, "revoke"), "");
  EXPECT_EQ(scheme().signed_count, 3);
  ASSERT_EQ(take(4, "sign"), "");
  ASSERT_EQ(take(5, "sign"), "");
  EXPECT_TRUE(scheme().holds());  // 5 of 6 are 83.3 %
  EXPECT_EQ(take(1, "pay"), "");
}

TEST_F(Resettling, AgreementsLapseWithTheTerm) {
  freeze(2);
  ASSERT_EQ(ask(OpenSigning{"round_3", day, Day{day.number + 10}, 80}), "");
  ASSERT_EQ(take(1, "sign"), "");
  day.number += 11;
  EXPECT_TRUE(scheme().lapsed(day));
  EXPECT_EQ(take(2, "sign"), "signing_over");
  EXPECT_EQ(take(1, "pay"), "agreements_lapsed");
  EXPECT_EQ(take(2, "decide"), "agreements_lapsed");
}

TEST_F(Resettling, WhoSplitsSignsFirstAndIsNotCounted) {
  freeze(2);
  ASSERT_EQ(ask(OpenSigning{"round_3", day, Day{day.number + 10}, 80}), "");
  EXPECT_EQ(list(3, 4, ItemNo{1}), "split_unfit");
  ASSERT_EQ(list(3, 3, ItemNo{1}), "");
  EXPECT_EQ(items.at(ItemNo{1}).household->splits, std::vector<ItemNo>{ItemNo{3}});
  EXPECT_EQ(list(4, 3, ItemNo{3}), "split_unfit");
  EXPECT_EQ(take(1, "sign"), "split_unsigned");
  ASSERT_EQ(take(3, "sign"), "");
  EXPECT_EQ(scheme().signed_count, 0);
  ASSERT_EQ(take(1, "sign"), "");
  EXPECT_EQ(scheme().signed_count, 1);
  EXPECT_EQ(take(3, "revoke"), "household_signed");
  EXPECT_EQ(list(4, 3, ItemNo{1}), "household_signed");
}

TEST_F(Resettling, NoMoreSplitFromAHouseholdThanCanBeLookedAt) {
  freeze(1);
  for (std::uint64_t no = 2; no < 2 + kSplitsMax; ++no) ASSERT_EQ(list(no, 3, ItemNo{1}), "");
  EXPECT_EQ(list(2 + kSplitsMax, 3, ItemNo{1}), "splits_too_many");
}

TEST_F(Resettling, NothingIsDemolishedWhileWhoSplitIsStillThere) {
  freeze(1);
  ASSERT_EQ(ask(OpenSigning{"round_3", day, Day{day.number + 10}, {}}), "");
  ASSERT_EQ(list(2, 3, ItemNo{1}), "");
  for (const std::uint64_t no : {2U, 1U})
    for (const char* step : {"sign", "pay"}) ASSERT_EQ(take(no, step), "");
  ASSERT_EQ(take(1, "vacate"), "");
  EXPECT_EQ(take(1, "demolish"), "demolition_before_vacating");
  ASSERT_EQ(take(2, "vacate"), "");
  EXPECT_EQ(take(1, "demolish"), "");
}

TEST_F(Resettling, ARosterIsCheckedWhoeverMadeIt) {
  freeze(2);
  PublishRoster command;
  command.scheme = "round_3";
  command.unit = UnitId{2};
  command.first = day;
  command.last = day;
  EXPECT_EQ(ask(command), "roster_too_small");
  command.rows = {{{UnitId{3}}, {{HouseholdStage::Registered, HouseholdStage::Archived, 19}}}};
  EXPECT_EQ(ask(command), "roster_too_small");
  command.rows.front().cells.front().households = 20;
  command.unit = UnitId{1};
  EXPECT_EQ(ask(command), "roster_of_village");
  command.unit = UnitId{2};
  command.last = Day{day.number + 31};
  EXPECT_EQ(ask(command), "roster_period");
  command.last = Day{day.number + 30};
  EXPECT_EQ(ask(command, 2), "not_permitted");
  command.rows.front().units = {UnitId{5}};
  EXPECT_EQ(ask(command), "field_bad");
  command.rows.front().units = {UnitId{3}};
  EXPECT_EQ(ask(command), "");
  EXPECT_EQ(ask(command), "roster_today");
  command.audience = RosterAudience::Everybody;
  EXPECT_EQ(ask(command), "field_bad");
  command.unit.reset();
  EXPECT_EQ(ask(command), "field_bad");  // a group is for its village alone
  command.rows.front().units = {UnitId{1}};
  EXPECT_EQ(ask(command), "");
}

TEST_F(Resettling, ARowFollowsItsItem) {
  freeze(1);
  ASSERT_EQ(ask(OpenSigning{"round_3", day, Day{day.number + 10}, {}}), "");
  const ItemRow before = row_of(items.at(ItemNo{1}), state);
  EXPECT_EQ(before.scheme, 1);
  EXPECT_EQ(before.stage, HouseholdStage::Registered);
  ASSERT_EQ(take(1, "sign"), "");
  ItemRow row = before;
  const TransitionTaken taken{"sign", "registered", "signed"};
  fold(row, state, taken, {items.at(ItemNo{1}).last, start_of(day, Zone{}), PostId{1}, 0, {}});
  EXPECT_EQ(row, row_of(items.at(ItemNo{1}), state));
  EXPECT_TRUE(row.has_signed);
}

}  // namespace
}  // namespace tz::ledger
