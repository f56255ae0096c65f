// Sending a work group, what it gives while it lasts, and what is recorded of its visits.
#include "ledger/decide_work_group.h"

#include <gtest/gtest.h>

#include "ledger/permission.h"

namespace tz::ledger {
namespace {

constexpr Day kToday{18'147};
Instant at_noon(Day day) { return Instant{start_of(day, Zone{}).us + 4 * 3'600'000'000}; }

// 0 nation, 1 province, 2 county of it, 3 township of that, 4 another province, 5 an area that lies
// in 1 and has 3 and 4 as members.
std::shared_ptr<const OrgTree> small_tree() {
  const auto row = [](const char* code, std::uint32_t parent, UnitKind kind) {
    return UnitRow{code, code, UnitId{parent}, kind, false, Day{1}, {}};
  };
  auto tree = std::make_shared<OrgTree>();
  tree->add_units(
      std::vector<UnitRow>{row("0", 0, UnitKind::Nation), row("1", 0, UnitKind::Province),
                           row("2", 1, UnitKind::County), row("3", 2, UnitKind::Township),
                           row("4", 0, UnitKind::Province), row("5", 1, UnitKind::Area)});
  tree->add_lines(std::vector<LineEdge>{{UnitId{3}, UnitId{5}, LineKind::Area, Day{1}, {}},
                                        {UnitId{4}, UnitId{5}, LineKind::Area, Day{1}, {}}});
  return tree;
}

std::shared_ptr<const Policy> small_policy() {
  auto policy = std::make_shared<Policy>();
  const auto give = [&](Right right, About about, Role role, Relations relations) {
    PolicyRow& row = policy->of(right);
    row.about = about;
    row.admits = Admits::Posts;
    row.who[static_cast<std::size_t>(role)] = relations;
  };
  give(Right::WorkGroupMandate, About::Unit, Role::Supervisor, {Relation::Scope});
  give(Right::WorkGroupRead, About::Unit, Role::Supervisor, {Relation::Scope, Relation::Mandate});
  for (const Role role : {Role::Recorder, Role::Verifier}) {
    give(Right::WorkGroupRead, About::Unit, role, {Relation::Mandate});
    give(Right::VisitRecord, About::Unit, role, {Relation::Mandate});
    give(Right::ItemRead, About::Item, role,
         {Relation::Scope, Relation::Recorder, Relation::Mandate});
  }
  give(Right::ItemOpen, About::Unit, Role::Recorder, {Relation::Scope, Relation::Mandate});
  policy->of(Right::ItemOpen).by_flow = true;
  return policy;
}

Result<Flow> read_problem(std::string_view) {
  Flow flow;
  flow.kind = "problem";
  flow.states = {{"registered", {}, Phase::Listed}};
  flow.opened_by = {{Role::Recorder, Relation::Scope}};
  flow.sources = {"inspection"};
  return flow;
}

// Accounts and posts: 1 supervises province 1; 2 verifies and 3 records at province 4; 4 records at
// county 2; 5 supervises the nation.
class Groups : public testing::Test {
 protected:
  Groups() {
    state.tree = small_tree();
    state.policy = small_policy();
    record(FlowAdopted{"problem", 1, ""});
    const std::pair<std::uint32_t, Role> posts[] = {{1, Role::Supervisor},
                                                    {4, Role::Verifier},
                                                    {4, Role::Recorder},
                                                    {2, Role::Recorder},
                                                    {0, Role::Supervisor}};
    for (const auto& [unit, role] : posts) {
      const std::uint64_t id = state.posts.size() + 1;
      record(AccountOpened{AccountId{id}});
      record(PostGranted{PostId{id}, AccountId{id}, UnitId{unit}, role, Day{1}, {}});
    }
  }

  void record(const Event& event) {
    apply(state, event, {at_noon(today), next()}, {read_problem, nullptr});
  }

  Circumstances as(std::uint64_t account) {
    return {state,
            [this](ItemNo no) -> const Item* { return item && item->no == no ? &*item : nullptr; },
            {AccountId{account}, {}},
            at_noon(today)};
  }
  // What it recorded, or the refusal's code.
  std::string ask(std::uint64_t account, const Command& command) {
    const auto decision = decide(as(account), command);
    if (!decision.ok()) return decision.error().code;
    for (const EventDraft& draft : decision->events) {
      const Mark mark{next(), at_noon(today), decision->post, 0, {}};
      if (const auto* opened = std::get_if<ItemOpened>(&draft.event))
        item = open(state, *opened, mark);
      else if (!draft.item)
        apply(state, draft.event, {at_noon(today), mark.seq}, {read_problem, nullptr});
      texts = draft.texts;
    }
    return "ok";
  }
  MandateWorkGroup mandate() const {
    MandateWorkGroup out;
    out.name = "第一督导组";
    out.members = {PostId{2}, PostId{3}};
    out.units = {UnitId{2}};
    out.kinds = {"problem"};
    out.to = Day{kToday.number + 30};
    return out;
  }
  OpenItem problem(std::uint32_t place) const {
    OpenItem out;
    out.no = ItemNo{7};
    out.kind = "problem";
    out.place = UnitId{place};
    out.source = "inspection";
    out.title = "x";
    return out;
  }
  RecordVisit visit(std::uint32_t unit) const {
    RecordVisit out;
    out.group = WorkGroupId{1};
    out.unit = UnitId{unit};
    out.day = today;
    out.text = "what was seen";
    return out;
  }

  State state;
  std::optional<Item> item;
  std::vector<LabelledText> texts;
  Day today = kToday;

 private:
  Seq next() { return Seq{++records_}; }
  std::uint64_t records_ = 0;
};

TEST_F(Groups, AreSentByWhoIsOverAllTheyAreSentTo) {
  EXPECT_EQ(ask(2, mandate()), "not_permitted");
  EXPECT_EQ(ask(4, mandate()), "not_permitted");
  MandateWorkGroup wide = mandate();
  wide.units = {UnitId{2}, UnitId{4}};
  EXPECT_EQ(ask(1, wide), "not_permitted") << "over one of them alone";
  // The area lies in his province and reaches into another.
  wide.units = {UnitId{5}};
  EXPECT_EQ(ask(1, wide), "mandate_beyond_scope");
  EXPECT_EQ(ask(5, wide), "ok");
}

TEST_F(Groups, NeedMembersMattersAndAPeriod) {
  MandateWorkGroup bad = mandate();
  bad.members.clear();
  EXPECT_EQ(ask(1, bad), "field_required");
  bad.members = {PostId{9}};
  EXPECT_EQ(ask(1, bad), "member_unfit");
  bad = mandate();
  bad.kinds.clear();
  EXPECT_EQ(ask(1, bad), "field_required");
  bad.kinds = {"petition"};
  EXPECT_EQ(ask(1, bad), "kind_unknown");
  bad = mandate();
  bad.requirements = {{"p", "r"}};
  EXPECT_EQ(ask(1, bad), "programme_unknown");
  bad = mandate();
  bad.to = Day{kToday.number - 1};
  EXPECT_EQ(ask(1, bad), "mandate_period");
  bad = mandate();
  bad.from = Day{kToday.number - 1};
  EXPECT_EQ(ask(1, bad), "mandate_period");
  bad = mandate();
  bad.name = " ";
  EXPECT_EQ(ask(1, bad), "field_required");
}

TEST_F(Groups, LookIntoTheSameOnlyWithAReason) {
  ASSERT_EQ(ask(1, mandate()), "ok");
  EXPECT_EQ(ask(5, mandate()), "mandate_overlaps");
  MandateWorkGroup second = mandate();
  second.units = {UnitId{0}};
  EXPECT_EQ(ask(5, second), "mandate_overlaps") << "it covers the county too";
  second.from = Day{kToday.number + 31};
  second.to = Day{kToday.number + 40};
  EXPECT_EQ(ask(5, second), "ok") << "on no day that both have";
  second = mandate();
  second.overlap_reason = "another matter of the same kind";
  EXPECT_EQ(ask(1, second), "ok");
  EXPECT_EQ(state.work_groups.back()->overlaps, std::vector{WorkGroupId{1}});
  ASSERT_EQ(texts.size(), 1U);
  EXPECT_EQ(texts[0].label, "overlap_reason");
}

TEST_F(Groups, SeeAndListInsideTheirMandateAndNowhereElse) {
  EXPECT_EQ(ask(3, problem(3)), "not_permitted");
  ASSERT_EQ(ask(1, mandate()), "ok");
  EXPECT_EQ(ask(3, problem(1)), "not_permitted") << "above what it is sent to";
  ASSERT_EQ(ask(3, problem(3)), "ok");
  EXPECT_EQ(item->work_group, WorkGroupId{1});
  EXPECT_EQ(row_of(*item, state).recorder, AccountId{});
  for (const std::uint64_t member : {2, 3})
    EXPECT_TRUE(may_read(state, AccountId{member}, *item, today)) << member;
  // The last day, and the day after: not even what he listed himself.
  EXPECT_TRUE(may_read(state, AccountId{3}, *item, Day{kToday.number + 30}));
  for (const std::uint64_t member : {2, 3})
    EXPECT_FALSE(may_read(state, AccountId{member}, *item, Day{kToday.number + 31})) << member;
  EXPECT_TRUE(may_read(state, AccountId{4}, *item, today)) << "its own unit goes on";
}

TEST_F(Groups, EndAtOnceAndLoseMembersAtOnce) {
  ASSERT_EQ(ask(1, mandate()), "ok");
  ASSERT_EQ(ask(3, problem(3)), "ok");
  EXPECT_EQ(ask(3, ChangeMembers{WorkGroupId{1}, {PostId{2}}}), "not_permitted");
  EXPECT_EQ(ask(4, ChangeMembers{WorkGroupId{1}, {PostId{2}}}), "work_group_unknown");
  EXPECT_EQ(ask(1, ChangeMembers{WorkGroupId{1}, {PostId{2}}}), "ok");
  EXPECT_FALSE(may_read(state, AccountId{3}, *item, today));
  EXPECT_TRUE(may_read(state, AccountId{2}, *item, today));
  EXPECT_EQ(ask(1, EndWorkGroup{WorkGroupId{1}, ""}), "field_required");
  EXPECT_EQ(ask(1, EndWorkGroup{WorkGroupId{1}, "done"}), "ok");
  EXPECT_FALSE(may_read(state, AccountId{2}, *item, today));
  EXPECT_EQ(ask(2, visit(3)), "work_group_unknown") << "to him there is none any more";
  EXPECT_EQ(ask(1, EndWorkGroup{WorkGroupId{1}, "done"}), "work_group_over");
}

TEST_F(Groups, RecordTheirVisitsAndWhatCameOfThem) {
  ASSERT_EQ(ask(1, mandate()), "ok");
  EXPECT_EQ(ask(4, visit(3)), "work_group_unknown");
  EXPECT_EQ(ask(1, visit(3)), "not_permitted") << "who sent it was not there";
  EXPECT_EQ(ask(2, visit(1)), "visit_outside");
  RecordVisit one = visit(3);
  one.day = Day{kToday.number + 1};
  EXPECT_EQ(ask(2, one), "visit_day");
  one.day = Day{kToday.number - 1};
  EXPECT_EQ(ask(2, one), "visit_day") << "before there was a mandate";
  one = visit(3);
  one.text.clear();
  EXPECT_EQ(ask(2, one), "field_required");
  one = visit(3);
  one.opened = {ItemNo{7}};
  EXPECT_EQ(ask(2, one), "item_unknown");
  ASSERT_EQ(ask(4, problem(3)), "ok");
  EXPECT_EQ(ask(2, one), "visit_item_not_listed") << "the unit listed it itself";
  item.reset();
  ASSERT_EQ(ask(3, problem(3)), "ok");
  EXPECT_EQ(ask(2, one), "ok");
  EXPECT_EQ(ask(2, one), "visit_item_twice");
  one.opened.clear();
  one.checked = {ItemNo{7}};
  EXPECT_EQ(ask(2, one), "visit_item_not_verified");
  item->verifiers = {{PostId{2}, today}};
  EXPECT_EQ(ask(2, one), "ok");
  ASSERT_EQ(state.work_groups[0]->visits.size(), 2U);
  EXPECT_EQ(state.work_groups[0]->visits[0].opened, std::vector{ItemNo{7}});
}

TEST_F(Groups, NameWhatTheySawWhereItCounts) {
  ASSERT_EQ(ask(1, mandate()), "ok");
  ASSERT_EQ(ask(3, problem(3)), "ok");
  const UnitId successor{6};
  record(UnitsRegistered{
      "test", successor, {{"6", "6", UnitId{2}, UnitKind::Township, false, Day{1}, {}}}});
  record(UnitsChanged{
      "test",
      today,
      {{UnitId{3}, ChangeKind::Ended, {}, {}}, {UnitId{3}, ChangeKind::Succeeded, {}, successor}}});
  settle(state);
  RecordVisit one = visit(6);
  one.opened = {ItemNo{7}};
  EXPECT_EQ(ask(2, one), "ok");
}

TEST_F(Groups, KeepMembersFromUnitsOfTheirOwn) {
  MandateWorkGroup own = mandate();
  own.units = {UnitId{1}};
  own.members = {PostId{3}, PostId{4}};
  ASSERT_EQ(ask(1, own), "ok");
  // He is of the county: neither it, nor the township below, nor the province above.
  for (const std::uint32_t unit : {1U, 2U, 3U}) EXPECT_EQ(ask(4, visit(unit)), "visitor_recused");
  EXPECT_EQ(ask(3, visit(2)), "ok");
  EXPECT_EQ(ask(4, problem(3)), "ok");
  EXPECT_FALSE(item->work_group.has_value()) << "in his own post, and not for the group";
}

}  // namespace
}  // namespace tz::ledger
